"""What the tests of the built-in theme found about access, line by line; written by ``make conformance``."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final, Literal

from msgspec import Struct, json

FILE: Final = Path(__file__).with_name("conformance.json")

How = Literal["static", "browser", "hand", "none"]
Result = Literal["passed", "failed", "open", "none"]

HOW_WORDS: Final[dict[str, str]] = {
    "static": "程序检查网页文件",
    "browser": "在浏览器里检查",
    "hand": "要由人检查",
    "none": "不涉及",
}
RESULT_WORDS: Final[dict[str, str]] = {
    "passed": "达到",
    "failed": "未达到",
    "open": "未经机器检查",
    "none": "不涉及",
}


class Line(Struct, frozen=True):
    """One line of the list: what it asks, its success criterion, how it is checked, and the outcome.

    Attributes:
        line: Its number, such as A-01.
        wcag: Number and level in WCAG 2.2; empty where the line has another source.
        result: ``open`` where no test of the run spoke, ``none`` where nothing of the kind exists.
    """

    line: str
    text: str
    wcag: str
    how: How
    result: Result
    note: str = ""


class Conformance(Struct, frozen=True):
    """A run of the tests: ISO day, version of the program, outcome of every line."""

    date: str
    version: str
    lines: tuple[Line, ...]

    def count(self, result: Result) -> int:
        """Return how many lines ended so."""
        return sum(line.result == result for line in self.lines)


@cache
def conformance() -> Conformance:
    """Return the run that this version was published with."""
    return json.decode(FILE.read_bytes(), type=Conformance)
