"""OFD (GB/T 33190) and OpenDocument."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree

from generator.attachments.archives import MOST_REPEATED_CELLS, attribute, elements, open_archive, part_names
from generator.attachments.content import Content, add_row, encrypted, revision_problems, warn_scan


def read_ofd(_name: str, data: bytes, content: Content) -> None:
    with open_archive(data, content) as archive:
        pages = part_names(archive, r"(?i).*/Pages/.*Content[^/]*\.xml")
        content.pages = len(pages)
        before = content.characters
        for part in pages[: content.limits.pages]:
            with archive.open(part) as stream:
                lines = [element.text or "" for _, tag, element in elements(stream) if tag == "TextCode"]
            content.add_text("\n".join(lines))
        content.has_text_layer = content.characters > before
        if pages and not content.has_text_layer:
            warn_scan(content)
        with archive.open("OFD.xml") as stream:
            content.metadata([element.text or "" for _, tag, element in elements(stream) if tag == "Author"])


def read_open_document(_name: str, data: bytes, content: Content) -> None:
    with open_archive(data, content) as archive:
        if b"encryption-data" in archive.read("META-INF/manifest.xml"):
            encrypted(content)
            return
        rows: list[list[str]] = []
        tags: set[str] = set()
        depth, name = 0, ""
        with archive.open("content.xml") as stream:
            for event, tag, element in elements(stream, ("start", "end")):
                if tag == "table":
                    depth += 1 if event == "start" else -1
                    name = attribute(element, "name")
                    if depth == 0:
                        content.add_table(name, rows)
                        rows = []
                elif event == "start":
                    tags.add(tag)
                elif tag == "table-row" and depth == 1:
                    add_row(rows, list(_open_cells(element)), content)
                    element.clear()
                elif tag in ("p", "h") and depth == 0:
                    content.add_text("".join(element.itertext()))
                    element.clear()
        revision_problems(content, tracked="tracked-changes" in tags, commented="annotation" in tags)
        if "meta.xml" in archive.namelist():
            with archive.open("meta.xml") as stream:
                people = ("creator", "initial-creator")
                content.metadata(
                    [element.text or "" for _, tag, element in elements(stream) if tag in people]
                )


def _open_cells(row: ElementTree.Element) -> Iterator[str]:
    for cell in row:
        repeated = attribute(cell, "number-columns-repeated")
        count = min(int(repeated), MOST_REPEATED_CELLS) if repeated.isdigit() else 1
        for _ in range(count):
            yield "".join(cell.itertext()).strip()
