"""What a search costs: bytes, requests and milliseconds per query, size and time of the index.

    python -m benchmarks.search --corpus ../shared/corpus [--documents 18695] [--queries 120] [--peers lunr …] [--slow]

Documents are those of the corpus's ``scale.py`` and its questions; queries are keywords, the corpus's substrings and
its questions. Everything runs in Chromium against a local server that compresses text and counts the bodies it sends:
every script, index file and text, but not the page and its style sheet. *First* is a new visitor's first query;
*later* a further query of which our engine has kept the manifest and the scripts alone, while the peers keep all that
they ever loaded. ``--slow`` adds CPU ÷ 4, 150 ms, 1.6 Mbit/s for ours: milliseconds until the hits are known, until
the first texts are there, and all. lunr and MiniSearch need about 2 kB of memory and of transfer for each kB of text:
compare them at 5,000 documents.
"""

# ruff: noqa: T201  # a benchmark prints its table
from __future__ import annotations

import argparse
import gzip
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.peers import ASK_OURS, OURS, WRITERS, Traffic, metered, write_pages
from search import Answer, Link, Options, SearchRecord, Section, build

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FIRST = 40
"""So many first queries are asked of each kind: each has a browser context of its own."""

KEYWORDS = (
    "公积金提取",
    "营商环境",
    "优化营商环境",
    "行政复议",
    "电动自行车",
    "住房公积金",
    "最低生活保障",
    "垃圾分类",
    "养老服务",
    "医疗保险",
    "社会救助",
    "廉租住房",
    "物业管理",
    "违法建设",
    "食品安全",
    "环境影响评价",
    "工伤保险",
    "义务教育",
    "居住证",
    "消防安全",
    "招标投标",
    "政府采购",
    "土地征收",
    "房屋拆迁",
    "噪声污染",
    "犬只管理",
    "残疾人",
    "老年人权益",
    "未成年人保护",
    "失业保险金",
    "个体工商户登记",
    "道路停车",
    "出租汽车",
    "烟花爆竹",
    "文明行为",
    "河道管理",
    "历史文化名城",
    "水资源",
    "信访",
)

HITS = """async ([queries, first]) => {
  const open = window.yangguang.search.open;
  let engine = open();
  await engine.open();
  const out = [];
  for (const query of queries) {
    if (first) engine = open(); else { engine.index.cache.clear(); engine.last = null; }
    const start = performance.now();
    let counted = 0;
    let texts = 0;
    const progress = (early) => {
      counted = counted || performance.now() - start;
      if (early.hits.length) texts = texts || performance.now() - start;
    };
    await engine.query(query, { limit: 10, progress });
    const all = performance.now() - start;
    out.push([counted, texts || all, all]);
  }
  return out;
}"""


def scale_documents(corpus: Path, count: int, folder: Path) -> Iterator[dict[str, Any]]:
    path = folder / "scale.jsonl"
    subprocess.run(
        [sys.executable, corpus / "scale.py", "-n", str(count), "--seed", "1", "-o", path], check=True
    )
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def policy_record(document: dict[str, Any]) -> SearchRecord:
    return SearchRecord(
        id=document["id"],
        url=f"zhengce/{document['id']}.html",
        title=document["title"],
        kind="policy",
        kind_label="政策文件",
        date=document["issue_date"],
        document_number=document["doc_number"] or "",
        issuers=(document["agency"],),
        subject=document["topic"],
        validity=document["status"],
        lapsed=document["status"] in ("失效", "废止"),
        keywords=tuple(document["keywords"]),
        sections=(Section("", "", document["body_markdown"].replace("\n\n", "\n")),),
    )


