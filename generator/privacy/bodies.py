"""Tables inside Markdown: rows of pipes, and HTML tables as importers write them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from html.parser import HTMLParser
from typing import Final

from generator.privacy.masks import NAMES_WITH_ATTRIBUTES, SENSITIVE_TABLE
from generator.privacy.tables import TableFinding, header_row, scan_table

_DELIMITER: Final = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
_CELL: Final = re.compile(r"(?<!\\)\|")

Row = tuple[int, list[str]]
"""One-based line and cells."""


def scan_tables(text: str, allow: Collection[str] = ()) -> Iterator[tuple[int, TableFinding]]:
    """Yield what the tables of a text show only as tables, with the line of the first row concerned.

    Single values are left to `scan_text`, which reads the same cells.
    """
    if "|" in text:
        for rows in _pipe_tables(text):
            yield from _findings(rows, allow)
    if "<table" in text:
        reader = _HtmlTables()
        reader.feed(text)
        reader.close()
        for rows in reader.tables:
            yield from _findings(rows, allow)


def _findings(rows: list[Row], allow: Collection[str]) -> Iterator[tuple[int, TableFinding]]:
    cells = [row for _, row in rows]
    header = header_row(cells)
    if header is None:
        return
    below = rows[header + 1 :]
    for found in scan_table(cells[header], cells[header + 1 :], allow):
        if found.code in (SENSITIVE_TABLE, NAMES_WITH_ATTRIBUTES):
            yield below[found.row][0], found


def _pipe_tables(text: str) -> Iterator[list[Row]]:
    lines = text.split("\n")
    end = 0
    for index in range(1, len(lines)):
        if index < end or "-" not in lines[index] or "|" not in lines[index - 1]:
            continue
        if "|" not in lines[index] or not _DELIMITER.fullmatch(lines[index]):
            continue
        end = index + 1
        while end < len(lines) and "|" in lines[end]:
            end += 1
        numbers = [index - 1, *range(index + 1, end)]
        yield [(number + 1, _cells(lines[number])) for number in numbers]


def _cells(line: str) -> list[str]:
    stripped = line.strip()
    stripped = stripped.removeprefix("|")
    if stripped.endswith("|") and not stripped.endswith("\\|"):
        stripped = stripped[:-1]
    return [cell.strip() for cell in _CELL.split(stripped)]


class _HtmlTables(HTMLParser):
    """Collects the rows of tables; a table within a cell belongs to the outer one's text."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[list[Row]] = []
        self.depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.depth += 1
            if self.depth == 1:
                self.tables.append([])
        elif self.depth == 1 and tag == "tr":
            self.tables[-1].append((self.getpos()[0], []))
        elif self.depth == 1 and tag in ("td", "th") and self.tables[-1]:
            self.tables[-1][-1][1].append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == "table" and self.depth:
            self.depth -= 1

    def handle_data(self, data: str) -> None:
        if self.depth and self.tables[-1] and self.tables[-1][-1][1]:
            row = self.tables[-1][-1][1]
            row[-1] = f"{row[-1]}{data}".strip()
