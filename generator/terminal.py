"""Progress on a terminal, with rate and remaining time; plain lines elsewhere."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

QUIET_BELOW: Final = 400
"""A stage with fewer items ends before a progress bar could be read."""


class Meter:
    """Shows how far each stage is; silent when quiet or when there is little to do."""

    def __init__(self, *, quiet: bool) -> None:
        self.is_on = not quiet
        self._terminal = sys.stderr.isatty()
        self._progress: Progress | None = None
        self._tasks: dict[str, TaskID] = {}
        self._started: dict[str, float] = {}

    def __enter__(self) -> Meter:
        if self.is_on and self._terminal:
            from rich.console import Console
            from rich.progress import (
                BarColumn,
                MofNCompleteColumn,
                Progress,
                TextColumn,
                TimeRemainingColumn,
            )

            columns = (
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                TextColumn("{task.fields[rate]}"),
                TimeRemainingColumn(),
            )
            self._progress = Progress(*columns, console=Console(stderr=True), transient=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._progress is not None:
            self._progress.stop()

    def update(self, name: str, done: int, total: int) -> None:
        """Show that a stage has done so many of so many items."""
        now = time.monotonic()
        started = self._started.setdefault(name, now)
        if total < QUIET_BELOW:
            return
        rate = done / (now - started) if now - started > 0.5 else 0.0
        if self._progress is None:
            if done >= total:
                sys.stderr.write(f"{name} {total:,} 个，{now - started:.1f} 秒\n")
            return
        if name not in self._tasks:
            self._progress.start()
            self._tasks[name] = self._progress.add_task(name, total=total, rate="")
        self._progress.update(self._tasks[name], completed=done, rate=f"{rate:,.0f} 个/秒" if rate else "")
