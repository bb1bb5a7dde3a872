"""Write: rendered files → disk. Whole files only, the old site stays until all new files are there.

Rendering stages every new file beside the output, on the same file system. Only when all are staged is a
journal written; then files are renamed into place and those that are gone are deleted. A run that dies
before the journal leaves the old site untouched; one that dies after it is finished by the next run. See
docs/decisions/0003-switching-output.md.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

from generator.diagnostics import EnvironmentProblem

LOCK_SECONDS: Final = 120
MANIFEST_NAME: Final = "manifest.json"


class Journal(msgspec.Struct, frozen=True):
    """What remains to be done to switch the output: renames from the staging folder, then deletions."""

    renames: tuple[str, ...]
    deletions: tuple[str, ...]


class ManifestFile(msgspec.Struct, frozen=True):
    """A published file: SHA-256 in hexadecimal, and its size in bytes."""

    sha256: str
    size: int


class Manifest(msgspec.Struct, frozen=True):
    """What was published: every file, and the addresses that readers may have kept.

    Attributes:
        generator: Name and version.
        build_date: The build's today.
        pages: Addresses of documents, sections and topics, which must not vanish without a redirect.
        files: All files by their path.
    """

    generator: str
    build_date: str
    pages: tuple[str, ...]
    files: dict[str, ManifestFile]


def encode_manifest(manifest: Manifest) -> bytes:
    """Return the manifest as JSON, a file on each line, so that differences can be read."""
    ordered = msgspec.structs.replace(manifest, files=dict(sorted(manifest.files.items())))
    return msgspec.json.format(msgspec.json.encode(ordered), indent=1) + b"\n"


def read_manifest(path: Path) -> Manifest | None:
    """Return a published manifest, or None if there is none that can be read."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Manifest)
    except (OSError, msgspec.MsgspecError):
        return None


