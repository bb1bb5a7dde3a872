"""Forms: keys and values as typed → values of a declared model, with problems at their places.

Content and ``site.yml`` are read alike: Chinese labels or English names for keys, every value as text.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, field
from typing import Any, Final

from pydantic import ValidationError

from generator.diagnostics import Diagnostic, Problem, Severity
from generator.fields import KeyMap
from generator.messages import Subject, explain
from generator.yaml_nodes import Mapping, Node, Scalar, Sequence

Place = tuple[int, int]
NO_KEYS: Final = KeyMap({}, {}, {}, {})


@dataclass(slots=True)
class Plain:
    """Front matter with field names for keys, ready for validation.

    ``places`` maps a location such as ``("materials", 0, "name")`` to line and column of its value, and
    ``key_places`` to those of its key.
    """

    data: dict[str, Any]
    places: dict[tuple[str | int, ...], Place] = field(default_factory=dict)
    key_places: dict[tuple[str | int, ...], Place] = field(default_factory=dict)
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
        if here in plain.key_places:
            label = keys.labels.get(name, name)
            first = plain.key_places[here][0]
            plain.problems.append(
                (
                    key.line,
                    key.column,
                    "duplicate-key",
                    f"“{label}”写了两次，第 {first} 行已经写过",
                    "只保留一处",
                )
            )
            continue
        plain.key_places[here] = (key.line, key.column)
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
    return _mapping(node, keys or NO_KEYS, place, plain)


class Collector:
    """Gathers the problems of one form, each at the place of the field that it concerns."""

    def __init__(self, path: str, keys: KeyMap, plain: Plain, row: Place = (1, 1)) -> None:
        self.path = path
        self.keys = keys
        self.plain = plain
        self.row = row
        self.diagnostics: list[Diagnostic] = []

    def add(self, line: int, column: int, severity: Severity, code: str, message: str, remedy: str) -> None:
        self.diagnostics.append(Diagnostic(self.path, line, column, severity, code, message, remedy))

    def problem(self, problem: Problem) -> None:
        """Add a problem; its field may be a path such as ``sites.0.footer.icp``."""
        location = tuple(int(part) if part.isdigit() else part for part in problem.field.split("."))
        line, column = self._place(location)
        self.add(line, column, problem.severity, problem.code, problem.message, problem.hint)

    def pydantic(self, error: MappingOf[str, Any]) -> None:
        """Add one entry of ``ValidationError.errors``."""
        location = tuple(error["loc"])
        code, message, remedy = explain(error, self._subject(location))
        if error["type"] == "extra_forbidden":
            line, column = self.plain.key_places.get(location, self.row)
        else:
            line, column = self._place(location)
        self.add(line, column, Severity.ERROR, code, message, remedy)

    def _subject(self, location: tuple[str | int, ...]) -> Subject:
        owner = inner = self.keys
        label, within = str(location[-1]), ""
        for part in location:
            if isinstance(part, int):
                within = f"“{label}”第 {part + 1} 项"
            else:
                owner, label = inner, inner.labels.get(part, part)
                inner = inner.nested.get(part, NO_KEYS)
        return Subject(
            label,
            "" if isinstance(location[-1], int) else within,
            owner.examples.get(label, ""),
            tuple(owner.labels.values()),
            tuple(owner.labels),
            tuple(inner.labels.values()),
            self.path.endswith(".csv"),
            location in self.plain.key_places,
        )

    def _place(self, location: tuple[str | int, ...]) -> Place:
        while location:
            if location in self.plain.places:
                return self.plain.places[location]
            location = location[:-1]
        return self.row


def _follows(entry: MappingOf[str, Any], entries: Iterable[MappingOf[str, Any]]) -> bool:
    """Whether an error only repeats another: pydantic counts faulty items of a list as absent."""
    depth = len(entry["loc"])
    return entry["type"] == "too_short" and any(
        len(other["loc"]) >= depth and other["loc"][:depth] == entry["loc"] and other is not entry
        for other in entries
    )


def validated(model: type[Any], plain: Plain, collector: Collector) -> Any:
    """Return the model's value, or None with the reasons in ``collector``."""
    warnings: list[tuple[str, str, str, str]] = []
    try:
        value = model.model_validate(plain.data, context={"warnings": warnings})
    except ValidationError as error:
        entries = error.errors(include_url=False)
        for entry in entries:
            if not _follows(entry, entries):
                collector.pydantic(entry)
        value = None
    for name, code, message, hint in warnings:
        line, column = plain.places.get((name,), collector.row)
        collector.add(line, column, Severity.WARNING, code, message, hint)
    return value
