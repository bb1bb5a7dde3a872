"""Annual reports: the official tables in their form, and figures that do not balance."""

from __future__ import annotations

import pytest

from tests.sites.writing import built
from tests.support import SiteFixture, front, policy

APPLICATIONS = {
    "本年新收": "[5, 2, 0, 0, 1, 0, 8]",
    "上年结转": "[1, 0, 0, 0, 0, 0, 1]",
    "予以公开": "[3, 1, 0, 0, 1, 0, 5]",
    "国家秘密": "[1, 0, 0, 0, 0, 0, 1]",
    "不掌握": "[1, 1, 0, 0, 0, 0, 2]",
    "办理结果总计": "[5, 2, 0, 0, 1, 0, 8]",
    "结转下年度": "[1, 0, 0, 0, 0, 0, 1]",
}


def report(year: int = 2025, applications: dict[str, str] | None = None, **fields: object) -> str:
    table = APPLICATIONS | (applications or {})
    return front(
        {
            "标题": f"越明市民政局{year}年政府信息公开工作年度报告",
            "发布时间": f"{year + 1}-01-27 15:00",
            "年度": year,
            "发布机构": "越明市民政局",
            "总体情况": "{主动公开: 甲。, 依申请公开: 乙。, 政府信息管理: 丙。, 平台建设: 丁。, 监督保障: 戊。}",
            "申请办理情况": "{" + ", ".join(f"{key}: {value}" for key, value in table.items()) + "}",
            "复议诉讼情况": "{行政复议: [1, 0, 0, 0, 1]}",
            "问题和改进": "解读形式单一。",
            "其他事项": "无。",
        }
        | fields
    )


def test_a_balanced_report_shows_twenty_five_rows_of_seven_columns(site: SiteFixture) -> None:
    site.write("annual_report/a.md", report())
    page = built(site).pages["nianbao/a.html"]
    rows = page.tree.xpath("//section[@id='shenqing']//tbody/tr")

    assert site.check() == ""
    assert (len(rows), {len(row.xpath("td")) for row in rows}) == (25, {7})
    assert [row.xpath("td/text()") for row in (rows[0], rows[2], rows[24])] == [
        ["5", "2", "0", "0", "1", "0", "8"],
        ["3", "1", "0", "0", "1", "0", "5"],
        ["1", "0", "0", "0", "0", "0", "1"],
    ]
    assert [text[:2] for text in page.tree.xpath("//main//h2/text()")] == [
        "一、", "二、", "三、", "四、", "五、", "六、",
    ]  # fmt: skip


def test_every_row_of_the_table_is_as_wide_as_its_head(site: SiteFixture) -> None:
    """Cells that span rows count in each of them: three columns of names, seven of figures."""
    site.write("annual_report/a.md", report())
    page = built(site).pages["nianbao/a.html"]
    for block, width in (("shenqing", 10), ("fuyi", 15)):
        for part in ("thead", "tbody"):
            rows = page.tree.xpath(f"//section[@id='{block}']//{part}/tr")
            widths = [0] * len(rows)
            for index, row in enumerate(rows):
                for cell in row.xpath("th|td"):
                    for below in range(int(cell.get("rowspan", 1))):
                        widths[index + below] += int(cell.get("colspan", 1))
            assert set(widths) == {width}, (block, part, widths)


def test_wide_tables_can_be_scrolled_with_the_keyboard_and_are_named(site: SiteFixture) -> None:
    site.write("annual_report/a.md", report())
    page = built(site).pages["nianbao/a.html"]

    region = page.tree.xpath("//section[@id='shenqing']/div[@role='region' and @tabindex='0']/@aria-label")
    assert region == ["三、收到和处理政府信息公开申请情况"]
    assert page.tree.xpath("//section[@id='shenqing']//thead/tr[1]/th[1]/text()") == [
        "本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和"
    ]


