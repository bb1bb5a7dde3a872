"""The home of a community: four tiles, filled with what is in its street."""

from __future__ import annotations

from tests.sites.writing import built
from tests.support import SiteFixture, section

BOARDS = (
    "编号,村居,所属镇街,公开栏位置,公开事项,联系电话,更新日期\n"
    "shiqiao,石桥社区,东街道办事处,门口,居务,0575-00000001,2026-11-10\n"
    "hu,湖村,西乡人民政府,门口,村务,0575-00000002,2026-11-10\n"
)
POINTS = (
    "编号,名称,点位类别,所在街道,所在社区,地址,开放时间,电话,无障碍设施\n"
    "a,东街道中心,便民服务中心,东街道办事处,别的社区,东路 1 号,全天,0575-00000001,坡道\n"
    "b,石桥驿站,社区驿站,东街道办事处,石桥社区,桥路 1 号,全天,0575-00000003,坡道\n"
)
LESSONS = "日期,课题,对象,地点,主讲单位\n2026-09-16,看懂报销单,老人,石桥社区驿站,越明市民政局\n"


def test_each_community_has_its_four_tiles(site: SiteFixture) -> None:
    for slug in ("yitulan", "dianwei", "yitangke"):
        site.write(
            f"section/{slug}.md",
            section(标题=f"栏目{slug}", 栏目类型="办事服务", 无内容时="隐藏", 更新周期=365),
        )
    site.write("village_board/2026.csv", BOARDS)
    site.write("service_point/2026.csv", POINTS)
    site.write("lesson/2026.csv", LESSONS)
    output = built(site)
    page = output.pages["yitulan/shiqiao.html"]
    tiles = page.tree.xpath("//section[@id='bankuai']//h3")
    assert [tile.text_content() for tile in tiles] == ["码上学", "码上办", "码上享", "码上知"]
    assert page.tree.xpath("//section[@id='bankuai']//a/@href") == ["#xue", "#ban", "#xiang", "#zhi"]
    points = page.tree.xpath("//section[@id='ban']//a")
    assert [link.text_content() for link in points] == ["石桥驿站", "东街道中心", "全部办事和查阅点"]
    assert page.tree.xpath("//section[@id='xue']//li")[0].text_content().startswith("看懂报销单")
    other = output.pages["yitulan/hu.html"]
    assert "石桥驿站" not in other.text and "看懂报销单" not in other.text and "本街道暂无" in other.text
    assert output.broken() == []
