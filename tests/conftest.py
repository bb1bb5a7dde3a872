"""Fixtures for all tests."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, sync_playwright

from tests.sites.city import city as city
from tests.support import SiteFixture

# Speed is measured in benchmarks/; a busy machine must not fail a test.
settings.register_profile("yangguang", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("yangguang")


@pytest.fixture
def site(tmp_path: Path) -> SiteFixture:
    """A project with the least that is valid, in a folder of its own."""
    return SiteFixture(tmp_path)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium: ``$CHROMIUM``, the PATH, else Playwright's own; without one the tests fail and say what to install.

    One for all tests of a process: a second Playwright beside it would not start.
    """
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    with sync_playwright() as playwright:
        found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
        found = found or playwright.chromium.executable_path
        if not Path(found).exists():
            pytest.fail("这些测试要用 Chromium：apt-get install chromium", pytrace=False)
        chromium = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield chromium
        chromium.close()
