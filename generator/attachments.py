"""What an attachment really is: its format, its text and tables, and what stands against publishing it.

An attachment is opened as a stranger's file: sizes, packed sizes, depth, pages and rows are bounded by
`Limits`, and whatever a parser stumbles over becomes a `Problem`, never a traceback. Office files are read as
the XML they are, which streams through a table of any length; PDF goes through pypdf. The old binary formats
(DOC, XLS, WPS…) are only searched for readable runs of characters, and the caller is told so.

Sources of the rules: 01-政府网站页面规范 section 5 (files must open and be what their names say, scans need a
text layer) and the cases of leaked lists that made the scan of attachments a duty.
"""

from __future__ import annotations

import csv
import io
import logging
import re
import struct
import unicodedata
import warnings
import zipfile
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Final, Literal
from xml.etree import ElementTree

import msgspec
import pypdf
from pypdf.errors import DependencyError, PyPdfError
from pypdf.generic import PdfObject

from generator.diagnostics import Problem, Severity
from generator.privacy import LABELS, Finding, header_row, scan_table, scan_text

# pypdf reports every irregularity of a file to its log; ours are the problems below.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


class Limits(msgspec.Struct, frozen=True):
    """Bounds that keep a hostile or broken file from costing more than a moment and some memory."""

    file_bytes: int = 100_000_000
    unpacked_bytes: int = 400_000_000
    packing_ratio: int = 250
    archive_members: int = 5_000
    archive_depth: int = 2
    pages: int = 500
    table_rows: int = 200_000
    table_columns: int = 500
    characters: int = 8_000_000


class Table(msgspec.Struct, frozen=True):
    """A table found in an attachment; rows may be shorter than the header."""

    name: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class AttachmentFacts(msgspec.Struct, frozen=True):
    """All that is known about an attachment after opening it once.

    Attributes:
        suffix: In lower case, with the dot.
        format: The label readers see beside a download, e.g. PDF; by suffix, even if the content differs.
        pages: Pages, slides or worksheets; None where the format has none or the file could not be read.
        has_text_layer: False for a scan; None where the question does not arise.
        text: What stands outside tables, for the scan of personal data.
        problems: Their ``field`` is empty: the caller knows where the attachment is listed.
    """

    suffix: str
    size: int
    format: str
    pages: int | None = None
    has_text_layer: bool | None = None
    text: str = ""
    tables: tuple[Table, ...] = ()
    problems: tuple[Problem, ...] = ()


def inspect(path: Path, limits: Limits | None = None) -> AttachmentFacts:
    """Open a file and say what it is and what is wrong with it; no file raises an exception."""
    limits = limits or Limits()
    suffix = path.suffix.lower()
    label = _label(suffix)
    try:
        size = path.stat().st_size
        if not path.is_file():
            return AttachmentFacts(suffix, 0, label, problems=(_missing("不是文件"),))
        if size > limits.file_bytes:
            problem = _too_large(size, limits)
            return AttachmentFacts(suffix, size, label, problems=(problem,))
        data = path.read_bytes()
    except OSError as error:
        reason = "文件不存在" if isinstance(error, FileNotFoundError) else "没有权限或者磁盘出错"
        return AttachmentFacts(suffix, 0, label, problems=(_missing(reason),))
    content = _Content(limits)
    _read(path.name, data, content)
    return AttachmentFacts(
        suffix=suffix,
        size=size,
        format=label,
        pages=content.pages,
        has_text_layer=content.has_text_layer,
        text="\n".join(content.text),
        tables=tuple(content.tables),
        problems=tuple(dict.fromkeys(content.problems)),
    )


def privacy_problems(facts: AttachmentFacts, allow: Collection[str] = ()) -> tuple[Problem, ...]:
    """Return the personal data in an attachment, one problem for each kind in the text and each column.

    Args:
        facts: What `inspect` returned.
        allow: As for `privacy.scan_text`.
    """
    by_code: dict[str, list[Finding]] = {}
    for found in scan_text(facts.text, allow):
        by_code.setdefault(found.code, []).append(found)
    problems = [
        Problem(
            "",
            code,
            f"附件中有 {len(group)} 处{'' if code == group[0].kind else '疑似'}{LABELS[group[0].kind]}，如 {group[0].masked}",
            group[0].remedy,
            group[0].severity,
        )
        for code, group in by_code.items()
    ]
    for table in facts.tables:
        where = f"附件的“{table.name}”中，" if table.name else "附件中，"
        problems += [
            Problem("", found.code, where + found.message, found.remedy, found.severity)
            for found in scan_table(table.headers, table.rows, allow)
        ]
    return tuple(problems)


