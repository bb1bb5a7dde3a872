"""Front matter as text: values as YAML that editors can read, and keys not used yet as comments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.export.describe import Value
from generator.yaml_writing import scalar


def key_lines(key: str, value: Value, note: str = "") -> Iterator[str]:
    """Yield the lines of one key; ``note`` follows as a comment."""
    remark = f"  # {note}" if note else ""
    if isinstance(value, str):
        shown = scalar(value) if value else ""
        yield f"{key}: {shown}".rstrip() + remark
        return
    yield f"{key}:{remark}"
    yield from (f"  {line}" for line in _inner(value))


def _inner(value: Value) -> Iterator[str]:
    if isinstance(value, str):
        yield scalar(value)
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from key_lines(key, inner)
    else:
        for entry in value:
            lines = list(_inner(entry))
            yield f"- {lines[0]}"
            yield from (f"  {line}" for line in lines[1:])


def commented(key: str, value: Value, note: str = "") -> Iterator[str]:
    """Yield the lines of a key that does not count until ``# `` is deleted."""
    return (f"# {line}" for line in key_lines(key, value, note))
