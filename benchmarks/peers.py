"""Pagefind, lunr and MiniSearch over the same records, each behind a page whose ``ask(query)`` resolves to ids.

Pagefind indexes one HTML page per record. lunr has jieba's words in its index and the browser's own segmenter for
queries; MiniSearch has pairs of characters and requires all of them; both load one prebuilt file. Needs node and npm.
"""

from __future__ import annotations

import gzip
import html
import json
import logging
import subprocess
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

from benchmarks.build import program
from search import SearchRecord
from tests.search.support import PAGE

OURS = "sousuo.html"
PROGRAMS = Path(__file__).with_name("peers.js")
LUNR = Path(__file__).parents[1] / "search/vendor/lunr.min.js"
PAGES = {
    "pagefind": """<script type="module">import * as pagefind from './pagefind/pagefind.js';
window.ask = async (query) => {
  const found = await pagefind.search(query);
  const shown = await Promise.all(found.results.slice(0, 10).map((each) => each.data()));
  return shown.map((each) => each.url.replace(/^.*[/]|[.]html$/g, ''));
};</script>""",
    "lunr": """<script src="lunr.js"></script><script>
let index = null;
window.ask = async (query) => {
  index = index || lunr.Index.load(await (await fetch('lunr.json')).json());
  const words = Array.from(new Intl.Segmenter('zh', { granularity: 'word' }).segment(query), (each) => each.segment);
  return index.query((q) => words.filter((word) => word.trim()).forEach((word) =>
    q.term(word.toLowerCase(), { presence: lunr.Query.presence.REQUIRED }))).slice(0, 10).map((each) => each.ref);
};</script>""",
    "minisearch": """<script src="minisearch.js"></script><script src="pairs.js"></script><script>
let index = null;
window.ask = async (query) => {
  index = index || MiniSearch.loadJSON(await (await fetch('minisearch.json')).text(), settings);
  return index.search(query, { combineWith: 'AND' }).slice(0, 10).map((each) => each.id);
};</script>""",
}
ASK_OURS = """() => {
  window.ask = async (query) => {
    window.engine = window.engine || window.yangguang.search.open();
    return (await window.engine.query(query, { limit: 10 })).hits.map((hit) => hit.id);
  };
}"""
PAIRS = """const settings = { fields: ['title', 'text'], idField: 'id', tokenize: (text) => {
  const out = [];
  for (const run of text.toLowerCase().match(/[0-9a-z]+|[\\u3400-\\u9fff]+/g) || []) {
    if (/^[0-9a-z]/.test(run) || run.length === 1) out.push(run);
    else for (let i = 0; i + 1 < run.length; i++) out.push(run.slice(i, i + 2));
  }
  return out;
} };
"""


def text_of(record: SearchRecord) -> str:
    """Return the words of a record in the order of its page."""
    heads = (record.document_number, *record.issuers, *record.keywords)
    return "\n".join((*heads, *(f"{each.heading}\n{each.text}" for each in record.sections)))


def words(text: str) -> list[str]:
    """Return jieba's words in search mode."""
    import jieba  # type: ignore[import-untyped]

    jieba.setLogLevel(logging.ERROR)
    return [word.lower() for word in jieba.cut_for_search(text) if any(char.isalnum() for char in word)]


def write_pagefind(records: Sequence[SearchRecord], folder: Path) -> None:
    site = folder / "pages"
    site.mkdir(parents=True)
    for record in records:
        lines = "".join(f"<p>{html.escape(line)}</p>" for line in text_of(record).split("\n") if line)
        (site / f"{record.id.replace('/', '-')}.html").write_text(
            f'<!doctype html><html lang="zh-CN"><title>{html.escape(record.title)}</title>'
            f"<body data-pagefind-body><h1>{html.escape(record.title)}</h1>{lines}</body></html>",
            encoding="utf-8",
        )
    binary = program("pagefind_bin_extended", "pagefind_extended*")
    subprocess.run(
        [binary, "--quiet", "--site", site, "--output-path", folder / "pagefind"],
        check=True,
        stdout=subprocess.DEVNULL,
    )