# --- what a reader collects ---------------------------------------------------------------------------


@dataclass
class _Content:
    """What the readers have found so far; lives only inside one call of `inspect`."""

    limits: Limits
    depth: int = 0
    unpacked: int = 0
    characters: int = 0
    pages: int | None = None
    has_text_layer: bool | None = None
    text: list[str] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def problem(self, code: str, message: str, hint: str, severity: Severity = Severity.ERROR) -> None:
        self.problems.append(Problem("", code, message, hint, severity))

    def warn(self, code: str, message: str, hint: str) -> None:
        self.problem(code, message, hint, Severity.WARNING)

    def add_text(self, text: str) -> None:
        """Keep text up to the limit, and say once when it is reached."""
        room = self.limits.characters - self.characters
        if len(text) > room:
            self.not_searched(f"文字超过 {self.limits.characters} 字，其余未作检查")
        if text and room > 0:
            self.text.append(text[:room])
            self.characters += min(len(text), room)

    def add_table(self, name: str, rows: Sequence[Sequence[str]]) -> None:
        """Keep rows as a table; what stands above its header is ordinary text."""
        header = header_row(rows)
        if header is None:
            self.add_text("\n".join("\t".join(row) for row in rows))
            return
        self.add_text("\n".join("\t".join(row) for row in rows[:header]))
        self.tables.append(Table(name, tuple(rows[header]), tuple(tuple(row) for row in rows[header + 1 :])))

    def not_searched(self, reason: str) -> None:
        self.warn("attachment-not-searched", f"附件{reason}", "请人工核对其中有无个人信息")

    def metadata(self, names: Iterable[str]) -> None:
        found = [name for name in dict.fromkeys(name.strip() for name in names) if _may_be_a_person(name)]
        if found:
            # Not repeated here: the name is what should not be published.
            message = f"文档属性中留有作者、修改者等 {len(found)} 个名称"
            self.warn("attachment-metadata", message, "在“文件—信息—检查文档”中清除文档属性后另存")


_SOFTWARE_OR_OFFICE: Final = re.compile(
    r"(?i)python|openpyxl|docx|apache|libreoffice|openoffice|wps|microsoft|office|adobe|windows|administrator|admin|user"
    r"|用户|政府|办公室|办公厅|委员会|[局厅部院处科委办]$|中心$|公司$"
)


def _may_be_a_person(name: str) -> bool:
    return bool(name) and _SOFTWARE_OR_OFFICE.search(name) is None


def _missing(reason: str) -> Problem:
    return Problem("", "attachment-missing", f"附件打不开：{reason}", "核对文件名，把附件放在文档旁边")


def _too_large(size: int, limits: Limits) -> Problem:
    message = f"附件有 {size // 1_000_000} MB，超过 {limits.file_bytes // 1_000_000} MB，未作检查"
    hint = "压缩图片或者拆分后再上传，并人工核对其中有无个人信息"
    return Problem("", "attachment-too-large", message, hint, Severity.WARNING)


# --- formats --------------------------------------------------------------------------------------------

_Reader = Callable[[str, bytes, _Content], None]


class _Format(msgspec.Struct, frozen=True):
    """What a suffix promises: the label readers see and the signatures it may have."""

    label: str
    signatures: tuple[str, ...]


