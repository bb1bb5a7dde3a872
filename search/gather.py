"""Documents in batches through load, cut, extract and text files, in this process or in several."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import ExitStack
from multiprocessing import get_context
from pathlib import Path
from typing import Final

import msgspec

from search.output import digest, put
from search.parts import Part, split, text_file
from search.postings import Postings, extract
from search.records import RecordSource
from search.state import Known, known

_BATCH_CHARACTERS: Final = 1_500_000
_DOCUMENTS_WORTH_A_WORKER: Final = 1500


class Errand(msgspec.Struct, frozen=True):
    """One document to gather.

    Attributes:
        number: In its segment.
        source: Where it comes from.
        prefix: Path of its text files without extension; empty if they are right already.
        tag: What the text files' checksums are bound to.
    """

    number: int
    source: RecordSource
    prefix: str
    tag: bytes


class Gathered(msgspec.Struct):
    """What came of the errands: documents in order, postings by batch, text files with digests."""

    documents: list[Known] = []
    grams: list[Postings] = []
    characters: list[Postings] = []
    texts: list[tuple[str, bytes]] = []


class _Batch(msgspec.Struct):
    numbers: list[int] = []
    prefixes: list[str] = []
    tags: list[bytes] = []
    parts: list[list[Part]] = []


class _Result(msgspec.Struct):
    grams: Postings
    characters: Postings
    lengths: list[int]
    texts: list[tuple[str, bytes]]


def text_paths(prefix: str, parts: int) -> list[str]:
    """Return the paths of a document's text files."""
    return [f"{prefix}.z", *(f"{prefix}-{number}.z" for number in range(1, parts))]


def gather(errands: Sequence[Errand], folder: Path, workers: int) -> Gathered:
    """Run errands whose numbers ascend; text files are written below ``folder``."""
    gathered = Gathered()
    with ExitStack() as stack:
        pool = None
        if workers > 1 and len(errands) >= _DOCUMENTS_WORTH_A_WORKER:
            pool = stack.enter_context(ProcessPoolExecutor(workers, mp_context=get_context("spawn")))
        waiting: deque[tuple[list[Known], Future[_Result]]] = deque()
        for batch, entries in _batches(errands):
            if pool is None:
                _collect(gathered, entries, _work(folder, batch))
                continue
            waiting.append((entries, pool.submit(_work, folder, batch)))
            if len(waiting) > workers + 1:
                done, future = waiting.popleft()
                _collect(gathered, done, future.result())
        for done, future in waiting:
            _collect(gathered, done, future.result())
    return gathered


def _batches(errands: Sequence[Errand]) -> Iterator[tuple[_Batch, list[Known]]]:
    batch, size = _Batch(), 0
    entries: list[Known] = []
    for errand in errands:
        record = errand.source.load()
        parts = split(record)
        batch.numbers.append(errand.number)
        batch.prefixes.append(errand.prefix)
        batch.tags.append(errand.tag)
        batch.parts.append(parts)
        entries.append(known(record, errand.source.digest, parts))
        size += sum(len(part.words) for part in parts)
        if size >= _BATCH_CHARACTERS:
            yield batch, entries
            batch, entries, size = _Batch(), [], 0
    if entries:
        yield batch, entries


def _work(folder: Path, batch: _Batch) -> _Result:
    texts: list[tuple[str, bytes]] = []
    for prefix, tag, parts in zip(batch.prefixes, batch.tags, batch.parts, strict=True):
        if not prefix:
            continue
        (folder / prefix).parent.mkdir(parents=True, exist_ok=True)
        for path, part in zip(text_paths(prefix, len(parts)), parts, strict=True):
            data = text_file(part, tag)
            put(folder / path, data)
            texts.append((path, digest(data)))
    extracted = extract(
        [
            (number, [part.words for part in parts])
            for number, parts in zip(batch.numbers, batch.parts, strict=True)
        ]
    )
    return _Result(extracted.grams, extracted.characters, extracted.lengths.tolist(), texts)


def _collect(gathered: Gathered, entries: Sequence[Known], result: _Result) -> None:
    for entry, length in zip(entries, result.lengths, strict=True):
        gathered.documents.append(msgspec.structs.replace(entry, length=length))
    gathered.grams.append(result.grams)
    gathered.characters.append(result.characters)
    gathered.texts += result.texts
