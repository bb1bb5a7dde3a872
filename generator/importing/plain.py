"""Plain text files → `RawDocument`."""

from __future__ import annotations

from generator.importing.documents import RawDocument
from generator.importing.errors import UnreadableSource
from generator.importing.html import decode
from generator.importing.text import paragraphs


def read_text(data: bytes) -> RawDocument:
    """Read a text file of any usual encoding.

    Raises:
        UnreadableSource: If it holds no text.
    """
    text, remark = decode(data)
    blocks = tuple(paragraphs(text))
    if not blocks:
        raise UnreadableSource("文件没有文字", "检查文件是否下载完整")
    return RawDocument(blocks, remarks=(remark,) if remark else ())
