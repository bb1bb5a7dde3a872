"""The elder edition (长者版) in Chromium: sizes, lines, targets, the way there and back, with and without scripts."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.theme.test_browser import PATHS, opened

MEASURES = """() => {
    const shown = item => item.getBoundingClientRect().width > 1 && !item.closest('.skip, .hidden');
    const texts = [...document.querySelectorAll('body *')].filter(item => shown(item) && item.tagName !== 'NOSCRIPT'
        && !item.closest('svg') && [...item.childNodes].some(node => node.nodeType === 3 && node.data.trim()));
    const size = item => parseFloat(getComputedStyle(item).fontSize);
    const running = [...document.querySelectorAll('.text p, .text li, .answer__text, .checks__item, .callout')].filter(shown);
    const targets = [...document.querySelectorAll('a, button, summary, input')].filter(shown)
        .filter(item => getComputedStyle(item).display !== 'inline');
    return {
        overflow: document.documentElement.scrollWidth - innerWidth,
        smallest: Math.min(...texts.map(size)),
        tight: running.filter(item => parseFloat(getComputedStyle(item).lineHeight) < 1.8 * size(item) - .1).map(item => item.className),
        long: running.filter(item => item.getBoundingClientRect().width > 40.5 * size(item)).map(item => item.className),
        low: targets.filter(item => item.getBoundingClientRect().height < 59.5).map(item => item.className + ' ' + item.textContent.trim()),
        floating: [...document.querySelectorAll('body *')].filter(item => ['fixed', 'sticky'].includes(getComputedStyle(item).position)).length,
    };
}"""


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("path", PATHS)
def test_letters_lines_and_targets(browser: Browser, pages: Path, path: str, width: int) -> None:
    """Nothing below 24 px, lines of 1.8, targets of 60 px, one column, nothing floating (A-25, A-26, A-47)."""
    with opened(browser, pages / "elder" / path, viewport={"width": width, "height": 800}) as page:
        found = page.evaluate(MEASURES)

    assert found["smallest"] >= 23.99
    assert {name: found[name] for name in ("overflow", "tight", "long", "low", "floating")} == {
        "overflow": 0,
        "tight": [],
        "long": [],
        "low": [],
        "floating": 0,
    }


@pytest.mark.parametrize("path", ["zhengce/bf.html", "wenda/wt.html"])
def test_three_sizes_are_kept_from_page_to_page(browser: Browser, pages: Path, path: str) -> None:
    with opened(browser, pages / "elder" / path, viewport={"width": 360, "height": 800}) as page:
        seen = []
        for name in ("大", "更大", "最大"):
            page.get_by_role("button", name=name, exact=True).click()
            seen.append(
                page.evaluate("getComputedStyle(document.querySelector('.text p, .answer__row')).fontSize")
            )
        overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        page.goto((pages / "elder/index.html").as_uri())
        kept = page.evaluate("getComputedStyle(document.documentElement).fontSize")
        pressed = page.get_by_role("button", pressed=True).inner_text()

    assert (seen, overflow) == (["24px", "27px", "30px"], 0)
    assert (kept, pressed) == ("30px", "最大")


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("scripts", [True, False])
def test_one_press_leads_there_from_the_first_screen_and_one_back(
    browser: Browser, pages: Path, path: str, scripts: bool
) -> None:
    phone = {"width": 360, "height": 640}
    with opened(browser, pages / path, viewport=phone, java_script_enabled=scripts) as page:
        link = page.get_by_role("link", name="长者版")
        box = link.bounding_box()
        assert box is not None and box["y"] + box["height"] <= 640
        link.click()
        assert page.url.endswith(f"/elder/{path}")
        page.get_by_role("link", name="普通版").click()

        assert page.url == (pages / path).as_uri()


def test_without_scripts_there_are_no_sizes_to_choose_and_nothing_is_missing(
    browser: Browser, pages: Path
) -> None:
    with opened(browser, pages / "elder/zhengce/bf.html", java_script_enabled=False) as page:
        assert page.get_by_role("button").count() == 0
        assert page.locator(".text").inner_text().count("第") >= 4
        assert page.locator("details").count() == 2


def test_the_search_form_leads_to_the_elder_search_page(browser: Browser, pages: Path) -> None:
    with opened(browser, pages / "elder/index.html", java_script_enabled=False) as page:
        page.get_by_role("searchbox").fill("养老")
        page.get_by_role("button", name="搜索").click()

        assert page.url.endswith("/elder/search.html?q=%E5%85%BB%E8%80%81")
