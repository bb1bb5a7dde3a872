"""The manifest and the columns: what a page needs to know of all documents (FORMAT.md sections 7 and 8)."""

from __future__ import annotations

import math
import zlib
from collections import Counter
from collections.abc import Callable, Sequence
from hashlib import blake2b
from typing import Any, Final

import msgspec

from search.blocks import Block, tag_of
from search.parts import seal, text_table
from search.postings import I64
from search.segment import Segment
from search.state import Known
from search.tokenize import FREQUENT, traditional

FORMAT_VERSION: Final = 3
_FIRST: Final = 48
_STEPS_PER_OCTAVE: Final = 2
_SHORTEST: Final = 100
_LONGEST: Final = 9


def name_of(document_id: str) -> str:
    """Return the name of a delta document's text file."""
    return blake2b(document_id.encode(), digest_size=4).hexdigest()


def length_class(length: int, parts: int) -> int:
    """Return the half-octave of a length above 100 characters, 0 to 9, or 8 and the number of parts if several."""
    if parts > 1:
        return _LONGEST - 1 + parts
    return min(_LONGEST, max(0, round(_STEPS_PER_OCTAVE * math.log2(max(length, 1) / _SHORTEST))))


def _half_octaves(counts: I64) -> str:
    return "".join(
        chr(_FIRST + round(2 * math.log2(count)) if count else _FIRST) for count in counts.tolist()
    )


def manifest(
    documents: Sequence[Known],
    *,
    blocks: Sequence[Block],
    base: Segment,
    delta: Segment,
    frequencies: I64,
    settings: dict[str, Any],
) -> bytes:
    """Return the manifest file.

    Args:
        documents: In numbering order, base first.
        blocks: Of the base segment.
        base: The base segment, ``delta`` the delta.
        delta: See ``base``.
        frequencies: In how many documents each frequent character stands.
        settings: What the page needs besides: telephone, catalogue, synonyms and so on.
    """
    base_count = blocks[-1].end if blocks else 0
    kinds = sorted({(each.kind, each.kind_label) for each in documents})
    position = {kind: index for index, kind in enumerate(kinds)}
    total = sum(each.length for each in documents)
    content = {
        "version": FORMAT_VERSION,
        "base": base.tag.hex(),
        "delta": delta.tag.hex(),
        "all": tag_of([each.id for each in documents]).hex(),
        "count": len(documents),
        "baseCount": base_count,
        "cap": base.cap,
        "deltaCap": delta.cap,
        "average": round(total / max(1, len(documents))),
        "frequent": FREQUENT,
        "text": text_table()[:18],
        "own": "".join(chr(_FIRST + count.bit_length()) for count in base.layout.own),
        "shared": base.layout.shared,
        "characters": base.layout.characters,
        "deltaShared": delta.layout.shared,
        "deltaCharacters": delta.layout.characters,
        "lengths": "".join(chr(_FIRST + length_class(each.length, each.parts)) for each in documents),
        "kinds": [list(kind) for kind in kinds],
        "classes": "".join(
            chr(_FIRST + 2 * position[each.kind, each.kind_label] + each.lapsed) for each in documents
        ),
        "levels": _half_octaves(frequencies),
        "traditional": "".join(
            char + traditional()[char]
            for char in sorted({char for each in documents for char in each.traditional})
        ),
        "blocks": "".join(block.tag.hex() for block in blocks),
        "starts": [block.start for block in blocks],
        "names": [name_of(each.id) for each in documents[base_count:]],
        **settings,
    }
    return seal(zlib.compress(msgspec.json.encode(content), 9), b"")


_COLUMNS: Final[dict[str, Callable[[Known], tuple[str, ...]]]] = {
    "issuer": lambda each: each.issuers,
    "subject": lambda each: (each.subject,) if each.subject else (),
    "year": lambda each: (each.date[:4],) if each.date else (),
    "validity": lambda each: (each.validity,) if each.validity else (),
}


def columns(documents: Sequence[Known]) -> dict[str, bytes]:
    """Return the facet columns and the ids by path."""
    tag = tag_of([each.id for each in documents])
    files = {"c/id.bin": _packed([each.id for each in documents], tag)}
    for name, values_of in _COLUMNS.items():
        rows = [values_of(each) for each in documents]
        counted = Counter(value for row in rows for value in row)
        values = sorted(counted, key=lambda value: (-counted[value], value))
        number = {value: index for index, value in enumerate(values)}
        files[f"c/{name}.bin"] = _packed([values, [_row(row, number) for row in rows]], tag)
    return files


def _row(row: tuple[str, ...], number: dict[str, int]) -> int | list[int]:
    numbers = [number[value] for value in row]
    if not numbers:
        return -1
    return numbers[0] if len(numbers) == 1 else numbers


def _packed(value: Any, tag: bytes) -> bytes:
    return seal(zlib.compress(msgspec.json.encode(value), 9), tag)


def fold_file() -> bytes:
    """Return the whole table of traditional characters, for queries that find nothing without it."""
    table = traditional()
    return _packed("".join(char + table[char] for char in sorted(table)), b"")
