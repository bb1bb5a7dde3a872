"""Excel: worksheets as tables, hidden parts named."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from typing import IO
from xml.etree import ElementTree

from generator.attachments.archives import attribute, elements, open_archive, part_names
from generator.attachments.content import Content, add_row, revision_problems
from generator.attachments.office import common_office, text_of


def read_excel(_name: str, data: bytes, content: Content) -> None:
    with open_archive(data, content) as archive:
        common_office(archive, content)
        strings = _shared_strings(archive)
        sheets = _sheets(archive)
        content.pages = len(sheets)
        hidden = [name for name, state, _ in sheets if state not in ("", "visible")]
        if hidden:
            message = f"附件有隐藏的工作表：{'、'.join(hidden[:5])}"
            content.warn("attachment-hidden-content", message, "取消隐藏后核对，不需要的删去")
        for name, _, part in sheets:
            if part in archive.namelist():
                with archive.open(part) as stream:
                    _read_sheet(name, stream, strings, content)
        comments = part_names(archive, r"xl/(?:.*/)?(?:threadedC|c)omments?[0-9]*\.xml")
        revision_problems(content, commented=bool(comments))
        for part in comments:
            with archive.open(part) as stream:
                texts = [element.text or "" for _, tag, element in elements(stream) if tag in ("t", "text")]
                content.add_text("\n".join(texts))


def _shared_strings(archive: zipfile.ZipFile) -> list[str]:
    strings: list[str] = []
    if "xl/sharedStrings.xml" in archive.namelist():
        with archive.open("xl/sharedStrings.xml") as stream:
            for _, tag, element in elements(stream):
                if tag == "si":
                    strings.append(text_of(element))
                    element.clear()
    return strings


def _sheets(archive: zipfile.ZipFile) -> list[tuple[str, str, str]]:
    """Return name, state and part of every worksheet."""
    targets: dict[str, str] = {}
    with archive.open("xl/_rels/workbook.xml.rels") as stream:
        for _, tag, element in elements(stream):
            if tag == "Relationship":
                target = element.get("Target", "")
                targets[element.get("Id", "")] = (
                    target.lstrip("/") if target.startswith("/") else f"xl/{target}"
                )
    with archive.open("xl/workbook.xml") as stream:
        return [
            (element.get("name", ""), element.get("state", ""), targets.get(attribute(element, "id"), ""))
            for _, tag, element in elements(stream)
            if tag == "sheet"
        ]


def _read_sheet(name: str, stream: IO[bytes], strings: Sequence[str], content: Content) -> None:
    rows: list[list[str]] = []
    hidden = False
    for _, tag, element in elements(stream):
        if tag in ("row", "col") and element.get("hidden") in ("1", "true"):
            hidden = True
        if tag == "row":
            add_row(rows, _cells(element, strings, content.limits.table_columns), content)
            element.clear()
    if hidden:
        message = f"工作表“{name}”有隐藏的行或列"
        content.warn("attachment-hidden-content", message, "取消隐藏后核对，不需要的删去")
    content.add_table(name, rows)


def _cells(row: ElementTree.Element, strings: Sequence[str], widest: int) -> list[str]:
    cells: list[str] = []
    for cell in row:
        letters = re.match(r"[A-Z]+", cell.get("r", ""))
        column = _column_number(letters[0]) if letters else len(cells)
        if column >= widest:
            break
        cells += [""] * (column - len(cells))
        cells.append(_cell_text(cell, strings))
    return cells


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _cell_text(cell: ElementTree.Element, strings: Sequence[str]) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return text_of(cell).strip()
    value = next((part.text or "" for part in cell if part.tag.endswith("}v")), "")
    if kind == "s" and value.isdigit():
        return strings[int(value)].strip() if int(value) < len(strings) else ""
    if kind == "n" and ("E" in value or value.endswith(".0")):
        # A telephone number typed as a number may be stored as 1.3812345678E10.
        number = float(value)
        return str(int(number)) if number.is_integer() and abs(number) < 1e15 else value
    return value.strip()
