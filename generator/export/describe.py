"""What a declaration tells a person: the form of a value, its choices, an example."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from functools import cache
from typing import Any, Final, get_args

from generator import fields
from generator.fields import Declared, item_of, model_inside

Value = str | Sequence["Value"] | Mapping[str, "Value"]
"""A value of front matter as typed; the keys of mappings are Chinese labels."""

_WORDS: Final[tuple[tuple[Any, str], ...]] = (
    (fields.Line, "一行文字"),
    (fields.Prose, "文字，可以分段"),
    (fields.Slug, "代号：小写字母、数字和连字符"),
    (fields.Reference, "文号、索引号、标题或编号"),
    (fields.WebAddress, "完整网址"),
    (fields.SitePath, "网址中域名之后的部分"),
    (fields.FileName, "本文件旁边的文件名"),
    (fields.YesNo, "是或否"),
    (fields.Number, "数字"),
    (fields.Count, "整数"),
    (fields.Day, "日期，YYYY-MM-DD"),
    (fields.Minute, "时间，YYYY-MM-DD HH:MM"),
    (fields.Month, "月份，YYYY-MM"),
    (fields.DocumentNumberText, "机关代字〔年份〕×号"),
    (fields.IndexNumberText, "机构代码/年份-流水号"),
    (fields.SubjectText, "一级\\二级"),
    (fields.Phone, "电话号码"),
    (fields.Email, "电子邮箱"),
    (fields.CreditCode, "18 位代码"),
    (fields.WaiverText, "代号：原因；几条之间用分号"),
)


def is_a(info: Any, alias: Any) -> bool:
    """Whether a field holds values of one of the types in `fields.py`, alone, optional or in a list."""
    return alias.__metadata__[0] in info.metadata or _mentions(info.annotation, alias)


@cache
def _mentions(annotation: Any, alias: Any) -> bool:
    return bool(annotation == alias) or any(_mentions(inner, alias) for inner in get_args(annotation))


def holds_many(info: Any) -> bool:
    """Whether a field is a list."""
    return "tuple[" in str(info.annotation)


def choices_of(info: Any) -> tuple[str, ...]:
    """Return the closed set from which a field's value comes, in its official order; empty if it is open."""
    if is_a(info, fields.YesNo):
        return ("是", "否")
    members = _enum_in(info.annotation)
    return tuple(str(member.value) for member in members) if members else ()


def _enum_in(annotation: Any) -> type[Enum] | None:
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return annotation
    return next((found for inner in get_args(annotation) if (found := _enum_in(inner))), None)


def form_of(info: Any) -> str:
    """Return in Chinese how a value of a field is written."""
    choices = choices_of(info)
    if model_inside(info.annotation):
        words = "一组“键: 值”"
    elif choices and not is_a(info, fields.YesNo):
        return ("选一项或几项：" if holds_many(info) else "选一项：") + "、".join(choices)
    else:
        words = next((words for alias, words in _WORDS if is_a(info, alias)), "文字")
    return f"列表，每项是{words}" if holds_many(info) else words


def example_of(info: Any) -> Value | None:
    """Return a value that validates: the declared example, the first choice, or examples of the keys inside."""
    declared = item_of(info)
    if declared.example is not None:
        example: Value = declared.example
        return [example] if holds_many(info) and isinstance(example, str) else example
    inner = model_inside(info.annotation)
    if inner:
        values = required_examples(inner)
        return ([values] if holds_many(info) else values) if values else None
    choices = choices_of(info)
    if choices and not is_a(info, fields.YesNo):
        return [choices[0]] if holds_many(info) else choices[0]
    return None


def required_examples(model: type[Declared]) -> dict[str, Value]:
    """Return examples of the keys that a model cannot do without."""
    found = (
        (item_of(info).label, example_of(info)) for info in model.model_fields.values() if info.is_required()
    )
    return {label: value for label, value in found if value is not None}
