"""Word and PowerPoint: paragraphs, tables and what revisions left behind."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import IO, Final
from xml.etree import ElementTree

from generator.attachments.archives import MOST_REPEATED_CELLS, attribute, elements, open_archive, part_names
from generator.attachments.content import Content, add_row, revision_problems

_TEXT_TAGS: Final = frozenset(("t", "delText", "instrText", "TextCode"))
_BREAK_TAGS: Final = frozenset(("tab", "br", "cr", "line-break"))


def text_of(element: ElementTree.Element) -> str:
    """Return the text below an element of Word, Excel or PowerPoint, deleted text of a revision included."""
    parts = []
    for part in element.iter():
        tag = part.tag.rpartition("}")[2]
        if tag in _TEXT_TAGS:
            parts.append(part.text or "")
        elif tag in _BREAK_TAGS:
            parts.append("\t" if tag == "tab" else "\n")
        elif tag == "p" and parts:
            parts.append("\n")
    return "".join(parts)


def read_word(_name: str, data: bytes, content: Content) -> None:
    with open_archive(data, content) as archive:
        common_office(archive, content)
        names = [
            "word/document.xml",
            *part_names(archive, r"word/(?:header|footer|footnotes|endnotes|comments)[0-9]*\.xml"),
        ]
        tags: set[str] = set()
        for name in names:
            with archive.open(name) as stream:
                tags |= _flow(stream, content)
        revised = not tags.isdisjoint(("ins", "del", "moveFrom", "moveTo"))
        revision_problems(content, tracked=revised, commented="comment" in tags)


def _flow(stream: IO[bytes], content: Content) -> set[str]:
    """Collect the paragraphs and tables of a part of Word or PowerPoint; return the tags it uses.

    Rows are released one by one, so that a table of a whole city needs no more memory than its text.
    """
    tags: set[str] = set()
    depth = 0
    rows: list[list[str]] = []
    for event, tag, element in elements(stream, ("start", "end")):
        if event == "start":
            tags.add(tag)
            if tag == "tbl":
                depth += 1
        elif tag == "tbl":
            depth -= 1
            if depth == 0:
                content.add_table("", rows)
                rows = []
                element.clear()
        elif tag == "tr" and depth == 1:
            add_row(rows, list(_flow_cells(element)), content)
            element.clear()
        elif tag == "p" and depth == 0:
            content.add_text(text_of(element))
            element.clear()
    return tags


def _flow_cells(row: ElementTree.Element) -> Iterator[str]:
    """Yield the cells of a row, those inside content controls too, and blanks for the columns they span."""
    for child in row:
        tag = child.tag.rpartition("}")[2]
        if tag in ("sdt", "sdtContent"):
            yield from _flow_cells(child)
        elif tag == "tc":
            yield text_of(child).strip()
            span = child.find("./{*}tcPr/{*}gridSpan")
            width = attribute(span, "val") if span is not None else ""
            yield from [""] * (min(int(width), MOST_REPEATED_CELLS) - 1 if width.isdigit() else 0)


def common_office(archive: zipfile.ZipFile, content: Content) -> None:
    """Look for what every OOXML file may carry: macros, and names in its properties."""
    names = archive.namelist()
    if any(name.endswith("vbaProject.bin") for name in names):
        content.problem("attachment-macro", "附件含有宏", "另存为不带宏的格式后再上传")
    people: list[str] = []
    for part, wanted in (
        ("docProps/core.xml", {"creator", "lastModifiedBy"}),
        ("docProps/app.xml", {"Company", "Manager"}),
    ):
        if part in names:
            with archive.open(part) as stream:
                people += [element.text or "" for _, tag, element in elements(stream) if tag in wanted]
    content.metadata(people)


def read_slides(_name: str, data: bytes, content: Content) -> None:
    with open_archive(data, content) as archive:
        common_office(archive, content)
        slides = part_names(archive, r"ppt/slides/slide[0-9]+\.xml")
        content.pages = len(slides)
        for part in [*slides, *part_names(archive, r"ppt/notesSlides/notesSlide[0-9]+\.xml")]:
            with archive.open(part) as stream:
                _flow(stream, content)
        comments = part_names(archive, r"ppt/comments/.*\.xml")
        revision_problems(content, commented=bool(comments))
