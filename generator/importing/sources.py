"""One file → `ImportedDocument`, by its suffix."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from generator.importing.documents import ImportedDocument
from generator.importing.errors import UnreadableSource
from generator.importing.html import read_html
from generator.importing.plain import read_text
from generator.importing.recognise import recognise
from generator.importing.word import read_word

DOCUMENT_SUFFIXES: Final = frozenset({".docx", ".html", ".htm", ".shtml", ".txt"})
_OTHER_FORMATS: Final = {
    ".doc": "用 Word 或 WPS 打开，另存为 .docx 后再导入",
    ".wps": "用 WPS 打开，另存为 .docx 后再导入",
    ".pdf": "PDF 的文字没有结构，请导入它的 Word 原稿",
    ".ofd": "OFD 的文字没有结构，请导入它的 Word 原稿",
    ".rtf": "用 Word 或 WPS 打开，另存为 .docx 后再导入",
}


def read_source(path: Path) -> ImportedDocument:
    """Read and recognise one document.

    Raises:
        UnreadableSource: If the file is of no supported form, or broken.
    """
    suffix = path.suffix.lower()
    if suffix not in DOCUMENT_SUFFIXES:
        remedy = _OTHER_FORMATS.get(suffix, "可以导入 .docx、.html、.txt、.jsonl、.csv")
        raise UnreadableSource(f"不能导入 {suffix or '没有后缀名的'} 文件", remedy)
    data = path.read_bytes()
    if suffix == ".docx":
        raw = read_word(data)
    elif suffix == ".txt":
        raw = read_text(data)
    else:
        raw = read_html(data, path.parent)
    return recognise(raw)
