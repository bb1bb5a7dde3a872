"""What a name promises and what the first bytes say."""

from __future__ import annotations

from typing import Final

import msgspec

from generator.attachments.text import decode


class _Format(msgspec.Struct, frozen=True):
    """What a suffix promises: the label readers see and the signatures it may have."""

    label: str
    signatures: tuple[str, ...]


FORMATS: Final = {
    ".pdf": _Format("PDF", ("PDF",)),
    ".ofd": _Format("OFD", ("OFD",)),
    ".docx": _Format("DOCX", ("DOCX",)),
    ".xlsx": _Format("XLSX", ("XLSX",)),
    ".pptx": _Format("PPTX", ("PPTX",)),
    ".odt": _Format("ODT", ("ODT",)),
    ".ods": _Format("ODS", ("ODS",)),
    ".odp": _Format("ODP", ("ODP",)),
    ".doc": _Format("DOC", ("DOC",)),
    ".xls": _Format("XLS", ("XLS",)),
    ".ppt": _Format("PPT", ("PPT",)),
    ".wps": _Format("WPS", ("DOC", "OLE", "DOCX")),
    ".et": _Format("ET", ("XLS", "OLE", "XLSX")),
    ".dps": _Format("DPS", ("PPT", "OLE", "PPTX")),
    ".rtf": _Format("RTF", ("RTF",)),
    ".csv": _Format("CSV", ("文本",)),
    ".txt": _Format("TXT", ("文本",)),
    ".json": _Format("JSON", ("文本",)),
    ".xml": _Format("XML", ("文本", "SVG")),
    ".zip": _Format("ZIP", ("ZIP",)),
    ".rar": _Format("RAR", ("RAR",)),
    ".7z": _Format("7Z", ("7Z",)),
    ".png": _Format("PNG", ("PNG",)),
    ".jpg": _Format("JPG", ("JPG",)),
    ".jpeg": _Format("JPG", ("JPG",)),
    ".gif": _Format("GIF", ("GIF",)),
    ".bmp": _Format("BMP", ("BMP",)),
    ".webp": _Format("WEBP", ("WEBP",)),
    ".tif": _Format("TIFF", ("TIFF",)),
    ".tiff": _Format("TIFF", ("TIFF",)),
    ".svg": _Format("SVG", ("SVG",)),
    ".mp3": _Format("MP3", ("MP3",)),
    ".mp4": _Format("MP4", ("MP4",)),
}

# Offset, bytes, name. The order matters only where one begins like another.
_SIGNATURES: Final = (
    (0, b"\x89PNG\r\n\x1a\n", "PNG"),
    (0, b"\xff\xd8\xff", "JPG"),
    (0, b"GIF8", "GIF"),
    (8, b"WEBP", "WEBP"),
    (0, b"BM", "BMP"),
    (0, b"II*\x00", "TIFF"),
    (0, b"MM\x00*", "TIFF"),
    (4, b"ftyp", "MP4"),
    (0, b"ID3", "MP3"),
    (0, b"\xff\xfb", "MP3"),
    (0, b"\xff\xf3", "MP3"),
    (0, b"Rar!\x1a\x07", "RAR"),
    (0, b"7z\xbc\xaf\x27\x1c", "7Z"),
    (0, b"{\\rtf", "RTF"),
    (0, b"MZ", "可执行程序"),
    (0, b"\x7fELF", "可执行程序"),
    (0, b"#!", "可执行程序"),
)
EXECUTABLE_SUFFIXES: Final = frozenset(
    (
        ".exe",
        ".bat",
        ".cmd",
        ".com",
        ".scr",
        ".msi",
        ".js",
        ".vbs",
        ".ps1",
        ".sh",
        ".jar",
        ".apk",
        ".dll",
        ".lnk",
    )
)
MACRO_SUFFIXES: Final = frozenset((".docm", ".xlsm", ".pptm", ".dotm", ".xltm", ".xlsb"))


def label_of(suffix: str) -> str:
    return FORMATS[suffix].label if suffix in FORMATS else suffix.removeprefix(".").upper()


def signature(data: bytes) -> str:
    if b"%PDF-" in data[:1024]:
        return "PDF"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "ZIP"
    if data.startswith(_OLE_MAGIC):
        return "OLE"
    for offset, magic, name in _SIGNATURES:
        if data.startswith(magic, offset):
            # Text, too, may begin with BM, MZ or #!, but has no zero byte.
            if name in ("BMP", "可执行程序") and magic != b"#!" and b"\0" not in data[:512]:
                continue
            return name
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html")):
        return "HTML"
    if b"<svg" in head and head.startswith(b"<"):
        return "SVG"
    return "文本" if decode(data[:4096], whole=False) is not None else ""


_OLE_MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
