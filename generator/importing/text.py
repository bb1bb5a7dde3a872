"""Plain text of old documents: unwanted characters, dates, and lines broken by hand."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from generator.importing.documents import Align, Paragraph

_UNWANTED: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064"
    "\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufeff\ufff9-\uffff]"
)
_BROKEN_ENTITY: Final = re.compile(r"&(?:amp;)?(?:nb|en|em)?sp;")
_TERMINAL: Final = "。；：！？;:!?”」』…"
_STRUCTURE: Final = re.compile(
    r"(?:第[〇○零一二三四五六七八九十百千\d]+[编章节条]|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]"
    r"|\d+[.．、]|[①-⑳㈠-㈩⑴-⒇]|附\s*件)"
)
_NUMBER_LINE: Final = re.compile(r"\S{1,20}\s*[〔\[【（(［]\s*(?:19|20)\d{2}\s*[〕\]】）)］]\s*第?\d+号$")
_TITLE_END: Final = re.compile(r"(?:关于.*(?:通知|意见|决定|批复|函|通报|公告|办法|规定|细则)|全文[)）]?)$")
WRAPPED_LINE: Final = 20
"""A line shorter than this was not broken because it was full."""
CENTRE_PADDING: Final = 10
RIGHT_PADDING: Final = 24
_SHORT: Final = 40

_DIGITS: Final = {char: str(value) for value, char in enumerate("零一二三四五六七八九")} | dict.fromkeys(
    "〇○Ｏ０O0◯", "0"
)
_NUMERAL: Final = "〇○◯零一二三四五六七八九Ｏ"
DATE_PATTERN: Final = (
    r"(?:(?:19|20)\d{2}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日?"
    rf"|[一二][{_NUMERAL}O0]{{3}}\s*年\s*[{_NUMERAL}十]{{1,3}}\s*月\s*[{_NUMERAL}十]{{1,3}}\s*日)"
)
_ARABIC_DATE: Final = re.compile(r"((?:19|20)\d{2})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_CHINESE_DATE: Final = re.compile(
    rf"([一二][{_NUMERAL}O0]{{3}})\s*年\s*([{_NUMERAL}十]{{1,3}})\s*月\s*([{_NUMERAL}十]{{1,3}})\s*日"
)
_TIME: Final = re.compile(r"[ T　]*(\d{1,2})[:：时](\d{2})")


def clean(text: str) -> str:
    """Drop characters that have no meaning in text; line breaks and tabs stay, fixed blanks become spaces."""
    text = _BROKEN_ENTITY.sub(" ", text) if "sp;" in text else text
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n").replace("\x0b", "\n")
    text = text.replace("\u2028", "\n").replace("\u2029", "\n").replace("\xa0", " ")
    return _UNWANTED.sub("", text)


def squeeze(text: str) -> str:
    """Return the text without any white space, for comparisons."""
    return re.sub(r"\s+", "", text)


def close_up(text: str) -> str:
    """Undo letter-spacing: 组 建 方 案 becomes 组建方案; other spaces stay."""
    parts = text.split()
    if len(parts) > 2 and sum(len(part) == 1 for part in parts) >= len(parts) - 1:
        return "".join(parts)
    return text


def read_date(text: str) -> str:
    """Return the first existing day named in the text as ``YYYY-MM-DD``, or an empty string.

    Reads 2004年3月6日, 2004-3-6 and 二○○四年三月六日.
    """
    match = _ARABIC_DATE.search(text)
    if match:
        parts = tuple(int(part) for part in match.groups())
    else:
        chinese = _CHINESE_DATE.search(text)
        if not chinese:
            return ""
        year, month, day = chinese.groups()
        parts = (int("".join(_DIGITS[char] for char in year)), _below_hundred(month), _below_hundred(day))
    try:
        return date(*parts).isoformat()
    except ValueError:
        return ""


def read_moment(text: str) -> str:
    """Return ``YYYY-MM-DD HH:MM``, or only the day where the text gives no time."""
    day = read_date(text)
    match = _ARABIC_DATE.search(text)
    clock = _TIME.match(text, match.end()) if match else None
    if day and clock and int(clock[1]) < 24 and int(clock[2]) < 60:
        return f"{day} {int(clock[1]):02d}:{clock[2]}"
    return day


def is_date(text: str) -> bool:
    """Whether the text is nothing but a date."""
    squeezed = squeeze(text).strip("()（）")
    return bool(_ARABIC_DATE.fullmatch(squeezed) or _CHINESE_DATE.fullmatch(squeezed)) and bool(
        read_date(squeezed)
    )


def _below_hundred(text: str) -> int:
    if "十" not in text:
        return int("".join(_DIGITS[char] for char in text))
    tens, _, ones = text.partition("十")
    return int(_DIGITS.get(tens, "1")) * 10 + int(_DIGITS.get(ones, "0"))


def paragraphs(text: str, align: Align = "", heading: int = 0) -> list[Paragraph]:
    """Split text at its line breaks, joining lines that were broken only because they were full.

    Old pages break lines by hand at a fixed width and indent paragraphs with blanks; signatures are pushed to
    the right and headings to the middle with blanks as well.
    """
    found: list[Paragraph] = []
    current = ""
    current_align: Align = ""
    for line in [*clean(text).split("\n"), ""]:
        content = re.sub(r"[ \t]+", " ", line.strip())
        padding = _padding(line)
        flows = not align and not current_align and padding < 2
        if current and content and flows and _continues(current, content, is_first=not found):
            current += content if _joins_closely(current, content) else f" {content}"
            continue
        if current:
            found.append(Paragraph(current, heading, align or current_align))
        current, current_align = content, _align_by_padding(content, padding)
    return found


def _padding(line: str) -> int:
    width = 0
    for char in line:
        if not char.isspace():
            break
        width += 2 if char == "\u3000" else 4 if char == "\t" else 1
    return width


def _align_by_padding(content: str, padding: int) -> Align:
    if len(content) > _SHORT or content.endswith(tuple(_TERMINAL)):
        return ""
    return "right" if padding >= RIGHT_PADDING else "center" if padding >= CENTRE_PADDING else ""


def _continues(current: str, line: str, *, is_first: bool) -> bool:
    """Whether a line goes on with the sentence before it, which only ended because its line was full."""
    if len(current) < WRAPPED_LINE or current[-1] in _TERMINAL or (is_first and _TITLE_END.search(current)):
        return False
    return not (_STRUCTURE.match(line) or _NUMBER_LINE.match(line) or is_date(line))


def _joins_closely(left: str, right: str) -> bool:
    return ord(left[-1]) > 0x2E7F or ord(right[0]) > 0x2E7F
