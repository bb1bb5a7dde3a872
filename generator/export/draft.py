"""The least that a document of a kind must say, filled with examples, so that it validates as it stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from generator.diagnostics import Severity
from generator.export.describe import Value, example_of
from generator.export.layout import key_lines
from generator.kinds import ContentKind
from generator.load import load_document
from generator.validate import validate_document

Fill = Callable[[str], Value | None]

_NAME: Final = "new"


def draft(
    kind: ContentKind, fixed: Mapping[str, Value] | None = None, fill: Fill | None = None
) -> dict[str, Value]:
    """Return field name → value for a document that validates, in the order of the declaration.

    Beside the required fields these are the ones that the kind's own rules ask for (索引号 of a policy, some
    content of a monthly record): each is added that mends an error and makes none.

    Args:
        fixed: Values that stand whatever the examples say.
        fill: Gives the value of a field by its name; the examples if missing.
    """
    value_of = fill or (lambda name: example_of(kind.model.model_fields[name]))
    values: dict[str, Value] = {}
    for name, _, info in kind.items:
        value = (fixed or {}).get(name)
        if value is None and info.is_required():
            value = value_of(name)
        if value is not None:
            values[name] = value
    errors = _errors(kind, values)
    for name, _, _ in kind.items:
        if not errors:
            break
        value = value_of(name) if name not in values else None
        # A key without an example that is needed all the same is described best by the title (关键词 of a section).
        value = value if value is not None or name in values else values.get("title")
        if value is None:
            continue
        left = _errors(kind, {**values, name: value})
        if left < errors:
            values[name], errors = value, left
    return {name: values[name] for name, _, _ in kind.items if name in values}


def front_matter(kind: ContentKind, values: Mapping[str, Value]) -> str:
    """Return values by field name as front matter with Chinese keys, marks included."""
    lines = (line for name, value in values.items() for line in key_lines(kind.label_of(name), value))
    return "\n".join(("---", *lines, "---")) + "\n"


def _errors(kind: ContentKind, values: Mapping[str, Value]) -> set[tuple[str, str]]:
    """Return code and message of each error in a document with these values."""
    data = f"{front_matter(kind, values)}\n{kind.sample_body}".encode()
    source, problems = load_document(f"content/{kind.name}/{_NAME}.md", kind.name, _NAME, data)
    if source:
        problems = [*problems, *validate_document(source, kind, data)[1]]
    return {(problem.code, problem.message) for problem in problems if problem.severity is Severity.ERROR}
