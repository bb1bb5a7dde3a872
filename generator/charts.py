"""Charts (统计图) as static SVG: bars and lines that stay readable on a phone, in print and without colour.

A `Chart` holds what is to be shown and nothing about how. `svg` draws it; the theme's component ``chart``
puts the data table under it (A-03). Widths are percentages and heights are ``em``, so that a chart fills any
column without its letters growing or shrinking with it. Colours come from classes alone, so that themes,
forced colours and print apply and the content security policy holds.

For the page of another kind::

    chart = Chart("各区办件量", "bar", "件", ("越州街道", "临港街道"), (Series("办件量", (1284.0, 932.0)),))

goes into the view; the template writes ``{{ chart(view.chart) }}`` and asks for ``sheet('chart')``.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from html import escape
from itertools import pairwise
from typing import Final

from msgspec import Struct

MAX_SERIES: Final = 3
"""More lines than these cannot be told apart without colour."""

BAR: Final = "bar"
LINE: Final = "line"

_WIDTH: Final = 15
"""Narrowest drawing in em: a phone's column at the size of small letters."""
_PLOT: Final = 11.0
_TOP: Final = 2.4
_LEFT: Final = 15.0
_RIGHT: Final = 95.0
_BAR: Final = 0.7
_LINE_HEIGHT: Final = 1.5


class Series(Struct, frozen=True, array_like=True):
    """One row of numbers; None where there is none."""

    name: str
    values: tuple[float | None, ...]


class Chart(Struct, frozen=True, array_like=True):
    """Numbers to be compared (bars) or followed in time (a line).

    Attributes:
        title: What the numbers are, without the unit.
        form: ``bar`` or ``line``.
        unit: Of all values.
        labels: One for each value of each series.
        source: Who published the numbers.
        note: What a reader must know, in one sentence.
        finding: What the chart shows, as a sentence; made from the numbers if empty.
        label_name: What the labels are (月份, 区域), as head of the table's first column.
    """

    title: str
    form: str
    unit: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    source: str = ""
    note: str = ""
    finding: str = ""
    label_name: str = ""


def decimals(series: Series) -> int:
    """Return how many decimal places the values of a series are written with, at most three."""
    texts = (f"{value:.3f}".rstrip("0") for value in series.values if value is not None)
    return max((len(text.partition(".")[2]) for text in texts), default=0)


def shown(value: float | None, places: int) -> str:
    """Return a number as it stands in a table."""
    if value is None:
        return "—"
    text = f"{value:,.{places}f}"
    return text.replace("-", "−") if value < 0 else text


def table_rows(chart: Chart) -> list[tuple[str, tuple[str, ...]]]:
    """Return label and written values of each row of the data table."""
    places = [decimals(series) for series in chart.series]
    return [
        (
            label,
            tuple(
                shown(series.values[index], count) for series, count in zip(chart.series, places, strict=True)
            ),
        )
        for index, label in enumerate(chart.labels)
    ]


def finding(chart: Chart) -> str:
    """Return one sentence that says what the chart shows."""
    if chart.finding:
        return chart.finding
    parts = [part for series in chart.series if (part := _said(chart, series))]
    return f"{chart.title}：{'；'.join(parts)}" if parts else chart.title


def _said(chart: Chart, series: Series) -> str:
    known = [
        (label, value) for label, value in zip(chart.labels, series.values, strict=True) if value is not None
    ]
    if not known:
        return ""
    places = decimals(series)
    name = series.name if len(chart.series) > 1 else ""

    def words(entry: tuple[str, float]) -> str:
        gap = " " if entry[0][-1:].isascii() else ""
        return f"{entry[0]}{gap}{shown(entry[1], places)}{chart.unit}"

    if len(known) == 1:
        return name + words(known[0])
    if chart.form == LINE:
        first, last = known[0], known[-1]
        step = "升到" if last[1] > first[1] else "降到" if last[1] < first[1] else "到"
        return f"{name}从{words(first)}{step}{words(last)}"
    top, bottom = max(known, key=lambda entry: entry[1]), min(known, key=lambda entry: entry[1])
    if top[1] == bottom[1]:
        return f"{name}各项都是{shown(top[1], places)}{chart.unit}"
    return f"{name}最高的是{words(top)}，最低的是{words(bottom)}"


def svg(chart: Chart) -> str:
    """Return the drawing, with title and description for those who do not see it."""
    body, height = _bars(chart) if chart.form == BAR else _lines(chart)
    return (
        f'<svg class="chart__drawing chart__drawing--{chart.form}" role="img" width="100%" '
        f'height="{_number(height)}em" xmlns="http://www.w3.org/2000/svg">'
        f"<title>{escape(finding(chart), quote=False)}</title>"
        f"<desc>{_description(chart)}</desc>{''.join(body)}</svg>"
    )


