"""Infographics (图解) from their data: the view, and all of it in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from generator.kinds.infographic import Design
from generator.plan.context import Context
from generator.plan.views import GraphicBlock, GraphicEntry, GraphicFigure, GraphicRow, GraphicView
from generator.validate import Document

NEWER: Final = frozenset(("现在", "今后", "以后", "调整后", "修改后", "新政策"))
"""Names of a last column that is what the comparison is about."""

NUMERALS: Final = "一二三四五六七八九十"


def poster_url(context: Context, document: Document) -> str:
    """Return the address of an infographic's long picture; empty where none is drawn."""
    if not context.draws or not document.data.get("infographic"):
        return ""
    return document.url.removesuffix(".html") + "-changtu.png"


def graphic_of(context: Context, document: Document) -> GraphicView | None:
    """Return the infographic of an interpretation, if it has data for one."""
    if not document.data.get("infographic"):
        return None
    hubs = (
        context.pool.documents[relation.target]
        for relation in context.pool.relations_from.get(document.id, ())
        if relation.relation == "interprets"
    )
    named = "、".join(hub.document_number or f"《{hub.title}》" for hub in hubs)
    return graphic_view(document, document.data.get("summary") or "", named, poster_url(context, document))


def graphic_view(document: Document, lead: str, named: str, picture_url: str) -> GraphicView:
    """Return the infographic of an interpretation.

    Args:
        lead: What the cover says where the data say nothing.
        named: Title or number of the document interpreted.
        picture_url: Of the long picture; empty where none is drawn.
    """
    data = document.data["infographic"]
    design = Design(data["design"]).slug
    blocks = [_block(number, entry) for number, entry in enumerate(data["blocks"], 1)]
    opening = (
        next((block for block in blocks if block.form == "figures"), None) if design == "figures" else None
    )
    return GraphicView(
        design=design,
        title_parts=_title_parts(document.title),
        lead=data.get("lead") or lead,
        facts=tuple(GraphicEntry(fact["name"], fact.get("text") or "") for fact in data.get("facts") or ()),
        opening=opening,
        blocks=tuple(block for block in blocks if block is not opening),
        document=named,
        issuer="、".join(document.issuer),
        phone=document.data.get("phone") or "",
        picture_url=picture_url,
    )


def _title_parts(title: str) -> tuple[str, ...]:
    """Split 一图读懂：… after its colon, so that the matter begins a line."""
    start, colon, rest = title.partition("：")
    return (start + colon, rest) if rest else (title,)


def _block(number: int, data: Mapping[str, Any]) -> GraphicBlock:
    comparison = data.get("comparison") or {}
    quotation = data.get("quotation") or {}
    bars = bool(data.get("bars"))
    figures = data.get("figures") or ()
    form = next(
        name
        for name in ("figures", "points", "steps", "comparison", "timeline", "quotation")
        if data.get(name)
    )
    return GraphicBlock(
        number=number,
        form="bars" if bars else form,
        title=data["title"],
        text=data.get("text") or "",
        note=data.get("note") or "",
        figures=tuple(_figures(figures, bars)),
        entries=tuple(_entries(data)),
        columns=tuple(comparison.get("columns") or ()),
        rows=tuple(GraphicRow(row["name"], tuple(row["values"])) for row in comparison.get("rows") or ()),
        quotation=quotation.get("text") or "",
        source=quotation.get("source") or "",
        contrasted=bool(comparison) and comparison["columns"][-1] in NEWER,
    )


def _figures(figures: Any, bars: bool) -> Iterator[GraphicFigure]:
    largest = max((float(figure["value"]) for figure in figures), default=0.0)
    for figure in figures:
        value = float(figure["value"])
        yield GraphicFigure(
            name=figure["name"],
            value=f"{value:,.0f}" if value == int(value) else f"{value:,}",
            unit=figure.get("unit") or "",
            prefix=figure.get("prefix") or "",
            note=figure.get("note") or "",
            share=round(100 * value / largest) if bars and largest else 0 if bars else -1,
        )


def _entries(data: Mapping[str, Any]) -> Iterator[GraphicEntry]:
    for point in data.get("points") or ():
        yield GraphicEntry(point["name"], point.get("text") or "")
    for number, step in enumerate(data.get("steps") or ()):
        yield GraphicEntry(step["name"], step.get("text") or "", NUMERALS[number], step.get("limit") or "")
    for moment in data.get("timeline") or ():
        yield GraphicEntry(moment["name"], moment.get("text") or "", moment["when"])


# --- in words --------------------------------------------------------------------------------------


def graphic_words(view: GraphicView, more: str = "") -> tuple[str, ...]:
    """Return all that an infographic says as paragraphs, in the order of its blocks.

    Args:
        more: What the editor adds to the words.
    """
    blocks = sorted(
        (*view.blocks, *((view.opening,) if view.opening else ())), key=lambda block: block.number
    )
    facts = "；".join(_said(fact.name, fact.text) for fact in view.facts)
    contact = f"咨询电话：{view.issuer}　{view.phone}" if view.phone else ""
    words = [
        view.lead,
        facts,
        *map(_block_words, blocks),
        *(line.strip() for line in more.split("\n")),
        contact,
    ]
    return tuple(_ended(paragraph) for paragraph in words if paragraph)


def _block_words(block: GraphicBlock) -> str:
    matter = "；".join(_matter(block))
    parts = [part for part in (block.text, matter, block.note) if part]
    head = block.title if block.title.endswith(("？", "！")) else f"{block.title}："
    return head + "".join(_ended(part) for part in parts)


def _matter(block: GraphicBlock) -> Iterator[str]:
    for figure in block.figures:
        yield _said(f"{figure.name}：{figure.prefix}{figure.value}{figure.unit}", figure.note, "，")
    for entry in block.entries:
        if block.form == "steps":
            yield f"第{entry.mark}步，{_said(entry.name, entry.text)}" + (
                f"（{entry.aside}）" if entry.aside else ""
            )
        elif block.form == "timeline":
            yield _said(f"{entry.mark}，{entry.name}", entry.text)
        else:
            yield _said(entry.name, entry.text)
    for row in block.rows:
        pairs = "，".join(
            f"{column}{value if value != '—' else '无'}"
            for column, value in zip(block.columns, row.cells, strict=True)
        )
        yield f"{row.name}：{pairs}"
    if block.quotation:
        yield f"“{block.quotation}”（{block.source}）"


def _said(name: str, text: str, between: str = "：") -> str:
    return f"{name}{between}{text.rstrip('。；')}" if text else name


def _ended(text: str) -> str:
    return text if text.endswith(("。", "！", "？")) else f"{text.rstrip('；，')}。"
