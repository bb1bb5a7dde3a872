"""Parts of many pages: links, facts, rows, facets, pagination."""

from __future__ import annotations

from msgspec import Struct


class View(Struct, frozen=True, array_like=True):
    """Base of all views: compared by value, encoded by position."""


class Link(View, frozen=True):
    """A link; ``note`` is a small line beside it, ``count`` is shown where not negative."""

    url: str
    text: str
    note: str = ""
    count: int = -1
    current: bool = False


class Fact(View, frozen=True):
    """A row of a metadata table; ``links`` replace the value where there are any."""

    label: str
    value: str
    links: tuple[Link, ...] = ()
    name: str = ""


class Badge(View, frozen=True):
    """A word with a meaning that shape and colour repeat: validity or state."""

    slug: str
    label: str


class Row(View, frozen=True):
    """A document in a listing. ``marks`` link to what belongs to it (文字解读, 图解, 问答 6)."""

    url: str
    title: str
    kind: str
    kind_label: str
    date: str
    number: str = ""
    issuer: str = ""
    badge: Badge | None = None
    marks: tuple[Link, ...] = ()
    summary: str = ""


class Attachment(View, frozen=True):
    """A file to download; ``size`` is ready to show (24 KB), ``pages`` is 0 where unknown."""

    number: int
    title: str
    url: str
    format: str
    size: str
    pages: int


class Related(View, frozen=True):
    """A group of related documents (解读, 大家常问, 去办理, 效力链 …)."""

    slug: str
    title: str
    links: tuple[Link, ...]


class FacetGroup(View, frozen=True):
    """Links to the pages of one facet, with counts; ``more`` leads to all values if they are cut."""

    slug: str
    title: str
    links: tuple[Link, ...]
    more: Link | None = None


class Pagination(View, frozen=True):
    """Numbered pages, counted from the oldest; ``current`` is 0 on the index, which shows the newest.

    The totals are 0 on numbered pages, which must not change with every new document.
    """

    current: int
    total_pages: int
    total: int
    newer: Link | None
    older: Link | None
    numbers: tuple[Link, ...]


class Banner(View, frozen=True):
    """A statement above the title: no longer in force, amended, not yet in force, archived."""

    slug: str
    statement: str
    detail: str
    links: tuple[Link, ...] = ()


class TaggedView(View, frozen=True, array_like=True, tag=True):
    """Base of the views that may stand in `DocumentView.extra`."""


class RowGroup(View, frozen=True):
    """Rows under a title."""

    slug: str
    title: str
    rows: tuple[Row, ...]
    more: Link | None = None