def questions(corpus: Path) -> list[dict[str, Any]]:
    with gzip.open(corpus / "qa.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def question_record(entry: dict[str, Any]) -> SearchRecord:
    basis = entry["gold"][0]
    return SearchRecord(
        id=entry["id"],
        url=f"wenda/{entry['id']}.html",
        title=entry["question"],
        kind="question",
        kind_label="政策问答",
        date="2021-01-01",
        sections=(Section("", "", entry["answer"] or basis["text"]),),
        answer=Answer(
            entry["question"],
            (entry["answer"] or "")[:100],
            Link(basis["name"], "x.html"),
            quote=basis["text"],
        ),
    )


def percentiles(values: Sequence[float]) -> str:
    ordered = sorted(values)
    return f"{ordered[len(ordered) // 2]:8.0f} {ordered[int(0.95 * (len(ordered) - 1))]:8.0f}"


def show(name: str, rows: Sequence[tuple[int, int, float]], empty: int) -> None:
    sizes, requests, times = zip(*rows, strict=True)
    print(
        f"{name:32} bytes {percentiles(sizes)}   requests {percentiles(requests)}"
        f"   ms {percentiles(times)}   without hits {empty}",
        flush=True,
    )


def ask(page: Page, query: str) -> tuple[float, int]:
    """Return milliseconds and number of hits."""
    took, found = page.evaluate(
        "async (query) => { const start = performance.now(); const ids = await window.ask(query);"
        " return [performance.now() - start, ids.length]; }",
        query,
    )
    return took, found


def costs(
    browser: Browser, address: str, traffic: Traffic, name: str, label: str, queries: Sequence[str]
) -> None:
    """Print what queries cost as a visit's first, and as its later ones."""

    def fresh() -> Page:
        page = browser.new_context(viewport={"width": 360, "height": 740}).new_page()
        page.goto(address + (OURS if name == "ours" else f"{name}.html"), wait_until="networkidle")
        if name == "ours":
            page.evaluate(ASK_OURS)
        return page

    rows, empty = [], 0
    for query in queries[:: max(1, len(queries) // FIRST)]:
        traffic.take()
        page = fresh()
        took, found = ask(page, query)
        rows.append((*traffic.take(), took))
        empty += not found
        page.context.close()
    show(f"{name}, {label}, first", rows, empty)
    page = fresh()
    ask(page, "办法")
    rows, empty = [], 0
    for query in queries:
        if name == "ours":
            page.evaluate("() => { window.engine.index.cache.clear(); window.engine.last = null; }")
        traffic.take()
        took, found = ask(page, query)
        rows.append((*traffic.take(), took))
        empty += not found
    page.context.close()
    show(f"{name}, {label}, later", rows, empty)


def slow(page: Page, label: str, queries: Sequence[str], first: bool) -> None:
    rows = page.evaluate(HITS, [list(queries), first])
    columns = zip(("hits", "first texts", "all texts"), zip(*rows, strict=True), strict=True)
    print(f"{label:32} " + "   ".join(f"{name} {percentiles(times)}" for name, times in columns), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--documents", type=int, default=18695)
    parser.add_argument("--queries", type=int, default=120)
    parser.add_argument("--peers", nargs="*", default=[], choices=list(WRITERS))
    parser.add_argument("--slow", action="store_true")
    arguments = parser.parse_args()
    asked = questions(arguments.corpus)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        records = [
            policy_record(each) for each in scale_documents(arguments.corpus, arguments.documents, folder)
        ]
        records += [question_record(each) for each in asked]
        start = time.perf_counter()
        report = build(
            records, folder / "search", Options(workers=2, favoured_kinds=("question",)), folder / "cache"
        )
        took = time.perf_counter() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        size = sum((folder / "search" / path).stat().st_size for path in report.files)
        print(
            f"index: {report.documents} documents, {len(report.files)} files, {size / 1e6:.1f} MB, {took:.1f} s, "
            f"{peak} MB in this process (records included), "
            f"{resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024} MB in the largest worker"
        )
        for name in arguments.peers:
            start = time.perf_counter()
            WRITERS[name](records, folder)
            print(f"{name}: index in {time.perf_counter() - start:.1f} s", flush=True)
        write_pages(folder)
        substrings = json.loads((arguments.corpus / "substring_queries_open.json").read_text("utf-8"))[
            "queries"
        ]
        some = [each["q"] for each in substrings if each["kind"] in ("cjk", "doc_number", "digits", "latin")]
        sets = {
            "keywords": KEYWORDS,
            "substrings": some[:: max(1, len(some) // arguments.queries)],
            "questions": [each["question"] for each in asked][:: max(1, len(asked) // arguments.queries)],
        }
        with metered(folder) as (address, traffic), sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            print(f"{'':38} {'p50':>8} {'p95':>8}")
            for name in ("ours", *arguments.peers):
                for label, queries in sets.items():
                    costs(browser, address, traffic, name, label, queries)
            if arguments.slow:
                page = throttled(browser, address)
                for label, queries in sets.items():
                    slow(page, f"{label}, first, slow", queries[:20], True)
                    slow(page, f"{label}, later, slow", queries[:40], False)
            browser.close()


def throttled(browser: Browser, address: str) -> Page:
    page = browser.new_page()
    page.goto(address + OURS)
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    conditions = {
        "offline": False,
        "latency": 150,
        "downloadThroughput": 200_000,
        "uploadThroughput": 200_000,
    }
    session.send("Network.emulateNetworkConditions", conditions)
    return page


if __name__ == "__main__":
    main()
