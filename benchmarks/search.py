"""What a search costs: bytes, requests and milliseconds per query, size and time of the index.

    python -m benchmarks.search --corpus ../shared/corpus [--documents 18695] [--queries 120]

Documents are those of the corpus's ``scale.py`` and its questions; queries are its substrings and its
questions. Everything runs in Chromium against a local server; *first* is a new index object per query with the
script (gzip) counted, *later* keeps the manifest and nothing else. ``--slow`` adds CPU ÷ 4, 150 ms, 1.6 Mbit/s.
"""

# ruff: noqa: T201  # a benchmark prints its table
from __future__ import annotations

import argparse
import gzip
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from search import Answer, Link, Options, SearchRecord, Section, build
from tests.search.support import CHROMIUM, PAGE, served

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

ASK = """async ([queries, first]) => {
  const open = window.yangguang.search.open;
  let engine = open();
  await engine.open();
  const out = [];
  for (const query of queries) {
    if (first) engine = open(); else { engine.index.cache.clear(); engine.last = null; }
    const start = performance.now();
    const result = await engine.query(query, { limit: 10 });
    out.push([result.bytes, result.requests, performance.now() - start, result.total, result.hits.length]);
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


def measure(page: Page, name: str, queries: Sequence[str], first: bool, script: int) -> None:
    rows = page.evaluate(ASK, [list(queries), first])
    own = script if first else 0
    print(
        f"{name:24} bytes {percentiles([row[0] + own for row in rows])}   requests {percentiles([row[1] for row in rows])}"
        f"   ms {percentiles([row[2] for row in rows])}   without hits {sum(not row[4] for row in rows)}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--documents", type=int, default=18695)
    parser.add_argument("--queries", type=int, default=120)
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
        (folder / "sousuo.html").write_text(PAGE, encoding="utf-8")
        script = len(gzip.compress((folder / "search/search.js").read_bytes(), 9))
        print(f"script: {script} bytes gzip; manifest {(folder / 'search/m.bin').stat().st_size} bytes")
        substrings = json.loads((arguments.corpus / "substring_queries_open.json").read_text("utf-8"))[
            "queries"
        ]
        some = [each["q"] for each in substrings if each["kind"] in ("cjk", "doc_number", "digits", "latin")]
        sets = {
            "keywords": KEYWORDS,
            "substrings": some[:: max(1, len(some) // arguments.queries)],
            "questions": [each["question"] for each in asked][:: max(1, len(asked) // arguments.queries)],
        }
        with served(folder) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            page = browser.new_page()
            page.goto(f"{address}sousuo.html")
            print(f"{'':24}       {'p50':>8} {'p95':>8}")
            for label, queries in sets.items():
                measure(page, f"{label}, first", queries, True, script)
                measure(page, f"{label}, later", queries, False, script)
            if arguments.slow:
                session = page.context.new_cdp_session(page)
                session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
                session.send(
                    "Network.emulateNetworkConditions",
                    {
                        "offline": False,
                        "latency": 150,
                        "downloadThroughput": 200_000,
                        "uploadThroughput": 200_000,
                    },
                )
                for label, queries in sets.items():
                    measure(page, f"{label}, later, slow", queries[:40], False, script)
            browser.close()


if __name__ == "__main__":
    main()
