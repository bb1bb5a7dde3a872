"""The postings of one block in a file of the cache: raw arrays, mapped rather than read.

Documents are numbered from 0 within a run, so that it stays right when its block moves.
"""

from __future__ import annotations

import mmap
from pathlib import Path
from typing import Final

import msgspec
import numpy as np

from search.postings import I64, U32, Postings, union
from search.shards import loads

_FIELDS: Final = ((np.uint64, 0), (np.int64, 1), (np.uint32, 0))
_SPREAD: Final = 1025
"""Numbers in `Totals.loads`; the same in `Totals.frequencies` with the rare characters last."""


class Run(msgspec.Struct, frozen=True):
    """Grams and single characters of one block."""

    grams: Postings
    characters: Postings


class Totals(msgspec.Struct, frozen=True):
    """What layouts and the manifest need of one run or of many.

    Attributes:
        loads: Postings under each frequent character as the rarer, and last under all others.
        frequencies: Documents in which each frequent character stands.
        characters: Postings of single characters.
    """

    loads: I64
    frequencies: I64
    characters: int


def total(heads: list[Totals]) -> Totals:
    """Return the sums over runs."""
    nothing = np.zeros(_SPREAD, dtype=np.int64)
    return Totals(
        sum((each.loads for each in heads), nothing),
        sum((each.frequencies for each in heads), nothing[:-1]),
        sum(each.characters for each in heads),
    )


def save(path: Path, run: Run) -> None:
    """Write a run; sizes and totals first."""
    path.parent.mkdir(parents=True, exist_ok=True)
    families = (run.grams, run.characters)
    sizes = np.array([size for each in families for size in (len(each.keys), len(each.posts))], np.int64)
    fresh = path.with_suffix(".new")
    with fresh.open("wb") as file:
        for part in (sizes, loads(run.grams), loads(run.characters)):
            part.astype("<i8").tofile(file)
        for family in families:
            for values in (family.keys, family.starts, family.posts):
                np.ascontiguousarray(values).tofile(file)
                if len(values) % 2 and values.itemsize == 4:
                    file.write(b"\0\0\0\0")
    fresh.replace(path)


def head(path: Path) -> Totals:
    """Return the totals of a stored run."""
    numbers = np.fromfile(path, dtype="<i8", count=4 + 2 * _SPREAD)
    return Totals(numbers[4 : 4 + _SPREAD], numbers[4 + _SPREAD : -1], int(numbers[3]))


def load(path: Path) -> Run:
    """Return a stored run, mapped: what is not looked at takes no memory."""
    with path.open("rb") as file:
        data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    sizes = np.frombuffer(data, np.int64, 4).tolist()
    at = 8 * (4 + 2 * _SPREAD)
    families = []
    for keys, posts in (sizes[:2], sizes[2:]):
        arrays = []
        for (kind, more), count in zip(_FIELDS, (keys, keys, posts), strict=True):
            arrays.append(np.frombuffer(data, kind, count + more, at))
            at += -(-arrays[-1].nbytes // 8) * 8
        families.append(Postings(*arrays))
    return Run(*families)


def moved(postings: Postings, numbers: I64) -> Postings:
    """Return the postings of some documents under new numbers.

    Args:
        numbers: For each document its new number, or -1 to leave it out.
    """
    fresh = numbers[(postings.posts >> np.uint32(12)).astype(np.int64)]
    places = np.flatnonzero(fresh >= 0)
    lists = np.searchsorted(postings.starts, places, side="right") - 1
    posts = (fresh[places] << 12 | (postings.posts[places] & np.uint32(0xFFF))).astype(np.uint32)
    return _ordered(postings.keys[lists], posts)


def _ordered(keys: np.ndarray, posts: U32) -> Postings:
    order = np.lexsort((posts, keys))
    keys, posts = keys[order], posts[order]
    first = np.flatnonzero(np.diff(keys, prepend=np.uint64(0xFFFFFFFFFFFFFFFF)))
    return Postings(keys[first], np.append(first, len(keys)).astype(np.int64), posts)


def joined(one: Run, other: Run) -> Run:
    """Return both runs together; their documents differ."""
    return Run(union(one.grams, other.grams), union(one.characters, other.characters))
