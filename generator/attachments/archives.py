"""ZIP files, opened within limits, and the XML inside them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from typing import IO, Final, Literal
from xml.etree import ElementTree

from generator.attachments.content import Content


class Bomb(Exception):
    """An archive that would unpack to more than the limits."""


def open_archive(data: bytes, content: Content) -> zipfile.ZipFile:
    archive = zipfile.ZipFile(io.BytesIO(data))
    members = archive.infolist()
    limits = content.limits
    if len(members) > limits.archive_members:
        raise Bomb(f"内含 {len(members)} 个文件")
    content.unpacked += sum(member.file_size for member in members)
    if content.unpacked > limits.unpacked_bytes:
        raise Bomb(f"{content.unpacked // 1_000_000} MB")
    for member in members:
        if member.file_size > 10_000_000 and member.file_size > limits.packing_ratio * member.compress_size:
            raise Bomb(f"压缩比 {member.file_size // max(member.compress_size, 1)} 倍")
    return archive


def zip_format(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = set(archive.namelist())
        if "OFD.xml" in names:
            return "OFD"
        if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
            kind = archive.read("mimetype").decode("ascii", "replace").strip().rpartition(".")[2]
            if kind in ("text", "spreadsheet", "presentation"):
                return {"text": "ODT", "spreadsheet": "ODS", "presentation": "ODP"}[kind]
    if "[Content_Types].xml" in names:
        for folder, label in (("word/", "DOCX"), ("xl/", "XLSX"), ("ppt/", "PPTX")):
            if any(name.startswith(folder) for name in names):
                return label
    return "ZIP"


def member_name(member: zipfile.ZipInfo) -> str:
    """Return a member's name; without the UTF-8 flag, Chinese systems write it in GBK."""
    if member.flag_bits & 0x800:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return member.filename


def elements(
    stream: IO[bytes], events: Sequence[Literal["start", "end"]] = ("end",)
) -> Iterator[tuple[str, str, ElementTree.Element]]:
    """Yield event, local name and element of a part; a document type, which no office file has, is refused."""
    head = stream.read(2048)
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise ValueError("document type declaration")
    for event, element in ElementTree.iterparse(_Rejoined(head, stream), events):
        yield event, element.tag.rpartition("}")[2], element


class _Rejoined(io.RawIOBase):
    """A stream with its beginning put back."""

    def __init__(self, head: bytes, rest: IO[bytes]) -> None:
        super().__init__()
        self._head, self._rest = head, rest

    def read(self, size: int = -1) -> bytes:
        if self._head:
            head, self._head = self._head, b""
            return head
        return self._rest.read(size)


def attribute(element: ElementTree.Element, name: str) -> str:
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return value
    return ""


# A cell may claim to span or repeat a whole sheet's width.
MOST_REPEATED_CELLS: Final = 64


def part_names(archive: zipfile.ZipFile, pattern: str) -> list[str]:
    """Return the names of matching parts, by the number in them."""
    names = [name for name in archive.namelist() if re.fullmatch(pattern, name)]
    return sorted(names, key=lambda name: ([int(number) for number in re.findall(r"[0-9]+", name)], name))
