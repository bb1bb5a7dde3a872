"""The disclosure column: five entrances in their order, the fifteen items, rules with captions, agencies in the same form."""

from __future__ import annotations

import pytest

from tests.sites.output import Output, Page
from tests.sites.writing import built
from tests.support import SiteFixture, front, news, organisation, policy, section

PARTS = {
    "zfxxgk-zn": ("政府信息公开指南", "信息公开指南", 10),
    "zfxxgk-zd": ("政府信息公开制度", "信息公开制度", 20),
    "zfxxgk-fd": ("法定主动公开内容", "信息公开目录", 30),
    "zfxxgk-nb": ("政府信息公开年报", "信息公开年报", 40),
    "zfxxgk-ysq": ("依申请公开", "依申请公开", 50),
}


@pytest.fixture
def column(site: SiteFixture) -> SiteFixture:
    """A site with the sections of the column, and the office as a department."""
    site.write(
        "section/zfxxgk.md",
        section(标题="政府信息公开", 栏目类型="信息公开目录", 无内容时="说明", 空白说明="暂无"),
    )
    for slug, (title, column_type, order) in PARTS.items():
        site.write(
            f"section/{slug}.md",
            section(
                标题=title, 栏目类型=column_type, 上级="zfxxgk", 顺序=order, 无内容时="说明", 空白说明="暂无"
            ),
        )
    site.write("organisation/mzj.md", agency())
    return site


def agency(**fields: object) -> str:
    return organisation(
        "越明市民政局",
        **{
            "机构类别": "市政府部门",
            "办公地址": "稽山路21号",
            "办公时间": "工作日8:30—17:00",
            "联系电话": "0575-00000007",
            "负责人": "郑示例",
        }
        | fields,
    )


def entrances(page: Page) -> list[str]:
    return [text.strip() for text in page.tree.xpath("//nav[@aria-label='政府信息公开专栏']/ul[1]//a/text()")]


def table(page: Page, block: str) -> list[list[str]]:
    """Return the cells of a table without the labels that narrow screens show."""
    rows = page.tree.xpath(f"//section[@id='{block}']//tbody/tr")
    return [
        [" ".join(cell.xpath("string(span[last()])").split()) for cell in row.xpath("td")] for row in rows
    ]


def counts(output: Output, path: str) -> dict[str, str]:
    return {row[0]: row[2] for row in table(output.pages[path], "fading")}


def test_has_the_five_entrances_in_official_order_on_every_page(column: SiteFixture) -> None:
    column.write("policy/a.md", policy(发文机关="越明市民政局", 法定公开事项='["03"]'))
    output = built(column)

    wanted = [title for title, _, _ in PARTS.values()]
    for path in (
        "zfxxgk/index.html", "zfxxgk-fd/index.html", "zfxxgk-fd/03/index.html",
        "jigou/mzj/index.html", "jigou/mzj/03/index.html",
    ):  # fmt: skip
        assert entrances(output.pages[path]) == wanted, path


def test_counts_the_documents_of_each_of_fifteen_items(column: SiteFixture) -> None:
    column.write("policy/a.md", policy(法定公开事项='["03", "07"]'))
    column.write(
        "policy/b.md",
        policy(
            标题="越明市人民政府办公室关于预算的通知",
            发文字号="越政办发〔2026〕2号",
            索引号="11330600000000003L/2026-00002",
            法定公开事项='["07"]',
        ),
    )
    shown = counts(built(column), "zfxxgk-fd/index.html")

    assert list(shown) == [f"（{number}）" for number in range(1, 16)]
    assert (shown["（3）"], shown["（7）"], shown["（8）"]) == ("1 件", "2 件", "暂未发布")


def test_a_directory_has_index_name_summary_and_date(column: SiteFixture) -> None:
    column.write("policy/a.md", policy(法定公开事项='["07"]', 摘要="讲清预算。"))
    page = built(column).pages["zfxxgk-fd/07/index.html"]

    assert table(page, "mulu") == [
        ["11330600000000003L/2026-00001", "越明市养老服务办法", "讲清预算。", "2026年10月30日"]
    ]


def test_ordinary_news_stays_out_of_the_column(column: SiteFixture) -> None:
    column.write("news/a.md", news(栏目="[zwyw, zfxxgk-fd]"))
    column.write("policy/a.md", policy(法定公开事项='["15"]'))
    output = built(column)

    for path in ("zfxxgk/index.html", "zfxxgk-fd/index.html", "zfxxgk-fd/15/index.html"):
        assert "越明市开展政务公开活动" not in output.pages[path].source.partition("<main")[2], path


def test_what_is_declared_absent_says_so_and_what_is_merely_missing_is_reported(column: SiteFixture) -> None:
    column.write(
        "organisation/szf.md",
        organisation(
            "越明市人民政府",
            机构类别="政府",
            办公地址="镜湖路88号",
            办公时间="工作日8:30—17:00",
            联系电话="0575-00000001",
            负责人="张示例",
            无此项='[{事项: "08", 说明: 本机关没有行政事业性收费项目}]',
        ),
    )
    column.write("policy/a.md", policy(法定公开事项='["01"]'))

    assert (
        counts(built(column), "zfxxgk-fd/index.html")["（8）"] == "本机关无此项。本机关没有行政事业性收费项目"
    )
    reported = column.check()
    assert (
        "[legal-item-empty]: 法定主动公开内容第（9）项“政府集中采购项目的目录、标准及实施情况”没有内容"
        in reported
    )
    assert "第（8）项" not in reported


