"""The build's own check that pages are found, and a report on real queries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import blake2b
from pathlib import Path
from typing import Final

import msgspec

from search.records import SearchRecord
from search.terminal import Terminal

_PHRASE: Final = 12
_FEWEST: Final = 4
_SHORTEST: Final = 2


class Miss(msgspec.Struct, frozen=True):
    """A query that did not find the page it was taken from."""

    query: str
    id: str
    title: str


def sample(ids: Iterable[str], count: int) -> list[str]:
    """Choose ids evenly by their digest, so that the same content gives the same sample."""
    return sorted(ids, key=lambda each: blake2b(each.encode(), digest_size=8).digest())[:count]


def fragments(record: SearchRecord) -> Iterator[str]:
    """Yield what a reader of this page may type: its title, part of it, its 文号, words of a clause."""
    title = record.title.strip()
    typed = [title, record.document_number.replace("〔", "[").replace("〕", "]")]
    if len(title) > _PHRASE:
        typed.append(title[len(title) // 3 :][:_PHRASE])
    lines = [
        line for section in record.sections for line in section.text.split("\n") if len(line) > 2 * _PHRASE
    ]
    if lines:
        line = lines[len(lines) // 2]
        middle = len(line) // 2
        words = "".join(line[middle : middle + _PHRASE].split())
        typed += [words] if len(words) >= _FEWEST else []
    yield from (text for text in typed if len(text) >= _SHORTEST and any(char.isalnum() for char in text))


def misses(records: Iterable[SearchRecord], folder: Path) -> list[Miss]:
    """Ask the index for fragments of records; return the queries that miss their page."""
    terminal = Terminal(folder)
    return [
        Miss(query, record.id, record.title)
        for record in records
        for query in fragments(record)
        if record.id not in terminal.query(query, limit=1, all=True)["ids"]
    ]


def zero_results(queries: Iterable[str], folder: Path) -> list[str]:
    """Return the real queries, one per line of the editors' list, that find nothing exactly."""
    terminal = Terminal(folder)
    asked = dict.fromkeys(query.strip() for query in queries)
    return [query for query in asked if query and not query.startswith("#") and _found(terminal, query) == 0]


def _found(terminal: Terminal, query: str) -> int:
    result = terminal.query(query, limit=1)
    return int(result["total"]) + int(result["alike"])
