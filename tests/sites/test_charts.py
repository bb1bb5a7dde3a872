"""Charts on pages: beside an author's table, and of the figures of monthly records."""

from __future__ import annotations

import re

import pytest
from lxml import html

from generator.diagnostics import format_text
from tests.support import SiteFixture, front, news

TABLE = """\
| 区域 | 办件量 | 说明 |
| --- | ---: | --- |
| 越州 | 12,840 | 含自助终端 |
| 临港 | 3,210 | — |
"""


def record(month: str, figures: str) -> str:
    return front(
        {
            "标题": f"越明月鉴{month}",
            "发布时间": f"{month}-28 09:00",
            "月份": month,
            "发布机构": "越明市人民政府办公室",
            "重要数据": figures,
        }
    )


def figure(period: str, value: str, name: str = "工业增加值", unit: str = '"%"') -> str:
    return (
        f"{{指标: {name}, 时期: {period}, 数值: {value}, 单位: {unit}, 口径: 累计同比, 出处: 越明市统计局}}"
    )


@pytest.mark.parametrize("line", ["条形图：各区办件量（件）", "柱状图: 各区办件量（单位：件）"])
def test_a_table_under_such_a_line_is_drawn_and_kept(site: SiteFixture, line: str) -> None:
    site.write("news/a.md", news(f"办件情况如下。\n\n{line}\n\n{TABLE}"))

    assert site.build().is_published

    page = html.fromstring(site.page("yaowen/a.html"))
    (drawn,) = page.xpath("//div[@class='chart']//*[name()='svg']")
    assert drawn.findtext("title") == "各区办件量：最高的是越州12,840件，最低的是临港3,210件"
    widths = [bar.get("width") for bar in drawn if (bar.get("class") or "").startswith("chart__bar")]
    assert widths == ["100%", "25%"]
    (table,) = page.xpath("//table")
    assert "各区办件量" in table.findtext("caption")
    assert [cell.text for cell in table.xpath(".//td")] == [
        "越州",
        "12,840",
        "含自助终端",
        "临港",
        "3,210",
        "—",
    ]
    assert len(page.xpath("//link[@rel='stylesheet']")) == 2


def test_a_page_without_charts_links_no_sheet_for_them(site: SiteFixture) -> None:
    site.write("news/a.md", news(f"表：各区办件量\n\n{TABLE}"))

    site.build()

    page = html.fromstring(site.page("yaowen/a.html"))
    assert len(page.xpath("//link[@rel='stylesheet']")) == 1
    assert not page.xpath("//div[@class='chart']")
    assert page.findtext(".//caption") == "各区办件量"


def test_a_line_between_two_tables_belongs_to_the_lower_one(site: SiteFixture) -> None:
    site.write("news/a.md", news(f"{TABLE}\n折线图：办件量（件）\n\n{TABLE.replace('12,840', '99')}"))

    site.build()

    page = html.fromstring(site.page("yaowen/a.html"))
    assert page.xpath("//table[1]/caption/text()")[-1:] == ["办件量（件）：数据表"]
    assert page.xpath("string((//table)[2]/caption)").startswith("办件量")
    assert page.xpath("string(//*[name()='svg']/*[name()='title'])") == "办件量：从越州99件升到临港3,210件"


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("| 区域 | 说明 |\n| --- | --- |\n| 甲 | 好 |\n| 乙 | 好 |", "没有一列全是数字"),
        ("| 区域 | 数 |\n| --- | --- |\n| 甲 | 3 |", "旁边的表有 1 行"),
        (
            "| 区域 | 数（元） | 量（件） |\n| --- | --- | --- |\n| 甲 | 3 | 4 |\n| 乙 | 3 | 4 |",
            "单位不同：元、件",
        ),
        (
            "| 区域 | 一 | 二 | 三 | 四 |\n| --- | --- | --- | --- | --- |\n| 甲 | 1 | 2 | 3 | 4 |\n| 乙 | 1 | 2 | 3 | 4 |",
            "有 4 列数字",
        ),
    ],
)
def test_a_table_that_cannot_be_drawn_is_an_error_with_its_line(
    site: SiteFixture, table: str, message: str
) -> None:
    site.write(
        "news/a.md",
        news(
            f"第一段。\n\n折线图：甲\n\n| 月 | 数 |\n| --- | --- |\n| 1 | 2 |\n| 2 | 3 |\n\n第二段。\n\n折线图：乙\n\n{table}\n"
        ),
    )

    problems = site.check()

    assert "content/news/a.md:16:1: 错误[bad-chart]: 统计图“乙”画不出来：" in problems
    assert message in problems
    assert problems.count("bad-chart") == 1


def test_a_line_without_a_table_is_a_warning(site: SiteFixture) -> None:
    site.write("news/a.md", news("条形图：各区办件量\n\n见附件。\n"))

    assert site.check() == (
        "content/news/a.md:5:1: 警告[chart-without-table]: “条形图：各区办件量”旁边没有表格，图没有画\n"
        "  办法：在这一行下面空一行，接着写表格"
    )


def test_a_month_shows_its_figures_since_january_and_no_later_ones(site: SiteFixture) -> None:
    values = {"2025-12": "9.9", "2026-08": "5.7", "2026-09": "6.0", "2026-10": "6.2", "2026-11": "1.1"}
    for month, value in values.items():
        period = f"{month[:4]} 年 1—{int(month[5:])} 月"
        site.write(f"monthly_record/{month}.md", record(month, f"[{figure(period, value)}]"))
    site.today = "2026-11-30"

    result = site.build()
    assert result.is_published, format_text(result.diagnostics)

    page = html.fromstring(site.page("yuejian/2026-10.html"))
    (section,) = page.xpath("//section[@class='chart']")
    title = section.xpath("string(.//*[name()='svg']/*[name()='title'])")
    assert title == "工业增加值，2026年各月累计同比：从8月5.7%升到10月6.2%"
    rows = [[cell.text for cell in row] for row in section.xpath(".//tbody/tr")]
    assert rows == [["8月", "5.7"], ["9月", "6.0"], ["10月", "6.2"]]
    assert not html.fromstring(site.page("yuejian/2026-09.html")).xpath("//section[@class='chart']")


def test_a_figure_with_another_unit_is_another_figure(site: SiteFixture) -> None:
    for month in ("2026-07", "2026-08", "2026-09", "2026-10"):
        unit = "亿元" if month == "2026-08" else '"%"'
        period = f"2026 年 1—{int(month[5:])} 月"
        site.write(f"monthly_record/{month}.md", record(month, f"[{figure(period, '5', unit=unit)}]"))

    site.build()

    rows = html.fromstring(site.page("yuejian/2026-10.html")).xpath(
        "//section[@class='chart']//tbody//th/text()"
    )
    assert rows == ["7月", "9月", "10月"]


def test_ids_of_several_charts_differ(site: SiteFixture) -> None:
    for month in ("2026-08", "2026-09", "2026-10"):
        period = f"2026 年 1—{int(month[5:])} 月"
        both = f"[{figure(period, '5')}, {figure(period, '4', name='零售总额')}]"
        site.write(f"monthly_record/{month}.md", record(month, both))

    site.build()

    ids = re.findall(r' id="(tu-[^"]+)"', site.page("yuejian/2026-10.html"))
    assert ids == ["tu-1", "tu-1-ming", "tu-2", "tu-2-ming"]