_FORMATS: Final = {
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
_EXECUTABLE_SUFFIXES: Final = frozenset(
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
_MACRO_SUFFIXES: Final = frozenset((".docm", ".xlsm", ".pptm", ".dotm", ".xltm", ".xlsb"))

# What parsers are known to raise on damaged files, beside their own errors.
_DAMAGE: Final = (
    PyPdfError,
    ElementTree.ParseError,
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    csv.Error,
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    MemoryError,
    NotImplementedError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
)


def _label(suffix: str) -> str:
    return _FORMATS[suffix].label if suffix in _FORMATS else suffix.removeprefix(".").upper()


def _read(name: str, data: bytes, content: _Content) -> None:
    """Check a file against its name, then read it as what it is."""
    suffix = PurePosixPath(name).suffix.lower()
    if not data:
        content.problem("attachment-empty", "附件是空文件（0 字节）", "重新上传完整的文件")
        return
    if suffix in _MACRO_SUFFIXES:
        content.problem(
            "attachment-macro", f"附件是可带宏的格式（{_label(suffix)}）", "另存为不带宏的格式，如 DOCX、XLSX"
        )
        return
    actual = _signature(data)
    if suffix in _EXECUTABLE_SUFFIXES or actual == "可执行程序":
        content.problem(
            "attachment-executable", "附件是可执行程序或者脚本", "不得发布程序；请提供文档、表格或者压缩包"
        )
        return
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            _read_as(name, suffix, actual, data, content)
    except _Bomb as bomb:
        content.problem(
            "attachment-archive-bomb", f"附件解压后过大：{bomb}", "拆分后重新打包；来源不明的文件不要发布"
        )
    except DependencyError:  # pypdf wants a library for the cipher of this file
        _encrypted(content)
    except _DAMAGE:
        content.problem("attachment-damaged", "附件已损坏，无法读取", "用原来的软件打开确认后重新导出")


def _encrypted(content: _Content) -> None:
    content.problem("attachment-encrypted", "附件设有密码或者加密保护", "去掉密码和权限限制后重新保存")


def _read_as(name: str, suffix: str, actual: str, data: bytes, content: _Content) -> None:
    if actual == "OLE" or actual == "ZIP":
        actual = _container(actual, data, content)
    if actual == "加密文档":
        _encrypted(content)
        return
    promised = _FORMATS.get(suffix)
    if promised is None:
        content.warn(
            "attachment-unknown-type",
            f"不认识的附件类型“{suffix or name}”",
            "改用 PDF、DOCX、XLSX、OFD、CSV 等通用格式",
        )
    elif actual not in promised.signatures:
        content.problem(
            "attachment-type-mismatch",
            f"附件扩展名是 {suffix}，内容却是 {actual or '无法识别的数据'}",
            "用相应的软件打开后另存为该格式，不要只改扩展名",
        )
    reader = _READERS.get(actual)
    if reader is not None:
        reader(name, data, content)


def _signature(data: bytes) -> str:
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
    return "文本" if _decode(data[:4096], whole=False) is not None else ""


# --- archives and the formats made of them ------------------------------------------------------------


class _Bomb(Exception):
    """An archive that would unpack to more than the limits."""


def _open_archive(data: bytes, content: _Content) -> zipfile.ZipFile:
    archive = zipfile.ZipFile(io.BytesIO(data))
    members = archive.infolist()
    limits = content.limits
    if len(members) > limits.archive_members:
        raise _Bomb(f"内含 {len(members)} 个文件")
    content.unpacked += sum(member.file_size for member in members)
    if content.unpacked > limits.unpacked_bytes:
        raise _Bomb(f"{content.unpacked // 1_000_000} MB")
    for member in members:
        if member.file_size > 10_000_000 and member.file_size > limits.packing_ratio * member.compress_size:
            raise _Bomb(f"压缩比 {member.file_size // max(member.compress_size, 1)} 倍")
    return archive


def _container(actual: str, data: bytes, content: _Content) -> str:
    """Return which document format a ZIP or OLE file holds; the bare container where it holds none."""
    if actual == "OLE":
        return _ole_format(data, content)
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


def _read_zip(_name: str, data: bytes, content: _Content) -> None:
    with _open_archive(data, content) as archive:
        for member in archive.infolist():
            if member.is_dir():
                continue
            shown = _member_name(member)
            if member.flag_bits & 1:
                content.problem("attachment-encrypted", f"压缩包内的“{shown}”设有密码", "去掉密码后重新打包")
            elif content.depth >= content.limits.archive_depth:
                content.not_searched(f"压缩包嵌套超过 {content.limits.archive_depth} 层，内层未作检查")
            else:
                _read_member(shown, archive.read(member), content)


def _read_member(shown: str, data: bytes, content: _Content) -> None:
    inner = _Content(content.limits, content.depth + 1, content.unpacked, content.characters)
    _read(shown, data, inner)
    content.unpacked, content.characters = inner.unpacked, inner.characters
    content.text += inner.text
    content.tables += [
        Table(f"{shown} {table.name}".strip(), table.headers, table.rows) for table in inner.tables
    ]
    for problem in inner.problems:
        content.problem(
            problem.code, f"压缩包内的“{shown}”：{problem.message}", problem.hint, problem.severity
        )


def _member_name(member: zipfile.ZipInfo) -> str:
    """Return a member's name; without the UTF-8 flag, Chinese systems write it in GBK."""
    if member.flag_bits & 0x800:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return member.filename


def _elements(
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


def _attribute(element: ElementTree.Element, name: str) -> str:
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return value
    return ""


# A cell may claim to span or repeat a whole sheet's width.
_MOST_REPEATED_CELLS: Final = 64
_TEXT_TAGS: Final = frozenset(("t", "delText", "instrText", "TextCode"))
_BREAK_TAGS: Final = frozenset(("tab", "br", "cr", "line-break"))


def _text_of(element: ElementTree.Element) -> str:
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


def _parts(archive: zipfile.ZipFile, pattern: str) -> list[str]:
    """Return the names of matching parts, by the number in them."""
    names = [name for name in archive.namelist() if re.fullmatch(pattern, name)]
    return sorted(names, key=lambda name: ([int(number) for number in re.findall(r"[0-9]+", name)], name))


def _read_word(_name: str, data: bytes, content: _Content) -> None:
    with _open_archive(data, content) as archive:
        _common_office(archive, content)
        names = [
            "word/document.xml",
            *_parts(archive, r"word/(?:header|footer|footnotes|endnotes|comments)[0-9]*\.xml"),
        ]
        tags: set[str] = set()
        for name in names:
            with archive.open(name) as stream:
                tags |= _flow(stream, content)
        revised = not tags.isdisjoint(("ins", "del", "moveFrom", "moveTo"))
        _revision_problems(content, tracked=revised, commented="comment" in tags)


def _revision_problems(content: _Content, *, tracked: bool = False, commented: bool = False) -> None:
    if tracked:
        content.warn("attachment-tracked-changes", "附件留有修订痕迹", "在“审阅”中接受或者拒绝全部修订后另存")
    if commented:
        content.warn("attachment-comments", "附件留有批注", "删除全部批注后另存")


def _flow(stream: IO[bytes], content: _Content) -> set[str]:
    """Collect the paragraphs and tables of a part of Word or PowerPoint; return the tags it uses.

    Rows are released one by one, so that a table of a whole city needs no more memory than its text.
    """
    tags: set[str] = set()
    depth = 0
    rows: list[list[str]] = []
    for event, tag, element in _elements(stream, ("start", "end")):
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
            _add_row(rows, list(_flow_cells(element)), content)
            element.clear()
        elif tag == "p" and depth == 0:
            content.add_text(_text_of(element))
            element.clear()
    return tags


def _flow_cells(row: ElementTree.Element) -> Iterator[str]:
    """Yield the cells of a row, those inside content controls too, and blanks for the columns they span."""
    for child in row:
        tag = child.tag.rpartition("}")[2]
        if tag in ("sdt", "sdtContent"):
            yield from _flow_cells(child)
        elif tag == "tc":
            yield _text_of(child).strip()
            span = child.find("./{*}tcPr/{*}gridSpan")
            width = _attribute(span, "val") if span is not None else ""
            yield from [""] * (min(int(width), _MOST_REPEATED_CELLS) - 1 if width.isdigit() else 0)


def _add_row(rows: list[list[str]], row: list[str], content: _Content) -> None:
    if len(rows) < content.limits.table_rows:
        rows.append(row[: content.limits.table_columns])
    elif len(rows) == content.limits.table_rows:
        content.not_searched(f"表格超过 {content.limits.table_rows} 行，其余未作检查")


def _common_office(archive: zipfile.ZipFile, content: _Content) -> None:
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
                people += [element.text or "" for _, tag, element in _elements(stream) if tag in wanted]
    content.metadata(people)


def _read_excel(_name: str, data: bytes, content: _Content) -> None:
    with _open_archive(data, content) as archive:
        _common_office(archive, content)
        strings = _shared_strings(archive)
        sheets = _sheets(archive)
        content.pages = len(sheets)
        hidden = [name for name, state, _ in sheets if state not in ("", "visible")]
        if hidden:
            message = f"附件有隐藏的工作表：{'、'.join(hidden[:5])}"
            content.warn("attachment-hidden-content", message, "取消隐藏后核对，不需要的删去")
        for name, _, part in sheets:
            if part in archive.namelist():
                with archive.open(part) as stream:
                    _read_sheet(name, stream, strings, content)
        comments = _parts(archive, r"xl/(?:.*/)?(?:threadedC|c)omments?[0-9]*\.xml")
        _revision_problems(content, commented=bool(comments))
        for part in comments:
            with archive.open(part) as stream:
                texts = [element.text or "" for _, tag, element in _elements(stream) if tag in ("t", "text")]
                content.add_text("\n".join(texts))


def _shared_strings(archive: zipfile.ZipFile) -> list[str]:
    strings: list[str] = []
    if "xl/sharedStrings.xml" in archive.namelist():
        with archive.open("xl/sharedStrings.xml") as stream:
            for _, tag, element in _elements(stream):
                if tag == "si":
                    strings.append(_text_of(element))
                    element.clear()
    return strings


def _sheets(archive: zipfile.ZipFile) -> list[tuple[str, str, str]]:
    """Return name, state and part of every worksheet."""
    targets: dict[str, str] = {}
    with archive.open("xl/_rels/workbook.xml.rels") as stream:
        for _, tag, element in _elements(stream):
            if tag == "Relationship":
                target = element.get("Target", "")
                targets[element.get("Id", "")] = (
                    target.lstrip("/") if target.startswith("/") else f"xl/{target}"
                )
    with archive.open("xl/workbook.xml") as stream:
        return [
            (element.get("name", ""), element.get("state", ""), targets.get(_attribute(element, "id"), ""))
            for _, tag, element in _elements(stream)
            if tag == "sheet"
        ]


def _read_sheet(name: str, stream: IO[bytes], strings: Sequence[str], content: _Content) -> None:
    rows: list[list[str]] = []
    hidden = False
    for _, tag, element in _elements(stream):
        if tag in ("row", "col") and element.get("hidden") in ("1", "true"):
            hidden = True
        if tag == "row":
            _add_row(rows, _cells(element, strings, content.limits.table_columns), content)
            element.clear()
    if hidden:
        message = f"工作表“{name}”有隐藏的行或列"
        content.warn("attachment-hidden-content", message, "取消隐藏后核对，不需要的删去")
    content.add_table(name, rows)


def _cells(row: ElementTree.Element, strings: Sequence[str], widest: int) -> list[str]:
    cells: list[str] = []
    for cell in row:
        letters = re.match(r"[A-Z]+", cell.get("r", ""))
        column = _column_number(letters[0]) if letters else len(cells)
        if column >= widest:
            break
        cells += [""] * (column - len(cells))
        cells.append(_cell_text(cell, strings))
    return cells


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _cell_text(cell: ElementTree.Element, strings: Sequence[str]) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return _text_of(cell).strip()
    value = next((part.text or "" for part in cell if part.tag.endswith("}v")), "")
    if kind == "s" and value.isdigit():
        return strings[int(value)].strip() if int(value) < len(strings) else ""
    if kind == "n" and ("E" in value or value.endswith(".0")):
        # A telephone number typed as a number may be stored as 1.3812345678E10.
        number = float(value)
        return str(int(number)) if number.is_integer() and abs(number) < 1e15 else value
    return value.strip()


def _read_slides(_name: str, data: bytes, content: _Content) -> None:
    with _open_archive(data, content) as archive:
        _common_office(archive, content)
        slides = _parts(archive, r"ppt/slides/slide[0-9]+\.xml")
        content.pages = len(slides)
        for part in [*slides, *_parts(archive, r"ppt/notesSlides/notesSlide[0-9]+\.xml")]:
            with archive.open(part) as stream:
                _flow(stream, content)
        comments = _parts(archive, r"ppt/comments/.*\.xml")
        _revision_problems(content, commented=bool(comments))


def _read_ofd(_name: str, data: bytes, content: _Content) -> None:
    with _open_archive(data, content) as archive:
        pages = _parts(archive, r"(?i).*/Pages/.*Content[^/]*\.xml")
        content.pages = len(pages)
        before = content.characters
        for part in pages[: content.limits.pages]:
            with archive.open(part) as stream:
                lines = [element.text or "" for _, tag, element in _elements(stream) if tag == "TextCode"]
            content.add_text("\n".join(lines))
        content.has_text_layer = content.characters > before
        if pages and not content.has_text_layer:
            _warn_scan(content)
        with archive.open("OFD.xml") as stream:
            content.metadata([element.text or "" for _, tag, element in _elements(stream) if tag == "Author"])


def _read_open_document(_name: str, data: bytes, content: _Content) -> None:
    with _open_archive(data, content) as archive:
        if b"encryption-data" in archive.read("META-INF/manifest.xml"):
            _encrypted(content)
            return
        rows: list[list[str]] = []
        tags: set[str] = set()
        depth, name = 0, ""
        with archive.open("content.xml") as stream:
            for event, tag, element in _elements(stream, ("start", "end")):
                if tag == "table":
                    depth += 1 if event == "start" else -1
                    name = _attribute(element, "name")
                    if depth == 0:
                        content.add_table(name, rows)
                        rows = []
                elif event == "start":
                    tags.add(tag)
                elif tag == "table-row" and depth == 1:
                    _add_row(rows, list(_open_cells(element)), content)
                    element.clear()
                elif tag in ("p", "h") and depth == 0:
                    content.add_text("".join(element.itertext()))
                    element.clear()
        _revision_problems(content, tracked="tracked-changes" in tags, commented="annotation" in tags)
        if "meta.xml" in archive.namelist():
            with archive.open("meta.xml") as stream:
                people = ("creator", "initial-creator")
                content.metadata(
                    [element.text or "" for _, tag, element in _elements(stream) if tag in people]
                )


def _open_cells(row: ElementTree.Element) -> Iterator[str]:
    for cell in row:
        repeated = _attribute(cell, "number-columns-repeated")
        count = min(int(repeated), _MOST_REPEATED_CELLS) if repeated.isdigit() else 1
        for _ in range(count):
            yield "".join(cell.itertext()).strip()


# --- PDF ------------------------------------------------------------------------------------------------

_LEAST_CHARACTERS_OF_A_PAGE: Final = 10


def _read_pdf(_name: str, data: bytes, content: _Content) -> None:
    reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted and not _decrypts(reader):
        _encrypted(content)
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
        _warn_scan(content)
    _revision_problems(content, commented=commented)


def _decrypts(reader: pypdf.PdfReader) -> bool:
    """Whether the file opens without a password."""
    try:
        return reader.decrypt("") != pypdf.PasswordType.NOT_DECRYPTED
    except (PyPdfError, NotImplementedError):
        return False


def _pdf_catalogue(reader: pypdf.PdfReader, content: _Content) -> None:
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


def _warn_scan(content: _Content) -> None:
    content.warn(
        "attachment-no-text-layer",
        "附件是扫描图像，没有文字层，无法检索，也无法朗读",
        "提供由原文档导出的版本，或者作文字识别后再上传",
    )


# --- old binary formats -----------------------------------------------------------------------------------

_OLE_MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END_OF_CHAIN: Final = 0xFFFFFFFA
_DIRECTORY_ENTRY: Final = 128
_OLE_KINDS: Final = (
    ("WordDocument", "DOC"),
    ("Workbook", "XLS"),
    ("Book", "XLS"),
    ("PowerPoint Document", "PPT"),
)


def _ole_format(data: bytes, content: _Content) -> str:
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


def _read_binary(_name: str, data: bytes, content: _Content) -> None:
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


# --- text -------------------------------------------------------------------------------------------------


def _decode(data: bytes, *, whole: bool = True) -> tuple[str, str] | None:
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


def _read_text(name: str, data: bytes, content: _Content) -> None:
    decoded = _decode(data)
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
        _add_row(rows, row, content)
    content.add_table("", rows)


def _read_svg(_name: str, data: bytes, content: _Content) -> None:
    if re.search(rb"(?i)<script|\son[a-z]+\s*=|javascript:", data):
        content.problem("attachment-executable", "SVG 图像含有脚本", "导出为不含脚本的 SVG，或者改用 PNG")


def _read_rtf(_name: str, data: bytes, content: _Content) -> None:
    content.not_searched("是 RTF 格式，只能粗略检查")
    content.add_text("\n".join(run.decode("ascii") for run in _NARROW_RUN.findall(data)))


def _read_foreign_archive(_name: str, _data: bytes, content: _Content) -> None:
    content.not_searched("是 RAR 或 7Z 压缩包，无法检查")


_READERS: Final[dict[str, _Reader]] = {
    "PDF": _read_pdf,
    "DOCX": _read_word,
    "XLSX": _read_excel,
    "PPTX": _read_slides,
    "OFD": _read_ofd,
    "ODT": _read_open_document,
    "ODS": _read_open_document,
    "ODP": _read_open_document,
    "DOC": _read_binary,
    "XLS": _read_binary,
    "PPT": _read_binary,
    "OLE": _read_binary,
    "RTF": _read_rtf,
    "ZIP": _read_zip,
    "RAR": _read_foreign_archive,
    "7Z": _read_foreign_archive,
    "SVG": _read_svg,
    "HTML": _read_text,
    "文本": _read_text,
}
