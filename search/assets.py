"""The browser client as one script and one style sheet."""

from __future__ import annotations

import re
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from pathlib import Path
from subprocess import PIPE, run
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
    return {"search.js": smallest(), "search.css": source("search.css").encode()}


def stamp() -> str:
    """Return the line that a minified script made from the present sources begins with."""
    return f"// {blake2b(bundle(), digest_size=8).hexdigest()}"


@cache
def smallest() -> bytes:
    """Return the minified script if it was made from the present sources, else the bundle.

    It is made by ``python -m search.assets`` (needs npx and terser 5), and a test sees that it is up to date.
    """
    head, _, script = source("search.min.js").partition("\n")
    return script.encode() if head == stamp() else bundle()


def minify() -> None:
    """Write `client/search.min.js`."""
    command = ["npx", "--yes", "terser@5", "--compress", "passes=3,ecma=2018", "--mangle", "--ecma", "2018"]
    made = run(command, input=bundle(), stdout=PIPE, check=True).stdout.decode()
    target = Path(__file__).with_name("client") / "search.min.js"
    target.write_text(f"{stamp()}\n{made.strip()}\n", encoding="utf-8")


if __name__ == "__main__":
    minify()
