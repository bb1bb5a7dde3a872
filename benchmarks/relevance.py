"""How well the shipped engine answers lay questions, beside a word-based BM25 with jieba.

    python -m benchmarks.relevance --corpus ../shared/corpus [--every 2]

Bed: national articles, one document per law and chapter; gold is the document that holds a gold article. Three
rows: jieba BM25; the engine in Chromium as it ships; the same with expansion learned in five folds that share no
gold article (connected questions stay together). ``deep`` is the share of gold documents among the first ten
whose link points at a gold article.
"""

# ruff: noqa: T201  # a benchmark prints its table
from __future__ import annotations

import argparse
import gzip
import json
import logging
import math
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
from playwright.sync_api import Page, sync_playwright

from search import Options, SearchRecord, Section, build
from tests.search.support import CHROMIUM, PAGE, served

FOLDS = 5
Gold = dict[str, set[str]]

ASK = """async (questions) => {
  const engine = window.yangguang.search.open();
  const out = [];
  for (const question of questions) {
    const result = await engine.query(question, { limit: 20 });
    out.push(result.hits.map((hit) => [hit.id, hit.anchor]));
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


def report(name: str, ranked: Sequence[Sequence[tuple[str, str]]], golds: Sequence[Gold]) -> None:
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
        f"{name:34} R@5 {recall[5] / count:.4f}  R@10 {recall[10] / count:.4f}  R@20 {recall[20] / count:.4f}  "
        f"MRR@10 {reciprocal / count:.4f}  nDCG@10 {gain / count:.4f}  deep {deep / max(1, deep_of):.3f}"
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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--every", type=int, default=1, help="ask only every so many questions")
    arguments = parser.parse_args()
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
    report("jieba BM25", jieba_ranking(records, asked), golds)
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        (folder / "sousuo.html").write_text(PAGE, encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        with served(folder) as address:

            def ask(options: Options, some: Sequence[str]) -> list[list[tuple[str, str]]]:
                build(records, folder / "search", options, folder / "cache")
                page: Page = browser.new_page()
                page.goto(f"{address}sousuo.html")
                ranked = page.evaluate(ASK, list(some))
                page.close()
                return [[(hit[0], hit[1]) for hit in hits] for hits in ranked]

            report("engine", ask(Options(workers=2), asked), golds)
            learned: dict[int, list[tuple[str, str]]] = {}
            for fold in range(FOLDS):
                lessons = tuple(
                    (question["question"], "\n".join(each["text"] for each in question["gold"]))
                    for question, other in zip(questions, fold_of, strict=True)
                    if other != fold
                )
                numbers = [number for number in chosen if fold_of[number] == fold]
                answers = ask(
                    Options(workers=2, lessons=lessons), [questions[each]["question"] for each in numbers]
                )
                learned |= dict(zip(numbers, answers, strict=True))
            report("engine, learned in grouped folds", [learned[number] for number in chosen], golds)
        browser.close()


if __name__ == "__main__":
    main()
