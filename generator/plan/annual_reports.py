"""The page of an annual report: six parts, of which two to four are the official tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any, Final

from generator.kinds.annual_report import APPLICANTS, MADE, OUTCOMES, RESULTS, ROWS, Overview, figures
from generator.plan.context import Context
from generator.plan.views import Block, Fact, FactsBlock, GridBlock, GridCell, GridRow, MatterView, TextBlock
from generator.validate import Document

BALANCE: Final = "本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和"
_RESULT_ROWS: Final = frozenset({*RESULTS, "handled"})


def annual_report_view(context: Context, document: Document) -> MatterView:
    """Return the six parts of a report in their order (国办公开办函〔2021〕30号)."""
    data = document.data
    overview = tuple(
        Fact(str(info.title), data["overview"][name]) for name, info in Overview.model_fields.items()
    )
    blocks: tuple[Block, ...] = (
        FactsBlock("zongti", "一、总体情况", overview),
        *_disclosed(data.get("disclosed") or {}),
        _applications(data.get("applications") or {}),
        _disputes(data.get("disputes") or {}),
        TextBlock("wenti", "五、存在的主要问题及改进情况", _paragraphs(data["problems"])),
        TextBlock("qita", "六、其他需要报告的事项", _paragraphs(data["others"])),
    )
    return MatterView(None, "", blocks)


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.split("\n") if line.strip())


def _heads(*texts: str) -> GridRow:
    return GridRow(tuple(GridCell(text) for text in texts), ())


def _disclosed(data: Mapping[str, Any]) -> tuple[GridBlock, ...]:
    made = tuple(
        GridRow((GridCell(label),), tuple(map(_figure, figures(data, name, len(MADE)))))
        for name, label in (("rules", "规章"), ("normative", "行政规范性文件"))
    )
    decided = "本年处理决定数量"

    def count(name: str, label: str) -> GridRow:
        return GridRow((GridCell(label),), (_figure(data.get(name) or 0),))

    return (
        GridBlock(
            "zhudong",
            "二、主动公开政府信息情况",
            (_item_head("第二十条第（一）项", len(MADE) + 1), _heads("信息内容", *MADE)),
            made,
        ),
        GridBlock(
            "xuke",
            "第二十条第（五）项",
            (_heads("信息内容", decided),),
            (count("licences", "行政许可"),),
            level=1,
        ),
        GridBlock(
            "chufa",
            "第二十条第（六）项",
            (_heads("信息内容", decided),),
            (count("penalties", "行政处罚"), count("coercions", "行政强制")),
            level=1,
        ),
        GridBlock(
            "shoufei",
            "第二十条第（八）项",
            (_heads("信息内容", "本年收费金额（单位：万元）"),),
            (count("fees", "行政事业性收费"),),
            level=1,
        ),
    )


def _item_head(text: str, columns: int) -> GridRow:
    return GridRow((GridCell(text, 1, columns),), ())


def _figure(value: float) -> str:
    return f"{value:.10g}"


def _applications(data: Mapping[str, Any]) -> GridBlock:
    head = (
        GridRow((GridCell(BALANCE, 3, 3), GridCell("申请人情况", 1, len(APPLICANTS))), ()),
        GridRow(
            (GridCell(APPLICANTS[0], 2), GridCell("法人或其他组织", 1, 5), GridCell(APPLICANTS[-1], 2)), ()
        ),
        _heads(*APPLICANTS[1:-1]),
    )
    rows: list[GridRow] = []
    for group, members in groupby(ROWS, key=lambda row: row[1]):
        lines = list(members)
        for index, (name, _, label) in enumerate(lines):
            heads: list[GridCell] = []
            if name == RESULTS[0]:
                heads.append(GridCell("三、本年度办理结果", len(_RESULT_ROWS)))
            if group:
                heads += [GridCell(group, len(lines))] if not index else []
                heads.append(GridCell(label))
            else:
                heads.append(GridCell(label, 1, 2 if name in _RESULT_ROWS else 3))
            rows.append(GridRow(tuple(heads), _figures(figures(data, name))))
    return GridBlock("shenqing", "三、收到和处理政府信息公开申请情况", head, tuple(rows))


def _figures(values: Sequence[int]) -> tuple[str, ...]:
    return tuple(map(_figure, values))


def _disputes(data: Mapping[str, Any]) -> GridBlock:
    head = (
        GridRow((GridCell("行政复议", 2, 5), GridCell("行政诉讼", 1, 10)), ()),
        GridRow((GridCell("未经复议直接起诉", 1, 5), GridCell("复议后起诉", 1, 5)), ()),
        _heads(*OUTCOMES * 3),
    )
    values = [
        value
        for name in ("reconsideration", "direct", "after")
        for value in figures(data, name, len(OUTCOMES))
    ]
    return GridBlock("fuyi", "四、政府信息公开行政复议、行政诉讼情况", head, (GridRow((), _figures(values)),))