def notes(chart: Chart) -> str:
    """Return what stands under the drawing: where the axis starts, a remark, and the source."""
    source = f"来源：{chart.source}。" if chart.source else ""
    return scale_note(chart) + chart.note + source


def _description(chart: Chart) -> str:
    form = "条形图" if chart.form == BAR else "折线图"
    unit = f"，单位：{chart.unit}" if chart.unit else ""
    text = f"{form}，{len(chart.labels)} 项{unit}。全部数字在图下面的表里。"
    return escape(text, quote=False)


def scale_note(chart: Chart) -> str:
    """Return the sentence on where the axis starts, if not at zero (a line may; bars always start there)."""
    if chart.form == BAR:
        return ""
    low, _, step = _axis(chart)
    return f"纵轴从{shown(low, _places(step))}{chart.unit}起。" if low else ""


# --- bars ------------------------------------------------------------------------------------------


def _bars(chart: Chart) -> tuple[list[str], float]:
    """Draw each value as a bar under its name, the number at the right end of the name's line."""
    values = [value for series in chart.series for value in series.values if value is not None]
    low, high = min(0.0, *values, 0.0), max(0.0, *values, 0.0)
    span = (high - low) or 1.0
    zero = -low / span * 100
    out: list[str] = []
    y = 0.0
    grouped = len(chart.series) > 1
    top = max(values, default=0.0)
    for index, label in enumerate(chart.labels):
        if grouped:
            for line in _wrapped(label, _WIDTH):
                y += _LINE_HEIGHT
                out.append(_text("0", y - 0.4, line, "chart__name"))
        for number, series in enumerate(chart.series):
            value = series.values[index]
            written = shown(value, decimals(series))
            lines = _wrapped(series.name if grouped else label, _WIDTH - 1 - _width(written))
            for line in lines:
                y += _LINE_HEIGHT
                out.append(_text("0", y - 0.4, line, "chart__label"))
            strong = " chart__value--top" if value is not None and value == top and not grouped else ""
            out.append(_text("100%", y - 0.4, written, f"chart__value{strong}", "end"))
            out.append(_rect(0, y, 100, "chart__track"))
            if value:
                start, width = (zero, value / span * 100) if value > 0 else (zero + value / span * 100, 0)
                width = width or -value / span * 100
                form = f"chart__bar chart__bar--{number + 1}" + (" chart__bar--top" if strong else "")
                out.append(_rect(start, y, width, form))
            y += _BAR + (0.35 if grouped else 0.9)
        y += 0.6 if grouped else 0.0
    if low < 0:
        out.append(_segment(zero, 0, zero, y, "chart__axis"))
    return out, y


def _wrapped(text: str, width: float) -> list[str]:
    """Break a label into lines of so many em; letters may break anywhere, as Chinese does."""
    lines, line = [], ""
    for letter in text:
        if line and _width(line + letter) > width:
            lines.append(line)
            line = ""
        line += letter
    return [*lines, line]


def _width(text: str) -> float:
    """Return the width of a text in em: Chinese letters are square, others about half as wide."""
    return sum(1.0 if unicodedata.east_asian_width(letter) in "WFA" else 0.58 for letter in text)


# --- lines -----------------------------------------------------------------------------------------


def _lines(chart: Chart) -> tuple[list[str], float]:
    low, high, step = _axis(chart)
    floor = _TOP + _PLOT

    def height(value: float) -> float:
        return floor - (value - low) / (high - low) * _PLOT

    out: list[str] = []
    several = len(chart.series) > 1
    first, _, needs_room = (0.0, "", False) if several else _first(chart, height)
    for value, y in _levels(chart, height):
        line = height(value)
        out.append(_segment(0, line, 100, line, "chart__axis" if value == low else "chart__grid"))
        if not (needs_room and abs(y - first) <= 1.05):
            out.append(_text("0", y, shown(value, _places(step)), "chart__scale"))
    count = len(chart.labels)
    across = [_LEFT + (_RIGHT - _LEFT) * index / max(count - 1, 1) for index in range(count)]
    for number, series in enumerate(chart.series):
        points = [
            None if value is None else (across[index], height(value))
            for index, value in enumerate(series.values)
        ]
        out.extend(_curve(points, number))
    out.extend(_ends(chart, across, height))
    out.extend(_ticks(chart.labels, across, floor))
    return out, floor + 2.2


def _curve(points: Sequence[tuple[float, float] | None], number: int) -> Iterator[str]:
    """Yield the line and its points; a missing value leaves a gap."""
    for start, stop in pairwise(points):
        if start and stop:
            yield _segment(*start, *stop, f"chart__line chart__line--{number + 1}")
    known = [point for point in points if point]
    for point in known:
        last = " chart__point--last" if point is known[-1] and number == 0 else ""
        yield (
            f'<circle class="chart__point chart__point--{number + 1}{last}" cx="{_number(point[0])}%" '
            f'cy="{_number(point[1])}em" r="{0.36 if last else 0.28}em"/>'
        )


