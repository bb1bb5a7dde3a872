"""Every contiguous query finds every document that holds it: brute force against Chromium."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser

from search import SearchRecord, Section, build
from search.scripts import V8, QuickJs
from search.terminal import Terminal
from tests.search.samples import RECORDS, regulations
from tests.search.support import CORPUS, served

ASK_ALL = """async (queries) => {
  const engine = window.yangguang.search.open();
  const out = [];
  for (const [query, all] of queries) {
    const found = await engine.query(query, { limit: 1, all });
    out.push([found.ids || null, found.total, found.exact, found.partial]);
  }
  return out;
}"""

BRACKETS = str.maketrans("〔〕【】[]", "()()()")


def plainly_folded(text: str) -> str:
    """Fold by hand, apart from the code under test: NFKC, case, brackets, and no spaces beside Chinese."""
    text = unicodedata.normalize("NFKC", text).lower().translate(BRACKETS)
    out = ""
    for position, char in enumerate(text):
        if char != " ":
            out += char
        elif out[-1:].isascii() and out[-1:].isalnum():
            rest = text[position:].lstrip(" ")[:1]
            out += " " if rest.isascii() and rest.isalnum() else ""
    return out


def corpus_queries() -> list[dict[str, Any]]:
    path = CORPUS / "substring_queries_open.json"
    if not path.exists():
        pytest.skip("the shared corpus is not here")
    queries: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))["queries"]
    return queries


def test_finds_all_real_substrings_in_all_regulations(browser: Browser, regulation_site: Path) -> None:
    """Rarer ones by reading every text; of the others (over 60 documents) the lists must hold as many."""
    queries = corpus_queries()
    few = {each["q"]: each.get("matches_of_variant", each["matches"])["regulations"] for each in queries}
    asked = [[text, (count if isinstance(count, int) else count["n"]) <= 60] for text, count in few.items()]
    with served(regulation_site) as address:
        page = browser.new_page()
        page.goto(f"{address}sousuo.html")
        answers = page.evaluate(ASK_ALL, asked)
        page.close()
    texts = {
        each["id"]: plainly_folded(
            "\n".join(
                (
                    each["title"],
                    each["doc_number"] or "",
                    each["issuer"] or "",
                    "政策文件",
                    each["body_markdown"],
                )
            )
        )
        for each in regulations()
    }
    by_text = dict(zip((text for text, _ in asked), answers, strict=True))
    for query in queries:
        ids, total, exact, partial = by_text[query["q"]]
        wanted = query["matches"]["regulations"]
        assert not partial and total >= wanted["n"], query["q"]
        if ids is None:
            continue
        assert exact and total == len(ids), query["q"]
        found = set(ids)
        assert found.issuperset(wanted.get("ids", ())), query["q"]
        if query["kind"] == "traditional":
            assert len(found) >= query["matches_of_variant"]["regulations"], query["q"]
        else:
            folded = plainly_folded(query["q"])
            assert found == {key for key, text in texts.items() if folded in text}, query["q"]


@pytest.fixture(scope="module", params=[QuickJs, V8])
def terminal(request: pytest.FixtureRequest, sample_site: Path) -> Terminal:
    """An index asked through either engine: which one a Python has must not be seen in the answers."""
    return Terminal(sample_site / "search", request.param)


@pytest.mark.parametrize(
    ("typed", "record_id"),
    [
        ("越政办发〔2026〕18号", "policy/shilaohua"),
        ("越政办发[2026]18", "policy/shilaohua"),
        ("越政办发 （２０２６） 18 号", "policy/shilaohua"),
        ("【2026】18号", "policy/shilaohua"),
        ("總則", "policy/shilaohua"),
        ("总则第一条", "policy/shilaohua"),
        ("附件1：改造项目清单", "policy/shilaohua"),
        ("清单.XLSX", "policy/shilaohua"),
        ("最高补贴6000", "policy/shilaohua"),
        ("民政、扶贫", "policy/shidian"),
        ("日办结", "service/shilaohua"),
        ("第37期", "news/37"),
        ("与etc项", "news/1"),
        ("参会420人", "news/60"),
    ],
)
def test_finds_what_readers_type(terminal: Terminal, typed: str, record_id: str) -> None:
    found = terminal.query(typed, all=True)
    if typed == "总则第一条":
        assert record_id not in found["ids"], "a heading and its text are two lines"
        return
    assert record_id in found["ids"]


def test_one_character_finds_every_document_that_has_it(terminal: Terminal) -> None:
    found = terminal.query("贴", all=True)
    assert set(found["ids"]) == {
        record.id for record in RECORDS if "贴" in record.title + "".join(s.text for s in record.sections)
    }


def test_words_apart_must_all_be_there(terminal: Terminal) -> None:
    assert terminal.query("适老化 浴室", all=True)["ids"] == []
    assert set(terminal.query("老年人 补贴", all=True)["ids"]) >= {"policy/shidian", "policy/shilaohua"}


def test_nothing_is_found_where_only_the_pairs_are_there(terminal: Terminal) -> None:
    found = terminal.query("第一条件", all=True)
    assert found["ids"] == [] and found["total"] == 0


ALPHABET = "公积金提取住房补贴办法第一二三条总则〔〕2026号aBc１２，。 、後臺㎡"
TEXTS = st.lists(st.text(alphabet=ALPHABET, min_size=2, max_size=40), min_size=1, max_size=6)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(texts=TEXTS, data=st.data())
def test_any_stretch_of_any_text_is_found(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], data: st.DataObject
) -> None:
    records = [
        SearchRecord(
            f"r{number}",
            f"{number}.html",
            f"题名{number}",
            "policy",
            "文件",
            sections=(Section("", "", text),),
        )
        for number, text in enumerate(texts)
    ]
    folder = tmp_path_factory.mktemp("any")
    build(records, folder)
    chosen = data.draw(st.sampled_from(texts))
    start = data.draw(st.integers(0, len(chosen) - 2))
    typed = chosen[start : data.draw(st.integers(start + 2, len(chosen)))].strip()
    words = [word for word in typed.split() if any(char.isalnum() for char in word)]
    if not words:
        return
    found = set(Terminal(folder).query(typed, all=True)["ids"])
    brute = {
        record.id
        for record in records
        if all(plainly_folded(word) in plainly_folded(record.sections[0].text) for word in words)
    }
    assert found >= brute


def test_words_that_mean_the_same_are_found_too(terminal: Terminal) -> None:
    found = terminal.query("装扶手")
    assert found["hits"][0]["id"] == "question/fushou" and found["hits"][0]["exact"]
    alike = {hit["id"] for hit in found["hits"] if hit.get("synonym")}
    assert alike == {"policy/shilaohua", "policy/shidian", "service/shilaohua"}
    assert found["synonyms"] == [["装扶手", "适老化改造"]]


def test_quotation_marks_keep_to_the_letter(terminal: Terminal) -> None:
    found = terminal.query("“装扶手”")
    assert [hit["id"] for hit in found["hits"] if hit["exact"] or hit.get("synonym")] == ["question/fushou"]


def test_filters_never_decide_that_nothing_is_found(terminal: Terminal) -> None:
    found = terminal.query("适老化改造", filters={"validity": ["已废止"]}, all=True)
    assert found["ids"] == ["policy/shidian"]
    assert terminal.query("适老化改造", filters={"year": ["1999"]})["total"] == 0
