"""Reading aloud and the reading tools in the elder edition, by the same scripts as on the portal (A-47, A-66, A-68)."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.access.axe import violations
from tests.theme.test_tools import NETWORK_ONLY, SHIFT, TITLE, VOICES, opened, press, said, size_of, status

POLICY = "elder/zhengce/bf.html"
PHONE = {"width": 360, "height": 640}
SMALL = """() => [...document.querySelectorAll('.sizes button, .reading button, .reading label, .dock button')]
    .map(item => [item.textContent, item.getBoundingClientRect()])
    .filter(([, box]) => box.width && (box.height < 59.5 || box.width < 59.5)).map(([name]) => name)"""


def test_one_press_reads_the_page_and_one_stops_it(browser: Browser, pages: Path) -> None:
    with opened(browser, pages / POLICY, VOICES, viewport=PHONE) as page:
        start = page.locator(".sizes").get_by_role("button", name="朗读")
        box = start.bounding_box()
        assert box is not None and box["y"] + box["height"] <= 640
        start.click()
        page.wait_for_function("window.said.length === 1")
        page.evaluate("speechSynthesis.end()")
        page.wait_for_function("window.said.length === 2")
        marked = page.locator(".said").inner_text()
        texts = said(page)
        page.get_by_role("button", name="停止").click()

        assert texts == ["越政办发〔2026〕1号", TITLE]
        assert marked.replace("\n", "") == TITLE
        assert page.locator(".player, .said").count() == 0


def test_what_is_folded_is_not_read(browser: Browser, pages: Path) -> None:
    with opened(browser, pages / "elder/wenda/wt.html", VOICES) as page:
        page.locator(".sizes").get_by_role("button", name="朗读").click()
        while page.locator(".player").count():
            page.wait_for_function("!document.querySelector('.player') || speechSynthesis.now")
            page.evaluate("speechSynthesis.now && speechSynthesis.end()")
        folded = page.locator("details dd").all_text_contents()

        assert folded
        assert set(folded) & set(said(page)) == set()
        assert "每户最高6000元" in "".join(said(page))


@pytest.mark.parametrize("scripts", [(), (NETWORK_ONLY,)], ids=["as this machine is", "network voices only"])
@pytest.mark.parametrize("width", [360, 1280])
def test_without_a_chinese_voice_the_button_says_so_and_moves_nothing(
    browser: Browser, pages: Path, scripts: tuple[str, ...], width: int
) -> None:
    with opened(browser, pages / POLICY, *scripts, viewport={"width": width, "height": 640}) as page:
        if not scripts and page.evaluate("speechSynthesis.getVoices().length"):
            pytest.skip("this machine has voices")
        button = page.locator(".sizes").get_by_role("button", name="朗读")
        expect(button).to_have_attribute("aria-disabled", "true", timeout=8000)
        expect(button).to_have_text("朗读没有中文语音")
        shift = page.evaluate(SHIFT)
        button.press("Enter")
        told = status(page)

        assert shift <= 0.02
        assert told == "这台设备没有中文语音，不能朗读"
        assert page.locator(".player").count() == 0


@pytest.mark.parametrize(("width", "size"), [(320, "大"), (360, "最大"), (1280, "大")])
def test_every_tool_is_large_and_inside_the_page(
    browser: Browser, pages: Path, width: int, size: str
) -> None:
    with opened(browser, pages / POLICY, VOICES, viewport={"width": width, "height": 800}) as page:
        page.get_by_role("button", name=size, exact=True).click()
        page.get_by_role("button", name="阅读工具").click()
        press(page, "大字幕")
        press(page, "帮助")
        page.get_by_role("toolbar").get_by_role("button", name="朗读").click()
        expect(page.locator(".player")).to_be_visible()
        overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        small = page.evaluate(SMALL)
        page.get_by_role("button", name="关闭大字幕").click()
        free = page.evaluate("document.querySelector('.dock').getBoundingClientRect().top")

    assert (small, overflow) == ([], 0)
    assert free >= 400


@pytest.mark.parametrize("scheme", ["", "blue"])
def test_open_tools_are_accessible_themselves(browser: Browser, pages: Path, scheme: str) -> None:
    with opened(browser, pages / POLICY, VOICES, reduced_motion="reduce", viewport=PHONE) as page:
        page.get_by_role("button", name="阅读工具").click()
        expect(page.get_by_role("toolbar", name="阅读工具")).to_be_visible()
        page.evaluate("scheme => yangguang.prefer('theme', scheme)", scheme)
        press(page, "大字幕")
        press(page, "帮助")
        page.get_by_role("toolbar").get_by_role("button", name="朗读").click()
        expect(page.locator(".player")).to_be_visible()

        assert violations(page) == []


def test_sizes_of_the_portal_are_not_put_on_top_and_reset_clears_those_of_the_edition(
    browser: Browser, pages: Path
) -> None:
    """150 % of 24 px would not fit a phone; what is chosen in one edition does not reach the other."""
    with opened(browser, pages / "zhengce/bf.html", VOICES) as page:
        page.evaluate("yangguang.prefer('size', '150'); yangguang.prefer('theme', 'yellow')")
        page.goto((pages / POLICY).as_uri())
        first = size_of(page, "html")
        scheme = page.evaluate("document.documentElement.dataset.theme")
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        page.keyboard.press("Alt+Shift+=")
        expect(page.get_by_role("button", name="更大", pressed=True)).to_be_visible()
        larger = size_of(page, "html")
        page.goto((pages / "zhengce/bf.html").as_uri())
        portal = size_of(page, "html")
        page.goto((pages / POLICY).as_uri())
        page.keyboard.press("Alt+Shift+0")
        expect(page.get_by_role("button", name="大", pressed=True, exact=True)).to_be_visible()

        assert (first, scheme, ground) == (24, "yellow", "rgb(0, 0, 0)")
        assert (larger, portal, size_of(page, "html")) == (27, 27, 24)


def test_the_bar_has_no_tool_that_the_edition_has_by_itself(browser: Browser, pages: Path) -> None:
    with opened(browser, pages / POLICY, VOICES) as page:
        page.get_by_role("button", name="阅读工具").click()
        names = page.get_by_role("toolbar").get_by_role("button").all_inner_texts()
        page.keyboard.press("Escape")

        assert names == [
            "配色", "朗读", "指读", "大字幕", "十字光标", "大鼠标", "快速定位", "帮助", "重置", "关闭",
        ]  # fmt: skip
        expect(page.get_by_role("button", name="阅读工具")).to_be_focused()
