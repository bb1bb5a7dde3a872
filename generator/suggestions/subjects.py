"""Subjects and keywords for documents that have none, after those that have.

A class is the centre of its documents in tf-idf over pairs of characters, with the official names of the class and
of those below it as one more document: so each class is known before anything was classified. Keywords are only
such as the site uses already: a new word is an editor's business.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import msgspec

from generator.fields import SUBJECTS
from generator.suggestions.texts import Text, bigrams, features

PROPOSALS: Final = 3
SURE: Final = 1.5
"""The first proposal counts as likely where it is so many times as near as the second."""
NAME_WEIGHT: Final = 6
KEYWORDS: Final = 5
COMMON: Final = 0.25
"""A keyword that stands in a larger share of the documents tells nothing."""


class Proposal(msgspec.Struct, frozen=True):
    """A class that a document may belong to, in full, and how near it is (0 to 1)."""

    subject: str
    nearness: float


class Classifier:
    """Learns from classified documents; proposes classes for others."""

    def __init__(self, learned: Iterable[tuple[str, Counter[str]]]) -> None:
        examples = [*learned, *_names()]
        frequency: Counter[str] = Counter()
        for _, counts in examples:
            frequency.update(counts.keys())
        self._weight = {name: math.log((1 + len(examples)) / count) for name, count in frequency.items()}
        sums: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        for subject, counts in examples:
            first = subject.partition("\\")[0]
            for name, value in self._vector(counts).items():
                sums[first][name] += value
        self._centres = {first: _unit(total) for first, total in sums.items()}
        self._below: dict[str, list[tuple[str, dict[str, float]]]] = defaultdict(list)
        for subject, counts in examples:
            if "\\" in subject:
                self._below[subject.partition("\\")[0]].append((subject, self._vector(counts)))

    def propose(self, counts: Counter[str]) -> list[Proposal]:
        """Return the nearest classes of the first level, each with the class below it of its nearest document."""
        vector = self._vector(counts)
        near = sorted(
            ((_product(vector, centre), first) for first, centre in self._centres.items()), reverse=True
        )
        return [
            Proposal(self._second(vector, first), round(nearness, 3)) for nearness, first in near[:PROPOSALS]
        ]

    def _second(self, vector: Mapping[str, float], first: str) -> str:
        found = [(_product(vector, other), subject) for subject, other in self._below[first]]
        return max(found)[1] if found else first

    def _vector(self, counts: Mapping[str, int]) -> dict[str, float]:
        known = ((name, count) for name, count in counts.items() if name in self._weight)
        return _unit({name: (1 + math.log(count)) * self._weight[name] for name, count in known})


def _names() -> Iterable[tuple[str, Counter[str]]]:
    """Yield the official names of every class as a document of it."""
    for first, (_, seconds) in SUBJECTS.items():
        words = Counter(bigrams(" ".join((first, *(name for name in seconds if name != "其他")))))
        yield first, Counter({pair: NAME_WEIGHT * count for pair, count in words.items()})


def _unit(vector: Mapping[str, float]) -> dict[str, float]:
    length = math.sqrt(sum(value * value for value in vector.values())) or 1.0
    return {name: value / length for name, value in vector.items()}


def _product(first: Mapping[str, float], second: Mapping[str, float]) -> float:
    return sum(value * second.get(name, 0.0) for name, value in first.items())


def is_sure(proposals: Sequence[Proposal]) -> bool:
    """Whether the first proposal stands out."""
    return len(proposals) < 2 or proposals[0].nearness >= SURE * proposals[1].nearness


def learned_from(texts: Iterable[Text]) -> list[tuple[str, Counter[str]]]:
    """Return what classified documents teach; a subject that is not official teaches nothing."""
    return [(text.subject, features(text)) for text in texts if text.subject.partition("\\")[0] in SUBJECTS]


def keywords_for(
    text: Text, starts: Mapping[str, Sequence[str]], used: Mapping[str, int], total: int
) -> tuple[str, ...]:
    """Return keywords of other documents that a text is about: rare ones that stand in it often.

    Args:
        starts: First two characters → the keywords that begin with them.
        used: Keyword → number of documents that have it.
        total: Number of documents.
    """
    whole = f"{text.title}\n{text.body}"
    weights = {}
    for start in {whole[index : index + 2] for index in range(len(whole) - 1)} & starts.keys():
        for word in starts[start]:
            often = NAME_WEIGHT * text.title.count(word) + text.body.count(word)
            if often and used[word] <= max(COMMON * total, 1):
                rarity = math.log((1 + total) / (1 + used[word]))
                weights[word] = (1 + math.log(often)) * rarity * math.sqrt(len(word))
    chosen: list[str] = []
    for word in sorted(weights, key=lambda word: (-weights[word], word)):
        if len(chosen) < KEYWORDS and not any(word in other or other in word for other in chosen):
            chosen.append(word)
    return tuple(chosen)
