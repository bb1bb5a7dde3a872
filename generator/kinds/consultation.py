"""Consultations (意见征集): a life cycle from announcement to outcome."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.diagnostics import Problem
from generator.fields import (
    Count,
    Day,
    Declared,
    Email,
    FileName,
    Label,
    Line,
    Lines,
    Minute,
    Phone,
    Prose,
    Reference,
    WebAddress,
    item,
)
from generator.kinds.base import Attachment, ContentKind, LifeCycle, Published, State


class ConsultationKind(Label):
    """What is being drafted (征集类别); it decides the shortest period."""

    RULE = "规章草案"
    DECISION = "重大行政决策"
    BUSINESS = "涉企规范性文件"
    NORMATIVE = "行政规范性文件"
    OTHER = "其他"


MINIMUM_DAYS = {ConsultationKind.RULE: 30, ConsultationKind.DECISION: 30, ConsultationKind.BUSINESS: 30}
"""Shortest period in calendar days, the opening day not counted (domain/03, 7.2)."""


class Channel(Declared):
    """A way to hand in an opinion (征集渠道); the site itself receives nothing."""

    mail: Line | None = item("邮寄", default=None, help="收件人、地址和邮编")
    email: Email | None = item("邮箱", default=None)
    phone: Phone | None = item("电话", default=None)
    fax: Phone | None = item("传真", default=None)
    online: WebAddress | None = item("在线", default=None, help="统一互动平台的网址")


class Opinion(Declared):
    """An opinion and what became of it (采纳情况)."""

    text: Line = item("意见", example="建议降低申请年龄。")
    handling: Line = item("采纳情况", help="采纳、部分采纳或未采纳", example="采纳")
    reason: Line | None = item("理由", default=None, help="未采纳的必须写理由")


class Outcome(Declared):
    """What came of a consultation (结果反馈)."""

    published_at: Minute = item("发布时间", example="2026-11-02 09:00")
    received: Count = item("收到", help="收到意见条数；没有也要写 0", example="12")
    adopted: Count = item("采纳", example="5")
    partly: Count = item("部分采纳", default=0)
    opinions: tuple[Opinion, ...] = item("意见清单", default=())
    note: Prose | None = item("说明", default=None)


class Consultation(Published):
    """A consultation on a draft, before a decision is taken."""

    consultation_kind: ConsultationKind = item(
        "征集类别",
        help="规章草案、重大行政决策、涉企规范性文件、行政规范性文件、其他",
        example="行政规范性文件",
        facet=True,
        table=True,
    )
    issuer: Lines = item(
        "起草单位", help="起草并征集意见的单位", example="越明市民政局", facet=True, table=True, min_length=1
    )
    opens_on: Day = item("开始日期", example="2026-11-02", table=True)
    closes_on: Day = item("截止日期", example="2026-12-02", sort=True, table=True)
    shorten_reason: Line | None = item("缩短理由", default=None, help="少于法定期限时必须写明")
    explanation: Prose = item("起草说明", help="背景、依据、主要内容", example="为……，起草了本稿。")
    channel: Channel = item(
        "征集渠道", help="邮寄、邮箱、电话、传真、在线，至少一项", example={"邮箱": "yj@example.gov.cn"}
    )
    attachments: tuple[Attachment, ...] = item("附件", default=())
    draft_file: FileName | None = item("征求意见稿", default=None, help="草案文件")
    outcome: Outcome | None = item("结果反馈", default=None, help="征集结束后填写")
    final_document: Reference | None = item("最终文件", default=None, help="正式印发的文件")

    def check(self) -> Iterator[Problem]:
        yield from super().check()
        length = consultation_days(self.opens_on, self.closes_on)
        if length <= 0:
            yield Problem("closes_on", "date-order", "截止日期不晚于开始日期", "核对两个日期")
        wanted = MINIMUM_DAYS.get(self.consultation_kind)
        if wanted and 0 < length < wanted and not self.shorten_reason:
            yield Problem(
                "closes_on",
                "short-consultation",
                f"{self.consultation_kind}征求意见应不少于 {wanted} 日，现为 {length} 日",
                "延后截止日期，或写明“缩短理由”",
            )
        if not any(self.channel.model_dump().values()):
            yield Problem(
                "channel",
                "missing-channel",
                "没有写任何征集渠道",
                "至少写邮寄、邮箱、电话、传真、在线中的一项",
            )
        if self.outcome:
            if self.outcome.adopted + self.outcome.partly > self.outcome.received:
                yield Problem("outcome", "outcome-sum", "采纳数多于收到数", "核对收到、采纳和部分采纳的条数")
            for opinion in self.outcome.opinions:
                if opinion.handling.startswith(("未采纳", "不采纳")) and not opinion.reason:
                    yield Problem(
                        "outcome",
                        "missing-reason",
                        f"未采纳的意见没有写理由：{opinion.text[:20]}",
                        "补写“理由”",
                    )


def consultation_days(opens_on: date, closes_on: date) -> int:
    """Return the length of the period in days; the opening day is not counted."""
    return (closes_on - opens_on).days


CONSULTATION = ContentKind(
    "consultation",
    "意见征集",
    Consultation,
    url="zhengji/{slug}.html",
    section="yjzj",
    issuer="issuer",
    relations={"final_document": "出台前的意见征集"},
    purpose="文件出台前公开征求意见，结束后公布采纳情况",
    life_cycle=LifeCycle(
        stages=(
            (State("wks", "未开始", "{opens_on} 起可以提意见"), "opens_on", "before"),
            (State("zjz", "征集中", "{closes_on} 截止"), "closes_on", "until"),
            (State("yjz", "已截止", "起草单位正在整理意见，将公布采纳情况"), "outcome", "missing"),
        ),
        last=State("yfk", "已反馈"),
        due=(("yjz", "closes_on", "feedback_days"),),
    ),
    sample_body="征求意见的事项和说明。\n",
)
