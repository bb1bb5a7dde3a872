"""What readers meet on every template: sizes, spacing, keyboard, forced colours, paper. Numbers A-… as in the lines."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.access.pages import Sort

_SIDEWAYS: Final = "document.documentElement.scrollWidth - innerWidth"
_CLIPPED: Final = """() => {
    const shown = item => item.checkVisibility({visibilityProperty: true})
        && !item.closest('.hidden, svg, [aria-hidden=true]') && item.getBoundingClientRect().width > 1;
    const speaks = item => [...item.childNodes].some(node => node.nodeType === 3 && node.data.trim());
    return [...document.querySelectorAll('main *, header *, footer *')]
        .filter(item => shown(item) && /hidden|clip/.test(getComputedStyle(item).overflow))
        .filter(item => { const box = item.getBoundingClientRect();
            return [item, ...item.querySelectorAll('*')].filter(part => speaks(part) && shown(part)).some(part => {
                const inner = part.getBoundingClientRect();
                return inner.right > box.right + 1 || inner.bottom > box.bottom + 1; }); })
        .map(item => item.className); }"""
_SPACED: Final = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
    p { margin-bottom: 2em !important }"""
_SIZES: Final = """() => [...document.querySelectorAll('body *')]
    .filter(item => [...item.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
    .filter(item => !item.closest('noscript, svg, .hidden') && item.checkVisibility())
    .filter(item => item.getBoundingClientRect().width > 1)
    .map(item => [parseFloat(getComputedStyle(item).fontSize), item.className || item.tagName])"""
_PARAGRAPHS: Final = """() => [...document.querySelectorAll('main p, main li > span, main dd')]
    .filter(item => item.textContent.trim().length > 30 && item.checkVisibility())
    .map(item => { const style = getComputedStyle(item), size = parseFloat(style.fontSize);
        return [parseFloat(style.lineHeight) / size, style.textAlign, item.className || item.tagName]; })"""
_GAPS: Final = """() => [...document.querySelectorAll('.text p + p')].filter(item => item.checkVisibility())
    .filter(item => !item.closest('.text--official, .text--clauses'))
    .filter(item => !item.matches('.document__signature + .document__date'))
    .map(item => { const line = parseFloat(getComputedStyle(item).lineHeight);
        const gap = item.getBoundingClientRect().top - item.previousElementSibling.getBoundingClientRect().bottom;
        return (line + gap) / line; })"""
_SMALL_TARGETS: Final = """least => [...document.querySelectorAll('a[href], button, summary, input')]
    .filter(item => !item.closest('p, dd, td, .text, .callout, .skip') && !item.classList.contains('skip'))
    .map(item => [item.textContent.trim().slice(0, 20) || item.className, item.getBoundingClientRect()])
    .filter(([, box]) => box.width && box.height < least - .5)
    .map(([name, box]) => `${name} ${Math.round(box.height)}`)"""
_STOPS: Final = """() => [...document.querySelectorAll(
        'a[href], button, input:not([type=hidden]), select, textarea, summary, video[controls], [tabindex="0"]')]
    .filter(item => !item.disabled && item.tabIndex >= 0 && item.checkVisibility({visibilityProperty: true}))
    .map((item, index) => (item.dataset.stop = index, index)).length"""
_FOCUSED: Final = """() => { const item = document.activeElement;
    if (!item || item === document.body || item.dataset.stop === undefined) return null;
    const form = item.closest('.searchbox:focus-within');
    const framed = form && getComputedStyle(item).outlineStyle === 'none' ? form : item;
    const style = getComputedStyle(framed), box = item.getClientRects()[0] || item.getBoundingClientRect();
    const x = Math.max(0, Math.min(innerWidth - 1, box.left + box.width / 2));
    const y = Math.max(0, Math.min(innerHeight - 1, box.top + box.height / 2));
    const top = document.elementFromPoint(x, y);
    return {stop: Number(item.dataset.stop), name: item.textContent.trim().slice(0, 20) || item.className,
        outline: style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth),
        seen: !!top && (item.contains(top) || top.contains(item))}; }"""


@contextmanager
def _opened(browser: Browser, width: int, height: int = 900, **options: Any) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": width, "height": height}, locale="zh-CN", reduced_motion="reduce", **options
    )
    yield context.new_page()
    context.close()


def test_other_spacing_of_text_loses_nothing(browser: Browser, base: str, shown: list[Sort]) -> None:
    """A-21: the spacing of WCAG 1.4.12, set by the reader."""
    found = {}
    with _opened(browser, 320, bypass_csp=True) as page:
        for sort in shown:
            page.goto(base + sort.path)
            before = set(page.evaluate(_CLIPPED))
            page.add_style_tag(content=_SPACED)
            lost = [name for name in page.evaluate(_CLIPPED) if name not in before]
            if page.evaluate(_SIDEWAYS) > 0 or lost:
                found[str(sort)] = lost or ["sideways"]
    assert found == {}


@pytest.mark.parametrize(("width", "height"), [(640, 450), (740, 360)], ids=["zoomed", "lying"])
def test_nothing_is_lost_when_zoomed_or_turned(
    browser: Browser, base: str, shown: list[Sort], width: int, height: int
) -> None:
    """A-13, A-19: 1280 px at 200 % are 640 px; a small phone lying on its side."""
    found = {}
    with _opened(browser, width, height) as page:
        for sort in shown:
            page.goto(base + sort.path)
            if page.evaluate(_SIDEWAYS) > 0 or page.evaluate(_CLIPPED):
                found[str(sort)] = page.evaluate(_CLIPPED)
    assert found == {}


