"""Postings to the bytes of shard files (FORMAT.md sections 4 and 5), many lists at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import msgspec
import numpy as np
import numpy.typing as npt

from search.postings import I64, U64, Postings
from search.tokenize import FREQUENT

SHARD_POSTINGS: Final = 1000
"""Postings aimed at in one shard; about 1 kB."""

CHARACTER_SHARD_POSTINGS: Final = 20000
DELTA_SHARDS: Final = 16
DELTA_CHARACTER_SHARDS: Final = 4
_ESCAPE: Final = 12
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
        parameter += (counts << bits) <= cap
    return parameter


def _floor_log2(values: I64) -> I64:
    return (np.frexp(values.astype(np.float64))[1] - 1).astype(np.int64)


def encode_lists(
    postings: Postings, cap: int, parts: npt.NDArray[np.uint8], plain: bool
) -> tuple[npt.NDArray[np.uint8], I64, npt.NDArray[np.bool_]]:
    """Encode each list to bytes.

    Args:
        postings: Any lists, in any order of keys.
        cap: The segment's capacity.
        parts: How many parts each document of the segment has.
        plain: Leave out part and frequency, as for single characters.

    Returns:
        All bytes, the offsets of each list in them (one more than lists), and which lists have frequencies of two bits.
    """
    counts = np.diff(postings.starts)
    posts = postings.posts
    document = (posts >> np.uint32(12)).astype(np.int64)
    previous = np.concatenate(([-1], document[:-1]))
    previous[postings.starts[:-1]] = -1
    first = document != previous
    value, length = _gaps(document - previous - 1, np.repeat(rice_parameters(counts, cap), counts), first)
    flat = np.zeros(len(counts), dtype=bool)
    if not plain:
        many = parts[document].astype(np.int64)
        part = ((posts >> np.uint32(5)) & np.uint32(127)).astype(np.int64)
        before = np.concatenate(([-1], part[:-1]))
        before[first] = -1
        value, length = _joined(value, length, *_steps(part - before - 1, many - before - 2 + ~first, many))
        frequency = (posts & np.uint32(31)).astype(np.int64)
        bits, sizes, flat = _frequencies(frequency, counts, postings.starts, cap)
        value, length = _joined(value, length, bits, sizes)
        last = np.append(first[1:], True)
        left = np.where(last, many - part - 1, 0)
        value, length = _joined(value, length, *_steps(left, left, many))
    return *_pack(value, length, postings.starts), flat


def _joined(value: I64, length: I64, more: I64, bits: I64) -> tuple[I64, I64]:
    return (value << bits) | more, length + bits


def _gaps(gap: I64, parameter: I64, shown: npt.NDArray[np.bool_]) -> tuple[I64, I64]:
    """Return codes and lengths of the numbers of documents left out; none where not shown."""
    quotient = gap >> parameter
    escaped = quotient >= _ESCAPE
    quotient = np.clip(quotient, 0, _ESCAPE)
    ones = (np.int64(1) << quotient) - 1
    value = np.where(
        escaped,
        (ones << 20) | (gap & 0xFFFFF),
        ((ones << 1) << parameter) | (gap & ((np.int64(1) << parameter) - 1)),
    )
    length = np.where(escaped, _ESCAPE + 20, quotient + 1 + parameter)
    return np.where(shown, value, 0), np.where(shown, length, 0)


def _steps(step: I64, most: I64, parts: I64) -> tuple[I64, I64]:
    """Return codes and lengths of parts left out, each of 0 to ``most``; nothing is written where that is 0."""
    parameter = np.maximum(_floor_log2(parts) - 2, 0)
    quotient = step >> parameter
    full = quotient == most >> parameter
    ones = (np.int64(1) << quotient) - 1
    value = (np.where(full, ones, ones << 1) << parameter) | (step & ((np.int64(1) << parameter) - 1))
    length = quotient + ~full + parameter
    return np.where(most > 0, value, 0), np.where(most > 0, length, 0)


def _frequencies(
    frequency: I64, counts: I64, starts: I64, cap: int
) -> tuple[I64, I64, npt.NDArray[np.bool_]]:
    """Return codes and lengths of frequencies, and which lists have two bits for each."""
    level = _floor_log2(frequency)
    short = np.minimum(level, 3)
    unary = np.minimum(short + 1, 3)
    dense = counts * 6 > cap
    sums = np.concatenate(([0], np.cumsum(unary)))
    flat = dense & (sums[starts[1:]] - sums[starts[:-1]] > 2 * counts)
    is_dense, is_flat = np.repeat(dense, counts), np.repeat(flat, counts)
    value = np.where(is_dense, np.where(is_flat, short, short < 3), frequency)
    length = np.where(is_dense, np.where(is_flat, 2, unary), 2 * level + 1)
    return value, length, flat


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


def _headers(postings: Postings, begins: I64, sizes: I64, flat: npt.NDArray[np.bool_]) -> list[bytes]:
    """Return the header of each shard: number of lists, then the four columns of FORMAT.md 5.1.

    Args:
        postings: Lists in the order of shards and keys.
        begins: Index of each shard's first list.
        sizes: Bytes of each list.
        flat: See `encode_lists`.
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
    shard = np.repeat(np.arange(len(begins)), np.diff(np.append(begins, count)))
    columns = (
        (((rest - rest_before) * 2 + side) * 2 + new, np.ones(count, dtype=bool)),
        (rarer - rarer_before, new),
        (np.where(short, sizes * 4 + counts, counts * 4 + 3 * flat), np.ones(count, dtype=bool)),
        (sizes, ~short),
    )
    numbers = np.concatenate([column[written] for column, written in columns])
    owner = np.concatenate([shard[written] for _, written in columns])
    order = np.argsort(owner, kind="stable")
    data, offsets = _varints(numbers[order])
    cuts = offsets[np.searchsorted(owner[order], np.arange(len(begins) + 1))].tolist()
    lists = np.diff(np.append(begins, count)).tolist()
    raw = data.tobytes()
    return [
        varint(number) + raw[start:end] for number, start, end in zip(lists, cuts[:-1], cuts[1:], strict=True)
    ]


EMPTY_SHARD: Final = varint(0)
"""What a shard without lists holds: every shard of a layout exists, so a missing one is a loss."""


def shards(
    postings: Postings,
    numbers: I64,
    *,
    cap: int,
    parts: npt.NDArray[np.uint8],
    plain: bool = False,
) -> Iterator[tuple[int, bytes]]:
    """Yield shard number and content of every shard that holds a list, ascending.

    Args:
        postings: Lists by ascending key.
        numbers: The shard number of each list.
        cap: See `encode_lists`, as ``parts`` and ``plain``.
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
        data, offsets, flat = encode_lists(chosen, cap, parts, plain)
        begins = boundaries[begin:until] - low
        headers = _headers(chosen, begins, np.diff(offsets), flat)
        cuts = offsets[np.append(begins, len(chosen.keys))].tolist()
        raw = data.tobytes()
        for index, header in enumerate(headers):
            payload = header + raw[cuts[index] : cuts[index + 1]]
            yield int(sorted_numbers[boundaries[begin + index]]), payload
        begin = until
