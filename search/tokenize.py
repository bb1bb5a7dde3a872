"""Folding, characters classes and grams: the Python half of FORMAT.md sections 1 to 3.

The browser half is ``client/tokenize.js``. Both are table driven and both pass ``vectors/``; a change here
without the same change there loses hits silently, so every rule stands in FORMAT.md first.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.uint32]

CODE_POINTS: Final = 0x110000
FREQUENT: Final = files("search").joinpath("data/frequent.txt").read_text("utf-8").strip()
"""The 1,024 characters that have shards of their own, the most frequent first (a frozen table)."""

# Orders above the characters: every gram key is made of two orders below 2**21.
ORDER_OF_CODE_POINT: Final = len(FREQUENT)
ORDER_OF_TRIPLE: Final = ORDER_OF_CODE_POINT + CODE_POINTS
ORDER_OF_NUMBER: Final = ORDER_OF_TRIPLE + 36**3
NUMBER_SLOTS: Final = 1 << 19

_BRACKETS: Final = str.maketrans("〔〕【】[]", "()()()")
_REMOVED: Final = (0xAD, *range(0x200B, 0x2010), 0x2060, 0xFEFF, *range(0xFE00, 0xFE10))
_CONTROLS: Final = (*range(0x09), *range(0x0B, 0x20), *range(0x7F, 0xA0))

# Characters whose folding came, or changed, after Unicode 12.1: browsers differ, so nobody folds them.
LATER_THAN_UNICODE_12: Final = (
    (0x0560, 0x0560), (0x0588, 0x0588), (0x1C89, 0x1C8A), (0x2C2F, 0x2C2F), (0x2C5F, 0x2C5F),
    (0x32FF, 0x32FF), (0xA7C0, 0xA7DC), (0xA7F1, 0xA7F6), (0xAB68, 0xAB69), (0x10570, 0x105BF),
    (0x10780, 0x107BF), (0x10D50, 0x10D8F), (0x11935, 0x11938), (0x16EA0, 0x16ED3), (0x1CCD6, 0x1CCF9),
    (0x1DF00, 0x1DFFF), (0x1E030, 0x1E06D), (0x1FBF0, 0x1FBF9),
)  # fmt: skip

# What separates nothing: letters, digits and ideographs. Everything else ends a run.
_LETTERS: Final = (
    (0x30, 0x39), (0x61, 0x7A), (0xDF, 0xF6), (0xF8, 0x24F), (0x370, 0x3FF), (0x400, 0x52F),
    (0x3005, 0x3005), (0x3007, 0x3007), (0x3041, 0x3096), (0x30A1, 0x30FA), (0x30FC, 0x30FE),
    (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xAC00, 0xD7A3), (0xF900, 0xFAFF), (0x20000, 0x3FFFF),
)  # fmt: skip

DOCUMENT_NUMBER: Final = re.compile(r"\(([12][0-9]{3})\)第?([0-9]{1,5})号")


def _later(code: int) -> bool:
    return any(low <= code <= high for low, high in LATER_THAN_UNICODE_12)


@cache
def traditional() -> dict[str, str]:
    """Traditional to simplified, one character for one (OpenCC TSCharacters, first target)."""
    text = files("search").joinpath("data/traditional.txt").read_text("utf-8")
    return {line[0]: line[1] for line in text.splitlines()}


def fold_character(char: str) -> str:
    """Return what one code point compares as; possibly nothing, possibly several characters."""
    code = ord(char)
    if code in _REMOVED or (code in _CONTROLS):
        return ""
    if _later(code):
        return char
    lowered = unicodedata.normalize("NFKC", char).lower().replace("ß", "ss").replace("ς", "σ")
    compatible = unicodedata.normalize("NFKC", lowered)
    simplified = "".join(traditional().get(each, each) for each in compatible)
    return simplified.translate(_BRACKETS)


def _codes_that_may_fold() -> Iterator[int]:
    """Yield every code point outside the great blocks of which no character folds or composes."""
    yield from range(0x3400)
    yield from range(0xA490, 0xAC00)
    yield from range(0xF900, 0x12000)
    yield from range(0x16A00, 0x17000)
    yield from range(0x1BC00, 0x1F300)
    yield from range(0x1FBF0, 0x1FBFA)
    yield from range(0x2F800, 0x2FA20)
    yield from range(0xE0000, 0xE01F0)


class _Tables:
    """Look-up arrays over all code points, built once per process."""

    def __init__(self) -> None:
        fold = np.arange(CODE_POINTS, dtype=np.uint32)
        self.several: dict[str, str] = {}
        self.composing = np.zeros(CODE_POINTS, dtype=bool)
        for code in _codes_that_may_fold():
            char = chr(code)
            folded = fold_character(char)
            if folded != char:
                fold[code] = ord(folded) if len(folded) == 1 else 0
                if len(folded) > 1:
                    self.several[char] = folded
            self.composing[code] = bool(unicodedata.combining(char)) or (
                not unicodedata.is_normalized("NFC", char) or 0x1100 <= code <= 0x11FF
            )
        self.traditional = np.zeros(CODE_POINTS, dtype=bool)
        for char, simple in traditional().items():
            fold[ord(char)] = ord(simple)
            self.traditional[ord(char)] = True
        self.composing[[0x09BE, 0x0B3E, 0x0CD5, 0x0DCF, 0x102E, 0x1B35]] = True
        self.fold = fold
        self.unclean = self.composing.copy()
        self.unclean[list(_UNSHOWN)] = True
        self.expands = np.zeros(CODE_POINTS, dtype=bool)
        self.expands[[ord(char) for char in self.several]] = True
        self.letter = np.zeros(CODE_POINTS, dtype=bool)
        for low, high in _LETTERS:
            self.letter[low : high + 1] = True
        self.ascii_value = np.full(CODE_POINTS, 255, dtype=np.uint8)
        self.ascii_value[0x30:0x3A] = np.arange(10)
        self.ascii_value[0x61:0x7B] = np.arange(10, 36)
        self.order = np.arange(CODE_POINTS, dtype=np.uint32) + np.uint32(ORDER_OF_CODE_POINT)
        for index, char in enumerate(FREQUENT):
            self.order[ord(char)] = index


@cache
def tables() -> _Tables:
    return _Tables()


def codes_of(text: str) -> Codes:
    """Return the code points of a text as an array."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def text_of(codes: Codes) -> str:
    return codes.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")


