"""The browser's engine in an embedded JavaScript engine: for the terminal and for the build's self-test."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from search.assets import ENGINE_SCRIPTS, bundle
from search.options import LUNR_NOTICE
from search.packs import pack_of
from search.scripts import Read, ScriptEngine, script_engine

_DRIVER: Final = """
var driver = { state: {} };
driver.engine = new yangguang.search.Engine({ get: function (path) {
  return readFile(path).then(function (text) {
    if (text === null) { throw new Error('missing ' + path); }
    var bytes = new Uint8Array(text.length);
    for (var i = 0; i < bytes.length; i++) bytes[i] = text.charCodeAt(i);
    return bytes;
  });
} });
driver.call = function (method, first, second) {
  driver.state = {};
  driver.engine[method](first, JSON.parse(second)).then(
    function (value) { driver.state = { value: value }; },
    function (error) { driver.state = { error: String(error && error.message || error) }; });
};
driver.outcome = function () { return JSON.stringify(driver.state); };
"""


def _scripts(folder: Path) -> bytes:
    """Return the engine that the browser runs for this index."""
    if not (folder / LUNR_NOTICE).is_file():
        return bundle(ENGINE_SCRIPTS)
    from search.lunr_engine import scripts

    return scripts(has_page=False)


class SearchUnavailable(Exception):
    """The index could not be read."""


class Terminal:
    """One index on disk, asked as a browser asks it."""

    def __init__(self, folder: Path, engine: Callable[[Read], ScriptEngine] = script_engine) -> None:
        self._folder = folder
        self._packs: dict[str, dict[str, str]] = {}
        self._engine = engine(self._read)
        self._engine.run(_scripts(folder).decode())
        self._engine.run(_DRIVER)

    def _read(self, path: str) -> str | None:
        try:
            data = (self._folder / path).read_bytes()
        except OSError:
            packed = self._pack(pack_of(path)).get(path)
            if packed is None:
                return None
            data = b64decode(packed)
        return data.decode("latin-1")

    def _pack(self, name: str) -> dict[str, str]:
        """Return the files of a pack, as the packed layout has them; none if there is no such pack."""
        if name not in self._packs:
            try:
                script = (self._folder / "k" / f"{name}.js").read_text("utf-8")
                self._packs[name] = json.loads(script[script.index("{") : script.rindex("}") + 1])
            except (OSError, ValueError):
                self._packs[name] = {}
        return self._packs[name]

    def query(self, text: str, **options: Any) -> dict[str, Any]:
        """Return what ``query`` of the browser's door returns; options as there (limit, filters, sort, all …)."""
        found: dict[str, Any] = self._call("query", text, options)
        return found

    def suggest(self, typed: str) -> list[dict[str, Any]]:
        """Return the suggestions for what has been typed."""
        found: list[dict[str, Any]] = self._call("suggest", typed, {})
        return found

    def _call(self, method: str, text: str, options: dict[str, Any]) -> Any:
        self._engine.run(
            f"driver.call({json.dumps(method)}, {json.dumps(text)}, {json.dumps(json.dumps(options))})"
        )
        outcome = json.loads(self._engine.run("driver.outcome()"))
        if "value" not in outcome:
            raise SearchUnavailable(outcome.get("error", "没有结果"))
        return outcome["value"]
