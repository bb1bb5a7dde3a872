"""Values → YAML front matter that reads back as the same text."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Final

Value = str | tuple[str, ...] | tuple[dict[str, str], ...]

_PLAIN: Final = re.compile(
    r"(?:[\u4e00-\u9fffA-Za-z0-9（《“〔]|[０-９])"
    r"(?:[\u4e00-\u9fffA-Za-z0-9（）《》〈〉“”‘’〔〕、，。；：！？—…·～／%./_+@\\-]|[０-９]|:(?! )(?=\S)| (?=[^#\s]))*"
)
_NOT_PRINTABLE: Final = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]")


def front_matter(values: Mapping[str, Value]) -> str:
    """Return the lines between and with the ``---`` marks; empty values are left out."""
    lines = ["---"]
    for key, value in values.items():
        if not value:
            continue
        if isinstance(value, str):
            lines.append(f"{key}: {scalar(value)}")
        elif len(value) == 1 and isinstance(value[0], str):
            lines.append(f"{key}: {scalar(value[0])}")
        else:
            lines.append(f"{key}:")
            for item in value:
                lines.extend(_item(item))
    lines.append("---")
    return "\n".join(lines) + "\n"


def _item(item: str | dict[str, str]) -> list[str]:
    if isinstance(item, str):
        return [f"  - {scalar(item)}"]
    pairs = [f"{key}: {scalar(text)}" for key, text in item.items() if text]
    return [f"{'  - ' if number == 0 else '    '}{pair}" for number, pair in enumerate(pairs)]


def scalar(text: str) -> str:
    """Write a text as a YAML scalar, quoted only where a reader could take it for something else."""
    if _PLAIN.fullmatch(text) and not text.endswith(":"):
        return text
    return _NOT_PRINTABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(text, ensure_ascii=False))
