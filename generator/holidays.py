"""Working days by the holiday arrangements of the State Council (国务院办公厅节假日安排).

Every autumn a notice of the General Office says which weekdays of the next year are holidays and which
weekend days are worked instead. Nothing can be computed for a year before its notice, so every answer may be
`Unpublished` instead of a guess. The arrangements are content, not code: the caller loads them and passes
plain mappings.

The first day is never counted (《民法典》 article 201), nor are holidays (国务院令第711号 counts 工作日).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from generator.diagnostics import Problem, Severity

_DAY: Final = timedelta(days=1)
_SATURDAY: Final = 5


@dataclass(frozen=True, slots=True)
class Unpublished:
    """The answer depends on a year whose arrangement is not known."""

    year: int

    @property
    def message(self) -> str:
        return f"没有{self.year}年的节假日安排，无法计算工作日"

    @property
    def remedy(self) -> str:
        return f"国务院办公厅公布{self.year}年放假安排后，补入节假日数据"


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Which days are worked in the years whose arrangements are known.

    Attributes:
        sources: The notice of each known year, by year.
        holidays: Days off that the notices name, weekend days among them or not.
        extra_working_days: Weekend days worked instead (调休上班).
    """

    sources: Mapping[int, str]
    holidays: frozenset[date]
    extra_working_days: frozenset[date]

    def is_working_day(self, day: date) -> bool | Unpublished:
        """Whether offices work on that day."""
        if day.year not in self.sources:
            return Unpublished(day.year)
        return self._is_worked(day)

    def add_working_days(self, start: date, count: int) -> date | Unpublished:
        """Return the last day of a period of working days that begins after `start`.

        With a count of zero that is `start` itself, worked or not.

        Raises:
            ValueError: If the count is negative.
        """
        if count < 0:
            raise ValueError(f"a period of {count} working days")
        day = start
        while count:
            day += _DAY
            if day.year not in self.sources:
                return Unpublished(day.year)
            count -= self._is_worked(day)
        return day

    def working_days_between(self, start: date, end: date) -> int | Unpublished:
        """Count the working days after `start` up to and including `end`; negative if `end` comes first."""
        if end < start:
            backwards = self.working_days_between(end, start)
            return backwards if isinstance(backwards, Unpublished) else -backwards
        count, day = 0, start
        while day < end:
            day += _DAY
            if day.year not in self.sources:
                return Unpublished(day.year)
            count += self._is_worked(day)
        return count

    def _is_worked(self, day: date) -> bool:
        if day in self.extra_working_days:
            return True
        return day.weekday() < _SATURDAY and day not in self.holidays


def work_calendar(years: Mapping[object, object]) -> tuple[WorkCalendar, tuple[Problem, ...]]:
    """Make a calendar from a mapping of years, and say what in it cannot be right.

    A year holds `放假` and `上班`, lists of days (2025-01-01) or ranges (2025-01-28 至 2025-02-04), and `依据`, the
    notice. A year with a problem in its days stays unknown, so that nothing is computed from half of it.
    """
    sources: dict[int, str] = {}
    holidays: set[date] = set()
    worked: set[date] = set()
    problems: list[Problem] = []
    for key, value in years.items():
        found = list(_year_problems(key, value))
        problems += found
        if any(problem.severity is Severity.ERROR for problem in found) or not isinstance(value, Mapping):
            continue
        sources[int(str(key))] = str(value.get("依据") or "")
        holidays.update(day for entry in value.get("放假") or () for day in _days(entry) or ())
        worked.update(day for entry in value.get("上班") or () for day in _days(entry) or ())
    return WorkCalendar(sources, frozenset(holidays), frozenset(worked)), tuple(problems)


_RANGE: Final = re.compile(
    r"(\d{4}-\d{1,2}-\d{1,2})(?:\s*(?:至|到|~|～|—|/)\s*(\d{4}-\d{1,2}-\d{1,2}))?", re.ASCII
)
_LONGEST_HOLIDAY_DAYS: Final = 15


def _days(entry: object) -> tuple[date, ...] | None:
    """Return the days that an entry names, or None if it names none."""
    if isinstance(entry, date):
        return (date(entry.year, entry.month, entry.day),)
    written = _RANGE.fullmatch(str(entry).strip())
    if written is None:
        return None
    try:
        first, last = (date(*map(int, part.split("-"))) for part in (written[1], written[2] or written[1]))
    except ValueError:
        return None
    length = (last - first).days + 1
    if not 1 <= length <= _LONGEST_HOLIDAY_DAYS:
        return None
    return tuple(first + offset * _DAY for offset in range(length))


def _year_problems(key: object, value: object) -> Iterator[Problem]:
    name = str(key)
    if not re.fullmatch(r"(?:19|20)[0-9]{2}", name):
        yield Problem(name, "bad-holiday-year", f"“{name}”不是年份", "写四位年份，如 2025")
        return
    if not isinstance(value, Mapping):
        yield Problem(
            name, "bad-holidays", f"{name}年的节假日安排应当包括放假、上班、依据三项", "参照往年的写法补全"
        )
        return
    for unknown in sorted(str(part) for part in value if part not in ("放假", "上班", "依据")):
        yield Problem(
            name, "unknown-key", f"{name}年的节假日安排中有未知的“{unknown}”", "只写放假、上班、依据三项"
        )
    if not value.get("依据"):
        yield Problem(
            name,
            "holidays-without-source",
            f"{name}年的节假日安排没有写明依据",
            "补上国务院办公厅通知的发文字号",
            Severity.WARNING,
        )
    if not value.get("放假"):
        yield Problem(
            name, "bad-holidays", f"{name}年没有放假日期", "按国务院办公厅通知补全；尚未公布的年份不要写"
        )
    yield from _day_problems(int(name), value)


def _day_problems(year: int, value: Mapping[object, object]) -> Iterator[Problem]:
    seen: dict[date, str] = {}
    for part in ("放假", "上班"):
        entries = value.get(part) or ()
        if not isinstance(entries, list | tuple):
            yield Problem(
                str(year), "bad-holidays", f"{year}年的“{part}”应当是日期清单", "每行写一个日期或者起止日期"
            )
            continue
        for entry in entries:
            days = _days(entry)
            if days is None:
                hint = "写成 2025-01-01，或者 2025-01-28 至 2025-02-04"
                yield Problem(str(year), "bad-date", f"{year}年“{part}”中的“{entry}”不是有效日期", hint)
                continue
            for day in days:
                yield from _day_problem(year, part, day, seen)


def _day_problem(year: int, part: str, day: date, seen: dict[date, str]) -> Iterator[Problem]:
    if day in seen:
        yield Problem(str(year), "bad-holidays", f"{day} 在{year}年的安排中写了两次", "删去一处")
    seen[day] = part
    # New Year's holiday and the days worked for it may lie in the last week of the year before.
    if day.year != year and (day.year, day.month) != (year - 1, 12):
        yield Problem(str(year), "bad-holidays", f"{day} 不属于{year}年的安排", "移到相应年份")
    if part == "上班" and day.weekday() < _SATURDAY:
        yield Problem(
            str(year), "bad-holidays", f"{day} 不是周末，不能作为调休上班日", "核对国务院办公厅通知"
        )
