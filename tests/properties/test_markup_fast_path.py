"""The fast path of `convert` equals its reference, byte for byte; sections hold all visible text."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.markup import ROOT_MARK, Markup, ResolvedImage, ResolvedLink, convert, scan

CORPUS = Path(__file__).parents[2] / ".." / "shared" / "corpus"
LINKS = {
    ("《测试法》", ""): ResolvedLink("a/b.html", "", "测试法"),
    ("《测试法》", "第三条"): ResolvedLink("a/b.html", "tiao-3"),
    ("绍政发〔2021〕3号", ""): ResolvedLink("c.html", text="某文件"),
    ("b.md", ""): ResolvedLink("b.html"),
}
IMAGES = {"a.png": ResolvedImage("x.png", 1, 2, (("image/webp", (("x-1.webp", 1), ("x-2.webp", 2))),))}

PIECES = (
    "条形图：甲（件）", "折线图: 乙", "第一条", "第二条 甲", "第二条之一　乙", "第三条", "第一章 总则", "### 第一节 乙", "第二编", "目录", "（一）", "(二)", "1．", "1. ",
    "一、", "二、标题", "附件：", "附件1", "2024年3月1日", "越明市人民政府", "各单位：", "（此件公开发布）", "　", " ", "  ", "    ", "\t",
    "\n", "\n\n", "\n\n", "\n\n", "  \n", "\r\n", "- ", "  - ", "* ", "+", "# ", "## ", "#", "**", "*", "_", "`", "```\n", "~~~", "> ",
    "[!注意]", "!!! 提示", "[", "]", "](", "(", ")", "[[", "]]", "《测试法》", "绍政发〔2021〕3号", "[甲](b.md)", "![图](a.png)",
    "[^1]", "[^1]: 注", "[b]: b.md", "：", "{#id}", "{: .c}", "---", "===", "|", "|---|", "\n|---|---|\n", "表：题注", "中文", "。", "；",
    "abc", "<b>", "</b>", "<div>", "</div>", "<p>", "</p>", "<a href='x'>", "</a>", "<table>", "<tr>", "<td>", "</table>", "<h1>",
    "</h1>", "<br>", "<ul>", "<li>", "<script>", "<!--", "-->", "<pre>", "&", "&amp;", "\\", "\xa0", "\x01", "\u2028", "\ufdd0", "“", "https://a.cn/b_1?x=1&y=2", "http://10.0.0.1/", "https://www.gov.cn", "## 《测试法》",
)  # fmt: skip
BODIES = st.lists(
    st.one_of(st.sampled_from(PIECES), st.sampled_from(PIECES), st.text(max_size=6)), max_size=25
).map("".join)


def both(body: str, *, imported: bool = False) -> tuple[Markup, Markup]:
    scan(body)
    return (
        convert(body, links=LINKS, images=IMAGES, imported=imported),
        convert(body, links=LINKS, images=IMAGES, imported=imported, fast=False),
    )


@settings(max_examples=400, deadline=None)
@given(BODIES)
def test_fast_equals_reference_for_any_mixture(body: str) -> None:
    fast, reference = both(body)
    assert fast == reference


@settings(max_examples=200, deadline=None)
@given(st.text())
def test_fast_equals_reference_for_any_text(body: str) -> None:
    fast, reference = both(body)
    assert fast == reference


class VisibleText(HTMLParser):
    """The text a reader sees, without the words that `convert` adds for readers."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = dict(attributes)
        if tag == "img":
            self.words.append(values.get("alt") or "")
        elif tag in ("a", "span") and values.get("class") in ("footnote-backref", "external__note"):
            self.hidden += 1

    def handle_endtag(self, tag: str) -> None:
        if tag in ("a", "span") and self.hidden:
            self.hidden -= 1

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.words.append(data)


def visible(html: str) -> str:
    parser = VisibleText()
    parser.feed(html)
    parser.close()
    return "".join("".join(parser.words).split())


def spoken(markup: Markup) -> str:
    return "".join("".join(section.text for section in markup.sections).split())


@settings(max_examples=300, deadline=None)
@given(BODIES)
def test_sections_hold_all_visible_text(body: str) -> None:
    markup = convert(body, links=LINKS, images=IMAGES)
    assert spoken(markup) == visible(markup.html)


@settings(max_examples=300, deadline=None)
@given(BODIES)
def test_every_anchor_is_an_id_of_the_page(body: str) -> None:
    markup = convert(body, links=LINKS, images=IMAGES)
    ids: list[str] = []

    class Ids(HTMLParser):
        def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
            ids.extend(value or "" for name, value in attributes if name == "id")

    Ids().feed(markup.html)
    assert list(markup.anchors) == ids
    assert {heading.anchor for heading in markup.headings} <= set(ids)


def corpus(name: str, step: int) -> Iterator[str]:
    path = CORPUS / f"{name}.jsonl.gz"
    if not path.exists():
        pytest.skip("the corpus is not beside this repository")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for index, line in enumerate(lines):
            if index % step == 0:
                record = json.loads(line)
                yield record.get("body_markdown") or record["text"]


@pytest.mark.parametrize(
    ("name", "step"),
    [
        ("regulations", 8),
        ("policies", 3),
        ("articles", 400),
        pytest.param("regulations", 1, marks=pytest.mark.full),
        pytest.param("policies", 1, marks=pytest.mark.full),
        pytest.param("articles", 10, marks=pytest.mark.full),
    ],
)
def test_fast_equals_reference_on_the_corpus(name: str, step: int) -> None:
    for body in corpus(name, step):
        fast = convert(body, links=LINKS, imported=True)
        assert fast == convert(body, links=LINKS, imported=True, fast=False)
        assert spoken(fast) == visible(fast.html)
        assert len(set(fast.anchors)) == len(fast.anchors)
        assert ROOT_MARK not in spoken(fast)
