"""Ways into a site from elsewhere: subscriptions, a search box for other sites, a home-screen icon, advanced search."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from generator.fields import Validity
from generator.kinds import KIND_BY_NAME, KINDS
from generator.plan.context import FORM_WORDS, Context
from generator.plan.downloads import json_bytes
from generator.plan.jobs import BytesJob, PageJob
from generator.plan.open_data import blocks_page
from generator.plan.views import (
    AdvancedSearchView,
    Cell,
    ChoiceView,
    CodeBlock,
    Link,
    TableBlock,
    TextBlock,
)
from generator.validate import Document

MANIFEST: Final = "app.json"
SUBSCRIPTIONS: Final = "dingyue.html"
EMBEDDING: Final = "qianru.html"
ADVANCED: Final = "gaoji.html"
GROUND: Final = "#ffffff"
FEED: Final = "feed.xml"


def plan_ways_in(context: Context) -> Iterator[PageJob | BytesJob]:
    """Yield the manifest for home screens, the page with the search box to embed, and advanced search."""
    yield BytesJob(MANIFEST, json_bytes(_manifest(context)))
    yield _embedding(context)
    yield _advanced(context)


def _manifest(context: Context) -> dict[str, object]:
    """Return the web app manifest (S-18, S-68): the icon on a home screen opens the site like an app."""
    site = context.site
    icon = context.assets.icon_url
    return {
        "name": site.name,
        "short_name": site.name[:12],
        "description": site.subtitle or site.name,
        "lang": "zh-CN",
        "dir": "ltr",
        "id": "./",
        "start_url": "./index.html",
        "scope": "./",
        "display": "minimal-ui",
        "background_color": GROUND,
        "theme_color": GROUND,
        "icons": [
            *_icons(context),
            *([{"src": icon, "sizes": "any", "type": "image/svg+xml"}] if icon else []),
        ],
        "shortcuts": [{"name": "搜索", "url": "./search.html"}],
    }


def _icons(context: Context) -> Iterator[dict[str, str]]:
    """Yield the icons drawn in pixels: not every system shows vector graphics on its home screen."""
    for asset in context.assets.assets:
        size = _ICON.search(asset.url)
        if size:
            yield {"src": asset.url, "sizes": f"{size[1]}x{size[1]}", "type": "image/png", "purpose": "any"}


_ICON: Final = re.compile(r"/app-(\d+)-[^/]*\.png$")


def _embedding(context: Context) -> PageJob:
    """Return the page with a search form that other sites can put on their pages; it needs no script."""
    address = f"{context.base_url}search.html"
    form = (
        f'<form action="{address}" method="get" target="_blank" rel="noopener">\n'
        f'  <label>查{context.site.name} <input type="search" name="q"></label>\n'
        '  <button type="submit">搜索</button>\n'
        "</form>"
    )
    words = "部门网站、街道网站和客户端的网页都可以放上这个搜索框，读者输入的词在本站查找，结果在新窗口打开。"
    blocks = (
        TextBlock("yongfa", "怎么放", (words, "把下面几行原样放进网页。没有脚本，也不收集信息。")),
        CodeBlock("daima", "搜索框", form),
        TextBlock(
            "lianjie", "只放链接", (f"直接查一个词的网址：{address}?q=要查的词，词里的汉字不用另外转换。",)
        ),
        TextBlock(
            "zhuomian",
            "放到手机桌面",
            (
                "用手机浏览器打开本站首页，在浏览器菜单里选“添加到主屏幕”，桌面上就有本站的图标，点开像客户端一样用。",
                "不用下载安装包，不占多少空间，不要权限，也不在后台运行。",
                "没有网络时打不开没看过的网页：本站不在手机里另存一份，打开的总是最新的内容。要在没有网络的地方用，请用自助终端版。",
            ),
        ),
    )
    return blocks_page(context, EMBEDDING, "嵌入搜索框", "把本站的搜索放到别的网站和手机桌面上", blocks)


def subscriptions(context: Context, paths: Sequence[str]) -> PageJob:
    """Return the page of all subscriptions (栏目订阅, S-20).

    Args:
        paths: The files planned; each feed among them is offered.
    """
    folders = [path.removesuffix(FEED) for path in paths if path == FEED or path.endswith(f"/{FEED}")]
    rows = []
    for folder in sorted(folders, key=lambda folder: (folder != "", folder)):
        slug = folder.rstrip("/")
        node = context.pool.sections.get(slug)
        title = node.document.title if node else "全站"
        page = Link(f"{folder}index.html", title)
        links = (Link(f"{folder}{FEED}", "Atom"), Link(f"{folder}feed.json", "JSON Feed"))
        rows.append((Cell("栏目", title, (page,)), Cell("订阅", "Atom、JSON Feed", links)))
    blocks = (
        TextBlock(
            "yongfa",
            "怎么订阅",
            (
                "把需要的栏目的订阅地址复制到阅读器里，有新内容时阅读器会提示。",
                "订阅不用登记，本站不知道谁订阅了什么；不想看了，在阅读器里删掉就行。",
            ),
        ),
        TableBlock("lanmu", "可以订阅的栏目", ("栏目", "订阅"), tuple(rows)),
    )
    return blocks_page(context, SUBSCRIPTIONS, "栏目订阅", "有新内容时自动收到，每个栏目单独订阅", blocks)


def _advanced(context: Context) -> PageJob:
    """Return advanced search (S-04): the filters of the search page as a form; without scripts it leads to facets."""
    kinds = dict.fromkeys(
        _label(document) for kind in KINDS for document in context.library.by_kind.get(kind.name, ())
    )
    issuers = tuple(
        (found.title, found.title) for found in context.library.organisations if context.issued_by(found)
    )
    years = sorted(
        {document.date[:4] for document in context.library.published if document.date}, reverse=True
    )
    standings = {
        badge.label: badge.label
        for kind in ("policy", "regulation")
        for document in context.library.by_kind.get(kind, ())
        if (badge := context.badge(document))
    }
    order = [f"已{word.value}" if word.is_over else word.value for word in Validity]
    choices = (
        ChoiceView("kind", "内容类型", tuple((word, word) for word in kinds)),
        ChoiceView("issuer", "发布机构", issuers),
        ChoiceView("year", "发布年份", tuple((year, f"{year} 年") for year in years)),
        ChoiceView("validity", "有效性", tuple((word, word) for word in order if word in standings)),
    )
    title, description = "高级搜索", "同时按内容类型、机构、年份和有效性查找"
    page = context.page(
        ADVANCED,
        title,
        title,
        meta=context.column_meta(title, description, "办事服务"),
        breadcrumbs=(
            Link("index.html", "首页"),
            Link("search.html", "搜索"),
            Link("", title, "", -1, True),
        ),
        description=description,
    )
    view = AdvancedSearchView(title, description, tuple(choice for choice in choices if choice.options))
    return PageJob.of(page, "advanced.html", view)


def _label(document: Document) -> str:
    """Return the word by which the search index tells what a document is."""
    if document.kind == "interpretation":
        return FORM_WORDS[document.data["form"]]
    return KIND_BY_NAME[document.kind].label
