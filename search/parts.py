"""A record cut into parts of about 2,000 characters, and the bytes of each part's text file.

A part is what one text request brings; postings name documents and parts. FORMAT.md sections 3 and 6.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import chain, pairwise
from typing import Final

import msgspec
import numpy as np
import numpy.typing as npt

from search.records import SearchRecord
from search.tokenize import FREQUENT, clean, codes_of, is_clean

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
    heads = [record.title, *_metadata(record)]
    card: list[str] = [*_card(record)]
    sections = [(each.anchor, each.heading, each.text) for each in record.sections]
    if not is_clean("\n".join((*heads, *card, *chain.from_iterable(sections)))):
        heads = [clean(line) for line in heads]
        card = [clean(each) for each in card]
        sections = [(anchor, clean(heading), clean(text)) for anchor, heading, text in sections]
    title, *extra = heads
    parts: list[Part] = []
    groups = _groups(sections)
    card.append(str(len(groups)))
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
    return (
        record.id, record.url, record.title, record.kind, record.kind_label, record.date,
        record.document_number, issuers, record.validity, "1" if record.lapsed else "", answer,
    )  # fmt: skip


def _groups(cleaned: list[tuple[str, str, str]]) -> list[list[tuple[str, str, str]]]:
    """Return the sections gathered, or cut at paragraph ends, into groups of even size."""
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
def _coding() -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.uint8]]:
    """Return for each code point whether it has a lead byte, and lead and last byte (FORMAT.md 6.1).

    Code points with four bytes have 255 as lead byte.
    """
    lead = np.full(0x110000, 255, dtype=np.uint8)
    last = np.zeros(0x110000, dtype=np.uint8)
    lead[:128] = 0
    last[:128] = np.arange(128)
    block = np.arange(0x9FFF - 0x4E00 + 1)
    lead[0x4E00:0xA000] = 0x90 + (block >> 8)
    last[0x4E00:0xA000] = block & 255
    for index, char in enumerate(text_table()):
        lead[ord(char)] = 0x80 + (index >> 7)
        last[ord(char)] = 128 | (index & 127)
    return lead, last


def text_table() -> str:
    """Return the characters with the shortest-ranging codes: punctuation, then the frequent ideographs."""
    return _PUNCTUATION + "".join(char for char in FREQUENT if ord(char) > 127)


def encode_texts(texts: Sequence[str]) -> list[bytes]:
    """Return the texts in the byte code that deflates best for Chinese (FORMAT.md 6.1)."""
    lead_of, last_of = _coding()
    codes = codes_of("".join(texts)).astype(np.intp)
    lead, last = lead_of[codes], last_of[codes]
    both = np.empty((len(codes), 4), dtype=np.uint8)
    long = lead == 255
    both[:, 0] = lead
    both[:, 3] = last
    shown = np.zeros((len(codes), 4), dtype=bool)
    shown[:, 0] = lead > 0
    shown[:, 3] = True
    places = np.flatnonzero(long)
    if len(places):
        rare = codes[places]
        shown[places] = True
        both[places, 1], both[places, 2], both[places, 3] = rare >> 16, (rare >> 8) & 255, rare & 255
    encoded = both[shown].tobytes()
    sizes = np.concatenate(([0], np.cumsum(1 + (lead > 0) + 2 * long)))
    ends = np.concatenate(([0], np.cumsum([len(text) for text in texts], dtype=np.int64)))
    cuts = sizes[ends].tolist()
    return [encoded[start:end] for start, end in pairwise(cuts)]


def seal(payload: bytes, tag: bytes) -> bytes:
    """Return a file: CRC-32 of tag and payload (little endian), then the payload."""
    return zlib.crc32(payload, zlib.crc32(tag)).to_bytes(4, "little") + payload


def text_files(shown: Sequence[str], tags: Sequence[bytes]) -> list[bytes]:
    """Return the bytes of the text files of parts, each sealed with its tag."""
    encoded = encode_texts(shown)
    return [seal(zlib.compress(data, 9), tag) for data, tag in zip(encoded, tags, strict=True)]


def resealed(file: bytes, tag: bytes) -> bytes:
    """Return a sealed file bound to another tag."""
    return seal(file[4:], tag)
