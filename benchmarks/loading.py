"""What a page costs a reader: bytes, requests, first picture on a slow phone, Lighthouse; peers beside ours.

    python -m benchmarks.loading public                    bytes, requests, LCP and CLS
    python -m benchmarks.loading public --lighthouse       Lighthouse on every template too

Ours are pages of a built sample city. The peers show the text of the same policy: a page of Material for MkDocs, and
one of govuk-frontend (``npm install --prefix .venv/node lighthouse@12.8.2 govuk-frontend@6.6.0``). nginx serves all
of them compressed; Chromium loads each with an empty cache. Slow means 400 kbit/s, 400 ms and a processor six times
slower. On a busy machine the times are too long; bytes and requests are not.
"""

from __future__ import annotations

import argparse
import functools
import html
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from lxml import html as parsed
from playwright.sync_api import Browser, sync_playwright

from tests.browser.access.pages import sorts_of

ROOT: Final = Path(__file__).resolve().parents[1]
NODE: Final = ROOT / ".venv/node"
BODY_CHARACTERS: Final = 6000
SLOW: Final = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
CPU_SLOWER: Final = 6
RUNS: Final = 3

_CONFIG: Final = """\
{user}daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{
    include /etc/nginx/mime.types; access_log off; charset utf-8;
    client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;
    uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
    gzip on; gzip_comp_level 9; gzip_min_length 256; gzip_types text/css text/javascript application/javascript
        application/json image/svg+xml;
    server {{ listen 127.0.0.1:{port}; root {site}; }}
}}
"""

_VITALS: Final = """
window.vitals = {lcp: 0, cls: 0};
new PerformanceObserver(list => list.getEntries().forEach(entry => { vitals.lcp = entry.startTime; }))
    .observe({type: 'largest-contentful-paint', buffered: true});
new PerformanceObserver(list => list.getEntries().forEach(entry => {
    if (!entry.hadRecentInput) vitals.cls += entry.value; })).observe({type: 'layout-shift', buffered: true});
"""

_GOVUK: Final = """\
<!doctype html><html lang="zh-CN" class="govuk-template"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width,initial-scale=1,viewport-fit=cover">
<link rel="stylesheet" href="govuk-frontend.min.css"></head>
<body class="govuk-template__body"><a href="#main" class="govuk-skip-link" data-module="govuk-skip-link">Skip</a>
<header class="govuk-header"><div class="govuk-header__container govuk-width-container"><a href="/"
class="govuk-header__homepage-link">GOV.UK</a></div></header><div class="govuk-width-container">
<main class="govuk-main-wrapper" id="main"><h1 class="govuk-heading-l">{title}</h1>{body}</main></div>
<footer class="govuk-footer"><div class="govuk-width-container"><p>OGL</p></div></footer>
<script type="module" src="govuk-frontend.min.js"></script>
<script type="module" src="start.js"></script></body></html>
"""


@dataclass
class Load:
    """What one cold load transferred, by resource type in bytes, and when it was painted."""

    requests: int = 0
    bytes: dict[str, int] = field(default_factory=dict)
    lcp: float = 0
    cls: float = 0

    @property
    def total(self) -> int:
        return sum(self.bytes.values())

    def of(self, *kinds: str) -> int:
        return sum(self.bytes.get(kind, 0) for kind in kinds)


@contextmanager
def served(site: Path) -> Iterator[str]:
    """Serve a folder with nginx; yields its address."""
    with tempfile.TemporaryDirectory(prefix="loading-") as name, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        user = "user root;\n" if os.geteuid() == 0 else ""
        config = Path(name) / "nginx.conf"
        config.write_text(_CONFIG.format(user=user, folder=name, port=port, site=site), encoding="utf-8")
        program = shutil.which("nginx") or "/usr/sbin/nginx"
        process = subprocess.Popen([program, "-c", str(config), "-p", name])
        try:
            time.sleep(0.5)
            yield f"http://127.0.0.1:{port}/"
        finally:
            process.terminate()
            process.wait(10)


def load(browser: Browser, url: str, *, slow: bool) -> Load:
    """Load a page with an empty cache."""
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, device_scale_factor=2, locale="zh-CN"
    )
    page = context.new_page()
    page.add_init_script(_VITALS)
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    if slow:
        session.send("Network.emulateNetworkConditions", SLOW)
        session.send("Emulation.setCPUThrottlingRate", {"rate": CPU_SLOWER})
    kinds: dict[str, str] = {}
    found = Load()

    def answered(event: dict[str, Any]) -> None:
        kinds[event["requestId"]] = event["type"]

    def finished(event: dict[str, Any]) -> None:
        kind = kinds.get(event["requestId"], "Other")
        found.requests += 1
        found.bytes[kind] = found.bytes.get(kind, 0) + int(event["encodedDataLength"])

    session.on("Network.responseReceived", answered)
    session.on("Network.loadingFinished", finished)
    page.goto(url, wait_until="load", timeout=120_000)
    page.wait_for_timeout(1500 if slow else 700)
    vitals = page.evaluate("vitals")
    found.lcp, found.cls = vitals["lcp"] / 1000, vitals["cls"]
    context.close()
    return found


def policy_page(site: Path) -> str:
    """Return the policy page with the longest body of at most so many characters."""
    sizes = {}
    for file in (site / "zhengce").glob("*.html"):
        text = parsed.fromstring(file.read_bytes()).xpath("string(//div[contains(@class, 'text')])")
        if len(text) <= BODY_CHARACTERS:
            sizes[file.relative_to(site).as_posix()] = len(text)
    return max(sizes, key=lambda path: (sizes[path], path))


