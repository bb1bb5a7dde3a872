"""What a build remembers for the next one; losing it costs time, never correctness."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

import msgspec

from search.blocks import Block
from search.parts import Part
from search.pinyin import pinyin_keys
from search.records import SearchRecord
from search.shards import Layout
from search.tokenize import traditional_in

STATE_VERSION: Final = 3


class Known(msgspec.Struct, frozen=True, array_like=True):
    """What the manifest, the columns and the suggestions need of a document that is not loaded again."""

    id: str
    date: str
    digest: bytes
    url: str
    title: str
    kind: str
    kind_label: str
    lapsed: bool
    document_number: str
    issuers: tuple[str, ...]
    subject: str
    validity: str
    keywords: tuple[str, ...]
    question: str
    lesson: tuple[str, ...]
    pinyin: tuple[str, ...]
    traditional: str
    length: int
    parts: int


def known(record: SearchRecord, digest: bytes, parts: Sequence[Part]) -> Known:
    """Return what is to be remembered of a record cut into parts; its length is not known yet."""
    answer = record.answer
    return Known(
        id=record.id,
        date=record.date,
        digest=digest,
        url=record.url,
        title=record.title,
        kind=record.kind,
        kind_label=record.kind_label,
        lapsed=record.lapsed,
        document_number=record.document_number,
        issuers=record.issuers,
        subject=record.subject,
        validity=record.validity,
        keywords=record.keywords,
        question="" if answer is None else answer.question,
        lesson=() if answer is None else (answer.question, f"{answer.answer}\n{answer.quote}"),
        pinyin=pinyin_keys(record.title, "" if answer is None else answer.question),
        traditional="".join(sorted({char for part in parts for char in traditional_in(part.shown)})),
        length=0,
        parts=len(parts),
    )


class Remembered(msgspec.Struct):
    """The last build.

    Attributes:
        fingerprint: Of the program and its tables; ``settings`` of the options.
        base: The base segment's tag, ``layout`` its numbers of shards, ``blocks`` its documents.
        delta: The delta segment, as one block; none if it is empty.
        documents: In numbering order.
        files: Digest of every output file by path.
        suggestions: Their two numbers of files.
        lessons: Digest of what expansion was learned from, and its number of files.
        packs: Digest of each pack's members.
    """

    fingerprint: bytes
    settings: bytes
    base: bytes
    layout: Layout
    blocks: list[Block]
    delta: list[Block]
    documents: list[Known]
    files: dict[str, bytes]
    suggestions: tuple[int, int]
    lessons: tuple[bytes, int]
    packs: dict[str, bytes]


def load(cache_dir: Path) -> Remembered | None:
    """Return the remembered build, or nothing if it is missing or of another version."""
    try:
        data = (cache_dir / "state.msgpack").read_bytes()
        version, remembered = msgspec.msgpack.decode(data, type=tuple[int, Remembered])
    except (OSError, msgspec.DecodeError, msgspec.ValidationError):
        return None
    return remembered if version == STATE_VERSION else None


def save(cache_dir: Path, remembered: Remembered) -> None:
    cache_dir.mkdir(parents=True, exist_ok=True)
    target = cache_dir / "state.msgpack"
    fresh = target.with_suffix(".new")
    fresh.write_bytes(msgspec.msgpack.encode((STATE_VERSION, remembered)))
    fresh.replace(target)


def forget(cache_dir: Path) -> None:
    """Drop the remembered build, before outputs change."""
    (cache_dir / "state.msgpack").unlink(missing_ok=True)


def prune(folder: Path, blocks: Iterable[Block]) -> None:
    """Delete the stored runs of blocks that are no more."""
    kept = {run_name(block.key) for block in blocks}
    for path in folder.iterdir():
        if path.name not in kept:
            path.unlink()


def run_name(key: bytes) -> str:
    """Return the name of the file that holds a block's postings."""
    return f"{key.hex()}.run"
