"""Listings, the home page and the other pages that gather documents."""

from __future__ import annotations

from generator.plan.views.blocks import Block, Cell
from generator.plan.views.documents import MonthlyRecordView, MonthView
from generator.plan.views.parts import Badge, FacetGroup, Fact, Link, Pagination, Related, Row, RowGroup, View


class ListingView(View, frozen=True):
    """A section's page or a facet's page: description, sub-sections, facets, rows, pagination."""

    title: str
    description: str
    children: tuple[Link, ...]
    facets: tuple[FacetGroup, ...]
    rows: tuple[Row, ...]
    pagination: Pagination
    feeds: tuple[Link, ...]
    empty_text: str
    groups: tuple[RowGroup, ...] = ()


class YearMonths(View, frozen=True):
    """The months of a year, for the timeline of monthly records."""

    year: int
    months: tuple[MonthView, ...]
    rows: tuple[Row, ...]


class TimelineView(View, frozen=True):
    """All monthly records by year and month, newest first, opened by the newest issue."""

    title: str
    description: str
    years: tuple[YearMonths, ...]
    latest: Row | None
    latest_record: MonthlyRecordView | None
    feeds: tuple[Link, ...]


class AreaView(View, frozen=True):
    """One of the five areas of openness (五公开); ``mark`` is its one-character sign (决)."""

    slug: str
    mark: str
    name: str
    scope: str
    count: int
    url: str
    sections: tuple[Link, ...]
    rows: tuple[Row, ...]


class AreasView(View, frozen=True):
    """The overview of the five areas, or the page of one (``current`` set)."""

    title: str
    description: str
    areas: tuple[AreaView, ...]
    current: str


class CatalogueView(View, frozen=True):
    """The catalogue (目录): every facet with all its values."""

    title: str
    description: str
    groups: tuple[FacetGroup, ...]


class DirectoryView(View, frozen=True):
    """The directory of organisations, grouped by class."""

    title: str
    description: str
    groups: tuple[FacetGroup, ...]


class DueCalendar(View, frozen=True):
    """Working days for the script that reckons time limits: ISO days and years, parted by spaces."""

    today: str
    years: str
    holidays: str
    worked: str
    sources: tuple[str, ...]


class ColumnView(View, frozen=True):
    """A page of a disclosure column (政府信息公开专栏): its fixed navigation, the ways in, and blocks.

    ``pagination`` is None where the page is alone.
    """

    title: str
    owner: str
    description: str
    nav: tuple[Link, ...]
    entrances: tuple[Link, ...]
    blocks: tuple[Block, ...]
    pagination: Pagination | None = None
    downloads: tuple[Link, ...] = ()
    calendar: DueCalendar | None = None


class Statistic(View, frozen=True):
    """A figure of the site computed at build."""

    value: str
    unit: str
    name: str
    meaning: str


class HomeView(View, frozen=True):
    """The home page."""

    question: str
    areas: tuple[AreaView, ...]
    policies: tuple[Row, ...]
    policies_more: Link | None
    record: MonthlyRecordView | None
    record_link: Link | None
    graphics: tuple[Row, ...]
    graphics_more: Link | None
    consultations: tuple[ConsultationRow, ...]
    consultations_more: Link | None
    life_events: tuple[Link, ...]
    guides_more: Link | None
    news: tuple[RowGroup, ...]
    topics: tuple[Link, ...]
    statistics: tuple[Statistic, ...]


class ConsultationRow(View, frozen=True):
    """A consultation on the home page and in its listing."""

    row: Row
    state: Badge
    opens_on: str
    closes_on: str
    step: str


class TreeNode(View, frozen=True):
    """A section in the site map, with its children."""

    link: Link
    description: str
    children: tuple[TreeNode, ...]


class SitemapView(View, frozen=True):
    """The site map for people: all sections, pages and ways to find things."""

    title: str
    sections: tuple[TreeNode, ...]
    groups: tuple[Related, ...]


class SearchView(View, frozen=True):
    """The search page before scripts: a form, the catalogue, hot words, the telephone.

    Attributes:
        elder_words: What people type who look for the elder edition, separated by spaces.
        elder_names: Its other names, as a sentence lists them.
    """

    title: str
    groups: tuple[FacetGroup, ...]
    elder_words: str = ""
    elder_names: str = ""


class NotFoundView(View, frozen=True):
    """The 404 page."""

    title: str
    links: tuple[Link, ...]


class StatementLine(View, frozen=True):
    """A line of the list of access: number, what it asks, its criterion in WCAG, how it is checked, result, note."""

    number: str
    text: str
    wcag: str
    how: str
    result: str
    note: str


class StatementView(View, frozen=True):
    """The accessibility statement (无障碍声明).

    Attributes:
        date: ISO day of the tests.
        failed: What the tests found wanting.
        by_hand: What only people can check.
        limits: What the site itself declares.
    """

    title: str
    date: str
    version: str
    passed: int
    lines: tuple[StatementLine, ...]
    failed: tuple[StatementLine, ...]
    by_hand: tuple[StatementLine, ...]
    limits: tuple[str, ...]


class RedirectView(View, frozen=True):
    """A page that leads from an old address to the new one."""

    title: str
    target: str
    words: str = "这个网页已经搬到新地址："


class ChoiceView(View, frozen=True):
    """A condition of a search: its name in the address, its label, value and text of each option."""

    field: str
    label: str
    options: tuple[tuple[str, str], ...]


class AdvancedSearchView(View, frozen=True):
    """A form with several conditions of a search."""

    title: str
    description: str
    choices: tuple[ChoiceView, ...]


class ApiDocumentView(View, frozen=True):
    """A document for programs: its metadata as JSON; the text follows from its body."""

    metadata: str


class BlocksPageView(View, frozen=True):
    """A page that a site has once and that consists of blocks."""

    title: str
    description: str
    blocks: tuple[Block, ...]


class RecordRow(View, frozen=True):
    """A record: the cells of the table, all its cells for the details, or the address of its own page."""

    key: str
    cells: tuple[Cell, ...]
    details: tuple[Fact, ...]
    url: str = ""
    badge: Badge | None = None


class RecordGroup(View, frozen=True):
    """Rows under a heading, which is empty where the table is not divided."""

    title: str
    rows: tuple[RecordRow, ...]


class RecordsView(View, frozen=True):
    """A page of a table of records (双公示…): blocks above it, facets, the rows, downloads.

    ``all_url`` is the table without facets; ``has_more`` says that rows have more cells than columns.
    """

    title: str
    description: str
    columns: tuple[str, ...]
    groups: tuple[RecordGroup, ...]
    pagination: Pagination
    downloads: tuple[Link, ...]
    empty_text: str
    facets: tuple[FacetGroup, ...] = ()
    blocks: tuple[Block, ...] = ()
    children: tuple[Link, ...] = ()
    all_url: str = ""
    has_more: bool = False
    maps: tuple[Block, ...] = ()


class RecordPageView(View, frozen=True):
    """The page of one record."""

    kind: str
    kind_label: str
    title: str
    badge: Badge | None
    step: str
    facts: tuple[Fact, ...]
    blocks: tuple[Block, ...]
    related: tuple[Related, ...]
    back: Link
