"""A block's documents through load, cut, extract and text files; what is known of them is taken over."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import Final

import msgspec
import numpy as np

from search import runs
from search.output import digest, place
from search.parts import Part, resealed, split, text_files
from search.postings import extract
from search.records import RecordSource
from search.runs import Run
from search.state import Known, known

_FRESH: Final = ""


class Origin(msgspec.Struct, frozen=True, array_like=True):
    """Where the last build left a document.

    Attributes:
        prefix: Of its text files; empty for a document that has to be loaded.
        run: File of its block's postings, and ``number`` its own in it.
        parts: Number of its parts.
    """

    prefix: str
    run: str
    number: int
    parts: int


FRESH: Final = Origin(_FRESH, "", 0, 0)


class Errand(msgspec.Struct, frozen=True, array_like=True):
    """One block to gather.

    Attributes:
        first: Number of its first document among all sources.
        run: File to store its postings in; empty if they are stored.
        origins: Of each document; `prefixes` and `tags` of its text files as they shall be.
    """

    first: int
    run: str
    origins: list[Origin]
    prefixes: list[str]
    tags: list[bytes]


class Gathered(msgspec.Struct, frozen=True, array_like=True):
    """What came of an errand: the documents that were loaded, and the text files written, with digests."""

    documents: list[Known]
    texts: list[tuple[str, bytes]]


class Sources(msgspec.Struct, frozen=True):
    """What errands are run on: all documents in numbering order, and the search folder."""

    records: list[RecordSource]
    folder: Path


def text_paths(prefix: str, parts: int) -> list[str]:
    """Return the paths of a document's text files."""
    return [f"{prefix}.z", *(f"{prefix}-{number}.z" for number in range(1, parts))]


def gather(sources: Sources, errand: Errand) -> Gathered:
    """Load what is new of a block, write its texts and, if asked, its postings."""
    fresh = [number for number, origin in enumerate(errand.origins) if not origin.prefix]
    documents: list[Known] = []
    cut: list[list[Part]] = []
    for number in fresh:
        source = sources.records[errand.first + number]
        record = source.load()
        parts = split(record)
        cut.append(parts)
        documents.append(known(record, source.digest, parts))
    extracted = extract(
        [(number, [part.words for part in parts]) for number, parts in zip(fresh, cut, strict=True)]
    )
    lengths = extracted.lengths.tolist()
    documents = [
        msgspec.structs.replace(document, length=length)
        for document, length in zip(documents, lengths, strict=True)
    ]
    if errand.run:
        made = Run(extracted.grams, extracted.characters)
        for old in sorted({origin.run for origin in errand.origins if origin.run}):
            made = runs.joined(made, _taken_over(Path(old), errand.origins))
        runs.save(Path(errand.run), made)
    made_folders: set[str] = set()
    texts = []
    for path, data in chain(_written(errand, fresh, cut), _resealed(sources.folder, errand)):
        place(sources.folder, path, data, made_folders)
        texts.append((path, digest(data)))
    return Gathered(documents, texts)


def _taken_over(path: Path, origins: Sequence[Origin]) -> Run:
    """Return what a stored run holds of the documents that come from it, under their new numbers."""
    stored = runs.load(path)
    numbers = np.full(1 << 12, -1, dtype=np.int64)
    for number, origin in enumerate(origins):
        if origin.run == str(path):
            numbers[origin.number] = number
    return Run(runs.moved(stored.grams, numbers), runs.moved(stored.characters, numbers))


def _written(errand: Errand, fresh: Sequence[int], cut: Sequence[list[Part]]) -> list[tuple[str, bytes]]:
    """Return the text files of loaded documents."""
    paths: list[str] = []
    tags: list[bytes] = []
    for number, parts in zip(fresh, cut, strict=True):
        paths += text_paths(errand.prefixes[number], len(parts))
        tags += [errand.tags[number]] * len(parts)
    return list(zip(paths, text_files([part.shown for parts in cut for part in parts], tags), strict=True))


def _resealed(folder: Path, errand: Errand) -> list[tuple[str, bytes]]:
    """Return the text files that only get another name, with the seal that belongs to it."""
    files = []
    for origin, prefix, tag in zip(errand.origins, errand.prefixes, errand.tags, strict=True):
        if origin.prefix and origin.prefix != prefix:
            pairs = zip(
                text_paths(origin.prefix, origin.parts), text_paths(prefix, origin.parts), strict=True
            )
            files += [(new, resealed((folder / old).read_bytes(), tag)) for old, new in pairs]
    return files
