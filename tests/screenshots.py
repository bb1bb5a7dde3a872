"""Take pictures of one page of every sort: ``python -m tests.screenshots public screenshots``.

Chromium is the one in ``$CHROMIUM``; ``make screenshots`` finds it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, Final

from playwright.sync_api import sync_playwright

WIDTHS: Final = {"phone": 375, "tablet": 768, "desktop": 1280}
SORTS: Final = {
    "home": "index.html",
    "policy": "zhengce/*.html",
    "regulation": "fagui/*.html",
    "interpretation": "jiedu/*.html",
    "question": "wenda/*.html",
    "service-guide": "banshi/*.html",
    "monthly-record": "yuejian/*.html",
    "consultation": "zhengji/*.html",
    "organisation": "jigou/*.html",
    "topic": "zhuanti/*.html",
    "section": "zcwj/index.html",
    "facet": "zhengce/xiaoli/*/index.html",
    "areas": "wugongkai/index.html",
    "records": "xzxk/index.html",
    "search": "search.html",
    "sitemap": "sitemap.html",
    "not-found": "404.html",
}


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


def pages(site: Path) -> Iterator[tuple[str, str]]:
    """Yield name and address of the largest page of every sort, which shows most of its parts."""
    for name, pattern in SORTS.items():
        found = list(site.glob(pattern))
        if found:
            largest = max(found, key=lambda file: (file.stat().st_size, file.name))
            yield name, largest.relative_to(site).as_posix()


def take(site: Path, target: Path) -> int:
    """Write the pictures; return how many."""
    target.mkdir(parents=True, exist_ok=True)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site)))
    Thread(target=server.serve_forever, daemon=True).start()
    count = 0
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=os.environ.get("CHROMIUM"), args=["--no-sandbox"]
            )
            for width_name, width in WIDTHS.items():
                page = browser.new_page(viewport={"width": width, "height": 900})
                for name, address in pages(site):
                    page.goto(f"http://127.0.0.1:{server.server_port}/{address}")
                    page.screenshot(path=target / f"{name}-{width_name}.png", full_page=True)
                    count += 1
                page.close()
            browser.close()
    finally:
        server.shutdown()
        server.server_close()
    return count


if __name__ == "__main__":
    number = take(Path(sys.argv[1]), Path(sys.argv[2]))
    sys.stdout.write(f"{number} pictures in {sys.argv[2]}\n")
