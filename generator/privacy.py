"""Personal data (个人信息) in text and tables, found before it is published.

The kinds, masks and severities follow 《政府信息公开条例》 article 15, 《个人信息保护法》 and the notice of 2018
on removing identifying parts. A number counts only if its own arithmetic holds (GB 11643 for citizens'
numbers, Luhn for bank cards) or if the words before it say what it is, because official text is full of
numbers of the same length: 统一社会信用代码, 索引号, 项目代码, 许可证编号.

`scan_text` reads every document of every build. It first looks for the mere shape of a number in a byte
copy of the text, one byte per character, which costs about 4 ns a character; patterns that know more run
only on texts where a shape was seen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date
from typing import Final

import msgspec

from generator.diagnostics import Severity

ID_NUMBER: Final = "personal-id-number"
MOBILE: Final = "mobile-number"
BANK_CARD: Final = "bank-card"
EMAIL: Final = "email"
HOME_ADDRESS: Final = "home-address"
PASSPORT: Final = "passport"
MILITARY_ID: Final = "military-id"
CAR_PLATE: Final = "car-plate"
SENSITIVE_TABLE: Final = "sensitive-table"
NAMES_WITH_ATTRIBUTES: Final = "names-with-attributes"

LABELS: Final = {
    ID_NUMBER: "居民身份证号",
    MOBILE: "手机号码",
    BANK_CARD: "银行卡号",
    EMAIL: "电子邮箱",
    HOME_ADDRESS: "家庭住址",
    PASSPORT: "护照或通行证号码",
    MILITARY_ID: "军人或警察证件号",
    CAR_PLATE: "车牌号",
}


class Finding(msgspec.Struct, frozen=True):
    """One piece of personal data in a text.

    Attributes:
        kind: What it is, one of `LABELS`; a caller may release a whole kind.
        start: Offset of its first character.
        end: Offset after its last character.
        masked: The form that may be shown and published; no message holds more than this.
        code: The kind, or ``suspect-…`` where only the surroundings speak for it.
    """

    kind: str
    start: int
    end: int
    masked: str
    severity: Severity
    code: str
    message: str
    remedy: str


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


# --- arithmetic ---------------------------------------------------------------------------------------

_ID_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS: Final = "10X98765432"
_CODE_ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CODE_VALUES: Final = {character: value for value, character in enumerate(_CODE_ALPHABET)}
_CODE_WEIGHTS: Final = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def is_id_number(number: str) -> bool:
    """Whether 18 characters are a citizen's number: a possible birthday and the check digit of GB 11643."""
    if len(number) != 18 or not (number.isascii() and number[:17].isdigit()) or number[0] == "0":
        return False
    if number[6:8] not in ("19", "20") or not _is_date(number[6:10], number[10:12], number[12:14]):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _ID_WEIGHTS, strict=True))
    return _ID_CHECKS[total % 11] == number[17].upper()


def is_credit_code(code: str) -> bool:
    """Whether 18 characters are a 统一社会信用代码 with the check digit of GB 32100."""
    if len(code) != 18 or any(character not in _CODE_VALUES for character in code):
        return False
    total = sum(
        _CODE_VALUES[character] * weight for character, weight in zip(code[:17], _CODE_WEIGHTS, strict=True)
    )
    return _CODE_ALPHABET[-total % 31] == code[17]


def passes_luhn(digits: str) -> bool:
    """Whether the last digit is the check digit of ISO/IEC 7812-1, as on every bank card."""
    total = 0
    for position, character in enumerate(reversed(digits)):
        digit = int(character) << (position & 1)
        total += digit - 9 if digit > 9 else digit
    return total % 10 == 0


def _is_date(year: str, month: str, day: str) -> bool:
    try:
        date(int(year), int(month), int(day))
    except ValueError:
        return False
    return True


# --- masks --------------------------------------------------------------------------------------------


def _keep_ends(value: str, head: int, tail: int) -> str:
    return value[:head] + "*" * max(len(value) - head - tail, 0) + value[len(value) - tail :]


def _mask_email(value: str) -> str:
    local, _, domain = value.partition("@")
    return f"{local[:1] if len(local) > 1 else ''}***@{domain}"


_AREA_END: Final = re.compile(r".*(?:[村乡镇]|社区|街道|[区县市])")


