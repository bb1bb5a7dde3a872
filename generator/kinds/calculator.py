"""A trial calculation (试算) declared as rules: what follows from which answers (domain/05, S-47).

Answers are choices, so all results can be listed: the table of all of them is the calculator of those who have no
scripts, and the script looks up the same table. At most one figure is asked for, of which a rule gives a share.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from math import prod
from typing import Any, Final

from generator.diagnostics import Problem
from generator.fields import Declared, Line, Lines, Number, item

MOST_RESULTS: Final = 60
"""More answers than these make a table that nobody reads."""


class Choice(Declared):
    """Something asked, with its possible answers."""

    name: Line = item("名称", example="家庭类别")
    options: Lines = item("选项", help="可选的答案，两个以上", example="特困供养人员", min_length=1)


class Figure(Declared):
    """A figure asked for, of which a rule may give a share."""

    name: Line = item("名称", example="全年缴存额")
    unit: Line = item("单位", default="元")


class Rule(Declared):
    """What follows where all conditions hold; the first rule that fits counts."""

    conditions: Lines = item("条件", default=(), help="写成“名称=选项”，都符合才算；不写就是其余情形")
    result: Line | None = item("结果", default=None, help="例如 每户最高 6000 元")
    share: Number | None = item("比例（%）", default=None, help="按上面的数字乘这个比例；和“结果”只写一个")
    most: Number | None = item("最高", default=None, help="按比例算出的上限")
    note: Line | None = item("说明", default=None, help="依据哪一条、还要注意什么")

    def answers(self) -> dict[str, str]:
        """Return what must have been answered."""
        pairs = (text.replace("＝", "=").partition("=") for text in self.conditions)
        return {name.strip(): answer.strip() for name, _, answer in pairs}

    def fits(self, answers: Mapping[str, str]) -> bool:
        """Whether the rule holds for the answers given."""
        return all(answers.get(name) == answer for name, answer in self.answers().items())


class Calculator(Declared):
    """Questions and rules; the result is always for reference only."""

    title: Line = item("标题", default="算一算能拿多少")
    basis: Line = item("依据", help="按哪份文件哪一条", example="《越明市示例补贴办法》第五条")
    choices: tuple[Choice, ...] = item("问题", help="要选的几项", min_length=1)
    figure: Figure | None = item("数字", default=None, help="要填的一个数，没有就不写")
    rules: tuple[Rule, ...] = item("规则", help="从上到下，第一条符合的算数", min_length=1)

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Calculator:
        """Return a calculator from the normal form in which documents keep it."""
        figure = data.get("figure")
        return cls.model_construct(
            **{
                **data,
                "choices": tuple(Choice.model_construct(**entry) for entry in data["choices"]),
                "rules": tuple(Rule.model_construct(**entry) for entry in data["rules"]),
                "figure": Figure.model_construct(**figure) if figure else None,
            }
        )

    def table(self) -> Iterator[tuple[tuple[str, ...], Rule | None]]:
        """Yield all possible answers in their order, each with the rule that fits first, if any."""
        names = [choice.name for choice in self.choices]
        for answers in product(*(choice.options for choice in self.choices)):
            given = dict(zip(names, answers, strict=True))
            yield answers, next((rule for rule in self.rules if rule.fits(given)), None)

    def problems(self, field: str) -> Iterator[Problem]:
        """Yield what makes the rules wrong: unknown conditions, answers without a result, rules never reached."""
        known = {choice.name: set(choice.options) for choice in self.choices}
        if prod(len(options) for options in known.values()) > MOST_RESULTS:
            text = f"试算的答案组合多于 {MOST_RESULTS} 种"
            yield Problem(field, "calculator-size", text, "减少问题或者选项，分成两个事项")
            return
        unknown = False
        for number, rule in enumerate(self.rules, 1):
            for name, answer in rule.answers().items():
                if answer not in known.get(name, ()):
                    unknown = True
                    text = f"试算第 {number} 条规则的条件“{name}={answer}”不是上面的问题和选项"
                    yield Problem(field, "calculator-condition", text, "写成“名称=选项”，和“问题”里的字一致")
            if (rule.result is None) is (rule.share is None):
                text = f"试算第 {number} 条规则的“结果”和“比例（%）”应当正好写一个"
                yield Problem(field, "calculator-result", text, "写明结果，或者写比例")
            elif rule.share is not None and self.figure is None:
                text = f"试算第 {number} 条规则按比例算，却没有“数字”"
                yield Problem(field, "calculator-result", text, "补写“数字”，说明是什么的比例")
        if unknown:
            return
        reached = set()
        for answers, found in self.table():
            if found is None:
                text = f"试算没有规则适用于：{'、'.join(answers)}"
                yield Problem(field, "calculator-gap", text, "补一条规则，或者在最后写一条没有条件的规则")
            else:
                reached.add(self.rules.index(found))
        for number in sorted(set(range(len(self.rules))) - reached):
            text = f"试算第 {number + 1} 条规则永远用不到，前面的规则已经包括它"
            yield Problem(field, "calculator-unreached", text, "删去，或者移到前面")
