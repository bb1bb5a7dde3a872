"""Digests of values: equal digests mean equal values, on any machine and in any process."""

from __future__ import annotations

from hashlib import blake2b
from typing import Any, Final

import msgspec

DIGEST_SIZE: Final = 16

_encoder: Final = msgspec.msgpack.Encoder(order="deterministic")


def digest_bytes(data: bytes) -> bytes:
    """Return the 16-byte digest of raw bytes."""
    return blake2b(data, digest_size=DIGEST_SIZE).digest()


def encode(value: Any) -> bytes:
    """Return the one byte form of a value made of Structs, text, numbers, dates, tuples and mappings."""
    return _encoder.encode(value)


def digest_value(value: Any) -> bytes:
    """Return the digest of a value that `encode` accepts."""
    return blake2b(_encoder.encode(value), digest_size=DIGEST_SIZE).digest()
