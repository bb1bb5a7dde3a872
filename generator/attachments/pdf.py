"""PDF, through pypdf."""

from __future__ import annotations

import io
import logging
import unicodedata
from collections.abc import Mapping
from typing import Final

import pypdf
from pypdf.errors import PyPdfError
from pypdf.generic import PdfObject

from generator.attachments.content import Content, encrypted, revision_problems, warn_scan

# pypdf reports every irregularity of a file to its log; ours are the problems below.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)

_LEAST_CHARACTERS_OF_A_PAGE: Final = 10


def read_pdf(_name: str, data: bytes, content: Content) -> None:
    reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted and not _decrypts(reader):
        encrypted(content)
        return
    content.pages = len(reader.pages)
    _pdf_catalogue(reader, content)
    readable = 0
    commented = False
    for number, page in enumerate(reader.pages):
        if number >= content.limits.pages or content.characters >= content.limits.characters:
            content.not_searched(f"共 {content.pages} 页，第 {number + 1} 页起未作检查")
            break
        # Some programs write radicals (⾝) for the characters that look like them (身).
        text = unicodedata.normalize("NFKC", page.extract_text())
        readable += len("".join(text.split())) >= _LEAST_CHARACTERS_OF_A_PAGE
        content.add_text(text)
        commented = commented or _has_notes(page)
    content.has_text_layer = readable > 0
    if not readable:
        warn_scan(content)
    revision_problems(content, commented=commented)


def _decrypts(reader: pypdf.PdfReader) -> bool:
    """Whether the file opens without a password."""
    try:
        return reader.decrypt("") != pypdf.PasswordType.NOT_DECRYPTED
    except (PyPdfError, NotImplementedError):
        return False


def _pdf_catalogue(reader: pypdf.PdfReader, content: Content) -> None:
    if reader.metadata is not None:
        content.metadata([str(reader.metadata.get(key) or "") for key in ("/Author", "/Company")])
    root = _dictionary(reader.trailer["/Root"])
    names = _dictionary(root.get("/Names"))
    if "/JavaScript" in names or "/JS" in _dictionary(root.get("/OpenAction")):
        content.problem("attachment-macro", "PDF 含有脚本", "重新导出为不含脚本的 PDF")
    if "/EmbeddedFiles" in names:
        content.not_searched("内嵌有其他文件，未作检查")


def _dictionary(value: object) -> Mapping[object, object]:
    """Return the dictionary a PDF object refers to; an empty one for anything else."""
    if isinstance(value, PdfObject):
        value = value.get_object()
    return value if isinstance(value, Mapping) else {}


_NOTE_KINDS: Final = frozenset(("/Text", "/FreeText", "/Highlight", "/StrikeOut", "/Underline", "/Popup"))


def _has_notes(page: pypdf.PageObject) -> bool:
    return any(_dictionary(note).get("/Subtype") in _NOTE_KINDS for note in page.get("/Annots", ()) or ())
