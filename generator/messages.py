"""pydantic's error types → Chinese sentences with a remedy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from generator.diagnostics import did_you_mean


class Subject(msgspec.Struct, frozen=True):
    """What an error is about.

    Attributes:
        label: Chinese label of the field, or the key as written if it is unknown.
        within: The entry that the field belongs to (“附件”第 2 项), if it is part of a list.
        example: A value that fits on the line of its key, or an empty text.
        known: Labels of the keys that may stand beside it.
        names: English names of the same keys.
        inside: Labels of the keys that stand below it.
        is_cell: Whether it is a cell of a table, not a line of its own.
        is_blank: Whether the key is there, without a value.
    """

    label: str
    within: str = ""
    example: str = ""
    known: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    inside: tuple[str, ...] = ()
    is_cell: bool = False
    is_blank: bool = False


def explain(error: Mapping[str, Any], subject: Subject) -> tuple[str, str, str]:
    """Return code, message and remedy for one entry of `ValidationError.errors`."""
    kind, label = error["type"], subject.label
    context = error.get("ctx") or {}
    if "text" in context:
        return kind, _about(label, str(context["text"])), str(context.get("hint", ""))
    if kind == "missing" and subject.is_cell:
        example = f"，例如 {subject.example}" if subject.example else ""
        return "missing-key", f"没有写“{label}”", f"填写这一格{example}"
    if kind == "missing" and subject.is_blank:
        example = f"，例如 {label}: {subject.example}" if subject.example else ""
        return "missing-key", f"{subject.within}“{label}”后面没有内容", f"在冒号后面写上内容{example}"
    if kind == "missing":
        remedy = f"补上一行，例如 {label}: {subject.example}" if subject.example else f"补上一行“{label}: …”"
        return "missing-key", f"{subject.within}没有写“{label}”", remedy
    if kind == "extra_forbidden":
        return "unknown-key", f"不认识的键“{label}”", _known(subject)
    if kind in ("enum", "literal_error"):
        expected = str(context.get("expected", "")).replace("'", "").replace(" or ", "、").replace(", ", "、")
        near = did_you_mean(str(error.get("input", "")), expected.split("、"))
        return "bad-choice", f"“{label}”不能写“{_short(error.get('input'))}”", f"{near}可选：{expected}"
    if kind in ("tuple_type", "list_type"):
        return "wrong-type", f"“{label}”应当是列表", f"每项另起一行，以短横线加空格开头{_like(subject)}"
    if kind in ("model_type", "model_attributes_type", "dict_type"):
        return "wrong-type", f"“{label}”应当是一组“键: 值”", f"换行后缩进两格，逐行写{_keys(subject)}"
    if kind == "too_short":
        return "missing-key", f"“{label}”至少要写一项", f"补上“{label}”的内容"
    if kind in ("wrong-type", "string_type"):
        return "wrong-type", f"“{label}”应当是一行文字", "去掉短横线、方括号和缩进，只写一个值"
    return "bad-value", f"“{label}”的值不对：{error['msg']}", "对照编辑手册中这一项的写法"


def _about(label: str, text: str) -> str:
    """Put the label before a sentence that does not name it: 成文日期“2026-02-30”不是有效日期."""
    if label in text:
        return text
    return f"{label}{text}" if text.startswith("“") else f"“{label}”{text}"


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 40 else f"{text[:40]}…"


def _known(subject: Subject) -> str:
    near = did_you_mean(subject.label, subject.known) or did_you_mean(subject.label.lower(), subject.names)
    return near or "删去这一行，或改用这些键：" + "、".join(subject.known)


def _keys(subject: Subject) -> str:
    return "、".join(f"“{label}: …”" for label in subject.inside[:3]) or "“键: 值”"


def _like(subject: Subject) -> str:
    return f"，例如“- {subject.inside[0]}: …”" if subject.inside else ""