def test_an_agency_that_publishes_has_a_column_of_the_same_form(column: SiteFixture) -> None:
    column.write("policy/a.md", policy(发文机关="越明市民政局", 法定公开事项='["11"]'))
    output = built(column)
    page = output.pages["jigou/mzj/index.html"]

    assert [text.strip() for text in page.tree.xpath("//main//section/h2/text()")] == [
        title for title, _, _ in PARTS.values()
    ]
    assert counts(output, "jigou/mzj/index.html")["（11）"] == "1 件"
    assert "越明市养老服务办法" in output.pages["jigou/mzj/11/index.html"].source
    assert "jigou/bgs/index.html" not in output.pages, "it has published nothing"
    links = output.pages["zfxxgk/index.html"].tree.xpath("//section[@id='jigou']//a/@href")
    assert links == ["../jigou/mzj/index.html"]


def test_a_statement_that_documents_belie_is_reported(column: SiteFixture) -> None:
    column.write("organisation/mzj.md", agency(无此项='[{事项: "11"}]'))
    column.write("policy/a.md", policy(发文机关="越明市民政局", 法定公开事项='["11"]'))

    assert "[legal-item-not-absent]: 声明没有第（11）项，但是发布过这一项的文件" in column.check()


def test_rules_have_an_entrance_on_the_first_screen_and_their_captions(column: SiteFixture) -> None:
    column.write("regulation/a.md", regulation())
    output = built(column)

    first = output.pages["zfxxgk/index.html"].tree.xpath(
        "//nav[@aria-label='政府信息公开专栏']/ul[2]//a/@href"
    )
    assert first[0] == "../zfxxgk/guizhang.html"
    text = output.pages["zfxxgk/guizhang.html"].tree.xpath("string(//section[@id='youxiao'])")
    assert "（2019年11月6日越明市人民政府令第11号公布" in text
    assert "自2020年1月1日起施行）" in text


def regulation() -> str:
    return front(
        {
            "标题": "越明市餐厨垃圾管理办法",
            "效力级别": "政府规章",
            "发文字号": "越明市人民政府令第11号",
            "发文机关": "越明市人民政府办公室",
            "公布日期": "2019-11-06",
            "发布时间": "2019-11-08 09:00",
            "施行日期": "2020-01-01",
            "主题分类": "综合政务\\政务公开",
            "沿革": "[{日期: 2019-11-06, 事项: 公布, 文号: 越明市人民政府令第11号}]",
        },
        "第一条　为了管理餐厨垃圾，制定本办法。\n\n第二条　本办法自2020年1月1日起施行。\n",
    )


def test_lists_what_is_in_force_and_offers_the_list_as_a_file(column: SiteFixture) -> None:
    column.write("regulation/a.md", regulation())
    column.write("policy/a.md", policy(文件性质="行政规范性文件", 有效期至="2030-10-30"))
    column.write(
        "policy/b.md",
        policy(
            标题="越明市人民政府办公室关于已过期事项的通知",
            发文字号="越政办发〔2024〕2号",
            成文日期="2024-01-02",
            发布时间="2024-01-03 09:00",
            索引号="11330600000000003L/2024-00002",
            文件性质="行政规范性文件",
            有效期至="2025-12-31",
        ),
    )
    output = built(column)
    shown = [row[0] for row in table(output.pages["zfxxgk-fd/youxiao/index.html"], "qingdan")]
    file = (output.root / "zfxxgk-fd/youxiao/youxiao.csv").read_text(encoding="utf-8-sig")

    assert shown == ["越明市养老服务办法", "越明市餐厨垃圾管理办法"]
    assert "越政办发〔2026〕1号" in file and "已过期事项" not in file


POWERS = (
    "权力编码,事项名称,权力类型,实施机关,实施依据,责任事项,追责情形,监督电话\n"
    "XK-001,社会团体登记,行政许可,越明市民政局,《社会团体登记管理条例》,受理,不予受理,12345\n"
    "XK-002,殡葬设施审批,行政许可,越明市民政局,《殡葬管理条例》,受理,不予受理,12345\n"
    "XK-003,印刷许可,行政许可,越明市人民政府办公室,《印刷业管理条例》,受理,不予受理,12345\n"
)


def test_a_column_counts_rows_of_tables_and_leads_to_those_of_the_agency(column: SiteFixture) -> None:
    fields = {"标题": "权责清单", "栏目类型": "信息公开目录", "法定公开事项": '["05"]'}
    column.write("section/qzqd.md", section(**fields))
    column.write("power/2026.csv", POWERS)
    web = built(column)
    home = web.pages["jigou/mzj/index.html"]
    row = table(home, "fading")[4]
    assert row[0] == "（5）" and row[2:] == ["见有关表格", "权责清单 2 条"]
    [link] = home.tree.xpath("//section[@id='fading']//a[contains(text(), '权责清单')]/@href")
    rows = web.pages[web.resolve(home.path, link).path]
    assert "社会团体登记" in rows.text and "印刷许可" not in rows.text
    assert "0 件，表格 2 条" in web.pages["zfxxgk/index.html"].text


def test_a_statement_that_rows_of_a_table_belie_is_reported(column: SiteFixture) -> None:
    fields = {"标题": "权责清单", "栏目类型": "信息公开目录", "法定公开事项": '["05"]'}
    column.write("section/qzqd.md", section(**fields))
    column.write("power/2026.csv", POWERS)
    column.write("organisation/mzj.md", agency(无此项='[{事项: "05"}]'))
    assert "声明没有第（5）项，但是发布过这一项的记录" in column.check()
