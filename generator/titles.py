"""Titles broken by sense, as official documents (公文) set them."""

from __future__ import annotations

import re
from typing import Final

_BREAK: Final = re.compile(
    r"(?=关于)|(?=《)|(?=（[^（）]{4,}）)|(?<=[：；])|(?<=[？！])(?=.{4})|(?<=》)(?![的和与及或、，。：；？！》）”])"
)
_SHORT: Final = 3


def title_parts(title: str) -> tuple[str, ...]:
    """Split a title into phrases that stay on one line where it allows them.

    GB/T 9704-2012, 7.3.1, wants lines of a title to break where the sense does: before 关于, 《 and a long
    bracket, after ： and 》; never before 的, 和 and closing marks, and inside 《》 only before a bracket.
    """
    parts: list[str] = []
    depth = 0
    for piece in filter(None, _BREAK.split(title)):
        inside = depth > 0 and not piece.startswith("（")
        if parts and not inside and len(parts[-1]) >= _SHORT and not parts[-1].endswith(("的", "和", "、")):
            parts.append(piece)
        elif parts:
            parts[-1] += piece
        else:
            parts.append(piece)
        depth += piece.count("《") - piece.count("》")
    return tuple(parts)
