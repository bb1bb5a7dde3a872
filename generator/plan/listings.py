"""Listings: sections, facets, the catalogue, the five areas and directories."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, Final

from msgspec.structs import replace

from generator.digest import digest_value
from generator.fields import OpennessArea
from generator.kinds import KIND_BY_NAME
from generator.kinds.organisation import OrganisationClass
from generator.plan.column import column_nav, plan_column
from generator.plan.context import Context, Facet, FacetValue
from generator.plan.extras import month_strip, monthly_record_view
from generator.plan.feeds import feed_files
from generator.plan.jobs import BytesJob, PageJob, PlannedPage
from generator.plan.paging import page_path, pagination, slices
from generator.plan.records import plan_table, record_folder, table_kinds
from generator.plan.requests import REQUESTS, plan_requests, request_links
from generator.plan.views import (
    AreasView,
    AreaView,
    CatalogueView,
    DirectoryView,
    FacetGroup,
    Link,
    ListingView,
    RowGroup,
    TimelineView,
    YearMonths,
)
from generator.statutory import COLUMN, COLUMN_PARTS, STATUTORY
from generator.validate import Document

AREA_SCOPES: Final = {
    OpennessArea.DECISION: "草案、征集、听证、政策文件",
    OpennessArea.IMPLEMENTATION: "重点工作、重大项目、民生实事",
    OpennessArea.ADMINISTRATION: "机构职能、行政执法、双公示",
    OpennessArea.SERVICE: "办事指南、政策问答、一件事",
    OpennessArea.RESULT: "工作报告、统计、回应、评价",
}
AREA_ROWS: Final = 5

Planned = PageJob | PlannedPage | BytesJob


def plan_listings(context: Context) -> Iterator[Planned]:
    """Yield the pages of all sections and facets, the catalogue, the five areas and the directories."""
    for slug in context.library.visible_sections:
        if not context.pool.sections[slug].document.data.get("link"):
            yield from _section(context, slug)
    for kind_name, facets in context.facets.items():
        for facet in facets:
            for value in facet.values.values():
                yield from _facet(context, kind_name, facet, value)
    yield _catalogue(context)
    areas = areas_of(context)
    if areas:
        yield from _areas(context, areas)


def _section(context: Context, slug: str) -> Iterator[Planned]:
    documents = context.library.section_documents(slug)
    kinds = {document.kind for document in documents}
    tables = table_kinds(context, slug)
    for kind in tables:
        yield from plan_table(context, kind)
    if any(record_folder(context, kind) == f"{slug}/" for kind in tables):
        return
    if slug in (COLUMN, STATUTORY):
        yield from plan_column(context, slug)
        if documents:
            yield from feed_files(context, slug, documents)
    elif slug == KIND_BY_NAME["organisation"].section and not documents:
        yield _directory(context, slug)
    elif kinds == {"monthly_record"}:
        yield _timeline(context, slug, documents)
        yield from feed_files(context, slug, documents)
    else:
        yield from _listing(context, slug, documents)
        if slug == REQUESTS:
            yield from plan_requests(context, column_nav(context, REQUESTS))
        if documents:
            yield from feed_files(context, slug, documents)


def _listing(context: Context, slug: str, documents: list[Document]) -> Iterator[PageJob | PlannedPage]:
    data = context.pool.sections[slug].document
    children = tuple(
        context.section_link(child, count=True)
        for child in context.pool.sections[slug].children
        if context.has_section(child)
    ) + tuple(
        Link(
            f"{record_folder(context, kind)}index.html",
            kind.label,
            "",
            len(context.library.records[kind.name]),
        )
        for kind in table_kinds(context, slug)
    )
    if slug in COLUMN_PARTS and context.has_section(COLUMN):
        requests = request_links() if slug == REQUESTS else ()
        children = (*column_nav(context, slug), *requests, *children)
    extra = _extra_groups(context, slug)
    kinds = Counter(document.kind for document in documents)
    # Facets are of one kind: of the one that has most documents here.
    facets = context.facet_groups(kinds.most_common(1)[0][0]) if kinds else ()
    yield from _pages(
        context,
        folder=f"{slug}/",
        heading=data.title,
        title=data.title,
        description=data.data["description"],
        documents=documents,
        meta=context.section_meta(slug),
        breadcrumbs=context.crumbs(slug),
        section=slug,
        children=children,
        facets=facets,
        feeds=context.feeds(f"{slug}/", data.title) if documents else (),
        empty_text=data.data.get("empty_text") or "",
        groups=extra,
    )


def _extra_groups(context: Context, slug: str) -> tuple[RowGroup, ...]:
    """Return what a section shows above its listing: its static pages and, in 专题, the topics."""
    pages = [
        document
        for document in context.library.documents.values()
        if document.kind == "page" and document.data.get("section") == slug
    ]
    groups = []
    if pages:
        groups.append(RowGroup("pages", "说明", tuple(context.row(document) for document in pages)))
    if slug == KIND_BY_NAME["topic"].section:
        topics = sorted(
            (document for document in context.library.documents.values() if document.kind == "topic"),
            key=lambda document: (
                document.data.get("state") == "已归档",
                int(document.data.get("order", 100)),
                document.slug,
            ),
        )
        groups.append(RowGroup("topics", "专题", tuple(context.row(document) for document in topics)))
    return tuple(groups)


def _pages(
    context: Context,
    *,
    folder: str,
    heading: str,
    title: str,
    description: str,
    documents: list[Document],
    meta: tuple[tuple[str, str], ...],
    breadcrumbs: tuple[Link, ...],
    section: str,
    children: tuple[Link, ...] = (),
    facets: tuple[FacetGroup, ...] = (),
    feeds: tuple[Link, ...] = (),
    empty_text: str = "",
    groups: tuple[RowGroup, ...] = (),
) -> Iterator[PageJob | PlannedPage]:
    """Yield the pages of one listing; of the numbered ones, as they were planned last those that show the same."""
    cut = slices(len(documents), context.settings.limits.page_size)
    shared = digest_value(
        (heading, title, description, meta, breadcrumbs, context.menu_of(section), feeds, empty_text)
    )
    for position, piece in enumerate(cut):
        path = page_path(folder, piece)
        pages = pagination(folder, cut, position, len(documents))
        basis = b""
        if piece.number:
            rows = b"".join(map(context.row_digest, documents[piece.start : piece.end]))
            basis = digest_value((shared, pages, rows))
            known = context.last_page(path, basis)
            if known:
                yield known
                continue
        view = ListingView(
            title=heading,
            description=description,
            children=children if not piece.number else (),
            facets=facets if not piece.number else (),
            rows=tuple(context.row(document) for document in documents[piece.start : piece.end]),
            pagination=pages,
            feeds=feeds,
            empty_text=empty_text,
            groups=groups if not piece.number else (),
        )
        page = context.page(
            path,
            f"{title}（第 {piece.number} 页）" if piece.number else title,
            heading,
            meta=meta,
            breadcrumbs=_current(breadcrumbs),
            description=description,
            section=section,
            feeds=feeds,
            previous_url=pages.newer.url if pages.newer else "",
            next_url=pages.older.url if pages.older else "",
        )
        yield PageJob.of(page, "listings/section.html", view, basis=basis)


def _current(links: tuple[Link, ...]) -> tuple[Link, ...]:
    last = links[-1]
    return (*links[:-1], Link(last.url, last.text, last.note, last.count, True))


# --- facets and the catalogue ----------------------------------------------------------------------


def _facet(
    context: Context, kind_name: str, facet: Facet, value: FacetValue
) -> Iterator[PageJob | PlannedPage]:
    kind = KIND_BY_NAME[kind_name]
    url = context.facet_url(kind, facet, value)
    section = kind.section if context.has_section(kind.section) else ""
    crumbs = (
        context.crumbs(section)
        if section
        else (Link("index.html", "首页"), Link("mulu/index.html", "全部目录"))
    )
    title = f"{kind.label}：{value.label}"
    description = f"{facet.label}为“{value.label}”的{kind.label}"
    meta = (
        context.section_meta(section)
        if section
        else context.column_meta(kind.label, description, "信息公开目录")
    )
    yield from _pages(
        context,
        folder=url.removesuffix("index.html"),
        heading=title,
        title=f"{title}（按{facet.label}）",
        description=description,
        documents=value.documents,
        meta=meta,
        breadcrumbs=(*crumbs, Link(url, value.label)),
        section=section,
        facets=context.facet_groups(kind_name, url),
    )


def _catalogue(context: Context) -> PageJob:
    title = "全部目录"
    description = "按类型、机构、主题、年份和有效性查找本站的全部内容，不用脚本也能用"
    groups: list[FacetGroup] = []
    kinds = tuple(
        Link(_kind_url(context, name), KIND_BY_NAME[name].label, "", len(context.library.by_kind[name]))
        for name in context.facets
    )
    groups.append(FacetGroup("leixing", "类型", kinds))
    for name in context.facets:
        for group in context.facet_groups(name, limit=0):
            groups.append(FacetGroup(group.slug, f"{KIND_BY_NAME[name].label}：{group.title}", group.links))
    page = context.page(
        "mulu/index.html",
        title,
        title,
        meta=context.column_meta(title, description, "信息公开目录"),
        breadcrumbs=(Link("index.html", "首页"), Link("mulu/index.html", title, "", -1, True)),
        description=description,
    )
    return PageJob.of(page, "listings/catalogue.html", CatalogueView(title, description, tuple(groups)))


def _kind_url(context: Context, name: str) -> str:
    """Return where all documents of a kind are: its section, else its newest year."""
    section = KIND_BY_NAME[name].section
    if context.has_section(section):
        return context.section_url(section)
    years = context.facets[name][-1]
    return context.facet_url(KIND_BY_NAME[name], years, next(iter(years.values.values())))


# --- 五公开 -----------------------------------------------------------------------------------------


def areas_of(context: Context) -> tuple[AreaView, ...]:
    """Return those of the five areas of openness that the site has sections of, with their newest documents."""
    areas = (_area(context, area) for area in OpennessArea)
    return tuple(area for area in areas if area.sections)


def _area(context: Context, area: OpennessArea) -> AreaView:
    slugs = [
        slug
        for slug in context.library.visible_sections
        if area.value in (context.pool.sections[slug].document.data.get("areas") or ())
    ]
    members: dict[str, Document] = {}
    count = 0
    for slug in slugs:
        for document in context.library.section_documents(slug):
            members.setdefault(document.id, document)
        count += context.library.section_counts.get(slug, 0) - len(context.library.section_documents(slug))
    newest = sorted(members.values(), key=lambda document: (document.published_at, document.id), reverse=True)
    return AreaView(
        slug=area.slug,
        mark=area.mark,
        name=area.value,
        scope=AREA_SCOPES[area],
        count=count + len(members),
        url=f"wugongkai/{area.slug}.html",
        sections=tuple(context.section_link(slug, count=True) for slug in slugs),
        rows=tuple(context.row(document) for document in newest[:AREA_ROWS]),
    )


def _areas(context: Context, areas: tuple[AreaView, ...]) -> Iterator[PageJob]:
    title = "五公开"
    description = "决策、执行、管理、服务、结果五个方面的公开内容，一件事可以从头看到尾"
    home = Link("index.html", "首页")
    overview = Link("wugongkai/index.html", title)
    page = context.page(
        overview.url,
        title,
        title,
        meta=context.column_meta(title, description, "信息公开目录"),
        breadcrumbs=_current((home, overview)),
        description=description,
    )
    yield PageJob.of(page, "listings/areas.html", AreasView(title, description, areas, ""))
    for area in areas:
        words = f"{area.name}：{area.scope}等公开内容"
        page = context.page(
            area.url,
            area.name,
            area.name,
            meta=context.column_meta(area.name, words, "信息公开目录"),
            breadcrumbs=_current((home, overview, Link(area.url, area.name))),
            description=words,
        )
        yield PageJob.of(page, "listings/areas.html", AreasView(area.name, words, (area,), area.slug))


# --- directory and timeline ------------------------------------------------------------------------


def _directory(context: Context, slug: str) -> PageJob:
    data = context.pool.sections[slug].document
    groups = []
    for name in OrganisationClass:
        links = tuple(
            Link(
                document.url,
                document.title,
                document.data.get("short_name") or "",
                len(context.issued_by(document)),
            )
            for document in context.library.organisations
            if document.data["organisation_class"] == name.value
        )
        if links:
            groups.append(FacetGroup(name.name.lower(), name.value, links))
    page = context.page(
        f"{slug}/index.html",
        data.title,
        data.title,
        meta=context.section_meta(slug),
        breadcrumbs=_current(context.crumbs(slug)),
        description=data.data["description"],
        section=slug,
    )
    return PageJob.of(
        page, "listings/directory.html", DirectoryView(data.title, data.data["description"], tuple(groups))
    )


def _timeline(context: Context, slug: str, documents: list[Document]) -> PageJob:
    data = context.pool.sections[slug].document
    latest = documents[0]
    ordered = sorted(documents, key=lambda document: str(document.data["period"]), reverse=True)
    years = sorted({int(document.data["period"][:4]) for document in ordered}, reverse=True)
    feeds = context.feeds(f"{slug}/", data.title)
    view = TimelineView(
        title=data.title,
        description=data.data["description"],
        years=tuple(
            YearMonths(
                year,
                tuple(_uncurrent(context, latest, year)),
                tuple(
                    context.row(document)
                    for document in ordered
                    if document.data["period"].startswith(str(year))
                ),
            )
            for year in years
        ),
        latest=context.row(latest),
        latest_record=monthly_record_view(context, latest),
        feeds=feeds,
    )
    page = context.page(
        f"{slug}/index.html",
        data.title,
        data.title,
        meta=context.section_meta(slug),
        breadcrumbs=_current(context.crumbs(slug)),
        description=data.data["description"],
        section=slug,
        feeds=feeds,
    )
    return PageJob.of(page, "listings/timeline.html", view)


def _uncurrent(context: Context, latest: Document, year: int) -> Iterable[Any]:
    for month in month_strip(context, latest, year):
        yield replace(month, state="past") if month.state == "current" else month
