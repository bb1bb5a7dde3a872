"""The shard files of one segment: grams below ``g/``, single characters below ``u/``."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, Literal

import msgspec
import numpy as np
import numpy.typing as npt

from search import runs
from search.gather import Sources
from search.output import digest, place
from search.parts import seal
from search.postings import I64, U64, Postings, spans
from search.runs import Run, Totals
from search.shards import (
    EMPTY_SHARD,
    Layout,
    character_numbers,
    character_paths,
    shard_numbers,
    shard_paths,
    shards,
)

Family = Literal["grams", "characters"]
Mask = npt.NDArray[np.bool_]
Parts = npt.NDArray[np.uint8]

_POSTINGS_OF_A_TASK: Final = 400_000


class Segment(msgspec.Struct, frozen=True):
    """One of the two halves of an index.

    Attributes:
        folder: Below the search folder.
        tag: Names the numbering of its documents; its shards' checksums are bound to it.
        layout: How many shards there are.
        cap: Rounded number of documents.
        deflated: Whether its shards are: the delta's are mostly headers, the base's do not get smaller.
    """

    folder: str
    tag: bytes
    layout: Layout
    cap: int
    deflated: bool = False

    def paths(self, family: Family) -> list[str]:
        """Return the path of each shard number, below the search folder."""
        paths = shard_paths(self.layout) if family == "grams" else character_paths(self.layout)
        return [f"{self.folder}/{path}" for path in paths]

    def numbers(self, family: Family, keys: U64) -> I64:
        """Return the number of each key's shard."""
        return shard_numbers(keys, self.layout) if family == "grams" else character_numbers(keys, self.layout)


class Encoding(msgspec.Struct, frozen=True, array_like=True):
    """Some shards of a segment to be written.

    Attributes:
        runs: File and first document of each block.
        parts: How many parts each document of the segment has, one byte each.
        wanted: Numbers of the shards, ascending.
    """

    segment: Segment
    family: Family
    runs: list[tuple[str, int]]
    parts: bytes
    wanted: list[int]


def encodings(
    segment: Segment, blocks: Sequence[tuple[str, int]], parts: Parts, totals: Totals
) -> Iterator[Encoding]:
    """Yield the tasks that write all shards of a segment, each of about as many postings."""
    files, known = list(blocks), parts.tobytes()
    layout = segment.layout
    own = np.array(layout.own, dtype=np.int64)
    private = own > 0
    rest = int(totals.loads.sum() - totals.loads[:-1][private].sum())
    sizes = np.concatenate(
        (
            np.full(layout.shared, rest / layout.shared),
            np.repeat(totals.loads[:-1][private] / own[private], own[private]),
        )
    )
    for chosen in _ranges(sizes, [layout.shared]):
        yield Encoding(segment, "grams", files, known, chosen)
    even = np.full(layout.characters, totals.characters / layout.characters)
    for chosen in _ranges(even, []):
        yield Encoding(segment, "characters", files, known, chosen)


def _ranges(sizes: npt.NDArray[np.float64], limits: Sequence[int]) -> Iterator[list[int]]:
    """Yield neighbouring numbers with about `_POSTINGS_OF_A_TASK` together, none beyond one of the limits."""
    start, total = 0, 0.0
    for number, size in enumerate(sizes.tolist()):
        if number > start and (total + size > _POSTINGS_OF_A_TASK or number in limits):
            yield list(range(start, number))
            start, total = number, 0.0
        total += size
    if len(sizes) > start:
        yield list(range(start, len(sizes)))


def encode(sources: Sources, task: Encoding) -> list[tuple[str, bytes]]:
    """Write shards; return paths and digests."""
    segment, family = task.segment, task.family
    paths = segment.paths(family)
    wanted = np.zeros(len(paths), dtype=bool)
    wanted[task.wanted] = True
    postings = _collected(segment, family, task.runs, wanted)
    made: set[str] = set()
    done = []
    missing = set(task.wanted)
    files = shards(
        postings,
        segment.numbers(family, postings.keys),
        cap=segment.cap,
        parts=np.frombuffer(task.parts, dtype=np.uint8),
        plain=family == "characters",
    )
    for number, content in _with_empty(files, missing):
        data = seal(zlib.compress(content, 9) if segment.deflated else content, segment.tag)
        place(sources.folder, paths[number], data, made)
        done.append((paths[number], digest(data)))
    return done


