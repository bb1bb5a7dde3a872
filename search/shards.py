"""Postings to the bytes of shard files (FORMAT.md sections 4 and 5), many lists at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import msgspec
import numpy as np
import numpy.typing as npt

from search.parts import seal
from search.postings import I64, U64, Postings
from search.tokenize import FREQUENT

SHARD_POSTINGS: Final = 1500
"""Postings aimed at in one shard; about 2 kB."""

CHARACTER_SHARD_POSTINGS: Final = 20000
DELTA_SHARDS: Final = 16
DELTA_CHARACTER_SHARDS: Final = 4
_ESCAPE: Final = 20
_POSTINGS_AT_ONCE: Final = 400_000
_SHORT: Final = 2
"""Lists of so many postings or fewer state length and count in one number."""


def capacity(count: int) -> int:
    """Round a number of documents up to 64, or to an eighth of its power of two (FORMAT.md 4.2)."""
    step = max(64, 1 << max(0, count.bit_length() - 4))
    return max(64, -(-count // step) * step)


def power_of_two(count: int, size: int) -> int:
    """Return the smallest power of two of shards that keeps ``count`` items at ``size`` each."""
    return 1 << max(0, (-(-count // size) - 1).bit_length())


class Layout(msgspec.Struct, frozen=True):
    """How many shards a segment has.

    Attributes:
        own: For each frequent character the number of its own shards, 0 if it shares.
        shared: Number of shards for all other keys.
        characters: Number of shards for single characters.
    """

    own: tuple[int, ...]
    shared: int
    characters: int


DELTA_LAYOUT: Final = Layout((0,) * len(FREQUENT), DELTA_SHARDS, DELTA_CHARACTER_SHARDS)


def loads(grams: Postings) -> I64:
    """Return the number of postings under each frequent character as the rarer, and last of all others."""
    rarer = np.minimum((grams.keys >> np.uint64(22)).astype(np.int64), len(FREQUENT))
    weights = np.diff(grams.starts)
    return np.bincount(rarer, weights=weights, minlength=len(FREQUENT) + 1).astype(np.int64)


def plan(loaded: I64, characters: int) -> Layout:
    """Choose the numbers of shards from `loads` and the number of single-character postings."""
    by_key = loaded[:-1].tolist()
    own = tuple(power_of_two(size, SHARD_POSTINGS) if size > SHARD_POSTINGS // 2 else 0 for size in by_key)
    rest = int(loaded[-1]) + sum(size for size, count in zip(by_key, own, strict=True) if not count)
    return Layout(own, power_of_two(rest, SHARD_POSTINGS), power_of_two(characters, CHARACTER_SHARD_POSTINGS))


def shard_numbers(keys: U64, layout: Layout) -> I64:
    """Return each key's shard: the shared ones first, then those of each frequent character."""
    rarer = (keys >> np.uint64(22)).astype(np.int64)
    other = ((keys >> np.uint64(1)) & np.uint64(0x1FFFFF)).astype(np.int64)
    own = np.array(layout.own, dtype=np.int64)
    base = layout.shared + np.concatenate(([0], np.cumsum(own)))[:-1]
    index = np.minimum(rarer, len(own) - 1)
    private = (rarer < len(own)) & (own[index] > 0)
    return np.where(private, base[index] + (other & (own[index] - 1)), rarer & (layout.shared - 1))


def shard_paths(layout: Layout) -> list[str]:
    """Return the path of each shard number, below the segment's folder."""
    paths = [f"g/b{number >> 8}/{number}.bin" for number in range(layout.shared)]
    for index, count in enumerate(layout.own):
        paths += (f"g/{index >> 5}/{index}-{number}.bin" for number in range(count))
    return paths


def character_numbers(keys: U64, layout: Layout) -> I64:
    return (keys >> np.uint64(22)).astype(np.int64) & (layout.characters - 1)


def character_paths(layout: Layout) -> list[str]:
    return [f"u/{number}.bin" for number in range(layout.characters)]


def rice_parameters(counts: I64, cap: int) -> I64:
    """Return the Rice parameter of lists with these counts (FORMAT.md 5.2), by integers alone."""
    parameter = np.zeros(len(counts), dtype=np.int64)
    for bits in range(1, 21):
        parameter += (counts * 100 << bits) <= 69 * cap
    return parameter