class Output:
    """One output folder, held by this process alone while it is switched.

    Args:
        path: The folder that is published.
        state: Name of the folder beside it that holds staged files, journal and lock.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._side = path.parent / f".{path.name}.yangguang"
        self.staging = self._side / "staging"
        self._journal = self._side / "journal"
        self._lock = self._side / "lock"

    @property
    def state_path(self) -> Path:
        """Where the state of this output is kept: its page table."""
        return self._side / "pages"

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the output; finish or discard what an earlier run left.

        Raises:
            EnvironmentProblem: If another build holds it for too long, or the folder cannot be written.
        """
        with _explained(self.path):
            self._side.mkdir(parents=True, exist_ok=True)
            handle = os.open(self._lock, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            _acquire(handle)
            with _explained(self.path):
                self._recover()
            with _explained(self.path):
                yield
        finally:
            if not self._journal.exists():  # else the next run needs the staged files to finish the switch
                shutil.rmtree(self.staging, ignore_errors=True)
            os.close(handle)

    def _recover(self) -> None:
        try:
            journal = msgspec.msgpack.decode(self._journal.read_bytes(), type=Journal)
        except FileNotFoundError:
            journal = None
        except msgspec.MsgspecError:
            journal = None  # cut short while it was written: no rename had begun
        if journal is not None:
            self._switch(journal)
        self._journal.unlink(missing_ok=True)
        shutil.rmtree(self.staging, ignore_errors=True)

    def clean(self, with_site: bool) -> list[Path]:
        """Delete caches and staged files, and the published folder if asked; return what was deleted."""
        deleted = []
        with self.locked():
            for entry in self._side.iterdir():
                if entry != self._lock:
                    shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
                    deleted.append(entry)
            if with_site and (self.path / MANIFEST_NAME).is_file():
                shutil.rmtree(self.path)
                deleted.append(self.path)
        return deleted

    def stage(self, path: str, data: bytes) -> None:
        """Write a file to the staging folder."""
        with _explained(self.path):
            stage_file(str(self.staging), path, data)

    def commit(self, renames: list[str], deletions: list[str], state: bytes) -> None:
        """Put all staged files into place, delete others, and keep ``state`` as the page table.

        Args:
            renames: Paths of staged files; pages should come after what they link to.
        """
        with _explained(self.path):
            state_name = "state.tmp"
            (self._side / state_name).write_bytes(state)
            if not deletions and not self.path.exists() and self.staging.is_dir():
                # Nothing is published yet: the whole tree moves at once.
                self.staging.replace(self.path)
                (self._side / state_name).replace(self.state_path)
                return
            # Folders first: once the journal stands, nothing is left to do that needs space on the disk.
            for folder in {path.rpartition("/")[0] for path in renames}:
                (self.path / folder).mkdir(parents=True, exist_ok=True)
            self.state_path.unlink(missing_ok=True)
            journal = Journal(tuple(renames), tuple(deletions))
            temporary = self._journal.with_suffix(".tmp")
            with temporary.open("wb") as file:
                file.write(msgspec.msgpack.encode(journal))
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(self._journal)
        with _explained(self.path, is_switching=True):
            self._switch(journal)
            (self._side / state_name).replace(self.state_path)
            self._journal.unlink()

    def _switch(self, journal: Journal) -> None:
        made: set[str] = set()
        base, staging = str(self.path), str(self.staging)
        for path in journal.renames:
            folder = path.rpartition("/")[0]
            if folder not in made:
                os.makedirs(f"{base}/{folder}", exist_ok=True)  # noqa: PTH103  (hot loop)
                made.add(folder)
            with contextlib.suppress(FileNotFoundError):  # renamed before an earlier run died
                os.replace(f"{staging}/{path}", f"{base}/{path}")  # noqa: PTH105
        for path in journal.deletions:
            file = self.path / path
            file.unlink(missing_ok=True)
            for parent in file.parents:
                if parent == self.path:
                    break
                try:
                    parent.rmdir()
                except OSError:
                    break


_made: set[str] = set()


def stage_file(staging: str, path: str, data: bytes) -> None:
    """Write a file below the staging folder; used by workers too."""
    folder = f"{staging}/{path}".rpartition("/")[0]
    if folder not in _made or not os.path.isdir(folder):  # noqa: PTH112  (hot loop)
        os.makedirs(folder, exist_ok=True)  # noqa: PTH103
        _made.add(folder)
    handle = os.open(f"{staging}/{path}", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(handle, view) :]
    finally:
        os.close(handle)


@contextlib.contextmanager
def _explained(path: Path, is_switching: bool = False) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise explain_os_error(error, path, is_switching) from error


def explain_os_error(error: OSError, path: Path, is_switching: bool = False) -> EnvironmentProblem:
    """Return a Chinese explanation of why the output cannot be written.

    Args:
        is_switching: Whether files were being put into place; else the old site is untouched.
    """
    left = "新的文件只换上了一部分，下次运行会接着换完" if is_switching else "原来的网站没有改动"
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return EnvironmentProblem(f"磁盘满了，没有写出 {path}；{left}", "清出空间后再运行")
    if error.errno == errno.EFBIG:
        return EnvironmentProblem(f"文件超过了系统允许的大小，没有写出 {path}；{left}", "放宽限制后再运行")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return EnvironmentProblem(
            f"没有权限读写 {error.filename or path.parent}；{left}",
            "检查目录的权限，或用 --output 换一个目录",
        )
    if error.errno in (errno.ENOTDIR, errno.EEXIST):
        return EnvironmentProblem(
            f"{error.filename or path} 处应当是目录，却是一个文件；{left}", "用 --output 换一个目录"
        )
    return EnvironmentProblem(
        f"读写 {error.filename or path} 时出错：{error.strerror or error}；{left}", "检查磁盘后再运行"
    )


def _acquire(handle: int) -> None:
    deadline = time.monotonic() + LOCK_SECONDS
    while not try_lock(handle):
        if time.monotonic() > deadline:
            raise EnvironmentProblem("另一个构建正在写同一个输出目录", "等它结束后再运行")
        time.sleep(0.1)


def try_lock(handle: int) -> bool:
    """Whether this process now holds the open lock file; it does until the file is closed."""
    if sys.platform == "win32":
        import msvcrt

        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
