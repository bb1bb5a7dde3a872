"""Imported documents → files under ``content/<kind>/``. Nothing existing is overwritten unless told."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Final

import msgspec

from generator.importing.documents import ImportedDocument, ImportedFile
from generator.kinds import KIND_BY_NAME, ContentKind
from generator.yaml_writing import Value, front_matter

_FIRST: Final = ("title", "document_number", "index_number", "issuer", "rank", "issued_on", "published_at",
                 "effective_on", "subject", "validity")  # fmt: skip


class Written(msgspec.Struct, frozen=True):
    """A file to be written, relative to the project folder."""

    path: str
    text: str
    files: tuple[tuple[str, bytes], ...] = ()


def document_file(
    document: ImportedDocument, kind: ContentKind, slug: str, defaults: Mapping[str, str]
) -> Written:
    """Lay out a recognised document; with images or attachments it gets a folder of its own."""
    names = _file_names(document, slug)
    values = _values(document, kind, names)
    for label, text in defaults.items():
        values.setdefault(label, text)
    body = document.body_markdown
    for old, new in names.items():
        body = body.replace(f"]({old})", f"]({new})")
    place = f"content/{kind.name}/{slug}"
    path = f"{place}/index.md" if document.files else f"{place}.md"
    files = tuple((f"{place}/{names[file.name]}", file.data) for file in document.files)
    return Written(path, content(values, body, kind), files)


def record_file(values: Mapping[str, Value], body: str, kind: ContentKind, slug: str) -> Written:
    """Lay out a record of a table."""
    return Written(f"content/{kind.name}/{slug}.md", content(values, body, kind))


def content(values: Mapping[str, Value], body: str, kind: ContentKind) -> str:
    """Return the text of a content file, its keys in the order in which editors look for them."""
    ordered = {label: values[label] for label in _order(kind.name) if label in values}
    head = front_matter({**ordered, "导入": "是"})
    return f"{head}\n{body}" if body else head


@cache
def _order(kind: str) -> tuple[str, ...]:
    """The catalogue data first, then the rest as declared."""
    labels = KIND_BY_NAME[kind].keys.labels
    first = [labels[name] for name in _FIRST if name in labels]
    return (*first, *(label for label in labels.values() if label not in first))


def store(target: Path, file: Written, *, overwrite: bool) -> str:
    """Write a document with its files and return an empty text, or the path that was already taken."""
    if not overwrite and Path(f"{target}/{_other_form(file.path)}").exists():
        return _other_form(file.path)
    if not _create(f"{target}/{file.path}", file.text.encode("utf-8"), overwrite=overwrite):
        return file.path
    for name, data in file.files:
        # The document was free, so whatever lies beside it is left from an import that was interrupted.
        _create(f"{target}/{name}", data, overwrite=True)
    return ""


def _other_form(path: str) -> str:
    """Return where the document would lie with or without a folder of its own."""
    return (
        f"{path.removesuffix('/index.md')}.md"
        if path.endswith("/index.md")
        else f"{path.removesuffix('.md')}/index.md"
    )


def _create(path: str, data: bytes, *, overwrite: bool) -> bool:
    """Write a file whole; False if it exists and must stay."""
    flags = os.O_WRONLY | os.O_CREAT | (os.O_TRUNC if overwrite else os.O_EXCL) | getattr(os, "O_BINARY", 0)
    try:
        handle = os.open(path, flags, 0o666)
    except FileExistsError:
        return False
    except FileNotFoundError:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, flags, 0o666)
    with os.fdopen(handle, "wb") as stream:
        stream.write(data)
    return True


def _values(document: ImportedDocument, kind: ContentKind, names: Mapping[str, str]) -> dict[str, Value]:
    """Return front matter by label; what the kind has no key for is left out."""
    attachments = tuple(
        {"名称": attachment.name, "文件": names[attachment.file]}
        for attachment in document.attachments
        if attachment.file
    )
    published = document.published_at
    found: dict[str, Value] = {
        "title": document.title,
        "index_number": document.index_number,
        "document_number": document.document_number,
        "issuer": document.issuer,
        "issued_on": document.issued_on,
        "published_at": f"{published} 00:00" if len(published) == 10 else published,
        "effective_on": document.effective_on,
        "subject": document.subject,
        "validity": document.validity,
        "keywords": document.keywords,
        "source": document.source,
        "source_url": document.source_url,
        "attachments": attachments,
    }
    return {
        kind.keys.labels[name]: value for name, value in found.items() if value and name in kind.keys.labels
    }


def _file_names(document: ImportedDocument, slug: str) -> dict[str, str]:
    """Give files names of ASCII letters: ``<slug>-fj1.pdf`` for attachments, ``<slug>-tu1.png`` for images."""
    attached = {attachment.file for attachment in document.attachments}
    names: dict[str, str] = {}
    for mark, files in (
        ("fj", [f for f in document.files if f.name in attached]),
        ("tu", [f for f in document.files if f.name not in attached]),
    ):
        names |= {
            file.name: f"{slug}-{mark}{number}{_suffix(file)}" for number, file in enumerate(files, start=1)
        }
    return names


def _suffix(file: ImportedFile) -> str:
    return PurePosixPath(file.name).suffix.lower()
