"""Charts: what they say in words, and drawings measured from outside with an XML parser."""

from __future__ import annotations

import re
from itertools import pairwise
from xml.etree.ElementTree import Element, fromstring

import pytest

from generator.charts import Chart, Series, finding, notes, svg, table_rows

SVG = "{http://www.w3.org/2000/svg}"


def chart(form: str, *series: tuple[str, tuple[float | None, ...]], unit: str = "件") -> Chart:
    labels = tuple(f"{number}月" for number in range(1, len(series[0][1]) + 1))
    return Chart("办件量", form, unit, labels, tuple(Series(*one) for one in series))


def drawing(given: Chart) -> Element:
    return fromstring(svg(given))


def part(root: Element, name: str) -> list[Element]:
    return [node for node in root.iter() if name in node.get("class", "").split()]


def percent(node: Element, name: str) -> float:
    return float(node.attrib[name].removesuffix("%"))


def em(node: Element, name: str) -> float:
    return float(node.attrib[name].removesuffix("em"))


def words(root: Element, name: str) -> list[str]:
    return ["".join(node.itertext()) for node in part(root, name)]


def test_bars_are_as_long_as_their_numbers() -> None:
    bars = part(drawing(chart("bar", ("", (400.0, 100.0, 300.0)))), "chart__bar")

    assert [percent(bar, "width") for bar in bars] == [100, 25, 75]
    assert {percent(bar, "x") for bar in bars} == {0}


def test_negative_bars_grow_to_the_left_of_a_common_axis() -> None:
    root = drawing(chart("bar", ("", (3.0, -1.0))))

    bars = part(root, "chart__bar")
    assert [(percent(bar, "x"), percent(bar, "width")) for bar in bars] == [(25, 75), (0, 25)]
    assert [percent(line, "x1") for line in part(root, "chart__axis")] == [25]
    assert words(root, "chart__value") == ["3", "−1"]


def test_a_missing_number_has_no_bar_and_is_not_zero() -> None:
    root = drawing(chart("bar", ("", (5.0, None, 0.0))))

    assert len(part(root, "chart__bar")) == 1
    assert words(root, "chart__value") == ["5", "—", "0"]


def test_points_stand_where_the_scale_says() -> None:
    root = drawing(chart("line", ("", (4.6, 5.0, 6.2)), unit="%"))
    scale = {
        float(text): em(node, "y") + 0.35
        for node, text in zip(part(root, "chart__scale"), words(root, "chart__scale"), strict=True)
    }
    low, high = min(scale), max(scale)

    points = part(root, "chart__point")

    per_unit = (scale[low] - scale[high]) / (high - low)
    read = [low + (scale[low] - em(point, "cy")) / per_unit for point in points]
    assert read == pytest.approx([4.6, 5.0, 6.2], abs=0.01)


def test_a_missing_value_interrupts_the_line() -> None:
    root = drawing(chart("line", ("", (1.0, 2.0, None, 3.0, 4.0))))

    assert len(part(root, "chart__line")) == 2
    assert len(part(root, "chart__point")) == 4


@pytest.mark.parametrize(
    ("values", "start"),
    [
        ((4.6, 5.0, 6.2), "纵轴从4件起。"),
        ((71.4, 118.2, 486.3), ""),
        ((-2.0, 3.0), "纵轴从−2件起。"),
        ((0.0, 0.0), ""),
    ],
)
def test_says_where_the_axis_starts_unless_at_zero(values: tuple[float, ...], start: str) -> None:
    assert notes(chart("line", ("", values))) == start


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (chart("line", ("", (4.6, 6.2)), unit="%"), "办件量：从1月4.6%升到2月6.2%"),
        (chart("line", ("", (6.2, None)), unit="%"), "办件量：1月6.2%"),
        (chart("line", ("", (3.0, 3.0))), "办件量：从1月3件到2月3件"),
        (
            chart("line", ("网上", (9.0, 3.0)), ("窗口", (1.0, 2.0))),
            "办件量：网上从1月9件降到2月3件；窗口从1月1件升到2月2件",
        ),
        (chart("bar", ("", (1200.0, 80.5))), "办件量：最高的是1月1,200.0件，最低的是2月80.5件"),
        (chart("bar", ("", (7.0, 7.0))), "办件量：各项都是7件"),
        (chart("bar", ("", (None, None))), "办件量"),
    ],
)
def test_says_in_words_what_it_shows(given: Chart, says: str) -> None:
    assert finding(given) == says
    assert drawing(given).findtext(f"{SVG}title") == says


def test_uses_the_finding_of_the_editor() -> None:
    given = Chart("甲", "bar", "", ("乙",), (Series("", (1.0,)),), finding="乙<最多")

    assert drawing(given).findtext(f"{SVG}title") == "乙<最多"


def test_the_table_writes_a_column_with_equal_decimals() -> None:
    given = chart("line", ("同比", (4.0, 5.25, None)), ("增量", (1000.0, -2.0, 0.0)))

    assert table_rows(given) == [
        ("1月", ("4.00", "1,000")),
        ("2月", ("5.25", "−2")),
        ("3月", ("—", "0")),
    ]


@pytest.mark.parametrize("form", ["bar", "line"])
@pytest.mark.parametrize("count", [1, 3])
def test_carries_no_colour_style_or_script_and_names_itself(form: str, count: int) -> None:
    drawn = svg(chart(form, *[(f"<系列>{index}", (1.0, -2.5, None)) for index in range(count)]))

    assert not re.search(r"style=|fill=|stroke=|\son\w+=|href|data:|<script", drawn)
    root = fromstring(drawn)
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") and root.findtext(f"{SVG}desc")


def test_the_ends_of_several_lines_are_named_and_do_not_lie_on_each_other() -> None:
    root = drawing(chart("line", ("甲", (1.0, 5.0)), ("乙", (2.0, 5.0)), ("丙", (3.0, 5.1))))

    ends = sorted(em(node, "y") for node in part(root, "chart__value"))
    assert words(root, "chart__value") == ["甲 5", "乙 5", "丙 5.1"]
    assert all(lower - upper >= 1.29 for upper, lower in pairwise(ends))


def test_sixty_months_are_labelled_so_that_a_phone_has_room() -> None:
    labels = tuple(f"{year}年{month}月" for year in range(2022, 2027) for month in range(1, 13))
    given = Chart("收入", "line", "亿元", labels, (Series("", tuple(float(n) for n in range(60))),))

    ticks = words(drawing(given), "chart__tick")

    assert ticks[0] == "2026年12月"
    assert sum(len(tick) for tick in ticks) <= 15
