"""The same output works at a domain's root, below a path and from files, with scripts and without."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.servers import Nginx, Place
from tests.sites.output import Output

PATTERNS = {
    "home": "index.html",
    "other home": "shaoxing/index.html",
    "section": "zcwj/index.html",
    "parent section": "zwgk/index.html",
    "numbered page": "zcwj/ye-1.html",
    "facet": r"zhengce/\w+/[\w-]+/index.html",
    "timeline": "yuejian/index.html",
    "areas": "wugongkai/index.html",
    "area": r"wugongkai/\w+.html",
    "catalogue": "mulu/index.html",
    "directory": "jgzn/index.html",
    "records": "xzxk/index.html",
    "site map": "sitemap.html",
    "search": "search.html",
    "policy": r"zhengce/[\w-]+.html",
    "regulation": r"fagui/[\w-]+.html",
    "interpretation": r"jiedu/[\w-]+.html",
    "graphic": r"jiedu/[\w-]+-tj.html",
    "video": r"jiedu/[\w-]+-sp.html",
    "question": r"wenda/[\w-]+.html",
    "guide": r"banshi/[\w-]+.html",
    "monthly record": r"yuejian/\d{4}-\d{2}.html",
    "consultation": r"zhengji/[\w-]+.html",
    "news": r"yaowen/[\w-]+.html",
    "notice": r"gonggao/[\w-]+.html",
    "organisation": r"jigou/[\w-]+.html",
    "topic": r"zhuanti/[\w-]+.html",
    "page": "shengming.html",
}


@pytest.fixture(scope="session")
def examples(city: Output) -> dict[str, str]:
    """One page of every template: the largest, which shows most of its parts."""
    found = {}
    for name, pattern in PATTERNS.items():
        paths = [path for path in city.pages if re.fullmatch(pattern, path)]
        assert paths, name
        found[name] = max(paths, key=lambda path: ((city.root / path).stat().st_size, path))
    return found


class Watch:
    """What goes wrong while a page is open."""

    def __init__(self, context: BrowserContext, place: Place) -> None:
        self.page = context.new_page()
        self.problems: list[str] = []
        self._place = place
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.problems.append(f"script: {error}"))
        self.page.on("request", self._request)
        self.page.on("requestfailed", self._failed)
        self.page.on("response", self._response)

    def _console(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.problems.append(f"console: {message.text}")

    def _request(self, request: Any) -> None:
        if not request.url.startswith(self._place.base):
            self.problems.append(f"elsewhere: {request.url}")

    def _failed(self, request: Any) -> None:
        if request.failure != "net::ERR_ABORTED":  # which is what leaving the page does to its icon
            self.problems.append(f"{request.failure}: {request.url}")

    def _response(self, response: Any) -> None:
        if self._place.is_served and response.status >= 400:
            self.problems.append(f"{response.status}: {response.url}")


def test_no_page_breaks_the_policy_or_asks_others_or_reports_an_error(
    context: BrowserContext, place: Place, examples: dict[str, str]
) -> None:
    watch = Watch(context, place)
    found: dict[str, list[str]] = {}
    for name, path in examples.items():
        watch.page.goto(place.base + path, wait_until="load")
        watch.page.wait_for_timeout(20)
        assert watch.page.evaluate("document.styleSheets.length") >= 1, name
        if watch.problems:
            found[name] = watch.problems.copy()
            watch.problems.clear()
    assert found == {}


def _follow(page: Page, selector: str) -> None:
    with page.expect_navigation():
        page.locator(selector).first.click()


@pytest.mark.parametrize("has_scripts", [True, False])
def test_a_reader_clicks_from_home_to_a_document_and_back(
    browser: Browser, place: Place, city: Output, has_scripts: bool
) -> None:
    context = browser.new_context(java_script_enabled=has_scripts, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{place.base}index.html")
    _follow(page, "header nav a[href*='zcwj/']")
    assert page.url == f"{place.base}zcwj/index.html"
    title = page.locator("main a.row__link").first.inner_text()
    _follow(page, "main a.row__link")
    document = page.url.removeprefix(place.base)
    assert city.pages[document].is_article
    assert page.locator("h1").inner_text().replace("\n", "") == title.replace("\n", "")
    _follow(page, "nav[aria-label='当前位置'] a >> nth=1")
    assert page.url.startswith(place.base)
    _follow(page, "footer a[href$='sitemap.html']")
    assert page.url == f"{place.base}sitemap.html"
    _follow(page, "a.brand")
    assert page.url == f"{place.base}index.html"
    context.close()


def test_pages_read_the_same_without_scripts(
    browser: Browser, nginx: Nginx, examples: dict[str, str]
) -> None:
    with_scripts = browser.new_context()
    without = browser.new_context(java_script_enabled=False)
    plain, scripted = without.new_page(), with_scripts.new_page()
    for name, path in examples.items():
        plain.goto(nginx.url(f"/{path}"))
        expect(plain.locator("h1")).to_have_count(1)
        text = plain.locator("main").inner_text()
        assert len(text.strip()) > 20, name
        scripted.goto(nginx.url(f"/{path}"))
        lines = [line for line in text.split("\n") if len(line.strip()) > 8]
        shown = scripted.locator("main").inner_text()
        if name != "search":
            assert [line for line in lines if line.strip() not in shown] == [], name
    with_scripts.close()
    without.close()


def test_search_without_scripts_leads_to_the_catalogue(browser: Browser, place: Place) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{place.base}index.html")
    page.locator("main input[name='q']").fill("养老")
    with page.expect_navigation():
        page.locator("main form button[type='submit']").click()
    assert page.url.startswith(f"{place.base}search.html?q=")
    _follow(page, "main a[href$='mulu/index.html']")
    assert page.url == f"{place.base}mulu/index.html"
    context.close()


def test_narrow_screens_need_no_sideways_scrolling(
    browser: Browser, nginx: Nginx, examples: dict[str, str]
) -> None:
    context = browser.new_context(
        viewport={"width": 320, "height": 700}, device_scale_factor=1, is_mobile=False
    )
    page = context.new_page()
    wide = {}
    for name, path in examples.items():
        page.goto(nginx.url(f"/{path}"))
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 320:
            wide[name] = width
    assert wide == {}
    context.close()


def test_the_first_tab_offers_to_skip_to_the_main_part(
    context: BrowserContext, nginx: Nginx, examples: dict[str, str]
) -> None:
    page = context.new_page()
    for name, path in examples.items():
        page.goto(nginx.url(f"/{path}"))
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        assert focused.inner_text() == "跳到主要内容", name
        box = focused.bounding_box()
        assert box is not None and box["x"] >= 0 and box["y"] >= 0 and box["height"] >= 20, name
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize(("folder", "home"), [("", "越明市政务公开"), ("shaoxing/", "绍兴月鉴")])
def test_the_404_page_works_at_any_address(
    context: BrowserContext, nginx: Nginx, folder: str, home: str
) -> None:
    page = context.new_page()
    answer = page.goto(nginx.url(f"/{folder}no/such/deep/page.html"))
    assert answer is not None and answer.status == 404
    expect(page.locator("h1")).to_have_text("没有找到这个网页")
    loaded = page.evaluate("getComputedStyle(document.querySelector('.skip')).position")
    assert loaded in ("absolute", "fixed")
    _follow(page, "a.brand")
    assert page.url in (nginx.url(f"/{folder}"), nginx.url(f"/{folder}index.html"))
    assert page.title().startswith(home)


def test_an_old_address_leads_on(context: BrowserContext, place: Place, city: Output) -> None:
    old = next(page for page in city.pages.values() if page.is_redirect)
    page = context.new_page()
    page.goto(place.base + old.path)
    page.wait_for_url(lambda url: not url.endswith(old.path))
    assert city.pages[page.url.removeprefix(place.base)].is_article


def test_attachments_download_under_their_name(context: BrowserContext, nginx: Nginx, city: Output) -> None:
    found = next(
        (page, use)
        for page in city.pages.values()
        for use in page.links()
        if use.path.endswith((".docx", ".xlsx", ".pdf"))
    )
    answer = context.request.get(nginx.url(f"/{found[1].path}"))
    assert answer.status == 200
    assert answer.body() == (city.root / found[1].path).read_bytes()
