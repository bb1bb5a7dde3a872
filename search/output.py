"""The search folder on disk: writes what differs, removes what nobody claimed."""

from __future__ import annotations

import os
from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path


def digest(data: bytes) -> bytes:
    """Return the digest by which files are compared."""
    return blake2b(data, digest_size=16).digest()


def put(target: Path, data: bytes) -> None:
    """Write a file anew: a hard link that a publisher made of the old one keeps the old bytes."""
    target.unlink(missing_ok=True)
    target.write_bytes(data)


def present(folder: Path) -> set[str]:
    """Return the POSIX paths of all files below a folder."""
    found: set[str] = set()
    for path, _, names in os.walk(folder):
        prefix = Path(path).relative_to(folder).as_posix()
        found.update(names if prefix == "." else (f"{prefix}/{name}" for name in names))
    return found


class Output:
    """Files of one build.

    Attributes:
        files: Digest of every claimed file by path.
        changed: Paths written.
    """

    def __init__(self, folder: Path, before: dict[str, bytes]) -> None:
        self.folder = folder
        self.before = before
        self.files: dict[str, bytes] = {}
        self.changed: list[str] = []
        self._folders: set[Path] = set()

    def write(self, path: str, data: bytes) -> None:
        """Claim a file and write it if its bytes are not there yet."""
        new = digest(data)
        self.files[path] = new
        if self.before.get(path) == new:
            return
        target = self.folder / path
        if target.parent not in self._folders:
            target.parent.mkdir(parents=True, exist_ok=True)
            self._folders.add(target.parent)
        put(target, data)
        self.changed.append(path)

    def written(self, path: str, new: bytes) -> None:
        """Claim a file that a worker has written."""
        self.files[path] = new
        if self.before.get(path) != new:
            self.changed.append(path)

    def keep(self, paths: Iterable[str]) -> None:
        """Claim files of the last build that are still right."""
        for path in paths:
            if path not in self.files:
                self.files[path] = self.before[path]

    def remove_rest(self) -> tuple[str, ...]:
        """Delete the last build's files that nobody claimed, and folders left empty."""
        gone = tuple(sorted(self.before.keys() - self.files.keys()))
        for path in gone:
            (self.folder / path).unlink(missing_ok=True)
        for folder in sorted({(self.folder / path).parent for path in gone}, reverse=True):
            current = folder
            while current != self.folder and current.exists() and not any(current.iterdir()):
                current.rmdir()
                current = current.parent
        return gone
