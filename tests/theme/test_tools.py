"""The reading tools in a browser (domain/04, section 3; A-19, A-28, A-29, A-41, A-47, A-59, A-65 to A-70)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.access.axe import violations
from tests.theme.test_contrast import contrast

POLICY = "zhengce/bf.html"
TITLE = "越明市人民政府办公室关于印发《越明市困难老年人家庭适老化改造补贴办法》的通知"
VOICES = """
window.said = [];
window.voiceList = [
  {lang: 'en-US', name: 'English', localService: true},
  {lang: 'zh-HK', name: '粤语', localService: true},
  {lang: 'zh-CN', name: '普通话', localService: true},
];
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
Object.defineProperty(window, 'speechSynthesis', {value: {
  getVoices: () => window.voiceList,
  cancel() { this.now = null; },
  speak(utterance) { this.now = utterance; window.said.push(utterance.text); window.last = utterance; },
  end() { const done = this.now; this.now = null; done.onend({}); },
}});
"""
"""A speech engine whose sentences last until the test ends them."""
NETWORK_ONLY = VOICES + "window.voiceList = [{lang: 'zh-CN', name: '云端', localService: false}];"
SHIFT = """() => new Promise(done => { let sum = 0;
    new PerformanceObserver(list => list.getEntries().forEach(item => { sum += item.value; }))
        .observe({type: 'layout-shift', buffered: true});
    setTimeout(() => done(sum), 400); })"""


@contextmanager
def opened(browser: Browser, file: Path, *scripts: str, **options: Any) -> Iterator[Page]:
    """A page without errors; scripts run before its own."""
    context = browser.new_context(**({"viewport": {"width": 1280, "height": 900}} | options))
    for script in scripts:
        context.add_init_script(script)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
    page.goto(file.as_uri())
    try:
        yield page
        assert errors == []
    finally:
        context.close()


def open_bar(page: Page) -> None:
    page.locator(".masthead__trigger:visible, .allmenu__place button:visible").first.click()
    expect(page.get_by_role("toolbar", name="阅读工具")).to_be_visible()


def press(page: Page, label: str) -> None:
    page.get_by_role("toolbar").get_by_role("button", name=label, exact=True).press("Enter")


def said(page: Page) -> list[str]:
    found: list[str] = page.evaluate("window.said")
    return found


def status(page: Page) -> str:
    """What screen readers are told: the status messages on the page."""
    return "｜".join(text for text in page.get_by_role("status").all_text_contents() if text)


def size_of(page: Page, selector: str = "body") -> float:
    found: float = page.locator(selector).first.evaluate(
        "item => parseFloat(getComputedStyle(item).fontSize)"
    )
    return found


# --- loading ----------------------------------------------------------------------------------------


def test_nothing_of_the_tools_is_fetched_before_their_use(browser: Browser, pages: Path) -> None:
    requested: list[str] = []
    with opened(browser, pages / "wenda/wt.html") as page:
        page.on("request", lambda request: requested.append(request.url.rpartition("/")[2].partition("-")[0]))
        page.goto((pages / POLICY).as_uri())
        page.wait_for_timeout(300)
        before = set(requested)
        requested.clear()
        open_bar(page)

    assert before == {"bf.html", "icon", "main", "preferences", "site"}
    assert requested == ["tools", "tools"]


def test_without_scripts_there_are_no_tools(browser: Browser, pages: Path) -> None:
    with opened(browser, pages / POLICY, java_script_enabled=False) as page:
        assert page.locator("button:visible:not([type=submit])").count() == 0
        assert page.get_by_text("阅读工具").count() == 0
        assert page.locator("h1").inner_text().replace("\n", "") == TITLE


def test_where_storage_is_refused_the_tools_work_on_the_page(browser: Browser, pages: Path) -> None:
    refused = "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError'); }});"
    with opened(browser, pages / POLICY, refused) as page:
        open_bar(page)
        press(page, "字大，放大字号")

        assert size_of(page, "html") == pytest.approx(19.8)


# --- the bar ----------------------------------------------------------------------------------------


def test_the_keyboard_opens_walks_and_leaves_the_bar(browser: Browser, pages: Path) -> None:
    with opened(browser, pages / POLICY, VOICES) as page:
        trigger = page.get_by_role("button", name="阅读工具")
        trigger.focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("toolbar")).to_be_visible()
        names = []
        for _ in range(12):
            names.append(page.evaluate("document.activeElement.textContent"))
            page.keyboard.press("ArrowRight")
        around = page.evaluate("document.activeElement.textContent")
        page.keyboard.press("End")
        last = page.evaluate("document.activeElement.textContent")
        page.keyboard.press("Tab")
        left = page.evaluate("document.activeElement.closest('[role=toolbar]') === null")
        page.keyboard.press("Shift+Tab")
        back = page.evaluate("document.activeElement.textContent")
        page.keyboard.press("Escape")

        assert names == [
            "字小", "字大", "配色", "朗读", "指读", "大字幕", "十字光标", "大鼠标", "简版", "快速定位", "帮助", "重置",
        ]  # fmt: skip
        assert (around, last, left, back) == ("关闭", "关闭", True, "关闭")
        expect(page.get_by_role("toolbar")).to_have_count(0)
        expect(trigger).to_be_focused()
        expect(trigger).to_have_attribute("aria-expanded", "false")


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_every_tool_is_large_enough_and_inside_the_page(browser: Browser, pages: Path, width: int) -> None:
    with opened(browser, pages / POLICY, VOICES, viewport={"width": width, "height": 800}) as page:
        open_bar(page)
        press(page, "大字幕")
        press(page, "帮助")
        page.get_by_role("toolbar").get_by_role("button", name="朗读").click()
        expect(page.locator(".player")).to_be_visible()
        small = page.evaluate(
            """() => [...document.querySelectorAll('.reading button, .reading label, .dock button')]
                .map(item => [item.textContent, item.getBoundingClientRect()])
                .filter(([, box]) => box.width && (box.height < 43.5 || box.width < 43.5))
                .map(([name]) => name)"""
        )
        overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")

    assert (small, overflow) == ([], 0)


@pytest.mark.parametrize("scheme", ["默认", "深色", "白底黑字", "黑底白字", "黑底黄字", "蓝底黄字"])
def test_open_tools_are_accessible_themselves(browser: Browser, pages: Path, scheme: str) -> None:
    """Every rule of axe-core, with the bar, each of its drawers, captions and the player open."""
    found: dict[str, list[str]] = {}
    with opened(browser, pages / POLICY, VOICES, reduced_motion="reduce") as page:
        open_bar(page)
        press(page, "配色")
        page.get_by_role("group", name="配色").get_by_role("button", name=scheme).click()
        press(page, "指读")
        press(page, "大字幕")
        press(page, "朗读")
        expect(page.locator(".player")).to_be_visible()
        for drawer in ("配色", "快速定位", "帮助"):
            if (
                page.get_by_role("toolbar").get_by_role("button", name=drawer).get_attribute("aria-expanded")
                != "true"
            ):
                press(page, drawer)
            found[drawer] = violations(page)

    assert found == {"配色": [], "快速定位": [], "帮助": []}


def test_the_open_bar_comes_back_on_the_next_page_and_moves_nothing(browser: Browser, pages: Path) -> None:
    with opened(browser, pages / POLICY, VOICES) as page:
        open_bar(page)
        press(page, "字大，放大字号")
        press(page, "大字幕")
        page.goto((pages / "wenda/wt.html").as_uri())
        expect(page.get_by_role("toolbar")).to_be_visible()
        shift = page.evaluate(SHIFT)

        expect(page.get_by_role("button", name="大字幕", exact=True)).to_have_attribute(
            "aria-pressed", "true"
        )
        assert shift <= 0.02


def test_reset_forgets_everything_at_once(browser: Browser, pages: Path) -> None:
    with opened(browser, pages / POLICY, VOICES) as page:
        open_bar(page)
        for label in ("字大，放大字号", "指读", "大字幕", "十字光标", "大鼠标", "简版"):
            press(page, label)
        press(page, "重置")

        assert page.evaluate("Object.keys(localStorage)") == ["yangguang.1.bar"]
        assert page.evaluate("Object.keys(document.documentElement.dataset).sort()") == [
            "bar",
            "edition",
            "scripts",
        ]
        assert page.get_by_role("toolbar").locator("[aria-pressed=true]").count() == 0
        assert (size_of(page, "html"), status(page)) == (18, "已全部恢复默认")
        assert page.context.cookies() == []


# --- looks ------------------------------------------------------------------------------------------


def test_letters_grow_to_twice_their_size_and_stay_so(browser: Browser, pages: Path) -> None:
    """A-68."""
    with opened(browser, pages / POLICY) as page:
        open_bar(page)
        sizes = []
        for _ in range(11):
            press(page, "字大，放大字号")
            sizes.append(round(size_of(page, "html") / 18 * 100))
        told = status(page)
        page.add_init_script(
            """new MutationObserver((_, observer) => { if (document.body) {
                window.atBody = getComputedStyle(document.documentElement).fontSize; observer.disconnect(); } })
                .observe(document, {childList: true, subtree: true})"""
        )
        page.goto((pages / "wenda/wt.html").as_uri())

        assert sizes == [110, 120, 130, 140, 150, 160, 170, 180, 190, 200, 200]
        assert told == "字号 200%，已到头"
        assert page.evaluate("window.atBody") == "36px"


@pytest.mark.parametrize(
    "path", ["index.html", POLICY, "wenda/wt.html", "zhengji/zj.html", "zcwj/index.html", "search.html"]
)
def test_at_twice_the_size_nothing_leaves_the_window(browser: Browser, pages: Path, path: str) -> None:
    """A-19: 1280 px wide, 200 %, with the bar open."""
    stored = (
        "localStorage.setItem('yangguang.1.size', '200'); localStorage.setItem('yangguang.1.bar', '300');"
    )
    with opened(browser, pages / path, stored) as page:
        expect(page.get_by_role("toolbar")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") == 0


@pytest.mark.parametrize(
    "path", ["index.html", POLICY, "wenda/wt.html", "zhengji/zj.html", "zcwj/index.html"]
)
def test_at_twice_the_size_a_phone_has_one_column(browser: Browser, pages: Path, path: str) -> None:
    """No text is squeezed into a strip of two characters, nothing leaves the window."""
    stored = "localStorage.setItem('yangguang.1.size', '200');"
    with opened(browser, pages / path, stored, viewport={"width": 360, "height": 800}) as page:
        page.wait_for_function("document.fonts.ready")
        narrow = page.evaluate(
            """() => [...document.querySelectorAll('body *')].filter(item => item.getClientRects().length
                && !item.closest('.hidden, .skip, table, [aria-hidden=true]')
                && [...item.childNodes].some(node => node.nodeType === 3 && node.data.trim().length > 3)
                && getComputedStyle(item).display !== 'inline'
                && item.getBoundingClientRect().width < 2.5 * parseFloat(getComputedStyle(item).fontSize))
                .map(item => item.className + ': ' + item.textContent.trim())"""
        )
        assert (narrow, page.evaluate("document.documentElement.scrollWidth - innerWidth")) == ([], 0)


def test_the_row_under_a_title_changes_the_size_too(browser: Browser, pages: Path) -> None:
    with opened(browser, pages / POLICY) as page:
        group = page.get_by_role("group", name="字号")
        group.get_by_role("button", name="特大").click()

        assert size_of(page, "html") == 27
        assert group.locator("[aria-pressed=true]").all_text_contents() == ["特大"]
        assert status(page) == "字号：特大"


@pytest.mark.parametrize(
    ("label", "ground", "letters"),
    [
        ("白底黑字", "rgb(255, 255, 255)", "rgb(0, 0, 0)"),
        ("黑底白字", "rgb(0, 0, 0)", "rgb(255, 255, 255)"),
        ("黑底黄字", "rgb(0, 0, 0)", "rgb(255, 228, 92)"),
        ("蓝底黄字", "rgb(0, 24, 79)", "rgb(255, 228, 92)"),
    ],
)
def test_a_scheme_colours_text_links_and_fields(
    browser: Browser, pages: Path, label: str, ground: str, letters: str
) -> None:
    """A-69; measured from what the browser computes, each against the ground it stands on."""
    with opened(browser, pages / "search.html") as page:
        open_bar(page)
        press(page, "配色")
        page.get_by_role("group", name="配色").get_by_role("button", name=label).click()
        page.goto((pages / "search.html").as_uri())
        expect(page.get_by_role("toolbar")).to_be_visible()
        pairs = page.evaluate(
            """() => ['main p', 'main a', '.searchbox__field', '.masthead a', '.foot a', '.reading__button', 'h2']
                .map(name => document.querySelector(name)).filter(item => item)
                .map(item => { let box = item, ground = 'rgba(0, 0, 0, 0)';
                    while (ground === 'rgba(0, 0, 0, 0)') { ground = getComputedStyle(box).backgroundColor; box = box.parentElement; }
                    return [getComputedStyle(item).color, ground]; })"""
        )
        body = page.evaluate(
            "(({backgroundColor, color}) => [backgroundColor, color])(getComputedStyle(document.body))"
        )

    assert body == [ground, letters]
    assert len(pairs) == 7
    assert [pair for pair in pairs if contrast(as_hex(pair[0]), as_hex(pair[1])) < 7] == []


def as_hex(colour: str) -> str:
    parts = colour.removeprefix("rgb(").removesuffix(")").split(", ")
    return "#" + "".join(f"{int(part):02x}" for part in parts)


def test_a_chosen_scheme_is_there_at_the_first_paint(browser: Browser, pages: Path) -> None:
    """The sheet of the schemes holds the paint back: the first frame already has the ground chosen."""
    stored = "localStorage.setItem('yangguang.1.theme', 'blue');"
    probe = """requestAnimationFrame(function look() {
        if (document.body && performance.getEntriesByType('paint').length) {
            window.first = getComputedStyle(document.body).backgroundColor;
        } else requestAnimationFrame(look); });"""
    with opened(browser, pages / POLICY, stored, probe) as page:
        page.wait_for_function("window.first")
        assert page.evaluate("window.first") == "rgb(0, 24, 79)"


def test_the_large_pointer_is_a_picture(browser: Browser, pages: Path) -> None:
    """A-67: 64 px, light on dark grounds."""
    with opened(browser, pages / POLICY) as page:
        open_bar(page)
        press(page, "大鼠标")
        cursor = page.locator(".text p").first.evaluate("item => getComputedStyle(item).cursor")
        on_link = page.locator(".foot a").first.evaluate("item => getComputedStyle(item).cursor")
        page.evaluate("yangguang.prefer('theme', 'dark')")
        on_dark = page.locator(".text p").first.evaluate("item => getComputedStyle(item).cursor")
        loaded = page.evaluate(
            """address => new Promise(done => { const image = new Image();
                image.onload = () => done([image.naturalWidth, image.naturalHeight]);
                image.onerror = () => done(null); image.src = address; })""",
            cursor.partition('url("')[2].partition('"')[0],
        )

    assert "/arrow-" in cursor and "/hand-" in on_link and "/arrow-light-" in on_dark
    assert loaded == [64, 64]


def test_the_plain_layout_drops_what_only_adorns(browser: Browser, pages: Path) -> None:
    with opened(browser, pages / "index.html") as page:
        open_bar(page)
        press(page, "简版")
        shown = {
            name: page.locator(name).first.is_visible()
            for name in (".hero__art", ".foot__town", "h1", ".menu", "#q")
        }

    assert shown == {".hero__art": False, ".foot__town": False, "h1": True, ".menu": True, "#q": True}


# --- following --------------------------------------------------------------------------------------


def test_large_captions_show_what_is_pointed_at_and_hide_no_focus(browser: Browser, pages: Path) -> None:
    """A-41, A-65: at least 48 px; the page scrolls on past them; they close by a button of their own."""
    window = {"viewport": {"width": 800, "height": 600}, "reduced_motion": "reduce"}
    with opened(browser, pages / POLICY, **window) as page:
        open_bar(page)
        press(page, "大字幕")
        page.locator(".text p").first.hover()
        caption = page.locator(".captions__text")
        expect(caption).to_have_text("各区、县（市）人民政府，市政府各部门、各单位：")
        hidden = page.evaluate(
            """() => [...document.querySelectorAll('main a, footer a')].filter(item => item.getClientRects().length)
                .filter(item => { item.focus();
                    const top = document.querySelector('.dock').getBoundingClientRect().top;
                    return item.getBoundingClientRect().top >= top; }).map(item => item.textContent)"""
        )
        assert size_of(page, ".captions__text") >= 48
        assert hidden == []
        page.get_by_role("button", name="关闭大字幕").click()
        expect(caption).to_have_count(0)
        assert page.evaluate("localStorage.getItem('yangguang.1.captions')") is None


def test_the_cross_follows_pointer_and_focus_and_catches_no_click(browser: Browser, pages: Path) -> None:
    where = """() => [...document.querySelectorAll('.cross')].map(line => line.getBoundingClientRect())
        .map((box, index) => Math.round(index ? box.left : box.top))"""
    with opened(browser, pages / POLICY) as page:
        open_bar(page)
        press(page, "十字光标")
        page.mouse.move(300, 400)
        pointed = page.evaluate(where)
        caught = page.evaluate("document.elementFromPoint(300, 400).className")
        page.get_by_role("button", name="打印").focus()
        box = page.get_by_role("button", name="打印").bounding_box()
        focused = page.evaluate(where)

    assert box is not None
    assert pointed == [399, 299]
    assert "cross" not in caught
    assert abs(focused[0] - (box["y"] + box["height"] / 2)) <= 2
    assert abs(focused[1] - (box["x"] + box["width"] / 2)) <= 2


def test_pointing_reads_what_the_pointer_or_the_focus_is_on(browser: Browser, pages: Path) -> None:
    """A-66: off at first; on the next page as it was chosen; the tools themselves are not read."""
    with opened(browser, pages / POLICY, VOICES) as page:
        page.locator("h1").hover()
        page.wait_for_timeout(300)
        assert said(page) == []
        open_bar(page)
        press(page, "指读")
        page.locator("h1").hover()
        page.wait_for_function("window.said.length === 1")
        marked = page.locator(".said").evaluate("item => item.tagName")
        page.get_by_role("button", name="打印").focus()
        page.wait_for_function("window.said.length === 2")
        page.goto((pages / "wenda/wt.html").as_uri())
        expect(page.get_by_role("button", name="指读")).to_have_attribute("aria-pressed", "true")
        page.locator(".answer__text").first.hover()
        page.wait_for_function("window.said.length === 1")
        there = said(page)
        page.get_by_role("button", name="关闭", exact=True).click()
        page.locator("h1").hover()
        page.wait_for_timeout(300)

        assert marked == "H1"
        assert there == ["特困供养人员每户最高6000元，低保家庭4000元。"]
        assert said(page) == there


# --- reading aloud ----------------------------------------------------------------------------------


def finish(page: Page) -> None:
    page.evaluate("speechSynthesis.end()")


def test_reads_the_page_paragraph_by_paragraph(browser: Browser, pages: Path) -> None:
    with opened(browser, pages / POLICY, VOICES) as page:
        page.get_by_role("button", name="朗读").click()
        page.wait_for_function("window.said.length === 1")
        voice = page.evaluate("[window.last.voice.name, window.last.lang, window.last.rate]")
        marks = [page.locator(".said").inner_text()]
        for count in range(2, 6):
            finish(page)
            page.wait_for_function(f"window.said.length === {count}")
            marks.append(page.locator(".said").inner_text().replace("\n", ""))
        lit = page.evaluate("[...CSS.highlights.get('said')][0].toString()")
        place = page.locator(".player__place").inner_text()

    assert voice == ["普通话", "zh-CN", 1]
    texts = said_at_most(marks)
    assert texts[1] == TITLE
    assert texts[3:] == ["各区、县（市）人民政府，市政府各部门、各单位：", lit]
    assert place.startswith("第 5 段，共 ")


def said_at_most(marks: list[str]) -> list[str]:
    return [" ".join(mark.split()) for mark in marks]


def test_pausing_goes_on_with_the_same_sentence(browser: Browser, pages: Path) -> None:
    with opened(browser, pages / "wenda/wt.html", VOICES) as page:
        page.get_by_role("button", name="朗读").click()
        page.wait_for_function("window.said.length === 1")
        page.get_by_role("button", name="下一段").click()
        page.wait_for_function("window.said.length === 2")
        page.get_by_role("button", name="暂停").click()
        silent = page.evaluate("speechSynthesis.now")
        paused = status(page)
        page.get_by_role("button", name="继续").click()
        page.wait_for_function("window.said.length === 3")
        texts = said(page)
        page.get_by_role("button", name="上一段").click()
        page.wait_for_function("window.said.length === 4")

        assert (silent, paused) == (None, "已暂停")
        assert texts[2] == texts[1] != texts[0]
        assert said(page)[3] == texts[0]


def test_the_speed_is_kept(browser: Browser, pages: Path) -> None:
    with opened(browser, pages / "wenda/wt.html", VOICES) as page:
        page.get_by_role("button", name="朗读").click()
        page.wait_for_function("window.said.length === 1")
        page.get_by_role("button", name="语速 1 倍").click()
        page.wait_for_function("window.said.length === 2")
        faster = page.evaluate("window.last.rate")
        page.reload()
        page.get_by_role("button", name="朗读").click()
        page.wait_for_function("window.said.length === 1")

        assert (faster, page.evaluate("window.last.rate")) == (1.25, 1.25)


def test_stops_at_the_end_and_gives_the_focus_back(browser: Browser, pages: Path) -> None:
    with opened(browser, pages / "wenda/wt.html", VOICES) as page:
        start = page.locator(".tools").get_by_role("button", name="朗读")
        start.focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("button", name="暂停")).to_be_focused()
        while page.locator(".player").count():
            finish(page)
            page.wait_for_function("!document.querySelector('.player') || speechSynthesis.now")
        expect(start).to_be_focused()

        assert status(page) == "朗读完毕"
        assert page.locator(".said").count() == 0
        assert page.evaluate("CSS.highlights.size") == 0


def test_long_sentences_are_cut_at_their_commas(browser: Browser, pages: Path) -> None:
    text = "一" * 100 + "，" + "二" * 60 + "；三。四" + "五" * 130
    with opened(browser, pages / POLICY, VOICES) as page:
        open_bar(page)
        found = page.evaluate(
            "text => yangguang.sentences(text).map(part => text.slice(part.start, part.end))", text
        )

    assert found == ["一" * 100 + "，", "二" * 60 + "；", "三。", "四" + "五" * 119, "五" * 11]


def test_a_failing_engine_stops_the_reading_with_a_message(browser: Browser, pages: Path) -> None:
    with opened(browser, pages / "wenda/wt.html", VOICES) as page:
        page.get_by_role("button", name="朗读").click()
        page.wait_for_function("window.said.length === 1")
        page.evaluate("window.last.onerror({error: 'synthesis-failed'})")

        assert page.locator(".player").count() == 0
        assert "朗读中断" in status(page)


@pytest.mark.parametrize("scripts", [(), (NETWORK_ONLY,)], ids=["as this machine is", "network voices only"])
def test_without_a_chinese_voice_reading_is_greyed_with_the_reason(
    browser: Browser, pages: Path, scripts: tuple[str, ...]
) -> None:
    """The first case is the real engine of a Chromium without voices."""
    with opened(browser, pages / POLICY, *scripts) as page:
        if not scripts and page.evaluate("speechSynthesis.getVoices().length"):
            pytest.skip("this machine has voices")
        row = page.locator(".tools").get_by_role("button", name="朗读")
        expect(row).to_have_attribute("aria-disabled", "true", timeout=8000)
        expect(page.locator(".tools__reason")).to_have_text("这台设备没有中文语音，不能朗读")
        shift = page.evaluate(SHIFT)
        row.press("Enter")
        told = status(page)
        open_bar(page)
        for label in ("朗读", "指读"):
            button = page.get_by_role("toolbar").get_by_role("button", name=label)
            expect(button).to_have_attribute("aria-disabled", "true", timeout=8000)
            expect(button).to_have_accessible_description(
                "这台设备没有中文语音，不能朗读。装上中文语音的办法见“帮助”。"
            )
        press(page, "指读")

        assert told == "这台设备没有中文语音，不能朗读"
        assert shift <= 0.02
        assert page.get_by_role("button", name="指读").get_attribute("aria-pressed") == "false"


# --- keyboard ---------------------------------------------------------------------------------------


def test_shortcuts_work_before_the_tools_are_there_and_can_be_switched_off(
    browser: Browser, pages: Path
) -> None:
    """A-29: never a single key, and a switch."""
    with opened(browser, pages / POLICY, VOICES) as page:
        for key in ("b", "Shift+B", "Alt+b"):
            page.keyboard.press(key)
        page.wait_for_timeout(200)
        assert page.locator(".captions").count() == 0
        page.keyboard.press("Alt+Shift+B")
        expect(page.locator(".captions")).to_be_visible()
        page.keyboard.press("Alt+Shift+=")
        assert size_of(page, "html") == pytest.approx(19.8)
        page.keyboard.press("Alt+Shift+H")
        page.get_by_label("使用快捷键").uncheck()
        told = status(page)
        page.keyboard.press("Alt+Shift+B")
        page.reload()
        expect(page.locator(".captions")).to_be_visible()
        page.keyboard.press("Alt+Shift+B")
        page.wait_for_timeout(200)

        assert told == "快捷键已关闭"
        assert page.locator(".captions").count() == 1


def test_every_shortcut_is_in_the_help_and_does_something(browser: Browser, pages: Path) -> None:
    keys = {"C": "theme", "B": "captions", "X": "cross", "M": "pointer", "T": "layout", "R": "point"}
    with opened(browser, pages / POLICY, VOICES) as page:
        page.keyboard.press("Alt+Shift+H")
        expect(page.get_by_role("heading", name="阅读工具怎么用")).to_be_focused()
        listed = page.locator(".reading__name").all_inner_texts()
        for key in keys:
            page.keyboard.press(f"Alt+Shift+{key}")
        kept = page.evaluate(
            "names => names.filter(name => yangguang.preferences[name])", list(keys.values())
        )
        page.keyboard.press("Alt+Shift+S")
        page.wait_for_function("window.said.length > 0")
        page.keyboard.press("Alt+Shift+0")
        left = page.evaluate(
            "names => names.filter(name => yangguang.preferences[name])", list(keys.values())
        )

    assert listed == ["A", "加号", "减号", "C", "S", "R", "B", "X", "M", "T", "L", "E", "H", "0"]
    assert (kept, left) == (list(keys.values()), [])


def test_quick_positions_lead_to_the_parts_of_the_page(browser: Browser, pages: Path) -> None:
    """A-70: navigation, interaction and matter, each by one press."""
    reached = {}
    with opened(browser, pages / POLICY) as page:
        for label in ("导航", "正文", "目录", "页脚：电话和联系方式"):
            page.keyboard.press("Alt+Shift+L")
            page.get_by_role("group", name="快速定位").get_by_role("button", name=label, exact=True).press(
                "Enter"
            )
            reached[label] = page.evaluate(
                "['.menu', 'h1', '.contents', '.foot'].find(name => document.activeElement.closest(name))"
            )
        open_drawers = page.locator(".reading__drawer:visible").count()

    assert reached == {"导航": ".menu", "正文": "h1", "目录": ".contents", "页脚：电话和联系方式": ".foot"}
    assert open_drawers == 0
