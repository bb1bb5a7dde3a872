"""Paging: how listings are cut into pages with stable addresses, and the links between them."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from generator.plan.views import Link, Pagination


class Slice(msgspec.Struct, frozen=True):
    """One page of a listing: which items it shows. ``number`` 0 is the index."""

    number: int
    start: int
    end: int


def slices(total: int, size: int) -> list[Slice]:
    """Cut a listing, newest first, into pages numbered from the oldest.

    Full pages keep their number and content for ever; the index holds what is newer than the last of
    them, between ``size`` and ``2 * size - 1`` items. A new document changes the index alone.
    """
    archived = max(0, total // size - 1)
    index = Slice(0, 0, total - archived * size)
    older = [
        Slice(number, total - number * size, total - (number - 1) * size) for number in range(archived, 0, -1)
    ]
    return [index, *older]


def pages(total: int, size: int) -> list[Slice]:
    """Cut an undated list into pages in its own order, the second one numbered 2."""
    starts = range(0, max(total, 1), size)
    return [
        Slice(index + 1 if index else 0, start, min(start + size, total))
        for index, start in enumerate(starts)
    ]


def page_path(folder: str, piece: Slice) -> str:
    """Return the address of a page of a listing."""
    return f"{folder}ye-{piece.number}.html" if piece.number else f"{folder}index.html"


def pagination(
    folder: str, cut: Sequence[Slice], position: int, total: int, is_dated: bool = True
) -> Pagination:
    """Return the links between the pages of a listing.

    Numbered pages of a dated listing say nothing that a new document changes: no totals, and links to their neighbours, the
    oldest page and the index only.
    """

    def link(piece: Slice, text: str, current: bool = False) -> Link:
        return Link(page_path(folder, piece), text, "", -1, current)

    def name(piece: Slice) -> str:
        return f"第 {piece.number} 页" if piece.number else "最新" if is_dated else "第 1 页"

    near = sorted({0, len(cut) - 1, *range(position - 2, position + 3)}) if len(cut) > 1 else []
    numbers = tuple(link(cut[i], name(cut[i]), i == position) for i in near if 0 <= i < len(cut))
    return Pagination(
        current=cut[position].number,
        total_pages=0 if position and is_dated else len(cut),
        total=0 if position and is_dated else total,
        newer=link(cut[position - 1], "上一页（较新）" if is_dated else "上一页") if position else None,
        older=link(cut[position + 1], "下一页（较早）" if is_dated else "下一页")
        if position + 1 < len(cut)
        else None,
        numbers=numbers,
    )
