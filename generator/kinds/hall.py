"""The service hall (政务大厅): windows and their items, daily figures, evaluations; after 雁塔 and 绍兴 (domain/05)."""

from __future__ import annotations

from collections.abc import Iterator

from generator.diagnostics import Problem
from generator.fields import Count, Day, Label, Line, Month, Number, References, Weight, item
from generator.kinds.records import Record, RecordKind


class Acceptance(Label):
    """How a window accepts applications (受理方式)."""

    GENERAL = "综合受理"
    SPECIAL = "专窗受理"
    SELF = "自助办理"


class HallWindow(Record):
    """A window of a service hall: who sits there, on which floor, what it does (大厅窗口; S-73, S-74, S-85)."""

    number: Line = item("窗口号", example="A01", search=Weight.EXACT)
    hall: Line = item("大厅", example="越明市政务服务中心")
    floor: Line = item("楼层", example="1 楼")
    zone: Line = item("分区", help="大厅里的分区", example="社会保障区", search=Weight.NORMAL)
    body: Line = item("进驻部门", example="越明市人力资源和社会保障局", facet=True)
    matters: Line = item("受理业务", example="失业保险、技能培训补贴", search=Weight.STRONG)
    acceptance: Acceptance = item(
        "受理方式", help="综合受理、专窗受理、自助办理", example="综合受理", facet=True
    )
    guides: References = item("可办事项", default=(), help="办事指南的编号或标题；多项用“；”隔开")


HALL_WINDOW = RecordKind(
    "hall_window",
    "大厅窗口",
    HallWindow,
    section="dtck",
    issuer="body",
    title="number",
    key="number",
    group="zone",
    columns=("zone", "number", "floor", "body", "matters", "acceptance", "guides"),
    relations={"guides": "到几号窗口办"},
    purpose="政务大厅的部门、窗口和受理业务对照表，按分区和楼层找",
)


class HallDay(Record):
    """A day's figures of a hall, typed in after closing (大厅运行日报; S-75, S-86): nothing here is live."""

    day: Day = item("日期", example="2026-11-18", sort=True)
    hall: Line = item("大厅", example="越明市政务服务中心", search=Weight.NORMAL)
    body: Line = item("填报单位", example="越明市数据局", facet=True)
    visitors: Count = item("接待人数", example="812")
    handled: Count = item("办件量", example="655")
    online: Count = item("其中网上办理", example="310")
    wait: Number = item("平均等候（分钟）", example="6.5")

    def check(self) -> Iterator[Problem]:
        if self.online > self.handled:
            yield Problem("online", "part-exceeds-whole", "网上办理多于办件量", "核对两个数字")


HALL_DAY = RecordKind(
    "hall_day",
    "大厅运行日报",
    HallDay,
    section="dtrb",
    issuer="body",
    title="hall",
    date="day",
    columns=("day", "hall", "visitors", "handled", "online", "wait"),
    purpose="每日闭厅后人工填报的接待人数、办件量和等候时间，不是实时数据",
)


class Rating(Record):
    """Collected evaluations of services (好差评汇总; S-34, S-44, S-89): the site itself collects nothing."""

    month: Month = item("统计月份", example="2026-10", sort=True)
    subject: Line = item("评价对象", example="越明市政务服务中心", search=Weight.NORMAL)
    body: Line = item("统计单位", example="越明市数据局", facet=True)
    count: Count = item("评价数", example="3260")
    good: Number = item("好评率（%）", example="99.2")
    bad: Count = item("差评数", example="12")
    mended: Count = item("差评已整改", example="12")
    counted_on: Day = item("统计日期", example="2026-11-03")
    channel: Line = item("评价渠道", help="群众在哪里评价", example="政务服务网、窗口评价器")

    def check(self) -> Iterator[Problem]:
        if not 0 <= self.good <= 100:
            yield Problem("good", "bad-percentage", f"好评率 {self.good:g} 不在 0 到 100 之间", "核对数字")
        if self.mended > self.bad:
            yield Problem("mended", "part-exceeds-whole", "差评已整改多于差评数", "核对两个数字")


RATING = RecordKind(
    "rating",
    "好差评汇总",
    Rating,
    section="hcp",
    issuer="body",
    title="subject",
    date="month",
    columns=("month", "subject", "count", "good", "bad", "mended", "counted_on"),
    purpose="各渠道评价的汇总数和统计日期；本站不收集评价",
)
