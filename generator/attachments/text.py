"""Plain text, CSV and SVG."""

from __future__ import annotations

import csv
import io
import re

from generator.attachments.content import Content, add_row


def decode(data: bytes, *, whole: bool = True) -> tuple[str, str] | None:
    """Return text and encoding, or None for data that is no text; `whole` says that the end is not cut off."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return (data.decode("utf-16", "replace"), "UTF-16")
    if b"\0" in data:
        return None
    for encoding, label in (("utf-8-sig", "UTF-8"), ("gb18030", "GB18030")):
        try:
            return (data.decode(encoding), label)
        except UnicodeDecodeError as error:
            if not whole and error.end >= len(data) - 4:
                return (data[: error.start].decode(encoding), label)
    return None


def read_text(name: str, data: bytes, content: Content) -> None:
    decoded = decode(data)
    if decoded is None:
        content.problem("attachment-encoding", "附件不是可读的文本", "用记事本打开后另存为 UTF-8 编码")
        return
    text, encoding = decoded
    if encoding != "UTF-8":
        content.warn(
            "attachment-encoding", f"附件的编码是 {encoding}，有的软件打开会乱码", "另存为 UTF-8 编码"
        )
    if not name.lower().endswith(".csv"):
        content.add_text(text)
        return
    rows: list[list[str]] = []
    for row in csv.reader(io.StringIO(text, newline="")):
        add_row(rows, row, content)
    content.add_table("", rows)


def read_svg(_name: str, data: bytes, content: Content) -> None:
    if re.search(rb"(?i)<script|\son[a-z]+\s*=|javascript:", data):
        content.problem("attachment-executable", "SVG 图像含有脚本", "导出为不含脚本的 SVG，或者改用 PNG")
