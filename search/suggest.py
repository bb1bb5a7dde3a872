"""Suggestions while typing: hot words, terms, questions, titles and 文号, by characters and by pinyin.

FORMAT.md section 11. Every entry is filed under its first character, and under the first two letters of its
pinyin and of its pinyin initials.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
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


def _terms(documents: Sequence[Known], options: Options) -> Iterator[Entry]:
    counted = Counter(word for document in documents for word in document.keywords)
    first = [*options.hot_words, *(word for group in options.synonyms for word in group)]
    for place, word in enumerate(first):
        yield Entry(TERM, -1_000_000 + place, word, 0, "", pinyin_of(word))
    for word, count in counted.items():
        if word not in first and len(word) > 1:
            yield Entry(TERM, -count, word, 0, "", pinyin_of(word))


def suggestion_files(documents: Sequence[Known], options: Options) -> tuple[dict[str, bytes], int, int]:
    """Return the files by path, and how many are filed by character and by letters."""
    entries = [*_terms(documents, options)]
    for number, document in enumerate(documents):
        entries += entries_of(document, number)
    entries.sort()
    by_character = power_of_two(len(entries), _SHARD_ENTRIES)
    by_letters = power_of_two(2 * len(entries), _SHARD_ENTRIES)
    files = _filed("h", by_character, ((_character_key(each), each) for each in entries))
    pairs = ((key, each) for each in entries for key in _letter_keys(each.pinyin))
    files |= _filed("p", by_letters, pairs)
    return files, by_character, by_letters


def _character_key(entry: Entry) -> int:
    folded = fold(entry.text[entry.offset : entry.offset + 1])
    return int(tables().order[ord(folded[0])]) if folded else 0


def _letter_keys(pinyin: str) -> set[int]:
    """Return the keys of the first two letters, and of the first alone, as spelt and as initials."""
    spelt = pinyin.replace(" ", "")
    initials = "".join(each[0] for each in pinyin.split())
    return {letter_key(text[:size]) for text in (spelt, initials) for size in (1, 2) if len(text) >= size}


def letter_key(letters: str) -> int:
    """Return the number of one or two characters among 0-9 and a-z."""
    return int(letters, 36) + (1296 if len(letters) == 1 else 0)


def _filed(family: str, count: int, pairs: Iterable[tuple[int, Entry]]) -> dict[str, bytes]:
    shards: list[list[tuple[int, str, int, str, str]]] = [[] for _ in range(count)]
    filled: Counter[int] = Counter()
    for key, each in pairs:
        filled[key] += 1
        if filled[key] <= (_MOST_PER_SHARD if key < 1296 or family == "h" else 12):
            pinyin = each.pinyin if family == "p" else ""
            shards[key & (count - 1)].append((each.kind, each.text, each.offset, each.url, pinyin))
    return {
        f"s/{family}{number}.bin": seal(zlib.compress(msgspec.json.encode(shard), 9), b"")
        for number, shard in enumerate(shards)
    }
