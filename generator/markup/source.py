"""The text of a body before it is parsed: normal form, places, hidden code, faults that need no parser."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Final

SPACES: Final = " \u3000\u2000-\u200b\xa0"
ODD: Final = "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufdd0-\ufdef\ufeff\ufffe\uffff\ud800-\udfff"
"""Characters that a parser or sanitiser would drop or change; no text needs them."""

_BREAKS: Final = re.compile("\r\n?|[\x0b\x0c\x85]")
_ODD: Final = re.compile(f"[{ODD}]")
_INDENT: Final = re.compile(
    r"^[\u3000\u2000-\u200b\xa0][\u3000\u2000-\u200b\xa0 ]*|^ {1,3}(?=[\u3000\u2000-\u200b\xa0])[\u3000\u2000-\u200b\xa0 ]+",
    re.M,
)
_TRAILING: Final = re.compile(rf"(?<![{SPACES}\t])[{SPACES}\t]+$", re.M)
_ESCAPE: Final = re.compile(r"\\[\\`*_{}\[\]()<>#+\-.!|~:]")


def normal(body: str) -> str:
    """Return the body with ``\\n`` line ends, without control characters and without typed indents.

    Lines keep their number. Two spaces at the end of a line stay, as they mean a line break.
    """
    if "\r" in body or "\x0b" in body or "\x0c" in body or "\x85" in body:
        body = _BREAKS.sub("\n", body)
    if _ODD.search(body):
        body = _ODD.sub("", body)
    if "\t" in body:
        body = body.replace("\t", "    ")
    body = _INDENT.sub("", body)
    return _TRAILING.sub(_trailing, body).strip("\n")


def _trailing(match: re.Match[str]) -> str:
    return "  " if match[0] == "  " else ""


class Lines:
    """Turns offsets in a text into one-based line and column."""

    def __init__(self, text: str) -> None:
        self._starts = [0]
        position = text.find("\n")
        while position >= 0:
            self._starts.append(position + 1)
            position = text.find("\n", position + 1)

    def place(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


def hide_code(body: str) -> str:
    """Return the body with code, comments and escaped characters blanked out, at its old length."""
    if "`" in body or "~~~" in body:
        body = _hide_fences(body)
        if "`" in body:
            body = _hide_spans(body)
    if "\\" in body:
        body = _ESCAPE.sub("  ", body)
    if "<!--" in body:
        body = _hide_comments(body)
    return body


def _hide_fences(body: str) -> str:
    lines = body.split("\n")
    fence = ""
    for index, line in enumerate(lines):
        head = line.lstrip()[:3]
        if fence:
            closes = line.strip().startswith(fence) and not line.strip().strip(fence[0])
            lines[index] = " " * len(line)
            if closes:
                fence = ""
        elif head in ("```", "~~~"):
            stripped = line.lstrip()
            fence = head[0] * (len(stripped) - len(stripped.lstrip(head[0])))
            lines[index] = " " * len(line)
    return "\n".join(lines)


_TICKS: Final = re.compile(r"`+")


def _hide_spans(body: str) -> str:
    """Blank code spans: a run of backticks closes at the next run of equal length in its paragraph."""
    parts: list[str] = []
    for paragraph in re.split(r"(\n[ \t]*\n)", body):
        if "`" not in paragraph:
            parts.append(paragraph)
            continue
        runs = [(match.start(), match.end()) for match in _TICKS.finditer(paragraph)]
        waiting: dict[int, list[int]] = {}
        for position, (start, end) in enumerate(runs):
            waiting.setdefault(end - start, []).append(position)
        current = 0
        pieces: list[str] = []
        for position, (start, end) in enumerate(runs):
            if start < current:
                continue
            same = waiting[end - start]
            following = bisect_right(same, position)
            if following < len(same):
                stop = runs[same[following]][1]
                pieces.append(paragraph[current:start])
                pieces.append(_blanked(paragraph[start:stop]))
                current = stop
        pieces.append(paragraph[current:])
        parts.append("".join(pieces))
    return "".join(parts)


def _hide_comments(body: str) -> str:
    pieces: list[str] = []
    done = 0
    while (start := body.find("<!--", done)) >= 0:
        stop = body.find("-->", start + 4)
        if stop < 0:
            break
        pieces += (body[done:start], _blanked(body[start : stop + 3]))
        done = stop + 3
    return "".join(pieces) + body[done:]


def _blanked(text: str) -> str:
    return "\n".join(" " * len(line) for line in text.split("\n"))
