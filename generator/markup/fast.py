"""Plain paragraphs and headings without Markdown: nearly all of official text, at a thirtieth of the cost.

A block is plain if it holds no character that the Markdown parser, the sanitiser or `finish` would act on.
Other blocks still go through Python-Markdown, with a stand-in paragraph for each run of plain ones, so that
fences, lists and footnotes that reach over blank lines do what they would do anyway; where a stand-in does
not come back as a paragraph of its own, the whole body is converted the slow way.
"""

from __future__ import annotations

import re
from typing import Final

from generator.markup.source import ODD, SPACES

_ACTIVE: Final = re.compile(rf"[\\`*_\[\]<>&{{}}|~\t\xa0{ODD}]")
_LINE: Final = re.compile(
    rf"\n(?:[{SPACES}+=:!\-]|[0-9]+[.)][ \n]|表|条形图|柱状图|折线图|Table|# |#{{7}}|#+ *\n|#+[^ #]|#+ [^\n]*#(?:\n|$))"
)
_TRAILING: Final = re.compile(r"[ \u3000\u2000-\u200b](?:\n|$)")
_HEADING: Final = re.compile(r"#{2,6} +[^\s#](?:[^\n]*[^\s#])?$")
STAND_IN: Final = "\ufdd3"


def plain_blocks(text: str) -> list[str] | None:
    """Return the blocks of a body that is plain throughout, else None."""
    if _ACTIVE.search(text) or "\n\n\n" in text or " \n" in text or "\u3000\n" in text:
        return None
    framed = f"\n{text}\n"
    if _LINE.search(framed) or text[-1:].isspace() or text[:1] == "\n":
        return None
    blocks = text.split("\n\n")
    if text.count("\n") != 2 * (len(blocks) - 1):
        return None
    return blocks


def is_plain(block: str) -> bool:
    """Whether one block, without blank lines around it, can be converted without Markdown."""
    if _ACTIVE.search(block) or _TRAILING.search(block) or _LINE.search(f"\n{block}\n"):
        return False
    return bool(_HEADING.match(block)) if block[0] == "#" else "\n#" not in block
