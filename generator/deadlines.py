"""Time limits between dates of a document or row, counted in working days by ``content/holidays.yml``.

Kinds declare them (`Deadline`); where a year's arrangement is not published, an editor is told so instead of
being given a guess.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from generator.config import SiteGroup
from generator.diagnostics import Diagnostic, Severity
from generator.fields import day_words
from generator.holidays import Unpublished, WorkCalendar, work_calendar
from generator.kinds import KIND_BY_NAME, RECORD_KIND_BY_NAME
from generator.kinds.base import Deadline
from generator.library import Library
from generator.load import decode
from generator.validate import Document, RecordItem
from generator.yaml_nodes import Mapping as YamlMapping
from generator.yaml_nodes import Node, Scalar, YamlProblem, parse
from generator.yaml_nodes import Sequence as YamlSequence

HOLIDAYS_NAME: Final = "holidays.yml"


def load_calendar(group: SiteGroup) -> tuple[WorkCalendar, list[Diagnostic]]:
    """Read ``holidays.yml`` of the content folder; without it no year is known."""
    file = group.content_path / HOLIDAYS_NAME
    name = f"{group.settings.content}/{HOLIDAYS_NAME}"
    empty = work_calendar({})[0]
    try:
        data = file.read_bytes()
    except FileNotFoundError:
        return empty, []
    text, problem = decode(name, data)
    if problem:
        return empty, [problem]
    try:
        tree = parse(text)
    except YamlProblem as error:
        return empty, [
            Diagnostic(
                name, error.line, error.column, Severity.ERROR, error.code, error.message, error.remedy
            )
        ]
    if tree is None:
        return empty, []
    if not isinstance(tree, YamlMapping):
        remedy = "每年一段，写“2026:”，下面写放假、上班、依据"
        return empty, [
            Diagnostic(
                name, tree.line, tree.column, Severity.ERROR, "bad-holidays", "节假日安排应当按年份写", remedy
            )
        ]
    calendar, problems = work_calendar({key.text: _plain(value) for key, value in tree.items})
    lines = {key.text: (key.line, key.column) for key, _ in tree.items}
    return calendar, [
        Diagnostic(name, *lines.get(item.field, (1, 1)), item.severity, item.code, item.message, item.hint)
        for item in problems
    ]


def _plain(node: Node) -> Any:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, YamlSequence):
        return [_plain(entry) for entry in node.items]
    return {key.text: _plain(value) for key, value in node.items}


def months_later(day: date, months: int) -> date:
    """Return the last day of a period of months that begins after ``day``: the same day, or the month's last."""
    whole = day.day == monthrange(day.year, day.month)[1]
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, last if whole else min(day.day, last))


def last_day(calendar: WorkCalendar, deadline: Deadline, start: date, allowed: int) -> date | Unpublished:
    """Return the last day on which the step is in time; the first day is not counted."""
    if deadline.unit == "months":
        return months_later(start, allowed)
    return calendar.add_working_days(start, allowed)


def check_deadlines(library: Library, calendar: WorkCalendar) -> list[Diagnostic]:
    """Report steps that came too late, or that are still missing after their last day."""
    found: list[Diagnostic] = []
    for name, documents in library.by_kind.items():
        for deadline in KIND_BY_NAME[name].deadlines:
            for document in documents:
                found.extend(_check(library, calendar, deadline, document))
    for name, rows in library.records.items():
        for deadline in RECORD_KIND_BY_NAME[name].deadlines:
            for row in rows:
                found.extend(_check(library, calendar, deadline, row))
    return found


def _check(
    library: Library, calendar: WorkCalendar, deadline: Deadline, matter: Document | RecordItem
) -> Iterator[Diagnostic]:
    allowed = getattr(library.group.settings.limits, deadline.setting)
    field, _, _ = deadline.start.rpartition(".")
    entries = matter.data.get(field) or () if field else (matter.data,)
    for entry in entries:
        start = _day(entry, deadline.start.rpartition(".")[2])
        if start is None or not deadline.concerns(entry):
            continue
        end = _day(entry, deadline.end.rpartition(".")[2]) or _day(matter.data, deadline.end)
        last = last_day(calendar, deadline, start, allowed)
        what = f"{deadline.what}（{_name(entry)}）" if field else deadline.what
        limit = f"{allowed} 个工作日" if deadline.unit == "working" else f"{allowed} 个月"
        at = field or deadline.start
        if isinstance(last, Unpublished):
            if end is None or (end - start).days > allowed:
                yield matter.problem(at, "unknown-holidays", last.message, last.remedy, Severity.WARNING)
        elif (end or date.fromisoformat(library.today)) > last:
            words = f"实际为{day_words(end.isoformat())}" if end else "至今没有写"
            yield matter.problem(
                at,
                "late-disclosure",
                f"{what}应在 {limit}内，最迟{day_words(last.isoformat())}，{words}",
                "核对日期；确实逾期的，查明原因并在自评报告中说明",
                Severity.WARNING,
            )


def _day(data: Mapping[str, Any], name: str) -> date | None:
    value = str(data.get(name) or "")[:10]
    return date.fromisoformat(value) if value else None


def _name(entry: Mapping[str, Any]) -> str:
    return str(entry.get("title") or entry.get("name") or "")
