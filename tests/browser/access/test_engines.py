"""Other browsers: Firefox ESR finds no violation, Chromium 79 (of 2019) can still be read."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.access.axe import OPTIONS, SOURCE
from tests.browser.access.firefox import Firefox
from tests.browser.access.old_chromium import OldChromium
from tests.browser.access.pages import Sort
from tests.browser.access.themes import WIDTHS
from tests.sites.output import REPOSITORY

pytestmark = pytest.mark.full


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    browser = Firefox(tmp_path_factory.mktemp("firefox"))
    yield browser
    browser.close()


def test_firefox_finds_no_violation(firefox: Firefox, base: str, shown: list[Sort]) -> None:
    """A-80: a second engine; each template at one of the widths."""
    found: dict[str, object] = {}
    for number, sort in enumerate(shown):
        width = WIDTHS[number % len(WIDTHS)]
        firefox.open(base + sort.path, width)
        firefox.run(SOURCE)
        rules = firefox.evaluate(
            f"axe.run(document, {json.dumps(OPTIONS)}).then(done => done.violations.map(item => item.id))"
        )
        wide = firefox.evaluate("document.documentElement.scrollWidth - innerWidth")
        if rules or wide > 0:
            found[f"{sort} {width}"] = (rules, wide)
    assert found == {}


@pytest.fixture(scope="module")
def old_chromium() -> str:
    """Path of the Chromium 79 that ``.ci/tools full`` unpacks."""
    path = Path(os.environ.get("OLD_CHROMIUM") or REPOSITORY / ".venv/old-chromium/chromium")
    if not path.is_file():
        pytest.fail(f"没有 Chromium 79：先运行 .ci/tools .venv/bin/python full（{path}）", pytrace=False)
    return str(path)


_LOOK = """(() => { const main = document.querySelector('main'), style = getComputedStyle(document.body);
    return [main.innerText.length, parseFloat(style.fontSize), document.documentElement.scrollWidth - innerWidth,
        getComputedStyle(document.querySelector('.skip')).position, document.readyState]; })()"""


def test_chromium_of_2019_shows_every_template(
    old_chromium: str, tmp_path: Path, base: str, shown: list[Sort]
) -> None:
    """The styles apply, the text is there and large, nothing sticks out sideways."""
    browser = OldChromium(old_chromium, tmp_path)
    wrong = {}
    try:
        assert "/79." in browser.version
        for number, sort in enumerate(shown):
            width = (360, 1280)[number % 2]
            browser.open(base + sort.path, width)
            words, size, wide, position, state = browser.evaluate(_LOOK)
            if words < 20 or size < 17 or wide > 0 or position != "absolute" or state != "complete":
                wrong[f"{sort} {width}"] = (words, size, wide, position, state)
    finally:
        browser.close()
    assert wrong == {}
