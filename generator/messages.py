"""pydantic's error types → Chinese sentences with a remedy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.diagnostics import did_you_mean


def explain(error: Mapping[str, Any], label: str, known: tuple[str, ...]) -> tuple[str, str, str]:
    """Return code, message and remedy for one entry of `ValidationError.errors`.

    Args:
        label: Chinese label of the field, or the key as written if it is unknown.
        known: Labels that may stand at this place, for “您是不是想写…”.
    """
    kind = error["type"]
    context = error.get("ctx") or {}
    if "text" in context:
        text, hint = str(context["text"]), str(context.get("hint", ""))
        return kind, text if label in text else f"“{label}”有误：{text}", hint
    if kind == "missing":
        return "missing-key", f"没有写“{label}”", f"补上一行“{label}: …”"
    if kind == "extra_forbidden":
        near = did_you_mean(label, known)
        return "unknown-key", f"不认识的键“{label}”", near or "可用的键：" + "、".join(known)
    if kind in ("enum", "literal_error"):
        expected = str(context.get("expected", "")).replace("'", "").replace(" or ", "、").replace(", ", "、")
        near = did_you_mean(str(error.get("input", "")), expected.split("、"))
        return "bad-choice", f"“{label}”不能写“{error.get('input')}”", f"{near}可选：{expected}"
    if kind in ("tuple_type", "list_type"):
        return "wrong-type", f"“{label}”应当是列表", "每项一行，以短横线加空格开头"
    if kind in ("model_type", "model_attributes_type", "dict_type"):
        return "wrong-type", f"“{label}”应当是一组“键: 值”", "换行后缩进两格，逐行写“键: 值”"
    if kind == "too_short":
        return "missing-key", f"“{label}”至少要写一项", f"补上“{label}”的内容"
    if kind == "wrong-type":
        return "wrong-type", f"“{label}”应当是一行文字", "去掉短横线和缩进，只写一个值"
    return "bad-value", f"“{label}”的值不对：{error['msg']}", "对照编辑手册中这一项的写法"
