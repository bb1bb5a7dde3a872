"""A record cut into parts of about 2,000 characters, and the bytes of each part's text file.

A part is what one text request brings; postings name documents and parts. FORMAT.md sections 3 and 6.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from functools import cache
from typing import Final

import msgspec
import numpy as np

from search.records import SearchRecord, Section
from search.tokenize import FREQUENT, clean, codes_of

PART_CHARACTERS: Final = 2000
MOST_PARTS: Final = 127
TITLE_WEIGHT: Final = 4

_PUNCTUATION: Final = "，。、；：（）《》“”　！？—…〔〕"
FIELD, ITEM, CELL = "\x01", "\x02", "\x03"


class Part(msgspec.Struct, frozen=True, array_like=True):
    """The indexed words of a part and what its text file holds."""

    words: str
    shown: str


def split(record: SearchRecord) -> list[Part]:
    """Cut a record into its parts; the first also holds the title and the metadata."""
    title = clean(record.title)
    card = _card(record)
    extra = [clean(line) for line in _metadata(record)]
    parts: list[Part] = []
    groups = _groups(record.sections)
    card = (*card, str(len(groups)))
    for number, group in enumerate(groups):
        head = [title] * TITLE_WEIGHT + extra if number == 0 else []
        words: list[str] = list(head)
        shown: list[str] = []
        for anchor, heading, text in group:
            words += (heading, text)
            shown.append(CELL.join((anchor, heading, text)))
        first = ITEM.join(extra) if number == 0 else ""
        parts.append(Part("\n".join(words), FIELD.join((*card, first, *shown))))
    return parts


def _metadata(record: SearchRecord) -> Iterable[str]:
    yield record.document_number
    yield from record.issuers
    yield from record.keywords
    yield from record.extra
    yield record.subject
    yield record.kind_label
    yield record.validity


def _card(record: SearchRecord) -> tuple[str, ...]:
    answer = "" if record.answer is None else msgspec.json.encode(record.answer).decode()
    issuers = "、".join(record.issuers)
    return tuple(
        clean(each)
        for each in (
            record.id, record.url, record.title, record.kind, record.kind_label, record.date,
            record.document_number, issuers, record.validity, "1" if record.lapsed else "", answer,
        )
    )  # fmt: skip


def _groups(sections: tuple[Section, ...]) -> list[list[tuple[str, str, str]]]:
    """Return the sections gathered, or cut at paragraph ends, into groups of even size."""
    cleaned = [(each.anchor, clean(each.heading), clean(each.text)) for each in sections]
    total = sum(len(heading) + len(text) for _, heading, text in cleaned)
    count = min(MOST_PARTS, -(-total // PART_CHARACTERS))
    if count <= 1:
        return [cleaned]
    target = max(-(-total // count), total // MOST_PARTS + 1)
    groups: list[list[tuple[str, str, str]]] = [[]]
    size = 0
    for anchor, heading, text in cleaned:
        lines: list[str] = []
        for line in text.split("\n"):
            crowded = size + len(line) // 2 > target and len(groups) < MOST_PARTS
            if crowded and (lines or groups[-1]):
                if lines:
                    groups[-1].append((anchor, heading, "\n".join(lines)))
                    lines = []
                groups.append([])
                size = 0
            lines.append(line)
            size += len(line)
        groups[-1].append((anchor, heading, "\n".join(lines)))
        size += len(heading)
    return groups


@cache
def _coding() -> tuple[np.ndarray, np.ndarray]:
    """Return value and length in bytes of each code point's text code (FORMAT.md 6.1)."""
    value = np.arange(0x110000, dtype=np.uint32)
    length = np.full(0x110000, 4, dtype=np.uint8)
    value |= np.uint32(0xFF000000)
    length[:128] = 1
    value[:128] = np.arange(128)
    block = np.arange(0x9FFF - 0x4E00 + 1, dtype=np.uint32)
    value[0x4E00:0xA000] = ((0x90 + (block >> 8)) << 8) | (block & 255)
    length[0x4E00:0xA000] = 2
    for index, char in enumerate(text_table()):
        value[ord(char)] = ((0x80 + (index >> 7)) << 8) | 128 | (index & 127)
        length[ord(char)] = 2
    return value, length


def text_table() -> str:
    """Return the characters with the shortest-ranging codes: punctuation, then the frequent ideographs."""
    return _PUNCTUATION + "".join(char for char in FREQUENT if ord(char) > 127)


def encode_text(text: str) -> bytes:
    """Return the text in the byte code that deflates best for Chinese (FORMAT.md 6.1)."""
    value, length = _coding()
    codes = codes_of(text)
    values = value[codes]
    lengths = length[codes].astype(np.int64)
    ends = np.cumsum(lengths)
    out = np.empty(int(ends[-1]) if len(ends) else 0, dtype=np.uint8)
    for shift in range(4):
        chosen = lengths > shift
        out[ends[chosen] - 1 - shift] = (values[chosen] >> np.uint32(8 * shift)) & np.uint32(255)
    return out.tobytes()


def seal(payload: bytes, tag: bytes) -> bytes:
    """Return a file: CRC-32 of tag and payload (little endian), then the payload."""
    return zlib.crc32(payload, zlib.crc32(tag)).to_bytes(4, "little") + payload


def text_file(part: Part, tag: bytes) -> bytes:
    """Return the bytes of a part's text file."""
    return seal(zlib.compress(encode_text(part.shown), 9), tag)
