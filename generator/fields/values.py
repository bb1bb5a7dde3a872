"""Yes and no, numbers and counts."""

from __future__ import annotations

import re
from typing import Annotated, Final

from pydantic import WithJsonSchema

from generator.fields.declaration import FormatError, validator_of

YES: Final = frozenset({"是", "true", "True", "yes", "Yes"})
_NO: Final = frozenset({"否", "false", "False", "no", "No"})


def _yes_no(text: str) -> bool:
    if text in YES:
        return True
    if text in _NO:
        return False
    raise FormatError("bad-yes-no", f"“{text}”应当是“是”或“否”", "改为 是 或 否")


YesNo = Annotated[
    bool,
    validator_of(_yes_no),
    WithJsonSchema({"enum": ["是", "否", True, False, "yes", "no", "Yes", "No", "True", "False"]}),
]


def _number(text: str) -> float:
    try:
        value = float(text.replace(",", "").replace("，", ""))
    except ValueError:
        raise FormatError(
            "bad-number", f"“{text}”不是数字", "只写数字，单位写到“单位”一项，例如 6.2"
        ) from None
    if value != value or value in (float("inf"), float("-inf")):
        raise FormatError("bad-number", f"“{text}”不是数字", "只写数字")
    return value


Number = Annotated[float, validator_of(_number), WithJsonSchema({"type": ["number", "string"]})]


def _count(text: str) -> int:
    if not re.fullmatch(r"\d{1,9}", text):
        raise FormatError("bad-number", f"“{text}”不是整数", "只写阿拉伯数字，例如 12")
    return int(text)


Count = Annotated[int, validator_of(_count), WithJsonSchema({"type": ["integer", "string"]})]
"""A number of things: zero or more."""
