"""The sorts of pages of the sample city, and the themes that its style sheet knows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.access.pages import Sort, sorts_of
from tests.browser.access.themes import themes_of
from tests.browser.servers import Nginx
from tests.sites.city import CITY_TODAY
from tests.sites.output import REPOSITORY, Output, yangguang


@pytest.fixture(scope="session")
def sorts(city: Output) -> list[Sort]:
    """Every template of every edition that the sample city is published in."""
    return sorts_of(city.root)


@pytest.fixture(scope="session")
def shown(sorts: list[Sort]) -> list[Sort]:
    """The sorts of pages that stay; those of moved addresses lead on at once.

    Of other editions the templates of their own, and one that they take over.
    """
    folder = REPOSITORY / "theme/templates"
    return [
        sort
        for sort in sorts
        if sort.template != "redirect.html"
        and (
            sort.edition == "portal"
            or sort.template == "pages/news.html"
            or (folder / sort.edition / sort.template).is_file()
        )
    ]


@pytest.fixture(scope="session")
def kiosk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample city built for kiosks, which open it from the disk."""
    if not re.search(r"--edition\b", yangguang("build", "--help").stdout):
        pytest.skip("there is no kiosk edition yet")
    root = tmp_path_factory.mktemp("kiosk") / "public"
    done = yangguang(
        *("build", "-C", str(REPOSITORY), "-o", str(root), "--today", CITY_TODAY),
        *("--edition", "kiosk"),
    )
    assert done.returncode == 0, done.stderr
    return root


@pytest.fixture(scope="session")
def themes(city: Output) -> list[str]:
    """Names of the colour themes that readers can choose; the first, without a name, is the plain one."""
    return themes_of(city.root)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page in a context of its own; movement is off, so that colours are seen at their end."""
    context = browser.new_context(locale="zh-CN", reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.fixture
def base(nginx: Nginx) -> str:
    """Address of the site's root on a real server."""
    return nginx.url("/")
