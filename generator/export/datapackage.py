"""Descriptions of downloads as Frictionless Data has them (Table Schema), from the declarations of the kinds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from generator import fields
from generator.export.describe import choices_of, form_of, holds_many, is_a
from generator.fields import Item, model_inside

IDENTITY: Final = ("编号", "网址")
"""Columns that come before the fields of a document."""

_TYPES: Final[tuple[tuple[Any, str, str], ...]] = (
    (fields.Day, "date", "%Y-%m-%d"),
    (fields.Minute, "datetime", "%Y-%m-%d %H:%M"),
    (fields.Number, "number", ""),
    (fields.Count, "integer", ""),
)


def field_schema(items: Iterable[tuple[Item, Any]], identified: bool = False) -> dict[str, Any]:
    """Return the Table Schema of a kind's columns: names are the headings, and what else the checks know.

    Args:
        items: Declaration and pydantic field of each column.
        identified: Whether number and address of a document come first.
    """
    columns = [_identity(name) for name in IDENTITY] if identified else []
    columns += [_column(declared, info) for declared, info in items]
    schema: dict[str, Any] = {"fields": columns, "missingValues": [""]}
    return {**schema, "primaryKey": IDENTITY[0]} if identified else schema


def _identity(name: str) -> dict[str, Any]:
    help = "类型和代号，全站唯一" if name == IDENTITY[0] else "网页的完整地址"
    return {
        "name": name,
        "title": name,
        "type": "string",
        "format": "default" if name == IDENTITY[0] else "uri",
        "description": help,
        "写法": "一行文字",
        "constraints": {"required": True, "unique": True},
    }


def _column(declared: Item, info: Any) -> dict[str, Any]:
    kind, form = next(((kind, form) for alias, kind, form in _TYPES if is_a(info, alias)), ("string", ""))
    choices = choices_of(info)
    constraints: dict[str, Any] = {"required": True} if info.is_required() else {}
    many = holds_many(info)
    inner = model_inside(info.annotation)
    column: dict[str, Any] = {"name": declared.label, "title": declared.label, "type": kind}
    if is_a(info, fields.YesNo):
        column |= {"type": "boolean", "trueValues": ["是"], "falseValues": ["否"]}
    elif inner or many:
        # A CSV cell has no lists: several values stand with ``；`` between them, groups of keys as JSON.
        column["type"] = ("array" if many else "object") if inner else "string"
    elif choices:
        constraints["enum"] = list(choices)
    if form and column["type"] == kind:
        column["format"] = form
    if declared.help:
        column["description"] = declared.help
    return {**column, "写法": form_of(info), "constraints": constraints}
