"""The shard files of one segment: grams below ``g/``, single characters below ``u/``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import msgspec
import numpy as np
import numpy.typing as npt

from search.output import Output
from search.postings import I64, U64, Postings, only, union, without
from search.shards import (
    Layout,
    character_numbers,
    character_paths,
    empty_shard,
    loads,
    shard_numbers,
    shard_paths,
    shards,
)


class Family(msgspec.Struct, frozen=True):
    """One kind of postings: where a key's shard is and how lists are coded."""

    numbers: Callable[[U64, Layout], I64]
    paths: Callable[[Layout], list[str]]
    plain: bool


GRAMS: Final = Family(shard_numbers, shard_paths, False)
CHARACTERS: Final = Family(character_numbers, character_paths, True)


class Segment(msgspec.Struct, frozen=True):
    """One of the two halves of an index.

    Attributes:
        folder: Below the search folder.
        tag: Names the numbering of its documents; all its files' checksums are bound to it.
        layout: How many shards there are.
        cap: Rounded number of documents.
    """

    folder: str
    tag: bytes
    layout: Layout
    cap: int

    def write(
        self,
        output: Output,
        family: Family,
        postings: Postings,
        many: npt.NDArray[np.bool_],
        wanted: Sequence[int] | None = None,
    ) -> None:
        """Write the shards of these postings.

        Args:
            output: Where to.
            family: Which of the two.
            postings: Everything that belongs into the wanted shards.
            many: For each document of the segment whether it has several parts.
            wanted: Shards to be written; the others stay as they are. All if not given.
        """
        paths = [f"{self.folder}/{path}" for path in family.paths(self.layout)]
        missing = set(range(len(paths)) if wanted is None else wanted)
        output.keep(path for number, path in enumerate(paths) if number not in missing)
        numbers = family.numbers(postings.keys, self.layout)
        for number, data in shards(
            postings, numbers, cap=self.cap, many=many, tag=self.tag, plain=family.plain
        ):
            output.write(paths[number], data)
            missing.discard(number)
        for number in missing:
            output.write(paths[number], empty_shard(self.tag))


def frequencies(characters: Postings) -> I64:
    """Return in how many documents each frequent character stands."""
    return loads(characters)[:-1]


def _pairs(postings: Postings) -> set[tuple[int, int]]:
    keys = np.repeat(postings.keys, np.diff(postings.starts))
    return set(zip(keys.tolist(), postings.posts.tolist(), strict=True))


class Change:
    """Stored postings in which some documents have been replaced."""

    def __init__(self, stored: Postings, fresh: Postings, documents: Sequence[int]) -> None:
        self._stored = stored
        self._fresh = fresh
        self._documents = np.array(documents, dtype=np.int64)
        self._old = only(stored, self._documents)

    def loads(self) -> I64:
        return loads(self._stored) - loads(self._old) + loads(self._fresh)

    def size(self) -> int:
        return len(self._stored.posts) - len(self._old.posts) + len(self._fresh.posts)

    def frequencies(self) -> I64:
        return frequencies(self._stored) - frequencies(self._old) + frequencies(self._fresh)

    def write(self, output: Output, segment: Segment, family: Family, many: npt.NDArray[np.bool_]) -> None:
        """Write the shards in which some posting differs."""
        differing = {key for key, _ in _pairs(self._old) ^ _pairs(self._fresh)}
        keys = np.array(sorted(differing), dtype=np.uint64)
        touched = np.unique(family.numbers(keys, segment.layout))
        numbers = family.numbers(self._stored.keys, segment.layout)
        kept = without(self._stored.select(np.flatnonzero(np.isin(numbers, touched))), self._documents)
        numbers = family.numbers(self._fresh.keys, segment.layout)
        fresh = self._fresh.select(np.flatnonzero(np.isin(numbers, touched)))
        segment.write(output, family, union(kept, fresh), many, touched.tolist())
