"""What the search index is told of each page: plain words, derived from the kinds' declarations."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, Final

from msgspec.structs import replace

from generator.digest import digest_value
from generator.fields import Weight
from generator.kinds import KIND_BY_NAME, RECORD_KIND_BY_NAME
from generator.plan.context import FORM_WORDS, Context
from generator.plan.extras import extra_view
from generator.plan.jobs import RecordNote
from generator.plan.records import row_urls
from generator.plan.views import QuestionView
from generator.validate import Document
from search import Answer, Link, SearchRecord, Section

SECTION_LABEL: Final = "栏目"
UNTOLD: Final = frozenset(
    {
        "aliases", "draft", "waivers", "scheduled", "source_url", "image", "sections", "section", "topics", "home", "imported",
        "excerpt", "attachments", "file", "url", "draft_file", "captions", "blank_form", "sample_form", "online",
        "title", "keywords", "published_at", "order", "parent", "design",
    }
)  # fmt: skip
"""Fields that hold addresses, file names and switches, or that a record carries by themselves."""


def search_notes(context: Context) -> Iterator[RecordNote]:
    """Yield a note for every page that may be found."""
    for document in context.library.documents.values():
        if document.kind != "section":
            basis = context.bases.get(document.id, b"")
            known = context.last_note(document.id, basis)
            if known:
                yield known
                continue
            converted = context.converted.get(document.id)
            head = digest_value((_head(context, document), document.data))
            yield RecordNote(document.id, document.date, head, converted.key if converted else b"", basis)
    for record in (*_sections(context), *_rows(context)):
        yield RecordNote(record.id, record.date, digest_value(record), b"")


def search_record(context: Context, name: str) -> SearchRecord:
    """Return the record of a page by the id in its note; only pages that changed are asked for."""
    document = context.library.documents.get(name)
    if document is None or document.kind == "section":
        return context.once(_others)[name]
    if context.pool.is_unfounded(document):
        return _head(context, document)
    converted = context.converted.get(name)
    body = context.sections_of(converted.key) if converted else ()
    parts = (Section(part.anchor, part.heading, part.text) for part in body)
    return replace(_head(context, document), sections=(*_structured(document), *parts))


def _others(context: Context) -> dict[str, SearchRecord]:
    return {record.id: record for record in (*_sections(context), *_rows(context))}


def _sections(context: Context) -> Iterator[SearchRecord]:
    for slug in context.library.visible_sections:
        node = context.pool.sections[slug].document
        if not node.data.get("link"):
            yield SearchRecord(
                id=node.id,
                url=context.section_url(slug),
                title=node.title,
                kind="section",
                kind_label=SECTION_LABEL,
                keywords=tuple(node.data.get("keywords") or ()),
                sections=(Section("", "", node.data["description"]),),
            )


def _head(context: Context, document: Document) -> SearchRecord:
    standing = context.library.standing(document)
    badge = context.badge(document)
    keywords, extra = _weighted(document)
    return SearchRecord(
        id=document.id,
        url=document.url,
        title=document.title,
        kind=_kind(document),
        kind_label=_kind_label(document),
        date=document.date,
        document_number=document.document_number,
        issuers=document.issuer,
        subject=document.subject.partition("\\")[0],
        validity=badge.label if badge else "",
        lapsed=bool(standing and standing.validity and standing.validity.is_over),
        keywords=keywords,
        extra=extra,
        answer=_answer(context, document) if document.kind == "question" else None,
    )


def _kind(document: Document) -> str:
    return "graphic" if document.data.get("form") == "图解" else document.kind


def _kind_label(document: Document) -> str:
    if document.kind == "interpretation":
        return FORM_WORDS[document.data["form"]]
    return KIND_BY_NAME[document.kind].label


def _weighted(document: Document) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the words of fields declared with weight, and the other words that must find the page."""
    keywords: list[str] = list(document.data.get("keywords") or ())
    extra: list[str] = []
    for name, weight in _searched(document.kind):
        words = _words(document.data.get(name))
        (keywords if weight is Weight.STRONG else extra).extend(words)
    extra.extend(entry["title"] for entry in document.data.get("attachments") or ())
    return tuple(dict.fromkeys(keywords)), tuple(dict.fromkeys(extra))


@cache
def _searched(kind_name: str) -> tuple[tuple[str, Weight], ...]:
    own = ("title", "keywords", "document_number", "issuer", "attachments")
    items = KIND_BY_NAME[kind_name].items
    return tuple(
        (name, declared.search) for name, declared, _ in items if declared.search and name not in own
    )


def _words(value: Any) -> list[str]:
    """Return all texts in a value, in their order."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return [word for entry in value for word in _words(entry)]
    if isinstance(value, dict):
        return [
            word
            for name, entry in value.items()
            if name not in UNTOLD or name == "title"
            for word in _words(entry)
        ]
    return (
        []
        if value is None or isinstance(value, bool)
        else [f"{value:g}" if isinstance(value, float) else str(value)]
    )


def _structured(document: Document) -> Iterator[Section]:
    """Yield what a page shows of its fields: a section for each, under the field's label."""
    kind = KIND_BY_NAME[document.kind]
    for name, value in document.data.items():
        if name in UNTOLD or name in ("issuer", "document_number", "subject"):
            continue
        text = "\n".join(_words(value))
        if text:
            yield Section("", kind.label_of(name), text)


def _answer(context: Context, document: Document) -> Answer | None:
    view = extra_view(context, document)
    if not isinstance(view, QuestionView) or not view.basis:
        return None
    first = view.basis[0]
    pictures = []
    hubs = {
        relation.target
        for relation in context.pool.relations_from.get(document.id, ())
        if relation.relation == "basis.document"
    }
    for hub in sorted(hubs):
        for relation in context.pool.relations_to.get(hub, ()):
            source = context.library.documents.get(relation.source)
            if source and relation.relation == "interprets" and source.data["form"] == "图解":
                pictures.append(Link(source.title, context.library.address(source)))
    return Answer(
        question=document.title,
        answer=view.short_answer,
        basis=Link(first.link.text, first.link.url),
        clause=first.clause,
        quote=first.quote,
        verified_on=view.verified_on,
        agency="、".join(link.text for link in view.issuer),
        phone=view.phone,
        guides=tuple(Link(link.text, link.url) for link in view.service_guides),
        pictures=tuple(pictures[:2]),
        stale=view.changed,
    )


def _rows(context: Context) -> Iterator[SearchRecord]:
    for name in context.library.records:
        kind = RECORD_KIND_BY_NAME[name]
        if not context.has_section(kind.section):
            continue
        for row, url in row_urls(context, kind):
            key = str(row.data.get(kind.key) or row.line)
            number = key if not kind.detail else ""
            yield SearchRecord(
                id=f"{name}/{key}",
                url=url,
                title=str(row.data[kind.title]) + (f"（{number}）" if number and kind.key else ""),
                kind=name,
                kind_label=kind.label,
                date=str(row.data.get(kind.date) or ""),
                document_number=number,
                issuers=(str(row.data[kind.issuer]),) if kind.issuer and row.data.get(kind.issuer) else (),
                sections=(Section("", "", "\n".join(_words(row.data))),),
            )
