"""axe-core in a page: every rule, every impact."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import axe_playwright_python
from playwright.sync_api import Page

SOURCE: Final = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")

# WCAG 2.0 to 2.2, A and AA, best practices; `target-size` (2.5.8) is off unless asked for.
OPTIONS: Final = {
    "resultTypes": ["violations"],
    "rules": {"target-size": {"enabled": True}},
}


def violations(page: Page) -> list[str]:
    """Return what axe-core finds wrong with the page as it is shown now: rule, impact and elements."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(SOURCE)
    found: list[dict[str, Any]] = page.evaluate(
        "options => axe.run(document, options).then(result => result.violations)",
        # From a disk the style sheets may not be fetched again, which only the rule on locked orientation wants.
        {**OPTIONS, "preload": not page.url.startswith("file:")},
    )
    return [
        f"{item['id']} ({item['impact']}): {' | '.join(str(node['target']) for node in item['nodes'][:3])}"
        for item in found
    ]
