"""What the walk over a body finds."""

from __future__ import annotations

from generator.diagnostics import Severity
from generator.markup.model import Heading, Section


class Structured:
    """What `structure` found; a plain holder, frozen into `Markup` by `convert`."""

    __slots__ = ("anchors", "clauses", "complaints", "excerpt", "headings", "html", "sections")

    def __init__(self) -> None:
        self.html = ""
        self.headings: tuple[Heading, ...] = ()
        self.anchors: list[str] = []
        self.sections: tuple[Section, ...] = ()
        self.excerpt = ""
        self.complaints: list[Complaint] = []
        self.clauses = 0


class Complaint:
    """A problem with a block, before its place in the source is known.

    Attributes:
        needle: Text that begins the block; with `rank`, the how-manieth block beginning so, it finds the line.
    """

    __slots__ = ("code", "message", "needle", "rank", "remedy", "severity")

    def __init__(
        self, needle: str, rank: int, severity: Severity, code: str, message: str, remedy: str
    ) -> None:
        self.needle = needle
        self.rank = rank
        self.severity = severity
        self.code = code
        self.message = message
        self.remedy = remedy
