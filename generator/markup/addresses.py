"""From a citation in words to the anchor of a 条, 款, 项 or 目."""

from __future__ import annotations

import re
from typing import Final

from generator.markup.numerals import NUMBER, number

_CITATION: Final = re.compile(
    rf"第(?P<tiao>{NUMBER})条(?:之(?P<zhi>{NUMBER}))?"
    rf"(?:第(?P<kuan>{NUMBER})款)?"
    rf"(?:第?[（(]?(?P<xiang>{NUMBER})[）)]?项)?"
    rf"(?:第?(?P<mu>{NUMBER})[.．]?目)?"
)
_DIVISION: Final = re.compile(
    rf"(?:第(?P<bian>{NUMBER})编)?(?:第(?P<zhang>{NUMBER})章)?(?:第(?P<jie>{NUMBER})节)?"
)
_ORDINAL: Final = re.compile(rf"(?P<yi>{NUMBER})、?(?:[（(](?P<xiang>{NUMBER})[）)])?")
_SPACES: Final = re.compile(r"\s+")


def clause_anchor(text: str) -> str | None:
    """Return the anchor of 第十二条之一, 第五条第二款第（一）项, 第一章第二节 or 二（三）; None for anything else.

    项 of the first 款 carry no 款 in their anchor, as 第五条第一款第（一）项 and 第五条第（一）项 are often
    the same thing and never different things.
    """
    text = _SPACES.sub("", text)
    match = _CITATION.fullmatch(text)
    if match:
        parts = _numbers(match)
        if "xiang" in parts and parts.get("kuan") == 1:
            del parts["kuan"]
        return _join(parts)
    match = (text and _DIVISION.fullmatch(text)) or _ORDINAL.fullmatch(text)
    return _join(_numbers(match)) if match else None


def _numbers(match: re.Match[str]) -> dict[str, int]:
    return {name: number(text) or 0 for name, text in match.groupdict().items() if text}


def _join(parts: dict[str, int]) -> str:
    return "-".join(f"{name}-{value}" for name, value in parts.items())
