"""Major administrative decisions (重大行政决策) from the yearly catalogue to evaluation (国务院令第713号)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from generator.diagnostics import Problem, Severity
from generator.fields import Day, Declared, Label, Line, Lines, References, Weight, item
from generator.kinds.base import Attachment, ContentKind, LifeCycle, Published, State


class Step(Label):
    """A step of the procedure (决策环节), in order."""

    CATALOGUE = "列入目录"
    DRAFT = "起草论证"
    CONSULTATION = "征求意见"
    EXPERTS = "专家论证"
    RISK = "风险评估"
    LEGALITY = "合法性审查"
    DELIBERATION = "集体讨论"
    PUBLICATION = "决定公布"
    EXECUTION = "决策执行"
    EVALUATION = "后评估"


class DecisionStep(Declared):
    """What was done in a step, and where it can be read."""

    step: Step = item("环节", help="十个环节之一，见编辑手册", example="列入目录")
    on: Day = item("日期", example="2026-03-02")
    text: Line = item("做了什么", example="公开征求意见 30 日，收到意见 36 条")
    about: References = item("相关内容", default=(), help="本站的征集、文件、项目等；没有的不写")


class Decision(Published):
    """A major decision and everything on its way."""

    issuer: Lines = item(
        "承办单位", example="越明市民政局", facet=True, table=True, min_length=1, search=Weight.NORMAL
    )
    year: Line = item("目录年度", example="2026", table=True)
    basis: Line = item("决策依据", example="《越明市重大行政决策事项目录（2026年度）》", table=True)
    listed_on: Day = item("列入目录日期", example="2026-01-15", sort=True, table=True)
    consulted_on: Day | None = item("征求意见日期", default=None, help="开始征求意见的日期")
    decided_on: Day | None = item("决定日期", default=None)
    executed_on: Day | None = item("执行日期", default=None, help="开始执行的日期")
    evaluated_on: Day | None = item("评估日期", default=None)
    steps: tuple[DecisionStep, ...] = item(
        "决策过程",
        help="按时间写各个环节",
        min_length=1,
    )
    attachments: tuple[Attachment, ...] = item("附件", default=())

    def check(self) -> Iterator[Problem]:
        yield from super().check()
        names = ("listed_on", "consulted_on", "decided_on", "executed_on", "evaluated_on")
        written = [(name, value) for name in names if (value := getattr(self, name))]
        for (_, earlier), (name, later) in pairwise(written):
            if later < earlier:
                yield Problem(name, "date-order", "后一环节的日期早于前一环节", "核对各个日期")
        done = {entry.step for entry in self.steps}
        if self.decided_on and Step.LEGALITY not in done:
            yield Problem(
                "steps",
                "missing-step",
                "已经决定，过程中没有合法性审查",
                "补写“合法性审查”环节",
                Severity.WARNING,
            )
        if self.decided_on and Step.DELIBERATION not in done:
            yield Problem(
                "steps",
                "missing-step",
                "已经决定，过程中没有集体讨论",
                "补写“集体讨论”环节",
                Severity.WARNING,
            )


DECISION = ContentKind(
    "decision",
    "重大行政决策",
    Decision,
    url="juece/{slug}.html",
    section="zdjc",
    issuer="issuer",
    relations={"steps.about": "重大行政决策过程"},
    blocks=True,
    life_cycle=LifeCycle(
        stages=(
            (State("lmu", "已列入目录", "正在起草论证，完成后公开征求意见"), "consulted_on", "missing"),
            (
                State("zqyj", "征求意见", "征求意见以后，经合法性审查和集体讨论作出决定"),
                "decided_on",
                "missing",
            ),
            (State("yjd", "已作决定", "决定公布以后开始执行"), "executed_on", "missing"),
            (State("zxz", "执行中", "执行满一年以后开展评估"), "evaluated_on", "missing"),
        ),
        last=State("ypg", "已评估"),
    ),
    purpose="列入年度目录的重大决策：草案、征求意见、论证、审查、决定、执行、评估，一件事看到底",
    body="optional",
    sample_body="决策事项的背景和主要内容。\n",
)
