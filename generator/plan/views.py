"""Views: what a template is given, frozen and complete.

A template gets four names: ``frame`` (what all pages of a site share), ``page`` (what the head and the
breadcrumbs of this page need), ``view`` (the matter, one of the types below) and ``body`` (the `Markup`
of the document, or None). Addresses are site-relative without a leading slash (``zhengce/a.html``) or
absolute; the template filter ``href`` turns them into links that work from the page. Dates are ISO texts;
the filters ``day`` (2026 年 11 月 20 日) and ``minute`` show them. Nothing here is computed by templates.
"""

from __future__ import annotations

from msgspec import Struct


class View(Struct, frozen=True, array_like=True):
    """Base of all views: compared by value, encoded by position."""


# --- parts -----------------------------------------------------------------------------------------


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


class Menu(View, frozen=True):
    """A titled list of links in the footer."""

    title: str
    links: tuple[Link, ...]


class Footer(View, frozen=True):
    """The official items of the footer (domain/01, 2.1); empty text where a demonstration shows a stand-in."""

    sponsor: str
    undertaker: str
    address: str
    phone: str
    email: str
    icp: str
    police: str
    police_url: str
    badge_url: str
    mistake_url: str
    menus: tuple[Menu, ...]


class Frame(View, frozen=True):
    """What all pages of a site in one edition share."""

    edition: str
    site_id: str
    site_name: str
    site_subtitle: str
    site_domain: str
    id_code: str
    base_url: str
    demonstration: str
    menu: tuple[Link, ...]
    footer: Footer
    css_url: str
    head_script_url: str
    script_urls: tuple[str, ...]
    search_url: str
    search_index_url: str
    catalogue_url: str
    sitemap_url: str
    accessibility_url: str
    elder_url: str
    hotline: str
    search_hint: str
    hot_words: tuple[Link, ...]
    feeds: tuple[Link, ...]
    build_date: str
    icon_url: str = ""
    own_domains: tuple[str, ...] = ()
    sheet_urls: tuple[tuple[str, str], ...] = ()
    module_urls: tuple[tuple[str, str], ...] = ()


class Page(View, frozen=True):
    """Head and breadcrumbs of one page. ``title`` is the whole text of <title>; ``root`` leads to the site's root."""

    path: str
    root: str
    title: str
    heading: str
    description: str
    canonical: str
    meta: tuple[tuple[str, str], ...]
    breadcrumbs: tuple[Link, ...]
    menu_current: str
    feeds: tuple[Link, ...] = ()
    counterpart_url: str = ""
    indexed: bool = True
    previous_url: str = ""
    next_url: str = ""


# --- documents -------------------------------------------------------------------------------------


class DocumentView(View, frozen=True):
    """A document page of any kind.

    ``title_parts`` are the phrases of the title, to be broken by sense; ``facts`` the metadata table;
    ``extra`` one of the views below, by kind, or None.
    """

    kind: str
    kind_label: str
    title: str
    title_parts: tuple[str, ...]
    number: str
    source: str
    source_url: str
    published_at: str
    author: str
    summary: str
    caption: str
    badge: Badge | None
    banners: tuple[Banner, ...]
    facts: tuple[Fact, ...]
    attachments: tuple[Attachment, ...]
    related: tuple[Related, ...]
    newer: Link | None
    older: Link | None
    excerpt: bool
    image_url: str
    image_text: str
    image_size: tuple[int, int]
    keywords: tuple[str, ...]
    extra: (
        InterpretationView
        | QuestionView
        | ServiceGuideView
        | MonthlyRecordView
        | ConsultationView
        | OrganisationView
        | TopicView
        | None
    ) = None


class TaggedView(View, frozen=True, array_like=True, tag=True):
    """Base of the views that may stand in `DocumentView.extra`."""


class VideoView(View, frozen=True):
    """A video: a file of this site or an address elsewhere."""

    url: str
    captions_url: str
    transcript: tuple[str, ...]
    external: bool


class InterpretationView(TaggedView, frozen=True):
    """What interpretations (政策解读) add."""

    form: Badge
    text_alternative: tuple[str, ...]
    video: VideoView | None


class BasisView(View, frozen=True):
    """The clause under an answer; ``quote`` is the clause's text, ``changed`` says that it is no longer in force."""

    link: Link
    number: str
    clause: str
    quote: str
    badge: Badge | None
    changed: bool


