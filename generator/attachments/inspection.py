"""Open a file, compare it with its name, and read it as what it is."""

from __future__ import annotations

import csv
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable, Collection
from pathlib import Path, PurePosixPath
from typing import Final
from xml.etree import ElementTree

from pypdf.errors import DependencyError, PyPdfError

from generator.attachments.archives import Bomb, member_name, open_archive, zip_format
from generator.attachments.binary import ole_format, read_binary, read_rtf
from generator.attachments.content import AttachmentFacts, Content, Limits, Table, encrypted
from generator.attachments.office import read_slides, read_word
from generator.attachments.open_formats import read_ofd, read_open_document
from generator.attachments.pdf import read_pdf
from generator.attachments.sheets import read_excel
from generator.attachments.signatures import EXECUTABLE_SUFFIXES, FORMATS, MACRO_SUFFIXES, label_of, signature
from generator.attachments.text import read_svg, read_text
from generator.diagnostics import Problem, Severity
from generator.privacy import LABELS, Finding, scan_table, scan_text


def inspect(path: Path, limits: Limits | None = None) -> AttachmentFacts:
    """Open a file and say what it is and what is wrong with it; no file raises an exception."""
    limits = limits or Limits()
    suffix = path.suffix.lower()
    label = label_of(suffix)
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
    content = Content(limits)
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


def _missing(reason: str) -> Problem:
    return Problem("", "attachment-missing", f"附件打不开：{reason}", "核对文件名，把附件放在文档旁边")


def _too_large(size: int, limits: Limits) -> Problem:
    message = f"附件有 {size // 1_000_000} MB，超过 {limits.file_bytes // 1_000_000} MB，未作检查"
    hint = "压缩图片或者拆分后再上传，并人工核对其中有无个人信息"
    return Problem("", "attachment-too-large", message, hint, Severity.WARNING)


_Reader = Callable[[str, bytes, Content], None]

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


def _read(name: str, data: bytes, content: Content) -> None:
    """Check a file against its name, then read it as what it is."""
    suffix = PurePosixPath(name).suffix.lower()
    if not data:
        content.problem("attachment-empty", "附件是空文件（0 字节）", "重新上传完整的文件")
        return
    if suffix in MACRO_SUFFIXES:
        content.problem(
            "attachment-macro",
            f"附件是可带宏的格式（{label_of(suffix)}）",
            "另存为不带宏的格式，如 DOCX、XLSX",
        )
        return
    actual = signature(data)
    if suffix in EXECUTABLE_SUFFIXES or actual == "可执行程序":
        content.problem(
            "attachment-executable", "附件是可执行程序或者脚本", "不得发布程序；请提供文档、表格或者压缩包"
        )
        return
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            _read_as(name, suffix, actual, data, content)
    except Bomb as bomb:
        content.problem(
            "attachment-archive-bomb", f"附件解压后过大：{bomb}", "拆分后重新打包；来源不明的文件不要发布"
        )
    except DependencyError:  # pypdf wants a library for the cipher of this file
        encrypted(content)
    except _DAMAGE:
        content.problem("attachment-damaged", "附件已损坏，无法读取", "用原来的软件打开确认后重新导出")


def _read_as(name: str, suffix: str, actual: str, data: bytes, content: Content) -> None:
    if actual == "OLE" or actual == "ZIP":
        actual = _container(actual, data, content)
    if actual == "加密文档":
        encrypted(content)
        return
    promised = FORMATS.get(suffix)
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


def _container(actual: str, data: bytes, content: Content) -> str:
    """Return which document format a ZIP or OLE file holds; the bare container where it holds none."""
    return ole_format(data, content) if actual == "OLE" else zip_format(data)


def _read_zip(_name: str, data: bytes, content: Content) -> None:
    with open_archive(data, content) as archive:
        for member in archive.infolist():
            if member.is_dir():
                continue
            shown = member_name(member)
            if member.flag_bits & 1:
                content.problem("attachment-encrypted", f"压缩包内的“{shown}”设有密码", "去掉密码后重新打包")
            elif content.depth >= content.limits.archive_depth:
                content.not_searched(f"压缩包嵌套超过 {content.limits.archive_depth} 层，内层未作检查")
            else:
                _read_member(shown, archive.read(member), content)


def _read_member(shown: str, data: bytes, content: Content) -> None:
    inner = Content(content.limits, content.depth + 1, content.unpacked, content.characters)
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


def _read_foreign_archive(_name: str, _data: bytes, content: Content) -> None:
    content.not_searched("是 RAR 或 7Z 压缩包，无法检查")


_READERS: Final[dict[str, _Reader]] = {
    "PDF": read_pdf,
    "DOCX": read_word,
    "XLSX": read_excel,
    "PPTX": read_slides,
    "OFD": read_ofd,
    "ODT": read_open_document,
    "ODS": read_open_document,
    "ODP": read_open_document,
    "DOC": read_binary,
    "XLS": read_binary,
    "PPT": read_binary,
    "OLE": read_binary,
    "RTF": read_rtf,
    "ZIP": _read_zip,
    "RAR": _read_foreign_archive,
    "7Z": _read_foreign_archive,
    "SVG": read_svg,
    "HTML": read_text,
    "文本": read_text,
}
