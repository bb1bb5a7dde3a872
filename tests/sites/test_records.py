"""A table of records (双公示): pages, downloads, rows that end."""

from __future__ import annotations

import csv
import io
import json

import pytest

from generator.diagnostics import Severity
from tests.sites.output import Output
from tests.sites.writing import built, guide
from tests.support import SiteFixture, news, section

HEAD = "行政相对人名称,行政相对人类别,行政处罚决定书文号,违法行为类型,违法事实,处罚依据,处罚类别,处罚内容,处罚决定日期,公示截止期,处罚机关\n"


def _row(number: int, until: str = "", party: str = "张*") -> str:
    return (
        f"{party},自然人,越市监罚〔2026〕{number}号,未明码标价,经营场所未明码标价。,《中华人民共和国价格法》第四十二条,"
        f"罚款,罚款 500 元,2026-01-{1 + number % 28:02d},{until},越明市民政局\n"
    )


@pytest.fixture
def table(site: SiteFixture) -> SiteFixture:
    site.write("penalty/2026.csv", HEAD + "".join(_row(number) for number in range(1, 121)))
    return site


def test_every_row_stands_on_one_of_the_numbered_pages(table: SiteFixture) -> None:
    output = built(table)
    pages = [
        path
        for path in output.files
        if path.startswith("xzcf/") and path.count("/") == 1 and path.endswith(".html")
    ]
    assert sorted(pages) == ["xzcf/index.html", "xzcf/ye-1.html"]
    rows = [row.get("id") for path in pages for row in output.pages[path].tree.xpath("//main//tbody/tr")]
    assert sorted(rows) == sorted(f"越市监罚〔2026〕{number}号" for number in range(1, 121))
    first = output.pages["xzcf/index.html"]
    assert [cell.text_content() for cell in first.tree.xpath("//main//thead//th")][:2] == [
        "行政相对人名称",
        "行政处罚决定书文号",
    ]
    assert first.tree.xpath("//main//table/caption")
    assert output.broken() == []


