"""Duplicates: the same number, the same title, nearly the same text.

Bodies are compared by their shingles of five characters. Of each set the 128 smallest hashes are kept, which is a
fair sample of it: two documents that share most of their text share most of these (Broder, 1997, bottom-k). Only
pairs that share one of the smallest are looked at, so the time grows with the documents and not with their pairs.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from heapq import nsmallest
from itertools import combinations, pairwise
from typing import Final
from zlib import crc32

import msgspec

from generator.suggestions.texts import Text, plain

SHINGLE: Final = 5
SKETCH: Final = 128
PROBES: Final = 12
"""Smallest hashes by which candidates are found: of documents alike to 0.8, one in 2×10⁸ pairs shares none of 12."""
ALIKE: Final = 0.8
"""Share of common shingles from which two bodies are called nearly the same."""
SHORTEST: Final = 80
"""Shorter bodies say too little to be compared."""
TITLES_ALIKE: Final = 0.9
COMMON: Final = 60
"""A hash or a part of a title that so many documents share is boilerplate and finds no candidates."""

_FIGURES: Final = re.compile(r"\d+|[一二三四五六七八九十]+")


class Pair(msgspec.Struct, frozen=True, order=True):
    """Two documents that may be one: how alike their bodies are (0 to 1), and the reasons."""

    first: str
    second: str
    reasons: tuple[str, ...]
    likeness: float


def duplicates(texts: Sequence[Text]) -> list[Pair]:
    """Return the pairs of one kind that may be one document, the likeliest first."""
    sketches = [_sketch(text.body) for text in texts]
    reasons: dict[tuple[int, int], list[str]] = defaultdict(list)
    for pair in _sharing(text.number for text in texts):
        reasons[pair].append("文号相同")
    for pair, word in _titles(texts):
        reasons[pair].append(word)
    for pair in _bodies(sketches):
        likeness = _likeness(sketches[pair[0]], sketches[pair[1]])
        if likeness >= ALIKE:
            reasons[pair].append(f"正文相近（{likeness:.0%}）")
    found = []
    for (first, second), words in reasons.items():
        if texts[first].kind == texts[second].kind and not _follows(texts[first], texts[second]):
            likeness = _likeness(sketches[first], sketches[second])
            if words == [TITLE_WORD] and sketches[first] and sketches[second] and likeness < ALIKE / 2:
                continue  # yearly notices have like titles and unlike texts
            found.append(Pair(texts[first].path, texts[second].path, tuple(words), round(likeness, 2)))
    return sorted(found, key=lambda pair: (-len(pair.reasons), -pair.likeness, pair.first, pair.second))


def _follows(first: Text, second: Text) -> bool:
    """Whether one of them says that it amends, repeals or replaces the other: then they are alike and not one."""
    return any(name in second.names for name in first.ends) or any(
        name in first.names for name in second.ends
    )


TITLE_WORD: Final = "标题相近"


def _sharing(values: Iterable[str]) -> Iterator[tuple[int, int]]:
    places: dict[str, list[int]] = defaultdict(list)
    for index, value in enumerate(values):
        if value:
            places[value].append(index)
    for members in places.values():
        if len(members) <= COMMON:
            yield from combinations(members, 2)


def _titles(texts: Sequence[Text]) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield pairs with equal titles, and with like titles that name the same years and numbers."""
    titles = [plain(text.title) for text in texts]
    seen = set()
    for pair in _sharing(titles):
        seen.add(pair)
        yield pair, "标题相同"
    parts = [set(pairwise(title)) for title in titles]
    probes: dict[object, list[int]] = defaultdict(list)
    for index, title in enumerate(titles):
        third = max(len(title) // 3, 4)
        for start in range(0, max(len(title) - third + 1, 1), third):
            probes[title[start : start + third]].append(index)
    for members in probes.values():
        for first, second in combinations(members, 2) if len(members) <= COMMON else ():
            if (first, second) in seen or _figures(titles[first]) != _figures(titles[second]):
                continue
            seen.add((first, second))
            if _dice(parts[first], parts[second]) >= TITLES_ALIKE:
                yield (first, second), TITLE_WORD


def _figures(title: str) -> list[str]:
    return _FIGURES.findall(title)


def _dice(first: set[tuple[str, str]], second: set[tuple[str, str]]) -> float:
    return 2 * len(first & second) / (len(first) + len(second)) if first and second else 0.0


# --- bodies ----------------------------------------------------------------------------------------


def _sketch(body: str) -> tuple[int, ...]:
    """Return the smallest hashes of a body's shingles, in order; none of a body too short to compare."""
    text = plain(body)
    if len(text) < SHORTEST:
        return ()
    shingles = {text[index : index + SHINGLE] for index in range(len(text) - SHINGLE + 1)}
    return tuple(nsmallest(SKETCH, {crc32(shingle.encode()) for shingle in shingles}))


def _bodies(sketches: Sequence[tuple[int, ...]]) -> Iterator[tuple[int, int]]:
    places: dict[int, list[int]] = defaultdict(list)
    for index, sketch in enumerate(sketches):
        for value in sketch[:PROBES]:
            places[value].append(index)
    seen = set()
    for members in places.values():
        for pair in combinations(members, 2) if len(members) <= COMMON else ():
            if pair not in seen:
                seen.add(pair)
                yield pair


def _likeness(first: tuple[int, ...], second: tuple[int, ...]) -> float:
    """Return the estimated share of common shingles."""
    if not first or not second:
        return 0.0
    smallest = nsmallest(SKETCH, {*first, *second})
    both = set(first) & set(second)
    return sum(value in both for value in smallest) / len(smallest)
