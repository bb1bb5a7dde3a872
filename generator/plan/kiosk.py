"""The kiosk edition (自助终端): a folder that a terminal opens from its own disk, with a way to find for each reader.

Who can read but not type finds by the first letter of a title's pinyin, by topic or by agency (domain/05, S-62, S-63).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from string import ascii_lowercase
from typing import Final

import msgspec

from generator.config import KioskSettings, SiteGroup
from generator.digest import encode
from generator.plan.context import Context
from generator.plan.editions import PORTAL_ONLY
from generator.plan.jobs import PageJob, SitePlan
from generator.plan.paging import pagination, slices
from generator.plan.views import EntranceView, Frame, Link, ListingView
from generator.validate import Document

NAME: Final = "kiosk"
LAYERS: Final = ("kiosk", "elder")
"""A terminal reads as a large-letter edition does; only its frame, home page and keys are its own."""

ASSETS_FOLDER: Final = "assets/"
INDEX_FOLDER: Final = "suoyin/"
INDEXED_KINDS: Final = ("service_guide", "question", "policy", "regulation", "topic", "organisation")
PICTURES: Final = (".webp", ".avif", ".png", ".jpg", ".jpeg", ".gif", ".svg", ".mp4", ".webm", ".mp3", ".vtt")
"""Files that pages show; whatever else a page links to a citizen takes along by QR code."""

KEYS: Final[Sequence[tuple[str, str, str, tuple[str, ...]]]] = (
    ("boat", "政府信息查询", "政策文件、办事指南、问答", ("mulu/index.html",)),
    (
        "bridge",
        "依申请公开办理",
        "怎么申请、填什么表、交到哪里",
        ("zfxxgk-ysq/index.html", "zfxxgk-zn/index.html"),
    ),
    ("houses", "宣传资料查阅", "政策解读、图解、月鉴", ("zcjd/index.html", "yuejian/index.html")),
)
"""The three basic functions (S-62): picture, name, note, and the first of these pages that exists."""

MODULES: Final[Sequence[tuple[str, tuple[str, ...]]]] = (
    ("政务公开", ("zwgk/index.html", "zcwj/index.html")),
    ("互动交流", ("hdjl/index.html", "yjzj/index.html")),
    ("政务服务", ("zwfw/index.html", "bszn/index.html")),
    ("数据开放", ("sjkf/index.html", "tjsj/index.html")),
    ("依申请公开", ("zfxxgk-ysq/index.html", "zfxxgk-zn/index.html")),
)
"""The five modules (S-63)."""


def kiosk_plan(plan: SitePlan, group: SiteGroup) -> SitePlan:
    """Return the plan of a site's kiosk edition, made from the plan of its portal."""
    settings = group.sites[plan.site].kiosk
    pages = [job for job in plan.pages if job.template not in PORTAL_ONLY]
    paths = {job.path for job in pages}
    frame = msgspec.structs.replace(
        msgspec.msgpack.decode(plan.frame, type=Frame),
        edition=NAME,
        editions=(),
        entrances=tuple(_keys(settings, paths)),
        menu=tuple(_modules(settings, paths)),
        feeds=(),
        is_closed=True,
        index_url=min((path for path in paths if path.startswith(INDEX_FOLDER)), default=""),
        idle_seconds=settings.idle_seconds,
        warning_seconds=settings.warning_seconds,
    )
    return SitePlan(
        site=plan.site,
        folder=plan.folder,
        frame=encode(frame),
        pages=pages,
        files=[file for file in plan.files if file.path.startswith(ASSETS_FOLDER)],
        copies=[job for job in plan.copies if job.path.lower().endswith(PICTURES)],
        kept=plan.kept,
        notes=plan.notes,
        layers=LAYERS,
        drawings=[job for job in plan.drawings if job.form != "card"],
        pictures=plan.pictures,
    )


def _keys(settings: KioskSettings, paths: set[str]) -> Iterable[EntranceView]:
    if settings.entrances:
        for entrance, key in zip(settings.entrances, KEYS, strict=False):
            yield EntranceView(entrance.link, entrance.name, entrance.note or "", key[0])
        return
    for mark, name, note, urls in KEYS:
        url = next((url for url in urls if url in paths), "")
        if url:
            yield EntranceView(url, name, note, mark)


def _modules(settings: KioskSettings, paths: set[str]) -> Iterable[Link]:
    if settings.modules:
        for entrance in settings.modules:
            yield Link(entrance.link, entrance.name)
        return
    for name, urls in MODULES:
        url = next((url for url in urls if url in paths), "")
        if url:
            yield Link(url, name)


# --- index by initials -----------------------------------------------------------------------------


def initials_pages(context: Context) -> Iterator[PageJob]:
    """Yield the index by the first letter of a title's pinyin: one listing for each letter that titles begin with."""
    found = _by_initial(context)
    if not found:
        return
    for letter, documents in found.items():
        yield from _initial_pages(context, letter, documents, tuple(found))


def _by_initial(context: Context) -> dict[str, list[Document]]:
    """Return documents by initial, in the order of their pinyin; titles begin where readers begin them."""
    from search.pinyin import pinyin_of, title_offsets  # loads phrase tables, which portals do without

    keyed: dict[str, list[tuple[str, str, Document]]] = defaultdict(list)
    for kind in INDEXED_KINDS:
        for document in context.library.documents.values():
            if document.kind != kind:
                continue
            name = str(document.data.get("common_name") or document.title)
            sound = pinyin_of(name[title_offsets(name)[-1] :])
            initial = sound[:1] if sound[:1] in ascii_lowercase else ""
            if initial:
                keyed[initial].append((sound, document.id, document))
    return {
        letter: [document for _, _, document in sorted(keyed[letter], key=lambda entry: entry[:2])]
        for letter in sorted(keyed)
    }


def _initial_pages(
    context: Context, letter: str, documents: list[Document], letters: tuple[str, ...]
) -> Iterator[PageJob]:
    folder = f"{INDEX_FOLDER}{letter}/"
    title = f"拼音 {letter.upper()} 开头的内容"
    cut = slices(len(documents), context.settings.limits.page_size)
    children = tuple(
        Link(
            f"{INDEX_FOLDER}{other}/index.html" if other in letters else "",
            other.upper(),
            "",
            -1,
            other == letter,
        )
        for other in ascii_lowercase
    )
    for position, piece in enumerate(cut):
        path = f"{folder}ye-{piece.number}.html" if piece.number else f"{folder}index.html"
        view = ListingView(
            title=title,
            description="按标题第一个字的拼音找",
            children=children,
            facets=(),
            rows=tuple(context.row(document) for document in documents[piece.start : piece.end]),
            pagination=pagination(folder, cut, position, len(documents)),
            feeds=(),
            empty_text="",
        )
        page = context.page(
            path,
            f"{title}（第 {piece.number} 页）" if piece.number else title,
            title,
            meta=context.column_meta(title, "按标题第一个字的拼音找", "信息公开目录"),
            breadcrumbs=(Link("index.html", "首页"), Link("", title, "", -1, True)),
            indexed=False,
        )
        yield PageJob.of(page, "listings/initials.html", view)
