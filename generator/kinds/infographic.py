"""Infographics (图解) as data: what a policy says in figures, steps and comparisons, drawn by the build."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from generator.diagnostics import Problem
from generator.fields import Declared, Label, Line, Number, Prose, YesNo, item


class Design(Label):
    """How the blocks of an infographic are laid out (版式)."""

    SCROLL = "长卷"
    ANSWERS = "问答"
    FIGURES = "数字"
    ROUTE = "路线"

    @property
    def slug(self) -> str:
        return {"长卷": "scroll", "问答": "answers", "数字": "figures", "路线": "route"}[self.value]


class KeyFigure(Declared):
    """A figure that citizens ask for (关键数字)."""

    name: Line = item("名称", help="这个数字是谁的、什么的", example="特困供养人员家庭")
    value: Number = item("数值", help="只写数字", example="6000")
    unit: Line | None = item("单位", default=None, help="元、%、天、万元等")
    prefix: Line | None = item("前缀", default=None, help="数字前面的词，例如 最高")
    note: Line | None = item("说明", default=None, help="一句话")


class Point(Declared):
    """Who, what, where or when in one item (要点)."""

    name: Line = item("名称", help="谁、什么、在哪里、什么时候", example="特困供养人员")
    text: Line | None = item("说明", default=None, help="一两句话")


class GraphicStep(Declared):
    """One step (步骤)."""

    name: Line = item("名称", example="申请")
    text: Line | None = item("说明", default=None, help="到哪里、做什么")
    limit: Line | None = item("时限", default=None, help="例如 5 个工作日")


class Moment(Declared):
    """A point in time (时间轴)."""

    when: Line = item("时间", help="日期或者期间", example="6 月 1 日至 10 日")
    name: Line = item("事项", example="网上报名")
    text: Line | None = item("说明", default=None)


class ComparedRow(Declared):
    """A row of a comparison: a value for each column."""

    name: Line = item("名称", help="比的是什么", example="每台补贴")
    values: tuple[Line, ...] = item("值", help="每列一个，次序和“列”一样", min_length=1)


class Comparison(Declared):
    """Before and now, this and that, side by side (对比)."""

    columns: tuple[Line, ...] = item("列", help="每列的名称，例如 [以前, 现在]", min_length=2, max_length=4)
    rows: tuple[ComparedRow, ...] = item("行", min_length=1)


class Quotation(Declared):
    """Words of the policy itself (引语)."""

    text: Line = item("原文", help="一字不差地抄文件里的话")
    source: Line = item("出处", help="文件和条款，例如 办法第五条")


MATTER: Final = ("figures", "points", "steps", "comparison", "timeline", "quotation")


class Block(Declared):
    """A block of an infographic: a title and one kind of matter (板块)."""

    title: Line = item("标题", help="群众会问的一句话，例如 补多少钱", example="补多少钱")
    text: Line | None = item("导语", default=None, help="标题下的一句话")
    figures: tuple[KeyFigure, ...] = item("数字", default=(), max_length=8)
    bars: YesNo = item("条形", default=False, help="是：把数字画成长短不一的条，单位要一样")
    points: tuple[Point, ...] = item("要点", default=(), max_length=12)
    steps: tuple[GraphicStep, ...] = item("步骤", default=(), max_length=10)
    comparison: Comparison | None = item("对比", default=None)
    timeline: tuple[Moment, ...] = item("时间轴", default=(), max_length=12)
    quotation: Quotation | None = item("引语", default=None)
    note: Line | None = item("注", default=None, help="板块下面的小字")

    def check(self, place: str) -> Iterator[Problem]:
        """Yield what is wrong with the matter of the block at that place."""
        given = [name for name in MATTER if getattr(self, name)]
        if len(given) != 1:
            found = "没有内容" if not given else "有几样内容"
            yield Problem(
                place,
                "infographic-block",
                f"板块“{self.title}”{found}",
                "一个板块写一样：数字、要点、步骤、对比、时间轴、引语；有几样的，分成几个板块",
            )
        if self.bars and (
            len({figure.unit for figure in self.figures}) > 1
            or any(figure.value < 0 for figure in self.figures)
        ):
            yield Problem(
                place,
                "infographic-bars",
                f"板块“{self.title}”的数字单位不同或者有负数，不能画成条",
                "删去“条形”，或者分成几个板块",
            )
        if self.comparison:
            for row in self.comparison.rows:
                if len(row.values) != len(self.comparison.columns):
                    yield Problem(
                        place,
                        "infographic-columns",
                        f"对比“{self.title}”的“{row.name}”有 {len(row.values)} 个值，列有 {len(self.comparison.columns)} 个",
                        "每列写一个值；没有的写 —",
                    )


class Infographic(Declared):
    """An infographic: cover and blocks."""

    design: Design = item("版式", help="长卷、问答、数字或路线", example="长卷")
    lead: Line | None = item("导语", default=None, help="封面上的一句话；不写则用摘要")
    facts: tuple[Point, ...] = item("要素", default=(), help="封面下的几项：谁、什么、何时", max_length=4)
    blocks: tuple[Block, ...] = item("板块", min_length=1, max_length=12)
    alternative: Prose | None = item("补充说明", default=None, help="图上没有、文字版里要说的话")

    def check(self) -> Iterator[Problem]:
        """Yield what is wrong with the blocks."""
        for index, block in enumerate(self.blocks):
            yield from block.check(f"infographic.blocks.{index}")
