"""Take pictures of every template in every mode: ``python -m tests.screenshots public screenshots [kiosk]``.

Modes: normal, dark and high contrast of the portal, the elder edition where it is built, the kiosk edition where
its folder is named; each at the width of a phone and of a desk. `index.html` shows them side by side. Chromium is
the one in ``$CHROMIUM``; ``make screenshots`` finds it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, Final

from playwright.sync_api import Page, sync_playwright

from tests.browser.access.pages import sorts_of

WIDTHS: Final = (360, 1280)
THEMES: Final = {"normal": "", "dark": "dark", "contrast": "contrast"}
TALLEST: Final = 12_000
"""Listings of hundreds of rows are cut here; more of the same says nothing."""
CONTENTS: Final = """\
<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>Screenshots</title>
<style>body{font:16px sans-serif;margin:2rem}table{border-collapse:collapse}th,td{padding:.5rem;text-align:left;
vertical-align:top}img{width:180px;height:240px;object-fit:cover;object-position:top;border:1px solid #999}</style>
<h1>Screenshots</h1><table>
"""


@dataclass(frozen=True)
class Subject:
    """A page to be pictured: address, name of its template, modes that it is shown in."""

    address: str
    name: str
    modes: tuple[str, ...]


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


def subjects(site: Path, base: str) -> Iterator[Subject]:
    """Yield, for every template of every edition of a built site, the page that shows most of its parts."""
    for sort in sorts_of(site):
        modes = tuple(THEMES) if sort.edition == "portal" else (sort.edition,)
        yield Subject(base + sort.path, sort.template.removesuffix(".html").replace("/", "-"), modes)


def pictures(page: Page, subject: Subject, target: Path) -> Iterator[Path]:
    """Open a page once and take it in all its modes and widths."""
    page.goto(subject.address, wait_until="load")
    page.evaluate("document.fonts.ready")
    for width in WIDTHS:
        for mode in subject.modes:
            page.set_viewport_size({"width": width, "height": 900})
            page.evaluate(
                "theme => theme ? document.documentElement.setAttribute('data-theme', theme)"
                " : document.documentElement.removeAttribute('data-theme')",
                THEMES.get(mode, ""),
            )
            height = min(int(page.evaluate("document.documentElement.scrollHeight")), TALLEST)
            path = target / f"{subject.name}-{mode}-{width}.png"
            clip = {"x": 0, "y": 0, "width": width, "height": height}
            page.screenshot(path=path, full_page=True, clip=clip, animations="disabled")  # type: ignore[arg-type]
            yield path


def take(site: Path, target: Path, kiosk: Path | None = None) -> list[Path]:
    """Write the pictures and a page that shows them; return the pictures."""
    target.mkdir(parents=True, exist_ok=True)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site)))
    Thread(target=server.serve_forever, daemon=True).start()
    chosen = list(subjects(site, f"http://127.0.0.1:{server.server_port}/"))
    if kiosk is not None:
        chosen += subjects(kiosk, f"{kiosk.resolve().as_uri()}/")
    found: list[Path] = []
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=os.environ.get("CHROMIUM"), args=["--no-sandbox"]
            )
            page = browser.new_page(reduced_motion="reduce", locale="zh-CN")
            for subject in chosen:
                found += pictures(page, subject, target)
            browser.close()
    finally:
        server.shutdown()
        server.server_close()
    (target / "index.html").write_text(contents(found), encoding="utf-8")
    return found


def contents(found: list[Path]) -> str:
    """Return a page with a row for every template."""
    rows: dict[str, list[str]] = {}
    for path in found:
        name, mode, width = path.stem.rsplit("-", 2)
        cell = (
            f'<td><a href="{path.name}"><img src="{path.name}" alt="" loading="lazy"></a><br>{mode} {width}'
        )
        rows.setdefault(name, []).append(cell)
    return CONTENTS + "\n".join(f"<tr><th>{name}{''.join(cells)}" for name, cells in sorted(rows.items()))


if __name__ == "__main__":
    taken = take(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]) if sys.argv[3:] else None)
    sys.stdout.write(f"{len(taken)} pictures in {sys.argv[2]}\n")
