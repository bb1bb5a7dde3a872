"""Run the tests that the lines of access name, and write what they found: ``python -m tests.conformance``.

Options are handed on to pytest. The file holds no place for a hand-made tick: a line passes when all its tests
did, in this run.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Final

import msgspec
import pytest

from generator import __version__
from generator.conformance import Conformance, Line, Result
from tests.conformance.lines import DeclaredLine, declared_lines

TARGET: Final = Path(__file__).resolve().parents[2] / "generator/conformance.json"


class Collector:
    """Gathers the outcomes of tests; parameters of one test count together."""

    def __init__(self) -> None:
        self.outcomes: defaultdict[str, set[str]] = defaultdict(set)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" or report.outcome != "passed":
            self.outcomes[report.nodeid.partition("[")[0]].add(report.outcome)


def result_of(line: DeclaredLine, outcomes: dict[str, set[str]]) -> Result:
    """Return what a run says about a line."""
    found = [outcomes.get(test, set()) for test in line.tests]
    if any("failed" in outcome for outcome in found):
        return "failed"
    if any("passed" not in outcome for outcome in found):
        return "open"
    if line.how == "none":
        return "none"
    return "passed" if line.tests else "open"


def main(arguments: list[str]) -> int:
    lines = declared_lines()
    tests = sorted({test for line in lines for test in line.tests})
    collector = Collector()
    status = pytest.main(["-q", *arguments, *tests], plugins=[collector])
    results = [
        Line(line.line, line.text, line.wcag, line.how, result_of(line, collector.outcomes), line.note)
        for line in lines
    ]
    found = Conformance(date.today().isoformat(), __version__, tuple(results))
    TARGET.write_bytes(msgspec.json.format(msgspec.json.encode(found), indent=1) + b"\n")
    for line in results:
        if line.result in ("failed", "open"):
            sys.stdout.write(f"{line.line} {line.result}: {line.text}\n")
    return int(status)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
