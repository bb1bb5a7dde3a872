"""Where a reader may begin to type a title, and how that sounds."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_CHARACTERS: Final = 10
_SUBJECT: Final = re.compile(r"[^《]*《|.*?关于(?:印发|公布|发布|转发|做好|调整|开展|进一步)?")


@lru_cache(maxsize=50_000)
def pinyin_of(text: str) -> str:
    """Return the syllables of a text's beginning, separated by spaces."""
    # Imported late: its phrase tables take a quarter of a second, which an unchanged site need not wait.
    from pypinyin.seg.simpleseg import seg

    return " ".join(each for word in seg(text[:_CHARACTERS]) for each in _syllables(word))


@lru_cache(maxsize=50_000)
def _syllables(word: str) -> tuple[str, ...]:
    """Return the syllables of one word; titles are made of few words, and converting one is slow."""
    from pypinyin import lazy_pinyin

    syllables = lazy_pinyin(word, errors="default")
    return tuple(each.lower() for each in syllables if each.isascii() and each.isalnum())


def title_offsets(title: str) -> list[int]:
    """Return where a reader may begin to type a title: at its start, and at its subject."""
    found = _SUBJECT.match(title)
    return [0, found.end()] if found and 0 < found.end() < len(title) - 1 else [0]


def pinyin_keys(title: str, question: str) -> tuple[str, ...]:
    """Return the pinyin of each of a document's beginnings."""
    if question:
        return (pinyin_of(question),)
    return tuple(pinyin_of(title[offset:]) for offset in title_offsets(title))
