"""Problems found in content or configuration, as values.

A flaw that an editor can mend is a `Diagnostic`; an exception means a broken environment or a broken
program. Texts are Simplified Chinese because editors read them; codes are stable kebab-case words.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from enum import IntEnum
from typing import Final
from urllib.parse import quote

import msgspec


class Severity(IntEnum):
    """How bad a problem is; the order is the sort order."""

    ERROR = 0
    WARNING = 1
    NOTE = 2

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS: Final = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.NOTE: "提示"}
_SARIF_LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
_GITHUB_COMMANDS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


class Diagnostic(msgspec.Struct, frozen=True, order=True):
    """One problem: where, what was found, what was expected and how to mend it.

    Attributes:
        path: POSIX path relative to the project folder, e.g. ``content/policy/a.md``.
        line: One-based; 0 when the problem concerns the whole file.
        column: One-based, in characters; 0 when it concerns the whole line.
        code: Stable kebab-case word, listed in the handbook.
        message: What was found and what was expected.
        remedy: What to do, without the leading 办法.
    """

    path: str
    line: int
    column: int
    severity: Severity
    code: str
    message: str
    remedy: str = ""

    def text(self) -> str:
        """Return the two-line form shown on a terminal."""
        head = f"{self.position}: {self.severity.label}[{self.code}]: {self.message}"
        return f"{head}\n  办法：{self.remedy}" if self.remedy else head

    @property
    def position(self) -> str:
        """The place as ``path:line:column``, without the parts that are unknown."""
        if not self.line:
            return self.path
        return f"{self.path}:{self.line}:{self.column}" if self.column else f"{self.path}:{self.line}"


class Problem(msgspec.Struct, frozen=True):
    """A problem as a content kind sees it: a field (``level``, ``sites.0.domain``) instead of a place in a file.

    `validate.py` turns it into a `Diagnostic` by looking up where the field was written.
    """

    field: str
    code: str
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR


class GeneratorError(Exception):
    """Base of exceptions for a broken environment; `cli.py` prints them without a traceback.

    Every argument goes to ``super().__init__`` so that the exception survives pickling.
    """


class EnvironmentProblem(GeneratorError):
    """Something outside the content stops the run: a full disk, a locked output, a missing tool."""

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message, remedy)
        self.message = message
        self.remedy = remedy


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether any of them stops a build."""
    return any(item.severity is Severity.ERROR for item in diagnostics)


def did_you_mean(word: str, choices: Iterable[str]) -> str:
    """Return “您是不是想写…” for the nearest choice, or an empty string if none is near."""
    # Of a Chinese word of two characters with one wrong, half is right.
    nearest = get_close_matches(word, list(choices), n=1, cutoff=0.6 if len(word) > 3 else 0.5)
    return f"您是不是想写“{nearest[0]}”？" if nearest else ""


def format_text(diagnostics: Sequence[Diagnostic]) -> str:
    """Return the terminal form of all, one after another."""
    return "\n".join(item.text() for item in diagnostics)


def format_json(diagnostics: Sequence[Diagnostic]) -> str:
    """Return one JSON object per line, for scripts."""
    return "\n".join(
        json.dumps(
            {
                "path": item.path,
                "line": item.line,
                "column": item.column,
                "severity": _SARIF_LEVELS[item.severity],
                "code": item.code,
                "message": item.message,
                "remedy": item.remedy,
            },
            ensure_ascii=False,
        )
        for item in diagnostics
    )


def format_github(diagnostics: Sequence[Diagnostic]) -> str:
    """Return workflow commands that annotate the lines of a pull request."""

    def escape(text: str) -> str:
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")

    def line(item: Diagnostic) -> str:
        place = f"file={escape(item.path).replace(':', '%3A').replace(',', '%2C')}"
        if item.line:
            place += f",line={item.line}"
        if item.column:
            place += f",col={item.column}"
        body = escape(f"{item.message}\n办法：{item.remedy}" if item.remedy else item.message)
        return f"::{_GITHUB_COMMANDS[item.severity]} {place},title={item.code}::{body}"

    return "\n".join(line(item) for item in diagnostics)


def format_sarif(diagnostics: Sequence[Diagnostic], version: str) -> str:
    """Return a SARIF 2.1.0 log, which code hosts show beside the changed lines."""
    rules = sorted({item.code for item in diagnostics})
    results = []
    for item in diagnostics:
        region: dict[str, int] = {}
        if item.line:
            region["startLine"] = item.line
            if item.column:
                region["startColumn"] = item.column
        location: dict[str, object] = {"artifactLocation": {"uri": quote(item.path)}}
        if region:
            location["region"] = region
        text = f"{item.message}。办法：{item.remedy}" if item.remedy else item.message
        results.append(
            {
                "ruleId": item.code,
                "level": _SARIF_LEVELS[item.severity],
                "message": {"text": text},
                "locations": [{"physicalLocation": location}],
            }
        )
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "yangguang",
                        "version": version,
                        "rules": [{"id": code} for code in rules],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": results,
            }
        ],
    }
    return json.dumps(log, ensure_ascii=False, indent=2)
