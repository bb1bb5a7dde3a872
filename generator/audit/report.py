"""The report as files: JSON for programs, and pages for people, which use no script and nothing from elsewhere."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import msgspec

from generator.audit.model import Finding, Method, Outcome, Part, Report, SiteReport, State, Upcoming, Waived
from generator.diagnostics import Severity
from generator.fields import day_words
from generator.templates import render_alone
from generator.write import explain_os_error

NORM: Final = "国办秘函〔2019〕19号"
DISCLAIMER: Final = "本报告只覆盖可由内容和网页自动判定的部分，“未检查”不等于合格；分值为可配置的默认值（待核），不代表官方评分。"
SHOWN: Final = 100
"""So many findings of an indicator are shown on the page; the JSON has them all."""

_HERE: Final = Path(__file__).parent
_MARKS: Final = {
    State.FAILED: "bad",
    State.DEDUCTED: "warn",
    State.WARNED: "warn",
    State.CLEAR: "good",
    State.UNCHECKED: "open",
    State.EXEMPT: "none",
}


class Line(msgspec.Struct, frozen=True):
    """A finding on the page."""

    mark: str
    text: str
    remedy: str
    place: str


class Entry(msgspec.Struct, frozen=True):
    """An indicator on the page."""

    id: str
    name: str
    method: str
    state: str
    mark: str
    points: str
    note: str
    lines: tuple[Line, ...]
    more: int


class Section(msgspec.Struct, frozen=True):
    """A part of the standard on the page."""

    title: str
    note: str
    entries: tuple[Entry, ...]
    has_points: bool


class Figure(msgspec.Struct, frozen=True):
    """A number at the top of the page."""

    value: str
    name: str
    mark: str


class SitePage(msgspec.Struct, frozen=True):
    """The page of one site."""

    name: str
    day: str
    norm: str
    disclaimer: str
    pages_note: str
    verdict: str
    verdict_mark: str
    figures: tuple[Figure, ...]
    sections: tuple[Section, ...]
    upcoming: tuple[Upcoming, ...]
    unchecked: tuple[Entry, ...]
    partial: tuple[Outcome, ...]
    waived: tuple[Waived, ...]


class Card(msgspec.Struct, frozen=True):
    """A site on the page of the group."""

    url: str
    name: str
    verdict: str
    mark: str
    figures: tuple[Figure, ...]


class GroupPage(msgspec.Struct, frozen=True):
    """The page that leads to those of the sites."""

    day: str
    norm: str
    disclaimer: str
    pages_note: str
    cards: tuple[Card, ...]


def write_report(report: Report, folder: Path) -> Path:
    """Write ``audit.json``, ``index.html``, a page for each site and the style sheet; return the first page.

    Raises:
        EnvironmentProblem: If the folder cannot be written.
    """
    files = {
        "audit.json": json.dumps(report_data(report), ensure_ascii=False, indent=1) + "\n",
        "audit.css": (_HERE / "audit.css").read_text(encoding="utf-8"),
        "index.html": render_alone(_HERE, "group.html", group_page(report)),
    }
    for site in report.sites:
        files[f"{_file_of(site)}"] = render_alone(_HERE, "site.html", site_page(report, site))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise explain_os_error(error, folder) from error
    return folder / "index.html"


def _file_of(site: SiteReport) -> str:
    return f"site-{site.id}.html"


# --- JSON ------------------------------------------------------------------------------------------


def report_data(report: Report) -> dict[str, Any]:
    """Return the report as plain values (domain/02, 6)."""
    return {
        "norm": NORM,
        "today": report.today,
        "sound": report.is_sound,
        "pages": report.pages_note or "ok",
        "sites": [_site_data(site) for site in report.sites],
        "disclaimer": DISCLAIMER,
    }


def _site_data(site: SiteReport) -> dict[str, Any]:
    veto = [outcome for outcome in site.outcomes if outcome.part is Part.VETO]
    costly = [outcome for outcome in site.outcomes if outcome.part is Part.DEDUCTION and outcome.points]
    return {
        "id": site.id,
        "name": site.name,
        "portal": site.is_portal,
        "sound": site.is_sound,
        "incomplete": site.is_incomplete,
        "veto": [_outcome_data(outcome) for outcome in veto if outcome.findings],
        "score": {
            "base": 100,
            "pass": site.pass_points,
            "total_deducted": site.deducted,
            "deducted": [
                {"id": outcome.id, "points": outcome.points, "of": outcome.total, **_found(outcome)}
                for outcome in costly
            ],
        }
        if site.is_portal
        else None,
        "indicators": [
            {
                "id": outcome.id,
                "name": outcome.name,
                "part": outcome.part.value,
                "method": outcome.method.value,
                "state": outcome.state.value,
                "reason": outcome.reason,
                "rest": outcome.rest,
            }
            for outcome in site.outcomes
        ],
        "unchecked": [outcome.id for outcome in site.of(State.UNCHECKED)],
        "partial": [outcome.id for outcome in _partial(site)],
        "upcoming": [msgspec.to_builtins(item) for item in site.upcoming],
        "waived": [msgspec.to_builtins(item) for item in site.waived],
    }


def _outcome_data(outcome: Outcome) -> dict[str, Any]:
    worst = min(item.severity for item in outcome.findings)
    return {
        "id": outcome.id,
        "name": outcome.name,
        "state": outcome.state.value,
        "level": worst.name,
        "count": len(outcome.findings),
        "items": [_finding_data(item) for item in outcome.findings],
    }


def _found(outcome: Outcome) -> dict[str, Any]:
    return {"count": len(outcome.findings), "evidence": [_finding_data(item) for item in outcome.findings]}


def _finding_data(finding: Finding) -> dict[str, str]:
    return {
        "level": finding.severity.name,
        "text": finding.text,
        "remedy": finding.remedy,
        "place": finding.place,
    }


def _partial(site: SiteReport) -> tuple[Outcome, ...]:
    """Return the indicators of which a part was left to people, whatever was found."""
    return tuple(
        outcome
        for outcome in site.outcomes
        if outcome.rest and outcome.state not in (State.UNCHECKED, State.EXEMPT)
    )


# --- pages -----------------------------------------------------------------------------------------


def verdict_of(site: SiteReport) -> tuple[str, str]:
    """Return the sentence at the top of a site's page, and its mark; never that a site has passed."""
    failed = site.of(State.FAILED)
    if failed:
        return f"触发单项否决 {len(failed)} 项：{'、'.join(outcome.name for outcome in failed)}", "bad"
    if not site.is_sound and not site.is_incomplete:
        return f"已扣 {site.deducted:g} 分，低于 {site.pass_points:g} 分的合格线", "bad"
    if site.is_incomplete:
        return "没有查全：还有可以自动检查的指标没有检查", "warn"
    return "已检查的部分没有发现单项否决情形", "good"


