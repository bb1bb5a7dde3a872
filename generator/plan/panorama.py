"""The panorama of a topic (政策全景): its documents, how they replace each other, and what turns around each of them.

The picture is drawn from the same rows as the list under it, which is its equivalent in words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from generator.kinds import KIND_BY_NAME
from generator.library import FORWARD_LABELS
from generator.plan.context import Context
from generator.plan.views import PanoramaArc, PanoramaRow, PanoramaView
from generator.validate import Document

ROWS: Final = 12
"""More rows than these make a picture that nobody reads; the list of the topic has all."""
ROW_HEIGHT: Final = 64
SHORT: Final = 24
"""So many characters of a title fit into a box of the picture."""
AROUND: Final = (
    ("interpretation", "解读", "interprets"),
    ("question", "问答", "basis.document"),
    ("service_guide", "办事", ""),
)


def panorama(context: Context, members: Iterable[Document]) -> PanoramaView | None:
    """Return the panorama of a topic's policies and regulations, oldest first, or None where there is only one."""
    shown = sorted(
        (item for item in members if item.kind in ("policy", "regulation")),
        key=lambda item: (item.issued_on or item.date, item.id),
    )[-ROWS:]
    if len(shown) < 2:
        return None
    rows = tuple(_row(context, item) for item in shown)
    arcs = tuple(_arcs(context, shown))
    linked = sum(len(links) for row in rows for _, links in row.around)
    words = (
        f"{len(rows)} 份文件按成文先后排列，其间有 {len(arcs)} 处修改、废止或替代关系，"
        f"周围有 {linked} 篇解读、问答和办事指南；下面的列表写明全部内容"
    )
    return PanoramaView(rows, arcs, len(rows) * ROW_HEIGHT, words)


def _row(context: Context, item: Document) -> PanoramaRow:
    around = []
    for kind, label, relation in AROUND:
        links = []
        for found in context.pool.relations_to.get(item.id, ()):
            source = context.library.documents.get(found.source)
            if source and source.kind == kind and (not relation or found.relation == relation):
                link = context.document_link(source)
                if link not in links:
                    links.append(link)
        around.append((label, tuple(links)))
    words = []
    for found in context.pool.relations_from.get(item.id, ()):
        word = FORWARD_LABELS.get(found.relation)
        if word:
            words.append(context.document_link(context.pool.documents[found.target], word))
    for found in context.pool.relations_to.get(item.id, ()):
        if found.relation in FORWARD_LABELS:
            word = KIND_BY_NAME["policy"].relations[found.relation]
            words.append(context.document_link(context.pool.documents[found.source], word))
    title = item.title.rpartition("关于")[2] if "关于" in item.title else item.title
    return PanoramaRow(
        link=context.document_link(item, item.document_number),
        short=title if len(title) <= SHORT else title[: SHORT - 1] + "…",
        badge=context.badge(item),
        around=tuple(around),
        relations=tuple(words),
    )


def _arcs(context: Context, shown: Sequence[Document]) -> Iterable[PanoramaArc]:
    """Yield a curve on the left for each relation between two of the rows, from the newer to the older."""
    place = {item.id: index for index, item in enumerate(shown)}
    for item in shown:
        for found in context.pool.relations_from.get(item.id, ()):
            word = FORWARD_LABELS.get(found.relation)
            if word and found.target in place:
                start, end = (_middle(place[name]) for name in (item.id, found.target))
                reach = 40 + 12 * min(abs(place[item.id] - place[found.target]), 6)
                path = f"M150 {start} C{150 - reach} {start} {150 - reach} {end} 146 {end}"
                yield PanoramaArc(path, word.removesuffix("了"), (start + end) // 2, end)


def _middle(index: int) -> int:
    return index * ROW_HEIGHT + ROW_HEIGHT // 2
