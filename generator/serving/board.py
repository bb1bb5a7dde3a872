"""What the preview shows now: told by the builder, read by every request."""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Sequence
from typing import Final

import msgspec

from generator.diagnostics import Diagnostic

REMEMBERED_CHANGES: Final = 200
HANDBOOK_FILE: Final = "handbook/"
"""Stands for all pages of the handbook in what browsers wait for; no page of a site has this name."""


class Mount(msgspec.Struct, frozen=True):
    """Where a site of the group is shown.

    Attributes:
        prefix: Address that its pages begin with, such as ``/zwgk/``.
        folder: Where its files lie below the output folder, empty or with a trailing slash.
        base_path: Its base path on the host; differs from the prefix where several domains share the preview.
        base_url: Absolute address of its root on the host.
    """

    name: str
    prefix: str
    folder: str
    base_path: str
    base_url: str


class Progressed(msgspec.Struct, frozen=True):
    """The running build has done so much; shown while there is no site yet."""

    text: str


class Published(msgspec.Struct, frozen=True):
    """A build succeeded.

    Attributes:
        changed: Files below the output folder that are new, changed or gone; None for all.
    """

    mounts: tuple[Mount, ...]
    changed: frozenset[str] | None
    diagnostics: tuple[Diagnostic, ...]


class Failed(msgspec.Struct, frozen=True):
    """A build stopped; the last good site stays."""

    diagnostics: tuple[Diagnostic, ...]


class HandbookChanged(msgspec.Struct, frozen=True):
    """The handbook's sources changed."""


Message = Progressed | Published | Failed | HandbookChanged


class Board:
    """The state of the preview, shared by all requests.

    A page carries the version it was made at and the name of its file; a browser that asks for news with
    these hears of every change since, whether it was connected or not.
    """

    def __init__(self) -> None:
        self.session: Final = os.urandom(4).hex()
        self._condition = threading.Condition()
        self._changes: deque[tuple[int, frozenset[str] | None]] = deque(maxlen=REMEMBERED_CHANGES)
        self.version = 0
        self.mounts: tuple[Mount, ...] = ()
        self.diagnostics: tuple[Diagnostic, ...] = ()
        self.has_failed = False
        self.progress = ""

    def apply(self, message: Message) -> None:
        """Take note of what the builder says."""
        with self._condition:
            if isinstance(message, Progressed):
                self.progress = message.text
                return
            if isinstance(message, HandbookChanged):
                self._note(frozenset((HANDBOOK_FILE,)))
                return
            self.diagnostics = message.diagnostics
            self.has_failed = isinstance(message, Failed)
            if isinstance(message, Published):
                is_first = not self.mounts
                self.mounts = message.mounts
                self._note(None if is_first else message.changed)
            else:
                self._note(frozenset() if self.mounts else None)

    def handbook_built(self) -> None:
        """Make browsers that show the handbook reload."""
        with self._condition:
            self._note(frozenset((HANDBOOK_FILE,)))

    def _note(self, changed: frozenset[str] | None) -> None:
        self.version += 1
        self._changes.append((self.version, changed))
        self._condition.notify_all()

    def wait(self, seen: int, seconds: float) -> int:
        """Return the version as soon as it is later than ``seen``, at the latest after so many seconds."""
        with self._condition:
            self._condition.wait_for(lambda: self.version > seen, seconds)
            return self.version

    def is_changed(self, file: str, since: int) -> bool:
        """Whether a file changed after a version; yes too where that is too long ago to tell."""
        with self._condition:
            changes: Sequence[tuple[int, frozenset[str] | None]] = self._changes
            if since > self.version or (changes and changes[0][0] > since + 1):
                return True
            return any(
                version > since and (changed is None or file in changed) for version, changed in changes
            )