def _floor_log2(values: I64) -> I64:
    return (np.frexp(values.astype(np.float64))[1] - 1).astype(np.int64)


def encode_lists(
    postings: Postings, cap: int, many: npt.NDArray[np.bool_], plain: bool
) -> tuple[npt.NDArray[np.uint8], I64]:
    """Encode each list to bytes.

    Args:
        postings: Any lists, in any order of keys.
        cap: The segment's capacity.
        many: For each document of the segment whether it has several parts.
        plain: Leave out part and frequency, as for single characters.

    Returns:
        All bytes, and the offsets of each list in them (one more than lists).
    """
    counts = np.diff(postings.starts)
    posts = postings.posts
    document = (posts >> np.uint32(12)).astype(np.int64)
    first = np.zeros(len(posts), dtype=bool)
    first[postings.starts[:-1]] = True
    previous = np.concatenate(([0], document[:-1]))
    previous[first] = 0
    gap = document - previous
    parameter = np.repeat(rice_parameters(counts, cap), counts)
    quotient = gap >> parameter
    escaped = quotient >= _ESCAPE
    quotient = np.minimum(quotient, _ESCAPE)
    ones = (np.int64(1) << quotient) - 1
    value = np.where(
        escaped,
        (ones << 20) | (gap & 0xFFFFF),
        ((ones << 1) << parameter) | (gap & ((np.int64(1) << parameter) - 1)),
    )
    length = np.where(escaped, 40, quotient + 1 + parameter)
    if not plain:
        part = ((posts >> np.uint32(5)) & np.uint32(127)).astype(np.int64)
        before = np.concatenate(([-1], part[:-1]))
        before[first | (gap > 0)] = -1
        step = part - before
        bits = np.where(many[document], 2 * _floor_log2(step) + 1, 0)
        value = np.where(bits > 0, (value << bits) | step, value)
        length += bits
        frequency = (posts & np.uint32(31)).astype(np.int64)
        level = _floor_log2(frequency)
        dense = np.repeat(counts * 6 > cap, counts)
        bits = np.where(dense, 2, 2 * level + 1)
        value = (value << bits) | np.where(dense, np.minimum(level, 3), frequency)
        length += bits
    return _pack(value, length, postings.starts)


def _pack(value: I64, length: I64, starts: I64) -> tuple[npt.NDArray[np.uint8], I64]:
    """Write codes most significant bit first, each list from a new byte."""
    sums = np.concatenate(([0], np.cumsum(length)))
    sizes = (sums[starts[1:]] - sums[starts[:-1]] + 7) >> 3
    offsets = np.concatenate(([0], np.cumsum(sizes)))
    position = sums[:-1] + np.repeat(offsets[:-1] * 8 - sums[starts[:-1]], np.diff(starts))
    words = np.zeros((int(offsets[-1]) >> 3) + 2, dtype=np.uint64)
    if len(value):
        word, bit = position >> 6, position & 63
        spill = bit + length - 64
        code = value.astype(np.uint64)
        fits = spill <= 0
        upper = np.where(
            fits,
            code << np.where(fits, -spill, 0).astype(np.uint64),
            code >> np.where(fits, 0, spill).astype(np.uint64),
        )
        leaders = np.flatnonzero(np.diff(word, prepend=-1))
        words[word[leaders]] = np.bitwise_or.reduceat(upper, leaders)
        over = np.flatnonzero(~fits)
        words[word[over] + 1] |= code[over] << (64 - spill[over]).astype(np.uint64)
    return words.astype(">u8").view(np.uint8)[: int(offsets[-1])], offsets


def varint(number: int) -> bytes:
    """Return a number in 7-bit groups, lowest first, high bit set on all but the last."""
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    out.append(number)
    return bytes(out)


