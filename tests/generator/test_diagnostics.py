"""Forms in which problems are handed over to people, scripts and code hosts."""

from __future__ import annotations

import json
import pickle

import pytest

from generator.diagnostics import (
    Diagnostic,
    EnvironmentProblem,
    Severity,
    did_you_mean,
    format_github,
    format_json,
    format_sarif,
    format_text,
)

BAD_DATE = Diagnostic(
    "content/policy/a.md", 5, 7, Severity.ERROR, "bad-date", "成文日期“2026-02-30”不是有效日期", "改正"
)
WHOLE_FILE = Diagnostic(
    "content/通知 1,2:3%.docx", 0, 0, Severity.WARNING, "attachment-metadata", "100% 附件\n两行"
)


def test_text_gives_place_code_and_remedy() -> None:
    assert format_text([BAD_DATE, WHOLE_FILE]) == (
        "content/policy/a.md:5:7: 错误[bad-date]: 成文日期“2026-02-30”不是有效日期\n  办法：改正\n"
        "content/通知 1,2:3%.docx: 警告[attachment-metadata]: 100% 附件\n两行"
    )


def test_json_gives_one_object_a_line() -> None:
    first, second = format_json([BAD_DATE, WHOLE_FILE]).split("\n")

    assert json.loads(first) == {
        "path": "content/policy/a.md",
        "line": 5,
        "column": 7,
        "severity": "error",
        "code": "bad-date",
        "message": "成文日期“2026-02-30”不是有效日期",
        "remedy": "改正",
    }
    assert json.loads(second)["severity"] == "warning"


def test_github_commands_are_escaped() -> None:
    assert format_github([BAD_DATE, WHOLE_FILE]) == (
        "::error file=content/policy/a.md,line=5,col=7,title=bad-date::成文日期“2026-02-30”不是有效日期%0A办法：改正\n"
        "::warning file=content/通知 1%2C2%3A3%25.docx,title=attachment-metadata::100%25 附件%0A两行"
    )


def test_sarif_has_the_structure_that_code_hosts_read() -> None:
    log = json.loads(format_sarif([BAD_DATE, WHOLE_FILE], "1.2.3"))

    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    assert run["tool"]["driver"]["name"] == "yangguang"
    assert run["tool"]["driver"]["version"] == "1.2.3"
    assert run["columnKind"] == "unicodeCodePoints"
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert rules == sorted({"bad-date", "attachment-metadata"})
    first, second = run["results"]
    assert first == {
        "ruleId": "bad-date",
        "level": "error",
        "message": {"text": "成文日期“2026-02-30”不是有效日期。办法：改正"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": "content/policy/a.md"},
                    "region": {"startLine": 5, "startColumn": 7},
                }
            }
        ],
    }
    assert second["locations"] == [
        {"physicalLocation": {"artifactLocation": {"uri": "content/%E9%80%9A%E7%9F%A5%201%2C2%3A3%25.docx"}}}
    ]
    assert {result["ruleId"] for result in run["results"]} <= set(rules)


def test_sarif_of_a_sound_project_is_a_log_without_results() -> None:
    assert json.loads(format_sarif([], "1.2.3"))["runs"][0]["results"] == []


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("发文自号", "您是不是想写“发文字号”？"),
        ("越明市民政厅", "您是不是想写“越明市民政局”？"),
        ("天气", ""),
    ],
)
def test_proposes_only_what_is_near(word: str, expected: str) -> None:
    assert did_you_mean(word, ["发文字号", "发文机关", "来源", "越明市民政局"]) == expected


def test_exceptions_cross_processes() -> None:
    error = pickle.loads(pickle.dumps(EnvironmentProblem("磁盘满了", "清出空间")))

    assert (error.message, error.remedy) == ("磁盘满了", "清出空间")
