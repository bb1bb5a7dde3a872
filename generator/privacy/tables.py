"""Personal data in tables: by the headers of columns and by the values below them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Final

import msgspec

from generator.check_digits import is_credit_code
from generator.diagnostics import Severity
from generator.privacy.masks import (
    BANK_CARD,
    HOME_ADDRESS,
    ID_NUMBER,
    LABELS,
    MOBILE,
    NAMES_WITH_ATTRIBUTES,
    SENSITIVE_TABLE,
)
from generator.privacy.text import Finding, scan_text


class TableFinding(msgspec.Struct, frozen=True):
    """One column of a table that holds personal data, however many rows do.

    Attributes:
        column: Zero-based.
        row: Zero-based number, below the header, of the first row concerned; -1 for the header itself.
        count: How many rows are concerned.
    """

    kind: str
    column: int
    row: int
    count: int
    severity: Severity
    code: str
    message: str
    remedy: str


class _HeaderRule(msgspec.Struct, frozen=True):
    """A column whose header names personal data, and what a value must look like to count as such.

    Attributes:
        value: None where a value counts only if `scan_text` finds that kind in it: the fixed telephone of an
            office stands under the same header as a private mobile number.
    """

    kind: str
    header: re.Pattern[str]
    value: re.Pattern[str] | None


# A blank application form has these headers too, so a header alone is no leak: a value must stand under it.
_HEADER_RULES: Final = (
    _HeaderRule(ID_NUMBER, re.compile(r"身份证|身份号码|证件号"), re.compile(r"[0-9]{6,}[0-9A-Za-z]*")),
    _HeaderRule(
        BANK_CARD,
        re.compile(r"银行[账帐][号户]|(?:收款|个人)[账帐][号户]|银行卡|卡号|^[账帐]号$|开户行|开户银行"),
        re.compile(r"[0-9]{8,}|银行|支行|信用社|农商|合行"),
    ),
    _HeaderRule(MOBILE, re.compile(r"电话|手机|联系方式"), None),
    _HeaderRule(
        HOME_ADDRESS,
        re.compile(r"家庭(?:住址|地址)|住址|户籍地址|居住地址|居住地$"),
        re.compile(r"[0-9一二三四五六七八九十]+(?:号|室|幢|栋|组|单元)"),
    ),
    _HeaderRule(
        "birth-date",
        re.compile(r"出生日期|^生日$"),
        re.compile(r"(?:19|20)[0-9]{2}\D?(?:0?[1-9]|1[0-2])\D?[0-9]{1,2}|^[0-9]{4,5}$"),
    ),
    _HeaderRule("health", re.compile(r"健康状况|病史|病情"), re.compile(r"^[\u4e00-\u9fff、，]{1,20}$")),
)
_NAME_HEADER: Final = re.compile(r"姓名|^户主$|^名字$")
_ATTRIBUTE_HEADER: Final = re.compile(
    r"残疾|病种|疾病|低保|贫困|特困|困难类[型别]|孤儿|学生|未成年|救助类[型别]"
)
_COUNT_HEADER: Final = re.compile(r"数|名额|经费|金额")
_DIGIT: Final = re.compile(r"[0-9]")
_NAME: Final = re.compile(r"[\u4e00-\u9fff·]{2,15}")
_MASKED: Final = re.compile(r"[*＊×xX]{2}|[*＊×某]")


def header_row(rows: Sequence[Sequence[str]]) -> int | None:
    """Return which of the first rows names the columns, below a title that spans the table.

    The row with the most words known as headers wins; where there are none, the first with two cells.
    """
    best, best_score = None, 0
    for number, row in enumerate(rows[:8]):
        cells = [cell.strip() for cell in row if cell.strip()]
        if len(set(cells)) < 2:
            continue
        known = sum(1 for cell in cells if len(cell) <= 20 and _is_known_header(cell))
        if best is None or known * 2 > best_score:
            best, best_score = number, max(known * 2, 1)
    return best


def _is_known_header(cell: str) -> bool:
    if _NAME_HEADER.search(cell) or _ATTRIBUTE_HEADER.search(cell):
        return True
    return any(rule.header.search(cell) for rule in _HEADER_RULES)


def scan_table(
    headers: Sequence[str], rows: Sequence[Sequence[str]], allow: Collection[str] = ()
) -> tuple[TableFinding, ...]:
    """Return the columns of a table that hold personal data, one finding for each.

    A column is reported under its header (``sensitive-table``) or else for the values found in it. Rows
    may be shorter than the header. Masked values are none of its business.

    Args:
        headers: The names of the columns.
        rows: The cells below, as text.
        allow: As for `scan_text`.
    """
    names = [re.sub(r"\s+", "", header) for header in headers]
    findings = []
    for column, name in enumerate(names):
        cells = [row[column].strip() if column < len(row) else "" for row in rows]
        found = _sensitive_column(column, name, cells, allow)
        findings += [found] if found else _values_in_column(column, names, cells, allow)
    findings += _names_with_attributes(names, rows, allow)
    return tuple(findings)


def _sensitive_column(
    column: int, header: str, cells: Sequence[str], allow: Collection[str]
) -> TableFinding | None:
    for rule in _HEADER_RULES:
        if not rule.header.search(header):
            continue
        if SENSITIVE_TABLE in allow or rule.kind in allow:
            return None
        hits = [row for row, cell in enumerate(cells) if _holds(rule, cell, allow)]
        if hits:
            return TableFinding(
                kind=rule.kind,
                column=column,
                row=hits[0],
                count=len(hits),
                severity=Severity.ERROR,
                code=SENSITIVE_TABLE,
                message=f"表格的“{header}”列有 {len(hits)} 行个人信息未作处理",
                remedy="删去这一列；确需保留的，隐去中间位；依法须公开的，登记豁免并写明依据",
            )
    return None


def _holds(rule: _HeaderRule, cell: str, allow: Collection[str]) -> bool:
    if not cell or _MASKED.search(cell) or cell in allow or is_credit_code(cell):
        return False
    if rule.value is None:
        return any(found.kind == rule.kind for found in scan_text(cell, allow))
    return rule.value.search(cell) is not None


def _values_in_column(
    column: int, headers: Sequence[str], cells: Sequence[str], allow: Collection[str]
) -> list[TableFinding]:
    header = headers[column]
    # The header says what the numbers below it are, as the words before a number do in running text. Where
    # the header is itself a value, as in forms of label and value side by side, its label stands to the left.
    values = [(-1, header), *enumerate(cells)]
    label = header if not _DIGIT.search(header) else headers[column - 1] if column else ""
    prefix = f"{label}：" if label and not _DIGIT.search(label) else ""
    hits: dict[str, list[tuple[int, Finding]]] = {}
    for row, value in values:
        for found in scan_text(value if row < 0 and prefix == f"{header}：" else prefix + value, allow):
            hits.setdefault(found.code, []).append((row, found))
    return [
        TableFinding(
            kind=found.kind,
            column=column,
            row=row,
            count=len(hits[code]),
            severity=found.severity,
            code=code,
            message=f"表格的“{label or f'第{column + 1}列'}”列有 {len(hits[code])} 处"
            f"{'疑似' if code != found.kind else ''}{LABELS[found.kind]}，如 {found.masked}",
            remedy=found.remedy,
        )
        for code, ((row, found), *_) in hits.items()
    ]


def _names_with_attributes(
    headers: Sequence[str], rows: Sequence[Sequence[str]], allow: Collection[str]
) -> Iterator[TableFinding]:
    name_columns = [column for column, header in enumerate(headers) if _NAME_HEADER.search(header)]
    attributes = [
        header for header in headers if _ATTRIBUTE_HEADER.search(header) and not _COUNT_HEADER.search(header)
    ]
    if not name_columns or not attributes or NAMES_WITH_ATTRIBUTES in allow or SENSITIVE_TABLE in allow:
        return
    column = name_columns[0]
    hits = [
        row
        for row, cells in enumerate(rows)
        if column < len(cells) and _NAME.fullmatch(cells[column].strip()) and "某" not in cells[column]
    ]
    if hits:
        yield TableFinding(
            kind=NAMES_WITH_ATTRIBUTES,
            column=column,
            row=hits[0],
            count=len(hits),
            severity=Severity.WARNING,
            code=NAMES_WITH_ATTRIBUTES,
            message=f"表格同时列出姓名和“{attributes[0]}”，涉及 {len(hits)} 人，可能暴露个人敏感情况",
            remedy="请人工核对：删去敏感列，或者把姓名写成“张*”",
        )
