"""Attachments (附件) that a document names, and the files a page offers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Final

from generator.importing.documents import Attachment, Block, Paragraph
from generator.importing.outline import is_part_title
from generator.importing.signature import Signature
from generator.importing.text import close_up, is_date, squeeze

_LISTED: Final = re.compile(r"附\s*件\s*(?:[一二三四五六七八九十\d]{1,3}\s*)?[:：]\s*(?P<first>\S.*)")
_NUMBERED: Final = re.compile(
    r"(?:附件)?\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[.．、:：]\s*(?P<name>\S.*)"
)
_OPENED: Final = re.compile(r"附\s*件\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})?\s*[:：]?")
_SPLIT: Final = re.compile(r"\s+(?=\d{1,2}\s*[.．、])")
_LONGEST: Final = 80


def find_attachments(
    blocks: Sequence[Block], links: Sequence[Attachment], signature: Signature
) -> tuple[Attachment, ...]:
    """Return the attachments in the order of the document's list, else of its attached texts, then other files."""
    names = _listed(blocks, signature) or _opened(blocks, signature)
    rest = list(links)
    found = []
    for name in names:
        match = next(
            (link for link in rest if _stem(link.name) in squeeze(name) or squeeze(name) in _stem(link.name)),
            None,
        )
        if match:
            rest.remove(match)
        found.append(Attachment(name, match.file if match else ""))
    return (*found, *(Attachment(PurePosixPath(link.name).stem or link.name, link.file) for link in rest))


def _stem(name: str) -> str:
    return squeeze(re.sub(r"\.\w{2,4}$|^附件\d*[:：.、]?", "", name))


def _listed(blocks: Sequence[Block], signature: Signature) -> list[str]:
    """Read the list of attachments (附件说明): 附件：1.甲 / 2.乙."""
    for index, block in enumerate(blocks):
        match = (
            _LISTED.fullmatch(block.text)
            if isinstance(block, Paragraph) and len(block.text) <= 4 * _LONGEST
            else None
        )
        if not match:
            continue
        names = [_name(part) for part in _SPLIT.split(match["first"])]
        numbered = bool(_NUMBERED.fullmatch(match["first"]))
        for below in blocks[index + 1 :]:
            more = _LISTED.fullmatch(below.text) if isinstance(below, Paragraph) else None
            more = more or (
                _NUMBERED.fullmatch(below.text) if numbered and isinstance(below, Paragraph) else None
            )
            if (
                not more
                or not isinstance(below, Paragraph)
                or len(below.text) > _LONGEST
                or below.text.endswith("。")
            ):
                break
            names.append(_name(more[1]))
        return [name for name in names if name]
    return []


def _name(text: str) -> str:
    match = _NUMBERED.fullmatch(text.strip())
    name = (match["name"] if match else text).strip().rstrip("；;。，,")
    inner = re.fullmatch(r"《([^《》]+)》", name)
    return close_up(inner[1] if inner else name)


def _opened(blocks: Sequence[Block], signature: Signature) -> list[str]:
    """Read the titles of attached texts, each below a line that only says 附件."""
    names = []
    for index, block in enumerate(blocks):
        if index <= signature.index or not isinstance(block, Paragraph) or not _OPENED.fullmatch(block.text):
            continue
        title = ""
        for below in blocks[index + 1 : index + 5]:
            if (
                not isinstance(below, Paragraph)
                or is_date(below.text)
                or not (is_part_title(below) or (not title and len(below.text) <= 40))
            ):
                break
            title += close_up(below.text)
            if not is_part_title(below):
                break
        if title:
            names.append(title)
    return names
