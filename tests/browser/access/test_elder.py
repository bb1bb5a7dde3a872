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
    page.get_by_role("button", name="最大").click()
    grown = page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
    page.goto(base + sorts[0].path)
    kept = page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
    context.close()
    assert plain >= 24 and grown >= 30 and kept == grown


def test_tables_in_one_column_name_every_figure(browser: Browser, base: str, sorts: list[Sort]) -> None:
    """Without the head of the table, each figure has the name of its column beside it, at every width."""
    (path,) = [
        sort.path
        for sort in sorts
        if (sort.edition, sort.template) == ("elder", "pages/enforcement_report.html")
    ]
    unnamed = {}
    for width in (360, 1280):
        page = browser.new_page(viewport={"width": width, "height": 900})
        page.goto(base + path)
        assert page.locator(".records__cell").count() > 0
        unnamed[width] = page.evaluate(
            """() => [...document.querySelectorAll('.records__cell')]
                .filter(cell => !cell.firstElementChild.checkVisibility()).map(cell => cell.textContent)"""
        )
        page.close()

    assert unnamed == {360: [], 1280: []}
