"""The sample city in Chromium: from nginx at a domain's root, below a path, and as files."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.browser.servers import APT, PREFIX, Nginx, Place
from tests.sites.conftest import city as city
from tests.sites.output import Output


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium: ``$CHROMIUM``, the PATH, else Playwright's own; without one the tests fail and say what to install."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    with sync_playwright() as playwright:
        found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
        found = found or playwright.chromium.executable_path
        if not Path(found).exists():
            pytest.fail(f"这些测试要用 Chromium：{APT}", pytrace=False)
        chromium = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield chromium
        chromium.close()


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
