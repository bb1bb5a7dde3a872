"""The browser client: one script, further ones that it brings on first use, and a style sheet."""

from __future__ import annotations

import re
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from pathlib import Path
from subprocess import PIPE, run
from tempfile import TemporaryDirectory
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
_PUBLIC: Final = """
yangguang search open query facets suggest suggestions index last cache clear tokens learn json fetch get
Tokens fold foldCharacter pairKey tripleKey numberKey isLetter
Engine inflate packed pack expand twins everyId answer empty panel card combobox doc part tf
limit offset filters sort all progress kind issuer subject year validity total exact partial hits ids bytes
requests id url anchor title score snippet alike synonyms near related synonym marks titleMarks snippetMarks
kindLabel date documentNumber issuers extra heading lapsed unread number fields
version base delta count baseCount cap deltaCap average frequent text own shared characters deltaShared
deltaCharacters lengths kinds classes levels traditional blocks starts names hotline catalogue hot favoured
suggestCharacters suggestLetters expansions question basis clause quote verified_on agency phone guides
pictures stale
class role type id hidden open href click toggle change mousedown q root
"""
"""Names that others use too: the door and what it answers, scripts called by name, the manifest, answer cards, and what
the page takes from its address and its element. Minifying shortens all others, the same way in every script."""

_TERSER: Final = (
    "npx", "--yes", "terser@5", "--compress",
    "passes=4,ecma=2018,unsafe_arrows,unsafe_methods,keep_fargs=false", "--mangle",
    "--mangle-props", f"keep_quoted=strict,reserved={_PUBLIC.split()}", "--ecma", "2018",
)  # fmt: skip


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


@cache
def stamp() -> str:
    """Return the line that the minified scripts made from the present sources begin with."""
    made_from = b"".join(bundle(names) for names in (SCRIPTS, *FURTHER.values())) + " ".join(_TERSER).encode()
    return f"// {blake2b(made_from, digest_size=8).hexdigest()}"


@cache
def smallest(name: str = "search") -> bytes:
    """Return a minified script if all were made from the present sources, else the bundle.

    They are made by ``python -m search.assets`` (needs npx and terser 5), and a test sees that they are up to date.
    """
    files_ = {each: source(f"{each}.min.js").partition("\n") for each in ("search", *FURTHER)}
    if all(head == stamp() for head, _, _ in files_.values()):
        return files_[name][2].encode()
    return bundle(FURTHER.get(name, SCRIPTS))


def minify() -> None:
    """Write the minified scripts, ``client/*.min.js``."""
    with TemporaryDirectory() as folder:
        command = (*_TERSER, "--name-cache", str(Path(folder) / "names.json"))
        for name in ("search", *FURTHER):
            made = run(
                command, input=bundle(FURTHER.get(name, SCRIPTS)), stdout=PIPE, check=True
            ).stdout.decode()
            target = Path(__file__).with_name("client") / f"{name}.min.js"
            target.write_text(f"{stamp()}\n{made.strip()}\n", encoding="utf-8")


if __name__ == "__main__":
    minify()