def _with_empty(files: Iterable[tuple[int, bytes]], missing: set[int]) -> Iterator[tuple[int, bytes]]:
    for number, data in files:
        missing.discard(number)
        yield number, data
    for number in sorted(missing):
        yield number, EMPTY_SHARD


def _collected(segment: Segment, family: Family, blocks: Sequence[tuple[str, int]], wanted: Mask) -> Postings:
    """Return all that belongs into the wanted shards, merged from the blocks' runs in their order."""
    keys: list[U64] = []
    counts: list[I64] = []
    posts = []
    for path, start in blocks:
        run = runs.load(Path(path))
        stored = run.grams if family == "grams" else run.characters
        chosen = stored.select(_lists(segment, family, stored.keys, wanted))
        keys.append(chosen.keys)
        counts.append(np.diff(chosen.starts))
        posts.append(chosen.posts + np.uint32(start << 12))
    all_keys, all_counts = np.concatenate(keys), np.concatenate(counts)
    order = np.argsort(all_keys, kind="stable")
    places = np.cumsum(all_counts) - all_counts
    sorted_counts = all_counts[order]
    merged = np.concatenate(posts)[spans(places[order], sorted_counts)]
    sorted_keys = all_keys[order]
    first = np.flatnonzero(np.diff(sorted_keys, prepend=np.uint64(0xFFFFFFFFFFFFFFFF)))
    ends = np.concatenate(([0], np.cumsum(sorted_counts)))
    return Postings(sorted_keys[first], ends[np.append(first, len(order))], merged)


def _lists(segment: Segment, family: Family, keys: U64, wanted: Mask) -> I64:
    """Return the indexes of the keys whose shards are wanted, looking only where they may stand."""
    if family == "characters":
        return np.flatnonzero(wanted[segment.numbers(family, keys)])
    layout = segment.layout
    shared = wanted[: layout.shared]
    own = np.array(layout.own, dtype=np.int64)
    sums = np.concatenate(([0], np.cumsum(wanted)))
    begins = layout.shared + np.cumsum(own) - own
    frequent = np.arange(len(own))
    some = np.where(own > 0, sums[begins + own] > sums[begins], shared[frequent & (layout.shared - 1)])
    touched = np.flatnonzero(some)
    low = int(touched[0]) if len(touched) else len(own)
    high = 1 << 41 if shared.any() else int(touched[-1]) + 1 if len(touched) else low
    first, last = np.searchsorted(keys, np.array([low << 22, high << 22], dtype=np.uint64)).tolist()
    rarer = (keys[first:last] >> np.uint64(22)).astype(np.int64)
    likely = np.where(
        rarer < len(own), some[np.minimum(rarer, len(own) - 1)], shared[rarer & (layout.shared - 1)]
    )
    candidates = first + np.flatnonzero(likely)
    found: I64 = candidates[wanted[segment.numbers(family, keys[candidates])]]
    return found


def touched(
    segment: Segment, old: Run, new: Run, changed: Sequence[int], grown: Sequence[int]
) -> dict[Family, set[int]]:
    """Return the shards in which some posting of a block's documents differs.

    Args:
        changed: Documents of the block whose content has changed.
        grown: Those of them that have more or fewer parts now: every posting of theirs is encoded
            another way.
    """
    found: dict[Family, set[int]] = {}
    pairs: tuple[tuple[Family, Postings, Postings], ...] = (
        ("grams", old.grams, new.grams),
        ("characters", old.characters, new.characters),
    )
    for family, before, after in pairs:
        one, other = _pairs(before, changed), _pairs(after, changed)
        keys = {key for key, _ in one ^ other}
        if family == "grams":
            keys |= {key for key, post in one | other if post >> 12 in grown}
        numbers = segment.numbers(family, np.array(sorted(keys), dtype=np.uint64))
        found[family] = set(np.unique(numbers).tolist())
    return found


def _pairs(postings: Postings, documents: Sequence[int]) -> set[tuple[int, int]]:
    chosen = np.zeros(1 << 12, dtype=bool)
    chosen[list(documents)] = True
    places = np.flatnonzero(chosen[postings.posts >> np.uint32(12)])
    lists = np.searchsorted(postings.starts, places, side="right") - 1
    return set(zip(postings.keys[lists].tolist(), postings.posts[places].tolist(), strict=True))
