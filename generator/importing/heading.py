"""The head of a document: title, document number, order, caption (题注), labelled lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import msgspec

from generator.fields import DocumentNumber
from generator.importing import labels
from generator.importing.documents import Block, Paragraph
from generator.importing.outline import division
from generator.importing.text import DATE_PATTERN, close_up, is_date, read_date, squeeze

_HEAD_LENGTH: Final = 14
"""So many blocks at most belong to the head."""
_NUMBER_LINE: Final = re.compile(
    r"[（(]?[\u4e00-\u9fff\s]{1,20}\s*[〔\[【（(［﹝]\s*(?:19|20)\d{2}\s*[〕\]】)）］﹞]\s*(?:第\s*)?\d{1,5}\s*号[)）]?"
)
_ORDER: Final = re.compile(
    r"(?P<body>[\u4e00-\u9fff]{2,30}?)令\s*(?:第?\s*(?P<serial>\d+|[〇○零一二三四五六七八九十百千]+)\s*号)?(?P<rest>.*)"
)
_SERIAL: Final = re.compile(
    r"[（(]?\s*第?\s*(\d+|[〇○零一二三四五六七八九十百千]+)\s*号\s*[)）]?(?P<rest>\s.*|)"
)
_CAPTION: Final = re.compile(r"公布|发布|颁布|通过|施行|修订|修正|批准|印发")
_PROMULGATED: Final = re.compile(
    rf"(?P<day>{DATE_PATTERN})\s*(?P<body>[\u4e00-\u9fff]{{2,24}}?)(?P<form>令|公告)\s*第?\s*(?P<serial>\d+)\s*号\s*(?:公布|发布|颁布)"
)
_PROMULGATED_BEFORE: Final = re.compile(
    rf"(?P<day>{DATE_PATTERN})\s*(?P<body>[\u4e00-\u9fff]{{2,24}}?)第?\s*(?P<serial>\d+)\s*号(?P<form>令|公告)\s*(?:公布|发布|颁布)"
)
_ISSUES: Final = re.compile(
    r"《([^》]{4,60}(?:〈[^〉]*〉[^》]*)?)》.{0,40}?(?:印发|转发|发布|公布|下发|施行)"
)
_LETTERHEAD: Final = re.compile(r"([\u4e00-\u9fff\s]{3,40}?)\s*文\s*件")
_RULE: Final = re.compile(r"[_\-—–─━=＿*\s]{3,}")
_LONGEST_ORDER: Final = 40
_WHOLE_TEXT: Final = re.compile(r"[（(]?全文(?:如下)?[)）]?[:：]?$")
_RECIPIENT: Final = re.compile(r".*[:：]$")
_STRUCTURED: Final = re.compile(
    r"[一二三四五六七八九十]+、|第[一二三四五六七八九十]+条|[（(][一二三四五六七八九十]+[）)]"
)
_ENDS: Final = "。；，、！？;,!?"


class Head(msgspec.Struct, frozen=True):
    """What the head of a document states.

    Attributes:
        body: The blocks without title, document number and labelled lines.
        number: The document number as written, empty if there is none.
        body_of_order: The issuing body named by an order (令).
        letterhead: What stands before 文件 in the letterhead (发文机关标志).
        promulgated_on: Day of promulgation in the caption, ISO.
        dates: Lone dates below the title, ISO.
        caption: The caption as written, without line breaks.
    """

    title: str
    body: tuple[Block, ...]
    number: str = ""
    body_of_order: str = ""
    letterhead: str = ""
    promulgated_on: str = ""
    dates: tuple[str, ...] = ()
    caption: str = ""
    facts: dict[str, str] = {}
    inferred: tuple[str, ...] = ()


def read_head(blocks: Sequence[Block], known_title: str = "") -> Head:
    """Read the head off the blocks; `known_title` is the one that catalogue data or the page state."""
    blocks = [block for block in blocks if not (isinstance(block, Paragraph) and _RULE.fullmatch(block.text))]
    facts = _take_facts(blocks)
    letterhead = _take_letterhead(blocks)
    known_title = _tidy_title(known_title or facts.get(labels.TITLE, ""))
    inferred: list[str] = []
    title = known_title
    taken = _find_title(blocks, known_title) if known_title else _guess_title(blocks)
    if taken:
        start, end = taken
        written = "".join(close_up(block.text) for block in blocks[start:end] if isinstance(block, Paragraph))
        title = known_title or _tidy_title(written)
        if (
            not known_title
            and end - start == 1
            and isinstance(first := blocks[start], Paragraph)
            and not first.align
        ):
            inferred.append(f"标题取自正文开头的短行“{title}”，请核对")
        del blocks[start:end]
        _drop_echo(blocks, title)
    number, order_body = _take_number(blocks)
    caption = _join_caption(blocks)
    promulgated = _PROMULGATED.search(caption) or _PROMULGATED_BEFORE.search(caption)
    if promulgated and not number:
        number = f"{promulgated['body']}{promulgated['form']}第{promulgated['serial']}号"
        order_body = promulgated["body"]
    return Head(
        title=title,
        body=tuple(blocks),
        number=number,
        body_of_order=order_body,
        letterhead=letterhead,
        promulgated_on=read_date(promulgated["day"]) if promulgated else "",
        dates=_lone_dates(blocks),
        caption=caption,
        facts=facts,
        inferred=tuple(inferred),
    )


def _head_indexes(blocks: Sequence[Block]) -> list[int]:
    """Return the indexes of the short lines at the top, up to the first running text."""
    found = []
    for index, block in enumerate(blocks[:_HEAD_LENGTH]):
        if not isinstance(block, Paragraph):
            continue
        if _is_running_text(block.text):
            break
        found.append(index)
    return found


def _is_running_text(text: str) -> bool:
    if text.startswith(("（", "(")) and _CAPTION.search(text):
        return False
    return (
        len(text) > 80 or text.endswith(tuple(_ENDS)) or bool(_STRUCTURED.match(text)) or bool(division(text))
    )


def _take_facts(blocks: list[Block]) -> dict[str, str]:
    """Remove labelled lines such as 【文号】… or 发布时间：… from the head and return them."""
    indexes = [
        index
        for index, block in enumerate(blocks[:_HEAD_LENGTH])
        if isinstance(block, Paragraph) and labels.labelled(block.text)[0]
    ]
    facts = labels.read_facts(
        [block.text for index in indexes if isinstance(block := blocks[index], Paragraph)]
    )
    for index in reversed(indexes):
        del blocks[index]
    return facts


def _take_letterhead(blocks: list[Block]) -> str:
    for index, block in enumerate(blocks[:3]):
        match = _LETTERHEAD.fullmatch(block.text) if isinstance(block, Paragraph) else None
        if match:
            del blocks[index]
            return squeeze(match[1])
    return ""


# --- title -----------------------------------------------------------------------------------------


def _tidy_title(text: str) -> str:
    title = " ".join(text.split()).strip()
    title = _WHOLE_TEXT.sub("", title).strip()
    inner = re.fullmatch(r"《([^《》]+)》", title)
    title = inner[1] if inner else title
    # Blanks between Chinese characters come from line breaks and letter-spacing.
    return re.sub(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])", "", title)


def _find_title(blocks: Sequence[Block], title: str) -> tuple[int, int] | None:
    """Find the lines of the head that together are the title."""
    wanted = squeeze(title)
    for start in range(min(4, len(blocks))):
        written = ""
        for end in range(start, min(start + 6, len(blocks))):
            block = blocks[end]
            if not isinstance(block, Paragraph):
                break
            written += squeeze(block.text)
            if written.strip("《》") == wanted:
                return start, end + 1
            if not wanted.startswith(written):
                break
    return None


def _guess_title(blocks: Sequence[Block]) -> tuple[int, int] | None:
    """Find the title without any hint.

    In this order: centred or declared as a heading above the running text, a short line above it, the text
    that a covering letter says it issues, a centred line soon after.
    """
    head = [
        (index, block) for index in _head_indexes(blocks) if isinstance(block := blocks[index], Paragraph)
    ]
    top = [(index, block) for index, block in enumerate(blocks[:6]) if isinstance(block, Paragraph)]
    shown = next((index for index, block in head if _is_shown_as_title(block)), None)
    if shown is None:
        shown = next((index for index, block in head if _could_be_title(block.text)), None)
        if shown is not None:
            return shown, shown + 1
        issued = _issued_text(blocks)
        if issued is not None:
            return issued, issued + 1
        shown = next((index for index, block in top if _is_shown_as_title(block)), None)
    if shown is None:
        return None
    first, end = blocks[shown], shown + 1
    while isinstance(first, Paragraph) and end < len(blocks) and _continues_title(first, blocks[end]):
        end += 1
    return shown, end


def _is_shown_as_title(block: Paragraph) -> bool:
    return (block.heading == 1 or block.align == "center") and _could_be_title(block.text)


def _issued_text(blocks: Sequence[Block]) -> int | None:
    """Find the title of the text that a covering letter without a title of its own issues."""
    named = ""
    for index, block in enumerate(blocks[:12]):
        if not isinstance(block, Paragraph):
            continue
        if named and squeeze(block.text) == squeeze(named):
            return index
        match = _ISSUES.search(block.text)
        named = named or (match[1] if match else "")
    return None


def _could_be_title(text: str) -> bool:
    return (
        4 <= len(squeeze(text)) <= 100
        and not text.endswith(tuple(_ENDS))
        and (not _RECIPIENT.match(text) or bool(_WHOLE_TEXT.search(text)))
        and not _NUMBER_LINE.fullmatch(text)
        and not _ORDER.fullmatch(squeeze(text))
        and not _SERIAL.fullmatch(text)
        and not _STRUCTURED.match(text)
        and not division(text)
        and not is_date(text)
        and not text.startswith(("（", "("))
        and bool(re.search(r"[\u4e00-\u9fff]", text))
    )


def _continues_title(first: Paragraph, block: Block) -> bool:
    """Whether a line goes on with a title set over several lines."""
    return (
        isinstance(block, Paragraph)
        and (block.align, block.heading) == (first.align, first.heading)
        and (
            _could_be_title(block.text)
            or bool(re.fullmatch(r"[（(][^（()）\d]{1,12}[）)]|[\u4e00-\u9fff\s]{1,6}", block.text))
        )
        and not division(block.text)
        and not _NUMBER_LINE.fullmatch(block.text)
    )


def _drop_echo(blocks: list[Block], title: str) -> None:
    """Remove a second copy of the title in the head, as pages with a title line have it."""
    again = _find_title(blocks, title)
    if again and again[0] <= 2:
        del blocks[again[0] : again[1]]


# --- number, order, caption ------------------------------------------------------------------------


def _take_number(blocks: list[Block]) -> tuple[str, str]:
    """Remove the line of the document number and return it; an order stays, since it is text too.

    The second value is the body that gave an order (令).
    """
    for index, block in enumerate(blocks[:_HEAD_LENGTH]):
        if not isinstance(block, Paragraph):
            continue
        if _NUMBER_LINE.fullmatch(block.text) and DocumentNumber.repair(block.text.strip("（）()")):
            number = str(DocumentNumber.repair(block.text.strip("（）()")))
            if index < 6:
                del blocks[index]
            return number, ""
        order = _ORDER.fullmatch(squeeze(block.text)) if len(block.text) <= _LONGEST_ORDER else None
        if order and not order["rest"]:
            serial = order["serial"] or _serial_below(blocks, index)
            if serial:
                return f"{order['body']}令第{serial}号", order["body"]
        if _is_running_text(block.text) and index > 6:
            break
    return "", ""


def _serial_below(blocks: Sequence[Block], index: int) -> str:
    """Return the serial of an order whose number stands on the next line, alone or before its sentence."""
    below = blocks[index + 1] if index + 1 < len(blocks) else None
    match = _SERIAL.fullmatch(below.text) if isinstance(below, Paragraph) else None
    return match[1] if match else ""


def _join_caption(blocks: list[Block]) -> str:
    """Join a caption (题注) that was broken over lines, in place, and return it."""
    for index, block in enumerate(blocks[:4]):
        if not isinstance(block, Paragraph) or not block.text.startswith(("（", "(")):
            continue
        text, end = block.text, index + 1
        while not _is_closed(text) and end < min(index + 8, len(blocks)):
            below = blocks[end]
            if not isinstance(below, Paragraph):
                break
            text, end = f"{text}\u3000{below.text}", end + 1
        if _is_closed(text) and _CAPTION.search(text):
            blocks[index:end] = [Paragraph(text)]
            return text
    return ""


def _is_closed(text: str) -> bool:
    return text.count("（") + text.count("(") <= text.count("）") + text.count(")")


def _lone_dates(blocks: Sequence[Block]) -> tuple[str, ...]:
    return tuple(
        read_date(block.text) for block in blocks[:3] if isinstance(block, Paragraph) and is_date(block.text)
    )
