"""Livelihood projects (民生实事): 大家提、人大定、政府办、群众评, after 绍兴 (domain/05, S-33, S-34)."""

from __future__ import annotations

from collections.abc import Iterator

from generator.diagnostics import Problem, Severity
from generator.fields import (
    Count,
    Day,
    Declared,
    Label,
    Line,
    Lines,
    Number,
    References,
    WebAddress,
    Weight,
    YesNo,
    item,
)
from generator.kinds.base import ContentKind, Published


class Status(Label):
    """How a project goes (进展状态)."""

    WAITING = "未启动"
    RUNNING = "顺利推进"
    BEHIND = "滞后"
    DONE = "已完成"

    @property
    def slug(self) -> str:
        return {"未启动": "wks", "顺利推进": "zjz", "滞后": "zh", "已完成": "ywc"}[self.value]


class Target(Declared):
    """A measurable item with its goal and how far it has come."""

    name: Line = item("名称", example="困难老年人家庭适老化改造")
    target: Number = item("目标", example="1000")
    unit: Line = item("单位", example="户")
    done: Number = item("完成", example="420")
    as_of: Day = item("截至", example="2026-10-31")
    status: Status = item("进展状态", help="未启动、顺利推进、滞后、已完成", example="顺利推进")
    standard: Line = item("完成标准", example="完成评估、施工、验收三个环节")
    lead: Line = item("牵头单位", example="越明市民政局")
    problem: Line | None = item("存在问题", default=None)
    next_step: Line | None = item("下一步", default=None)
    beyond: YesNo = item("允许超额", default=False, help="完成数可以多于目标的写“是”")


class Area(Declared):
    """An item's share of one area."""

    item_name: Line = item("项目", help="上面“事项”里的名称", example="困难老年人家庭适老化改造")
    area: Line = item("区域", example="镜湖区")
    target: Number = item("目标", example="300")
    done: Number = item("完成", example="150")


class Feedback(Declared):
    """What people said who were asked elsewhere; the site collects nothing."""

    rate: Number = item("好评率（%）", example="98.7")
    count: Count = item("评价人数", example="1147")
    as_of: Day = item("统计日期", example="2026-10-31")
    channel: Line = item("评价渠道", example="线下问卷")
    url: WebAddress | None = item("评价网址", default=None, help="外部问卷；没有的不写")
    phone: Line = item("评价电话", default="12345")


class Livelihood(Published):
    """One of the year's livelihood projects."""

    year: Count = item("年度", example="2026", table=True)
    number: Count = item("序号", example="3", sort=True, table=True)
    issuer: Lines = item(
        "责任单位", example="越明市民政局", facet=True, table=True, min_length=1, search=Weight.NORMAL
    )
    raised: Line = item("大家提", help="怎样征集", example="公开征集，收到建议 312 条")
    decided: Line = item("人大定", help="怎样票决", example="市人民代表大会票决通过")
    targets: tuple[Target, ...] = item(
        "事项",
        help="目标、完成数和截至日期",
        min_length=1,
    )
    areas: tuple[Area, ...] = item("分区进展", default=())
    feedback: Feedback | None = item("群众评", default=None, help="汇总后的评价，必须有统计日期")
    policies: References = item("相关文件", default=(), help="文号或编号")

    def check(self) -> Iterator[Problem]:
        yield from super().check()
        for index, target in enumerate(self.targets):
            if target.done > target.target and not target.beyond:
                yield Problem(
                    f"targets.{index}.done",
                    "part-exceeds-whole",
                    f"“{target.name}”完成 {target.done:g} 多于目标 {target.target:g}",
                    "核对数字；确实超额完成的加“允许超额: 是”",
                    Severity.WARNING,
                )
            own = [area for area in self.areas if area.item_name == target.name]
            for name, label in (("target", "目标"), ("done", "完成")):
                total = sum(getattr(area, name) for area in own)
                if own and total != getattr(target, name):
                    yield Problem(
                        "areas",
                        "sum-differs",
                        f"“{target.name}”各区域{label}合计 {total:g}，总数是 {getattr(target, name):g}",
                        "核对分区和总数",
                        Severity.WARNING,
                    )
        if self.feedback and not 0 <= self.feedback.rate <= 100:
            yield Problem(
                "feedback", "bad-percentage", f"好评率 {self.feedback.rate:g} 不在 0 到 100 之间", "核对数字"
            )


LIVELIHOOD = ContentKind(
    "livelihood",
    "民生实事",
    Livelihood,
    url="mssi/{slug}.html",
    section="mssi",
    issuer="issuer",
    relations={"policies": "民生实事"},
    blocks=True,
    purpose="年度民生实事的目标、进展、完成标准和评价汇总",
    body="optional",
    sample_body="为什么办、怎么办。\n",
)
