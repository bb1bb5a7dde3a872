"""Fingerprint → stored result. Knows no stage; a missing or foreign cache means a full build, never a guess."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, BinaryIO, Final, TypeVar

import msgspec

FORMAT: Final = 1

Value = TypeVar("Value")


class _Envelope(msgspec.Struct, array_like=True):
    format: int
    version: str
    payload: msgspec.Raw


def read_value(path: Path, kind: type[Value], version: str) -> Value | None:
    """Return a stored value, or None if there is none that this version wrote."""
    try:
        envelope = msgspec.msgpack.decode(path.read_bytes(), type=_Envelope)
        if envelope.format != FORMAT or envelope.version != version:
            return None
        return msgspec.msgpack.decode(envelope.payload, type=kind)
    except (OSError, msgspec.MsgspecError):
        return None


def encode_value(value: Any, version: str) -> bytes:
    """Return a value as `read_value` reads it."""
    return msgspec.msgpack.encode(_Envelope(FORMAT, version, msgspec.Raw(msgspec.msgpack.encode(value))))


def write_value(path: Path, value: Any, version: str) -> None:
    """Store a value, replacing the old one at once."""
    data = encode_value(value, version)
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    temporary.write_bytes(data)
    temporary.replace(path)


class Place(msgspec.Struct, frozen=True, array_like=True):
    """Where a stored blob lies."""

    pack: str
    offset: int
    length: int


class PackWriter:
    """Appends blobs to a pack file of its own; one writer a process."""

    def __init__(self, folder: Path) -> None:
        self.name = f"{os.getpid()}-{os.urandom(4).hex()}.pack"
        self._path = folder / self.name
        self._file: Any = None
        self._offset = 0

    def append(self, blob: bytes) -> Place:
        """Store a blob; it can be read by other processes as soon as this returns."""
        if self._file is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self._path.open("wb", buffering=0)
        view = memoryview(blob)
        while view:  # a disk that is nearly full takes a part first
            view = view[self._file.write(view) :]
        place = Place(self.name, self._offset, len(blob))
        self._offset += len(blob)
        return place

    def close(self) -> None:
        """Close the pack."""
        if self._file is not None:
            self._file.close()


class PackReader:
    """Reads blobs from packs; keeps the files open."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[str, BinaryIO] = {}
        self._process = os.getpid()

    def read(self, place: Place) -> bytes:
        """Return a blob.

        Raises:
            OSError: If the pack is gone or cut short.
        """
        if self._process != os.getpid():  # a fork: its files would share their positions with ours
            self._files, self._process = {}, os.getpid()
        file = self._files.get(place.pack)
        if file is None:
            file = self._files[place.pack] = (self._folder / place.pack).open("rb")
        file.seek(place.offset)
        blob = file.read(place.length)
        if len(blob) != place.length:
            raise OSError(f"pack {place.pack} is cut short")
        return blob

    def close(self) -> None:
        """Close all files."""
        for file in self._files.values():
            file.close()
        self._files.clear()


def prune_packs(folder: Path, places: Iterable[Place]) -> tuple[int, int]:
    """Delete packs that hold nothing live; return live and stored bytes of those that stay."""
    live: dict[str, int] = {}
    for place in places:
        live[place.pack] = live.get(place.pack, 0) + place.length
    stored = 0
    if folder.is_dir():
        for path in folder.glob("*.pack"):
            if path.name in live:
                stored += path.stat().st_size
            else:
                path.unlink(missing_ok=True)
    return sum(live.values()), stored


class Packs:
    """Blobs that one process writes, and whoever knows their places reads."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._writer = PackWriter(folder)
        self._reader = PackReader(folder)

    def keep(self, blob: bytes) -> Place:
        """Store a blob; return where."""
        return self._writer.append(blob)

    def read(self, place: Place) -> bytes:
        """Return a blob.

        Raises:
            OSError: If the pack is gone or cut short.
        """
        return self._reader.read(place)

    def hold(self, sizes: Mapping[str, int]) -> bool:
        """Whether all packs are there, each of at least so many bytes."""
        try:
            return all((self.folder / name).stat().st_size >= size for name, size in sizes.items())
        except OSError:
            return False

    def close(self) -> None:
        """Close all files."""
        self._writer.close()
        self._reader.close()


def sizes_of(places: Iterable[Place]) -> dict[str, int]:
    """Return for each pack how many bytes it must have to hold what lies in it."""
    sizes: dict[str, int] = {}
    for place in places:
        end = place.offset + place.length
        if end > sizes.get(place.pack, 0):
            sizes[place.pack] = end
    return sizes
