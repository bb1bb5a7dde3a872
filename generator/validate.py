"""Validate: `SourceDocument` × `ContentKind` → `Document`, the normal form that later stages work on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from generator.diagnostics import Diagnostic, Severity
from generator.digest import digest_bytes
from generator.fields import YES, holds_many, parse_waivers
from generator.forms import Collector, Place, Plain, to_plain, validated
from generator.kinds import ContentKind, RecordKind
from generator.load import SourceDocument, SourceRow


class Pointer(msgspec.Struct, frozen=True, array_like=True):
    """A reference from a field to another document, not yet resolved."""

    relation: str
    target: str
    clause: str
    line: int
    column: int


class Document(msgspec.Struct, frozen=True, array_like=True):
    """A valid document in its normal form, whatever its kind.

    Dates are ISO texts, empty where unknown. ``data`` holds all fields by their English names in plain JSON
    values, without those left at their defaults. ``places`` tells where a top-level field was written.
    """

    id: str
    kind: str
    slug: str
    path: str
    url: str
    title: str
    published_at: str
    sections: tuple[str, ...]
    topics: tuple[str, ...]
    home: str
    issuer: tuple[str, ...]
    document_number: str
    index_number: str
    subject: str
    issued_on: str
    effective_on: str
    expires_on: str
    repealed_on: str
    validity: str
    imported: bool
    scheduled: bool
    draft: bool
    pointers: tuple[Pointer, ...]
    files: tuple[tuple[str, str], ...]
    data: dict[str, Any]
    places: dict[str, Place]
    waivers: tuple[tuple[str, str], ...]
    digest: bytes
    body_digest: bytes
    body_line: int
    has_body: bool

    @property
    def date(self) -> str:
        """The publication day."""
        return self.published_at[:10]

    def place(self, name: str) -> Place:
        """Return where a field was written, or the start of the file."""
        return self.places.get(name, (1, 1))

    def problem(
        self, name: str, code: str, message: str, remedy: str, severity: Severity = Severity.ERROR
    ) -> Diagnostic:
        """Return a diagnostic at one of the document's fields."""
        line, column = self.place(name)
        return Diagnostic(self.path, line, column, severity, code, message, remedy)


class RecordItem(msgspec.Struct, frozen=True, array_like=True):
    """A valid row of a table of records."""

    kind: str
    path: str
    line: int
    data: dict[str, Any]
    waivers: tuple[tuple[str, str], ...] = ()
    pointers: tuple[Pointer, ...] = ()

    def problem(
        self, name: str, code: str, message: str, remedy: str, severity: Severity = Severity.ERROR
    ) -> Diagnostic:
        """Return a diagnostic at the row; which cell ``name`` is, its label in the message tells."""
        return Diagnostic(self.path, self.line, 0, severity, code, message, remedy)


#: Codes about the structure of old texts: counted warnings where the document says ``导入: 是``.
IMPORTED_LENIENT = frozenset(
    {
        "ambiguous-reference", "bad-clause", "bad-date", "bad-document-number", "bad-index-number", "bad-subject", "broken-anchor",
        "clause-duplicate", "clause-gap", "dangling-reference", "date-order", "duplicate-index-number", "duplicate-number",
        "empty-link", "heading-skip", "image-without-alt", "missing-attachment", "missing-clause",
        "missing-image", "missing-key", "self-reference", "unknown-organisation",
    }
)  # fmt: skip


def validate_document(
    source: SourceDocument, kind: ContentKind, data: bytes
) -> tuple[Document | None, list[Diagnostic]]:
    """Check a document against its kind.

    Args:
        data: The bytes of the file, for its digest.
    """
    plain = to_plain(source.front, kind.keys)
    collector = Collector(source.path, kind.keys, plain)
    for line, column, code, message, remedy in plain.problems:
        collector.add(line, column, Severity.ERROR, code, message, remedy)
    imported = str(plain.data.get("imported", "")) in YES
    faults = len(collector.diagnostics)
    model = validated(kind.model, plain, collector)
    if model is None and imported and _drop_unreadable(kind, plain, collector.diagnostics[faults:]):
        again = Collector(source.path, kind.keys, plain)
        model = validated(kind.model, plain, again)
    if model is None:
        return None, collector.diagnostics
    for problem in model.check():
        collector.problem(problem)
    if not source.body.strip() and needs_body(kind, plain.data):
        collector.add(source.body_line, 1, Severity.ERROR, "empty-body", "没有正文", "在文件信息下面写正文")
    document = _document(source, kind, model, plain, digest_bytes(data))
    diagnostics = lenient(collector.diagnostics) if imported else collector.diagnostics
    return document, diagnostics


def needs_body(kind: ContentKind, data: Mapping[str, Any]) -> bool:
    """Whether a document with such fields must have a body: ``unless`` names a field that may stand for it."""
    rule, _, field = kind.body.partition(" ")
    return rule == "required" or (rule == "unless" and not data.get(field))


