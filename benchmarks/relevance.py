"""How well the shipped engine answers lay questions and finds known items, beside other engines.

    python -m benchmarks.relevance --corpus ../shared/corpus [--every 2] [--peers] [--curve] [--known]

Bed: national articles, one document per law and chapter; gold is the document that holds a gold article. Rows:
jieba BM25; with ``--peers`` lunr (jieba's words on both sides, any of them) and Pagefind extended; the engine in
Chromium as it ships; the same with expansion learned in five folds that share no gold article (connected questions
stay together). ``deep`` is the share of gold documents among the first ten whose link points at a gold article; ``odd``
are the questions that constants were chosen by, ``even`` the others. ``--curve`` asks again with fewer and with more
shards and texts per question, as bytes against quality. ``--known`` asks for titles, 文号 and passages of twelve
characters of the corpus's regulations and policies.
"""

# ruff: noqa: T201  # a benchmark prints its table
from __future__ import annotations

import argparse
import gzip
import json
import logging
import math
import re
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.peers import lunr_ranking, metered, write_pagefind, write_pages
from benchmarks.search import CHROMIUM
from search import Options, SearchRecord, Section, build
from search.assets import bundle
from search.tokenize import fold
from tests.search.support import PAGE, served

FOLDS = 5
CURVE = ((2, 0, 6), (4, 2, 8), (6, 3, 10), (8, 4, 12), (10, 4, 12), (12, 6, 16), (16, 8, 20))
"""Shards of a question, further shards of expansions, texts read."""
CONSTANTS = ("QUESTION_SHARDS", "MORE_SHARDS", "READ_AHEAD")
Ranked = list[list[tuple[str, str]]]
Gold = dict[str, set[str]]

ASK = """async (questions) => {
  const engine = window.yangguang.search.open();
  const out = [];
  for (const question of questions) {
    const { bytes } = await engine.query(question, { limit: 10 });
    const result = await engine.query(question, { limit: 20 });
    out.push([bytes, result.hits.map((hit) => [hit.id, hit.anchor])]);
    engine.index.cache.clear();
  }
  return out;
}"""


