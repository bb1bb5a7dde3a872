"""Values of the importer: what a reader finds in a file, and what recognition makes of it.

A reader (`word.py`, `html.py`, `plain.py`) turns one file into a `RawDocument`: blocks in reading order and
the catalogue data the file states by label. `recognise.py` turns that into an `ImportedDocument`.
"""

from __future__ import annotations

from typing import Literal

import msgspec

Align = Literal["", "center", "right"]


class Paragraph(msgspec.Struct, frozen=True):
    """One paragraph as plain text.

    Attributes:
        text: Without outer white space; never empty. Line breaks are already resolved.
        heading: Level the source itself declares (heading style, ``<h2>``); 0 for running text.
        align: How the source sets the line; blank padding in front of a signature counts as ``right``.
    """

    text: str
    heading: int = 0
    align: Align = ""


class Cell(msgspec.Struct, frozen=True):
    """A table cell; `lines` are its paragraphs."""

    lines: tuple[str, ...]
    columns: int = 1
    rows: int = 1
    header: bool = False


class Table(msgspec.Struct, frozen=True):
    """A data table; layout tables are taken apart by the readers."""

    rows: tuple[tuple[Cell, ...], ...]


class Picture(msgspec.Struct, frozen=True):
    """The place of an image in the text; `name` is that of an `ImportedFile`."""

    name: str
    alt: str = ""


Block = Paragraph | Table | Picture


class ImportedFile(msgspec.Struct, frozen=True):
    """A file to be written beside the document."""

    name: str
    data: bytes


class Attachment(msgspec.Struct, frozen=True):
    """An attachment (附件) that the document names; `file` is an `ImportedFile` name, empty where none was found."""

    name: str
    file: str = ""


class RawDocument(msgspec.Struct, frozen=True):
    """What a reader found.

    Attributes:
        blocks: The text in reading order, without page furniture.
        facts: Catalogue data stated by label, Chinese label → text (see `labels.py`).
        title: The title outside the text: the page's heading or a title element.
        links: Files the page offers for download: link text → file name, empty if not beside the page.
        files: Images and attachments found.
        footnotes: Text of the footnotes, in the order of their marks.
        remarks: What was dropped or is uncertain, each a Chinese sentence.
    """

    blocks: tuple[Block, ...]
    facts: dict[str, str] = {}
    title: str = ""
    links: tuple[Attachment, ...] = ()
    files: tuple[ImportedFile, ...] = ()
    footnotes: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


class ImportedDocument(msgspec.Struct, frozen=True):
    """A document as recognised; dates are ISO texts, empty where the source states none.

    Attributes:
        issuer: Issuing bodies (发文机关) in the order of the source.
        issued_on: 成文日期; for orders (令) the day of promulgation.
        published_at: 发布时间, ``YYYY-MM-DD`` or ``YYYY-MM-DD HH:MM`` as far as the source goes.
        signature: Lines of the signature (落款) as written, without padding.
        attachments: In the order in which the document names them.
        body_markdown: The whole text, title and document number left out.
        unrecognised: What is missing or was left out, each a Chinese sentence for the editor.
        inferred: Where a value was derived rather than read, each a Chinese sentence.
    """

    title: str
    document_number: str = ""
    issuer: tuple[str, ...] = ()
    issued_on: str = ""
    published_at: str = ""
    effective_on: str = ""
    index_number: str = ""
    subject: str = ""
    validity: str = ""
    keywords: tuple[str, ...] = ()
    source_url: str = ""
    source: str = ""
    signature: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    body_markdown: str = ""
    files: tuple[ImportedFile, ...] = ()
    unrecognised: tuple[str, ...] = ()
    inferred: tuple[str, ...] = ()
