"""Suggestions while typing: hot words, terms, questions, titles and 文号, by characters and by pinyin.

FORMAT.md section 11. Every entry is filed under its first character, and under the first two letters of its
pinyin and of its pinyin initials.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final

import msgspec

from search.options import Options
from search.parts import seal
from search.pinyin import pinyin_of, title_offsets
from search.shards import power_of_two
from search.state import Known
from search.tokenize import fold, tables

TERM, QUESTION, TITLE, NUMBER = range(4)
_SHARD_ENTRIES: Final = 100
_MOST_PER_SHARD: Final = 240


class Entry(msgspec.Struct, frozen=True, array_like=True, order=True):
    """One suggestion as it is written: kind, weight (small is first), text, place of the match, address."""

    kind: int
    weight: int
    text: str
    offset: int
    url: str
    pinyin: str


def entries_of(document: Known, number: int) -> Iterator[Entry]:
    """Yield the suggestions of one document; later numbers come first."""
    if document.question:
        yield Entry(QUESTION, -number, document.question, 0, document.url, document.pinyin[0])
    elif document.title:
        for offset, pinyin in zip(title_offsets(document.title), document.pinyin, strict=True):
            yield Entry(TITLE, -number, document.title, offset, document.url, pinyin)
    if document.document_number:
        yield Entry(NUMBER, -number, document.document_number, 0, document.url, "")


class Suggested(msgspec.Struct, frozen=True):
    """What came of the suggestions.

    Attributes:
        files: Those that are new, by path; `kept` are those of the last build that are still right.
        characters: Number of files by first character, ``letters`` by letters.
    """

    files: dict[str, bytes]
    kept: list[str]
    characters: int
    letters: int


def _terms(documents: Sequence[Known], options: Options) -> list[tuple[int, str]]:
    """Return the words to suggest with their weights, small first."""
    counted = Counter(word for document in documents for word in document.keywords)
    first = [*options.hot_words, *(word for group in options.synonyms for word in group)]
    terms = [(place - 1_000_000, word) for place, word in enumerate(first)]
    known = set(first)
    return terms + [(-count, word) for word, count in counted.items() if word not in known and len(word) > 1]


def suggestion_files(
    documents: Sequence[Known],
    options: Options,
    before: Sequence[Known] = (),
    counts: tuple[int, int] = (0, 0),
) -> Suggested:
    """Return the files of all suggestions, or of those that differ from the last build's.

    Args:
        before: The last build's documents, where its options were the same.
        counts: Its numbers of files by character and by letters.
    """
    terms = _terms(documents, options)
    total = len(terms) + sum(map(_entry_count, documents))
    characters = power_of_two(total, _SHARD_ENTRIES)
    letters = power_of_two(2 * total, _SHARD_ENTRIES)
    heads, sounds = set(range(characters)), set(range(letters))
    if counts == (characters, letters):
        heads, sounds = _touched(documents, before, characters, letters)
    entries: list[Entry] = []
    for weight, word in terms:
        if sounds or _character_key(word[:1]) & (characters - 1) in heads:
            entries.append(Entry(TERM, weight, word, 0, "", pinyin_of(word)))
    for number, document in enumerate(documents):
        entries += (
            each
            for each in entries_of(document, number)
            if _character_key(each.text[each.offset : each.offset + 1]) & (characters - 1) in heads
            or any(key & (letters - 1) in sounds for key in _letter_keys(each.pinyin))
        )
    entries.sort()
    by_character = ((_character_key(each.text[each.offset : each.offset + 1]), each) for each in entries)
    by_letters = ((key, each) for each in entries for key in _letter_keys(each.pinyin))
    files = _filed("h", characters, heads, by_character) | _filed("p", letters, sounds, by_letters)
    kept = [f"s/h{number}.bin" for number in range(characters) if number not in heads]
    kept += [f"s/p{number}.bin" for number in range(letters) if number not in sounds]
    return Suggested(files, kept, characters, letters)


def _entry_count(document: Known) -> int:
    own = 1 if document.question else len(title_offsets(document.title)) if document.title else 0
    return own + bool(document.document_number)


def _touched(
    documents: Sequence[Known], before: Sequence[Known], characters: int, letters: int
) -> tuple[set[int], set[int]]:
    """Return the files in which documents stand that are new, gone or changed, or words of theirs."""
    old, new = ({_shown(each): each for each in some} for some in (before, documents))
    heads: set[int] = set()
    sounds: set[int] = set()
    for shown in old.keys() ^ new.keys():
        document = old.get(shown) or new[shown]
        words = (Entry(TERM, 0, word, 0, "", pinyin_of(word)) for word in document.keywords)
        for entry in (*entries_of(document, 0), *words):
            heads.add(_character_key(entry.text[entry.offset : entry.offset + 1]) & (characters - 1))
            sounds.update(key & (letters - 1) for key in _letter_keys(entry.pinyin))
    return heads, sounds


def _shown(document: Known) -> tuple[object, ...]:
    """Return all that suggestions show of a document, and what its place among them follows from."""
    return (
        document.id, document.date, document.url, document.title, document.document_number,
        document.keywords, document.question,
    )  # fmt: skip


@lru_cache(maxsize=10_000)
def _character_key(char: str) -> int:
    folded = fold(char)
    return int(tables().order[ord(folded[0])]) if folded else 0


@lru_cache(maxsize=50_000)
def _letter_keys(pinyin: str) -> frozenset[int]:
    """Return the keys of the first two letters, and of the first alone, as spelt and as initials."""
    spelt = pinyin.replace(" ", "")
    initials = "".join(each[0] for each in pinyin.split())
    return frozenset(
        letter_key(text[:size]) for text in (spelt, initials) for size in (1, 2) if len(text) >= size
    )


def letter_key(letters: str) -> int:
    """Return the number of one or two characters among 0-9 and a-z."""
    return int(letters, 36) + (1296 if len(letters) == 1 else 0)


def _filed(
    family: str, count: int, wanted: Container[int], pairs: Iterable[tuple[int, Entry]]
) -> dict[str, bytes]:
    shards: dict[int, list[tuple[int, str, int, str, str]]] = {
        number: [] for number in range(count) if number in wanted
    }
    filled: Counter[int] = Counter()
    for key, each in pairs:
        if key & (count - 1) not in wanted:
            continue
        filled[key] += 1
        if filled[key] <= (_MOST_PER_SHARD if key < 1296 or family == "h" else 12):
            pinyin = each.pinyin if family == "p" else ""
            shards[key & (count - 1)].append((each.kind, each.text, each.offset, each.url, pinyin))
    return {
        f"s/{family}{number}.bin": seal(zlib.compress(msgspec.json.encode(shard), 9), b"")
        for number, shard in shards.items()
    }
