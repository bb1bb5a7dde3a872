"""Part two of the standard, 办事服务 and 互动交流 (domain/02, K-21 to K-35); what each place costs is 待核."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from generator.audit.evidence import Evidence, at, of_problem
from generator.audit.model import Check, Finding, Method, Part, Rule, Share
from generator.audit.openness import YEAR
from generator.audit.veto import PERSONAL, missing_elements
from generator.diagnostics import Severity
from generator.intake import WAIVED
from generator.kinds.consultation import CONSULTATION

_FORMS: Final = ("申请表", "登记表", "审批表", "申报表", "申请书", "承诺书", "委托书", "备案表")
_FILES: Final = frozenset({"missing-attachment", "missing-image"})


def _absent(text: str, remedy: str) -> Finding:
    return Finding(Severity.WARNING, text, remedy, "", Share.WHOLE)


def catalogue(evidence: Evidence) -> Iterator[Finding]:
    """K-21: the list of services names every service, as the built listings show."""
    guides = evidence.documents("service_guide")
    if not guides:
        yield _absent("没有公布服务事项目录", "发布办事指南，目录由程序生成")
    if evidence.pages:
        for guide in guides:
            if guide.url not in evidence.pages.paths:
                yield at(guide, "title", f"“{guide.title}”没有网页", "重新生成网站")


def guides(evidence: Evidence) -> Iterator[Finding]:
    """K-22: elements, and guides not verified for long."""
    found = evidence.documents("service_guide")
    if not found:
        yield _absent("没有办事指南", "发布办事指南")
    for guide in found:
        missing = missing_elements(guide)
        if missing:
            yield at(guide, "title", f"“{guide.title}”缺少：{'、'.join(missing)}", "补齐这些要素")
    for diagnostic in evidence.problems({"stale-verification"}, "service_guide"):
        yield of_problem(diagnostic)


def forms(evidence: Evidence) -> Iterator[Finding]:
    """K-23: papers that are forms have an empty one and a sample to download."""
    for guide in evidence.documents("service_guide"):
        for material in guide.data.get("materials") or ():
            name = str(material["name"])
            if not name.endswith(_FORMS):
                continue
            missing = [
                label
                for key, label in (("blank_form", "空白表"), ("sample_form", "样表"))
                if not material.get(key)
            ]
            if missing:
                text = f"“{guide.title}”的“{name}”没有{'和'.join(missing)}"
                yield at(guide, "materials", text, "上传表格，写进“办理材料”")


def files(evidence: Evidence) -> Iterator[Finding]:
    """K-24: files offered for download are there and can be opened."""
    for diagnostic in evidence.diagnostics:
        is_file = diagnostic.code in _FILES or diagnostic.code.startswith("attachment-")
        if is_file and diagnostic.severity is not Severity.NOTE and not diagnostic.remedy.startswith(WAIVED):
            yield of_problem(diagnostic)


def handled(evidence: Evidence) -> Iterator[Finding]:
    """K-25: figures of matters handled, of this year or the last."""
    days = [str(row.data["day"]) for row in evidence.rows("hall_day") if row.data.get("day")]
    if not any(evidence.age(day) <= YEAR for day in days):
        yield _absent("近一年没有公布办件统计", "在 content/hall_day 填写办件量")


def submission(evidence: Evidence) -> Iterator[Finding]:
    """K-31: where a message is handed in; the site itself has no form."""
    if not any(channel.site in (None, evidence.site.id) for channel in evidence.settings.channels):
        yield _absent("没有提交留言的渠道", "在 audit.yml 写“咨询渠道”，并在网页上链接到它")


def messages(evidence: Evidence) -> Iterator[Finding]:
    """K-32: messages with their answers, some of the last half year."""
    days = evidence.thresholds.messages_days
    answered = [row for row in evidence.rows("message") if row.data.get("answered_on")]
    if not answered:
        yield _absent("没有公开留言和答复", "在 content/message 选登留言")
    elif all(evidence.age(str(row.data["answered_on"])) > days for row in answered):
        yield Finding(Severity.WARNING, f"近 {days} 天没有选登留言", "补充选登")


def answers(evidence: Evidence) -> Iterator[Finding]:
    """K-33: answered in time, and without personal data."""
    allowed = evidence.thresholds.answer_days
    for row in evidence.rows("message"):
        asked = date.fromisoformat(str(row.data["asked_on"]))
        end = row.data.get("answered_on")
        taken = ((date.fromisoformat(str(end)) if end else evidence.today) - asked).days
        if taken > allowed and (evidence.today - asked).days <= YEAR:
            how = f"答复用了 {taken} 天" if end else f"已有 {taken} 天没有答复"
            text = f"留言“{row.data['title']}”{how}，应在 {allowed} 天内"
            yield at(row, "asked_on", text, f"督促{row.data['body']}及时答复")
    for diagnostic in evidence.problems(PERSONAL, "message"):
        yield of_problem(diagnostic)


def consultations(evidence: Evidence) -> Iterator[Finding]:
    """K-34: so many consultations in a year, each with a channel on the web (not by mail alone)."""
    held = [
        document
        for document in evidence.library.by_kind.get("consultation", ())
        if 0 <= evidence.age(str(document.data["opens_on"])) <= YEAR
    ]
    wanted = evidence.thresholds.consultations
    if not held and wanted:
        yield _absent("近一年没有开展意见征集", "在网站上开展征集调查")
    elif len(held) < wanted:
        text = f"近一年开展意见征集 {len(held)} 次，少于 {wanted} 次（次数待核）"
        yield Finding(Severity.WARNING, text, "在网站上开展征集调查")
    for document in held:
        if not document.data["channel"].get("online"):
            text = f"“{document.title}”没有在线的征集渠道"
            yield at(document, "channel", text, "在“征集渠道”写“在线”的网址")


def outcomes(evidence: Evidence) -> Iterator[Finding]:
    """K-35: what became of the opinions."""
    assert CONSULTATION.life_cycle is not None
    for diagnostic in evidence.problems({"late-step"}, CONSULTATION.name):
        yield of_problem(diagnostic)


def _rule(
    id: str,
    name: str,
    method: Method,
    check: Check,
    rest: str = "",
    total: float = 5,
    *,
    needs_pages: bool = False,
) -> Rule:
    return Rule(id, name, Part.DEDUCTION, method, check, total, 1, needs_pages, rest)


_AUTOMATIC, _PARTIAL = Method.AUTOMATIC, Method.PARTIAL

RULES: Final = (
    _rule("K-21", "事项公开", _AUTOMATIC, catalogue, needs_pages=True),
    _rule("K-22", "办事指南", _PARTIAL, guides, "要素是否准确须人工抽查", 10),
    _rule("K-23", "表格样表", _PARTIAL, forms, "按材料名称判断，名称里看不出是表格的须人工核对"),
    _rule("K-24", "附件和系统可用", _PARTIAL, files, "在线办理系统能否访问须联网检查"),
    _rule("K-25", "办件统计", _PARTIAL, handled, "数字是否准确须人工核对"),
    _rule("K-31", "信息提交", _PARTIAL, submission, "能否顺利提交须在互动平台试用"),
    _rule("K-32", "留言公开", _AUTOMATIC, messages),
    _rule("K-33", "办理答复", _PARTIAL, answers, "答复是否推诿须人工核对", 10),
    _rule("K-34", "征集调查", _AUTOMATIC, consultations),
    _rule("K-35", "结果反馈", _AUTOMATIC, outcomes),
)
