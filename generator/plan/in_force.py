"""The list of rules and normative documents in force (现行有效文件清单), with its download."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Final

from generator.fields import day_words
from generator.plan.context import Context
from generator.plan.jobs import BytesJob, PageJob
from generator.plan.paging import page_path, pagination, slices
from generator.plan.views import Cell, ColumnView, Link, TableBlock
from generator.statutory import STATUTORY
from generator.validate import Document

FOLDER: Final = f"{STATUTORY}/youxiao/"
TITLE: Final = "现行有效文件清单"
COLUMNS: Final = ("名称", "文号", "发文机关", "成文日期", "有效期至")


def in_force(context: Context) -> list[Document]:
    """Return rules and normative documents that have force on the build's day, newest first."""
    return context.once(_find)


def _find(context: Context) -> list[Document]:
    found = [
        document
        for kind, field, value in (
            ("regulation", "rank", "政府规章"),
            ("policy", "level", "行政规范性文件"),
        )
        for document in context.library.by_kind.get(kind, ())
        if document.data.get(field) == value and _has_force(context, document)
    ]
    return sorted(found, key=lambda document: (document.issued_on, document.id), reverse=True)


def _has_force(context: Context, document: Document) -> bool:
    standing = context.library.standing(document)
    return bool(standing and standing.validity and standing.validity.value in ("现行有效", "已修改"))


def plan_in_force(context: Context, nav: tuple[Link, ...]) -> Iterator[PageJob | BytesJob]:
    """Yield the pages of the list and its file."""
    documents = in_force(context)
    if not documents:
        return
    cut = slices(len(documents), context.settings.limits.page_size)
    description = (
        f"现行有效的政府规章和行政规范性文件，按成文日期从新到旧排列，截至{day_words(context.today)}"
    )
    download = f"{FOLDER}youxiao.csv"
    for position, piece in enumerate(cut):
        path = page_path(FOLDER, piece)
        pages = pagination(FOLDER, cut, position, len(documents))
        rows = tuple(_row(context, document) for document in documents[piece.start : piece.end])
        page = context.page(
            path,
            f"{TITLE}（第 {piece.number} 页）" if piece.number else TITLE,
            TITLE,
            meta=context.section_meta(STATUTORY),
            breadcrumbs=(*context.crumbs(STATUTORY), Link(path, TITLE, "", -1, True)),
            description=description if not piece.number else TITLE,
            section=STATUTORY,
            previous_url=pages.newer.url if pages.newer else "",
            next_url=pages.older.url if pages.older else "",
        )
        view = ColumnView(
            TITLE,
            "",
            description if not piece.number else "",
            nav,
            (),
            (TableBlock("qingdan", "文件清单", COLUMNS, rows),),
            pages,
            (Link(download, "CSV"),),
        )
        yield PageJob.of(page, "listings/column.html", view)
    yield BytesJob(download, _file(documents))


def _row(context: Context, document: Document) -> tuple[Cell, ...]:
    return (
        Cell(COLUMNS[0], document.title, (context.document_link(document),)),
        Cell(COLUMNS[1], document.document_number or "—"),
        Cell(COLUMNS[2], "、".join(context.short_name(name) for name in document.issuer)),
        Cell(COLUMNS[3], day_words(document.issued_on) if document.issued_on else "—"),
        Cell(COLUMNS[4], day_words(document.expires_on) if document.expires_on else "未规定"),
    )


def _file(documents: list[Document]) -> bytes:
    """Return the list as CSV; the mark at the beginning makes spreadsheets read it as UTF-8."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for document in documents:
        writer.writerow(
            (
                document.title,
                document.document_number,
                "、".join(document.issuer),
                document.issued_on,
                document.expires_on,
            )
        )
    return ("\ufeff" + text.getvalue()).encode()
