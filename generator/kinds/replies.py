"""Things that citizens and their representatives raised, and what was answered: 留言, 建议提案, 整改台账."""

from __future__ import annotations

from collections.abc import Iterator

from generator.diagnostics import Problem
from generator.fields import Day, DocumentNumberText, Label, Line, Prose, Slug, Weight, item
from generator.kinds.base import LifeCycle, State
from generator.kinds.records import Record, RecordKind


class MessageClass(Label):
    """What a message is (留言类别)."""

    QUESTION = "咨询"
    COMPLAINT = "投诉"
    SUGGESTION = "建议"
    HELP = "求助"


class Message(Record):
    """A citizen's message and its answer, without personal data (留言公开; S-41, domain/02 K-32, K-33)."""

    code: Slug = item("编号", example="ly2026001")
    title: Line = item("标题", example="社区食堂周末开不开", search=Weight.STRONG)
    message_class: MessageClass = item("留言类别", help="咨询、投诉、建议、求助", example="咨询", facet=True)
    asked_on: Day = item("留言时间", example="2026-11-02", sort=True)
    text: Prose = item(
        "留言内容", help="先去掉姓名、电话、住址", example="请问社区食堂周末开放吗？", search=Weight.NORMAL
    )
    body: Line = item("答复单位", example="镜湖区人民政府", facet=True)
    answered_on: Day | None = item("答复时间", default=None)
    answer: Prose | None = item("答复内容", default=None, search=Weight.NORMAL)

    def check(self) -> Iterator[Problem]:
        if self.answered_on and self.answered_on < self.asked_on:
            yield Problem("answered_on", "date-order", "答复时间早于留言时间", "核对两个日期")
        if bool(self.answered_on) is not bool(self.answer):
            yield Problem("answer", "half-answer", "答复时间和答复内容只写了一个", "两个都写，或都不写")


MESSAGE = RecordKind(
    "message",
    "留言公开",
    Message,
    section="lygk",
    issuer="body",
    title="title",
    key="code",
    date="asked_on",
    detail=True,
    columns=("title", "message_class", "asked_on", "body", "answered_on"),
    life_cycle=LifeCycle(
        stages=((State("dbl", "办理中", "承办单位正在办理，答复后在这里公开"), "answered_on", "missing"),),
        last=State("ydf", "已答复"),
        due=(("dbl", "asked_on", "reply_days"),),
    ),
    purpose="选登的网民留言和答复；本站不接收留言，渠道见互动交流",
)


class ProposalClass(Label):
    """Whose proposal it is (提案类别)."""

    CONGRESS = "人大代表建议"
    CONFERENCE = "政协委员提案"


class Outcome(Label):
    """How far a proposal was carried out (办理结果)."""

    DONE = "已经解决或采纳"
    PLANNED = "正在解决或列入计划"
    NOTED = "留作参考"


class Proposal(Record):
    """A proposal of a deputy or member, with the whole reply (建议提案办理; S-43)."""

    code: Slug = item("编号", help="网址中的一段", example="rd2026021")
    number: Line = item("提案号", example="市九届人大五次会议第21号", search=Weight.EXACT)
    proposal_class: ProposalClass = item(
        "提案类别", help="人大代表建议、政协委员提案", example="人大代表建议", facet=True
    )
    title: Line = item("标题", example="关于增加社区食堂的建议", search=Weight.STRONG)
    proposer: Line = item("领衔人", example="张示例")
    body: Line = item("主办单位", example="越明市民政局", facet=True)
    helpers: Line | None = item("会办单位", default=None)
    raised_on: Day = item("提出日期", example="2026-02-20", sort=True)
    replied_on: Day | None = item("答复日期", default=None, sort=True)
    reply_number: DocumentNumberText | None = item("答复文号", default=None)
    outcome: Outcome | None = item(
        "办理结果", default=None, help="已经解决或采纳、正在解决或列入计划、留作参考", facet=True
    )
    reply: Prose | None = item("答复全文", default=None, search=Weight.NORMAL)

    def check(self) -> Iterator[Problem]:
        if self.replied_on and self.replied_on < self.raised_on:
            yield Problem("replied_on", "date-order", "答复日期早于提出日期", "核对两个日期")
        if bool(self.replied_on) is not bool(self.reply):
            yield Problem("reply", "half-answer", "答复日期和答复全文只写了一个", "两个都写，或都不写")


PROPOSAL = RecordKind(
    "proposal",
    "建议提案办理",
    Proposal,
    section="jyta",
    issuer="body",
    title="title",
    key="code",
    date="raised_on",
    detail=True,
    columns=("title", "proposal_class", "proposer", "body", "replied_on"),
    life_cycle=LifeCycle(
        stages=((State("cbz", "承办中", "主办单位正在办理"), "replied_on", "missing"),),
        last=State("ydf", "已答复"),
        due=(("cbz", "raised_on", "proposal_days"),),
    ),
    purpose="人大代表建议、政协委员提案的承办单位和答复全文",
)


class Rectification(Record):
    """A problem found by supervisors, and how it was mended (整改台账; S-88)."""

    code: Slug = item("编号", example="zg202601")
    problem: Line = item("问题", example="自助终端夜间断电", search=Weight.STRONG)
    found_on: Day = item("发现日期", example="2026-09-10", sort=True)
    finder: Line = item("监督方式", help="两代表一委员、监督员、体验官、督查等", example="政务服务体验官")
    body: Line = item("整改单位", example="越明市数据局", facet=True)
    measure: Line = item("整改措施", example="更换供电线路", search=Weight.NORMAL)
    due_on: Day = item("整改期限", example="2026-10-10")
    done_on: Day | None = item("完成日期", default=None)
    result: Line | None = item("整改结果", default=None)

    def check(self) -> Iterator[Problem]:
        for name, label in (("due_on", "整改期限"), ("done_on", "完成日期")):
            value = getattr(self, name)
            if value and value < self.found_on:
                yield Problem(name, "date-order", f"{label}早于发现日期", "核对两个日期")
        if bool(self.done_on) is not bool(self.result):
            yield Problem("result", "half-answer", "完成日期和整改结果只写了一个", "两个都写，或都不写")


RECTIFICATION = RecordKind(
    "rectification",
    "整改台账",
    Rectification,
    section="zgtz",
    issuer="body",
    title="problem",
    key="code",
    date="found_on",
    columns=("problem", "found_on", "finder", "body", "due_on", "done_on"),
    life_cycle=LifeCycle(
        stages=((State("zgz", "整改中", "{due_on}前完成"), "done_on", "missing"),),
        last=State("ywc", "已完成"),
        due=(("zgz", "due_on", ""),),
    ),
    purpose="监督发现的问题、责任单位、期限和整改结果",
)
