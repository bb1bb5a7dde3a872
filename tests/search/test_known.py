"""What a reader types of a page they know brings that page, on real regulations in Chromium."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.search.samples import regulations
from tests.search.support import served

ASK = """async (queries) => {
  const engine = window.yangguang.search.open();
  const out = [];
  for (const query of queries) {
    const found = await engine.query(query, { limit: 10 });
    out.push(found.hits.map((hit) => hit.title));
  }
  return out;
}"""
EVERY = 41


@pytest.fixture(scope="module")
def documents() -> list[dict[str, Any]]:
    return list(regulations())


@pytest.fixture(scope="module")
def ask(browser: Browser, regulation_site: Path) -> Iterator[Any]:
    """A function from queries to the titles of their first ten hits."""
    with served(regulation_site) as address:
        page = browser.new_page()
        page.goto(f"{address}sousuo.html")
        yield lambda queries: page.evaluate(ASK, queries)
        page.close()


def titles_of(documents: Sequence[dict[str, Any]]) -> list[str]:
    return [document["title"] for document in documents]


def test_a_whole_title_brings_its_page_first(ask: Any, documents: list[dict[str, Any]]) -> None:
    titles = titles_of(documents)[::EVERY]
    assert [found[0] for found in ask(titles)] == titles


def test_a_title_without_its_marks_brings_its_page_first(ask: Any, documents: list[dict[str, Any]]) -> None:
    titles = [title for title in titles_of(documents) if re.search(r"[《》（）、]", title)][::EVERY]
    bare = [" ".join(re.findall(r"\w+", title)) for title in titles]
    for typed, title, found in zip(bare, titles, ask(bare), strict=True):
        assert title in found[:3], typed


def test_six_characters_of_a_title_bring_it_to_the_first_ten(
    ask: Any, documents: list[dict[str, Any]]
) -> None:
    """Unless more than ten titles hold the six; then the first at least is one of these."""
    titles = titles_of(documents)
    wanted: list[tuple[str, str]] = []
    for number, title in enumerate(titles[:: EVERY // 2]):
        runs = [run for run in re.findall(r"[\u4e00-\u9fff]+", title) if len(run) >= 6]
        for run in runs[:1]:
            start = number % (len(run) - 5)
            wanted.append((run[start : start + 6], title))
    found = ask([typed for typed, _ in wanted])
    holding = [sum(typed in title for title in titles) for typed, _ in wanted]
    assert sum(count <= 10 for count in holding) > 25
    for (typed, title), hits, count in zip(wanted, found, holding, strict=True):
        assert typed in hits[0] and (count > 10 or title in hits), typed


def test_twelve_characters_of_one_text_bring_it_first(ask: Any, documents: list[dict[str, Any]]) -> None:
    wanted: list[tuple[str, str]] = []
    for document in documents[:: EVERY // 2]:
        runs = re.findall(r"[\u4e00-\u9fff]{12}", document["body_markdown"])
        typed = runs[len(runs) // 2] if runs else ""
        bodies = sum(typed in each["title"] + each["body_markdown"] for each in documents)
        if typed and bodies == 1:
            wanted.append((typed, document["title"]))
    assert len(wanted) > 40
    found = ask([typed for typed, _ in wanted])
    missed = [typed for (typed, title), hits in zip(wanted, found, strict=True) if hits[0] != title]
    assert missed == []
