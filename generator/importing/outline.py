"""Blocks → Markdown, with the structure that the source shows.

编, 章 and 节 become headings, an automatic or written 第X条 opens its paragraph, and titles in the middle of
the text (an attached 办法, an attachment) become headings of their own. 一、 and （一） stay as they are unless
the source declares headings: converting recognises them from the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from generator.importing.documents import Block, Cell, Paragraph, Picture, Table
from generator.importing.escape import escape, escape_cell, escape_html
from generator.importing.text import close_up, is_date
from generator.importing.word import FOOTNOTE_MARK

NUMERAL: Final = r"[〇○零一二三四五六七八九十百千\d]{1,7}"
_DIVISION: Final = re.compile(rf"第{NUMERAL}(分编|编|章|节)(?![第的规中以])\s*(\S.*)?")
_CLAUSE: Final = re.compile(rf"第({NUMERAL})条(之[一二三四五六七八九十])?(\s*)")
_CITED: Final = re.compile(r"规定|的|、|，|第|至第|到第|及第|和第|与第|或第|之|所[列称规述]|款|项|中规定")
_MARKED: Final = re.compile(
    rf"(?:{_DIVISION.pattern}|[一二三四五六七八九十]+、|[（(]|\d+[.．、]|附\s*[件表录]|目\s*[录次])"
)
_RANKS: Final = {"编": 1, "分编": 2, "章": 3, "节": 4}
_PART: Final = 0
_DECLARED: Final = 10
"""Ranks above this are headings that only the source's own style shows, by their level."""
SHORT: Final = 40
_ENDS: Final = "。；：，、！？;:,!?"
_FOOTNOTE: Final = re.compile(f"{FOOTNOTE_MARK}(\\d+){FOOTNOTE_MARK}")


def to_markdown(blocks: Sequence[Block], footnotes: Sequence[str] = ()) -> str:
    """Return the Markdown body of a document, ending in a newline unless empty."""
    ranked = list(_ranked(_joined_titles(blocks)))
    ranks = sorted({rank for rank, _ in ranked if rank is not None})
    pieces: list[str] = []
    level, bullets = 1, False
    clauses = _Clauses()
    for rank, block in ranked:
        is_bullet = isinstance(block, Paragraph) and block.text.startswith("\u2022")
        if rank is not None and isinstance(block, Paragraph):
            level = min(2 + ranks.index(rank), level + 1, 6)
            piece = f"{'#' * level} {_inline(block.text)}"
        else:
            piece = clauses.spaced(block) if isinstance(block, Paragraph) else _other(block)
        pieces.append(piece if not (is_bullet and bullets) else f"\n{piece}")
        bullets = is_bullet
    pieces.extend(
        f"[^{number}]: {escape(text) or '（原文无内容）'}" for number, text in enumerate(footnotes, start=1)
    )
    # Items of one list stand together; everything else is set apart by a blank line.
    text = "\n\n".join(pieces).replace("\n\n\n", "\n")
    return f"{text}\n" if text else ""


def _other(block: Table | Picture) -> str:
    if isinstance(block, Picture):
        alt = re.sub(r"[\[\]\\]", "", block.alt)
        return f"![{alt}]({block.name})"
    return _table(block)


def _inline(text: str) -> str:
    return _FOOTNOTE.sub(r"[^\1]", escape(text))


class _Clauses:
    """Opens each 条 with its number and an ideographic space; knows which number comes next."""

    def __init__(self) -> None:
        self._expected = 1

    def spaced(self, paragraph: Paragraph) -> str:
        text = paragraph.text
        if text.startswith("\u2022"):
            return f"- {_inline(text[1:].strip())}"
        match = _CLAUSE.match(text)
        if not match:
            return _inline(text)
        number = read_number(match[1])
        if not match[3] and not match[2] and not self._opens(number, text[match.end() :]):
            return _inline(text)
        self._expected = number + 1
        return f"{match[0].rstrip()}\u3000{_inline(text[match.end() :])}".rstrip()

    def _opens(self, number: int, rest: str) -> bool:
        """Whether 第三条 without a space after it opens a 条 rather than a sentence: 第三条规定的情形……"""
        return not rest or (number in (1, self._expected) and not _CITED.match(rest))


def read_number(text: str) -> int:
    """Read 12, 十二, 一百零一 or 一〇一; 0 where the text is no number."""
    if text.isdecimal():
        return int(text)
    digits = {char: number for number, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0}
    units = {"十": 10, "百": 100, "千": 1000}
    if not any(char in units for char in text):
        return int("".join(str(digits.get(char, 0)) for char in text) or 0)
    total = current = 0
    for char in text:
        if char in units:
            total += (current or 1) * units[char]
            current = 0
        else:
            current = digits.get(char, 0)
    return total + current


# --- headings --------------------------------------------------------------------------------------


def division(text: str) -> str:
    """Return 编, 分编, 章 or 节 if the paragraph is the heading of one, else an empty string."""
    match = _DIVISION.fullmatch(text) if len(text) <= SHORT and text[-1] not in _ENDS else None
    return match[1] if match else ""


