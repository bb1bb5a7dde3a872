"""The home of a community (村居主页): what to learn, where to go, what to enjoy, what is new (domain/05, S-69)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from generator.kinds import KIND_BY_NAME, RECORD_KIND_BY_NAME
from generator.plan.context import Context
from generator.plan.views import Block, CardsBlock, CardView, Link, LinksBlock
from generator.validate import Document, RecordItem

COMMUNITY: Final = "village_board"
"""The table whose rows are communities."""

MOST: Final = 8
"""Links under each heading; the section has the others."""

Urls = Callable[[str], Iterable[tuple[RecordItem, str]]]
"""Yields the rows of a table, given by name, with their addresses."""


def community_blocks(context: Context, row: RecordItem, urls: Urls) -> Iterator[Block]:
    """Yield four tiles and the lists that they lead to; a list without entries still says where all of them are."""
    name, street = str(row.data["name"]), str(row.data["street"])
    lists = (
        ("xue", "码上学", "政策课、公开课", _lessons(context, name, street, urls), "lesson"),
        ("ban", "码上办", "附近能办事、能查阅的地方", _points(context, name, street, urls), "service_point"),
        ("xiang", "码上享", "文体场馆和活动", _leisure(context, name, street, urls), "venue"),
        ("zhi", "码上知", "提到本街道的通知公告", _notices(context, street), "notice"),
    )
    tiles, blocks = [], []
    for slug, title, words, found, kind in lists:
        links = list(found)
        own = f"{words}，{len(links)} 项" if links else f"{words}，本街道暂无"
        tiles.append(CardView(title, f"#{slug}", (own,)))
        blocks.append(LinksBlock(slug, f"{title}：{words}", (*links[:MOST], *_all(context, kind))))
    yield CardsBlock("bankuai", "四个板块", tuple(tiles))
    yield from blocks


def _all(context: Context, kind: str) -> Iterator[Link]:
    declared = RECORD_KIND_BY_NAME.get(kind) or KIND_BY_NAME[kind]
    if context.has_section(declared.section):
        yield Link(context.section_url(declared.section), f"全部{declared.label}")


def _short(street: str) -> str:
    return street.removesuffix("办事处").removesuffix("人民政府")


def _near(text: object, name: str, street: str) -> bool:
    return name in str(text) or _short(street) in str(text)


def _lessons(context: Context, name: str, street: str, urls: Urls) -> Iterator[Link]:
    for row, url in _rows(context, "lesson", urls):
        if _near(row.data["place"], name, street):
            yield Link(url, str(row.data["title"]), f"{row.data['held_on']}，{row.data['place']}")


def _points(context: Context, name: str, street: str, urls: Urls) -> Iterator[Link]:
    """Yield points of the street, those of the community first."""
    rows = [
        (row, url) for row, url in _rows(context, "service_point", urls) if row.data["district"] == street
    ]
    for row, url in sorted(rows, key=lambda entry: entry[0].data.get("community") != name):
        yield Link(url, str(row.data["name"]), f"{row.data['address']}，{row.data['hours']}")


def _leisure(context: Context, name: str, street: str, urls: Urls) -> Iterator[Link]:
    for document in context.library.by_kind.get("event", ()):
        if _near(document.data["place"], name, street):
            yield context.document_link(document, f"{document.data['opens_on']}，{document.data['place']}")
    for row, url in _rows(context, "venue", urls):
        if _near(row.data["address"], name, street):
            yield Link(url, str(row.data["name"]), f"{row.data['address']}，{row.data['hours']}")


def _notices(context: Context, street: str) -> Iterator[Link]:
    for document in context.once(_notices_by_street).get(street, ()):
        yield context.document_link(document, document.date[:10])


def _notices_by_street(context: Context) -> dict[str, list[Document]]:
    streets = {str(row.data["street"]) for row in context.library.records.get(COMMUNITY, ())}
    found: dict[str, list[Document]] = {}
    for document in context.library.by_kind.get("notice", ()):
        text = " ".join((document.title, str(document.data.get("summary") or ""), *document.issuer))
        for street in streets:
            if _short(street) in text:
                found.setdefault(street, []).append(document)
    return found


def _rows(context: Context, kind: str, urls: Urls) -> Iterator[tuple[RecordItem, str]]:
    if context.has_section(RECORD_KIND_BY_NAME[kind].section):
        yield from urls(kind)
