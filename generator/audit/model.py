"""What an audit consists of: rules, findings, and what became of each rule on each site."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec

from generator.diagnostics import Severity

if TYPE_CHECKING:
    from generator.audit.evidence import Evidence


class Part(StrEnum):
    """The part of the standard that an indicator belongs to."""

    VETO = "单项否决"
    DEDUCTION = "扣分指标"


class Method(StrEnum):
    """How far an indicator can be judged from content and pages."""

    AUTOMATIC = "全自动"
    PARTIAL = "半自动"
    EXTERNAL = "需外部"
    IMPOSSIBLE = "不可"


class Share(StrEnum):
    """How a finding is weighed: the whole indicator, one place of many, or not at all."""

    WHOLE = "整项"
    EACH = "每处"
    NONE = ""


class State(StrEnum):
    """What became of an indicator; only `CLEAR` may be read as having passed."""

    FAILED = "不合格"
    DEDUCTED = "扣分"
    WARNED = "预警"
    CLEAR = "未发现问题"
    UNCHECKED = "未检查"
    EXEMPT = "不适用"


class Finding(msgspec.Struct, frozen=True):
    """One thing that an indicator objects to.

    Attributes:
        severity: ``ERROR`` fails a veto; a deduction counts by its share whatever its severity.
        place: ``path:line:column`` of the content, or the address of a page; empty for the site as a whole.
    """

    severity: Severity
    text: str
    remedy: str = ""
    place: str = ""
    share: Share = Share.EACH


Check = Callable[["Evidence"], Iterator[Finding]]
"""What looks for findings; pages may be missing from the evidence."""


@dataclass(frozen=True)
class Rule:
    """An indicator of 国办秘函〔2019〕19号, declared once.

    Attributes:
        check: What looks for findings; None where nothing can be seen from content and pages.
        total: The most that the indicator can cost; 待核, `audit.yml` overrides it.
        each: What one place costs; 待核 too.
        needs_pages: Whether the rule is not fully checked while the built pages are missing.
        rest: What a person or a monitor still has to look at.
        demonstration: Why it does not concern a demonstration, which is no government site.
    """

    id: str
    name: str
    part: Part
    method: Method
    check: Check | None = None
    total: float = 5
    each: float = 1
    needs_pages: bool = False
    rest: str = ""
    demonstration: str = ""


class Outcome(msgspec.Struct, frozen=True):
    """An indicator on one site.

    Attributes:
        reason: Why it was not checked, or does not apply.
        points: What is deducted; never more than ``total``.
    """

    id: str
    name: str
    part: Part
    method: Method
    state: State
    findings: tuple[Finding, ...] = ()
    points: float = 0
    total: float = 0
    reason: str = ""
    rest: str = ""


class Upcoming(msgspec.Struct, frozen=True, order=True):
    """Something that will be late in so many days unless it is done."""

    days: int
    day: str
    text: str
    place: str


class Waived(msgspec.Struct, frozen=True):
    """A problem that an editor decided to leave (豁免), with the reason."""

    place: str
    code: str
    text: str
    reason: str


class SiteReport(msgspec.Struct, frozen=True):
    """What the audit found on one site of the group."""

    id: str
    name: str
    is_portal: bool
    outcomes: tuple[Outcome, ...]
    upcoming: tuple[Upcoming, ...]
    waived: tuple[Waived, ...]
    pass_points: float

    def of(self, *states: State) -> tuple[Outcome, ...]:
        """Return the indicators in one of these states."""
        return tuple(outcome for outcome in self.outcomes if outcome.state in states)

    @property
    def deducted(self) -> float:
        return round(sum(outcome.points for outcome in self.outcomes), 2)

    @property
    def is_incomplete(self) -> bool:
        """Whether an indicator that needs no one else was left unchecked."""
        own = (Method.AUTOMATIC, Method.PARTIAL)
        return any(outcome.method in own for outcome in self.of(State.UNCHECKED))

    @property
    def is_sound(self) -> bool:
        """Whether nothing fails the site; what was not checked is no proof of that."""
        too_few = self.is_portal and 100 - self.deducted < self.pass_points
        return not self.of(State.FAILED) and not too_few and not self.is_incomplete


class Report(msgspec.Struct, frozen=True):
    """The self-report of a group."""

    today: str
    sites: tuple[SiteReport, ...]
    pages_note: str = ""

    @property
    def is_sound(self) -> bool:
        return all(site.is_sound for site in self.sites)
