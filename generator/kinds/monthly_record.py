"""Monthly records (月鉴): meetings and activities, major projects, key data of one month."""

from __future__ import annotations

from collections.abc import Iterator

from generator.diagnostics import Problem
from generator.fields import (
    Count,
    Day,
    Declared,
    Label,
    Line,
    Lines,
    Month,
    Number,
    Reference,
    WebAddress,
    item,
)
from generator.kinds.base import ContentKind, Published


class MeetingKind(Label):
    """Kind of a meeting or activity (会议活动)."""

    EXECUTIVE = "常务会议"
    PLENARY = "全体会议"
    SPECIAL = "专题会议"
    PRESS = "新闻发布会"
    VISIT = "调研"
    ACTIVITY = "活动"


class Meeting(Declared):
    """A meeting or activity."""

    on: Day = item("日期", example="2026-10-14")
    kind: MeetingKind = item(
        "类别", help="常务会议、全体会议、专题会议、新闻发布会、调研、活动", example="常务会议"
    )
    title: Line = item("标题", example="市政府第 38 次常务会议")
    text: Line | None = item("内容", default=None, help="研究了什么、决定了什么")
    place: Line | None = item("地点", default=None)
    related: Reference | None = item("相关文件", default=None, help="本站相关的文件或页面")
    source: Line | None = item("出处", default=None, help="事实的出处")
    source_url: WebAddress | None = item("出处网址", default=None)


class ProjectNews(Declared):
    """What happened to a major project (重大项目) this month."""

    name: Line = item("名称", example="越明港铁路支线")
    event: Line = item("进展", example="主体结构开工")
    stage: Line | None = item("阶段", default=None, help="前期、招采、征地、建设、竣工、运营")
    on: Day | None = item("日期", default=None)
    progress: Count | None = item("完成百分比", default=None, help="0 到 100")
    invested: Line | None = item("投资", default=None, help="数字带单位")
    owner: Line | None = item("责任单位", default=None)
    related: Reference | None = item("相关文件", default=None)
    source: Line | None = item("出处", default=None, help="事实的出处")


class DataKind(Label):
    """What a figure says (数据口径)."""

    ABSOLUTE = "绝对值"
    YEAR_ON_YEAR = "同比"
    MONTH_ON_MONTH = "环比"
    CUMULATIVE = "累计同比"


class Figure(Declared):
    """A key figure (重要数据)."""

    name: Line = item("指标", example="规模以上工业增加值")
    period: Line = item("时期", help="例如 2026 年 1—10 月", example="2026 年 1—10 月")
    value: Number = item("数值", example="6.2")
    unit: Line = item("单位", example="%")
    kind: DataKind = item("口径", help="绝对值、同比、环比、累计同比", example="累计同比")
    source: Line = item("出处", help="发布数据的单位或材料", example="越明市统计局")
    note: Line | None = item("说明", default=None, help="例如 初步核算")


class MonthlyRecord(Published):
    """One issue (一期) of the monthly record."""

    period: Month = item("月份", help="记录的是哪个月，按 YYYY-MM 填写", example="2026-10")
    issuer: Lines = item(
        "发布机构", help="编发单位", example="越明市人民政府办公室", facet=True, min_length=1
    )
    meetings: tuple[Meeting, ...] = item("会议活动", default=(), help="本月的会议和活动")
    projects: tuple[ProjectNews, ...] = item("重大项目", default=(), help="本月重大项目的进展")
    figures: tuple[Figure, ...] = item("重要数据", default=(), help="本月发布的重要数据")

    def check(self) -> Iterator[Problem]:
        yield from super().check()
        if not (self.meetings or self.projects or self.figures):
            yield Problem(
                "period", "empty-record", "本期月鉴没有任何内容", "至少写会议活动、重大项目、重要数据中的一类"
            )
        if self.period > f"{self.published_at:%Y-%m}":
            yield Problem("period", "date-order", f"月份 {self.period} 晚于发布时间", "核对月份")
        for entry in self.projects:
            if entry.progress is not None and entry.progress > 100:
                yield Problem(
                    "projects", "bad-number", f"“{entry.name}”完成百分比超过 100", "写 0 到 100 之间的整数"
                )


MONTHLY_RECORD = ContentKind(
    "monthly_record",
    "月鉴",
    MonthlyRecord,
    url="yuejian/{slug}.html",
    section="yuejian",
    issuer="issuer",
    relations={"meetings.related": "月鉴记载", "projects.related": "月鉴记载"},
    purpose="每月一期，记录会议活动、重大项目和重要数据",
    body="optional",
    sample_body="",
)
