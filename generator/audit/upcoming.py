"""What will be late soon: sections, the home page, answers, verifications, outcomes and validity (“将于 N 天后超期”)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from generator.audit.evidence import Evidence
from generator.audit.model import Upcoming
from generator.deadlines import last_day
from generator.fields import Validity
from generator.holidays import WorkCalendar
from generator.kinds import KIND_BY_NAME, RECORD_KIND_BY_NAME, LifeCycle
from generator.kinds.base import Deadline
from generator.validate import Document, RecordItem

Matter = Document | RecordItem


def upcoming(evidence: Evidence, calendar: WorkCalendar) -> tuple[Upcoming, ...]:
    """Return what will be late within the days that the thresholds say, the most pressing first."""
    thresholds = evidence.thresholds
    found = (
        *_sections(evidence),
        *_verifications(evidence),
        *_steps(evidence),
        *_deadlines(evidence, calendar),
    )
    near = {item for item in found if 0 < item.days <= thresholds.ahead_days}
    return tuple(
        sorted(near | {item for item in _validity(evidence) if 0 < item.days <= thresholds.expiry_days})
    )


def _due(evidence: Evidence, last: date, text: str, place: str) -> Upcoming:
    """Return an entry for something whose last day in time is ``last``; the day after, it is late."""
    return Upcoming((last - evidence.today).days + 1, last.isoformat(), text, place)


def _after(day: str, days: int) -> date:
    return date.fromisoformat(day[:10]) + timedelta(days=days)


def _sections(evidence: Evidence) -> Iterator[Upcoming]:
    for section in evidence.sections:
        if section.limit and section.newest:
            title, newest = section.document.title, section.newest
            text = f"栏目“{title}”应在 {section.limit} 天内更新（最近一条 {newest}）"
            yield _due(evidence, _after(newest, section.limit), text, section.document.path)


def _verifications(evidence: Evidence) -> Iterator[Upcoming]:
    limits = evidence.library.group.settings.limits
    for kind, days in (("question", limits.verified_days), ("service_guide", limits.guide_days)):
        for document in evidence.documents(kind):
            text = f"“{document.title}”应在 {days} 天内核验一次"
            yield _due(evidence, _after(str(document.data["verified_on"]), days), text, document.path)


def _validity(evidence: Evidence) -> Iterator[Upcoming]:
    for document in evidence.documents("policy"):
        standing = evidence.library.standing(document)
        if document.expires_on and standing and standing.validity in (Validity.IN_FORCE, Validity.AMENDED):
            text = f"“{document.title}”有效期届满，届时失效；需要继续执行的应当延期或重新发布"
            yield _due(evidence, date.fromisoformat(document.expires_on), text, document.path)


def _steps(evidence: Evidence) -> Iterator[Upcoming]:
    """Yield the next steps of things with a life cycle, and consultations that close."""
    for document in evidence.library.documents.values():
        yield from _step(evidence, KIND_BY_NAME[document.kind].life_cycle, document, document.title)
    for name, rows in evidence.library.records.items():
        kind = RECORD_KIND_BY_NAME[name]
        for row in rows:
            yield from _step(evidence, kind.life_cycle, row, str(row.data.get(kind.title) or kind.label))


def _step(evidence: Evidence, life_cycle: LifeCycle | None, matter: Matter, title: str) -> Iterator[Upcoming]:
    if life_cycle is None:
        return
    current = life_cycle.state_on(evidence.today, matter.data)
    for state, field, setting in life_cycle.due:
        since = matter.data.get(field)
        if current.slug == state and since:
            days = getattr(evidence.library.group.settings.limits, setting) if setting else 0
            text = f"“{title}”{current.label}，应办下一步：{life_cycle.step_of(current, matter.data)}"
            yield _due(evidence, _after(str(since), days), text, matter.path)


def _deadlines(evidence: Evidence, calendar: WorkCalendar) -> Iterator[Upcoming]:
    for document in evidence.library.documents.values():
        for deadline in KIND_BY_NAME[document.kind].deadlines:
            yield from _deadline(evidence, calendar, deadline, document, document.title)
    for name, rows in evidence.library.records.items():
        kind = RECORD_KIND_BY_NAME[name]
        for deadline in kind.deadlines:
            for row in rows:
                yield from _deadline(evidence, calendar, deadline, row, str(row.data.get(kind.title) or ""))


def _deadline(
    evidence: Evidence, calendar: WorkCalendar, deadline: Deadline, matter: Matter, title: str
) -> Iterator[Upcoming]:
    field, _, start_name = deadline.start.rpartition(".")
    end_name = deadline.end.rpartition(".")[2]
    allowed = getattr(evidence.library.group.settings.limits, deadline.setting)
    for entry in (matter.data.get(field) or ()) if field else (matter.data,):
        start = str(entry.get(start_name) or "")[:10]
        if not start or not deadline.concerns(entry):
            continue
        if entry.get(end_name) or matter.data.get(deadline.end):
            continue
        last = last_day(calendar, deadline, date.fromisoformat(start), allowed)
        if isinstance(last, date):
            yield _due(evidence, last, f"“{title}”{deadline.what}", matter.path)
