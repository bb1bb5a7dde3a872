"""JavaScript engines for Python: QuickJS where it has wheels, else V8 (mini-racer), whose wheels suit any Python."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Protocol

Read = Callable[[str], str | None]
"""Returns the bytes of a file of the index as a text of latin-1 characters, None if there is none."""

MEMORY_BYTES = 1 << 30


class ScriptEngine(Protocol):
    """Runs scripts; those that read files of the index do so through ``readFile``, which returns a promise."""

    def run(self, code: str) -> Any:
        """Run a script with all that it has promised, and return its value."""


class QuickJs:
    """QuickJS; calls back into Python."""

    def __init__(self, read: Read) -> None:
        import quickjs  # type: ignore[import-untyped,unused-ignore]

        def reading(path: str) -> str | None:
            text = read(path)
            # Text with zero characters does not cross into the engine whole; of U+0100 the low byte is zero.
            return None if text is None else text.replace("\0", "\u0100")

        self._context = quickjs.Context()
        self._context.set_memory_limit(MEMORY_BYTES)
        self._context.add_callable("readNow", reading)
        self._context.eval("function readFile(path) { return Promise.resolve(readNow(path)); }")

    def run(self, code: str) -> Any:
        value = self._context.eval(code)
        while self._context.execute_pending_job():
            pass
        return value


class V8:
    """V8; it cannot wait for Python, so that scripts leave word of what they want and are given it."""

    def __init__(self, read: Read) -> None:
        from py_mini_racer import MiniRacer  # type: ignore[import-not-found,unused-ignore]

        self._read = read
        self._context: Any = MiniRacer()
        self._context.set_hard_memory_limit(MEMORY_BYTES)
        self._context.eval(
            "var wanted = [];"
            "function readFile(path) { return new Promise(function (done) { wanted.push([path, done]); }); }"
            "var given = {};"
            "function takeWanted() { given = wanted; wanted = [];"
            " return JSON.stringify(given.map(function (entry) { return entry[0]; })); }"
            "function give(texts) { var asked = given; asked.forEach(function (entry, i) { entry[1](texts[i]); }); }"
        )

    def run(self, code: str) -> Any:
        value = self._context.eval(code)
        while paths := json.loads(self._context.eval("takeWanted()")):
            texts = json.dumps([self._read(path) for path in paths], ensure_ascii=False)
            self._context.eval(f"give({texts})")
        return value


def script_engine(read: Read) -> ScriptEngine:
    """Return the engine that is installed."""
    try:
        return QuickJs(read)
    except ImportError:
        return V8(read)