def _mask_address(value: str) -> str:
    """Keep what stands before the first digit, and of that no more than village or community."""
    before_digits = re.split(r"[0-9]", value, maxsplit=1)[0]
    area = _AREA_END.match(before_digits)
    return f"{area[0] if area else ''}***"


_MASKS: Final[dict[str, tuple[str, Callable[[str], str]]]] = {
    ID_NUMBER: ("只留前3位和后2位", lambda value: _keep_ends(value, 3, 2)),
    MOBILE: ("只留前3位和后4位", lambda value: _keep_ends(value, 3, 4)),
    BANK_CARD: ("只留前4位和后3位", lambda value: _keep_ends(value, 4, 3)),
    EMAIL: ("只留首字符和域名", _mask_email),
    HOME_ADDRESS: ("只到村或社区", _mask_address),
    PASSPORT: ("只留前1位和后2位", lambda value: _keep_ends(value, 1, 2)),
    MILITARY_ID: ("只留后2位", lambda value: _keep_ends(value, 0, 2)),
    CAR_PLATE: ("只留前2位和后2位", lambda value: _keep_ends(value, 2, 2)),
}


def mask(kind: str, value: str) -> str:
    """Return the publishable form of a value; separators inside numbers are dropped."""
    return _MASKS[kind][1](value if kind == HOME_ADDRESS else _compact(value))


_SEPARATORS: Final = str.maketrans("", "", " -\u00a0·.")


def _compact(value: str) -> str:
    if "@" in value:
        return value
    return value.translate(_SEPARATORS)


# --- text ---------------------------------------------------------------------------------------------

_WIDE: Final = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}


def _shape(byte: int) -> int:
    character = chr(byte)
    if character.isascii() and character.isdigit():
        return ord("0")
    if "A" <= character <= "Z":
        return ord("A")
    return byte if character in "-@" else ord("-") if character == " " else ord(".")


_SHAPES: Final = bytes(_shape(byte) for byte in range(256))
_NUMBER_SHAPES: Final = (b"0" * 11, b"000-0000-0000", b"0000-0000-0000-0000", b"000000-00000000-000")
_PLATE_SHAPE: Final = re.compile(rb"A\.?-?[A0]{5}")

_ID: Final = re.compile(
    r"(?<![0-9A-Za-z])[1-9][0-9]{5}[ -]?(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
    r"[ -]?[0-9]{3}[0-9Xx](?![0-9A-Za-z]|/(?:19|20)[0-9]{2}-)"
)
_OLD_ID: Final = re.compile(
    r"(?<![0-9A-Za-z])[1-9][0-9]{7}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}(?![0-9A-Za-z])"
)
_ID_WORDS: Final = re.compile(r"身份证|公民身份|证件号")
_CREDIT_CODE_WORDS: Final = re.compile(r"信用代码")

_CARD: Final = re.compile(
    r"(?<![0-9A-Za-z./-])[3-69](?:[0-9]{15,18}|[0-9]{3}(?:([ -])[0-9]{4})(?:\1[0-9]{4}){2}(?:\1[0-9]{1,3})?)"
    r"(?![0-9A-Za-z/]|[.-][0-9])"
)
_CARD_WORDS: Final = re.compile(r"银行|信用社|卡号|账号|帐号|账户|帐户|开户|借记卡|信用卡|存折|一卡通")
# Issuer numbers in use in China: UnionPay 62, older 60, 4367, 9558 and 9559, Visa, MasterCard, JCB.
_CARD_ISSUER: Final = re.compile(
    r"62[0-9]{14,17}|60[0-9]{14,17}|4[0-9]{15}|4367[0-9]{15}|5[1-5][0-9]{14}|35(?:2[89]|[3-8][0-9])[0-9]{12}"
    r"|955[89][0-9]{15}"
)
# Only directly before the number: “项目编号：…” is a code, “项目联系人：…” is followed by a telephone.
_REGISTRY_WORDS: Final = re.compile(
    r"(?:编号|代码|编码|文号|证号|证书号?|备案号|项目号|流水号?|条形?码|标识码?|案号|订单号?|注册号|登记号|批号|单号"
    r"|宗地号?|许可证?号?|合同号?)[为是:：\s（(\[【]*$"
)
_REGISTRY_CONTEXT: Final = 12