def read(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def bed(corpus: Path) -> tuple[list[SearchRecord], dict[str, tuple[str, str]]]:
    """Return the documents, and for each article its document and anchor."""
    chapters: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for article in read(corpus / "articles.jsonl.gz"):
        if article["region"] == "全国":
            chapters[article["law"], article["path"][0] if article["path"] else ""].append(article)
    records: list[SearchRecord] = []
    place: dict[str, tuple[str, str]] = {}
    for number, ((law, chapter), articles) in enumerate(sorted(chapters.items())):
        name = f"d{number:05}"
        sections = []
        for article in articles:
            anchor = article["id"]
            place[article["id"]] = (name, anchor)
            text = f"{article['article']} {article['text']}"
            sections.append(Section(anchor, " ".join(article["path"][1:]), text))
        records.append(
            SearchRecord(
                id=name,
                url=f"{name}.html",
                title=f"{law} {chapter}".strip(),
                kind="policy",
                kind_label="政策文件",
                date=articles[0]["law_date"] or "",
                sections=tuple(sections),
            )
        )
    return records, place


def folds(questions: Sequence[dict[str, Any]]) -> list[int]:
    """Deal the questions into folds so that no gold article lies in two."""
    parent: dict[str, str] = {}

    def find(article: str) -> str:
        parent.setdefault(article, article)
        while parent[article] != article:
            article = parent[article]
        return article

    for question in questions:
        first, *others = (each["article_id"] for each in question["gold"])
        for other in others:
            parent[find(other)] = find(first)
    roots = [find(question["gold"][0]["article_id"]) for question in questions]
    return [blake2b(root.encode(), digest_size=4).digest()[0] % FOLDS for root in roots]


def report(name: str, ranked: Ranked, golds: Sequence[Gold], numbers: Sequence[int]) -> None:
    """Print a row over all questions, and one each over the odd and the even ones."""
    for label, wanted in (("", (0, 1)), (", odd", (1,)), (", even", (0,))):
        chosen = [at for at, number in enumerate(numbers) if number % 2 in wanted]
        if chosen:
            row(name + label, [ranked[at] for at in chosen], [golds[at] for at in chosen])


def row(name: str, ranked: Ranked, golds: Sequence[Gold]) -> None:
    recall = {5: 0.0, 10: 0.0, 20: 0.0}
    reciprocal = gain = 0.0
    deep = deep_of = 0
    for hits, gold in zip(ranked, golds, strict=True):
        found = [rank for rank, (document, _) in enumerate(hits) if document in gold]
        for depth in recall:
            recall[depth] += sum(rank < depth for rank in found) / len(gold)
        if found and found[0] < 10:
            reciprocal += 1 / (found[0] + 1)
        ideal = sum(1 / math.log2(rank + 2) for rank in range(min(10, len(gold))))
        gain += sum(1 / math.log2(rank + 2) for rank in found if rank < 10) / ideal
        for rank in found:
            if rank < 10:
                deep_of += 1
                deep += hits[rank][1] in gold[hits[rank][0]]
    count = len(golds)
    print(
        f"{name:40} R@5 {recall[5] / count:.4f}  R@10 {recall[10] / count:.4f}  R@20 {recall[20] / count:.4f}  "
        f"MRR@10 {reciprocal / count:.4f}  nDCG@10 {gain / count:.4f}  deep {deep / max(1, deep_of):.3f}",
        flush=True,
    )


def jieba_ranking(records: Sequence[SearchRecord], asked: Sequence[str]) -> list[list[tuple[str, str]]]:
    """Rank by BM25 (k1 1.2, b 0.75) over jieba's words in search mode, title and body together."""
    import jieba  # type: ignore[import-untyped]

    jieba.setLogLevel(logging.ERROR)
    postings: dict[str, list[tuple[int, int]]] = defaultdict(list)
    lengths = np.zeros(len(records))
    for number, record in enumerate(records):
        text = "\n".join((record.title, *(f"{each.heading}\n{each.text}" for each in record.sections)))
        words = Counter(word for word in jieba.cut_for_search(text) if word.strip())
        lengths[number] = sum(words.values())
        for word, frequency in words.items():
            postings[word].append((number, frequency))
    norm = 1.2 * (0.25 + 0.75 * lengths / lengths.mean())
    ranked = []
    for question in asked:
        scores = np.zeros(len(records))
        for word in jieba.cut_for_search(question):
            if found := postings.get(word):
                numbers, frequencies = np.array(found).T
                idf = math.log(1 + (len(records) - len(found) + 0.5) / (len(found) + 0.5))
                scores[numbers] += idf * frequencies * 2.2 / (frequencies + norm[numbers])
        ranked.append([(records[int(at)].id, "") for at in np.argsort(-scores, kind="stable")[:20]])
    return ranked


def pagefind_ranking(records: Sequence[SearchRecord], asked: Sequence[str], browser: Browser) -> Ranked:
    """Ask Pagefind, which wants every word."""
    with tempfile.TemporaryDirectory() as name:
        write_pagefind(records, Path(name))
        write_pages(Path(name))
        with metered(Path(name)) as (address, _):
            page = browser.new_page()
            page.goto(f"{address}pagefind.html", wait_until="networkidle")
            ranked = [
                [(each, "") for each in page.evaluate("(query) => ask(query)", query)] for query in asked
            ]
            page.close()
    return ranked


class Bed:
    """The documents behind a local server, indexed anew for each set of lessons."""

    def __init__(self, records: Sequence[SearchRecord], folder: Path, browser: Browser, address: str) -> None:
        self.records, self.folder, self.browser, self.address = records, folder, browser, address
        (folder / "sousuo.html").write_text(PAGE, encoding="utf-8")

    def index(self, lessons: tuple[tuple[str, str], ...] = ()) -> None:
        build(
            self.records, self.folder / "search", Options(workers=2, lessons=lessons), self.folder / "cache"
        )

    def ask(self, asked: Sequence[str], constants: dict[str, int] | None = None) -> tuple[Ranked, list[int]]:
        """Return hits and bytes of each question; other ``constants`` are written into the scripts."""
        page: Page = self.browser.new_page()
        if constants:
            page.route(re.compile(r"/(search|expand)[.]js$"), lambda route: self._changed(route, constants))
        page.goto(f"{self.address}sousuo.html")
        answers = page.evaluate(ASK, list(asked))
        page.close()
        return [[(hit[0], hit[1]) for hit in hits] for _, hits in answers], [bytes_ for bytes_, _ in answers]

    @staticmethod
    def _changed(route: Any, constants: dict[str, int]) -> None:
        names = ("words.js", "expand.js") if "expand" in route.request.url else None
        script = (bundle(names) if names else bundle()).decode()
        for name, value in constants.items():
            script = re.sub(rf"const {name} = \d+;", f"const {name} = {value};", script)
        route.fulfill(body=script, content_type="text/javascript")


def lessons_without(questions: Sequence[dict[str, Any]], fold_of: Sequence[int], fold: int) -> Any:
    return tuple(
        (question["question"], "\n".join(each["text"] for each in question["gold"]))
        for question, other in zip(questions, fold_of, strict=True)
        if other != fold
    )


def known_items(corpus: Path, count: int, browser: Browser) -> None:
    """Ask for titles, 文号 and passages that one document has; print how often it comes first."""
    records = []
    for name in ("regulations", "policies"):
        for each in read(corpus / f"{name}.jsonl.gz"):
            body = each["body_markdown"].replace("\n\n", "\n")
            records.append(
                SearchRecord(
                    id=each["id"],
                    url=f"{each['id']}.html",
                    title=each["title"],
                    kind="policy",
                    kind_label="政策文件",
                    date=each.get("date") or each.get("publish_date") or "",
                    document_number=each["doc_number"] or "",
                    issuers=(each["issuer"],) if each["issuer"] else (),
                    sections=(Section("", "", body),),
                )
            )
    texts = {each.id: fold(each.title + "\n" + each.sections[0].text) for each in records}
    passages = []
    for record in records[:: max(1, len(records) // count)]:
        runs = re.findall(r"[\u4e00-\u9fff]{12}", record.sections[0].text)
        chosen = runs[len(runs) // 2 :][:1]
        if chosen and sum(fold(chosen[0]) in text for text in texts.values()) == 1:
            passages.append((chosen[0], record))
    step = max(1, len(records) // count)
    numbered = [each for each in records if each.document_number]
    sets: dict[str, Iterable[tuple[str, SearchRecord]]] = {
        "title": [(each.title, each) for each in records[::step]],
        "文号": [
            (each.document_number.replace("〔", "[").replace("〕", "]"), each)
            for each in numbered[:: max(1, len(numbered) // count)]
        ],
        "12 characters": passages,
    }
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with served(folder) as address:
            bed_ = Bed(records, folder, browser, address)
            bed_.index()
            by_id = {each.id: each for each in records}
            for label, items in sets.items():
                asked = list(items)
                ranked, _ = bed_.ask([query for query, _ in asked])
                first = ten = 0
                for (_, wanted), hits in zip(asked, ranked, strict=True):
                    # Versions of a text and its notices share title and 文号: any of them is right.
                    same = [
                        (by_id[hit].title, by_id[hit].document_number)
                        in ((wanted.title, wanted.document_number),)
                        or (label == "title" and by_id[hit].title == wanted.title)
                        or (label == "文号" and by_id[hit].document_number == wanted.document_number)
                        for hit, _ in hits
                    ]
                    first += same[:1] == [True]
                    ten += any(same[:10])
                print(
                    f"known item: {label:16} {len(asked)} asked, first {first / len(asked):.4f}, in ten {ten / len(asked):.4f}",
                    flush=True,
                )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--every", type=int, default=1, help="ask only every so many questions")
    parser.add_argument("--peers", action="store_true", help="also lunr and Pagefind")
    parser.add_argument("--curve", action="store_true", help="quality against bytes")
    parser.add_argument("--known", type=int, default=0, metavar="N", help="known items of about N documents")
    arguments = parser.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        if arguments.known:
            known_items(arguments.corpus, arguments.known, browser)
        else:
            questions_of(arguments, browser)
        browser.close()


def questions_of(arguments: argparse.Namespace, browser: Browser) -> None:
    records, place = bed(arguments.corpus)
    questions = list(read(arguments.corpus / "qa.jsonl.gz"))
    fold_of = folds(questions)
    chosen = [
        number
        for number in range(0, len(questions), arguments.every)
        if any(each["article_id"] in place for each in questions[number]["gold"])
    ]
    golds: list[Gold] = []
    for number in chosen:
        gold: Gold = defaultdict(set)
        for each in questions[number]["gold"]:
            if each["article_id"] in place:
                document, anchor = place[each["article_id"]]
                gold[document].add(anchor)
        golds.append(gold)
    asked = [questions[number]["question"] for number in chosen]
    report("jieba BM25", jieba_ranking(records, asked), golds, chosen)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if arguments.peers:
            ranked = [[(each, "") for each in found] for found in lunr_ranking(records, asked, folder)]
            report("lunr", ranked, golds, chosen)
            report("Pagefind extended", pagefind_ranking(records, asked, browser), golds, chosen)
        with served(folder) as address:
            own = Bed(records, folder, browser, address)
            own.index()
            report("engine", own.ask(asked)[0], golds, chosen)
            settings = CURVE if arguments.curve else ((),)
            answers: list[dict[int, tuple[list[tuple[str, str]], int]]] = [{} for _ in settings]
            for fold_ in range(FOLDS):
                own.index(lessons_without(questions, fold_of, fold_))
                numbers = [number for number in chosen if fold_of[number] == fold_]
                for found, values in zip(answers, settings, strict=True):
                    constants = dict(zip(CONSTANTS, values, strict=True)) if values else None
                    ranked, sizes = own.ask([questions[each]["question"] for each in numbers], constants)
                    found |= dict(zip(numbers, zip(ranked, sizes, strict=True), strict=True))
            for found, values in zip(answers, settings, strict=True):
                sizes = sorted(found[number][1] for number in chosen)
                size = (
                    f"{sizes[len(sizes) // 2] / 1000:.0f}/{sizes[int(0.95 * (len(sizes) - 1))] / 1000:.0f} kB"
                )
                label = " ".join(map(str, values)) if values else "learned in grouped folds"
                report(f"engine, {label}, {size}", [found[number][0] for number in chosen], golds, chosen)


if __name__ == "__main__":
    main()
