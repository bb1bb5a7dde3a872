"""Threads (全程公开): the documents of a matter by the five areas of openness, the same on each of its pages.

An editor names the few documents around which a matter turns. All others are found by relations that are typed
already: what interprets, answers, consults on, carries out or reports one of them belongs to the thread, one
step away and no further. So a thread changes with its own documents only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from generator.fields import OpennessArea
from generator.kinds import KIND_BY_NAME
from generator.library import FORWARD_LABELS
from generator.plan.context import Context
from generator.plan.views import ThreadEntry, ThreadStage, ThreadView
from generator.validate import Document

STAGE_ENTRIES: Final = 3
"""So many documents of an area stand on the pages of a matter; the thread's own page has all."""

APART: Final = frozenset({"thread", "topic", "organisation", "gazette", "bundle", "page", "section"})
"""Kinds that gather documents of many matters: that they name one says nothing about the matter."""
LEADING: Final = frozenset({"steps.about", "records.about", "final_document", *FORWARD_LABELS})
"""Relations that lead from a document of the main line to others of the same matter."""

MANY: Final = frozenset({"interpretation", "question", "news", "event"})
"""Kinds of which a matter has many: others stand before them where not all fit."""

FALLBACK: Final = {
    OpennessArea.DECISION: ("policy", "regulation", "interpretation", "consultation", "decision"),
    OpennessArea.IMPLEMENTATION: ("project", "livelihood", "monthly_record", "news"),
    OpennessArea.SERVICE: ("service_guide", "question", "event"),
    OpennessArea.RESULT: ("site_report", "enforcement_report", "annual_report"),
}
"""Areas of kinds whose sections name none; all others are administration (管理公开)."""


class Member(Struct, frozen=True):
    """A document of a matter: its area, and whether an editor named it."""

    document: Document
    area: OpennessArea
    is_main: bool


def threads_of(context: Context, document: Document) -> tuple[ThreadView, ...]:
    """Return the threads to which a document belongs, as its page shows them."""
    found = context.once(_threads_by_member).get(document.id, ())
    url = context.document_link(document).url
    return tuple(_marked(context.once(_short)[name], area, url) for name, area in found)


def whole_thread(context: Context, document: Document) -> ThreadView:
    """Return a thread with all its documents, for its own page."""
    return _view(context, document, context.once(_members)[document.id], None)


def _members(context: Context) -> dict[str, tuple[Member, ...]]:
    threads = (item for item in context.library.documents.values() if item.kind == "thread")
    return {thread.id: tuple(_members_of(context, thread)) for thread in threads}


def _threads_by_member(context: Context) -> dict[str, list[tuple[str, OpennessArea]]]:
    found: dict[str, list[tuple[str, OpennessArea]]] = defaultdict(list)
    for name, members in context.once(_members).items():
        for member in members:
            found[member.document.id].append((name, member.area))
    return found


def _short(context: Context) -> dict[str, ThreadView]:
    pool = context.pool.documents
    return {
        name: _view(context, pool[name], members, STAGE_ENTRIES)
        for name, members in context.once(_members).items()
    }


# --- who belongs to a thread -----------------------------------------------------------------------


def _members_of(context: Context, thread: Document) -> Iterator[Member]:
    seen: set[str] = set()
    base = thread.path.rpartition("/")[0]
    main: list[Document] = []
    for entry in thread.data["documents"]:
        found = context.pool.find(entry["document"], base)
        if len(found) == 1 and found[0].id not in seen:
            seen.add(found[0].id)
            main.append(found[0])
            area = OpennessArea(entry["area"]) if entry.get("area") else area_of(context, found[0])
            yield Member(found[0], area, True)
    for document in main:
        for other in _next_to(context, document):
            if other.id not in seen and other.kind not in APART:
                seen.add(other.id)
                yield Member(other, area_of(context, other), False)


def _next_to(context: Context, document: Document) -> Iterator[Document]:
    for relation in context.pool.relations_to.get(document.id, ()):
        yield context.pool.documents[relation.source]
    for relation in context.pool.relations_from.get(document.id, ()):
        if relation.relation in LEADING:
            yield context.pool.documents[relation.target]


def area_of(context: Context, document: Document) -> OpennessArea:
    """Return the area of openness of a document: that of its section or the nearest above, else of its kind."""
    for slug in (*document.sections, KIND_BY_NAME[document.kind].section):
        for name in reversed(context.pool.path_to(slug)):
            areas = context.pool.sections[name].document.data.get("areas")
            if areas:
                return OpennessArea(areas[0])
    for area, kinds in FALLBACK.items():
        if document.kind in kinds:
            return area
    return OpennessArea.ADMINISTRATION


# --- how it looks ----------------------------------------------------------------------------------


def _view(context: Context, thread: Document, members: Iterable[Member], limit: int | None) -> ThreadView:
    by_area: dict[OpennessArea, list[Member]] = defaultdict(list)
    for member in members:
        if context.document_link(member.document).url:
            by_area[member.area].append(member)
    stages = tuple(_stage(context, area, by_area[area], limit) for area in OpennessArea)
    return ThreadView(
        thread.slug, thread.title, context.document_link(thread).url, stages, whole=limit is None
    )


def _stage(context: Context, area: OpennessArea, members: list[Member], limit: int | None) -> ThreadStage:
    """Return an area; where not all fit, the main line stays, then what there are few of, then what is newest."""

    def weight(member: Member) -> tuple[bool, bool, tuple[str, str]]:
        return member.is_main, member.document.kind not in MANY, _order(member)

    chosen = sorted(members, key=weight, reverse=True)[:limit]
    entries = tuple(_entry(context, member.document) for member in sorted(chosen, key=_order))
    return ThreadStage(area.slug, area.mark, area.value, entries, len(members) - len(entries))


def _order(member: Member) -> tuple[str, str]:
    return member.document.date, member.document.id


def _entry(context: Context, document: Document) -> ThreadEntry:
    url = context.document_link(document).url
    return ThreadEntry(url, short_title(document.title), KIND_BY_NAME[document.kind].label, document.date)


def short_title(title: str) -> str:
    """Return 《…办法》 of a title that says no more than that it is issued (关于印发《…办法》的通知)."""
    start, end = title.find("《"), title.rfind("》")
    return title[start : end + 1] if 0 <= start < end and title[:start].endswith("关于印发") else title


def _marked(thread: ThreadView, area: OpennessArea, url: str) -> ThreadView:
    """Return a thread as it stands on the page of one of its documents."""
    stages = tuple(
        replace(
            stage,
            current=stage.slug == area.slug,
            entries=tuple(replace(entry, current=entry.url == url) for entry in stage.entries),
        )
        for stage in thread.stages
    )
    return replace(thread, stages=stages)
