"""The values that `convert` and `scan` take and give."""

from __future__ import annotations

from typing import Final

import msgspec

from generator.charts import Chart
from generator.diagnostics import Severity

ROOT_MARK: Final = "\ufdd0"
"""Stands for the way from a page to the site's root; `render` replaces it, so markup fits any folder."""


CHART_MARK: Final = "\ufdd4"
"""Encloses the number of a chart in converted HTML; `render` draws it there. Bodies cannot contain it."""


class Reference(msgspec.Struct, frozen=True, gc=False):
    """Something in a body that the library resolves before the body is converted.

    Attributes:
        target: As written: ``绍政办发〔2021〕3号``, ``《书名》``, ``another/file.md``, ``img/a.png``, ``https://…``.
        clause: ``第五条``, ``第五条第二款第（一）项``, ``#anchor`` or an empty string.
        form: ``wiki``, ``title``, ``number``, ``path``, ``image`` or ``url``; titles and numbers in running
            text are optional: linked where resolved, plain text otherwise.
        line: One-based within the body.
        column: One-based, in characters.
    """

    target: str
    clause: str
    form: str
    line: int
    column: int

    @property
    def key(self) -> tuple[str, str]:
        """The key under which `convert` looks for the resolved link."""
        return self.target, self.clause


class ResolvedLink(msgspec.Struct, frozen=True, gc=False):
    """Where a reference leads.

    Attributes:
        url: Relative to the site's root (``zhengce/a.html``) or absolute (``https://…``).
        anchor: Without ``#``; empty for the page as a whole.
        title: The target's title, shown on hovering.
        external: Leaves the site, so that readers are told.
        text: Shown for a ``[[…]]`` without a label of its own.
    """

    url: str
    anchor: str = ""
    title: str = ""
    external: bool = False
    text: str = ""


class ResolvedImage(msgspec.Struct, frozen=True, gc=False):
    """An image file with its size in pixels; URLs are relative to the site's root.

    Attributes:
        sources: Smaller pictures: for each media type, best first, addresses and widths.
    """

    url: str
    width: int = 0
    height: int = 0
    sources: tuple[tuple[str, tuple[tuple[str, int], ...]], ...] = ()


class Heading(msgspec.Struct, frozen=True, gc=False):
    """A heading for the table of contents, flat and in order; `level` gives the nesting.

    Attributes:
        level: 2 to 6.
        number: ``第一章``, ``一、`` or an empty string.
        text: The words after the number.
        first_clause: Number of the first 条 under it, such as ``4`` or ``12之一``; empty if there is none.
        last_clause: Number of the last 条 under it.
    """

    level: int
    anchor: str
    number: str
    text: str
    first_clause: str = ""
    last_clause: str = ""


class Section(msgspec.Struct, frozen=True, gc=False):
    """Plain text of a 条 or of what stands under one heading, at most about 2,000 characters.

    The texts of all sections, one after another, are all visible text of the body, headings included;
    paragraphs are separated by a newline.
    """

    anchor: str
    heading: str
    text: str


class MarkupProblem(msgspec.Struct, frozen=True, order=True):
    """A problem in a body; line and column are one-based within the body."""

    line: int
    column: int
    severity: Severity
    code: str
    message: str
    remedy: str = ""


class Markup(msgspec.Struct, frozen=True):
    """A converted body.

    Attributes:
        html: Sanitised HTML; addresses within the site begin with `ROOT_MARK`.
        anchors: Every ``id`` in `html`, in order.
        excerpt: The first 120 characters or so of running text.
        clauses: How many 条 there are.
        charts: To be drawn where `html` holds their numbers between two `CHART_MARK`.
    """

    html: str
    headings: tuple[Heading, ...]
    anchors: tuple[str, ...]
    sections: tuple[Section, ...]
    excerpt: str
    problems: tuple[MarkupProblem, ...]
    clauses: int
    charts: tuple[Chart, ...] = ()


def too_deep() -> MarkupProblem:
    return MarkupProblem(
        1,
        1,
        Severity.ERROR,
        "nesting-too-deep",
        "正文的列表或引用嵌套太深，无法转换，已按普通段落显示",
        "减少嵌套层数",
    )


def extension_failed(error: Exception) -> MarkupProblem:
    return MarkupProblem(
        1,
        1,
        Severity.ERROR,
        "extension-failed",
        f"正文的写法扩展出错：{type(error).__name__}: {error}",
        "改正扩展的程序，或在 site.yml 的“扩展”里去掉它",
    )
