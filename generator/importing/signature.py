"""The signature (落款): the issuing bodies or the leader who signs, and the day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import msgspec

from generator.importing.documents import Block, Paragraph
from generator.importing.issuers import bodies_in
from generator.importing.text import DATE_PATTERN, is_date, read_date, squeeze

_LEADER: Final = re.compile(
    r"(?:代?(?:市|省|区|县|州|镇|乡|部|局|厅|署|院|行|主任|检察|司|会)\s*长|总\s*理|主\s*席|主任|委员长)\s*[:：]?\s*[\u4e00-\u9fff·]{1,2}\s*[\u4e00-\u9fff·]{1,8}"
)
_WITH_DATE: Final = re.compile(rf"(?P<bodies>[\u4e00-\u9fff、\s]{{2,60}}?)\s*(?P<day>{DATE_PATTERN})")
_AFTER: Final = re.compile(r"[（(].*[）)]|附\s*件.*|主题词.*|抄送.*|.*印发")
_GIVEN_OUT: Final = re.compile(r"印发|转发|遵照|执行|施行|实施|通知")
_MOST_SIGNERS: Final = 12


class Signature(msgspec.Struct, frozen=True):
    """Where the signature stands and what it says; `index` is that of its last line, -1 without one."""

    lines: tuple[str, ...] = ()
    issuer: tuple[str, ...] = ()
    day: str = ""
    index: int = -1


def find_signature(blocks: Sequence[Block]) -> Signature:
    """Find the first signature: a date line below bodies or a signing leader.

    The first one counts, since a 通知 is signed before the 办法 it issues. A date line with nothing above it
    is taken only at the very end.
    """
    for index, block in enumerate(blocks):
        if not isinstance(block, Paragraph):
            continue
        if is_date(block.text):
            found = _above(blocks, index)
            if found:
                return found
            if index > 1 and _ends_a_letter(blocks, index):
                return Signature((_plain(block.text),), (), read_date(block.text), index)
        elif (match := _WITH_DATE.fullmatch(block.text)) and index and (bodies := bodies_in(match["bodies"])):
            return Signature(
                (_plain(match["bodies"]), _plain(match["day"])), bodies, read_date(match["day"]), index
            )
    last = _last_line(blocks)
    if last > 2 and isinstance(block := blocks[last], Paragraph) and is_date(block.text):
        return Signature((_plain(block.text),), (), read_date(block.text), last)
    return Signature()


def _ends_a_letter(blocks: Sequence[Block], index: int) -> bool:
    """Whether a lone date stands where a letter is signed: after its last sentence, set apart to the right."""
    line, above = blocks[index], blocks[index - 1]
    return (
        isinstance(line, Paragraph)
        and isinstance(above, Paragraph)
        and above.text.endswith(("。", "！"))
        and (line.align == "right" or bool(_GIVEN_OUT.search(above.text)))
    )


def _above(blocks: Sequence[Block], index: int) -> Signature | None:
    lines: list[str] = []
    issuer: list[str] = []
    for above in range(index - 1, max(index - 1 - _MOST_SIGNERS, -1), -1):
        block = blocks[above]
        if not isinstance(block, Paragraph):
            continue
        bodies = bodies_in(block.text) if len(block.text) <= 60 else ()
        if not bodies and not _LEADER.fullmatch(block.text):
            break
        issuer[:0] = bodies
        lines.insert(0, _plain(block.text))
    date_line = blocks[index]
    if not lines or not isinstance(date_line, Paragraph):
        return None
    return Signature(
        (*lines, _plain(date_line.text)), tuple(dict.fromkeys(issuer)), read_date(date_line.text), index
    )


def _last_line(blocks: Sequence[Block]) -> int:
    """Return the index of the last line before notes, attachments and the imprint."""
    index = len(blocks) - 1
    while index >= 0:
        block = blocks[index]
        if isinstance(block, Paragraph) and not _AFTER.fullmatch(block.text):
            break
        index -= 1
    return index


def _plain(text: str) -> str:
    """Write a line without the blanks that only place it; one stays between a leader's title and name."""
    if _LEADER.fullmatch(text):
        title, name = re.match(r"(.*?(?:长|总\s*理|主\s*席|主任))\s*[:：]?\s*(.*)", text).groups()  # type: ignore[union-attr]
        return f"{squeeze(title)} {squeeze(name)}"
    return re.sub(r"\s+", " " if bodies_in(text)[1:] else "", text.strip())
