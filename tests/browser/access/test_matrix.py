"""Every template × edition × theme × width: no axe-core violation of any impact, no HTML error, no sideways scrolling.

`make test` takes a pairwise selection, `make test-full` the whole matrix, with several pages for each template,
so that every part of it is seen.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.access.axe import violations
from tests.browser.access.pages import Sort, sorts_of
from tests.browser.access.themes import WIDTHS, pairwise, put_on
from tests.browser.access.validator import html_errors
from tests.sites.output import REPOSITORY, Output

PARTS = 4
"""The matrix is cut, so that several processes share it."""


def _problems(page: Page, theme: str, width: int) -> list[str]:
    put_on(page, theme, width)
    wide: int = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return [*violations(page), *([f"{wide} px too wide"] if wide > 0 else [])]


def _survey(page: Page, base: str, rows: Iterable[tuple[str, str, int]]) -> dict[str, list[str]]:
    """Return the problems of pages by address, theme and width."""
    found = {}
    for path, group in itertools.groupby(rows, key=lambda row: row[0]):
        page.goto(base + path)
        for _, theme, width in group:
            problems = _problems(page, theme, width)
            if problems:
                found[f"{path} {theme or 'plain'} {width}"] = problems
    return found


def _staying(sorts: list[Sort]) -> list[Sort]:
    """Leave out the page of moved addresses: it leads on before anything can look at it."""
    return [sort for sort in sorts if sort.template != "redirect.html"]


def _selection(sorts: list[Sort], part: int) -> list[tuple[str, str, int]]:
    return [
        (sort.path, theme, width)
        for number, sort in enumerate(_staying(sorts))
        if number % PARTS == part
        for theme, width in pairwise(sort.edition, number // PARTS)
    ]


def _everything(sorts: list[Sort], themes: list[str], part: int) -> list[tuple[str, str, int]]:
    paths = [path for sort in _staying(sorts) for path in sort.paths]
    return [
        (path, theme, width)
        for path in paths[part::PARTS]
        for theme, width in itertools.product(themes, WIDTHS)
    ]


def test_the_sample_city_uses_every_template_of_the_theme(sorts: list[Sort]) -> None:
    folder = REPOSITORY / "theme/templates"
    present = {path.relative_to(folder).as_posix() for path in folder.rglob("*.html")}
    own = ("elder/", "kiosk/", "layouts/", "partials/")
    pages = {name for name in present if not name.startswith(own) and name != "base.html"}
    assert pages - {sort.template for sort in sorts} == set()
    layers = {
        name.removeprefix("elder/")
        for name in present
        if name.startswith(("elder/pages/", "elder/listings/", "elder/home"))
    }
    assert layers - {sort.template for sort in sorts if sort.edition == "elder"} == set()


@pytest.mark.parametrize("part", range(PARTS))
def test_no_template_breaks_a_rule_of_access(page: Page, base: str, sorts: list[Sort], part: int) -> None:
    assert _survey(page, base, _selection(sorts, part)) == {}


def test_no_template_of_kiosks_breaks_a_rule_of_access(page: Page, kiosk: Path) -> None:
    rows = [row for part in range(PARTS) for row in _selection(sorts_of(kiosk), part) if row[2] != WIDTHS[0]]
    assert _survey(page, f"{kiosk.as_uri()}/", rows) == {}


@pytest.mark.full
@pytest.mark.parametrize("part", range(PARTS))
def test_no_page_breaks_a_rule_of_access_in_any_theme_at_any_width(
    page: Page, base: str, sorts: list[Sort], themes: list[str], part: int
) -> None:
    assert _survey(page, base, _everything(sorts, themes, part)) == {}


@pytest.mark.full
def test_no_page_of_kiosks_breaks_a_rule_of_access(page: Page, kiosk: Path, themes: list[str]) -> None:
    rows = [row for part in range(PARTS) for row in _everything(sorts_of(kiosk), themes, part)]
    assert _survey(page, f"{kiosk.as_uri()}/", rows) == {}


def test_no_template_has_html_errors(city: Output, sorts: list[Sort]) -> None:
    assert html_errors(city.root / path for sort in sorts for path in sort.paths) == []


@pytest.mark.full
def test_no_page_has_html_errors(city: Output) -> None:
    assert html_errors(city.root / path for path in city.pages) == []


@pytest.mark.full
def test_no_page_of_kiosks_has_html_errors(kiosk: Path) -> None:
    assert html_errors(kiosk.rglob("*.html")) == []


def test_the_checkers_find_what_is_wrong(page: Page, tmp_path: Path) -> None:
    """A page with known flaws: both checkers must name them, or the tests above prove nothing."""
    file = tmp_path / "flawed.html"
    file.write_text(
        "<!doctype html><html lang=zh-CN><title>页</title><main><h1>页</h1><img src=a.png>"
        '<p style="color:#999">很淡的一行字</p><a href="a.html"></a><time datetime=x>昨天</time></main></html>',
        encoding="utf-8",
    )
    page.goto(file.as_uri())
    rules = {item.partition(" ")[0] for item in violations(page)}
    assert {"image-alt", "color-contrast", "link-name"} <= rules
    errors = html_errors([file])
    assert any("attribute “datetime”" in error for error in errors)
    assert any("img" in error for error in errors)
