"""The browser client: one script, further ones that it brings on first use, and a style sheet."""

from __future__ import annotations

import re
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from pathlib import Path
from subprocess import PIPE, run
from types import MappingProxyType
from typing import Final

SCRIPTS: Final = (
    "tokenize.js", "index.js", "query.js", "passage.js", "engine.js", "transport.js", "page.js",
)  # fmt: skip
"""What every visit needs: `search.js`."""

FURTHER: Final = MappingProxyType(
    {
        "inflate": ("inflate.js",),
        "packed": ("packed.js",),
        "suggest": ("suggest.js", "combobox.js"),
        "expand": ("words.js", "expand.js"),
        "twins": ("words.js", "twins.js"),
        "facets": ("columns.js", "panel.js"),
        "everyId": ("everyId.js",),
        "answer": ("answer.js", "card.js"),
        "empty": ("empty.js",),
    }
)
"""What only some visits need, by the function that the script defines: `search.need` in `client/index.js`."""

ENGINE_SCRIPTS: Final = (
    *SCRIPTS[:-2],
    *(
        "inflate.js",
        "suggest.js",
        "words.js",
        "expand.js",
        "twins.js",
        "columns.js",
        "everyId.js",
        "answer.js",
    ),
)
"""Those that need neither a document nor a network."""

_COMMENT: Final = re.compile(r"^\s*(/\*\*.*?\*/|//[^\n]*)\n", re.DOTALL | re.MULTILINE)
_INDENT: Final = re.compile(r"^[ \t]+|[ \t]+$", re.MULTILINE)
_TERSER: Final = (
    "npx", "--yes", "terser@5", "--compress",
    "passes=3,ecma=2018,unsafe_arrows,unsafe_methods,keep_fargs=false", "--mangle", "--mangle-props", "regex=/^_/",
    "--ecma", "2018",
)  # fmt: skip
"""Names that begin with ``_`` are private to their class, and so of one script."""


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
    scripts = {f"{name}.js": smallest(name) for name in ("search", *FURTHER)}
    return scripts | {"search.css": source("search.css").encode()}


def stamp(name: str = "search") -> str:
    """Return the line that a minified script made from the present sources begins with."""
    return f"// {blake2b(bundle(FURTHER.get(name, SCRIPTS)), digest_size=8).hexdigest()}"


@cache
def smallest(name: str = "search") -> bytes:
    """Return a minified script if it was made from the present sources, else the bundle.

    It is made by ``python -m search.assets`` (needs npx and terser 5), and a test sees that it is up to date.
    """
    head, _, script = source(f"{name}.min.js").partition("\n")
    return script.encode() if head == stamp(name) else bundle(FURTHER.get(name, SCRIPTS))


def minify() -> None:
    """Write the minified scripts, ``client/*.min.js``, that are not up to date."""
    for name in ("search", *FURTHER):
        target = Path(__file__).with_name("client") / f"{name}.min.js"
        if target.exists() and target.read_text("utf-8").partition("\n")[0] == stamp(name):
            continue
        made = run(_TERSER, input=bundle(FURTHER.get(name, SCRIPTS)), stdout=PIPE, check=True).stdout.decode()
        target.write_text(f"{stamp(name)}\n{made.strip()}\n", encoding="utf-8")


if __name__ == "__main__":
    minify()
