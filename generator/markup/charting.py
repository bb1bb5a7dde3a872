"""Charts that an author asks for by a line ``条形图：名称（单位）`` or ``折线图：…`` beside a table."""

from __future__ import annotations

import re
from html import unescape
from typing import Final

from msgspec import Struct

from generator.charts import BAR, LINE, MAX_SERIES, Chart, Series
from generator.diagnostics import Severity
from generator.markup.legal import Complaint
from generator.markup.model import CHART_MARK

MAX_ROWS: Final = 60

_ASKED: Final = re.compile(r"<p>(?P<head>(?P<form>条形图|柱状图|折线图)[:：])\s*(?P<title>[^\n<]+)</p>")

_FORMS: Final = {"条形图": BAR, "柱状图": BAR, "折线图": LINE}
_UNIT: Final = re.compile(r"(.*\S)\s*[（(](?:单位\s*[:：]\s*)?([^（）()]{1,8})[）)]")
_ROW: Final = re.compile(r"<tr[^>]*>(.*?)</tr>", re.S)
_CELL: Final = re.compile(r"<t[dh][^>]*>(.*?)</t[dh]>", re.S)
_TAG: Final = re.compile(r"<[^>]*>")
_VALUE: Final = re.compile(r"([-−－+]?)([0-9][0-9,，]*(?:\.[0-9]+)?)\s*([^\s0-9]{0,8})")
_NOTHING: Final = frozenset(("", "—", "-", "－", "…", "…", "/", "无", "无数据"))


class Asked(Struct, frozen=True):
    """A line that asks for a chart: as it begins, the how-manieth such line it is, and the title."""

    head: str
    rank: int
    title: str

    @property
    def form(self) -> str:
        return self.head[:-1]

    def complaint(self, message: str, remedy: str) -> Complaint:
        """Return what is wrong with the table."""
        text = f"统计图“{self.title}”画不出来：{message}"
        return Complaint(self.head, self.rank, Severity.ERROR, "bad-chart", text, remedy)

    def without_table(self) -> Complaint:
        """Return the complaint that no table stands beside the line."""
        return Complaint(
            self.head,
            self.rank,
            Severity.WARNING,
            "chart-without-table",
            f"“{self.head}{self.title}”旁边没有表格，图没有画",
            "在这一行下面空一行，接着写表格",
        )


class Charts(Struct):
    """The charts of a body, in order, and what is wrong with others."""

    drawn: list[Chart] = []
    complaints: list[Complaint] = []

    def place(self, asked: Asked, table: str) -> str:
        """Return the place of a chart in the HTML, its numbers noted; empty if the table does not serve."""
        chart = chart_of(asked, table)
        if isinstance(chart, Complaint):
            self.complaints.append(chart)
            return ""
        self.drawn.append(chart)
        return f'<div class="chart">{CHART_MARK}{len(self.drawn) - 1}{CHART_MARK}</div>'


def charts_asked(pieces: list[str]) -> dict[int, Asked]:
    """Return the lines among sanitised blocks that ask for charts, by index."""
    ranks: dict[str, int] = {}
    asked: dict[int, Asked] = {}
    for index, piece in enumerate(pieces):
        match = _ASKED.fullmatch(piece) if "图" in piece[:8] else None
        if match:
            ranks[match["head"]] = rank = ranks.get(match["head"], 0) + 1
            asked[index] = Asked(match["head"], rank, unescape(match["title"]).strip())
    return asked


def chart_of(asked: Asked, table: str) -> Chart | Complaint:
    """Read a table as the numbers of a chart: the first column names, up to three further ones count.

    Columns without numbers, such as remarks, are left out.
    """
    rows = [
        [unescape(_TAG.sub("", cell)).strip() for cell in _CELL.findall(row)] for row in _ROW.findall(table)
    ]
    head, body = rows[0] if rows else [], rows[1:]
    other = f"否则把“{asked.head}”改成“表：”"
    if not 1 < len(body) <= MAX_ROWS or any(len(row) != len(head) for row in body):
        message = f"旁边的表有 {len(body)} 行，或者各行格数不一样"
        return asked.complaint(message, f"用来画图的表要有 2 到 {MAX_ROWS} 行，每行格数和表头一样；{other}")
    named = _UNIT.fullmatch(asked.title)
    name, unit = (named[1], named[2]) if named else (asked.title, "")
    columns: list[Series] = []
    units: list[str] = []
    for index, label in enumerate(head[1:], 1):
        column = _column([row[index] for row in body])
        if column:
            own = _UNIT.fullmatch(label)
            units.append(own[2] if own else column[1])
            columns.append(Series(own[1] if own else label, column[0]))
    if not columns:
        return asked.complaint(
            "旁边的表里没有一列全是数字", f"数字列只写数字，单位写在名称后面的括号里；{other}"
        )
    if len(columns) > MAX_SERIES:
        message = f"旁边的表有 {len(columns)} 列数字"
        return asked.complaint(message, f"一张图最多画 {MAX_SERIES} 列，分成几张表；{other}")
    if len(set(units)) > 1:
        return asked.complaint(
            f"几列数字的单位不同：{'、'.join(unit or '没写' for unit in units)}",
            f"单位不同的数字分成几张表；{other}",
        )
    labels = tuple(row[0] for row in body)
    return Chart(name, _FORMS[asked.form], unit or units[0], labels, tuple(columns), label_name=head[0])


def _column(cells: list[str]) -> tuple[tuple[float | None, ...], str] | None:
    """Return the values of a column and their common unit; None unless all its cells are numbers or blank."""
    values: list[float | None] = []
    units: set[str] = set()
    for cell in cells:
        match = _VALUE.fullmatch(cell)
        if match:
            number = float(match[2].replace(",", "").replace("，", ""))
            values.append(-number if match[1] not in ("", "+") else number)
            units.add(match[3])
        elif cell in _NOTHING:
            values.append(None)
        else:
            return None
    if len(units) > 1 or all(value is None for value in values):
        return None
    return tuple(values), units.pop()
