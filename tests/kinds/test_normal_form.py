"""The normal form of a document does not depend on how its keys and values were spelled."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from generator.export.describe import Value
from generator.export.draft import draft
from generator.export.layout import key_lines
from generator.fields import KeyMap
from generator.kinds import KIND_BY_NAME, KINDS, ContentKind
from generator.load import load_document
from generator.validate import validate_document


def data_of(kind: ContentKind, keys: Mapping[str, Value]) -> dict[str, Any]:
    """The normal form of a document with these keys, spelled as they are."""
    lines = [line for key, value in keys.items() for line in key_lines(key, value)]
    text = "\n".join(["---", *lines, "---", "", "正文。", ""]).encode()
    source, problems = load_document("content/a.md", kind.name, "a", text)
    assert source and not problems
    document, problems = validate_document(source, kind, text)
    assert document, [problem.text() for problem in problems]
    return document.data


def chinese(kind: ContentKind, values: Mapping[str, Value]) -> dict[str, Value]:
    return {kind.label_of(name): value for name, value in values.items()}


def english(value: Value, keys: KeyMap | None) -> Value:
    """The same value with English names for all keys inside."""
    if isinstance(value, Mapping):
        assert keys
        names = {keys.names[label]: inner for label, inner in value.items()}
        return {name: english(inner, keys.nested.get(name)) for name, inner in names.items()}
    return value if isinstance(value, str) else [english(entry, keys) for entry in value]


every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)


@every_kind
def test_english_and_chinese_keys_mean_the_same(kind: ContentKind) -> None:
    keys = chinese(kind, draft(kind))
    other = english(keys, kind.keys)
    assert isinstance(other, Mapping)
    assert data_of(kind, other) == data_of(kind, keys)


@every_kind
def test_a_default_that_is_written_out_changes_nothing(kind: ContentKind) -> None:
    keys = chinese(kind, draft(kind))
    plain = data_of(kind, keys)
    for _, declared, info in kind.items:
        if info.is_required() or info.default in (None, ()) or declared.label in keys:
            continue
        default = {True: "是", False: "否"}.get(info.default, str(info.default))
        assert data_of(kind, {**keys, declared.label: default}) == plain, declared.label


@pytest.mark.parametrize(
    ("spellings", "value"),
    [(("是", "true", "True", "yes", "Yes", " 是 "), True), (("否", "false", "False", "no", "No"), None)],
)
def test_yes_and_no_have_many_spellings_and_one_value(spellings: tuple[str, ...], value: bool | None) -> None:
    kind = KIND_BY_NAME["news"]
    keys = chinese(kind, draft(kind))
    for spelling in spellings:
        assert data_of(kind, {**keys, "草稿": spelling}).get("draft") is value


def test_defaults_inside_lists_are_left_out_and_the_rest_stays() -> None:
    kind = KIND_BY_NAME["service_guide"]
    keys = chinese(kind, draft(kind))
    materials: Value = [
        {"名称": "居民身份证", "形式": "原件", "来源": "申请人自备", "必要": "是"},
        {"名称": "户口簿", "形式": "复印件 1 份", "必要": "no"},
    ]
    data = data_of(kind, {**keys, "办理材料": materials, "到现场次数": "0", "收费": "不收费"})
    assert data["materials"] == [
        {"name": "居民身份证"},
        {"name": "户口簿", "form": "复印件 1 份", "required": False},
    ]
    assert data["visits"] == 0
    assert "fee" not in data


def test_nothing_received_is_not_the_same_as_no_outcome() -> None:
    kind = KIND_BY_NAME["consultation"]
    keys = chinese(kind, draft(kind))
    outcome: Value = {"发布时间": "2026-12-20 09:00", "收到": "0", "采纳": "0", "部分采纳": "0"}
    assert data_of(kind, {**keys, "结果反馈": outcome})["outcome"] == {
        "published_at": "2026-12-20T09:00:00",
        "received": 0,
        "adopted": 0,
    }
    assert "outcome" not in data_of(kind, keys)


def test_one_value_and_a_list_of_one_are_the_same() -> None:
    kind = KIND_BY_NAME["policy"]
    keys = chinese(kind, draft(kind))
    assert data_of(kind, {**keys, "关键词": "养老"}) == data_of(kind, {**keys, "关键词": ["养老"]})
