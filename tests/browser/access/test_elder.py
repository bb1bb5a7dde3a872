"""The elder edition (长者版) as readers meet it: the size of its letters."""

from __future__ import annotations

from playwright.sync_api import Browser

from tests.browser.access.pages import Sort


def test_letters_grow_from_24_to_30_pixels(browser: Browser, base: str, shown: list[Sort]) -> None:
    """A-25: what is read is at least 24 px; the largest of the sizes offered is at least 30 px."""
    sorts = [sort for sort in shown if sort.edition == "elder"]
    assert sorts
    size = "parseFloat(getComputedStyle(document.querySelector('main p')).fontSize)"
    context = browser.new_context(viewport={"width": 360, "height": 800}, locale="zh-CN")
    page = context.new_page()
    for sort in sorts:
        page.goto(base + sort.path)
        assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") >= 24, sort
    plain = page.evaluate(size)
    page.locator(".sizes button").last.click()
    grown = page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
    page.goto(base + sorts[0].path)
    kept = page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
    context.close()
    assert plain >= 24 and grown >= 30 and kept == grown
