"""Annual reports checked against those of the year before and against the library (domain/03, 6.4)."""

from __future__ import annotations

from collections.abc import Iterator

from generator.diagnostics import Diagnostic, Severity
from generator.kinds.annual_report import APPLICANTS, figures
from generator.library import Library
from generator.validate import Document


def check_reports(library: Library) -> list[Diagnostic]:
    """Report figures that last year's report or the library contradicts."""
    reports = {
        (document.issuer, int(document.data["year"])): document
        for document in library.by_kind.get("annual_report", ())
    }
    found: list[Diagnostic] = []
    for (issuer, year), report in reports.items():
        last = reports.get((issuer, year - 1))
        if last:
            found.extend(_carried(last, report))
        found.extend(_in_force(library, report, year))
    return found


def _carried(last: Document, report: Document) -> Iterator[Diagnostic]:
    before = figures(last.data.get("applications") or {}, "carried_out")
    now = figures(report.data.get("applications") or {}, "carried_in")
    for column, left, taken in zip(APPLICANTS, before, now, strict=True):
        if left != taken:
            yield report.problem(
                "applications",
                "report-carried",
                f"“{column}”一列上年结转 {taken}，上一年度报告“{last.title}”结转下年度 {left}，相差 {abs(left - taken)}",
                "核对两年的数字；上一年度更正过的，在“其他事项”里说明",
                Severity.WARNING,
            )


def _in_force(library: Library, report: Document, year: int) -> Iterator[Diagnostic]:
    bodies = set(report.data.get("bodies") or report.issuer)
    end = f"{year}-12-31"
    disclosed = report.data.get("disclosed") or {}
    counted = (
        ("rules", "规章", library.by_kind.get("regulation", ()), ("rank", "政府规章")),
        ("normative", "行政规范性文件", library.by_kind.get("policy", ()), ("level", "行政规范性文件")),
    )
    for name, label, documents, (field, value) in counted:
        held = sum(
            1
            for document in documents
            if document.data.get(field) == value
            and not bodies.isdisjoint(document.issuer)
            and _held_on(library, document, end)
        )
        stated = figures(disclosed, name, 3)[2]
        if stated != held:
            yield report.problem(
                "disclosed",
                "report-count",
                f"“{label}”现行有效 {stated} 件，网站收录的有关机关到 {year} 年底现行有效的是 {held} 件",
                "补录缺少的文件或者核对件数；按别的范围统计的写“统计机关”",
                Severity.WARNING,
            )


def _held_on(library: Library, document: Document, day: str) -> bool:
    """Whether a document had been issued by a day and was not over then."""
    standing = library.standings.get(document.id)
    over = bool(standing and standing.validity and standing.validity.is_over)
    return document.issued_on <= day and not (over and standing and (standing.since or day) <= day)