def _drop_unreadable(kind: ContentKind, plain: Plain, faults: Iterable[Diagnostic]) -> bool:
    """Leave out optional fields of an imported document that cannot be read; return whether only they are at fault."""
    places = {plain.places[place]: str(place[0]) for place in plain.places if len(place) == 1}
    for fault in faults:
        if fault.severity is not Severity.ERROR:
            continue
        name = places.get((fault.line, fault.column), "")
        field = kind.model.model_fields.get(name)
        if fault.code not in IMPORTED_LENIENT or field is None or field.is_required():
            return False
        plain.data.pop(name, None)
    return True


def validate_row(source: SourceRow, kind: RecordKind) -> tuple[RecordItem | None, list[Diagnostic]]:
    """Check a row of a table of records against its kind."""
    plain = to_plain(source.front, kind.keys)
    if source.path.endswith(".csv"):
        _split_cells(plain, kind)
    collector = Collector(source.path, kind.keys, plain, row=(source.front.line, source.front.column))
    for line, column, code, message, remedy in plain.problems:
        collector.add(line, column, Severity.ERROR, code, message, remedy)
    model = validated(kind.model, plain, collector)
    if model is None:
        return None, collector.diagnostics
    for problem in model.check():
        collector.problem(problem)
    data = _dump(model)
    pointers = tuple(_pointers(kind, data, plain))
    waivers = parse_waivers(model.waivers) if model.waivers else ()
    record = RecordItem(kind.name, source.path, source.front.line, data, waivers, pointers)
    return record, collector.diagnostics


_CELL_SEPARATOR = re.compile(r"\s*[；;\n]\s*")


def _split_cells(plain: Plain, kind: RecordKind) -> None:
    """Split the cells of fields that hold several values: a CSV file has no lists, so ``；`` stands between them."""
    for name, _, info in kind.items:
        cell = plain.data.get(name)
        if isinstance(cell, str) and holds_many(info.annotation):
            plain.data[name] = [part for part in _CELL_SEPARATOR.split(cell) if part]


def lenient(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Turn structural errors into warnings, for imported documents."""
    return [
        msgspec.structs.replace(item, severity=Severity.WARNING)
        if item.severity is Severity.ERROR and item.code in IMPORTED_LENIENT
        else item
        for item in diagnostics
    ]


def _dump(model: Any) -> dict[str, Any]:
    dumped: dict[str, Any] = model.model_dump(mode="json", exclude_defaults=True, exclude={"waivers"})
    return dumped


def _document(source: SourceDocument, kind: ContentKind, model: Any, plain: Plain, digest: bytes) -> Document:
    data = _dump(model)
    published = getattr(model, "published_at", None)
    sections = data.get("sections") or ([data["section"]] if data.get("section") else [])
    if not sections and kind.section:
        sections = [kind.section]

    def text(name: str) -> str:
        value = data.get(name)
        return value if isinstance(value, str) else ""

    issuer = data.get(kind.issuer) or [] if kind.issuer else []
    return Document(
        id=f"{kind.name}/{source.slug}",
        kind=kind.name,
        slug=source.slug,
        path=source.path,
        url=kind.url.format(slug=source.slug),
        title=model.title,
        published_at=f"{published:%Y-%m-%d %H:%M}" if published else "",
        sections=tuple(sections),
        topics=tuple(data.get("topics") or ()),
        home=text("home"),
        issuer=tuple(issuer),
        document_number=text("document_number"),
        index_number=text("index_number"),
        subject=text("subject"),
        issued_on=text("issued_on"),
        effective_on=text("effective_on"),
        expires_on=text("expires_on"),
        repealed_on=text("repealed_on"),
        validity=text("validity"),
        imported=bool(data.get("imported")),
        scheduled=bool(data.get("scheduled")),
        draft=bool(data.get("draft")),
        pointers=tuple(_pointers(kind, data, plain)),
        files=tuple(_files(data, plain)),
        data=data,
        places={str(place[0]): where for place, where in plain.places.items() if len(place) == 1},
        waivers=tuple((waiver.code, waiver.reason) for waiver in model.waivers),
        digest=digest,
        body_digest=digest_bytes(source.body.encode()),
        body_line=source.body_line,
        has_body=bool(source.body.strip()),
    )


def _pointers(kind: ContentKind | RecordKind, data: Mapping[str, Any], plain: Plain) -> Iterable[Pointer]:
    for relation in kind.relations:
        name, _, inner = relation.partition(".")
        value = data.get(name)
        if not value:
            continue
        for index, entry in enumerate(value if isinstance(value, list) else [value]):
            target = entry.get(inner, "") if inner else entry
            clause = entry.get("clause") or "" if inner else ""
            place = (
                plain.places.get((name, index, inner))
                or plain.places.get((name, index))
                or plain.places.get((name,), (1, 1))
            )
            for one in target if isinstance(target, list) else [target]:
                if one:
                    yield Pointer(relation, one, clause, *place)


_FILE_FIELDS = frozenset({"file", "image", "draft_file", "captions", "blank_form", "sample_form"})


def _files(value: Any, plain: Plain, top: str = "") -> Iterable[tuple[str, str]]:
    """Yield ``(field, file)`` for every file that the front matter names; the field is the top-level one."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name in _FILE_FIELDS and isinstance(inner, str):
                yield top or name, inner
            elif isinstance(inner, dict | list):
                yield from _files(inner, plain, top or name)
    elif isinstance(value, list):
        for entry in value:
            yield from _files(entry, plain, top)
