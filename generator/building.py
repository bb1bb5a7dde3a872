"""What a build is asked for, what it keeps for the next one, and what it returns."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from generator.diagnostics import Diagnostic, Severity, has_errors
from generator.page_table import PageTable
from generator.paths import FoundFile
from generator.progress import Progress
from generator.write import Manifest


class BuildOptions(msgspec.Struct, frozen=True):
    """What a command asks of a build.

    Attributes:
        today: ISO day.
        workers: At most so many processes; 0 for all processors.
        output: Output folder, if not the one of ``site.yml``.
        strict: Warnings stop the build too.
        published: A manifest of what citizens see now; addresses in it must not vanish.
        search: Whether to bring the search index up to date; if not, the old one stays.
        progress: Called with the stage's name, how many are done and how many there are.
        is_timed: Whether to find the slowest files.
        edition: Name of an edition built in the place of the portal; empty for the portal and those beside it.
    """

    today: str
    workers: int = 0
    output: Path | None = None
    strict: bool = False
    published: Manifest | None = None
    search: bool = True
    progress: Progress | None = None
    is_timed: bool = False
    edition: str = ""

    def stops_at(self, diagnostics: Sequence[Diagnostic]) -> bool:
        """Whether these problems keep the output from being written."""
        if has_errors(diagnostics):
            return True
        return self.strict and any(item.severity is Severity.WARNING for item in diagnostics)


class BuildResult(msgspec.Struct):
    """What a build did.

    Attributes:
        written: Paths below the output folder that changed.
        removed: Paths that are gone.
        total: How many files the output holds; 0 if the build stopped.
        slowest: Seconds, stage and file, the longest first; empty unless asked for.
    """

    diagnostics: list[Diagnostic]
    written: list[str]
    removed: list[str]
    total: int
    stages: list[tuple[str, int, float]]
    slowest: list[tuple[float, str, str]] = []

    @property
    def is_published(self) -> bool:
        return self.total > 0


class Inputs(msgspec.Struct, frozen=True):
    """What a build is made from, as it was listed.

    Attributes:
        listed_ns: A time before the listing.
        problems: Names that cannot stay.
        scope: Digest of what is not content: settings, theme and day.
        digest: Digest of all inputs.
    """

    listed_ns: int
    found: list[FoundFile]
    problems: list[Diagnostic]
    scope: bytes
    digest: bytes


class BuildState:
    """What a long-running process keeps between builds, instead of reading it from disk.

    Attributes:
        is_deferred: Caches are not written at the end of a build. A process that ends without a build that
            writes them leaves an output without page table, which the next build makes anew.
        found: The files of the content tree; None if they must be listed.
        theme: Stamp of the theme's files.
        kept: What the stages keep, which they alone know.
    """

    def __init__(self, *, is_deferred: bool = False) -> None:
        self.is_deferred = is_deferred
        self.found: list[FoundFile] | None = None
        self.theme = b""
        self.table: PageTable | None = None
        self.kept: Any = None
