"""How a field is declared: its label, its behaviour, and the errors of its type."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError


class Weight(Enum):
    """How much a match in a field tells about a document; the search package turns it into numbers."""

    EXACT = "exact"
    STRONG = "strong"
    NORMAL = "normal"


@dataclass(frozen=True)
class Item:
    """What is declared about a field beside its type.

    Attributes:
        label: The official Chinese term: the front matter key, the label in tables, the schema's title.
        help: One sentence for editors.
        example: A value that validates; `yangguang new` writes it for required fields.
        search: Weight in the search records, if the field is searched.
        facet: Whether listings can be narrowed by it.
        sort: Whether listings can be ordered by it.
        table: Whether the metadata table of the page shows it.
    """

    label: str
    help: str = ""
    example: Any = None
    search: Weight | None = None
    facet: bool = False
    sort: bool = False
    table: bool = False


def item(
    label: str,
    *,
    default: Any = ...,
    help: str = "",
    example: Any = None,
    search: Weight | None = None,
    facet: bool = False,
    sort: bool = False,
    table: bool = False,
    **constraints: Any,
) -> Any:
    """Declare a field of a content kind: its Chinese label and all that is derived from it.

    The result is a pydantic `Field`; ``constraints`` (``min_length`` and the like) go to it unchanged.
    """
    declared = Item(label, help, example, search, facet, sort, table)
    return Field(
        default,
        title=label,
        description=help or None,
        json_schema_extra={"x-item": declared.__dict__ | {}},
        **constraints,
    )


def item_of(field: FieldInfo) -> Item:
    """Return what `item` declared for a model field."""
    extra = field.json_schema_extra
    assert isinstance(extra, dict), "declare fields of content kinds with item()"
    return Item(**extra["x-item"])  # type: ignore[arg-type]


class Declared(BaseModel):
    """Base of all models whose fields are declared with `item`: frozen, and closed to unknown keys."""

    # Validators are built when a model is first used: most commands need few of them, or none.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class FormatError(ValueError):
    """A text does not have the form its type asks for."""

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(code, message, hint)
        self.code = code
        self.message = message
        self.hint = hint


def validator_of(parse: Callable[[str], Any]) -> BeforeValidator:
    """Wrap a parser of text, so that its `FormatError` reaches `messages.py` with code and hint."""

    def validate(value: Any) -> Any:
        if not isinstance(value, str):
            raise PydanticCustomError("wrong-type", "应当是一行文字")
        try:
            return parse(value.strip())
        except FormatError as error:
            # Braces would be read as placeholders of pydantic's message templates.
            raise PydanticCustomError(
                error.code,
                "{text}",
                {"text": error.message, "hint": error.hint},
            ) from None

    return BeforeValidator(validate)


def warn(info: ValidationInfo, code: str, message: str, hint: str) -> None:
    """Report a problem that does not stop validation; `validate.py` provides the list."""
    if info.context is not None:
        info.context["warnings"].append((info.field_name or "", code, message, hint))
