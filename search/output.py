"""The search folder on disk: writes what differs, removes what nobody claimed."""

from __future__ import annotations

import os
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Final

_NEW_FILE: Final = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0)


def digest(data: bytes) -> bytes:
    """Return the SHA-256 by which files are compared; a publisher may show it."""
    return sha256(data).digest()


def put(target: str, data: bytes) -> None:
    """Write a file anew: a hard link that a publisher made of the old one keeps the old bytes."""
    # A first build makes tens of thousands of files, for which pathlib takes twice as long.
    try:
        file = os.open(target, _NEW_FILE, 0o666)
    except FileExistsError:
        os.unlink(target)  # noqa: PTH108
        file = os.open(target, _NEW_FILE, 0o666)
    try:
        view = memoryview(data)
        while view:  # a disk that is nearly full takes a part first
            view = view[os.write(file, view) :]
    finally:
        os.close(file)


def place(folder: Path, path: str, data: bytes, made: set[str]) -> None:
    """Write a file below a folder; `made` holds the folders known to exist and gains this file's."""
    target = f"{folder}/{path}"
    parent = target.rpartition("/")[0]
    if parent not in made:
        os.makedirs(parent, exist_ok=True)  # noqa: PTH103
        made.add(parent)
    put(target, data)


def present(folder: Path) -> set[str]:
    """Return the POSIX paths of all files below a folder."""
    found: set[str] = set()
    waiting = [("", str(folder))]
    while waiting:
        prefix, path = waiting.pop()
        try:
            entries = os.scandir(path)
        except FileNotFoundError:
            continue
        with entries:
            for entry in entries:
                name = prefix + entry.name
                if entry.is_dir(follow_symlinks=False):
                    waiting.append((f"{name}/", entry.path))
                else:
                    found.add(name)
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
        self._folders: set[str] = set()

    def write(self, path: str, data: bytes) -> None:
        """Claim a file and write it if its bytes are not there yet."""
        new = digest(data)
        self.files[path] = new
        if self.before.get(path) == new:
            return
        place(self.folder, path, data, self._folders)
        self.changed.append(path)

    def written(self, files: Iterable[tuple[str, bytes]]) -> None:
        """Claim files that a worker has written, given by path and digest."""
        for path, new in files:
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
