"""Folding and grams are the same in Python and in Chromium, for every code point."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from search.assets import source
from search.tokenize import fold, fold_character, grams, traditional

VECTORS = json.loads((Path(__file__).parents[2] / "search/vectors/tokens.json").read_text("utf-8"))

FOLD_ALL = """async () => {
  const engine = window.yangguang.search.open();
  await engine.open();
  const tokens = engine.index.tokens;
  tokens.learn(await engine.index.json('fold.bin', ''));
  const out = {};
  for (let code = 0; code < 0x110000; code++) {
    if (code >= 0xD800 && code < 0xE000) continue;
    const char = String.fromCodePoint(code);
    const folded = tokens.foldCharacter(char);
    if (folded !== char) out[code] = folded;
  }
  return out;
}"""

VECTORS_IN_BROWSER = """async (texts) => {
  const engine = window.yangguang.search.open();
  await engine.open();
  const tokens = engine.index.tokens;
  tokens.learn(await engine.index.json('fold.bin', ''));
  return texts.map((text) => { const folded = tokens.fold(text); return [folded, tokens.grams(folded)]; });
}"""


def test_all_code_points_fold_alike(browser: Browser, sample_address: str) -> None:
    page = browser.new_page()
    page.goto(f"{sample_address}sousuo.html")
    in_browser = page.evaluate(FOLD_ALL)
    page.close()
    here = {
        str(code): folded
        for code in range(0x110000)
        if not 0xD800 <= code < 0xE000 and (folded := fold_character(chr(code))) != chr(code)
    }
    differing = {code: (here.get(code), in_browser.get(code)) for code in here.keys() ^ in_browser.keys()}
    differing |= {
        code: (here[code], in_browser[code])
        for code in here.keys() & in_browser.keys()
        if here[code] != in_browser[code]
    }
    assert differing == {}


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["text"][:20])
def test_vectors_hold_in_python(vector: dict[str, object]) -> None:
    text = str(vector["text"])
    assert fold(text) == vector["folded"]
    assert sorted(grams(text)) == vector["grams"]


def test_vectors_hold_in_the_browser(browser: Browser, sample_address: str) -> None:
    page = browser.new_page()
    page.goto(f"{sample_address}sousuo.html")
    page.evaluate(source("grams.js"))
    answers = page.evaluate(VECTORS_IN_BROWSER, [vector["text"] for vector in VECTORS])
    page.close()
    assert [[folded, sorted(keys)] for folded, keys in answers] == [
        [vector["folded"], vector["grams"]] for vector in VECTORS
    ]


def test_traditional_folding_needs_one_pass() -> None:
    assert all(fold(simple) == simple for simple in traditional().values())


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("第一章　总　则", "第一章总则"),
        ("越政办发［２０２１］ 3 号", "越政办发(2021)3号"),
        ("World  Trade 组织", "world trade组织"),
        ("後臺㎡①", "后台m21"),
        ("e\u0301", "é"),
    ],
)
def test_folds_as_written(text: str, folded: str) -> None:
    assert fold(text) == folded