def _ends(chart: Chart, across: Sequence[float], height: Callable[[float], float]) -> Iterator[str]:
    """Yield the first and the last value of a line, and its name where there are several."""
    several = len(chart.series) > 1
    taken: list[float] = []
    for number, series in enumerate(chart.series):
        places = decimals(series)
        known = [(index, value) for index, value in enumerate(series.values) if value is not None]
        if not known:
            continue
        index, value = known[-1]
        y = height(value) - 0.9
        while any(abs(y - other) < 1.3 for other in taken):
            y -= 0.3
        taken.append(y)
        text = f"{series.name} {shown(value, places)}" if several else shown(value, places)
        last = " chart__value--last" if number == 0 else ""
        yield _text(f"{_number(min(across[index] + 3, 100))}%", y, text, f"chart__value{last}", "end")
        if len(known) > 1 and not several:
            index, value = known[0]
            y, anchor, _ = _first(chart, height)
            yield _text(f"{_number(across[index])}%", y, shown(value, places), "chart__value", anchor)


def _first(chart: Chart, height: Callable[[float], float]) -> tuple[float, str, bool]:
    """Return where to write the first value: height, anchor, and whether the axis must make room for it.

    On a phone, a long value reaches into the figures of the axis. Above a falling line it may begin at its
    point instead; above a rising one it would cross the line.
    """
    values = [value for value in chart.series[0].values if value is not None]
    y = height(values[0]) - 0.9
    wide = _width(shown(values[0], decimals(chart.series[0]))) / 2 + _scale_width(chart)
    if wide < _LEFT / 100 * (_WIDTH + 1) or all(abs(y - level) > 1.05 for _, level in _levels(chart, height)):
        return y, "middle", False
    falls = len(values) > 1 and values[1] < values[0]
    return (y, "", False) if falls else (y, "middle", True)


def _levels(chart: Chart, height: Callable[[float], float]) -> list[tuple[float, float]]:
    """Return the round values of the axis and where their figures stand."""
    low, high, step = _axis(chart)
    values = [low + level * step for level in range(round((high - low) / step) + 1)]
    return [(value, height(value) - 0.35) for value in values]


def _scale_width(chart: Chart) -> float:
    low, high, step = _axis(chart)
    return max(_width(shown(value, _places(step))) for value in (low, high))


def _ticks(labels: Sequence[str], across: Sequence[float], floor: float) -> Iterator[str]:
    """Yield as many labels under the axis as fit on a phone, counted from the last."""
    widest = max((_width(label) for label in labels), default=1.0) + 0.8
    room = max(int(_WIDTH * (_RIGHT - _LEFT) / 100 / widest), 1)
    every = math.ceil(len(labels) / room)
    for back, index in enumerate(reversed(range(len(labels)))):
        if back % every == 0:
            anchor = "end" if not back and _width(labels[index]) > 2.5 else "middle"
            x = 100 if anchor == "end" else across[index]
            yield _text(f"{_number(x)}%", floor + 1.6, labels[index], "chart__tick", anchor)
        else:
            yield _segment(across[index], floor, across[index], floor + 0.3, "chart__grid")


def _axis(chart: Chart) -> tuple[float, float, float]:
    """Return start, end and step of the axis: three to five round steps; from zero unless that hides the change."""
    values = [value for series in chart.series for value in series.values if value is not None] or [0.0]
    low, high = min(values), max(values)
    if low > 0 and low < 0.6 * high:
        low = 0.0
    if low == high:
        low, high = (low - 1, high + 1) if low else (0.0, 1.0)
    rough = (high - low) / 3
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor >= rough * 0.999)
    start = math.floor(low / step + 1e-9) * step
    stop = math.ceil(high / step - 1e-9) * step
    return round(start, 6), round(stop, 6), round(step, 6)


def _places(step: float) -> int:
    return len(f"{step:.3f}".rstrip("0").partition(".")[2])


# --- shapes ----------------------------------------------------------------------------------------


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _text(x: str, y: float, text: str, form: str, anchor: str = "") -> str:
    turned = f' text-anchor="{anchor}"' if anchor else ""
    return f'<text class="{form}" x="{x}" y="{_number(y)}em"{turned}>{escape(text, quote=False)}</text>'


def _rect(x: float, y: float, width: float, form: str) -> str:
    return f'<rect class="{form}" x="{_number(x)}%" y="{_number(y)}em" width="{_number(width)}%" height="{_BAR}em"/>'


def _segment(x1: float, y1: float, x2: float, y2: float, form: str) -> str:
    return f'<line class="{form}" x1="{_number(x1)}%" y1="{_number(y1)}em" x2="{_number(x2)}%" y2="{_number(y2)}em"/>'
