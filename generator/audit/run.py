"""Audit a project: gather the evidence of each site, ask every rule, and weigh what it found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Final

from generator.audit.evidence import Evidence
from generator.audit.history import first_commits
from generator.audit.model import Finding, Outcome, Part, Report, Rule, Share, SiteReport, State
from generator.audit.pages import output_files, read_pages
from generator.audit.rules import RULES
from generator.audit.settings import AuditSettings
from generator.audit.upcoming import upcoming
from generator.build import is_current
from generator.check import examine
from generator.config import SiteGroup, SiteSettings
from generator.deadlines import load_calendar
from generator.diagnostics import Diagnostic, EnvironmentProblem, Severity
from generator.library import Library, SiteLibrary
from generator.searching import ask, index_folder, opened

TITLES_ASKED: Final = 5
NO_PAGES: Final = "没有生成网站，查不到网页：先改正内容的错误，运行 yangguang build"
OLD_PAGES: Final = "生成的网站与现在的内容、设置或日期不一致：先运行 yangguang build"


def audit_project(group: SiteGroup, settings: AuditSettings, today: str, jobs: int = 0) -> Report:
    """Return the self-report of all sites.

    Pages are read from the output folder and only if they are what a build would make now.
    """
    examined = examine(group, today, jobs)
    output, note = group.output_path, ""
    if not output.is_dir():
        note = NO_PAGES
    elif not is_current(group, today):
        note = OLD_PAGES
    files = frozenset() if note else output_files(output)
    commits = first_commits(Path(group.root), group.settings.content) if _wants_history(settings) else None
    calendar, _ = load_calendar(group)
    portals = settings.portals or (group.sites[0].id,)
    reports = []
    for site in group.sites:
        library = examined.library.for_site(site)
        pages = None if note else read_pages(group, site, output, files, today, settings.bad_hosts)
        diagnostics = _of_site(examined.library, library, examined.diagnostics)
        searched = _searched(group, library) if pages else None
        evidence = Evidence(library, diagnostics, pages, settings, commits, searched)
        outcomes = tuple(
            judge(rule, evidence, note) for rule in RULES if rule.part is Part.VETO or site.id in portals
        )
        reports.append(
            SiteReport(
                site.id,
                site.name,
                site.id in portals,
                outcomes,
                upcoming(evidence, calendar),
                tuple(evidence.waived()),
                settings.thresholds.pass_points,
            )
        )
    return Report(today, tuple(reports), note)


def _wants_history(settings: AuditSettings) -> bool:
    return settings.thresholds.backdated_days > 0


def _of_site(library: Library, site: SiteLibrary, diagnostics: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Return the problems of what a site shows; those of files that no site shows go to the first one."""
    own = {document.path for document in site.documents.values()}
    own |= {row.path for rows in site.records.values() for row in rows}
    known = {document.path for document in library.documents.values()}
    known |= {row.path for rows in library.records.values() for row in rows}
    is_first = site.site.id == library.group.sites[0].id
    folders = {path.rpartition("/")[0] for path in own}
    return [
        item
        for item in diagnostics
        if item.path in own
        or (item.path not in known and (is_first or _is_attached(item.path, own, folders)))
    ]


def _is_attached(path: str, own: set[str], folders: set[str]) -> bool:
    """Whether a file lies beside a document of the site, and may thus be its attachment."""
    return (
        path.rpartition("/")[0] in folders and path not in own and not path.endswith((".md", ".csv", ".yml"))
    )


def _searched(group: SiteGroup, library: SiteLibrary) -> Mapping[str, tuple[str, ...]] | None:
    """Ask the built search for the titles of the newest documents; None if there is no index to ask."""
    site: SiteSettings = library.site
    try:
        terminal = opened(index_folder(group, site))
        return {
            document.id: tuple(str(hit["url"]) for hit in ask(terminal, document.title, 10)["hits"])
            for document in islice(library.published, TITLES_ASKED)
        }
    except EnvironmentProblem:
        return None


def judge(rule: Rule, evidence: Evidence, pages_note: str = "") -> Outcome:
    """Return what becomes of a rule on a site."""
    for exemption in evidence.settings.exemptions:
        if exemption.indicator == rule.id and exemption.site in (None, evidence.site.id):
            return _outcome(rule, State.EXEMPT, reason=exemption.reason)
    if rule.demonstration and evidence.is_demonstration:
        return _outcome(rule, State.EXEMPT, reason=rule.demonstration)
    if rule.check is None:
        return _outcome(rule, State.UNCHECKED, reason=rule.rest)
    findings = tuple(rule.check(evidence))
    points, total = _points(rule, findings, evidence.settings)
    state = State.CLEAR
    if rule.part is Part.VETO and any(item.severity is Severity.ERROR for item in findings):
        state = State.FAILED
    elif rule.needs_pages and evidence.pages is None:
        return _outcome(rule, State.UNCHECKED, findings, points, total, pages_note)
    elif points:
        state = State.DEDUCTED
    elif any(item.severity is not Severity.NOTE for item in findings):
        state = State.WARNED
    return _outcome(rule, state, findings, points, total)


def _outcome(
    rule: Rule,
    state: State,
    findings: tuple[Finding, ...] = (),
    points: float = 0,
    total: float = 0,
    reason: str = "",
) -> Outcome:
    return Outcome(
        rule.id, rule.name, rule.part, rule.method, state, findings, points, total, reason, rule.rest
    )


def _points(rule: Rule, findings: Sequence[Finding], settings: AuditSettings) -> tuple[float, float]:
    """Return what the findings cost, capped, and the cap."""
    total, each = rule.total, rule.each
    for weight in settings.weights:
        if weight.indicator == rule.id:
            total = weight.total if weight.total is not None else total
            each = weight.each if weight.each is not None else each
    if rule.part is Part.VETO:
        return 0, 0
    if any(item.share is Share.WHOLE for item in findings):
        return total, total
    counted = sum(item.share is Share.EACH for item in findings)
    return round(min(total, counted * each), 2), total
