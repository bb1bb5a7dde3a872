"""Time from saving an article to the refreshed page in Chromium, in `yangguang serve`.

    python benchmarks/serve.py                       the 1,668 regulations of the corpus
    python benchmarks/serve.py --project path -n 30  any project that has documents

A document is saved N times; each time the clock runs from before the file is written until Chromium has
painted the new text. The file is put back at the end.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from corpus import CORPUS, make_project
from playwright.sync_api import Page, sync_playwright

TEMPLATE = Path(__file__).parent / "template"
PAINTED = """() => {
  const paint = performance.getEntriesByName('first-contentful-paint')[0];
  return paint ? performance.timeOrigin + paint.startTime : 0;
}"""


@contextlib.contextmanager
def preview(project: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Yield the address of a running preview whose first build has ended."""
    command = [sys.executable, "-c", "from generator.cli import run; run()", "serve", "-p", "0"]
    process = subprocess.Popen(
        [*command, "-C", str(project)],
        cwd=Path(__file__).parents[1],
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    assert process.stderr is not None
    address = ""
    for line in process.stderr:
        found = re.search(r"http://\S+/", line)
        address = found.group() if found else address
        if line.startswith("生成完毕"):
            sys.stdout.write(line)
            break
    try:
        yield address, process
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate()


def saved_to_painted(page: Page, file: Path, text: str, mark: str) -> float:
    """Save the document with a new paragraph and return the milliseconds until Chromium shows it."""
    begin = time.time() * 1000
    file.write_text(f"{text}\n\n{mark}\n", encoding="utf-8")
    page.wait_for_function("mark => document.body && document.body.textContent.includes(mark)", arg=mark)
    page.wait_for_function(f"() => ({PAINTED})() > 0")
    painted: float = page.evaluate(PAINTED)
    return painted - begin


def measure(project: Path, file: Path, count: int, chromium: str) -> list[float]:
    """Return the milliseconds of each save."""
    text = file.read_text(encoding="utf-8").rstrip()
    with preview(project) as (address, process), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(f"{address}sitemap.xml")
        link = re.search(rf"<loc>https?://[^/]+/([^<]*{re.escape(file.stem)}\.html)</loc>", page.content())
        if link is None:
            raise SystemExit(f"no page of {file} in sitemap.xml")
        page.goto(address + link.group(1))
        try:
            times = []
            for number in range(count):
                times.append(saved_to_painted(page, file, text, f"第{number}次保存。"))
                assert process.stderr is not None
                sys.stdout.write(f"{times[-1]:7.0f} ms  {_last_words(process)}\n")
            return times
        finally:
            file.write_text(text + "\n", encoding="utf-8")
            browser.close()


def _last_words(process: subprocess.Popen[str]) -> str:
    assert process.stderr is not None
    while True:
        line = process.stderr.readline()
        if not line or line.startswith("已更新"):
            return line.strip()


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--project", type=Path, help="project to edit, instead of the 1,668 regulations")
    parser.add_argument("--file", type=Path, help="document to save (default: the first regulation)")
    parser.add_argument("-n", type=int, default=20, metavar="N", help="so many saves (20)")
    parser.add_argument("--chromium", default=os.environ.get("CHROMIUM", "/usr/bin/chromium"))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        project = options.project or Path(folder)
        if options.project is None:
            make_project("regulations", project, count=None, template=TEMPLATE, corpus=CORPUS)
        file = options.file or min((project / "content/regulation").rglob("*.md"))
        times = measure(project, file, options.n, options.chromium)
    load = os.getloadavg()[0]
    sys.stdout.write(
        f"median of {len(times)}: {statistics.median(times):.0f} ms, "
        f"least {min(times):.0f} ms, most {max(times):.0f} ms (load average {load:.1f})\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
