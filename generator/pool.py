"""Work spread over processes: one worker and many give equal results, in the order of the items."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from typing import Any, Final, TypeVar

Result = TypeVar("Result")

#: Starting a process costs about as much as this many units of work in this one.
UNITS_WORTH_A_WORKER: Final = 120

_context: Any = None
_function: Callable[[Any, Any], Any] | None = None


def _start(context: Any, function: Callable[[Any, Any], Any], prepare: Callable[[Any], Any] | None) -> None:
    global _context, _function
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent ends us
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _context = prepare(context) if prepare else context
    _function = function


def _work(chunk: Sequence[Any]) -> list[Any]:
    assert _function is not None
    return [_function(_context, item) for item in chunk]


def _measured(function: Callable[[Any, Any], Result], context: Any, item: Any) -> tuple[Result, float]:
    started = time.perf_counter()
    value = function(context, item)
    return value, time.perf_counter() - started


def worker_count(limit: int | None = None) -> int:
    """Return how many processes to use: all processors at hand, or fewer if limited."""
    available = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else (os.cpu_count() or 1)
    return max(1, min(available, limit or available))


def run(
    function: Callable[[Any, Any], Result],
    items: Sequence[Any],
    *,
    context: Any = None,
    prepare: Callable[[Any], Any] | None = None,
    finish: Callable[[Any], None] | None = None,
    workers: int = 1,
    chunk_size: int = 0,
    units: int = 1,
    progress: Callable[[int], None] | None = None,
    timed: Callable[[Any, float], None] | None = None,
) -> Iterator[Result]:
    """Yield ``function(prepared context, item)`` for every item, in order.

    Args:
        context: Given once to each worker; must survive pickling where processes cannot fork.
        prepare: Turns the context into what the function gets, once in each worker (open files, parsers).
        finish: Closes what was prepared in this process; workers end, which closes theirs.
        units: How many units of work an item is.
        progress: Called with the number of items that were finished since the last call.
        timed: Called with each item and the seconds that it took.

    Raises:
        Whatever the function raises: problems in content must come back as values.
    """
    if timed:
        measured = run(
            partial(_measured, function),
            items,
            context=context,
            prepare=prepare,
            finish=finish,
            workers=workers,
            chunk_size=chunk_size,
            units=units,
            progress=progress,
        )
        for item, (value, seconds) in zip(items, measured, strict=True):
            timed(item, seconds)
            yield value
        return
    workers = min(workers, 1 + len(items) * units // UNITS_WORTH_A_WORKER)
    if workers <= 1:
        ready = prepare(context) if prepare else context
        try:
            for item in items:
                yield function(ready, item)
                if progress:
                    progress(1)
        finally:
            if finish:
                finish(ready)
        return
    size = chunk_size or max(1, min(256, len(items) // (workers * 8)))
    chunks = [items[start : start + size] for start in range(0, len(items), size)]
    method = "fork" if sys.platform.startswith("linux") else "spawn"
    gc.collect()
    gc.freeze()  # keeps the collector of the children from touching, and so copying, the parent's pages
    try:
        with ProcessPoolExecutor(
            workers,
            multiprocessing.get_context(method),
            initializer=_start,
            initargs=(context, function, prepare),
        ) as executor:
            try:
                for chunk, results in zip(chunks, executor.map(_work, chunks), strict=True):
                    yield from results
                    if progress:
                        progress(len(chunk))
            except BaseException:
                executor.shutdown(wait=False, cancel_futures=True)
                raise
    finally:
        gc.unfreeze()
