"""How pages behave in a browser: widths, targets, scripts on and off, preferences before the first paint."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

PATHS = (
    "index.html",
    "zhengce/bf.html",
    "wenda/wt.html",
    "zhengji/zj.html",
    "zcwj/index.html",
    "search.html",
    "sitemap.html",
    "mulu/index.html",
)
SMALL_TARGETS = """() => [...document.querySelectorAll('a, button, summary, input')]
    .filter(item => !item.closest('.text, .callout, .skip') && !item.classList.contains('skip'))
    .map(item => [item.textContent.trim() || item.className, item.getBoundingClientRect()])
    .filter(([, box]) => box.width && box.height < 43.5)
    .map(([name, box]) => `${name} ${Math.round(box.height)}`)"""


@contextmanager
def opened(browser: Browser, file: Path, **options: Any) -> Iterator[Page]:
    context = browser.new_context(**({"viewport": {"width": 1280, "height": 900}} | options))
    page = context.new_page()
    page.goto(file.as_uri())
    try:
        yield page
    finally:
        context.close()


@pytest.mark.parametrize("width", [320, 768, 1280])
@pytest.mark.parametrize("path", PATHS)
def test_fits_the_width_and_gives_large_targets(browser: Browser, pages: Path, path: str, width: int) -> None:
    with opened(browser, pages / path, viewport={"width": width, "height": 800}) as page:
        overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        small = page.evaluate(SMALL_TARGETS)

    assert (overflow, small) == (0, [])


@pytest.mark.parametrize("path", PATHS)
def test_nothing_is_lost_at_twice_the_size(browser: Browser, pages: Path, path: str) -> None:
    with opened(browser, pages / path) as page:
        page.evaluate("document.documentElement.style.setProperty('--root', '225%')")
        overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")

    assert overflow == 0


@pytest.mark.parametrize("path", PATHS)
def test_no_small_print(browser: Browser, pages: Path, path: str) -> None:
    """Body text of at least 18 px, other text of at least 16 (domain/04, A-24)."""
    with opened(browser, pages / path, viewport={"width": 360, "height": 800}) as page:
        body = page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
        small = page.evaluate(
            """() => [...document.querySelectorAll('body *')]
                .filter(item => [...item.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
                .filter(item => item.tagName !== 'NOSCRIPT' && item.getBoundingClientRect().width > 1)
                .filter(item => parseFloat(getComputedStyle(item).fontSize) < 16)
                .map(item => item.className)"""
        )

    assert body >= 18
    assert small == []


def test_lines_have_at_most_forty_characters(browser: Browser, pages: Path) -> None:
    with opened(browser, pages / "zhengce/bf.html") as page:
        widest = page.evaluate(
            """() => Math.max(...[...document.querySelectorAll('.text p')].map(item =>
                item.getBoundingClientRect().width / parseFloat(getComputedStyle(item).fontSize)))"""
        )

    assert widest <= 40


def test_the_first_stop_of_the_keyboard_leads_to_the_matter(browser: Browser, pages: Path) -> None:
    with opened(browser, pages / "zhengce/bf.html") as page:
        page.keyboard.press("Tab")
        first = page.evaluate("document.activeElement.textContent")
        shown = page.evaluate("document.activeElement.getBoundingClientRect().top >= 0")
        page.keyboard.press("Enter")
        reached = page.evaluate("document.activeElement.id")

    assert (first, shown, reached) == ("跳到主要内容", True, "main")


def test_tools_come_with_scripts_and_move_nothing(browser: Browser, pages: Path) -> None:
    with opened(browser, pages / "zhengce/bf.html") as page:
        with_scripts = page.locator(".tools button").all_text_contents()
        shift = page.evaluate(
            """() => new Promise(done => { let sum = 0;
                new PerformanceObserver(list => list.getEntries().forEach(item => { sum += item.value; }))
                    .observe({type: 'layout-shift', buffered: true});
                setTimeout(() => done(sum), 200); })"""
        )
    with opened(browser, pages / "zhengce/bf.html", java_script_enabled=False) as page:
        without = page.locator("button:visible:not([type=submit])").count()

    assert with_scripts == ["标准", "大", "特大", "朗读", "打印", "复制链接"]
    assert shift <= 0.02
    assert without == 0


@pytest.mark.parametrize(
    ("now", "words"),
    [
        ("2026-11-01T12:00:00+08:00", "征集中"),
        ("2026-11-02T00:10:00+08:00", "还剩25 天"),
        ("2026-11-26T23:50:00+08:00", "还剩1 天"),
        ("2026-11-27T09:00:00+08:00", "今天截止"),
        ("2026-11-28T00:10:00+08:00", "征集中"),
    ],
)
def test_days_left_are_counted_in_beijing_time(browser: Browser, pages: Path, now: str, words: str) -> None:
    context = browser.new_context(timezone_id="America/New_York")
    page = context.new_page()
    page.clock.set_fixed_time(now)
    page.goto((pages / "zhengji/zj.html").as_uri())
    said = page.locator(".deadline").text_content()
    dates = page.locator(".term__dates").text_content()
    context.close()

    assert said == words
    assert dates == "2026年11月2日至2026年11月27日"


def test_the_contents_mark_the_chapter_being_read(browser: Browser, pages: Path) -> None:
    with opened(browser, pages / "zhengce/bf.html", viewport={"width": 1280, "height": 500}) as page:
        page.locator("#zhang-2").evaluate(
            "item => item.scrollIntoView({block: 'start', behavior: 'instant'})"
        )
        current = page.locator(".contents__link[aria-current]")
        current.first.wait_for(timeout=5000)
        said = current.all_text_contents()

    assert said == ["第二章　对象和标准3—4 条"]


def test_preferences_are_there_before_the_first_paint(browser: Browser, pages: Path) -> None:
    with opened(browser, pages / "index.html") as page:
        page.evaluate("localStorage.setItem('yangguang.1.theme', 'dark')")
        page.add_init_script(
            """new MutationObserver((_, observer) => { if (document.body) {
                window.atBody = document.documentElement.dataset.theme; observer.disconnect(); } })
                .observe(document, {childList: true, subtree: true})"""
        )
        page.reload()
        at_body = page.evaluate("window.atBody")
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")

    assert (at_body, ground) == ("dark", "rgb(16, 23, 29)")


@pytest.mark.parametrize(
    ("options", "ground"),
    [
        ({}, "rgb(252, 251, 249)"),
        ({"color_scheme": "dark"}, "rgb(16, 23, 29)"),
        ({"contrast": "more"}, "rgb(0, 0, 0)"),
        ({"color_scheme": "dark", "contrast": "more"}, "rgb(0, 0, 0)"),
    ],
    ids=["light", "dark", "contrast", "dark with contrast"],
)
def test_follows_the_reader_s_system(
    browser: Browser, pages: Path, options: dict[str, Any], ground: str
) -> None:
    with opened(browser, pages / "index.html", **options) as page:
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == ground


def test_an_official_document_prints_on_its_own(browser: Browser, pages: Path) -> None:
    with opened(browser, pages / "zhengce/bf.html") as page:
        page.emulate_media(media="print")
        shown = {
            name: page.locator(name).first.is_visible()
            for name in (".document__number", ".document__title", ".clause", ".masthead__row", ".foot", ".tools", ".contents")
        }  # fmt: skip
        size = page.locator(".clause p").first.evaluate("item => getComputedStyle(item).fontSize")

        sheet = page.pdf(prefer_css_page_size=True)
        other = page.goto((pages / "wenda/wt.html").as_uri()) and page.pdf(prefer_css_page_size=True)

    assert [name for name, visible in shown.items() if visible] == [
        ".document__number",
        ".document__title",
        ".clause",
    ]
    assert round(float(size[:-2]) * 0.75) == 16
    first = PdfReader(io.BytesIO(sheet)).pages[0]
    assert [round(float(side) * 25.4 / 72) for side in (first.mediabox.width, first.mediabox.height)] == [
        210,
        297,
    ]
    assert "— 1 —" in (first.extract_text() or "")
    assert "— 1 —" not in (PdfReader(io.BytesIO(other or b"")).pages[0].extract_text() or "")
