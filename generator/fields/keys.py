"""Keys of front matter: Chinese label or English name → field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, get_args, get_origin

from generator.fields.declaration import Declared, item_of


@dataclass(frozen=True)
class KeyMap:
    """Front matter keys of a model: label or English name → field name, and the models inside.

    A model whose keys are not fixed (a mapping of free keys) does not occur: kinds are closed. ``examples``
    maps labels to values that fit on the line of their key.
    """

    names: Mapping[str, str]
    nested: Mapping[str, KeyMap]
    labels: Mapping[str, str]
    examples: Mapping[str, str]

    @classmethod
    def of(cls, model: type[Declared]) -> KeyMap:
        """Read the map from a model's declaration."""
        names: dict[str, str] = {}
        nested: dict[str, KeyMap] = {}
        labels: dict[str, str] = {}
        examples: dict[str, str] = {}
        for name, info in model.model_fields.items():
            declared = item_of(info)
            label = declared.label
            names[name] = names[label] = name
            labels[name] = label
            if isinstance(declared.example, str) and declared.example != label:
                examples[label] = declared.example
            inner = model_inside(info.annotation)
            if inner:
                nested[name] = cls.of(inner)
        return cls(names, nested, labels, examples)


def model_inside(annotation: Any) -> type[Declared] | None:
    """Return the model that a field holds, alone or in a tuple, if any."""
    if isinstance(annotation, type) and issubclass(annotation, Declared):
        return annotation
    if get_origin(annotation) is not None or get_args(annotation):
        for argument in get_args(annotation):
            found = model_inside(argument)
            if found:
                return found
    return None


def holds_many(annotation: Any) -> bool:
    """Whether a field holds a tuple of values, at whatever depth of `Annotated` and unions."""
    origin = get_origin(annotation)
    if origin is tuple:
        return True
    return any(holds_many(argument) for argument in get_args(annotation) if origin is not None)
