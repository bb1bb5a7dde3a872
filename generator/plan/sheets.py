"""Sheets with QR codes for places where citizens read on paper (domain/05, S-26): points, topics, main sections."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec.structs import replace

from generator.kinds import RECORD_KINDS
from generator.plan.cells import cell
from generator.plan.context import Context
from generator.plan.jobs import PageJob
from generator.plan.records import row_urls
from generator.plan.views import Fact, Link, Related, SheetsView, SheetView

SHEETS: Final = "haibao/"
TITLE: Final = "海报和二维码"
DESCRIPTION: Final = "可以打印张贴的海报：大字标题、二维码和同一网址的文字，A4、A3 都适用"


def sheets_link(context: Context) -> Link | None:
    """Return the way to the list of sheets, if the site has any."""
    return Link(f"{SHEETS}index.html", TITLE) if _all_sheets(context) else None


def plan_sheets(context: Context) -> Iterator[PageJob]:
    """Yield the list of sheets and every sheet."""
    groups = _all_sheets(context)
    if not groups:
        return
    path = f"{SHEETS}index.html"
    home = (Link("index.html", "首页"), Link(path, TITLE, "", -1, True))
    links = tuple(
        Related(slug, label, tuple(Link(where, view.title) for where, view in sheets))
        for slug, label, sheets in groups
    )
    page = context.page(
        path,
        TITLE,
        TITLE,
        meta=context.column_meta(TITLE, DESCRIPTION, "概况信息"),
        breadcrumbs=home,
        description=DESCRIPTION,
    )
    yield PageJob.of(page, "sheets.html", SheetsView(TITLE, DESCRIPTION, links))
    for _, _, sheets in groups:
        for where, view in sheets:
            title = f"海报：{view.title}"
            page = context.page(
                where,
                title,
                title,
                meta=context.column_meta(title, DESCRIPTION, "概况信息"),
                breadcrumbs=(home[0], Link(path, TITLE), Link("", view.title, "", -1, True)),
                description=f"{view.title}的海报，打印后张贴",
                indexed=False,
            )
            yield PageJob.of(page, "sheet.html", view)


Sheets = list[tuple[str, SheetView]]


def _all_sheets(context: Context) -> list[tuple[str, str, Sheets]]:
    found = (
        ("dianwei", "点位", list(_points(context))),
        ("zhuanti", "专题", list(_topics(context))),
        ("lanmu", "栏目", list(_sections(context))),
        ("biaozhi", "标识", list(_signs(context))),
    )
    return [entry for entry in found if entry[2]] if found[0][2] else []


SIGNS: Final = (
    ("zhuanqu", "政务公开专区", "政府信息查询　依申请公开　资料查阅"),
    ("zhongduan", "自助查询", "不用登录，点一点就能查；用完自动回到首页"),
    ("ziliao", "公开资料", "政府公报、办事指南、政策解读，可以取阅"),
)
"""Signs of a zone where citizens read and ask (S-61): file, words, and what is done there."""


def _signs(context: Context) -> Iterator[tuple[str, SheetView]]:
    """Yield the signs of a zone, all with the site's mark and the code of its home page."""
    name = context.site.name
    for slug, title, text in SIGNS:
        view = _sheet(context, name, Link("index.html", title), text)
        yield f"{SHEETS}biaozhi-{slug}.html", replace(view, drawing=context.assets.icon_url)


def _sheet(context: Context, label: str, link: Link, text: str, facts: tuple[Fact, ...] = ()) -> SheetView:
    footer = context.site.footer
    return SheetView(
        kind_label=label,
        title=link.text,
        text=text,
        facts=facts,
        address=context.base_url + link.url.removesuffix("index.html"),
        sponsor=footer.sponsor,
        hotline=context.site.hotline,
        target=link,
        back=Link(f"{SHEETS}index.html", TITLE),
    )


def _points(context: Context) -> Iterator[tuple[str, SheetView]]:
    for kind in RECORD_KINDS:
        if not (kind.position and kind.detail) or not context.has_section(kind.section):
            continue
        for row, url in row_urls(context, kind):
            folder = row.path.rpartition("/")[0]
            cells = (
                cell(context, kind.keys.labels[name], name, row.data.get(name), False, folder)
                for name in kind.columns
                if name not in (kind.title, kind.mark)
            )
            facts = tuple(Fact(entry.label, entry.value) for entry in cells if entry.value)
            label = str(row.data.get(kind.mark) or kind.label)
            link = Link(url, str(row.data[kind.title]))
            where = f"{SHEETS}{kind.section}-{row.data[kind.key]}.html"
            yield where, _sheet(context, label, link, "扫码看能办什么、怎么走", facts)


def _topics(context: Context) -> Iterator[tuple[str, SheetView]]:
    for document in context.library.documents.values():
        if document.kind == "topic" and document.data.get("state") != "已归档":
            link = context.document_link(document)
            text = document.data.get("summary") or "扫码看政策、问答和办事指南"
            yield f"{SHEETS}zhuanti-{document.slug}.html", _sheet(context, "专题", link, text)


def _sections(context: Context) -> Iterator[tuple[str, SheetView]]:
    for slug in context.library.visible_sections:
        section = context.pool.sections[slug]
        if not section.parent or not context.has_section(section.parent):
            link = Link(context.section_url(slug), section.document.title)
            text = section.document.data["description"]
            yield f"{SHEETS}lanmu-{slug}.html", _sheet(context, "栏目", link, text)
