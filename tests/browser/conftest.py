"""The sample city in Chromium: from nginx at a domain's root, below a path, and as files."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.browser.servers import PREFIX, Nginx, Place
from tests.sites.output import Output


@pytest.fixture(scope="session")
def nginx(city: Output, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nginx]:
    server = Nginx(city.root, tmp_path_factory.mktemp("nginx"))
    yield server
    server.stop()


@pytest.fixture(params=["root", "path", "file"])
def place(request: pytest.FixtureRequest, city: Output, nginx: Nginx) -> Place:
    """Each of the three ways in which people open the site."""
    bases = {"root": nginx.url("/"), "path": nginx.url(PREFIX), "file": f"{city.root.as_uri()}/"}
    return Place(request.param, bases[request.param])


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(locale="zh-CN", viewport={"width": 1280, "height": 900})
    yield opened
    opened.close()
