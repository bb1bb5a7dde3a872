"""Neighbouring documents in blocks of about 256, the unit that an update renews (FORMAT.md section 4).

Where a block begins depends on the ids beside it alone, so that a document inserted or removed anywhere moves
the limits of its own block and of no other.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from itertools import pairwise
from typing import Final

import msgspec

from search.records import RecordSource

_MOST: Final = 512


class Block(msgspec.Struct, frozen=True, array_like=True):
    """Some neighbouring documents of a segment.

    Attributes:
        start: Number of the first in its segment, ``end`` that behind the last.
        tag: Names the ids; text files are bound to it.
        key: Names ids and contents; what is derived from the documents is kept under it.
    """

    start: int
    end: int
    tag: bytes
    key: bytes


def tag_of(ids: Sequence[str]) -> bytes:
    """Return the four bytes that name a sequence of documents."""
    return blake2b("\n".join(ids).encode(), digest_size=4).digest()


def block_of(sources: Sequence[RecordSource], start: int, end: int, salt: bytes) -> Block:
    """Return a block; ``salt`` keeps what other programs derived from the same documents apart."""
    ids = [source.id for source in sources[start:end]]
    contents = b"".join(source.digest for source in sources[start:end])
    sizes = ",".join(str(len(source.digest)) for source in sources[start:end])
    names = "\n".join((*ids, sizes)).encode()
    key = blake2b(b"\0".join((salt, names, contents)), digest_size=16).digest()
    return Block(start, end, tag_of(ids), key)


def _begins(document_id: str) -> bool:
    """Whether a block begins here: one id in 256 does."""
    return blake2b(document_id.encode(), digest_size=4).digest()[0] == 0


def cut(sources: Sequence[RecordSource], salt: bytes) -> list[Block]:
    """Cut documents in numbering order into blocks."""
    limits = [0]
    for number, source in enumerate(sources):
        if number > limits[-1] and (_begins(source.id) or number - limits[-1] == _MOST):
            limits.append(number)
    limits.append(len(sources))
    return [block_of(sources, start, end, salt) for start, end in pairwise(limits) if end > start]