_MOBILE: Final = re.compile(
    r"(?<![0-9A-Za-z])(?<![0-9]\.)(?:\+?86[ -]?)?"
    r"(1[3-9][0-9](?:[0-9]{8}|([ -])[0-9]{4}\2[0-9]{4}))(?![0-9A-Za-z]|\.[0-9]|-(?!1[3-9][0-9]{9})[0-9])"
)
_AMOUNT: Final = re.compile(r"\s*(?:[万亿]?(?:元|美元|吨|千瓦|度|平方|立方|人|个|件)|%)")
_URL_CHARACTERS: Final = frozenset(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_./:?=&%~#+-"
)
_URL_REACH: Final = 300
_URL_MARK: Final = re.compile(r"://|www\.|\.(?:html?|jsp|php|png|jpe?g|gif|pdf|docx?|xlsx?)")

_EMAIL: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_PLATE: Final = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·.\- ]?"
    r"(?=[A-Z]{0,4}[0-9])[A-HJ-NP-Z0-9]{4,5}[A-HJ-NP-Z0-9挂学警](?![0-9A-Za-z]|-[0-9])"
)
_PASSPORT: Final = re.compile(r"(?:护照|通行证)[^0-9\n]{0,16}?([A-Z][A-Z]?[0-9]{7,8})(?![0-9A-Za-z])")
_MILITARY: Final = re.compile(r"(?:军官|士官|士兵|文职|警官)证[^0-9\n]{0,16}?([0-9]{6,8})(?![0-9])")
_HOME_WORDS: Final = re.compile(r"住址|家庭地址|家住|现住|姓名|户主")
_HOME: Final = re.compile(
    r"(?:住址|家庭地址|家住|现住(?:址|地)?|(?:姓名|户主)[^\n。；]{0,40}?(?:地址|住))[:：为于在\s|]*"
    r"([\u4e00-\u9fff0-9A-Za-z-]{2,40}?[0-9]+(?:号楼|幢|栋|单元|室|组[0-9]+号|号)(?:[0-9A-Za-z-]*(?:号楼|幢|栋|单元|室|号))*)"
)

_CONTEXT: Final = 24


def scan_text(text: str, allow: Collection[str] = ()) -> tuple[Finding, ...]:
    """Return the personal data in a text, by offset, without overlaps.

    Args:
        text: Markdown or plain text.
        allow: Kinds or codes to release, and single values, such as the mobile number of an office on
            duty, with or without separators.
    """
    plain = text.encode("ascii", "replace")
    if "１" in text or "２" in text or "＠" in text:
        text = text.translate(_WIDE)
        plain = text.encode("ascii", "replace")
    shapes = plain.translate(_SHAPES)
    matches: list[Finding] = []
    if any(shape in shapes for shape in _NUMBER_SHAPES):
        matches += _numbers(text)
    if b"@" in shapes:
        matches += _emails(text)
    if b"0000" in shapes:
        matches += _documents(text)
    if _PLATE_SHAPE.search(shapes):
        matches += (_finding(CAR_PLATE, match.start(), match[0]) for match in _PLATE.finditer(text))
    if b"0" in shapes and _HOME_WORDS.search(text):
        matches += (_finding(HOME_ADDRESS, match.start(1), match[1]) for match in _HOME.finditer(text))
    if not matches:
        return ()
    return tuple(_released(matches, text, frozenset(map(_compact, allow)) | frozenset(allow)))


def _released(matches: list[Finding], text: str, allow: frozenset[str]) -> Iterator[Finding]:
    """Drop what the caller allows and what lies inside an earlier finding."""
    covered = 0
    for found in sorted(matches, key=lambda found: (found.start, found.severity, -found.end)):
        value = text[found.start : found.end]
        if found.start < covered or not allow.isdisjoint((found.kind, found.code, value, _compact(value))):
            continue
        covered = found.end
        yield found


