"""Reports of municipal state-owned enterprises (市管国企信息公开), after 绍兴's interim measures (domain/06, 8)."""

from __future__ import annotations

from collections.abc import Iterator

from generator.diagnostics import Problem
from generator.fields import CreditCode, Day, Label, Line, Lines, Weight, YesNo, item
from generator.kinds.base import Attachment, ContentKind, Deadline, Published


class ReportClass(Label):
    """Class of a report (报告类型), which decides its time limit."""

    EVENT = "临时报告"
    HALF = "中期报告"
    YEAR = "年度报告"

    @property
    def slug(self) -> str:
        return {"临时报告": "ls", "中期报告": "zq", "年度报告": "nd"}[self.value]


class SoeReport(Published):
    """A report that an enterprise must publish."""

    issuer: Lines = item(
        "企业",
        help="机构名录里的市属国企",
        example="越明市民政局",
        facet=True,
        table=True,
        min_length=1,
        search=Weight.NORMAL,
    )
    credit_code: CreditCode | None = item("统一社会信用代码", default=None, table=True)
    investor: Line = item("出资人", example="越明市人民政府", table=True)
    report_class: ReportClass = item(
        "报告类型", help="临时报告、中期报告、年度报告", example="年度报告", facet=True, table=True
    )
    period: Line = item("报告期间", example="2025 年度", table=True)
    due_from: Day = item(
        "起算日期",
        help="临时报告写事项发生日，中期写 6 月 30 日，年度写 12 月 31 日",
        example="2025-12-31",
        sort=True,
    )
    audited: YesNo = item("已审计", default=False, table=True)
    attachments: tuple[Attachment, ...] = item("附件", default=())

    def check(self) -> Iterator[Problem]:
        yield from super().check()
        if self.published_at.date() < self.due_from:
            yield Problem("due_from", "date-order", "起算日期晚于发布时间", "核对两个日期")


def _limit(report_class: ReportClass, setting: str, unit: str) -> Deadline:
    return Deadline(
        "due_from",
        "published_at",
        setting,
        f"{report_class}公开",
        unit,
        ("report_class", frozenset({report_class.value})),
    )


SOE_REPORT = ContentKind(
    "soe_report",
    "国企信息公开",
    SoeReport,
    url="guoqi/{slug}.html",
    section="gqxx",
    issuer="issuer",
    deadlines=(
        _limit(ReportClass.EVENT, "soe_event_days", "working"),
        _limit(ReportClass.HALF, "soe_half_months", "months"),
        _limit(ReportClass.YEAR, "soe_year_months", "months"),
    ),
    blocks=True,
    purpose="市管国有企业的临时、中期、年度报告，按期限公开",
    sample_body="报告的主要内容。\n",
)
