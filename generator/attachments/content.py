"""Facts about an attachment, and what readers collect while they read it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

import msgspec

from generator.diagnostics import Problem, Severity
from generator.privacy import header_row


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


@dataclass
class Content:
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


def encrypted(content: Content) -> None:
    content.problem("attachment-encrypted", "附件设有密码或者加密保护", "去掉密码和权限限制后重新保存")


def revision_problems(content: Content, *, tracked: bool = False, commented: bool = False) -> None:
    if tracked:
        content.warn("attachment-tracked-changes", "附件留有修订痕迹", "在“审阅”中接受或者拒绝全部修订后另存")
    if commented:
        content.warn("attachment-comments", "附件留有批注", "删除全部批注后另存")


def add_row(rows: list[list[str]], row: list[str], content: Content) -> None:
    if len(rows) < content.limits.table_rows:
        rows.append(row[: content.limits.table_columns])
    elif len(rows) == content.limits.table_rows:
        content.not_searched(f"表格超过 {content.limits.table_rows} 行，其余未作检查")


def warn_scan(content: Content) -> None:
    content.warn(
        "attachment-no-text-layer",
        "附件是扫描图像，没有文字层，无法检索，也无法朗读",
        "提供由原文档导出的版本，或者作文字识别后再上传",
    )
