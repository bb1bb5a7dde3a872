"""``audit.yml`` → `AuditSettings`: thresholds and weights of the self-report, which differ by place and year.

A file of its own beside ``site.yml``, because a change in it must not make pages anew. All numbers that
domain/02 marks 待核 stand here with their defaults.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from generator.config import SiteGroup
from generator.diagnostics import Diagnostic, Problem, Severity
from generator.fields import Codes, Count, Declared, KeyMap, Line, Lines, Number, Slug, WebAddress, item
from generator.forms import Collector, to_plain, validated
from generator.load import decode
from generator.yaml_nodes import Mapping, YamlProblem, parse

AUDIT_NAME: Final = "audit.yml"


class Thresholds(Declared):
    """Numbers of the inspection standard (阈值)."""

    dated_sections: Count = item("限时栏目个数", default=5, help="K-04：限时更新的栏目几个超期就否决")
    late_sections: Count = item("应更新栏目个数", default=10, help="K-04：应更新的栏目几个超期就否决")
    empty_sections: Count = item("空白栏目个数", default=5, help="K-04：几个空白栏目就否决")
    empty_warning: Count = item("空白栏目预警", default=3, help="几个空白栏目就预警")
    home_warning: Count = item("首页预警天数", default=10, help="首页几天没有更新就预警")
    news_days: Count = item("动态更新天数", default=14, help="动态要闻类栏目最长几天更新一次")
    document_days: Count = item(
        "文件更新天数", default=183, help="通知公告、政策文件、政策解读最长几天更新一次"
    )
    yearly_days: Count = item("年度更新天数", default=365, help="人事信息、规划计划最长几天更新一次")
    guide_elements: Count = item("指南缺项", default=4, help="K-06：一个事项缺几类要素算不实用")
    guide_count: Count = item("指南件数", default=5, help="K-06：几个不实用的事项就否决")
    consultations: Count = item("征集次数", default=6, help="K-34：一年至少开展几次意见征集（待核）")
    answer_days: Count = item("答复天数", default=15, help="K-33：公开的留言应在几天内答复（待核）")
    messages_days: Count = item("选登天数", default=183, help="K-32：最近几天内应有选登的留言")
    backdated_days: Count = item(
        "提交相差天数", default=3, help="K-01：发布时间比第一次提交到 git 早几天就提醒；0 表示不比"
    )
    ahead_days: Count = item("提前天数", default=7, help="提前几天列出将要超期的栏目和事项")
    expiry_days: Count = item("有效期提前天数", default=90, help="提前几天列出有效期将满的文件")
    pass_points: Number = item("合格分数", default=60, help="扣分后低于几分不合格")

    def check(self) -> Iterator[Problem]:
        """Yield numbers that would switch a veto off or make it always hold."""
        for name in ("dated_sections", "late_sections", "empty_sections", "guide_elements", "guide_count"):
            if not getattr(self, name):
                label = KeyMap.of(Thresholds).labels[name]
                yield Problem(f"thresholds.{name}", "bad-number", f"“{label}”不能是 0", "写 1 以上的整数")


class Weight(Declared):
    """What an indicator costs (权重)."""

    indicator: Line = item("指标", example="K-44")
    total: Number | None = item("总分", default=None, help="这个指标最多扣几分")
    each: Number | None = item("每处", default=None, help="每处扣几分")


class ConsultChannel(Declared):
    """Where citizens can ask (咨询渠道); the site itself receives nothing."""

    site: Slug | None = item("站点", default=None, help="哪个站点的渠道；不写则各站共用")
    name: Line = item("名称", example="12345 政务服务便民热线")
    address: WebAddress = item("网址", help="提交咨询的网址", example="https://12345.example.gov.cn/")


class Exemption(Declared):
    """An indicator that does not concern a site (不适用)."""

    indicator: Line = item("指标", example="K-06")
    site: Slug | None = item("站点", default=None, help="不写则各站都不适用")
    reason: Line = item("原因", example="专题网站，没有对外服务职能")


class AuditSettings(Declared):
    """The whole of ``audit.yml``."""

    portals: Codes = item("门户", default=(), help="按扣分指标检查的站点代号；不写则只有主站")
    channels: tuple[ConsultChannel, ...] = item("咨询渠道", default=(), help="网上咨询建言的渠道")
    thresholds: Thresholds = item("阈值", default=Thresholds(), help="指标中的数字")
    weights: tuple[Weight, ...] = item("权重", default=(), help="各指标的分值（待核，以检查组的表为准）")
    exemptions: tuple[Exemption, ...] = item("不适用", default=(), help="与某个站点无关的指标，写明原因")
    bad_hosts: Lines = item("禁链域名", default=(), help="不得链接的域名，连同其下级")


def load_audit_settings(
    group: SiteGroup, indicators: frozenset[str]
) -> tuple[AuditSettings, list[Diagnostic]]:
    """Read ``audit.yml`` of a project; without it, all defaults hold.

    Args:
        indicators: Ids that rules have.
    """
    default = AuditSettings()
    try:
        data = (Path(group.root) / AUDIT_NAME).read_bytes()
    except FileNotFoundError:
        return default, []
    except OSError as error:
        remedy = "检查它是不是文件，有没有读的权限"
        return default, [_problem(0, 0, "unreadable", f"{AUDIT_NAME} 读不出来：{error.strerror}", remedy)]
    text, problem = decode(AUDIT_NAME, data)
    if problem:
        return default, [problem]
    try:
        tree = parse(text)
    except YamlProblem as error:
        return default, [_problem(error.line, error.column, error.code, error.message, error.remedy)]
    if tree is None:
        return default, []
    if not isinstance(tree, Mapping):
        remedy = "每行写成“键: 值”，写法见编辑手册“自评”一章"
        return default, [_problem(1, 1, "wrong-type", f"{AUDIT_NAME} 应当是一组“键: 值”", remedy)]
    keys = KeyMap.of(AuditSettings)
    plain = to_plain(tree, keys)
    collector = Collector(AUDIT_NAME, keys, plain)
    for line, column, code, message, remedy in plain.problems:
        collector.add(line, column, Severity.ERROR, code, message, remedy)
    settings: Any = validated(AuditSettings, plain, collector)
    if settings is None:
        return default, collector.diagnostics
    for found in (*settings.thresholds.check(), *_unknown(settings, group, indicators)):
        collector.problem(found)
    return settings, collector.diagnostics


def _problem(line: int, column: int, code: str, message: str, remedy: str) -> Diagnostic:
    return Diagnostic(AUDIT_NAME, line, column, Severity.ERROR, code, message, remedy)


def _unknown(settings: AuditSettings, group: SiteGroup, indicators: frozenset[str]) -> Iterator[Problem]:
    """Yield sites and indicators that do not exist: they would silently change nothing."""
    sites = {site.id for site in group.sites}
    used_sites = [(f"portals.{place}", name) for place, name in enumerate(settings.portals)]
    exempt, weighed = settings.exemptions, settings.weights
    used_sites += [
        (f"channels.{place}.site", entry.site) for place, entry in enumerate(settings.channels) if entry.site
    ]
    used_sites += [
        (f"exemptions.{place}.site", entry.site) for place, entry in enumerate(exempt) if entry.site
    ]
    used = [(f"weights.{place}.indicator", entry.indicator) for place, entry in enumerate(weighed)]
    used += [(f"exemptions.{place}.indicator", entry.indicator) for place, entry in enumerate(exempt)]
    for place, name in used_sites:
        if name not in sites:
            yield Problem(place, "bad-choice", f"没有“{name}”这个站点", "可选：" + "、".join(sorted(sites)))
    for place, name in used:
        if name not in indicators:
            yield Problem(
                place, "bad-choice", f"没有“{name}”这个指标", "可选：" + "、".join(sorted(indicators))
            )
