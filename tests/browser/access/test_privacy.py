"""Nobody learns who reads what: no cookies, nothing from others, nothing kept but how one likes to read."""

from __future__ import annotations

import re

from playwright.sync_api import Browser

from tests.browser.access.pages import Sort
from tests.sites.output import Output

_KEPT = """() => [Object.keys(localStorage), Object.keys(sessionStorage), document.cookie,
    indexedDB.databases ? indexedDB.databases().then(found => found.length) : 0,
    caches.keys().then(names => names.length).catch(() => 0),
    navigator.serviceWorker ? navigator.serviceWorker.getRegistrations().then(found => found.length) : 0]"""
_PREFERENCE = re.compile(r"yangguang\.\d+\.[a-z-]+")


def test_no_template_keeps_or_tells_anything(browser: Browser, base: str, shown: list[Sort]) -> None:
    """Over a real server with the published policy: requests, cookies, storage, and breaches of the policy."""
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    problems: list[str] = []
    page.on("request", lambda request: request.url.startswith(base) or problems.append(request.url))
    page.on("response", lambda found: found.header_value("set-cookie") and problems.append(found.url))
    page.on("console", lambda message: message.type == "error" and problems.append(message.text))
    found: dict[str, object] = {}
    for sort in shown:
        page.goto(base + sort.path)
        for button in page.locator("header button, main button").all()[:6]:
            is_ready = button.is_visible() and button.get_attribute("aria-disabled") != "true"
            if is_ready and "打印" not in button.inner_text():
                button.click(timeout=5000)
        page.goto(base + sort.path)
        local, session, cookie, *databases = page.evaluate(f"async () => Promise.all(({_KEPT})())")
        strange = [key for key in local if not _PREFERENCE.fullmatch(key)]
        if strange or session or cookie or any(databases) or problems:
            found[str(sort)] = (strange, session, cookie, databases, problems.copy())
            problems.clear()
    assert context.cookies() == []
    context.close()
    assert found == {}


def test_no_script_could_tell_others(city: Output) -> None:
    for path in city.files:
        if path.endswith(".js"):
            text = (city.root / path).read_text(encoding="utf-8")
            assert not re.search(r"document\.cookie|sendBeacon|indexedDB|sessionStorage|WebSocket", text), (
                path
            )
            addresses = set(re.findall(r"https?://[\w.-]+", text)) - {"http://www.w3.org"}
            assert addresses == set(), path
