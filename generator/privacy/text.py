"""Personal data in running text.

`scan_text` reads every document of every build. It first looks for the mere shape of a number in a byte
copy of the text, one byte per character, which costs about 4 ns a character; patterns that know more run
only on texts where a shape was seen.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Final

import msgspec

from generator.check_digits import is_credit_code, is_id_number, passes_luhn
from generator.diagnostics import Severity
from generator.privacy.masks import (
    BANK_CARD,
    CAR_PLATE,
    EMAIL,
    HOME_ADDRESS,
    ID_NUMBER,
    LABELS,
    MASKS,
    MILITARY_ID,
    MOBILE,
    PASSPORT,
    compact,
    mask,
)


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
    return tuple(_released(matches, text, frozenset(map(compact, allow)) | frozenset(allow)))


def _released(matches: list[Finding], text: str, allow: frozenset[str]) -> Iterator[Finding]:
    """Drop what the caller allows and what lies inside an earlier finding."""
    covered = 0
    for found in sorted(matches, key=lambda found: (found.start, found.severity, -found.end)):
        value = text[found.start : found.end]
        if found.start < covered or not allow.isdisjoint((found.kind, found.code, value, compact(value))):
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
    number = compact(match[0])
    before = max(match.start() - _CONTEXT, 0), match.start()
    if is_id_number(number):
        if not (is_credit_code(number) and _CREDIT_CODE_WORDS.search(text, *before)):
            yield _finding(ID_NUMBER, match.start(), match[0])
    elif _ID_WORDS.search(text, *before):
        yield _finding(ID_NUMBER, match.start(), match[0], Severity.NOTE, suspect=True)


def _card_finding(text: str, match: re.Match[str]) -> Iterator[Finding]:
    digits = compact(match[0])
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
    rule = MASKS[kind][0]
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
