"""Text that Markdown would act on survives unchanged; Python-Markdown itself is the judge."""

from __future__ import annotations

import html
import re

import markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.importing.escape import escape, escape_cell, escape_html
from generator.importing.tables import outline

CONVERTER = markdown.Markdown(
    extensions=[
        "tables",
        "footnotes",
        "attr_list",
        "def_list",
        "admonition",
        "md_in_html",
        "abbr",
        "toc",
        "fenced_code",
        "sane_lists",
    ]
)
SIGNS = "第一条　a1 .*_#+-<>[](){}!|`\\&;:=~^$?'\"/@lt#123amp"


def one_line(text: str) -> str:
    return " ".join(text.split(" ")).strip()


LINES = st.text(st.sampled_from(SIGNS), min_size=1, max_size=14).map(one_line).filter(bool)
WIDE = st.text(st.characters(exclude_categories=["C", "Zl", "Zp", "Zs"]), min_size=1, max_size=30)


def shown(source: str) -> list[str]:
    CONVERTER.reset()
    found = re.findall(r"<p>(.*?)</p>|(<[a-z].*)", CONVERTER.convert(source), re.S)
    return [other if other else html.unescape(paragraph) for paragraph, other in found]


@given(LINES | WIDE)
@settings(max_examples=300, deadline=None)
def test_a_paragraph_shows_as_it_was(text: str) -> None:
    assert shown(f"{escape(text)}\n\n{escape(text)}") == [text, text]


@given(st.lists(LINES, min_size=1, max_size=4))
@settings(max_examples=150, deadline=None)
def test_a_plain_body_shows_as_it_was(lines: list[str]) -> None:
    assert shown(outline("\n\n".join(lines), plain=True)) == [re.sub(r"[ \t]+", " ", line) for line in lines]


@given(LINES)
@settings(max_examples=300, deadline=None)
def test_a_table_cell_shows_as_it_was(text: str) -> None:
    CONVERTER.reset()
    source = f"| 甲 | 乙 |\n| --- | --- |\n| {escape_cell(text)} | 丙 |"
    cells = re.findall(r"<td>(.*?)</td>", CONVERTER.convert(source), re.S)
    assert [html.unescape(cell) for cell in cells] == [text, "丙"]


@given(LINES)
@settings(max_examples=200, deadline=None)
def test_a_cell_of_an_html_table_shows_as_it_was(text: str) -> None:
    CONVERTER.reset()
    source = f"前文。\n\n<table>\n<tr><td>{escape_html(text)}</td></tr>\n</table>\n\n后文。"
    cells = re.findall(r"<td>(.*?)</td>", CONVERTER.convert(source), re.S)
    assert [html.unescape(cell) for cell in cells] == [text]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("第一条　为了规范管理，制定本办法。", "第一条　为了规范管理，制定本办法。"),
        ("1.申请表（一式三份）", "1.申请表（一式三份）"),
        ("1. 申请表", "1\\. 申请表"),
        ("《实施<土地管理法>办法》", "《实施&lt;土地管理法>办法》"),
        ("（国发[2007]24号）", "（国发\\[2007\\]24号）"),
        ("A&B公司，R&D", "A&amp;B公司，R&amp;D"),
        ("3-5个工作日", "3-5个工作日"),
        ("- 供水", "\\- 供水"),
        ("# 供水", "\\# 供水"),
    ],
)
def test_only_what_markdown_acts_on_is_escaped(text: str, written: str) -> None:
    assert escape(text) == written


def test_an_outline_keeps_headings_and_tables_and_escapes_the_rest() -> None:
    body = "## 第一章 总 则\n\n第一条 <试行>。\n第二款*。\n\n| 项目 | 标准 |\n| --- | --- |\n| 供水 | 3* |\n\n    附则\n\n1. 说明"
    assert outline(body) == (
        "## 第一章 总 则\n\n第一条 &lt;试行>。\n\n第二款\\*。\n\n| 项目 | 标准 |\n| --- | --- |\n| 供水 | 3\\* |\n\n附则\n\n1\\. 说明\n"
    )
