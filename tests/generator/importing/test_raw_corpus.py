"""Forty real files, compared with what a reader wrote down about them by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from generator.importing.documents import ImportedDocument
from generator.importing.sources import read_source

RAW = Path(__file__).parents[3] / "../shared/corpus/raw"
EXPECTED: dict[str, dict[str, str | list[str]]] = yaml.load(
    (Path(__file__).parent / "expected_raw.yml").read_text("utf-8"), yaml.BaseLoader
)
FIELDS = (
    "标题",
    "发文字号",
    "发文机关",
    "成文日期",
    "落款",
    "附件",
    "发布日期",
    "索引号",
    "主题分类",
    "施行日期",
)
NEEDED = {"标题": 0.95} | dict.fromkeys(FIELDS[1:], 0.90)

pytestmark = pytest.mark.skipif(not RAW.is_dir(), reason="the open test corpus is not beside this checkout")


def found(document: ImportedDocument) -> dict[str, str | list[str]]:
    values: dict[str, str | list[str]] = {
        "标题": document.title,
        "发文字号": document.document_number,
        "发文机关": list(document.issuer),
        "成文日期": document.issued_on,
        "落款": ["".join(line.split()) for line in document.signature],
        "附件": [attachment.name for attachment in document.attachments],
        "发布日期": document.published_at[:10],
        "索引号": document.index_number,
        "主题分类": document.subject,
        "施行日期": document.effective_on,
    }
    return {key: value for key, value in values.items() if value}


def expected(name: str) -> dict[str, str | list[str]]:
    values = dict(EXPECTED[name])
    if "落款" in values:
        values["落款"] = ["".join(line.split()) for line in values["落款"]]
    return values


@pytest.fixture(scope="module")
def results() -> dict[str, dict[str, str | list[str]]]:
    return {name: found(read_source(RAW / name)) for name in EXPECTED}


def test_the_sample_holds_forty_files() -> None:
    assert len(EXPECTED) == 40


@pytest.mark.parametrize("field", FIELDS)
def test_what_a_document_states_is_found(field: str, results: dict[str, dict[str, str | list[str]]]) -> None:
    stated = {name: value for name in EXPECTED if (value := expected(name).get(field))}
    wrong = [
        f"{name}: {results[name].get(field)} 应为 {value}"
        for name, value in stated.items()
        if results[name].get(field) != value
    ]
    right = len(stated) - len(wrong)
    assert right >= NEEDED[field] * len(stated), f"{field}: {right} / {len(stated)}\n" + "\n".join(wrong)


@pytest.mark.parametrize("field", FIELDS)
def test_what_a_document_does_not_state_is_not_invented(
    field: str, results: dict[str, dict[str, str | list[str]]]
) -> None:
    silent = [name for name in EXPECTED if field not in EXPECTED[name]]
    invented = [f"{name}: {results[name][field]}" for name in silent if field in results[name]]
    assert len(invented) <= 0.05 * len(EXPECTED), f"{field}: {len(invented)} / {len(silent)}\n" + "\n".join(
        invented
    )
