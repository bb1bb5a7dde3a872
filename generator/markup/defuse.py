"""Keep the time of a conversion in proportion to the length of the body.

Python-Markdown looks for the end of every bracket, backtick and angle bracket, so that a paragraph with
thousands of unclosed ones (a damaged import, a table pasted as characters) takes minutes. Such characters
cannot mean anything; noncharacters stand for them until the parser is done. Ordinary text stays as it is.
"""

from __future__ import annotations

import re
from typing import Final

_UNCLOSED: Final = 20
_DEPTH: Final = 8
_RUNS: Final = 200
_MARKS: Final = 3000
_CHARACTERS: Final = "[]`*_<&!("
_DISARM: Final = {ord(character): chr(0xFDD8 + index) for index, character in enumerate(_CHARACTERS)}
_REARM: Final = {
    0xFDD8 + index: {"<": "&lt;", "&": "&amp;"}.get(character, character)
    for index, character in enumerate(_CHARACTERS)
}
_DISARMED: Final = re.compile(f"[{''.join(_DISARM.values())}]")
_ACTIVE: Final = re.compile(r"[\[\]`*_<&!]")
_BRACKET: Final = re.compile(r"\\.|[\[\]]", re.S)
_TICKS: Final = re.compile(r"`+")
_BARE_ANGLE: Final = re.compile(r"<(?![^<>]{0,2000}>)")
_BARE_TARGET: Final = re.compile(r"\]\((?![^()]{0,1000}\))")


def defuse(text: str) -> str:
    """Return the text with stand-ins for characters that occur unclosed too often to mean anything."""
    if len(text) < _UNCLOSED or not _ACTIVE.search(text):
        return text
    if text.count("<") > _UNCLOSED:
        bare = len(_BARE_ANGLE.findall(text))
        if bare > _UNCLOSED:
            text = _BARE_ANGLE.sub(_DISARM[ord("<")], text)
    blocks = text.split("\n\n")
    return "\n\n".join(_block(block) if len(block) > _UNCLOSED else block for block in blocks)


def rearm(html: str) -> str:
    """Return HTML with the characters that `defuse` replaced."""
    return html.translate(_REARM) if _DISARMED.search(html) else html


def _block(block: str) -> str:
    if block.count("[") > _UNCLOSED:
        block = _brackets(block)
        if block.count("](") > _UNCLOSED and len(_BARE_TARGET.findall(block)) > _UNCLOSED:
            block = _BARE_TARGET.sub("]" + _DISARM[ord("(")], block)
    if (
        block.count("`") > _RUNS
        and len(_TICKS.findall(block)) > _RUNS
        and not block.lstrip().startswith("```")
    ):
        block = block.replace("`", _DISARM[ord("`")])
    if len(block) > _MARKS and "|" not in block and len(_ACTIVE.findall(block)) > _MARKS:
        block = block.translate(_DISARM)
    return block


def _brackets(block: str) -> str:
    """Disarm opening brackets that are never closed, or that are nested without measure."""
    open_at: list[int] = []
    bad: set[int] = set()
    for match in _BRACKET.finditer(block):
        if match[0] == "[":
            if len(open_at) >= _DEPTH:
                bad.add(match.start())
            open_at.append(match.start())
        elif match[0] == "]" and open_at:
            open_at.pop()
    if len(open_at) > _UNCLOSED:
        bad.update(open_at)
    if len(bad) <= _UNCLOSED:
        return block
    disarmed = _DISARM[ord("[")]
    return "".join(disarmed if index in bad else character for index, character in enumerate(block))
