"""The way to the elder edition for who looks for it on the search page (A-63)."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.servers import Nginx

NAMES = ("长者版", "长辈版", "亲情版", "关爱版", "关怀版", "大字", "无障碍", "長輩版", "“老年 版”在哪里")


def search(page: Page, typed: str) -> None:
    page.locator("#q").fill(typed)
    page.locator("#q").press("Enter")
    expect(page.locator(".search-status")).to_contain_text("找到")


def test_who_looks_for_the_elder_edition_by_any_name_is_led_to_it(
    context: BrowserContext, nginx: Nginx
) -> None:
    """The way stands above all results; what else is found stays below it."""
    page = context.new_page()
    page.goto(nginx.url("/search.html"))
    way = page.get_by_role("link", name="打开长者版")
    wrong = []
    for typed in NAMES:
        search(page, typed)
        expect(way).to_be_visible()
        place = way.bounding_box()
        first = page.locator("#search a:visible").first.bounding_box()
        if place is None or first is None or place["y"] + place["height"] > first["y"]:
            wrong.append(typed)
    told = page.get_by_role("status").all_text_contents()
    way.click()

    assert wrong == []
    assert "本站有长者版" in told
    assert page.url == nginx.url("/elder/index.html")


@pytest.mark.parametrize("typed", ["养老", "无障碍环境建设"])
def test_other_words_are_left_to_the_results(context: BrowserContext, nginx: Nginx, typed: str) -> None:
    page = context.new_page()
    page.goto(nginx.url("/search.html"))
    search(page, "大字")
    expect(page.get_by_role("link", name="打开长者版")).to_be_visible()
    search(page, typed)

    expect(page.get_by_role("link", name="打开长者版")).to_have_count(0)
