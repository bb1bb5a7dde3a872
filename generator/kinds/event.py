"""Events (活动): open days, lectures, broadcasts with dates and how to take part (domain/05, S-27, S-45, S-70, S-92)."""

from __future__ import annotations

from collections.abc import Iterator

from generator.diagnostics import Problem
from generator.fields import (
    Count,
    Day,
    Label,
    Line,
    Lines,
    Phone,
    Prose,
    References,
    WebAddress,
    Weight,
    item,
)
from generator.kinds.base import Attachment, ContentKind, LifeCycle, Published, State


class EventClass(Label):
    """Class of an event (活动类别)."""

    OPEN_DAY = "开放日"
    LECTURE = "政策宣讲"
    BROADCAST = "直播访谈"
    TRAINING = "公益培训"
    CULTURE = "文体活动"
    VOLUNTEER = "志愿服务"
    SUPERVISION = "监督活动"


class Event(Published):
    """Something citizens can go to, watch or take part in."""

    event_class: EventClass = item(
        "活动类别", help="七类之一，见编辑手册", example="政策宣讲", facet=True, table=True
    )
    issuer: Lines = item("主办单位", example="越明市民政局", facet=True, table=True, min_length=1)
    opens_on: Day = item("开始日期", example="2026-11-25", sort=True, table=True)
    closes_on: Day = item("结束日期", example="2026-11-25", table=True)
    hours: Line = item("时间", example="14:00—16:00", table=True)
    place: Line = item(
        "地点", help="直播写在哪里看", example="石桥社区驿站", table=True, search=Weight.NORMAL
    )
    audience: Line = item("对象", example="市民", table=True)
    signup: Line = item(
        "怎样报名", help="电话、现场或外部网址；本站不收报名", example="打电话报名", table=True
    )
    phone: Phone = item("联系电话", example="0575-00000000", table=True)
    playback_url: WebAddress | None = item("回放网址", default=None)
    attendance: Count | None = item("参加人数", default=None, help="结束后填写")
    outcome: Prose | None = item("活动成效", default=None, help="结束后写，数字要有出处")
    policies: References = item("相关内容", default=(), help="讲的是哪些文件、问答，写文号或编号")
    attachments: tuple[Attachment, ...] = item("附件", default=())

    def check(self) -> Iterator[Problem]:
        yield from super().check()
        if self.closes_on < self.opens_on:
            yield Problem("closes_on", "date-order", "结束日期早于开始日期", "核对两个日期")


EVENT = ContentKind(
    "event",
    "活动",
    Event,
    url="huodong/{slug}.html",
    section="huodong",
    issuer="issuer",
    relations={"policies": "相关活动"},
    blocks=True,
    life_cycle=LifeCycle(
        stages=(
            (State("wks", "未开始", "{opens_on}开始"), "opens_on", "before"),
            (State("zjz", "进行中", "{closes_on}结束"), "closes_on", "until"),
        ),
        last=State("yjs", "已结束"),
    ),
    purpose="开放日、宣讲、直播、培训：什么时候、在哪里、怎样参加",
    sample_body="活动内容。\n",
)
