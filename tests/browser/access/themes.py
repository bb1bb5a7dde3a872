"""The colour themes of a built site, and how a page is put into one."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from playwright.sync_api import Page

WIDTHS: Final = (320, 768, 1280)
MODES: Final = ("", "dark", "contrast")

_THEME: Final = re.compile(r'\[data-theme="?([\w-]+)"?\]')


def themes_of(output: Path) -> list[str]:
    """Return the themes that the built style sheets define; the plain one, without a name, comes first."""
    names = {
        name
        for sheet in sorted(output.rglob("*.css"))
        for name in _THEME.findall(sheet.read_text(encoding="utf-8"))
    }
    assert {"dark", "contrast"} <= names
    return ["", *sorted(names)]


def pairwise(edition: str, offset: int) -> list[tuple[str, int]]:
    """Return theme and width for a page, so that every mode comes once, and over all pages at every width.

    The portal is shown plain, dark and in high contrast; each other edition is a mode itself.

    Args:
        offset: Number of the page among all.
    """
    themes = MODES if edition == "portal" else MODES[:1]
    return [(theme, WIDTHS[(index + offset) % len(WIDTHS)]) for index, theme in enumerate(themes)]


def put_on(page: Page, theme: str, width: int) -> None:
    """Show the page in a theme, as the script in its head does, and at a width in CSS pixels."""
    page.set_viewport_size({"width": width, "height": 900})
    page.evaluate(
        "theme => theme ? document.documentElement.setAttribute('data-theme', theme)"
        " : document.documentElement.removeAttribute('data-theme')",
        theme,
    )