def _varints(numbers: I64) -> tuple[npt.NDArray[np.uint8], I64]:
    """Return the bytes of many numbers below 2**35, and the offset of each in them (one more than numbers)."""
    sizes = np.ones(len(numbers), dtype=np.int64)
    for bits in (7, 14, 21, 28):
        sizes += numbers >= 1 << bits
    offsets = np.concatenate(([0], np.cumsum(sizes)))
    out = np.empty(int(offsets[-1]), dtype=np.uint8)
    for index in range(int(sizes.max(initial=0))):
        chosen = np.flatnonzero(sizes > index)
        digits = (numbers[chosen] >> (7 * index)) & 127
        out[offsets[chosen] + index] = digits | ((sizes[chosen] > index + 1) << 7)
    return out, offsets


def _headers(postings: Postings, begins: I64, sizes: I64) -> list[bytes]:
    """Return the header of each shard, without its length.

    Args:
        postings: Lists in the order of shards and keys.
        begins: Index of each shard's first list.
        sizes: Bytes of each list.
    """
    count = len(postings.keys)
    rarer = (postings.keys >> np.uint64(22)).astype(np.int64)
    rest = ((postings.keys >> np.uint64(1)) & np.uint64(0x1FFFFF)).astype(np.int64)
    rarer_before, rest_before = np.concatenate(([0], rarer[:-1])), np.concatenate(([0], rest[:-1]))
    rarer_before[begins] = 0
    new = rarer != rarer_before
    rest_before[begins] = 0
    rest_before[new] = 0
    side = (postings.keys & np.uint64(1)).astype(np.int64)
    counts = np.diff(postings.starts)
    short = counts <= _SHORT
    numbers = np.empty((count, 4), dtype=np.int64)
    numbers[:, 0] = ((rest - rest_before) * 2 + side) * 2 + new
    numbers[:, 1] = rarer - rarer_before
    numbers[:, 2] = np.where(short, sizes * 4 + counts, counts * 4)
    numbers[:, 3] = sizes
    written = np.ones((count, 4), dtype=bool)
    written[:, 1] = new
    written[:, 3] = ~short
    data, offsets = _varints(numbers[written])
    until = np.concatenate(([0], np.cumsum(written.sum(axis=1))))
    cuts = offsets[until[np.append(begins, count)]].tolist()
    lists = np.diff(np.append(begins, count)).tolist()
    raw = data.tobytes()
    return [
        varint(number) + raw[start:end] for number, start, end in zip(lists, cuts[:-1], cuts[1:], strict=True)
    ]


def empty_shard(tag: bytes) -> bytes:
    """Return a shard without lists: every shard of a layout exists, so a missing one is a loss."""
    return seal(varint(1) + varint(0), tag)


def shards(
    postings: Postings,
    numbers: I64,
    *,
    cap: int,
    many: npt.NDArray[np.bool_],
    tag: bytes,
    plain: bool = False,
) -> Iterator[tuple[int, bytes]]:
    """Yield shard number and bytes of every shard that holds a list, ascending.

    Args:
        postings: Lists by ascending key.
        numbers: The shard number of each list.
        cap: See `encode_lists`, as ``many`` and ``plain``.
        tag: What the checksum is bound to.
    """
    order = np.argsort(numbers, kind="stable")
    sorted_numbers = numbers[order]
    sizes = np.diff(postings.starts)[order]
    boundaries = np.flatnonzero(np.diff(sorted_numbers, prepend=-1))
    ends = np.append(boundaries[1:], len(order))
    totals = np.concatenate(([0], np.cumsum(sizes)))
    begin = 0
    while begin < len(boundaries):
        low = int(boundaries[begin])
        until = begin + 1
        while until < len(boundaries) and totals[ends[until]] - totals[low] <= _POSTINGS_AT_ONCE:
            until += 1
        chosen = postings.select(order[low : ends[until - 1]])
        data, offsets = encode_lists(chosen, cap, many, plain)
        begins = boundaries[begin:until] - low
        headers = _headers(chosen, begins, np.diff(offsets))
        cuts = offsets[np.append(begins, len(chosen.keys))].tolist()
        raw = data.tobytes()
        for index, header in enumerate(headers):
            payload = varint(len(header)) + header + raw[cuts[index] : cuts[index + 1]]
            yield int(sorted_numbers[boundaries[begin + index]]), seal(payload, tag)
        begin = until
