"""Forms: keys and values as typed → values of a declared model, with problems at their places.

Content and ``site.yml`` are read alike: Chinese labels or English names for keys, every value as text.
"""

from __future__ import annotations

from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from generator.diagnostics import Diagnostic, Problem, Severity
from generator.fields import KeyMap
from generator.messages import explain
from generator.yaml_nodes import Mapping, Node, Scalar, Sequence

Place = tuple[int, int]


@dataclass(slots=True)
class Plain:
    """Front matter with field names for keys, ready for validation.

    ``places`` maps a location such as ``("materials", 0, "name")`` to line and column of its value.
    """

    data: dict[str, Any]
    places: dict[tuple[str | int, ...], tuple[int, int]] = field(default_factory=dict)
    problems: list[tuple[int, int, str, str, str]] = field(default_factory=list)


def to_plain(front: Mapping, keys: KeyMap) -> Plain:
    """Turn nodes into Python values with field names for keys; blank values are left out."""
    plain = Plain({})
    plain.data = _mapping(front, keys, (), plain)
    return plain


def _mapping(node: Mapping, keys: KeyMap, place: tuple[str | int, ...], plain: Plain) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key, value in node.items:
        name = keys.names.get(key.text.strip(), key.text)
        here = (*place, name)
        if name in values or here in plain.places:
            label = keys.labels.get(name, name)
            plain.problems.append((key.line, key.column, "duplicate-key", f"“{label}”写了两次", "只保留一处"))
            continue
        plain.places[here] = (value.line, value.column) if not _blank(value) else (key.line, key.column)
        if not _blank(value):
            values[name] = _value(value, keys.nested.get(name), here, plain)
    return values


def _blank(node: Node) -> bool:
    return isinstance(node, Scalar) and node.blank


def _value(node: Node, keys: KeyMap | None, place: tuple[str | int, ...], plain: Plain) -> Any:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        values = []
        for index, entry in enumerate(node.items):
            here = (*place, index)
            plain.places[here] = (entry.line, entry.column)
            values.append(_value(entry, keys, here, plain))
        return values
    if keys is None:
        empty: MappingOf[str, str] = {}
        keys = KeyMap(empty, {}, empty)
    return _mapping(node, keys, place, plain)


class Collector:
    def __init__(self, path: str, keys: KeyMap, plain: Plain, row: Place = (1, 1)) -> None:
        self.path = path
        self.keys = keys
        self.plain = plain
        self.row = row
        self.diagnostics: list[Diagnostic] = []

    def add(self, line: int, column: int, severity: Severity, code: str, message: str, remedy: str) -> None:
        self.diagnostics.append(Diagnostic(self.path, line, column, severity, code, message, remedy))

    def problem(self, problem: Problem) -> None:
        line, column = self.plain.places.get((problem.field,), self.row)
        self.add(line, column, problem.severity, problem.code, problem.message, problem.hint)

    def pydantic(self, error: MappingOf[str, Any]) -> None:
        location = tuple(part for part in error["loc"])
        keys: KeyMap | None = self.keys
        label = str(location[-1])
        known: tuple[str, ...] = ()
        for part in location:
            if isinstance(part, int) or keys is None:
                continue
            label = keys.labels.get(part, part)
            known = tuple(keys.labels.values())
            keys = keys.nested.get(part)
        code, message, remedy = explain(error, label, known)
        line, column = self._place(location)
        self.add(line, column, Severity.ERROR, code, message, remedy)

    def _place(self, location: tuple[str | int, ...]) -> Place:
        while location:
            if location in self.plain.places:
                return self.plain.places[location]
            location = location[:-1]
        return self.row


def validated(model: type[Any], plain: Plain, collector: Collector) -> Any:
    warnings: list[tuple[str, str, str, str]] = []
    try:
        value = model.model_validate(plain.data, context={"warnings": warnings})
    except ValidationError as error:
        for entry in error.errors(include_url=False):
            collector.pydantic(entry)
        value = None
    for name, code, message, hint in warnings:
        line, column = plain.places.get((name,), collector.row)
        collector.add(line, column, Severity.WARNING, code, message, hint)
    return value
