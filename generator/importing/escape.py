"""Plain text → Markdown that shows the same text.

Only what Python-Markdown would act on is escaped, so that files stay readable and the converter's short cut
for plain paragraphs still applies to nearly every document.
"""

from __future__ import annotations

import re
from typing import Final

_ANYWHERE: Final = re.compile(r"[\\`*_\[\]{}<]")
_ENTITY: Final = re.compile(r"&(?=[#a-zA-Z])")
_LINE_START: Final = re.compile(r"(?:[#>:]|[-+](?=\s|$)|!!!|\?\?\?|-(?=[-\s]*$)|=+$|~~~)")
_ORDERED: Final = re.compile(r"(\d+)\.(?=\s|$)")
_SUSPICIOUS: Final = re.compile(r"[\\`*_\[\]{}<&]|^(?:[#>:+\-=!?~]|\d+\.)")


def escape(text: str) -> str:
    """Return a one-line paragraph as Markdown; outer white space and control characters must be gone already."""
    if not _SUSPICIOUS.search(text):
        return text
    escaped = _ANYWHERE.sub(_escape_sign, _ENTITY.sub("&amp;", text))
    ordered = _ORDERED.match(escaped)
    if ordered:
        return f"{ordered[1]}\\.{escaped[ordered.end() :]}"
    start = _LINE_START.match(escaped)
    return _reference(escaped[0]) + escaped[1:] if start else escaped


def _escape_sign(match: re.Match[str]) -> str:
    return "&lt;" if match[0] == "<" else f"\\{match[0]}"


def _reference(sign: str) -> str:
    """Escape the first sign of a line; those that a backslash does not protect become character references."""
    return f"&#{ord(sign)};" if sign in ":?=>~" else f"\\{sign}"


def escape_cell(text: str) -> str:
    """Return text for a cell of a pipe table."""
    return escape(text).replace("|", "&#124;")


def escape_html(text: str) -> str:
    """Return text for an HTML table, which Markdown leaves alone."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