def _ranked(blocks: Sequence[Block]) -> Iterator[tuple[int | None, Block]]:
    """Pair each block with its rank as a heading; None for everything else, a table of contents included."""
    contents = _contents(blocks)
    for index, block in enumerate(blocks):
        rank: int | None = None
        if isinstance(block, Paragraph) and index not in contents:
            kind = division(block.text)
            if kind:
                rank = _RANKS[kind]
                number, name = re.match(rf"(第{NUMERAL}(?:分编|编|章|节))\s*(.*)", block.text).groups()  # type: ignore[union-attr]
                block = Paragraph(f"{number}\u3000{name}" if name else number)
            elif is_part_title(block):
                rank = _PART
            elif block.heading and len(block.text) <= 2 * SHORT:
                rank = _DECLARED + block.heading
        yield rank, block


def _contents(blocks: Sequence[Block]) -> range:
    """Return the indexes of a table of contents: the divisions below 目录, until the first comes again."""
    for index, block in enumerate(blocks):
        if isinstance(block, Paragraph) and re.fullmatch(r"目\s*[录次]\s*[:：]?", block.text):
            end, seen = index + 1, ""
            while end < len(blocks) and isinstance(line := blocks[end], Paragraph) and division(line.text):
                squeezed = re.sub(r"\s", "", line.text)
                if squeezed == seen:
                    break
                seen = seen or squeezed
                end += 1
            return range(index, end)
    return range(0)


def is_part_title(block: Block) -> bool:
    """Whether a line in the middle of the page is a title: short, without punctuation or number."""
    return (
        isinstance(block, Paragraph)
        and block.align == "center"
        and 2 <= len(block.text) <= 2 * SHORT
        and block.text[-1] not in _ENDS
        and not _MARKED.match(block.text)
        and not is_date(block.text)
        and bool(re.search(r"[\u4e00-\u9fff]{2}", close_up(block.text)))
    )


def _joined_titles(blocks: Sequence[Block]) -> list[Block]:
    """Join a title broken over lines: 文化体制改革中经营性文化事业单位 / 转制为企业的规定, with its （试行）."""
    joined: list[Block] = []
    open_title = False
    for block in blocks:
        is_title = is_part_title(block)
        last = joined[-1] if joined else None
        if (
            open_title
            and isinstance(last, Paragraph)
            and isinstance(block, Paragraph)
            and (is_title or _is_addition(block))
        ):
            joined[-1] = Paragraph(last.text + close_up(block.text), last.heading, "center")
        elif is_title and isinstance(block, Paragraph):
            joined.append(Paragraph(close_up(block.text), block.heading, "center"))
        else:
            joined.append(block)
        open_title = is_title
    return [block if len(getattr(block, "text", "")) <= 2 * SHORT else _uncentred(block) for block in joined]


def _is_addition(block: Paragraph) -> bool:
    return block.align == "center" and bool(re.fullmatch(r"[（(][^（()）。]{1,12}[）)]", block.text))


def _uncentred(block: Block) -> Block:
    return Paragraph(block.text, block.heading) if isinstance(block, Paragraph) else block


# --- tables ----------------------------------------------------------------------------------------


def _table(table: Table) -> str:
    cells = [cell for row in table.rows for cell in row]
    widths = {len(row) for row in table.rows}
    simple = all(cell.columns == cell.rows == 1 and len(cell.lines) <= 1 for cell in cells)
    if simple and len(widths) == 1 and len(table.rows) > 1:
        return _pipe_table(table)
    return _html_table(table)


def _pipe_table(table: Table) -> str:
    def line(row: Sequence[Cell]) -> str:
        return (
            "| "
            + " | ".join(_FOOTNOTE.sub(r"[^\1]", escape_cell(" ".join(cell.lines))) or " " for cell in row)
            + " |"
        )

    lines = [line(row) for row in table.rows]
    lines.insert(1, "|" + " --- |" * len(table.rows[0]))
    return "\n".join(lines)


def _html_table(table: Table) -> str:
    """Write a table with merged cells; blank lines would end it for Markdown, so there are none."""
    lines = ["<table>"]
    head = 1 + max((cell.rows - 1 for cell in table.rows[0]), default=0) if len(table.rows) > 1 else 0
    for index, row in enumerate(table.rows):
        if index == 0:
            lines.append("<thead>" if head else "<tbody>")
        elif index == head:
            lines += ["</thead>", "<tbody>"]
        lines.append("<tr>" + "".join(_html_cell(cell, index < head) for cell in row) + "</tr>")
    lines += ["</thead>" if len(table.rows) <= head else "</tbody>", "</table>"]
    return "\n".join(lines)


def _html_cell(cell: Cell, is_head: bool) -> str:
    tag = "th" if cell.header or is_head else "td"
    spans = (f' colspan="{cell.columns}"' if cell.columns > 1 else "") + (
        f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    )
    scope = ' scope="col"' if tag == "th" and is_head else ' scope="row"' if tag == "th" else ""
    content = _FOOTNOTE.sub("（注\\1）", "<br>".join(escape_html(line) for line in cell.lines))
    return f"<{tag}{spans}{scope}>{content}</{tag}>"
