"""What a citizen does: find a rule in two steps, use the reading tools where the site is really served."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.servers import Nginx, Place
from tests.browser.test_places import Watch

RULE = "80%"
"""What the city's rule on outpatient bills (门诊共济实施细则) lets people on the job claim in community clinics."""


def follow(page: Page, text: str) -> None:
    with page.expect_navigation():
        page.locator("main").get_by_role("link", name=text).first.click()


def test_the_rule_on_medical_bills_is_two_steps_from_home(context: BrowserContext, nginx: Nginx) -> None:
    """One of the words that many look for (大家常查), then a result."""
    page = context.new_page()
    page.goto(nginx.url("/"))
    follow(page, "医保报销")
    results = page.locator("#search a[href]")
    expect(results.first).to_be_visible(timeout=20_000)
    with page.expect_navigation():
        page.locator("#search").get_by_role("link", name="职工医保看门诊能报销多少").first.click()

    assert page.locator("article").count() == 1
    assert RULE in page.locator("main").inner_text()


def test_without_scripts_it_is_two_steps_as_well(browser: Browser, nginx: Nginx) -> None:
    """By the events of a life (人生大事), which are links to static pages."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(nginx.url("/"))
    follow(page, "就医")
    follow(page, "职工医保门诊费用报销")
    text = page.locator("main").inner_text()
    context.close()

    assert RULE in text


def test_the_reading_tools_work_wherever_the_site_is(context: BrowserContext, place: Place) -> None:
    """Under the policy that hosts send, below a path, and from a disk: nothing refused, nobody else asked."""
    watch = Watch(context, place)
    page = watch.page
    page.goto(f"{place.base}index.html")
    page.get_by_role("button", name="阅读工具").first.click()
    toolbar = page.get_by_role("toolbar", name="阅读工具")
    for label in ("字大，放大字号", "大字幕", "十字光标", "大鼠标", "配色"):
        toolbar.get_by_role("button", name=label, exact=True).click()
    page.get_by_role("button", name="蓝底黄字").click()
    page.locator("h1").hover()
    expect(page.locator(".captions__text")).to_contain_text("您想查什么")
    with page.expect_navigation():
        page.locator("header nav a[href*='zcwj/']").first.click()
    expect(page.get_by_role("toolbar", name="阅读工具")).to_be_visible()

    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "19.8px"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(0, 24, 79)"
    assert page.evaluate("document.cookie") == ""
    assert all(name.startswith("yangguang.1.") for name in page.evaluate("Object.keys(localStorage)"))
    assert watch.problems == []


@pytest.mark.parametrize("width", [360, 1280])
def test_the_home_page_asks_first_and_tells_when_hearings_close(
    context: BrowserContext, nginx: Nginx, width: int
) -> None:
    """The search is in the first screen; a hearing shows its closing date without scripts and the days left with them."""
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 640})
    page.clock.set_fixed_time("2026-11-20T09:00:00+08:00")
    page.goto(nginx.url("/"))
    box = page.locator("#q").bounding_box()
    shown = page.locator(".deadlines__item").first.inner_text()

    assert box is not None and box["y"] + box["height"] < 640
    assert "还剩" in shown and "2026年11月27日" in shown
