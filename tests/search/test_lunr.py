"""The engine of small sites, and lunr as the yardstick of the other one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lunr.index import Index
from lunr.query import QueryPresence
from playwright.sync_api import Browser, expect

from search import Options
from search.lunr_engine import build_lunr, index_of, terms
from search.terminal import Terminal
from search.tokenize import fold
from tests.search.samples import RECORDS
from tests.search.support import PAGE, served

QUERIES = (
    "适老化改造", "補貼", "每户最高补贴6000元", "越政办发[2026]18号", "越政办發 〔2026〕 18 号", "民政局", "6000",
    "改造项目清单.xlsx", "老", "火星移民", "总则", "公积金可以按", "补贴 扶手",
)  # fmt: skip


@pytest.fixture(scope="module")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample records, answered by lunr."""
    folder = tmp_path_factory.mktemp("small")
    build_lunr(RECORDS, folder / "search", Options(layout="both", hot_words=("老人补贴",)))
    (folder / "sousuo.html").write_text(PAGE, encoding="utf-8")
    return folder


def by_lunr(index: Index, query: str) -> set[str]:
    """Return what lunr.py finds that has all tokens of a query, each of at least two letters."""

    def ask(clauses: Any) -> None:
        for term in dict.fromkeys(terms(query)):
            clauses.term(term, presence=QueryPresence.REQUIRED)

    return {found["ref"] for found in index.query(callback=ask)}


def holding(query: str) -> set[str]:
    """Return the records of which the text holds each word of a query, by brute force."""
    words = [fold("".join(query.split()))] if "号" in query else [fold(word) for word in query.split()]
    found = set()
    for record in RECORDS:
        heads = (record.title, record.document_number, *record.issuers, *record.keywords, *record.extra)
        lines = [*heads, *(text for part in record.sections for text in (part.heading, part.text))]
        text = "\n".join(fold(line) for line in lines)
        if all(word in text for word in words):
            found.add(record.id)
    return found


@pytest.mark.parametrize("query", QUERIES)
def test_finds_the_pages_that_hold_the_query(small_site: Path, query: str) -> None:
    answer = Terminal(small_site / "search").query(query, all=True)
    assert set(answer["ids"]) == holding(query)
    assert answer["total"] == len(holding(query))


@pytest.mark.parametrize("query", [query for query in QUERIES if len(query) > 1])
def test_the_large_engine_shows_what_lunr_finds(sample_site: Path, query: str) -> None:
    found = Terminal(sample_site / "search").query(query, limit=100)
    assert {hit["id"] for hit in found["hits"]} >= by_lunr(index_of(RECORDS), query)


@pytest.mark.parametrize("query", ["每户最高补贴6000元", "改造项目清单.xlsx", "户口簿", "第37次", "浴室"])
def test_what_lunr_scores_highest_is_among_our_first(sample_site: Path, query: str) -> None:
    def ask(clauses: Any) -> None:
        for term in dict.fromkeys(terms(query)):
            clauses.term(term, presence=QueryPresence.REQUIRED)

    scored = index_of(RECORDS).query(callback=ask)
    best = {found["ref"] for found in scored if found["score"] == scored[0]["score"]}
    first = [hit["id"] for hit in Terminal(sample_site / "search").query(query)["hits"]][:2]
    assert best & set(first)


def test_the_page_shows_results_of_lunr(small_site: Path, browser: Browser) -> None:
    complaints: list[str] = []
    with served(small_site) as address:
        page = browser.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"{address}sousuo.html?q=每户最高补贴")
        expect(page.locator(".search-status")).to_contain_text("找到 1 条")
        link = page.locator(".search-result__title a").first
        expect(link).to_have_attribute("href", f"{address}zhengce/yzbf-2026-18.html#tiao-5")
        expect(page.locator(".search-result__text mark").first).to_have_text("每户最高补贴")
        found = page.evaluate("window.yangguang.search.open('search').query('扶手', {all: true})")
        assert set(found["ids"]) == holding("扶手")
        page.close()
    assert complaints == []


def test_works_from_disk(small_site: Path, browser: Browser) -> None:
    page = browser.new_page()
    page.goto((small_site / "sousuo.html").as_uri() + "?q=适老化")
    expect(page.locator(".search-status")).to_contain_text("找到")
    page.close()


def test_the_same_again_is_not_made_again(tmp_path: Path) -> None:
    first = build_lunr(RECORDS, tmp_path / "a", cache_dir=tmp_path / "cache")
    again = build_lunr(RECORDS, tmp_path / "a", cache_dir=tmp_path / "cache")
    assert (again.changed, again.files) == ((), first.files)
    less = build_lunr(RECORDS[1:], tmp_path / "a", cache_dir=tmp_path / "cache")
    assert less.changed == ("m.bin",)
    assert build_lunr(RECORDS[1:], tmp_path / "b").files == less.files
