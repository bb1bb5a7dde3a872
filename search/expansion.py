"""What lay words stand for, learned from questions and the official words that answer them.

IBM Model 1 (Brown et al. 1993, section 4) from the character pairs of a question to those of its answer.
FORMAT.md section 11.2. The result is rounded, so that it does not depend on how numbers are summed.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import msgspec
import numpy as np

from search.parts import seal
from search.postings import I64
from search.shards import power_of_two
from search.tokenize import fold, tables

FUNCTION: Final = frozenset(
    "的了吗呢吧啊呀么嘛是在有我你他她它们可以怎样如何什哪谁为会能要想请问让把被给和与或及到去来这那个些几多少就都也还很没不得着过"
)
FEWEST_LESSONS: Final = 20
_TARGETS: Final = 40
_ROUNDS: Final = 6
_KEPT: Final = 8
_LEAST: Final = 0.02
_SHARD_PAIRS: Final = 100

Lesson = tuple[str, str]
"""A question, and the official text that answers it."""


def _pairs(text: str) -> Counter[str]:
    letter = tables().letter
    found: Counter[str] = Counter()
    for line in fold(text).split("\n"):
        for left, right in pairwise(line):
            chinese = letter[ord(left)] and letter[ord(right)] and not (left.isascii() or right.isascii())
            if chinese and not FUNCTION & {left, right}:
                found[left + right] += 1
    return found


def learn(lessons: Sequence[Lesson]) -> dict[str, list[tuple[str, float]]]:
    """Return for each pair of a question the pairs it most probably stands for, with their probabilities."""
    if len(lessons) < FEWEST_LESSONS:
        return {}
    questions = [_pairs(question) for question, _ in lessons]
    answers = [_pairs(answer) for _, answer in lessons]
    spread = Counter(pair for answer in answers for pair in answer)
    sources: list[int] = []
    targets: list[int] = []
    owners: list[int] = []
    source_number: dict[str, int] = {}
    target_number: dict[str, int] = {}
    for owner, (question, answer) in enumerate(zip(questions, answers, strict=True)):
        rated = sorted(
            answer, key=lambda pair: (-answer[pair] * np.log(len(lessons) / spread[pair] + 1), pair)
        )
        for target in rated[:_TARGETS]:
            number = target_number.setdefault(target, len(target_number))
            for source in sorted(question):
                sources.append(source_number.setdefault(source, len(source_number)))
                targets.append(number)
                owners.append(owner)
    if not sources:
        return {}
    probable = _model(np.array(sources), np.array(targets), np.array(owners))
    source_names, target_names = list(source_number), list(target_number)
    asked = Counter(pair for question in questions for pair in question)
    learned: dict[str, list[tuple[str, float]]] = {}
    for source_at, target_at, probability in zip(*probable, strict=True):
        name, stands_for = source_names[source_at], target_names[target_at]
        if probability >= _LEAST and name != stands_for and asked[name] > 1:
            learned.setdefault(name, []).append((stands_for, round(probability, 2)))
    return {
        name: sorted(found, key=lambda pair: (-pair[1], pair[0]))[:_KEPT]
        for name, found in sorted(learned.items())
    }


def _model(sources: I64, targets: I64, owners: I64) -> tuple[list[int], list[int], list[float]]:
    """Run expectation and maximisation; return the distinct pairs with t(target | source)."""
    width = int(targets.max()) + 1
    distinct, place = np.unique(sources.astype(np.int64) * width + targets, return_inverse=True)
    of_source = distinct // width
    group = np.unique(owners.astype(np.int64) * width + targets, return_inverse=True)[1]
    probability = np.ones(len(distinct))
    for _ in range(_ROUNDS):
        share = probability[place]
        share = share / np.bincount(group, weights=share)[group]
        expected = np.bincount(place, weights=share, minlength=len(distinct))
        probability = expected / np.bincount(of_source, weights=expected)[of_source]
    return of_source.tolist(), (distinct % width).tolist(), probability.tolist()


def expansion_files(lessons: Sequence[Lesson]) -> tuple[dict[str, bytes], int]:
    """Return the expansion files by path and how many there are; none without enough lessons."""
    learned = learn(lessons)
    if not learned:
        return {}, 0
    count = power_of_two(sum(map(len, learned.values())), _SHARD_PAIRS)
    order = tables().order
    shards: list[dict[str, str]] = [{} for _ in range(count)]
    for source, found in learned.items():
        rarer = max(int(order[ord(char)]) for char in source)
        shards[rarer & (count - 1)][source] = "".join(f"{text}{int(100 * share)} " for text, share in found)
    return {
        f"e/{number}.bin": seal(zlib.compress(msgspec.json.encode(shard), 9), b"")
        for number, shard in enumerate(shards)
    }, count
