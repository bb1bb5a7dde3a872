"""The browser client as one script and one style sheet."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Final

SCRIPTS: Final = (
    "tokenize.js", "index.js", "query.js", "passage.js", "suggest.js", "engine.js", "transport.js", "page.js",
)  # fmt: skip
ENGINE_SCRIPTS: Final = SCRIPTS[:-2]
"""Those that need neither a document nor a network."""

_COMMENT: Final = re.compile(r"^\s*(/\*\*.*?\*/|//[^\n]*)\n", re.DOTALL | re.MULTILINE)
_INDENT: Final = re.compile(r"^[ \t]+|[ \t]+$", re.MULTILINE)


def source(name: str) -> str:
    """Return a client file as written."""
    return files("search").joinpath("client", name).read_text("utf-8")


@cache
def bundle(names: tuple[str, ...] = SCRIPTS) -> bytes:
    """Return the scripts in order, without the comments and the indentation."""
    text = "".join(source(name) for name in names)
    lines = _INDENT.sub("", _COMMENT.sub("", text)).split("\n")
    return ("\n".join(line for line in lines if line) + "\n").encode()


def client_files() -> dict[str, bytes]:
    """Return what the search folder holds besides the index, by name."""
    return {"search.js": bundle(), "search.css": source("search.css").encode()}