def _numbers(text: str) -> Iterator[Finding]:
    for match in _ID.finditer(text):
        yield from _id_finding(text, match)
    for match in _OLD_ID.finditer(text):
        if _ID_WORDS.search(text, max(match.start() - _CONTEXT, 0), match.start()):
            yield _finding(ID_NUMBER, match.start(), match[0], Severity.WARNING, suspect=True)
    for match in _CARD.finditer(text):
        yield from _card_finding(text, match)
    for match in _MOBILE.finditer(text):
        if not _is_other_number(text, match):
            yield _finding(MOBILE, match.start(1), match[1])


def _id_finding(text: str, match: re.Match[str]) -> Iterator[Finding]:
    number = _compact(match[0])
    before = max(match.start() - _CONTEXT, 0), match.start()
    if is_id_number(number):
        if not (is_credit_code(number) and _CREDIT_CODE_WORDS.search(text, *before)):
            yield _finding(ID_NUMBER, match.start(), match[0])
    elif _ID_WORDS.search(text, *before):
        yield _finding(ID_NUMBER, match.start(), match[0], Severity.NOTE, suspect=True)


def _card_finding(text: str, match: re.Match[str]) -> Iterator[Finding]:
    digits = _compact(match[0])
    if not passes_luhn(digits) or is_id_number(digits) or is_credit_code(digits):
        return
    start = match.start()
    named = _CARD_WORDS.search(text, max(start - _CONTEXT, 0), start) is not None
    if not named and _is_registry_number(text, start):
        return
    if named or _CARD_ISSUER.fullmatch(digits):
        yield _finding(BANK_CARD, start, match[0])
    elif len(digits) != 18:
        # Eighteen digits without such words are mostly a licence number led by a region's code.
        yield _finding(BANK_CARD, start, match[0], Severity.WARNING, suspect=True)


def _is_other_number(text: str, match: re.Match[str]) -> bool:
    """Whether eleven digits that begin like a mobile number are a code, an amount or part of a link."""
    start, end = match.span(1)
    if _AMOUNT.match(text, end) or _is_registry_number(text, start):
        return True
    if text[max(start - 1, 0) : start] in ("=", "_", "&") or text[end : end + 1] in ("=", "_", "&"):
        return True
    left, first, last = start, max(start - _URL_REACH, 0), min(end + _URL_REACH, len(text))
    while left > first and text[left - 1] in _URL_CHARACTERS:
        left -= 1
    while end < last and text[end] in _URL_CHARACTERS:
        end += 1
    return _URL_MARK.search(text, left, end) is not None


def _is_registry_number(text: str, start: int) -> bool:
    return _REGISTRY_WORDS.search(text[max(start - _REGISTRY_CONTEXT, 0) : start]) is not None


def _emails(text: str) -> Iterator[Finding]:
    for match in _EMAIL.finditer(text):
        if not match[0].lower().endswith((".gov.cn", "@gov.cn")):
            yield _finding(EMAIL, match.start(), match[0])


def _documents(text: str) -> Iterator[Finding]:
    if "护照" in text or "通行证" in text:
        for match in _PASSPORT.finditer(text):
            yield _finding(PASSPORT, match.start(1), match[1])
    for match in _MILITARY.finditer(text):
        yield _finding(MILITARY_ID, match.start(1), match[1])


_SEVERITIES: Final = {ID_NUMBER: Severity.ERROR, MOBILE: Severity.ERROR, BANK_CARD: Severity.ERROR}


def _finding(
    kind: str, start: int, value: str, severity: Severity | None = None, *, suspect: bool = False
) -> Finding:
    masked = mask(kind, value)
    rule = _MASKS[kind][0]
    verb = "疑似" if suspect else "出现"
    return Finding(
        kind=kind,
        start=start,
        end=start + len(value),
        masked=masked,
        severity=_SEVERITIES.get(kind, Severity.WARNING) if severity is None else severity,
        code=f"suspect-{kind}" if suspect else kind,
        message=f"{verb}{LABELS[kind]} {masked}，公开前应当去标识化",
        remedy=f"删去，或者改写为 {masked}（{rule}）{_RELEASES.get(kind, '')}",
    )


_RELEASES: Final = {
    MOBILE: "；确为对外公布的公务电话的，登记豁免并写明原因",
    EMAIL: "；确为对外公布的公务邮箱的，登记豁免并写明原因",
    ID_NUMBER: "；惩戒公示等依法须公开的，登记豁免并写明依据",
}


# --- tables -------------------------------------------------------------------------------------------


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
