"""Document numbers (发文字号), and the numbers of orders (令) and announcements (公告)."""

from __future__ import annotations

import re
from typing import Annotated, Final

import msgspec
from pydantic import WithJsonSchema

from generator.fields.codes import WIDE_DIGITS
from generator.fields.declaration import FormatError, validator_of

_BRACKETS: Final = str.maketrans({"［": "〔", "[": "〔", "【": "〔", "(": "〔", "（": "〔", "｛": "〔", "{": "〔", "〈": "〔",
                                  "］": "〕", "]": "〕", "】": "〕", ")": "〕", "）": "〕", "｝": "〕", "}": "〕", "〉": "〕"})  # fmt: skip
_NUMBER: Final = re.compile(
    r"(?P<agency>[^\d〔〕\s《》“”，。；、]{1,24}?)〔(?P<year>(?:19|20)\d{2})〕(?P<serial>[1-9]\d{0,4})号"
)
_LENIENT: Final = re.compile(
    r"(?P<agency>[^\d〔〕《》“”，。；]{1,24}?)[〔]*(?P<year>(?:19|20)\d{2}|\d{2})年?[〕]*第?(?P<serial>\d{1,5})号?"
)
_ORDER: Final = re.compile(
    r"(?P<agency>[^\d〔〕\s《》“”，。；]{0,40}?)(?P<form>令|公告|通告|决定|公报|布告)"
    r"(?:〔(?P<bracketed>(?:19|20)\d{2})〕)?(?:(?P<year>(?:19|20)\d{2})年)?第?(?P<serial>[1-9]\d{0,4})号"
)
_YEAR_FIRST: Final = re.compile(
    r"(?P<agency>[^\d〔〕\s《》“”，。；]{0,40}?)(?P<year>(?:19|20)\d{2})年(?P<ordinal>第?)(?P<serial>[1-9]\d{0,4})号(?P<form>令|公告|通告|决定)?"
)
_CODE_ENDS: Final = ("发", "函", "办", "字", "规", "通")
"""How codes of agencies (机关代字) end; 国办发2019年第5号 is a misspelt number, not an announcement."""

_CHINESE_DIGITS: Final = {char: value for value, char in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "○": 0,
    "两": 2,
}
_CHINESE_SERIAL: Final = re.compile(r"第([〇○零一二三四五六七八九十百千]{1,9})号")


def _chinese_number(text: str) -> int:
    if not any(unit in text for unit in "十百千"):
        return int("".join(str(_CHINESE_DIGITS[char]) for char in text))
    total = current = 0
    for char in text:
        if char in "十百千":
            total += (current or 1) * {"十": 10, "百": 100, "千": 1000}[char]
            current = 0
        else:
            current = _CHINESE_DIGITS[char]
    return total + current


class DocumentNumber(msgspec.Struct, frozen=True, order=True):
    """A document number (发文字号), or the number of an order (令) or announcement (公告).

    Attributes:
        agency: 机关代字 such as 国办发, or the agency's name before 令; may be empty for 公告.
        year: Four digits; 0 where an order carries none.
        serial: Without leading zeros.
        form: Empty for 发文字号, else 令, 公告, 通告 …
    """

    agency: str
    year: int
    serial: int
    form: str = ""

    def __str__(self) -> str:
        if not self.form:
            return f"{self.agency}〔{self.year}〕{self.serial}号"
        year = f"{self.year}年" if self.year else ""
        return f"{self.agency}{self.form}{year}第{self.serial}号"

    @classmethod
    def parse(cls, text: str) -> DocumentNumber:
        """Read a document number such as 国办发〔2019〕5号, 越明市人民政府令第12号 or 公告2026年第3号.

        The form is that of GB/T 9704-2012, 7.2.5: agency code, four-digit year in 〔〕, serial without
        leading zeros and without 第. Spaces, full-width digits are forgiven; brackets of another kind are not.

        Raises:
            FormatError: If a part is missing or wrong; ``hint`` proposes the repair.
        """
        squeezed = re.sub(r"[\s　\u200b\ufeff]+", "", text).translate(WIDE_DIGITS)
        match = _NUMBER.fullmatch(squeezed)
        if match:
            return cls(match["agency"], int(match["year"]), int(match["serial"]))
        order = cls._parse_order(squeezed)
        if order:
            return order
        repaired = cls.repair(text)
        hint = (
            f"改为：{repaired}"
            if repaired
            else "写成“机关代字〔年份〕×号”，例如 越政办发〔2026〕3号；令写成“越明市人民政府令第3号”"
        )
        if repaired and not repaired.form and squeezed.translate(_BRACKETS) == str(repaired):
            hint = f"改用六角括号：{repaired}"
        raise FormatError("bad-document-number", f"发文字号“{text}”格式不符", hint)

    @classmethod
    def _parse_order(cls, squeezed: str) -> DocumentNumber | None:
        plain = _CHINESE_SERIAL.sub(lambda m: f"第{_chinese_number(m[1])}号", squeezed)
        order = _ORDER.fullmatch(plain)
        if order:
            return cls(
                order["agency"],
                int(order["year"] or order["bracketed"] or 0),
                int(order["serial"]),
                order["form"],
            )
        order = _YEAR_FIRST.fullmatch(plain)
        if order and (order["form"] or (order["ordinal"] and not order["agency"].endswith(_CODE_ENDS))):
            return cls(order["agency"], int(order["year"]), int(order["serial"]), order["form"] or "公告")
        return None

    @classmethod
    def repair(cls, text: str) -> DocumentNumber | None:
        """Return the number that a messy spelling most likely means, or None.

        Used by the importer on old documents: other brackets, a missing 号, 第 before the serial, leading zeros.
        """
        squeezed = re.sub(r"[\s　\u200b\ufeff]+", "", text).translate(WIDE_DIGITS).translate(_BRACKETS)
        order = cls._parse_order(squeezed)
        if order:
            return order
        match = _LENIENT.fullmatch(squeezed)
        if not match or not int(match["serial"]):
            return None
        year = int(match["year"])
        if year < 100:
            year += 1900 if year > 49 else 2000
        agency = match["agency"].strip("〔〕")
        return cls(agency, year, int(match["serial"])) if agency else None


DocumentNumberText = Annotated[
    str,
    validator_of(lambda text: str(DocumentNumber.parse(text))),
    WithJsonSchema({"type": "string", "minLength": 3}),
]
"""A document number, in its one canonical spelling."""
