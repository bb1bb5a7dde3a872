"""Grams of many parts at once, over arrays; the same rule as `tokenize.grams` (FORMAT.md section 3).

A posting is one 32-bit number: document 20 bits, part 7 bits, frequency 5 bits. A `Postings` holds, for
sorted gram keys, their postings in document order.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec
import numpy as np
import numpy.typing as npt

from search.tokenize import (
    DOCUMENT_NUMBER,
    ORDER_OF_TRIPLE,
    Codes,
    document_number_key,
    fold_codes,
    tables,
    text_of,
)

U32 = npt.NDArray[np.uint32]
U64 = npt.NDArray[np.uint64]
I64 = npt.NDArray[np.int64]

PART_MARK: Final = "\ufdd0"
MOST_DOCUMENTS: Final = 1 << 20
LARGEST_FREQUENCY: Final = 31
_LOCAL_BITS: Final = 21


class Postings(msgspec.Struct, frozen=True):
    """Lists of postings by gram: list ``i`` is ``posts[starts[i]:starts[i + 1]]`` and belongs to ``keys[i]``."""

    keys: U64
    starts: I64
    posts: U32

    def select(self, chosen: I64) -> Postings:
        """Return the lists with these indexes, in the order given."""
        counts = self.starts[chosen + 1] - self.starts[chosen]
        starts = np.concatenate(([0], np.cumsum(counts)))
        return Postings(self.keys[chosen], starts, self.posts[spans(self.starts[chosen], counts)])


class Extracted(msgspec.Struct, frozen=True):
    """What one batch of documents contributes.

    Attributes:
        grams: Pairs, ASCII triples and document numbers.
        characters: Single characters by document; part and frequency are zero.
        lengths: Folded characters of each document without spaces, in the order of the batch.
    """

    grams: Postings
    characters: Postings
    lengths: I64


def spans(starts: I64, counts: I64) -> I64:
    """Return the indexes of all the runs ``start .. start + count - 1``, one after another."""
    total = int(counts.sum())
    shifts = np.repeat(starts - np.concatenate(([0], np.cumsum(counts)[:-1])), counts)
    return shifts + np.arange(total, dtype=np.int64)


def extract(documents: Sequence[tuple[int, Sequence[str]]]) -> Extracted:
    """Extract the grams of documents, given as number and words of each part, in ascending order."""
    words = [text for _, parts in documents for text in parts]
    numbers = np.repeat(
        np.array([number for number, _ in documents], dtype=np.int64),
        np.array([len(parts) for _, parts in documents], dtype=np.int64),
    )
    inner = np.concatenate([np.arange(len(parts)) for _, parts in documents] or [np.zeros(0, int)])
    codes = fold_codes(PART_MARK.join(words))
    local = np.cumsum(codes == ord(PART_MARK))
    space = (codes == 32) | (codes == 9)
    after_space = np.zeros(len(codes), dtype=bool)
    after_space[1:] = space[:-1]
    kept = ~space
    dense, local, after_space = codes[kept], local[kept], after_space[kept]

    keys, places = _pairs(dense, after_space)
    triples, triple_places = _triples(dense, after_space)
    named, named_local = _document_numbers(dense, local)
    key_parts = [(keys, local[places]), (triples, local[triple_places]), (named, named_local)]
    combined = np.concatenate(
        [(key << np.uint64(_LOCAL_BITS)) | part.astype(np.uint64) for key, part in key_parts]
    )
    combined.sort()
    first = np.flatnonzero(np.diff(combined, prepend=np.uint64(0xFFFFFFFFFFFFFFFF)))
    frequency = np.diff(first, append=len(combined)).clip(max=LARGEST_FREQUENCY)
    unique = combined[first]
    part = (unique & np.uint64((1 << _LOCAL_BITS) - 1)).astype(np.int64)
    posts = ((numbers[part] << 12) | (inner[part] << 5) | frequency).astype(np.uint32)
    return Extracted(
        _grouped(unique >> np.uint64(_LOCAL_BITS), posts),
        _characters(dense, numbers[local] if len(numbers) else local),
        _lengths(local[dense != ord(PART_MARK)], numbers, [number for number, _ in documents]),
    )


def _grouped(keys: U64, posts: U32) -> Postings:
    first = np.flatnonzero(np.diff(keys, prepend=np.uint64(0xFFFFFFFFFFFFFFFF)))
    return Postings(keys[first], np.append(first, len(keys)).astype(np.int64), posts)


def _pairs(dense: Codes, after_space: npt.NDArray[np.bool_]) -> tuple[U64, I64]:
    table = tables()
    letter = table.letter[dense]
    ascii_word = table.ascii_value[dense] < 36
    joined = letter[:-1] & letter[1:] & ~(after_space[1:] & ascii_word[:-1] & ascii_word[1:])
    places = np.flatnonzero(joined).astype(np.int64)
    order = table.order[dense].astype(np.uint64)
    left, right = order[places], order[places + 1]
    high, low = np.maximum(left, right), np.minimum(left, right)
    side = np.where(left < right, np.uint64(1), np.uint64(0))
    keys: U64 = np.bitwise_or((high << np.uint64(22)), (low << np.uint64(1)) + side)
    return keys, places


def _triples(dense: Codes, after_space: npt.NDArray[np.bool_]) -> tuple[U64, I64]:
    value = tables().ascii_value[dense].astype(np.uint64)
    ascii_word = value < 36
    places = np.flatnonzero(
        ascii_word[:-2] & ascii_word[1:-1] & ascii_word[2:] & ~after_space[1:-1] & ~after_space[2:]
    ).astype(np.int64)
    number = (value[places] * np.uint64(36) + value[places + 1]) * np.uint64(36) + value[places + 2]
    return (number + np.uint64(ORDER_OF_TRIPLE)) << np.uint64(22), places


def _document_numbers(dense: Codes, local: I64) -> tuple[U64, I64]:
    keys: list[int] = []
    places: list[int] = []
    for match in DOCUMENT_NUMBER.finditer(text_of(dense)):
        keys.append(document_number_key(match[1], match[2]) << 22)
        places.append(match.start())
    return np.array(keys, dtype=np.uint64), local[np.array(places, dtype=np.int64)]


def _characters(dense: Codes, numbers: I64) -> Postings:
    table = tables()
    chosen = np.flatnonzero(table.letter[dense])
    order = table.order[dense[chosen]].astype(np.int64)
    documents = numbers[chosen]
    if not len(chosen):
        return _grouped(np.zeros(0, np.uint64), np.zeros(0, np.uint32))
    known = np.flatnonzero(np.bincount(order))
    position = np.zeros(int(known[-1]) + 1, dtype=np.int64)
    position[known] = np.arange(len(known))
    column = position[order]
    lowest = int(documents.min())
    seen = np.zeros((len(known), int(documents.max()) - lowest + 1), dtype=bool)
    seen[column, documents - lowest] = True
    rows, columns = np.nonzero(seen)
    keys = known[rows].astype(np.uint64) << np.uint64(22)
    return _grouped(keys, ((columns + lowest) << 12 | 1).astype(np.uint32))


def _lengths(local: I64, numbers: I64, documents: Sequence[int]) -> I64:
    by_part = np.bincount(local, minlength=len(numbers))
    position = {number: index for index, number in enumerate(documents)}
    places = np.array([position[int(number)] for number in numbers], dtype=np.int64)
    return np.bincount(places, weights=by_part, minlength=len(documents)).astype(np.int64)


def union(one: Postings, other: Postings) -> Postings:
    """Return both together, each list in document order; their documents differ."""
    keys = np.concatenate(
        (np.repeat(one.keys, np.diff(one.starts)), np.repeat(other.keys, np.diff(other.starts)))
    )
    posts = np.concatenate((one.posts, other.posts))
    order = np.lexsort((posts, keys))
    return _grouped(keys[order], posts[order])