def _figures(site: SiteReport) -> Iterator[Figure]:
    failed, warned = len(site.of(State.FAILED)), len(site.of(State.WARNED))
    yield Figure(str(failed), "项单项否决", "bad" if failed else "good")
    if site.is_portal:
        yield Figure(f"{site.deducted:g}", "分，已查部分的扣分", "warn" if site.deducted else "good")
    yield Figure(str(warned), "项预警", "warn" if warned else "good")
    yield Figure(str(len(site.of(State.UNCHECKED))), "项未检查", "open")


def group_page(report: Report) -> GroupPage:
    cards = (
        Card(_file_of(site), site.name, *verdict_of(site), tuple(_figures(site))) for site in report.sites
    )
    return GroupPage(day_words(report.today), NORM, DISCLAIMER, report.pages_note, tuple(cards))


def site_page(report: Report, site: SiteReport) -> SitePage:
    verdict, mark = verdict_of(site)
    return SitePage(
        site.name,
        day_words(report.today),
        NORM,
        DISCLAIMER,
        report.pages_note,
        verdict,
        mark,
        tuple(_figures(site)),
        tuple(_sections(site)),
        site.upcoming,
        tuple(_entry(outcome) for outcome in site.of(State.UNCHECKED)),
        _partial(site),
        site.waived,
    )


def _sections(site: SiteReport) -> Iterator[Section]:
    for part, title, note in (
        (Part.VETO, "单项否决指标", "出现任何一种情形，网站即为不合格，不再评其他指标。"),
        (Part.DEDUCTION, "扣分指标", "适用于政府门户网站，满分 100 分；每个指标扣到该项总分为止。"),
    ):
        outcomes = [outcome for outcome in site.outcomes if outcome.part is part]
        if outcomes:
            yield Section(title, note, tuple(map(_entry, outcomes)), part is Part.DEDUCTION)


def _entry(outcome: Outcome) -> Entry:
    findings: Sequence[Finding] = sorted(outcome.findings, key=lambda item: item.severity)
    points = f"−{outcome.points:g} / {outcome.total:g}" if outcome.points else ""
    state = (
        "未发现疑点" if outcome.state is State.CLEAR and outcome.method is Method.PARTIAL else outcome.state
    )
    return Entry(
        outcome.id,
        outcome.name,
        outcome.method.value,
        str(state),
        _MARKS[outcome.state],
        points,
        outcome.reason,
        tuple(_line(item) for item in findings[:SHOWN]),
        max(0, len(findings) - SHOWN),
    )


def _line(finding: Finding) -> Line:
    marks = {Severity.ERROR: "bad", Severity.WARNING: "warn", Severity.NOTE: "none"}
    return Line(marks[finding.severity], finding.text, finding.remedy, finding.place)