@pytest.mark.parametrize(
    ("row", "figures", "message"),
    [
        (
            "结转下年度",
            "[1, 2, 0, 0, 0, 0, 3]",
            "“商业企业”一列不平：本年新收加上年结转是 2，办理结果总计加结转下年度是 4，相差 2",
        ),
        (
            "国家秘密",
            "[0, 0, 0, 0, 0, 0, 0]",
            "“自然人”一列不平：各项办理结果合计 4，办理结果总计是 5，相差 1",
        ),
        (
            "本年新收",
            "[5, 2, 0, 0, 1, 0, 9]",
            "“一、本年新收政府信息公开申请数量”一行不平：自然人和五类法人合计 8，“总计”一列是 9，相差 1",
        ),
    ],
)
def test_what_does_not_balance_is_an_error_with_column_and_difference(
    site: SiteFixture, row: str, figures: str, message: str
) -> None:
    site.write("annual_report/a.md", report(applications={row: figures}))

    assert f"错误[report-unbalanced]: {message}" in site.check()


def test_disputes_must_add_up_and_rows_be_complete(site: SiteFixture) -> None:
    site.write("annual_report/a.md", report(复议诉讼情况="{行政复议: [1, 0, 1, 0, 1]}"))
    site.write("annual_report/b.md", report(2024, {"本年新收": "[5, 2]"}))
    reported = site.check()

    assert "“行政复议”的“总计”不平：前四项合计 2，总计是 1，相差 1" in reported
    assert "错误[report-columns]: “本年新收”有 2 个数，应当有 7 个" in reported


def test_what_was_carried_out_last_year_is_carried_in_this_year(site: SiteFixture) -> None:
    site.write("annual_report/b.md", report(2024))
    site.write("annual_report/a.md", report(2025))
    assert site.check() == ""

    site.write(
        "annual_report/a.md",
        report(2025, {"上年结转": "[0, 1, 0, 0, 0, 0, 1]", "结转下年度": "[0, 1, 0, 0, 0, 0, 1]"}),
    )
    reported = site.check()
    assert "警告[report-carried]: “自然人”一列上年结转 0，上一年度报告" in reported
    assert "“商业企业”一列上年结转 1" in reported


def test_documents_in_force_are_compared_with_the_library(site: SiteFixture) -> None:
    site.write(
        "policy/a.md",
        policy(
            发文机关="越明市民政局",
            成文日期="2025-10-30",
            发布时间="2025-11-02 09:00",
            索引号="11330600000000003L/2025-00001",
            发文字号="越民〔2025〕1号",
            文件性质="行政规范性文件",
            有效期至="2030-10-30",
            无需解读="只有两条",
        ),
    )
    site.write("annual_report/a.md", report())
    site.write("annual_report/b.md", report(2024))
    reported = [line for line in site.check().splitlines() if "report-count" in line]

    assert len(reported) == 1
    assert "“行政规范性文件”现行有效 0 件，网站收录的有关机关到 2025 年底现行有效的是 1 件" in reported[0]


def test_tables_of_enforcement_and_of_the_site_are_shown_and_checked(site: SiteFixture) -> None:
    site.write(
        "enforcement_report/a.md",
        front(
            {
                "标题": "2025年度行政执法数据表",
                "发布时间": "2026-01-30 10:00",
                "年度": 2025,
                "发布机构": "越明市民政局",
                "执法数据": "[{单位: 甲局, 许可受理: 9, 准予许可: 8, 不予许可: 2}]",
            }
        ),
    )
    site.write(
        "site_report/a.md",
        front(
            {
                "标题": "2025年度网站工作报表",
                "发布时间": "2026-01-22 10:00",
                "年度": 2025,
                "填报单位": "越明市民政局",
                "网站类型": "部门网站",
                "信息发布总数（条）": 100,
                "发现问题数量（个）": 1,
                "问题整改数量（个）": 3,
            }
        ),
    )
    reported = site.check()

    assert "“甲局”准予和不予许可合计 10，多于受理的 9，相差 1" in reported
    assert "“发现问题数量（个）”是 1，其中各项合计 3，多出 2" in reported
