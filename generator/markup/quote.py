"""The words of one 条, 款, 项 or 目, to be quoted on another page."""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from typing import Final

from generator.markup.conversion import convert

_PARAGRAPH: Final = re.compile(r"<p(?P<attributes>[^>]*)>(?P<words>.*?)</p>", re.S)
_TAG: Final = re.compile(r"<[^>]*>")


def clause_text(body: str, anchor: str) -> str | None:
    """Return the plain text of a 条, of a 款 with its 项, of a 项 with its 目 or of any heading.

    None if the body has no such anchor.
    """
    html = _html(body)
    start = re.search(rf'<(div|p|h[1-6])\b[^>]* id="{re.escape(anchor)}"[^>]*>', html)
    if not start:
        return None
    if start[1] == "div":
        return _words(html[start.end() : _end_of(html, start.end())])
    end = html.index(f"</{start[1]}>", start.end())
    parts = [html[start.end() : end]]
    if start[1] == "p":
        lower = _lower(start[0])
        for match in _PARAGRAPH.finditer(html, end):
            if not any(f'class="{kind}"' in match["attributes"] for kind in lower):
                break
            parts.append(match["words"])
    return _words("\n".join(parts))


@lru_cache(maxsize=64)
def _html(body: str) -> str:
    # Questions quote the same few documents over and over.
    return convert(body).html


def _lower(tag: str) -> tuple[str, ...]:
    """The kinds of paragraph that belong to the one with this tag."""
    if "__subitem" in tag:
        return ()
    return ("clause__subitem",) if "__item" in tag else ("clause__item", "clause__subitem")


def _end_of(html: str, start: int) -> int:
    """Where the ``div`` that opens before `start` closes."""
    depth = 1
    for match in re.compile(r"<(/?)div\b").finditer(html, start):
        depth += -1 if match[1] else 1
        if not depth:
            return match.start()
    return len(html)


def _words(html: str) -> str:
    return unescape(_TAG.sub("", html)).strip()