def _documents(records: Sequence[SearchRecord], path: Path, make: Callable[[str], str]) -> Path:
    with path.open("w", encoding="utf-8") as file:
        for record in records:
            entry = {"id": record.id, "title": make(record.title), "text": make(text_of(record))}
            file.write(json.dumps(entry, ensure_ascii=False) + "\n")
    return path


def run_node(*arguments: str | Path) -> str:
    command = ["node", "--max-old-space-size=8000", PROGRAMS, *arguments]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout


def minisearch(folder: Path) -> Path:
    """Fetch MiniSearch and return its script."""
    home = folder / "npm"
    subprocess.run(
        ["npm", "install", "--silent", "--prefix", home, "minisearch@7.2.0"],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return home / "node_modules/minisearch/dist/umd/index.js"


def write_lunr(records: Sequence[SearchRecord], folder: Path) -> None:
    documents = _documents(records, folder / "lunr.jsonl", lambda text: " ".join(words(text)))
    run_node("lunr", LUNR, documents, folder / "lunr.json")
    (folder / "lunr.js").write_bytes(LUNR.read_bytes())


def write_minisearch(records: Sequence[SearchRecord], folder: Path) -> None:
    script = minisearch(folder)
    (folder / "minisearch.js").write_bytes(script.read_bytes())
    (folder / "pairs.js").write_text(PAIRS, encoding="utf-8")
    documents = _documents(records, folder / "minisearch.jsonl", str)
    run_node(
        "minisearch", folder / "minisearch.js", documents, folder / "minisearch.json", folder / "pairs.js"
    )


WRITERS = {"pagefind": write_pagefind, "lunr": write_lunr, "minisearch": write_minisearch}


def write_pages(folder: Path) -> None:
    """Write the search page of each engine."""
    (folder / OURS).write_text(PAGE, encoding="utf-8")
    for name, script in PAGES.items():
        page = f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>{name}</title>{script}</html>'
        (folder / f"{name}.html").write_text(page, encoding="utf-8")


def lunr_ranking(records: Sequence[SearchRecord], asked: Sequence[str], folder: Path) -> list[list[str]]:
    """Return lunr's first twenty of each query, any of jieba's words sufficing."""
    documents = _documents(records, folder / "lunr.jsonl", lambda text: " ".join(words(text)))
    queries = folder / "queries.json"
    queries.write_text(json.dumps([words(query) for query in asked]), encoding="utf-8")
    ranked: list[list[str]] = json.loads(run_node("rank", LUNR, documents, queries))
    return ranked


class Traffic:
    """What a server sent: bytes of bodies by path, of all but the pages and their looks."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, int]] = []

    def take(self) -> tuple[int, int]:
        """Return bytes and requests since the last call."""
        mine = [size for path, size in self.sent if not path.endswith((".html", ".css", ".ico"))]
        self.sent.clear()
        return sum(mine), len(mine)


@contextmanager
def metered(folder: Path) -> Iterator[tuple[str, Traffic]]:
    """Serve a folder as hosts do, text compressed and connections kept; yield address and traffic."""
    traffic = Traffic()
    packed: dict[Path, bytes] = {}

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = folder / unquote(urlsplit(self.path).path).lstrip("/")
            if not path.is_file():
                self.send_error(404)
                return
            text = path.suffix in (".html", ".js", ".css", ".json")
            if text and path not in packed:
                packed[path] = gzip.compress(path.read_bytes(), 6)
            body = packed[path] if text else path.read_bytes()
            traffic.sent.append((path.name, len(body)))
            self.send_response(200)
            kinds = {".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css"}
            self.send_header("Content-Type", kinds.get(path.suffix, "application/octet-stream"))
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Cache-Control", "no-store")
            if text:
                self.send_header("Content-Encoding", "gzip")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *arguments: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/", traffic
    finally:
        server.shutdown()
        server.server_close()