def peers(site: Path, policy: str, target: Path) -> dict[str, str]:
    """Write pages of the same text made by others; return name → path below the target."""
    tree = parsed.fromstring((site / policy).read_bytes().decode())
    title = tree.xpath("string(//h1)").strip()
    paragraphs = [
        " ".join(item.text_content().split())
        for item in tree.xpath(
            "//div[contains(@class, 'text')]//*[self::p or self::h2 or self::h3 or self::li]"
        )
    ]
    made = {}
    source = target / "mkdocs"
    (source / "docs").mkdir(parents=True)
    (source / "docs/index.md").write_text("\n\n".join([f"# {title}", *paragraphs]), encoding="utf-8")
    settings = {"site_name": "越明市", "theme": {"name": "material", "language": "zh", "font": False}}
    (source / "mkdocs.yml").write_text(json.dumps(settings, ensure_ascii=False), encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "mkdocs",
        "build",
        "-q",
        "-f",
        str(source / "mkdocs.yml"),
        "-d",
        str(target / "material"),
    ]
    subprocess.run(command, check=True, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"})
    made["Material for MkDocs"] = "material/index.html"
    package = NODE / "node_modules/govuk-frontend/dist/govuk"
    if package.is_dir():
        folder = target / "govuk"
        shutil.copytree(package / "assets", folder / "assets")
        for name in ("govuk-frontend.min.css", "govuk-frontend.min.js"):
            text = (package / name).read_text(encoding="utf-8").replace("/assets/", "assets/")
            (folder / name).write_text(text, encoding="utf-8")
        (folder / "start.js").write_text(
            'import { initAll } from "./govuk-frontend.min.js"; initAll();\n', encoding="utf-8"
        )
        body = "".join(f'<p class="govuk-body">{html.escape(text)}</p>' for text in paragraphs)
        page = _GOVUK.format(title=html.escape(title), body=body)
        (folder / "index.html").write_text(page, encoding="utf-8")
        made["govuk-frontend"] = "govuk/index.html"
    return made


def measured(browser: Browser, url: str) -> tuple[Load, float, float]:
    """Return a quick load, and medians of LCP in seconds and CLS over slow ones."""
    quick = load(browser, url, slow=False)
    slow = [load(browser, url, slow=True) for _ in range(RUNS)]
    return quick, statistics.median(item.lcp for item in slow), max(item.cls for item in slow)


def lighthouse(url: str, chromium: str) -> dict[str, int]:
    """Return Lighthouse's four scores of a page, out of 100."""
    program = NODE / "node_modules/.bin/lighthouse"
    command = [str(program), url, "--quiet", "--output=json", "--chrome-flags=--headless=new --no-sandbox"]
    command.append("--only-categories=performance,accessibility,best-practices,seo")
    done = subprocess.run(
        command, capture_output=True, text=True, env={**os.environ, "CHROME_PATH": chromium}, check=False
    )
    if done.returncode:
        raise SystemExit(f"lighthouse failed on {url}: {done.stderr[-500:]}")
    categories = json.loads(done.stdout)["categories"]
    for name, category in categories.items():
        if category["score"] is None:
            raise SystemExit(f"lighthouse gives no {name} for {url}")
    return {name: round(100 * category["score"]) for name, category in categories.items()}


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("site", type=Path, help="the built sample city")
    parser.add_argument("--lighthouse", nargs="*", metavar="TEMPLATE", help="all templates, or those named")
    options = parser.parse_args()
    site = options.site.resolve()
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or ""
    policy = policy_page(site)
    say = functools.partial(print, flush=True)
    with tempfile.TemporaryDirectory(prefix="peers-") as name, sync_playwright() as playwright:
        others = peers(site, policy, Path(name))
        browser = playwright.chromium.launch(executable_path=chromium or None, args=["--no-sandbox"])
        say(
            "| page | HTML | CSS | JS | all | requests | LCP slow, s | CLS |\n|---|---:|---:|---:|---:|---:|---:|---:|"
        )
        with served(site) as base, served(Path(name)) as other:
            rows = [("ours: policy", base + policy), ("ours: home", f"{base}index.html")]
            rows += [(f"{peer}: policy", other + path) for peer, path in others.items()]
            for title, url in rows:
                found, lcp, cls = measured(browser, url)
                parts = (found.of("Document"), found.of("Stylesheet"), found.of("Script"), found.total)
                cells = " | ".join(f"{size:,}" for size in parts)
                say(f"| {title} | {cells} | {found.requests} | {lcp:.2f} | {cls:.3f} |")
            browser.close()
            if options.lighthouse is not None:
                say(
                    "\n| Lighthouse | performance | accessibility | best practices | SEO |\n|---|---:|---:|---:|---:|"
                )
                wanted = [
                    s
                    for s in sorts_of(site)
                    if s.edition == "portal" and s.template not in ("redirect.html", "404.html")
                ]
                pages = [
                    (s.template, base + s.path)
                    for s in wanted
                    if not options.lighthouse or s.template in options.lighthouse
                ]
                for title, url in [*pages, *((peer, other + path) for peer, path in others.items())]:
                    scores = lighthouse(url, chromium)
                    say(
                        f"| {title} | "
                        + " | ".join(
                            str(scores[key])
                            for key in ("performance", "accessibility", "best-practices", "seo")
                        )
                        + " |"
                    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
