"""What reading an article costs: bytes of the page beside its text, of styles and scripts, and requests.

    python benchmarks/pages.py                  sites of 100, 1,668 and 18,695 documents
    python benchmarks/pages.py 100 1000

All sizes are gzip -9. The overhead of a page is its size without the text of the document: head, menus,
metadata table, table of contents, attachments, links to what explains the document, previous and next, footer. It
must not grow with the site. Some of it is what the document itself has to say: its contents, its attachments, its
interpretations, questions and guides. The frame is the overhead without these.
"""

from __future__ import annotations

import argparse
import gzip
import re
import statistics
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

# As a script, this file's folder comes first, where search.py hides the package of that name.
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.build import HERE, OWN, run, workspace
from benchmarks.corpus import CORPUS, make_project

COUNTS: Final = (100, 1668, 18695)
SAMPLE: Final = 300
"""So many articles of each site are measured, spread evenly."""

_LOADED: Final = re.compile(
    r'<(?:link [^>]*?rel="(?:stylesheet|icon)" href|script src|img [^>]*?src)="([^"]+)"'
)
_OF_THE_DOCUMENT: Final = re.compile(
    r'<nav class="contents".*?</nav>|<section class="attachments".*?</section>|<aside class="related.*?</aside>',
    re.DOTALL,
)


@dataclass(frozen=True)
class Article:
    """Gzip sizes of one page in bytes, and the files that it loads."""

    page: int
    overhead: int
    frame: int
    files: tuple[Path, ...]

    def loaded(self, suffix: str) -> int:
        return sum(gzipped(file.read_text(encoding="utf-8")) for file in self.files if file.suffix == suffix)


def gzipped(text: str) -> int:
    return len(gzip.compress(text.encode(), 9, mtime=0))


def measure(path: Path) -> Article:
    html = path.read_text(encoding="utf-8")
    start, end = text_span(html)
    files = dict.fromkeys((path.parent / name).resolve() for name in _LOADED.findall(html))
    overhead = html[:start] + html[end:]
    frame = _OF_THE_DOCUMENT.sub("", overhead)
    return Article(gzipped(html), gzipped(overhead), gzipped(frame), tuple(files))


def text_span(html: str) -> tuple[int, int]:
    """Return where the document's own text begins and ends: inside the element of class ``text``."""
    opening = re.search(r'<div class="text[ "][^>]*>', html)
    if opening is None:
        raise ValueError("the page has no element of class text")
    depth = 1
    for tag in re.compile(r"<(/?)div\b").finditer(html, opening.end()):
        depth += -1 if tag[1] else 1
        if depth == 0:
            return opening.end(), tag.start()
    raise ValueError("the element of class text has no end")


def articles(output: Path) -> list[Article]:
    pages = sorted((output / "zhengce").glob("sx-*.html"))
    return [measure(page) for page in pages[:: max(1, len(pages) // SAMPLE)]]


def table(sites: dict[int, list[Article]]) -> Iterator[str]:
    yield (
        "| documents | page, median | overhead, median | most | frame, most | style sheets | scripts | requests |\n"
        "|---:|---:|---:|---:|---:|---:|---:|---:|"
    )
    for count, measured in sites.items():
        cells = (
            count,
            round(statistics.median(article.page for article in measured)),
            round(statistics.median(article.overhead for article in measured)),
            max(article.overhead for article in measured),
            max(article.frame for article in measured),
            max(article.loaded(".css") for article in measured),
            max(article.loaded(".js") for article in measured),
            max(1 + len(article.files) for article in measured),
        )
        yield "| " + " | ".join(f"{cell:,}" for cell in cells) + " |"


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("counts", nargs="*", type=int, default=COUNTS, help="numbers of documents")
    parser.add_argument("--work", type=Path, help="folder for the work")
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    options = parser.parse_args()
    sites: dict[int, list[Article]] = {}
    with workspace(options.work) as name:
        for count in options.counts:
            project = Path(name) / str(count)
            corpus = options.corpus.resolve()
            make_project("scale", project, count=count, template=HERE / "template", corpus=corpus)
            run([*OWN, "-C", project, "--no-search"], project / "log.txt")
            sites[count] = articles(project / "public")
        sys.stdout.write("\n".join([*table(sites), ""]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
