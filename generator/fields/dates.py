"""Days, minutes and months, as editors write them."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime
from typing import Annotated, Any, Final

from pydantic import BeforeValidator, ValidationInfo, WithJsonSchema
from pydantic_core import PydanticCustomError

from generator.fields.declaration import FormatError, validator_of, warn

_DATE: Final = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_TIME: Final = re.compile(r"(\d{1,2})\s*[:：时]\s*(\d{2})(?:\s*[:：分]\s*\d{2}\s*秒?|分)?")


def parse_date(text: str) -> date:
    """Read a date such as 2026-03-08; 2026/3/8 and 2026年3月8日 are read as well.

    Raises:
        FormatError: If the text is no date or the day does not exist.
    """
    match = _DATE.fullmatch(text)
    if not match:
        raise FormatError("bad-date", f"“{text}”不是日期", "按 YYYY-MM-DD 填写，例如 2026-03-08")
    year, month, day = (int(part) for part in match.groups())
    try:
        return date(year, month, day)
    except ValueError:
        raise FormatError("bad-date", f"“{text}”不是有效日期", _why_no_such_day(year, month)) from None


def day_words(day: str) -> str:
    """Return an ISO day as it is written in Chinese: 2026年3月8日, without leading zeros (GB/T 9704)."""
    return f"{int(day[:4])}年{int(day[5:7])}月{int(day[8:10])}日"


def _why_no_such_day(year: int, month: int) -> str:
    if not 1 <= month <= 12:
        return "月份应在 1 到 12 之间，按 YYYY-MM-DD 填写"
    if not 1 <= year <= 9999:
        return "年份应为四位数字，按 YYYY-MM-DD 填写"
    return f"{year} 年 {month} 月只有 {monthrange(year, month)[1]} 天，按 YYYY-MM-DD 填写"


DATE_SCHEMA: Final = {"type": "string", "pattern": r"^\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?$"}
Day = Annotated[date, validator_of(parse_date), WithJsonSchema(DATE_SCHEMA)]


def parse_minute(text: str) -> tuple[datetime, bool]:
    """Read a time to the minute, Asia/Shanghai, and say whether the text had a time of day at all.

    W-05 asks for ``YYYY-MM-DD HH:MM``; seconds and slashes occur in real exports and are read too.
    """
    match = _DATE.match(text)
    if not match:
        raise FormatError(
            "bad-time", f"“{text}”不是发布时间", "按 YYYY-MM-DD HH:MM 填写，例如 2026-03-08 09:15"
        )
    day = parse_date(match.group().strip())
    rest = text[match.end() :].strip(" T　")
    if not rest:
        return datetime(day.year, day.month, day.day), False
    clock = _TIME.fullmatch(rest)
    if not clock or int(clock[1]) > 23 or int(clock[2]) > 59:
        raise FormatError(
            "bad-time", f"“{text}”的时刻不对", "按 YYYY-MM-DD HH:MM 填写，例如 2026-03-08 09:15"
        )
    return datetime(day.year, day.month, day.day, int(clock[1]), int(clock[2])), True


def _minute(value: Any, info: ValidationInfo) -> datetime:
    if not isinstance(value, str):
        raise PydanticCustomError("wrong-type", "应当是一行文字")
    try:
        moment, has_time = parse_minute(value.strip())
    except FormatError as error:
        raise PydanticCustomError(
            error.code,
            "{text}",
            {"text": error.message, "hint": error.hint},
        ) from None
    if not has_time:
        warn(
            info,
            "missing-time",
            f"发布时间“{value.strip()}”没有写到分钟，暂按 00:00 处理",
            "补上时刻，例如 2026-03-08 09:15",
        )
    return moment


Minute = Annotated[
    datetime,
    BeforeValidator(_minute),
    WithJsonSchema({"type": "string", "pattern": DATE_SCHEMA["pattern"].rstrip("$") + r"([ T　].*)?$"}),
]
"""A time to the minute in Asia/Shanghai, kept without a zone."""


def _month(text: str) -> str:
    match = re.fullmatch(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?", text)
    if not match or not 1 <= int(match[2]) <= 12:
        raise FormatError("bad-month", f"“{text}”不是月份", "按 YYYY-MM 填写，例如 2026-03")
    return f"{match[1]}-{int(match[2]):02d}"


Month = Annotated[
    str,
    validator_of(_month),
    WithJsonSchema({"type": "string", "pattern": r"^\d{4}\s*[-/.年]\s*\d{1,2}\s*月?$"}),
]
