"""The way to the elder edition on the search page, as the page is written; `tests/browser/test_ways.py` searches."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.support import SITE_YML, SiteFixture, news
from tests.theme.test_tools import opened


def test_without_scripts_the_search_page_names_the_edition_and_its_other_names(
    browser: Browser, pages: Path
) -> None:
    with opened(browser, pages / "search.html", java_script_enabled=False) as page:
        note = page.locator("main .callout:visible").first

        expect(note).to_contain_text("长辈版、关怀版")
        expect(note.get_by_role("link", name="打开大字的网页")).to_have_attribute("href", "elder/index.html")
        assert page.get_by_role("link", name="打开长者版").count() == 0


def test_a_place_may_have_its_own_name_and_without_the_edition_there_is_no_way(site: SiteFixture) -> None:
    site.write("news/a.md", news())
    site.configure(SITE_YML + "    长者版: {搜索词: [银龄 版]}\n")
    site.build()
    own = site.page("search.html")
    site.configure(SITE_YML + "版本: []\n")
    site.build()

    assert "银龄版" in own and "长辈版" in own
    assert "长辈版" not in site.page("search.html")
