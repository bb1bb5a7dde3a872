"""Links that leave the platform say so (domain/01, W-33), wherever an editor may write them."""

from __future__ import annotations

from tests.sites.output import Output
from tests.sites.writing import built, consultation, guide, interpretation
from tests.support import SiteFixture, news, policy, section

ELSEWHERE = "https://shop.example.com/page"
GOVERNMENT = "https://www.example.gov.cn/page"
OWN = "https://fuwu.yueming.example/page"


def _links(output: Output, address: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for page in output.pages.values():
        for anchor in page.tree.xpath(f"//a[starts-with(@href, '{address}')]"):
            found.setdefault(page.path, []).append(anchor.text_content())
    return found


def test_every_place_where_an_address_elsewhere_can_be_written(site: SiteFixture) -> None:
    site.write(
        "policy/a.md",
        policy(f"第一条　见[网店]({ELSEWHERE})和 {ELSEWHERE}/2 。\n\n第二条　本办法自公布之日起施行。\n"),
    )
    site.write("news/a.md", news(来源="某某网", 来源网址=ELSEWHERE))
    site.write(
        "interpretation/a.md",
        interpretation(
            "policy/a", 解读形式="视频", 视频=f"{{网址: '{ELSEWHERE}', 文字稿: 视频里说了三件事}}"
        ),
    )
    site.write("service_guide/a.md", guide(在线办理=ELSEWHERE))
    site.write("consultation/a.md", consultation(征集渠道=f"{{在线: '{ELSEWHERE}'}}"))
    site.write("section/wl.md", section(外部链接=ELSEWHERE, 主导航="是"))
    output = built(site)
    found = _links(output, ELSEWHERE)
    for path in (
        "zhengce/a.html",
        "yaowen/a.html",
        "jiedu/a.html",
        "banshi/a.html",
        "zhengji/a.html",
        "sitemap.html",
        "index.html",
    ):
        assert path in found
    assert {path: texts for path, texts in found.items() if any("站外" not in text for text in texts)} == {}


def test_government_sites_and_the_own_platform_do_not_count_as_leaving(site: SiteFixture) -> None:
    site.configure(
        (site.root / "site.yml").read_text(encoding="utf-8") + "本集约平台域名: [fuwu.yueming.example]\n"
    )
    site.write(
        "news/a.md", news(f"见[国家平台]({GOVERNMENT})和[服务网]({OWN})。\n", 来源="服务网", 来源网址=OWN)
    )
    site.write("service_guide/a.md", guide(在线办理=OWN))
    output = built(site)
    for address in (GOVERNMENT, OWN):
        texts = [text for found in _links(output, address).values() for text in found]
        assert texts
        assert [text for text in texts if "站外" in text] == []