def test_downloads_hold_every_row_and_open_in_spreadsheets(table: SiteFixture) -> None:
    output = built(table)
    data = (output.root / "xzcf/penalty.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert len(rows) == 120
    assert {row["行政处罚决定书文号"] for row in rows} == {f"越市监罚〔2026〕{n}号" for n in range(1, 121)}
    plain = json.loads((output.root / "xzcf/penalty.json").read_text(encoding="utf-8"))
    assert [row["行政处罚决定书文号"] for row in plain] == [row["行政处罚决定书文号"] for row in rows]
    assert plain[0]["处罚内容"] == "罚款 500 元"
    linked = {use.path for use in output.pages["xzcf/index.html"].links()}
    assert {"xzcf/penalty.csv", "xzcf/penalty.json"} <= linked


def test_a_waiver_of_a_row_lets_it_stand_and_is_published_nowhere(site: SiteFixture) -> None:
    head = HEAD.rstrip("\n") + ",豁免\n"
    plain = _row(1).rstrip("\n") + ",\n"
    waived = _row(2, party="张三").rstrip("\n") + ",person-name：依法公开；惩戒公示\n"
    site.write("penalty/2026.csv", head + plain + waived)
    site.write(
        "licence/2026.yml",
        "- 行政相对人名称: 李四\n  行政相对人类别: 自然人\n  行政许可决定文书名称: 准予\n"
        "  行政许可决定文书号: 越市监许〔2026〕1号\n  许可类别: 普通\n  许可内容: 食品，电话13800138000\n"
        "  许可决定日期: 2026-10-12\n  许可机关: 越明市民政局\n  豁免: person-name：依法公开；mobile-number：公务电话\n",
    )

    assert [(item.path, item.line, item.code, item.severity, item.remedy) for item in site.diagnostics()] == [
        ("content/licence/2026.yml", 1, "person-name", Severity.NOTE, "已豁免：依法公开"),
        ("content/licence/2026.yml", 6, "mobile-number", Severity.NOTE, "已豁免：公务电话"),
        ("content/penalty/2026.csv", 3, "person-name", Severity.NOTE, "已豁免：依法公开；惩戒公示"),
    ]
    output = built(site)
    for path in ("xzcf/index.html", "xzcf/penalty.csv", "xzcf/penalty.json", "xzxk/licence.csv"):
        text = (output.root / path).read_text(encoding="utf-8-sig")
        assert "豁免" not in text and "依法公开" not in text
    assert "张三" in output.pages["xzcf/index.html"].text


def test_a_cell_is_never_a_formula(site: SiteFixture) -> None:
    site.write("penalty/2026.csv", HEAD + _row(1, party="=HYPERLINK(*)"))
    rows = list(
        csv.reader(io.StringIO((built(site).root / "xzcf/penalty.csv").read_text(encoding="utf-8-sig")))
    )
    assert rows[1][0] == "'=HYPERLINK(*)"


def test_rows_leave_the_page_and_the_downloads_after_their_last_day(site: SiteFixture) -> None:
    site.write("penalty/2026.csv", HEAD + _row(1, "2026-11-20") + _row(2))

    def held() -> list[bool]:
        built(site)
        return [
            "〔2026〕1号" in site.page(f"xzcf/{name}")
            for name in ("index.html", "penalty.csv", "penalty.json")
        ]

    site.today = "2026-11-20"
    assert held() == [True, True, True]
    site.today = "2026-11-21"
    assert held() == [False, False, False]


POINTS = (
    "编号,名称,点位类别,所在街道,地址,开放时间,电话,可办事项,无障碍设施,24小时开放\n"
    "dt,市民大厅,政务服务大厅,越明市民政局,镜湖路 1 号,工作日 9:00—17:00,0575-00000001,养老补贴申领；service_guide/db,坡道；轮椅,\n"
    "zz,自助区,自助服务区,越明市人民政府办公室,镜湖路 2 号,全天,0575-00000002,,坡道,是\n"
    "zx,便民中心,便民服务中心,越明市民政局,石桥路 3 号,工作日 9:00—17:00,0575-00000003,service_guide/db,坡道,\n"
)


@pytest.fixture
def points(site: SiteFixture) -> SiteFixture:
    site.write("section/dianwei.md", section(标题="办事和查阅点", 栏目类型="办事服务"))
    site.write("service_guide/bt.md", guide(标题="养老补贴申领"))
    site.write("service_guide/db.md", guide(标题="低保申请"))
    site.write("service_point/2026.csv", POINTS)
    return site


def _titles(output: Output, path: str) -> list[str]:
    return [row.text_content() for row in output.pages[path].tree.xpath("//main//tbody/tr/td[1]//a")]


def test_a_directory_is_divided_by_its_groups_in_the_order_of_the_file(points: SiteFixture) -> None:
    output = built(points)
    page = output.pages["dianwei/index.html"].tree

    assert [title.text_content() for title in page.xpath("//main//h2[@class='part__title']")] == [
        "越明市民政局",
        "越明市人民政府办公室",
    ]
    assert _titles(output, "dianwei/index.html") == ["市民大厅", "便民中心", "自助区"]


def test_rows_can_be_narrowed_by_class_and_body_without_scripts(points: SiteFixture) -> None:
    output = built(points)
    links = {use.path for use in output.pages["dianwei/index.html"].links()}

    assert {"dianwei/district/mzj/index.html", "dianwei/point-class/zizhu/index.html"} <= links
    assert _titles(output, "dianwei/district/mzj/index.html") == ["市民大厅", "便民中心"]
    assert _titles(output, "dianwei/point-class/zizhu/index.html") == ["自助区"]
    assert output.broken() == []


def test_a_row_has_its_page_and_stands_on_the_pages_that_it_refers_to(points: SiteFixture) -> None:
    output = built(points)
    page = output.pages["dianwei/dt.html"].tree
    facts = {
        row.xpath("string(dt)"): " ".join(row.xpath("string(dd)").split())
        for row in page.xpath("//main//dl/div")
    }

    assert page.xpath("string(//h1)").strip() == "市民大厅"
    assert facts["可办事项"] == "养老补贴申领、低保申请"
    assert facts["无障碍设施"] == "坡道、轮椅"
    assert facts["24小时开放"] == "否"
    assert page.xpath("//main//a[@href='tel:0575-00000001']")
    assert "dianwei/dt.html" in {use.path for use in output.pages["banshi/bt.html"].links()}
    places = output.pages["banshi/db.html"].tree.xpath("//section[h2='在哪里办']//a")
    assert [place.text_content() for place in places] == ["市民大厅", "便民中心"]


def test_a_cell_that_refers_to_nothing_is_an_error_at_its_place(points: SiteFixture) -> None:
    points.write(
        "service_point/2026.csv", POINTS.replace("service_guide/db,坡道；轮椅", "service_guide/dbb,坡道")
    )

    assert points.check() == (
        "content/service_point/2026.csv:2:8: 错误[dangling-reference]: “可办事项”引用的“service_guide/dbb”没有找到\n"
        "  办法：您是不是想写“service_guide/db”？"
    )


def test_downloads_keep_several_values_of_a_cell_apart(points: SiteFixture) -> None:
    root = built(points).root
    rows = list(
        csv.DictReader(io.StringIO((root / "dianwei/service_point.csv").read_text(encoding="utf-8-sig")))
    )
    assert rows[0]["无障碍设施"] == "坡道；轮椅"
    assert json.loads((root / "dianwei/service_point.json").read_text(encoding="utf-8"))[0]["无障碍设施"] == [
        "坡道",
        "轮椅",
    ]


def test_a_table_beside_documents_gets_its_own_page_and_nothing_is_lost(points: SiteFixture) -> None:
    points.write("news/a.md", news(栏目="dianwei"))
    output = built(points)

    links = {use.path for use in output.pages["dianwei/index.html"].links()}
    assert {"dianwei/service-point/index.html", "yaowen/a.html"} <= links
    assert _titles(output, "dianwei/service-point/index.html") == ["市民大厅", "便民中心", "自助区"]
    assert "dianwei/service-point/dt.html" in output.files
    assert output.broken() == []


MESSAGES = (
    "编号,标题,留言类别,留言时间,留言内容,答复单位,答复时间,答复内容\n"
    "ly1,食堂开不开,咨询,2026-08-01,请问周末开放吗？,越明市民政局,2026-08-03,周末照常开放。\n"
    "ly2,末班车太早,建议,2026-08-22,希望延长。,越明市民政局,,\n"
)


def test_a_row_moves_on_when_its_field_is_filled_and_is_reported_when_late(site: SiteFixture) -> None:
    site.write("section/lygk.md", section(标题="留言公开", 栏目类型="互动交流"))
    site.write("message/2026.csv", MESSAGES)
    output = built(site)

    states = {
        row.xpath("string(td[1])").removeprefix("标题"): row.xpath(
            "string(.//span[contains(@class, 'badge')])"
        )
        for row in output.pages["lygk/index.html"].tree.xpath("//main//tbody/tr")
    }
    assert states == {"末班车太早": "办理中", "食堂开不开": "已答复"}
    assert (
        output.pages["lygk/ly2.html"].tree.xpath("string(//li[@aria-current='step']/h3)").startswith("办理中")
    )
    assert site.check() == "", "90 天之内不提醒"
    site.today = "2026-11-21"
    assert site.check() == (
        "content/message/2026.csv:3: 警告[late-step]: “办理中”超期 1 天：承办单位正在办理，答复后在这里公开\n"
        "  办法：由负责单位办完下一步，再把结果写进文件"
    )
