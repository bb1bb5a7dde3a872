"""Part one of the standard, 单项否决: any of these fails a site (国办秘函〔2019〕19号; domain/02, K-01 to K-06)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from generator.audit.evidence import Evidence, SectionAge, at, of_problem
from generator.audit.model import Check, Finding, Method, Part, Rule
from generator.diagnostics import Severity
from generator.privacy import LABELS
from generator.validate import Document

SECRECY: Final = frozenset({"secrecy-mark", "not-disclosable"})
PERSONAL: Final = frozenset({*LABELS, "person-name"})
GUIDE_ELEMENTS: Final = {
    "title": "事项名称",
    "legal_basis": "设定依据",
    "conditions": "申请条件",
    "materials": "办理材料",
    "places": "办理地点",
    "hours": "办理时间",
    "phone": "联系电话",
    "steps": "办理流程",
}
"""Field of a service guide → the class of key elements (重点要素类别) that it holds."""


def grave_problems(evidence: Evidence) -> Iterator[Finding]:
    """K-01: secrets, forbidden links and forged dates, as far as marks and dates tell."""
    for diagnostic in evidence.problems(SECRECY):
        yield of_problem(diagnostic)
    for diagnostic in evidence.problems(PERSONAL):
        yield of_problem(diagnostic, severity=Severity.WARNING)
    if evidence.pages:
        for page, host in evidence.pages.forbidden:
            remedy = "删去这个链接，查明是谁加上的"
            yield Finding(Severity.ERROR, f"链接到禁止链接的域名 {host}", remedy, page)
        for page, day in evidence.pages.future:
            text = f"网页上的发布时间 {day} 晚于今天 {evidence.library.today}"
            yield Finding(Severity.ERROR, text, "核对发布时间后重新生成", page)
    for diagnostic in evidence.problems({"scheduled"}):
        yield of_problem(diagnostic)
    yield from _backdated(evidence)


def _backdated(evidence: Evidence) -> Iterator[Finding]:
    allowed = evidence.thresholds.backdated_days
    if not allowed:
        return
    if evidence.first_commits is None:
        yield Finding(Severity.NOTE, "没有完整的 git 历史，没有比对发布时间", "在完整克隆的仓库里自评")
        return
    for document in evidence.library.published:
        committed = evidence.first_commits.get(document.path)
        if not committed or document.imported:
            continue
        early = evidence.age(document.date) - evidence.age(committed)
        if early > allowed:
            yield at(
                document,
                "published_at",
                f"发布时间 {document.date} 比第一次提交到 git 的日期 {committed} 早 {early} 天",
                "核对发布时间；补录的历史内容写“导入: 是”",
            )


def stale_home(evidence: Evidence) -> Iterator[Finding]:
    """K-03: nothing new on the home page for two weeks; of a page of entrances, on the second level."""
    pages = evidence.pages
    if pages is None:
        return
    listed = [document for document in evidence.library.published if document.url in pages.home_links]
    where = "首页"
    if not listed:
        listed, where = list(evidence.library.published), "首页没有列出信息，二级页面"
    if not listed:
        yield Finding(Severity.ERROR, "首页和二级页面都没有带日期的信息", "补充要闻和文件")
        return
    newest = max(document.date for document in listed)
    age, limit = evidence.age(newest), evidence.library.group.settings.limits.home_days
    text = f"{where}已有 {age} 天没有更新（最近一条 {newest}），"
    if age > limit:
        yield Finding(Severity.ERROR, f"{text}超过 {limit} 天", "补充动态要闻")
    elif age > evidence.thresholds.home_warning:
        yield Finding(Severity.WARNING, f"{text}将于 {limit - age + 1} 天后超期", "补充动态要闻")


def stale_dated_sections(evidence: Evidence) -> Iterator[Finding]:
    """K-04a: sections of news, and top sections of notices and policies, not updated in their fixed time."""
    late = []
    for section in evidence.sections:
        is_news = "政务动态" in section.types
        limit = evidence.limit_of("政务动态" if is_news else "通知公告")
        is_document = section.is_top and not {"通知公告", "政策文件"}.isdisjoint(section.types)
        if (is_news or is_document) and (not section.newest or section.age > limit):
            late.append((section, limit))
    yield from _late(late, evidence.thresholds.dated_sections, "限时更新的栏目")


def stale_sections(evidence: Evidence) -> Iterator[Finding]:
    """K-04b: sections that should have been updated by their cycle."""
    late = [
        (section, section.limit)
        for section in evidence.sections
        if section.limit and section.newest and section.age > section.limit
    ]
    yield from _late(late, evidence.thresholds.late_sections, "应更新的栏目")


def _late(late: Sequence[tuple[SectionAge, int]], most: int, what: str) -> Iterator[Finding]:
    severity = Severity.ERROR if len(late) >= most else Severity.WARNING
    for section, limit in late:
        since = (
            f"最近更新 {section.newest}，超期 {section.age - limit} 天"
            if section.newest
            else "没有注明发布时间"
        )
        text = f"栏目“{section.document.title}”应在 {limit} 天内更新，{since}（{what}共 {len(late)} 个超期，{most} 个即否决）"
        yield at(section.document, "title", text, "补充内容，或归并这个栏目", severity)


def empty_sections(evidence: Evidence) -> Iterator[Finding]:
    """K-04c: sections without content."""
    empty, thresholds = evidence.empty_sections, evidence.thresholds
    severity = Severity.NOTE
    if len(empty) >= thresholds.empty_sections:
        severity = Severity.ERROR
    elif len(empty) >= thresholds.empty_warning:
        severity = Severity.WARNING
    for document in empty:
        text = f"栏目“{document.title}”没有内容（共 {len(empty)} 个，{thresholds.empty_sections} 个即否决）"
        yield at(document, "title", text, "补充内容，或写“无内容时: 隐藏”", severity)


def poor_response(evidence: Evidence) -> Iterator[Finding]:
    """K-05: no channel to ask, or messages of the last year without an answer for more than three months."""
    channels = [channel for channel in evidence.settings.channels if channel.site in (None, evidence.site.id)]
    if not channels:
        remedy = "在 audit.yml 写“咨询渠道”，并在网页上链接到它；电话、邮箱和信访举报渠道不算"
        yield Finding(Severity.ERROR, "没有网上咨询建言渠道", remedy)
    if channels and evidence.pages:
        linked = {link.rstrip("/") for link in evidence.pages.outside}
        if not any(channel.address.rstrip("/") in linked for channel in channels):
            names = "、".join(channel.name for channel in channels)
            text = f"没有一个网页链接到咨询渠道（{names}）"
            yield Finding(Severity.ERROR, text, "在互动交流栏目放上链接，或改正 audit.yml 里的网址")
    allowed = evidence.library.group.settings.limits.reply_days
    for row in evidence.rows("message"):
        asked = str(row.data["asked_on"])
        age = evidence.age(asked)
        if not row.data.get("answered_on") and age > allowed:
            severity = Severity.ERROR if age <= 365 else Severity.WARNING
            text = f"留言“{row.data['title']}”（{asked}）已有 {age} 天没有答复，超过 {allowed} 天"
            yield at(row, "asked_on", text, f"请{row.data['body']}答复", severity)


def impractical_services(evidence: Evidence) -> Iterator[Finding]:
    """K-06: no services, or guides that lack four and more classes of key elements."""
    guides = evidence.documents("service_guide")
    if not guides:
        yield Finding(
            Severity.ERROR, "没有提供办事服务", "发布办事指南；没有对外服务职能的在 audit.yml 写“不适用”"
        )
        return
    thresholds = evidence.thresholds
    missing = [(guide, missing_elements(guide)) for guide in guides]
    poor = sum(len(labels) >= thresholds.guide_elements for _, labels in missing)
    most = thresholds.guide_count
    fails = poor >= most or (len(guides) < most and poor == len(guides))
    for guide, labels in missing:
        if labels:
            is_poor = len(labels) >= thresholds.guide_elements
            text = f"“{guide.title}”缺 {len(labels)} 类要素：{'、'.join(labels)}"
            severity = Severity.ERROR if fails and is_poor else Severity.WARNING
            yield at(guide, "title", text, "补齐这些要素", severity)


def missing_elements(guide: Document) -> list[str]:
    """Return the classes of key elements that a service guide lacks."""
    return [label for name, label in GUIDE_ELEMENTS.items() if not (guide.data.get(name) or name == "title")]


def _rule(
    id: str,
    name: str,
    method: Method,
    check: Check | None = None,
    *,
    needs_pages: bool = False,
    rest: str = "",
) -> Rule:
    return Rule(id, name, Part.VETO, method, check, 0, 0, needs_pages, rest)


RULES: Final = (
    _rule(
        "K-01",
        "安全、泄密事故等严重问题",
        Method.PARTIAL,
        grave_problems,
        needs_pages=True,
        rest="严重表述错误、有害信息、挂马篡改和舆情须人工核对；发布后用 manifest.json 比对文件有没有被改动",
    ),
    _rule("K-02", "站点无法访问", Method.EXTERNAL, rest="由监测平台连续监测一周，每天 20 次以上"),
    _rule("K-03", "首页不更新", Method.AUTOMATIC, stale_home, needs_pages=True),
    _rule("K-04a", "限时更新的栏目不更新", Method.AUTOMATIC, stale_dated_sections),
    _rule("K-04b", "应更新的栏目不更新", Method.AUTOMATIC, stale_sections),
    _rule("K-04c", "空白栏目", Method.AUTOMATIC, empty_sections),
    _rule(
        "K-05",
        "互动回应差",
        Method.PARTIAL,
        poor_response,
        needs_pages=True,
        rest="没有公开的留言是否按期答复，在互动平台核对；渠道能否使用须人工试用",
    ),
    _rule("K-06", "服务不实用", Method.AUTOMATIC, impractical_services, rest="要素是否准确须人工抽查"),
)
