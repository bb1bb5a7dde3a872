"""Old office formats: compound files, searched for readable runs of characters."""

from __future__ import annotations

import re
import struct
from typing import Final

from generator.attachments.content import Content

_END_OF_CHAIN: Final = 0xFFFFFFFA
_DIRECTORY_ENTRY: Final = 128
_OLE_KINDS: Final = (
    ("WordDocument", "DOC"),
    ("Workbook", "XLS"),
    ("Book", "XLS"),
    ("PowerPoint Document", "PPT"),
)


def ole_format(data: bytes, content: Content) -> str:
    streams = _ole_streams(data)
    if "EncryptedPackage" in streams:
        return "加密文档"
    if streams.keys() & {"_VBA_PROJECT", "_VBA_PROJECT_CUR", "Macros"}:
        content.problem("attachment-macro", "附件含有宏", "另存为不带宏的格式后再上传")
    for stream, kind in _OLE_KINDS:
        if stream in streams:
            return "加密文档" if _is_locked(kind, data, streams[stream]) else kind
    return "OLE"


def _ole_streams(data: bytes) -> dict[str, int]:
    """Return the offset of every stream of a compound file by its name ([MS-CFB] 2.6)."""
    size = 1 << struct.unpack_from("<H", data, 30)[0]
    if size not in (512, 4096):
        raise ValueError("sector size")
    (directory,) = struct.unpack_from("<I", data, 48)
    per_sector = size // 4
    table: list[int] = []
    for sector in struct.unpack_from("<109I", data, 76):
        if sector < _END_OF_CHAIN and (sector + 2) * size <= len(data):
            table += struct.unpack_from(f"<{per_sector}I", data, (sector + 1) * size)
    streams: dict[str, int] = {}
    visited: set[int] = set()
    while directory < _END_OF_CHAIN and directory not in visited:
        visited.add(directory)
        start = (directory + 1) * size
        for entry in range(start, min(start + size, len(data) - _DIRECTORY_ENTRY + 1), _DIRECTORY_ENTRY):
            (length,) = struct.unpack_from("<H", data, entry + 64)
            name = data[entry : entry + max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
            (first,) = struct.unpack_from("<I", data, entry + 116)
            if name:
                streams[name] = (first + 1) * size
        directory = table[directory] if directory < len(table) else _END_OF_CHAIN
    return streams


def _is_locked(kind: str, data: bytes, start: int) -> bool:
    """Whether the main stream says that it is encrypted: [MS-DOC] FibBase.fEncrypted, [MS-XLS] FilePass."""
    if kind == "DOC" and start + 12 <= len(data):
        return bool(struct.unpack_from("<H", data, start + 10)[0] & 0x0100)
    if kind == "XLS" and start + 8 <= len(data):
        (length,) = struct.unpack_from("<H", data, start + 2)
        return data[start + 4 + length : start + 6 + length] == b"\x2f\x00"
    return False


_WIDE_RUN: Final = re.compile(r"[\u4e00-\u9fff\u3001-\u3011\uff01-\uff5e0-9A-Za-z@.\- :：]{4,}")
_NARROW_RUN: Final = re.compile(rb"[0-9A-Za-z@.\- :]{8,}")
_SEARCHED_BINARY_BYTES: Final = 30_000_000


def read_binary(_name: str, data: bytes, content: Content) -> None:
    """Search an old office file for readable runs: text lies in it as UTF-16 at any offset, or as single bytes."""
    content.warn(
        "attachment-not-searched",
        "附件是旧的二进制格式，只能粗略检查，表格无法逐列核对",
        "另存为 DOCX、XLSX 或者 PDF 后再上传",
    )
    data = data[:_SEARCHED_BINARY_BYTES]
    for offset in (0, 1):
        content.add_text("\n".join(_WIDE_RUN.findall(data[offset:].decode("utf-16-le", "replace"))))
    content.add_text("\n".join(run.decode("ascii") for run in _NARROW_RUN.findall(data)))


def read_rtf(_name: str, data: bytes, content: Content) -> None:
    content.not_searched("是 RTF 格式，只能粗略检查")
    content.add_text("\n".join(run.decode("ascii") for run in _NARROW_RUN.findall(data)))
