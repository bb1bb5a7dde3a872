"""Part two of the standard, 发布解读 (domain/02, K-11 to K-19); what each place costs is 待核."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from generator.audit.evidence import Evidence, SectionAge, at
from generator.audit.model import Check, Finding, Method, Part, Rule, Share
from generator.diagnostics import Severity
from generator.kinds.organisation import OrganisationClass

_ORGANISATION: Final = {
    "address": "办公地址",
    "hours": "办公时间",
    "phone": "联系电话",
    "head": "负责人",
}
YEAR: Final = 365


def _absent(evidence: Evidence, *types: str) -> Iterator[Finding]:
    """Yield the finding that no section of these types has content."""
    if not evidence.sections_of(*types):
        text = f"没有“{'、'.join(types)}”类栏目，或者栏目没有内容"
        yield Finding(Severity.WARNING, text, "建这样的栏目并写好“栏目类型”", "", Share.WHOLE)


def opened(*types: str) -> Check:
    """Return the check that there is such a section."""
    return lambda evidence: _absent(evidence, *types)


def updated(*types: str) -> Check:
    """Return the check that there is such a section, and that each was updated in time."""

    def check(evidence: Evidence) -> Iterator[Finding]:
        yield from _absent(evidence, *types)
        for section in evidence.sections_of(*types):
            yield from _late(evidence, section, types)

    return check


def _late(evidence: Evidence, section: SectionAge, types: tuple[str, ...]) -> Iterator[Finding]:
    limit = section.limit
    if section.is_top or section.document.data.get("update_days") is None:
        # Only what lies below may be slower than the standard says, by a cycle of its own (更新周期).
        fixed = [days for name in types if name in section.types and (days := evidence.limit_of(name))]
        limit = min(fixed, default=section.limit)
    title = section.document.title
    if limit and not section.newest:
        yield at(section.document, "title", f"栏目“{title}”的内容没有注明发布时间，视为没有更新", "补写日期")
    elif limit and section.age > limit:
        text = (
            f"栏目“{title}”已有 {section.age} 天没有更新（最近一条 {section.newest}），应在 {limit} 天内更新"
        )
        yield at(section.document, "title", text, "补充内容")


def organisations(evidence: Evidence) -> Iterator[Finding]:
    """K-12: 《政府信息公开条例》第二十条第二项, for every organisation of the site itself."""
    listed = [
        document
        for document in evidence.documents("organisation")
        if document.data.get("organisation_class") != OrganisationClass.SUPERIOR.value
    ]
    if not listed:
        text = "机构职能栏目没有机构"
        yield Finding(
            Severity.WARNING, text, "在 content/organisation 中为每个机构建一个文件", "", Share.WHOLE
        )
    for document in listed:
        missing = [label for name, label in _ORGANISATION.items() if not document.data.get(name)]
        missing += [] if document.has_body else ["主要职责"]
        is_office = document.data.get("organisation_class") != OrganisationClass.GOVERNMENT.value
        missing += [] if document.data.get("units") or not is_office else ["内设机构"]
        if missing:
            yield at(document, "title", f"“{document.title}”缺少：{'、'.join(missing)}", "补齐")


def interpretations(evidence: Evidence) -> Iterator[Finding]:
    """K-16: interpretations of the last half year, and policies of the last year that have none."""
    yield from updated("政策解读")(evidence)
    relations = evidence.library.library.relations_to
    for document in evidence.library.by_kind.get("policy", ()):
        wants = document.data.get("level") == "行政规范性文件" and not document.data.get(
            "interpretation_waived"
        )
        if not wants or evidence.age(document.date) > YEAR:
            continue
        if not any(relation.relation == "interprets" for relation in relations.get(document.id, ())):
            remedy = "补解读并写“解读文件”；确实不需要的写“无需解读”和理由"
            yield at(document, "title", f"行政规范性文件“{document.title}”没有解读", remedy)


def forms(evidence: Evidence) -> Iterator[Finding]:
    """K-17: interpretations of the last year by form; it costs nothing."""
    counted = Counter(
        str(document.data["form"])
        for document in evidence.library.by_kind.get("interpretation", ())
        if evidence.age(document.date) <= YEAR
    )
    if counted:
        parts = "、".join(f"{form} {number} 件" for form, number in counted.most_common())
        total = sum(counted.values())
        text = f"近一年解读 {total} 件：{parts}；文字以外的占 {100 * (total - counted['文字']) // total}%"
        yield Finding(Severity.NOTE, text, "", "", Share.NONE)


def leaders(evidence: Evidence) -> Iterator[Finding]:
    yield from _absent(evidence, "领导信息")


def yearly(evidence: Evidence) -> Iterator[Finding]:
    """K-19: personnel and plans; only what exists must be up to date."""
    for section in evidence.sections_of("人事信息", "规划计划"):
        yield from _late(evidence, section, ("人事信息", "规划计划"))


def _rule(
    id: str,
    name: str,
    method: Method,
    check: Check,
    rest: str = "",
    total: float = 5,
) -> Rule:
    return Rule(id, name, Part.DEDUCTION, method, check, total, 1, False, rest)


_AUTOMATIC, _PARTIAL = Method.AUTOMATIC, Method.PARTIAL

RULES: Final = (
    _rule("K-11", "概况信息", _PARTIAL, opened("概况信息"), "内容是否及时、准确须人工核对"),
    _rule("K-12", "机构职能", _AUTOMATIC, organisations, "内容是否准确须人工核对"),
    _rule("K-13", "领导信息", _PARTIAL, leaders, "姓名、简历、分管工作是否齐全、准确须人工核对"),
    _rule("K-14", "动态要闻", _AUTOMATIC, updated("政务动态")),
    _rule("K-15", "政策文件", _AUTOMATIC, updated("政策文件"), total=10),
    _rule("K-16", "政策解读", _AUTOMATIC, interpretations, "是否只是摘抄原文须人工核对", 10),
    _rule("K-17", "解读形式", _AUTOMATIC, forms, total=0),
    _rule("K-18", "数据发布", _AUTOMATIC, updated("统计数据")),
    _rule("K-19", "人事、规划等栏目", _AUTOMATIC, yearly),
)
