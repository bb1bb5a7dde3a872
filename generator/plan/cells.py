"""Values of fields as readers see them, in metadata tables, tables of records and blocks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from generator.fields import day_words
from generator.plan.context import Context
from generator.plan.views import Cell, Link

URL_WORDS = "打开"


def shown(name: str, value: Any) -> str:
    """Return a value as text; names of fields tell dates (``…_on``) and counts of visits."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(shown(name, entry) for entry in value)
    if name.endswith("_on"):
        return day_words(str(value))
    if name == "visits":
        return "不用跑" if value == 0 else f"{value} 次"
    return f"{value:,.10g}" if isinstance(value, float) else str(value)


def cell(context: Context, label: str, name: str, value: Any, refers: bool = False, base: str = "") -> Cell:
    """Return a cell: addresses, telephone numbers and references to documents become links.

    Args:
        refers: Whether the field refers to documents.
        base: Folder of the file that holds the field, for references by path.
    """
    if value is None or value == "":
        return Cell(label, "")
    if refers:
        links = tuple(_reference(context, str(entry), base) for entry in _each(value))
        return Cell(label, "、".join(link.text for link in links), links)
    if name == "url" or name.endswith("_url"):
        return Cell(label, str(value), (Link(str(value), URL_WORDS),))
    if name == "phone" or name.endswith("_phone"):
        return Cell(label, str(value), (Link(f"tel:{value}", str(value)),))
    return Cell(label, shown(name, value))


def _each(value: Any) -> Iterable[Any]:
    return value if isinstance(value, list) else (value,)


def _reference(context: Context, target: str, base: str) -> Link:
    found = context.pool.find(target, base)
    if len(found) == 1:
        return context.document_link(found[0])
    return Link("", target)
