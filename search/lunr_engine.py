"""The engine of small sites: an index by lunr.py, asked by lunr.js, with the tokens of FORMAT.md on both sides.

The search folder then holds the index and all records in one file, which a visitor loads whole: sensible for
some hundred pages. What matches is decided by the text, as in the other engine.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import msgspec
from lunr.builder import Builder  # type: ignore[import-untyped]
from lunr.index import Index  # type: ignore[import-untyped]
from lunr.pipeline import Pipeline  # type: ignore[import-untyped]
from lunr.token import Token  # type: ignore[import-untyped]

from search.assets import bundle, client_files
from search.builder import BuildReport
from search.options import LUNR_NOTICE, Options, settings_of
from search.output import Output, digest, present
from search.packs import write_packs
from search.parts import seal
from search.records import RecordSource, SearchRecord, source_of
from search.tokenize import fold, tables, traditional

MOST: Final = 300
"""Documents beyond which a visitor loads too much."""

_LABEL: Final = "yangguang"
_BEFORE: Final = ("tokenize.js", "index.js", "passage.js")
_AFTER: Final = (
    *("transport.js", "page.js", "inflate.js", "packed.js"),
    *("combobox.js", "panel.js", "card.js", "empty.js"),
)


def terms(text: str) -> Iterator[str]:
    """Yield the neighbouring letters of a text, and letters that stand alone (FORMAT.md sections 1 to 3)."""
    letter = tables().letter
    for line in fold(text).split("\n"):
        spaced = "".join(char if letter[ord(char)] else " " for char in line)
        for run in spaced.split():
            yield from ("".join(pair) for pair in pairwise(run)) if len(run) > 1 else (run,)


def _tokens(token: Token, place: int, others: Sequence[Token]) -> list[Token]:
    return [Token(term) for term in terms(str(token))]


if _LABEL not in Pipeline.registered_functions:
    Pipeline.register_function(_tokens, _LABEL)


def index_of(records: Iterable[SearchRecord]) -> Index:
    """Return the lunr index of some records."""
    builder = Builder()
    builder.ref("id")
    builder.field("title", boost=4)
    builder.field("text")
    builder.pipeline.add(_tokens)
    builder.search_pipeline.add(_tokens)
    for record in records:
        sections = (line for section in record.sections for line in (section.heading, section.text))
        heads = (record.document_number, *record.issuers, *record.keywords, *record.extra)
        builder.add({"id": record.id, "title": [record.title], "text": [*heads, *sections]})
    return builder.build()


@cache
def scripts(has_page: bool = True) -> bytes:
    """Return the script of the search folder; without the page's half, for the terminal."""
    folder = files("search")
    engine = folder.joinpath("vendor", "lunr.min.js").read_bytes() + b"\n"
    engine += folder.joinpath("lunr", "engine.js").read_bytes()
    return bundle(_BEFORE) + engine + bundle(_AFTER if has_page else ("inflate.js",))


def build_lunr(
    records: Iterable[SearchRecord | RecordSource],
    out_dir: Path,
    options: Options | None = None,
    cache_dir: Path | None = None,
) -> BuildReport:
    """Write the index of these records into ``out_dir`` and report the files, as `search.build` does.

    Args:
        cache_dir: Remembers what the index was made from, so that the same is not made again.
    """
    chosen = options or Options()
    sources = [each if isinstance(each, RecordSource) else source_of(each) for each in records]
    sources.sort(key=lambda source: (source.date, source.id))
    output = Output(out_dir, {path: digest((out_dir / path).read_bytes()) for path in present(out_dir)})
    known = [(source.id, source.digest) for source in sources]
    settings = msgspec.structs.replace(chosen, workers=1)
    note = cache_dir / "lunr" if cache_dir else None
    if note and note.is_file() and note.read_bytes() == _made_from(known, settings, output.before):
        return BuildReport(output.before, (), (), len(sources), len(sources), False)
    loaded = [source.load() for source in sources]
    table = traditional()
    index = index_of(loaded).serialize()
    # lunr.js wants the terms in the order of its strings, which are UTF-16.
    index["invertedIndex"].sort(key=lambda entry: entry[0].encode("utf-16-be"))
    content = {
        "settings": settings_of(chosen),
        "traditional": "".join(char + table[char] for char in sorted(table)),
        "records": [_shown(record) for record in loaded],
        "index": index,
    }
    output.write("m.bin", seal(zlib.compress(msgspec.json.encode(content, order="deterministic"), 9), b""))
    output.write("search.js", scripts())
    output.write("search.css", client_files()["search.css"])
    output.write(LUNR_NOTICE, files("search").joinpath("vendor", LUNR_NOTICE).read_bytes())
    if chosen.layout != "files":
        write_packs(output, {})
    removed = output.remove_rest()
    changed = tuple(sorted(output.changed))
    if note:
        note.parent.mkdir(parents=True, exist_ok=True)
        note.write_bytes(_made_from(known, settings, output.files))
    return BuildReport(output.files, changed, removed, len(loaded), len(loaded), bool(changed))


def _made_from(known: list[tuple[str, bytes]], settings: Options, made: dict[str, bytes]) -> bytes:
    """Return the digest of what an index was made from, and of its files."""
    parts = (known, settings, digest(scripts()), sorted(made.items()))
    return digest(msgspec.msgpack.encode(parts))


def _shown(record: SearchRecord) -> dict[str, Any]:
    """Return what the script needs of a record, by the names that the hits of the door have."""
    return {
        "id": record.id,
        "url": record.url,
        "title": record.title,
        "kind": record.kind,
        "kindLabel": record.kind_label,
        "date": record.date,
        "documentNumber": record.document_number,
        "issuers": record.issuers,
        "subject": record.subject,
        "validity": record.validity,
        "lapsed": record.lapsed,
        "extra": (*record.keywords, *record.extra),
        "sections": record.sections,
        "answer": record.answer,
    }
