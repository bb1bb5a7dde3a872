"""What a first visit may cost (bytes as gzip, requests); `benchmarks/loading.py` measures the times."""

from __future__ import annotations

import gzip

from playwright.sync_api import Browser, Response

from tests.browser.servers import Nginx
from tests.sites.output import Output

BODY_CHARACTERS = 6000


def _visit(browser: Browser, url: str) -> tuple[dict[str, int], int]:
    """Return the compressed bytes by type of resource, and the number of requests."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, device_scale_factor=2)
    page = context.new_page()
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(url, wait_until="load")
    page.wait_for_timeout(300)
    sizes: dict[str, int] = {}
    for answer in answers:
        assert answer.status == 200, answer.url
        kind = answer.request.resource_type
        sizes[kind] = sizes.get(kind, 0) + len(gzip.compress(answer.body(), 9))
    context.close()
    return sizes, len(answers)


def test_a_policy_is_light(browser: Browser, nginx: Nginx, city: Output) -> None:
    """HTML, CSS and JS of at most 35 kB, of it CSS 10 and scripts 8, in five requests."""
    bodies = {
        path: len(page.tree.xpath("string(//div[contains(@class, 'text')])"))
        for path, page in city.pages.items()
        if path.startswith("zhengce/") and page.is_article
    }
    short = [path for path, length in bodies.items() if length <= BODY_CHARACTERS]
    heaviest = max(short, key=lambda path: len(gzip.compress(city.pages[path].source.encode(), 9)))
    sizes, requests = _visit(browser, nginx.url(f"/{heaviest}"))
    assert sizes["document"] + sizes["stylesheet"] + sizes["script"] <= 35_000, sizes
    assert sizes["stylesheet"] <= 10_000 and sizes["script"] <= 8_000, sizes
    assert requests <= 5


def test_home_is_light(browser: Browser, nginx: Nginx) -> None:
    """At most 200 kB with its pictures, in twelve requests."""
    sizes, requests = _visit(browser, nginx.url("/"))
    assert sum(sizes.values()) <= 200_000, sizes
    assert requests <= 12