class QuestionView(TaggedView, frozen=True):
    """What questions (政策问答) add; ``changed`` means that a basis is no longer in force."""

    short_answer: str
    basis: tuple[BasisView, ...]
    issuer: tuple[Link, ...]
    phone: str
    service_guides: tuple[Link, ...]
    alternate_phrasings: tuple[str, ...]
    verified_on: str
    changed: bool


class MaterialView(View, frozen=True):
    """A paper to bring."""

    name: str
    form: str
    source: str
    required: bool
    note: str
    files: tuple[Link, ...]


class PlaceView(View, frozen=True):
    """Where to go."""

    name: str
    address: str
    hours: str
    phone: str


class StepView(View, frozen=True):
    """One step of the procedure."""

    name: str
    text: str
    limit: str


class ServiceGuideView(TaggedView, frozen=True):
    """What service guides (办事指南) add."""

    common_name: str
    conditions: tuple[str, ...]
    materials: tuple[MaterialView, ...]
    places: tuple[PlaceView, ...]
    hours: str
    phone: str
    complaint_phone: str
    steps: tuple[StepView, ...]
    legal_basis: tuple[Link, ...]
    online_url: str
    verified_on: str


class MonthView(View, frozen=True):
    """A month in the strip of twelve: ``state`` is past, current, none or future."""

    number: int
    label: str
    url: str
    state: str


class MonthEntry(View, frozen=True):
    """An entry of a month: ``form`` is meeting, project or figure; ``progress`` is -1 where unknown."""

    form: str
    date: str
    kind: str
    title: str
    text: str
    url: str
    progress: int
    source: str
    source_url: str


class FigureView(View, frozen=True):
    """A key figure; ``value`` is ready to show."""

    name: str
    period: str
    value: str
    unit: str
    kind: str
    source: str
    note: str


class MonthlyRecordView(TaggedView, frozen=True):
    """What monthly records (月鉴) add; ``month_label`` is 十月, ``issue_label`` 二〇二六年第十期."""

    period: str
    year: int
    month_label: str
    issue_label: str
    meetings: tuple[MonthEntry, ...]
    projects: tuple[MonthEntry, ...]
    figures: tuple[FigureView, ...]
    strip: tuple[MonthView, ...]


class OpinionView(View, frozen=True):
    """An opinion and what became of it."""

    text: str
    handling: str
    reason: str


class OutcomeView(View, frozen=True):
    """What came of a consultation."""

    published_at: str
    received: int
    adopted: int
    partly: int
    opinions: tuple[OpinionView, ...]
    note: tuple[str, ...]


class ConsultationView(TaggedView, frozen=True):
    """What consultations (意见征集) add; ``step`` says what happens next, with a date."""

    state: Badge
    step: str
    opens_on: str
    closes_on: str
    explanation: tuple[str, ...]
    channels: tuple[Fact, ...]
    draft: Attachment | None
    outcome: OutcomeView | None
    final: Link | None


class UnitView(View, frozen=True):
    """An internal unit of an organisation."""

    name: str
    duty: str
    phone: str


class OrganisationView(TaggedView, frozen=True):
    """What organisations (机构职能) add: units, the newest documents issued, and where all of them are."""

    units: tuple[UnitView, ...]
    rows: tuple[Row, ...]
    all_documents: Link | None
    groups: tuple[Link, ...]


class TopicView(TaggedView, frozen=True):
    """What topics (专题) add: hand-picked rows, then all by kind."""

    featured: tuple[Row, ...]
    groups: tuple[RowGroup, ...]


class RowGroup(View, frozen=True):
    """Rows under a title."""

    slug: str
    title: str
    rows: tuple[Row, ...]
    more: Link | None = None


# --- listings and other pages ----------------------------------------------------------------------


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
    """The search page before scripts: a form, the catalogue, hot words, the telephone."""

    title: str
    groups: tuple[FacetGroup, ...]


class NotFoundView(View, frozen=True):
    """The 404 page."""

    title: str
    links: tuple[Link, ...]


class RedirectView(View, frozen=True):
    """A page that leads from an old address to the new one."""

    title: str
    target: str


class Cell(View, frozen=True):
    """A cell of a record; the label is repeated for narrow screens."""

    label: str
    value: str


class RecordRow(View, frozen=True):
    """A record: the cells of the table, and all its cells for the details."""

    key: str
    cells: tuple[Cell, ...]
    details: tuple[Cell, ...]


class RecordsView(View, frozen=True):
    """A page of a table of records (双公示…)."""

    title: str
    description: str
    columns: tuple[str, ...]
    rows: tuple[RecordRow, ...]
    pagination: Pagination
    downloads: tuple[Link, ...]
    empty_text: str
