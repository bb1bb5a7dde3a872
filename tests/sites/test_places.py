"""Maps of service points drawn from their coordinates, and the ways to a point."""

from __future__ import annotations

import re

import pytest
import segno

from tests.sites.writing import built
from tests.support import SITE_YML, SiteFixture, section

HEAD = "编号,名称,点位类别,所在街道,地址,开放时间,电话,无障碍设施,经度,纬度\n"
ROWS = (
    "dating,甲厅,政务服务大厅,东街道办事处,东路 1 号,全天,0575-00000001,坡道,120.5000,30.0000\n"
    "zhuanqu,乙专区,政务公开专区,东街道办事处,东路 1 号,全天,0575-00000002,坡道,120.5000,30.0000\n"
    "yizhan,丙驿站,社区驿站,东街道办事处,北路 2 号,全天,0575-00000003,坡道,120.5100,30.0100\n"
    "xi,丁中心,便民服务中心,西街道办事处,西路 3 号,全天,0575-00000004,坡道,120.4000,30.0200\n"
    "wu,戊中心,便民服务中心,西街道办事处,西路 4 号,全天,0575-00000005,坡道,,\n"
)


@pytest.fixture
def points(site: SiteFixture) -> SiteFixture:
    site.write("section/dianwei.md", section(标题="点位", 栏目类型="办事服务", 无内容时="隐藏", 更新周期=365))
    site.write("service_point/2026.csv", HEAD + ROWS)
    return site


def test_marks_stand_where_the_coordinates_say(points: SiteFixture) -> None:
    page = built(points).pages["dianwei/index.html"]
    maps = page.tree.xpath("//main//*[local-name()='svg'][@role='img']")
    assert [found.xpath("string(*[local-name()='title'])") for found in maps] == [
        "各街道（区县）的位置",
        "东街道办事处",
        "西街道办事处",
    ]
    where = {
        "".join(mark.itertext()).strip(): tuple(
            float(part) for part in re.findall(r"[\d.]+", mark.get("transform"))
        )
        for mark in maps[1].xpath(".//*[local-name()='g']")
    }
    assert where["3"][0] > max(where["1"][0], where["2"][0]) and where["3"][1] < min(
        where["1"][1], where["2"][1]
    )
    apart = ((where["1"][0] - where["2"][0]) ** 2 + (where["1"][1] - where["2"][1]) ** 2) ** 0.5
    assert apart > 24, "two points at one place must both be readable"
    overview = {
        "".join(mark.itertext()).strip(): float(re.findall(r"[\d.]+", mark.get("transform"))[0])
        for mark in maps[0].xpath(".//*[local-name()='g']")
    }
    assert overview["1西街道"] < overview["3东街道"]


def test_the_list_beside_a_map_says_what_it_shows(points: SiteFixture) -> None:
    output = built(points)
    page = output.pages["dianwei/index.html"]
    links = page.tree.xpath("//main//ol[@class='places__list']//a/@href")
    names = ("dating", "zhuanqu", "yizhan", "xi")
    assert links == ["#ditu-1", "#ditu-2", *(f"../dianwei/{name}.html" for name in names)]
    assert "东经120.51°，北纬30.01°" in page.text
    assert page.tree.xpath("//script[contains(@src, 'map')]") == []
    assert output.broken() == []


def test_a_point_has_its_map_and_the_ways_to_it(points: SiteFixture) -> None:
    output = built(points)
    page = output.pages["dianwei/yizhan.html"]
    assert "丙驿站（本点位）" in page.text
    hrefs = page.tree.xpath("//section[@id='daohang']//a/@href")
    assert hrefs[0] == "geo:30.01,120.51"
    assert hrefs[1] == (
        "https://uri.amap.com/marker?position=120.51,30.01&name=%E4%B8%99%E9%A9%BF%E7%AB%99&coordinate=wgs84"
    )
    assert len(hrefs) == 4 and page.text.count("（站外）") == 3
    assert "导航" not in output.pages["dianwei/wu.html"].text
    assert "位置图" not in output.pages["dianwei/wu.html"].text


def test_map_services_are_those_of_the_settings(points: SiteFixture) -> None:
    own = "地图链接:\n  - 名称: 用天地图打开\n    链接: https://map.example/?lon={经度}&lat={纬度}\n"
    points.configure(SITE_YML + own)
    page = built(points).pages["dianwei/yizhan.html"]
    assert page.tree.xpath("//section[@id='daohang']//a/@href") == [
        "geo:30.01,120.51",
        "https://map.example/?lon=120.51&lat=30.01",
    ]
    points.configure(SITE_YML + own.replace("{经度}", "1").replace("https:", "http:"))
    assert [item.code for item in points.diagnostics()] == ["bad-map-link", "bad-map-link"]


def test_every_point_has_a_sheet_whose_code_leads_to_it(points: SiteFixture) -> None:
    output = built(points)
    listed = output.pages["haibao/index.html"].tree.xpath("//section[@id='dianwei']//a/@href")
    assert [link.rpartition("/")[2] for link in listed] == [
        f"dianwei-{name}.html" for name in ("dating", "zhuanqu", "yizhan", "xi", "wu")
    ]
    page = output.pages["haibao/dianwei-yizhan.html"]
    address = "https://yueming.example/dianwei/yizhan.html"
    for words in ("丙驿站", "社区驿站", "北路 2 号", "全天", "0575-00000003", "12345", address):
        assert words in page.text
    (code,) = page.tree.xpath("//article//*[local-name()='svg']")
    expected = segno.make(address, error="m", micro=False, boost_error=False)
    drawn = code.xpath("*[local-name()='path'][@stroke]/@d")[0]
    dark = sum(int(length) for length in re.findall(r"h(\d+)", drawn))
    assert dark == sum(sum(row) for row in expected.matrix)
    assert page.tree.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert "haibao/index.html" in {use.path for use in output.pages["sitemap.html"].links()}
    assert output.broken() == []


def test_a_site_without_points_has_no_sheets(site: SiteFixture) -> None:
    assert not [path for path in built(site).files if path.startswith("haibao/")]
