"""Every line of the list of access has tests that exist, and a result that a run of them gave."""

from __future__ import annotations

import ast
from functools import cache

import pytest

from generator.conformance import conformance
from tests.conformance.__main__ import result_of
from tests.conformance.lines import NUMBERS, DeclaredLine, declared_lines
from tests.sites.output import REPOSITORY

LINES = declared_lines()


@cache
def _tests_in(path: str) -> frozenset[str]:
    file = REPOSITORY / path
    if not file.is_file():
        return frozenset()
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


def test_no_line_is_missing() -> None:
    assert tuple(line.line for line in LINES) == NUMBERS


def test_every_test_named_exists() -> None:
    missing = [
        f"{line.line}: {test}"
        for line in LINES
        for test in line.tests
        if test.partition("::")[2] not in _tests_in(test.partition("::")[0])
    ]
    assert missing == []


def test_only_what_no_machine_can_check_has_no_test() -> None:
    assert [line.line for line in LINES if not line.tests and not (line.how == "hand" and line.note)] == []


def test_the_results_are_of_these_lines() -> None:
    """If this fails, run ``make conformance``: lines changed since the last run."""
    wanted = [(line.line, line.text, line.wcag, line.how, line.note) for line in LINES]
    assert [(line.line, line.text, line.wcag, line.how, line.note) for line in conformance().lines] == wanted
    for declared, line in zip(LINES, conformance().lines, strict=True):
        assert declared.tests or line.result == "open", line.line


@pytest.mark.parametrize(
    ("how", "outcomes", "result"),
    [
        ("browser", {"t::a": {"passed"}, "t::b": {"passed"}}, "passed"),
        ("browser", {"t::a": {"passed"}, "t::b": {"passed", "failed"}}, "failed"),
        ("browser", {"t::a": {"passed"}}, "open"),
        ("browser", {"t::a": {"passed"}, "t::b": {"skipped"}}, "open"),
        ("none", {"t::a": {"passed"}, "t::b": {"passed"}}, "none"),
        ("none", {"t::a": {"passed"}, "t::b": {"failed"}}, "failed"),
    ],
)
def test_a_line_passes_only_if_all_its_tests_did(
    how: str, outcomes: dict[str, set[str]], result: str
) -> None:
    line = DeclaredLine("A-01", "", "", how, ("t::a", "t::b"))  # type: ignore[arg-type]
    assert result_of(line, outcomes) == result
