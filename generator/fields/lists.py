"""Several values under one key; a single one may be written without a list."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator
from pydantic_core import PydanticCustomError

from generator.fields.text import Line, Reference, SitePath, Slug


def _unique(values: tuple[Any, ...]) -> tuple[Any, ...]:
    seen: list[Any] = []
    for value in values:
        if value in seen:
            raise PydanticCustomError(
                "repeated-value", "{text}", {"text": f"“{value}”写了两次", "hint": "删去多余的一项"}
            )
        seen.append(value)
    return values


def _one_or_many(value: Any) -> Any:
    return [value] if isinstance(value, str | dict) else value


Lines = Annotated[tuple[Line, ...], BeforeValidator(_one_or_many), AfterValidator(_unique)]
References = Annotated[tuple[Reference, ...], BeforeValidator(_one_or_many), AfterValidator(_unique)]
Codes = Annotated[tuple[Line, ...], BeforeValidator(_one_or_many), AfterValidator(_unique)]
"""Slugs of sections or topics; `library.py` checks that they exist, and knows whose title was written instead."""

Slugs = Annotated[tuple[Slug, ...], BeforeValidator(_one_or_many), AfterValidator(_unique)]
SitePaths = Annotated[tuple[SitePath, ...], BeforeValidator(_one_or_many), AfterValidator(_unique)]