def test_letters_lines_and_paragraphs_are_large_enough(
    browser: Browser, base: str, shown: list[Sort]
) -> None:
    """A-24 to A-27: sizes in px, line height as a multiple of the size, distance of paragraphs as one of the line.

    Official documents keep the paragraphs of their paper form: set in by two characters, without a gap (GB/T 9704);
    a signature and its date are one.
    """
    wrong: dict[str, object] = {}
    with _opened(browser, 360, 800) as page:
        for sort in shown:
            body, least, leading = (24, 20, 1.8) if sort.edition == "elder" else (18, 16, 1.5)
            page.goto(base + sort.path)
            sizes = page.evaluate(_SIZES)
            small = {name for size, name in sizes if size < least - 0.01}
            paragraphs = page.evaluate(_PARAGRAPHS)
            tight = {name for lines, _, name in paragraphs if lines < leading - 0.01}
            justified = {name for _, side, name in paragraphs if side == "justify"}
            close = [round(gap, 2) for gap in page.evaluate(_GAPS) if gap < 1.3]
            plain = page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
            if plain < body or small or tight or justified or close:
                wrong[str(sort)] = (plain, small, tight, justified, close[:3])
    assert wrong == {}


def test_targets_of_a_finger_are_large(browser: Browser, base: str, shown: list[Sort]) -> None:
    """A-47: 44 px outside of running text; the entrances of the elder home 60 px."""
    wrong = {}
    with _opened(browser, 360, 800) as page:
        for sort in shown:
            page.goto(base + sort.path)
            small = page.evaluate(_SMALL_TARGETS, 44)
            if small:
                wrong[str(sort)] = small[:5]
    assert wrong == {}


def test_the_keyboard_reaches_everything_in_order_and_leaves(
    browser: Browser, base: str, shown: list[Sort]
) -> None:
    """A-28, A-34, A-36, A-40, A-41: by real presses, on the pages with the fewest and with forms and menus."""
    wrong: dict[str, object] = {}
    with _opened(browser, 1280) as page:
        counts = {}
        for sort in shown:
            page.goto(base + sort.path)
            counts[sort] = page.evaluate(_STOPS)
        fewest = sorted(counts, key=lambda sort: counts[sort])[:5]
        named = [sort for sort in shown if sort.template in ("home.html", "pages/policy.html")]
        for sort in dict.fromkeys([*fewest, *named]):
            page.goto(base + sort.path)
            count = page.evaluate(_STOPS)
            visited = []
            for _ in range(count + 3):
                page.keyboard.press("Tab")
                state = page.evaluate(_FOCUSED)
                if state is None:
                    break
                visited.append(state)
            order = [state["stop"] for state in visited[:count]]
            unseen = [state["name"] for state in visited if not state["seen"] or state["outline"] < 2]
            is_left = len(visited) == count or visited[count]["stop"] == 0
            if order != list(range(count)) or unseen or not is_left:
                wrong[str(sort)] = (count, order[-3:], unseen[:5])
    assert wrong == {}


def test_forced_colours_keep_edges_and_focus(browser: Browser, base: str, shown: list[Sort]) -> None:
    """A-79."""
    wrong = {}
    with _opened(browser, 1280, forced_colors="active") as page:
        for sort in shown:
            page.goto(base + sort.path)
            bare = page.evaluate(
                """() => [...document.querySelectorAll('.button, .tools__button, input:not([type=hidden]):not([type=radio]):not([type=checkbox])')]
                    .filter(item => item.checkVisibility() && item.getBoundingClientRect().width > 1)
                    .filter(item => [item, item.closest('.searchbox') || item]
                        .every(box => parseFloat(getComputedStyle(box).borderBottomWidth) < 1))
                    .map(item => item.className)"""
            )
            page.keyboard.press("Tab")
            outline = page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)")
            if bare or outline < 2:
                wrong[str(sort)] = (bare, outline)
    assert wrong == {}


def test_paper_shows_the_matter_and_the_addresses(browser: Browser, base: str, shown: list[Sort]) -> None:
    """A-73: no menus, black on white, addresses behind links that lead out."""
    wrong = {}
    with _opened(browser, 794, color_scheme="dark") as page:
        page.emulate_media(media="print")
        for sort in shown:
            page.goto(base + sort.path)
            menus = page.evaluate(
                """() => [...document.querySelectorAll('header nav, footer nav, .skip, nav[aria-label="当前位置"]')]
                    .filter(item => item.checkVisibility()).length"""
            )
            colours = page.evaluate(
                "(() => { const style = getComputedStyle(document.body); return [style.color, style.backgroundColor]; })()"
            )
            silent = page.evaluate(
                """() => [...document.querySelectorAll('.text a.external')]
                    .filter(item => !getComputedStyle(item, '::after').content.includes('://')).length"""
            )
            if menus or silent or colours != ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]:
                wrong[str(sort)] = (menus, silent, colours)
    assert wrong == {}


def test_single_keys_do_nothing(browser: Browser, base: str) -> None:
    """A-29: no character alone is a shortcut."""
    with _opened(browser, 1280) as page:
        page.goto(base)
        before = page.evaluate("document.documentElement.outerHTML")
        for key in "abcdefghijklmnopqrstuvwxyz0123456789?":
            page.keyboard.press(key)
        assert page.evaluate("document.documentElement.outerHTML") == before
        assert page.url.rstrip("/").removesuffix("/index.html") == base.rstrip("/")