def traditional_in(text: str) -> set[str]:
    """Return the traditional characters of a text."""
    codes = codes_of(text)
    return {chr(code) for code in codes[tables().traditional[codes]].tolist()}


_UNSHOWN: Final = dict.fromkeys((*range(9), *range(11, 32), 127, 64976)) | {9: " "}


def is_clean(text: str) -> bool:
    """Whether `clean` would leave a text as it is, certainly."""
    return not tables().unclean[codes_of(text)].any()


def clean(text: str) -> str:
    """Return the text in NFC and without control characters, as it is shown and stored."""
    if is_clean(text):
        return text
    return unicodedata.normalize("NFC", text.translate(_UNSHOWN))


def fold_codes(text: str) -> Codes:
    """Return the folded characters of a text; white space is kept (FORMAT.md 1.1)."""
    table = tables()
    codes = codes_of(text)
    if table.composing[codes].any():
        return codes_of(_fold_composing(text))
    folded = table.fold[codes]
    places = np.flatnonzero(table.expands[codes])
    if len(places):
        folded = _expand(codes, folded, places)
    kept: Codes = folded[folded != 0]
    return kept


def _expand(codes: Codes, folded: Codes, places: npt.NDArray[np.int64]) -> Codes:
    """Put the several characters of each expanding one in its place."""
    lengths = np.ones(len(codes), dtype=np.int64)
    kinds = {int(code): codes_of(tables().several[chr(code)]) for code in np.unique(codes[places])}
    for code, target in kinds.items():
        lengths[places[codes[places] == code]] = len(target)
    starts = np.cumsum(lengths) - lengths
    out = np.repeat(folded, lengths)
    for code, target in kinds.items():
        for offset, each in enumerate(target):
            out[starts[places[codes[places] == code]] + offset] = each
    return out


def _fold_composing(text: str) -> str:
    table = tables()
    parts = []
    for char in unicodedata.normalize("NFC", text):
        several = table.several.get(char)
        code = int(table.fold[ord(char)])
        parts.append(several if several is not None else chr(code) if code else "")
    return unicodedata.normalize("NFC", "".join(parts))


_SPACES: Final = re.compile(r"([0-9a-z])?[ \t]+(?=([0-9a-z])?)")


def fold(text: str) -> str:
    """Return the text as it is compared: folded, with white space only between two ASCII words.

    Lines stay apart: a newline separates what a query cannot span.
    """
    folded = text_of(fold_codes(text))

    def narrow(match: re.Match[str]) -> str:
        return (match[1] or "") + (" " if match[1] and match[2] else "")

    return _SPACES.sub(narrow, folded)


def document_number_key(year: str, serial: str) -> int:
    """Return the order of a document number's year and serial among the gram keys."""
    return ORDER_OF_NUMBER + (int(year) * 7919 + int(serial)) % NUMBER_SLOTS


def gram_key(first: int, second: int) -> int:
    """Return the key of a character pair given their orders: rarer, other, side."""
    if first >= second:
        return (first << 22) | (second << 1)
    return (second << 22) | (first << 1) | 1


def grams(text: str) -> Iterator[int]:
    """Yield the gram keys of one text in order of appearance, repeated as they occur.

    This is the plain form of the rule, for the vectors and for short texts;
    `postings.py` computes the same over arrays.
    """
    table = tables()
    folded = fold(text)
    for line in folded.split("\n"):
        for left, right in pairwise(line):
            if table.letter[ord(left)] and table.letter[ord(right)]:
                yield gram_key(int(table.order[ord(left)]), int(table.order[ord(right)]))
        values = [int(table.ascii_value[ord(char)]) for char in line]
        for one, two, three in zip(values, values[1:], values[2:], strict=False):
            if max(one, two, three) < 36:
                yield (ORDER_OF_TRIPLE + (one * 36 + two) * 36 + three) << 22
        for match in DOCUMENT_NUMBER.finditer(line):
            yield document_number_key(match[1], match[2]) << 22
