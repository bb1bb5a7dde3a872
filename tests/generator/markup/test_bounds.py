"""Whatever the input: no traceback, and time in proportion to its length."""

from __future__ import annotations

import time

import pytest

from generator.markup import convert, scan

LENGTH = 100_000
SECONDS = 8
HOSTILE = (
    "[", "[[", "![", "[a](", "[[a|", "[x[a]", "`", "``a`", "*", "**a", "*_a", "<", "<a ", "<a href='", "<!--", "<b>", "&",
    "> ", "- ", "- a\n", "  - a\n", "1. a\n", "|a|b|\n|---|---|\n", "```\n", "《", "〔2021〕", "（一）甲\n\n", "一、甲\n\n",
    "第一条 甲\n\n", "第一章 甲\n\n", "附件\n\n", "!!! 提示\n", "[^1]: a\n", "{#a}", "\\", " \n", "　", "<div>", "<table>",
)  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_damaged_input_takes_no_longer_than_its_length_allows(piece: str) -> None:
    body = (piece * (LENGTH // len(piece) + 1))[:LENGTH]
    before = time.process_time()
    scan(body)
    convert(body)
    assert time.process_time() - before < SECONDS


def test_a_megabyte_of_ordinary_text_is_quick() -> None:
    body = "\n\n".join(
        f"第{index}条　" + "为了规范政务公开工作，" * 20 + "制定**本办法**。" for index in range(1, 4000)
    )
    before = time.process_time()
    markup = convert(body)
    assert time.process_time() - before < SECONDS
    assert markup.clauses == 3999


def test_nesting_beyond_measure_is_a_problem_and_not_a_crash() -> None:
    body = "\n".join("    " * depth + "- 甲" for depth in range(400))
    assert "甲" in convert(body).html


def test_an_empty_body_has_nothing() -> None:
    for body in ("", "\n\n", " \n\t\n", "\x00"):
        markup = convert(body)
        assert (markup.html, markup.sections, markup.problems) == ("", (), ())
