"""Work spread over processes that are forks of this one, and so have its values without pickling them."""

from __future__ import annotations

import gc
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from types import TracebackType
from typing import Any, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")

_context: Any = None


def _start(context: Any) -> None:
    global _context
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent ends us
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _context = context


def _call(function: Callable[[Any, Task], Result], task: Task) -> Result:
    return function(_context, task)


class Crew:
    """Runs functions on tasks, here or in forks, always with the same results in the same order."""

    def __init__(self, workers: int, context: Any) -> None:
        """Prepare; processes start with the first tasks that are worth it.

        Args:
            workers: At most so many. Where processes cannot fork safely, all work is done here.
            context: First argument of every function; forks have it as it is when they start.
        """
        self._workers = workers if sys.platform.startswith("linux") else 1
        self._context = context
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Crew:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=kind is None, cancel_futures=True)
            gc.unfreeze()

    def run(
        self, function: Callable[[Any, Task], Result], tasks: Sequence[Task], *, is_large: bool
    ) -> Iterator[Result]:
        """Yield the function's results; `is_large` says whether the work is worth starting processes."""
        if self._workers == 1 or len(tasks) < 2 or not is_large:
            return (function(self._context, task) for task in tasks)
        if self._pool is None:
            gc.collect()
            gc.freeze()  # keeps the collector of the forks from touching, and so copying, this process's pages
            self._pool = ProcessPoolExecutor(
                self._workers, get_context("fork"), initializer=_start, initargs=(self._context,)
            )
        return self._pool.map(_call, [function] * len(tasks), tasks)
