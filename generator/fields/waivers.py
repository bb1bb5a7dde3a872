"""Waivers (豁免) in the cell of a table: code and reason, several of them parted by semicolons."""

from __future__ import annotations

import re
from typing import Annotated, Final

from pydantic import WithJsonSchema

from generator.fields.declaration import FormatError, validator_of

_NEXT: Final = re.compile(r"[;；\n]\s*(?=[a-z][a-z0-9-]*\s*[:：])")
_WAIVER: Final = re.compile(r"([a-z][a-z0-9-]*)\s*[:：]\s*(\S.*)", re.S)


def parse_waivers(text: str) -> tuple[tuple[str, str], ...]:
    """Read ``mobile-number：对外公布的公务电话；person-name：…``; a reason may itself hold semicolons.

    Raises:
        FormatError: If a code or its reason is missing.
    """
    found = []
    for part in _NEXT.split(text):
        match = _WAIVER.fullmatch(part.strip().rstrip(";；"))
        if not match:
            raise FormatError(
                "bad-waiver",
                f"豁免“{part.strip()}”写法不对",
                "写成“代号：原因”，例如 mobile-number：对外公布的公务电话；几条之间用分号隔开",
            )
        found.append((match[1], match[2].strip()))
    return tuple(found)


def _checked(text: str) -> str:
    parse_waivers(text)
    return text


WaiverText = Annotated[str, validator_of(_checked), WithJsonSchema({"type": "string", "minLength": 3})]
