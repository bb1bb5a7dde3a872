"""The accessibility statement (无障碍声明): what it must say, and that a site may write its own."""

from __future__ import annotations

from generator.conformance import conformance
from tests.sites.output import Output
from tests.support import SITE_YML, SiteFixture, front


def test_the_site_has_a_page_on_access(city: Output) -> None:
    """Standard, known limits, whom to tell, and when it was checked; linked from every page."""
    page = city.pages["wuzhangai-shengming.html"]
    found = conformance()
    for words in ("WCAG 2.2", "AA 级", "已知的不足", "反馈", "0575-00000000", "zwgk@example.gov.cn", "12345"):
        assert words in page.text
    assert page.tree.xpath("//main//time/@datetime") == [found.date]
    assert len(page.tree.xpath("//main//tbody/tr")) == len(found.lines)
    for line in found.lines:
        if line.result in ("failed", "open"):
            assert page.text.count(line.line) == 2, line
    for path, other in city.pages.items():
        if other.tree.get("data-edition") == "portal":
            folder = "shaoxing/" if path.startswith("shaoxing/") else ""
            assert f"{folder}wuzhangai-shengming.html" in {use.path for use in other.links()}, path


def test_a_site_adds_what_it_knows_to_be_wanting(site: SiteFixture) -> None:
    site.configure(SITE_YML.replace("    页脚:", "    无障碍不足: [老视频没有手语。]\n    页脚:"))
    site.published()
    assert "<li>老视频没有手语。</li>" in site.page("wuzhangai-shengming.html")


def test_a_site_may_write_its_own(site: SiteFixture) -> None:
    site.write(
        "page/wuzhangai-shengming.md",
        front({"标题": "无障碍声明", "更新日期": "2026-11-10"}, "本局的网页由人逐页检查。\n"),
    )
    site.published()
    page = site.page("wuzhangai-shengming.html")
    assert "本局的网页由人逐页检查" in page and "逐项结果" not in page
