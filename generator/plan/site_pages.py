"""Pages that a site has once: home, search, site map, 404; redirects; files for robots and monitors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import Final

import msgspec

from generator.kinds import KIND_BY_NAME
from generator.kinds.service_guide import LifeEvent
from generator.plan.context import Context
from generator.plan.extras import monthly_record_view
from generator.plan.feeds import feed_files
from generator.plan.jobs import BytesJob, PageJob
from generator.plan.listings import areas_of
from generator.plan.matters import state_of
from generator.plan.sheets import sheets_link
from generator.plan.statement import has_own_statement, plan_statement
from generator.plan.views import (
    ConsultationRow,
    HomeView,
    Link,
    NotFoundView,
    RedirectView,
    Related,
    RowGroup,
    SearchView,
    SitemapView,
    Statistic,
    TreeNode,
)
from generator.validate import Document

Planned = PageJob | BytesJob

ELDER_NAMES: Final = ("长辈版", "关怀版", "关爱版", "亲情版", "大字版")
"""Other usual names of the elder edition (工信厅信管函〔2021〕67号, annex 2, 3.1)."""

ELDER_WORDS: Final = (
    *("长者版", *ELDER_NAMES, "老年版", "老人版", "老年人版", "敬老版", "适老版", "长者模式", "长辈模式"),
    *(
        "老年模式",
        "老年人模式",
        "老人模式",
        "关怀模式",
        "大字模式",
        "無障礙模式",
        "无障碍模式",
        "無障礙版",
        "无障碍版",
    ),
    *("長者版", "長輩版", "關懷版", "關愛版", "親情版", "長者模式", "長輩模式", "關懷模式"),
    *(
        "大字",
        "大字体",
        "大字體",
        "字大",
        "放大字",
        "放大字体",
        "字体放大",
        "字号",
        "字太小",
        "看不清",
        "朗读",
    ),
    *("无障碍", "無障礙", "老花眼"),
)
"""What leads to the elder edition on the search page; whoever types traditional characters is led there too."""

HOME_POLICIES: Final = 5
HOME_GRAPHICS: Final = 3
HOME_CONSULTATIONS: Final = 3
HOME_NEWS: Final = 5
LIFE_NOTE: Final = 16
"""Characters under an event of life (人生大事): two lines."""


def plan_site_pages(context: Context) -> Iterator[Planned]:
    """Yield the pages and files that a site has once."""
    yield _home(context)
    yield _search(context)
    yield _sitemap(context)
    yield _not_found(context)
    if not has_own_statement(context):
        yield plan_statement(context)
    yield from _redirects(context)
    yield from feed_files(context, "", context.library.published)


# --- home ------------------------------------------------------------------------------------------


def _home(context: Context) -> PageJob:
    library = context.library
    by_kind = library.by_kind
    records = by_kind.get("monthly_record") or []
    latest = max(records, key=lambda document: str(document.data["period"]), default=None)
    graphics = [document for document in by_kind.get("interpretation", ()) if document.data["form"] == "图解"]
    view = HomeView(
        question="您想查什么？",
        areas=areas_of(context),
        policies=tuple(context.row(document) for document in by_kind.get("policy", ())[:HOME_POLICIES]),
        policies_more=_more(context, "policy", "全部政策文件"),
        record=monthly_record_view(context, latest) if latest else None,
        record_link=context.document_link(latest) if latest else None,
        graphics=tuple(context.row(document) for document in graphics[:HOME_GRAPHICS]),
        graphics_more=_facet_link(context, "interpretation", "xingshi", "tj", "全部图解")
        if graphics
        else None,
        consultations=tuple(_consultations(context)),
        consultations_more=_more(context, "consultation", "全部征集"),
        life_events=tuple(_life_events(context)),
        guides_more=_more(context, "service_guide", "全部办事指南"),
        news=tuple(_news(context)),
        topics=tuple(_topics(context)),
        statistics=tuple(_statistics(context)),
    )
    summary = context.site.subtitle or context.site.name
    page = context.page(
        "index.html",
        "",
        context.site.name,
        meta=context.home_meta(),
        breadcrumbs=(),
        description=summary,
        feeds=context.frame.feeds,
    )
    return PageJob.of(page, "home.html", view)


def _more(context: Context, kind_name: str, text: str) -> Link | None:
    section = KIND_BY_NAME[kind_name].section
    if not context.library.by_kind.get(kind_name) or not context.has_section(section):
        return None
    return Link(context.section_url(section), text)


def _facet_link(context: Context, kind_name: str, facet_slug: str, value_slug: str, text: str) -> Link | None:
    for facet in context.facets.get(kind_name, ()):
        value = facet.values.get(value_slug) if facet.slug == facet_slug else None
        if value:
            return Link(
                context.facet_url(KIND_BY_NAME[kind_name], facet, value), text, "", len(value.documents)
            )
    return None


def _consultations(context: Context) -> Iterator[ConsultationRow]:
    """Yield consultations: open ones by their closing date, then coming ones, then the newest of the others."""
    order = {"zjz": 0, "wks": 1, "yjz": 2, "yfk": 3}

    def key(document: Document) -> tuple[int, str]:
        badge = context.badge(document)
        assert badge is not None
        return order[badge.slug], str(document.data["closes_on"])

    for document in sorted(context.library.by_kind.get("consultation", ()), key=key)[:HOME_CONSULTATIONS]:
        badge = context.badge(document)
        assert badge is not None
        data = document.data
        life_cycle = KIND_BY_NAME[document.kind].life_cycle
        assert life_cycle is not None
        yield ConsultationRow(
            context.row(document),
            badge,
            data["opens_on"],
            data["closes_on"],
            state_of(context, life_cycle, data)[1],
        )


def _life_events(context: Context) -> Iterator[Link]:
    for event in LifeEvent:
        link = _facet_link(context, "service_guide", "rensheng", event.slug, event.value)
        guides = [
            document
            for document in context.library.by_kind.get("service_guide", ())
            if event.value in (document.data.get("life_events") or ())
        ]
        if link:
            yield Link(link.url, event.value, _some_names(guides), len(guides))


def _some_names(guides: Sequence[Document]) -> str:
    """Name the first guides, each by its shorter name, as far as a line of the home page goes."""
    names = [
        min(str(document.data.get("common_name") or document.title), document.title, key=len)
        for document in guides
    ]
    fitting = [name for count, name in enumerate(names, 1) if len("、".join(names[:count])) <= LIFE_NOTE]
    return "、".join(fitting or names[:1])


def _news(context: Context) -> Iterator[RowGroup]:
    for slug in ("zwyw", "bmdt", "tzgg"):
        documents = context.library.section_documents(slug) if context.has_section(slug) else []
        if documents:
            title = context.pool.sections[slug].document.title
            rows = tuple(context.row(document) for document in documents[:HOME_NEWS])
            yield RowGroup(slug, title, rows, Link(context.section_url(slug), f"全部{title}"))


def _topics(context: Context) -> Iterator[Link]:
    """Yield the topics still kept up; archived ones leave the home page (W-24)."""
    topics = [document for document in context.library.documents.values() if document.kind == "topic"]
    for document in sorted(topics, key=lambda item: (int(item.data.get("order", 100)), item.slug)):
        if document.data.get("state") != "已归档":
            yield context.document_link(document, document.data.get("summary") or "")


def _statistics(context: Context) -> Iterator[Statistic]:
    by_kind = context.library.by_kind
    policies = by_kind.get("policy", [])
    if policies:
        in_force = sum(1 for document in policies if not _is_over(context, document))
        yield Statistic(f"{len(policies):,}", "件", "政策文件", f"现行有效 {in_force:,} 件")
        year = context.today[:4]
        due = [
            document
            for document in policies
            if document.date.startswith(year)
            and not document.data.get("interpretation_waived")
            and document.data.get("level") == "行政规范性文件"
        ]
        done = sum(1 for document in due if _is_interpreted(context, document))
        if due:
            yield Statistic(
                f"{round(100 * done / len(due))}",
                "%",
                "今年规范性文件解读率",
                f"应解读 {len(due)} 件，已解读 {done} 件",
            )
    questions = by_kind.get("question", [])
    if questions:
        month = context.today[:7]
        verified = sum(1 for document in questions if document.data["verified_on"].startswith(month))
        yield Statistic(f"{len(questions):,}", "条", "政策问答", f"本月核验 {verified} 条")
    guides = by_kind.get("service_guide", [])
    if guides:
        none = sum(1 for document in guides if document.data.get("visits") == 0)
        yield Statistic(f"{len(guides):,}", "项", "办事指南", f"不用跑现场的 {none} 项")


def _is_over(context: Context, document: Document) -> bool:
    standing = context.library.standing(document)
    return bool(standing and standing.validity and standing.validity.is_over)


def _is_interpreted(context: Context, document: Document) -> bool:
    return any(
        relation.relation == "interprets" for relation in context.pool.relations_to.get(document.id, ())
    )


# --- search, site map, 404 -------------------------------------------------------------------------


def _search(context: Context) -> PageJob:
    title = "搜索"
    description = "用一个词、文号或一句话，在本站全部文件、解读、问答和办事指南中查找"
    groups = tuple(
        group
        for kind in ("policy", "question", "service_guide")
        for group in context.facet_groups(kind)
        if group.links
    )
    page = context.page(
        "search.html",
        title,
        title,
        meta=context.column_meta(title, description, "办事服务"),
        breadcrumbs=(Link("index.html", "首页"), Link("search.html", title, "", -1, True)),
        description=description,
    )
    words = " ".join((*ELDER_WORDS, *("".join(word.split()) for word in context.site.elder.words)))
    return PageJob.of(page, "search.html", SearchView(title, groups, words, "、".join(ELDER_NAMES)))


def _sitemap(context: Context) -> PageJob:
    title = "站点地图"
    description = "本站的全部栏目和查找途径"

    def node(slug: str) -> TreeNode:
        tree = context.pool.sections[slug]
        children = tuple(node(child) for child in tree.children if context.has_section(child))
        link = context.section_link(slug, count=True)
        return TreeNode(link, tree.document.data["description"], children)

    visible = context.library.visible_sections
    tops = tuple(
        node(slug)
        for slug in visible
        if not context.pool.sections[slug].parent
        or not context.has_section(context.pool.sections[slug].parent)
    )
    ways = [Link("search.html", "搜索"), Link("mulu/index.html", "全部目录")]
    if any(context.pool.sections[slug].document.data.get("areas") for slug in visible):
        ways.append(Link("wugongkai/index.html", "五公开"))
    ways += [Link("gaoji.html", "高级搜索"), Link("sjkf/index.html", "数据开放")]
    ways += [Link("dingyue.html", "栏目订阅"), Link("qianru.html", "嵌入搜索框")]
    sheets = sheets_link(context)
    if sheets:
        ways.append(sheets)
    ways += [Link("feed.xml", "订阅（Atom）"), Link("feed.json", "订阅（JSON）")]
    topics = tuple(_topics(context))
    pages = tuple(
        context.document_link(document)
        for document in context.library.documents.values()
        if document.kind == "page"
    )
    groups = [Related("ways", "怎么找", tuple(ways))]
    if topics:
        groups.append(Related("topics", "专题", topics))
    if pages:
        groups.append(Related("pages", "本站说明", pages))
    page = context.page(
        "sitemap.html",
        title,
        title,
        meta=context.column_meta(title, description, "概况信息"),
        breadcrumbs=(Link("index.html", "首页"), Link("sitemap.html", title, "", -1, True)),
        description=description,
    )
    return PageJob.of(page, "sitemap.html", SitemapView(title, tops, tuple(groups)))


def _not_found(context: Context) -> PageJob:
    title = "没有找到这个网页"
    page = context.page(
        "404.html",
        title,
        title,
        meta=context.column_meta(title, "网页不存在时的指引", "概况信息"),
        breadcrumbs=(Link("index.html", "首页"), Link("", title, "", -1, True)),
        indexed=False,
    )
    # A host may show this page at any address, so that its links must start at the host's root.
    page = msgspec.structs.replace(page, root=context.site.base_path)
    links = (
        Link("index.html", "回首页"),
        Link("search.html", "搜索"),
        Link("mulu/index.html", "全部目录"),
        Link("sitemap.html", "站点地图"),
    )
    return PageJob.of(page, "404.html", NotFoundView(title, links))


# --- redirects -------------------------------------------------------------------------------------


def _redirects(context: Context) -> Iterator[PageJob]:
    for document in context.library.documents.values():
        for alias in document.data.get("aliases") or ():
            path = alias if alias.endswith((".html", ".htm", ".shtml")) else f"{alias.rstrip('/')}/index.html"
            title = f"已移到：{document.title}（{path}）"
            page = context.page(
                path,
                title,
                document.title,
                meta=context.column_meta(document.title, "旧网址跳转", "概况信息"),
                breadcrumbs=(Link("index.html", "首页"), Link("", "旧网址", "", -1, True)),
                canonical=context.library.canonical(document),
                indexed=False,
            )
            yield PageJob.of(page, "redirect.html", RedirectView(document.title, document.url))


# --- files for machines ----------------------------------------------------------------------------


def machine_files(context: Context, pages: Sequence[str]) -> Iterator[BytesJob]:
    """Yield sitemap.xml (all pages that may be indexed), robots.txt and healthz.txt."""
    dates = {document.url: document.date for document in context.library.documents.values() if document.date}
    homes = context.pool.homes
    elsewhere = {
        document.url
        for document in context.library.documents.values()
        if homes.get(document.id) not in (context.site.id, None)
    }
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
    ]
    for path in sorted(pages):
        if path in elsewhere:
            continue
        url = context.base_url + ("" if path == "index.html" else path)
        modified = f"<lastmod>{dates[path]}</lastmod>" if path in dates else ""
        lines.append(f"<url><loc>{escape(url, quote=False)}</loc>{modified}</url>")
    lines.append("</urlset>\n")
    yield BytesJob("sitemap.xml", "\n".join(lines).encode())
    yield BytesJob(
        "robots.txt", f"User-agent: *\nAllow: /\nSitemap: {context.base_url}sitemap.xml\n".encode()
    )
    yield BytesJob("healthz.txt", b"ok\n")
