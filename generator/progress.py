"""How far a build is, and how long its stages took."""

from __future__ import annotations

import heapq
import logging
import time
from collections.abc import Callable
from typing import Final

log = logging.getLogger(__name__)

Progress = Callable[[str, int, int], None]
"""Told the stage's name, how many are done and how many there are."""


SLOWEST: Final = 10
"""So many files are named where the slowest are asked for."""


class Stages:
    """Times the stages and reports progress."""

    def __init__(self, progress: Progress | None, is_timed: bool = False) -> None:
        self.done: list[tuple[str, int, float]] = []
        self._slowest: list[tuple[float, str, str]] = []
        self._is_timed = is_timed
        self._progress = progress
        self._started = time.perf_counter()

    def finish(self, name: str, count: int) -> None:
        """End a stage that did ``count`` things."""
        now = time.perf_counter()
        self.done.append((name, count, now - self._started))
        log.info("%s: %d in %.2f s", name, count, now - self._started)
        self._started = now

    def counter(self, name: str, total: int) -> Callable[[int], None] | None:
        """Return what to tell how many more of ``total`` are done, if anybody listens."""
        if self._progress is None:
            return None
        report, done = self._progress, 0

        def count(more: int) -> None:
            nonlocal done
            done += more
            report(name, done, total)

        return count

    def timer(self, name: str) -> Callable[[str, float], None] | None:
        """Return what takes down the seconds of a file in a stage, if the slowest are wanted."""
        if not self._is_timed:
            return None

        def note(file: str, seconds: float) -> None:
            self._slowest.append((seconds, name, file))
            if len(self._slowest) > 10 * SLOWEST:
                self._slowest = self.slowest()

        return note

    def slowest(self) -> list[tuple[float, str, str]]:
        """Return seconds, stage and file of the slowest files, the longest first."""
        return heapq.nlargest(SLOWEST, self._slowest)
