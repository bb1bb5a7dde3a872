"""The walk over all blocks, and what it returns."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from generator.markup.blocks import Other, Titled
from generator.markup.legal.headings import Headings
from generator.markup.legal.model import Structured
from generator.markup.legal.patterns import (
    CLAUSE,
    EXCERPT_LENGTH,
    SECTION_LIMIT,
)
from generator.markup.model import Heading, Section


class Walk(Headings):
    """The walk over all blocks, and what it returns."""

    def run(self) -> None:
        find = _HANDLERS.get
        special = self.special
        for index, html in enumerate(self.html):
            if html:
                handler = find(html[0])
                if handler is None or not handler(self, index, html):
                    self.paragraph(index, html)
            else:
                block = special[index]
                if type(block) is Titled:
                    self.heading(index, block.level + self.shift, block.html, block.anchor)
                else:
                    self.other(index, block)  # type: ignore[arg-type]
        self.close_clause()

    def other(self, index: int, block: Other) -> None:
        if block.closes:
            self.leave_clause(index)
        self.out.append(block.html)
        self.anchors.extend(block.anchors)

    def result(self) -> Structured:
        result = Structured()
        result.html = "\n".join(self.out)
        result.anchors = self.anchors
        result.headings = self.finished_headings()
        result.sections = self.finished_sections()
        result.excerpt = self.excerpt()
        result.complaints = self.complaints
        result.clauses = len(self.labels)
        return result

    def finished_headings(self) -> tuple[Heading, ...]:
        headings = []
        for position, (level, anchor, label, text, start) in enumerate(self.heads):
            end = next((item[4] for item in self.heads[position + 1 :] if item[0] <= level), len(self.labels))
            first, last = (self.labels[start], self.labels[end - 1]) if end > start else ("", "")
            headings.append(Heading(level, anchor, label, text, first, last))
        return tuple(headings)

    def finished_sections(self) -> tuple[Section, ...]:
        sections: list[Section] = []
        texts = self.texts
        marks = self.marks
        ends = [mark[2] for mark in marks[1:]]
        ends.append(len(texts))
        for (anchor, heading, start), end in zip(marks, ends, strict=True):
            if start < end:
                text = "\n".join(texts[start:end]) if end - start > 1 else texts[start]
                if self.html[start][:1] == "#":
                    text = text.lstrip("#").lstrip()
                if len(text) <= SECTION_LIMIT:
                    sections.append(Section(anchor, heading, text))
                else:
                    sections.extend(cut(anchor, heading, text))
        return tuple(sections)

    def excerpt(self) -> str:
        """Running text from the first real sentence on."""
        parts: list[str] = []
        length = 0
        for text, html in zip(self.texts, self.html, strict=True):
            if not html or (text[0] in "#（(" and not parts):
                continue
            if not parts and ("。" not in text or len(text) < 15):
                continue
            if text[0] == "第":
                match = CLAUSE.match(text)
                text = text[match.end() :] if match else text
            if text[0:1] == "#":
                break
            parts.append(text.strip())
            length += len(text)
            if length >= EXCERPT_LENGTH:
                break
        joined = "".join(parts).replace("\n", " ")
        return joined if len(joined) <= EXCERPT_LENGTH else joined[: EXCERPT_LENGTH - 1] + "…"


_HANDLERS: Final[dict[str, Callable[[Walk, int, str], bool]]] = {
    "#": Walk.plain_heading,
    "第": Walk.numbered,
    "（": Walk.item,
    "(": Walk.item,
    "<": Walk.strong,
    "附": Walk.attachment,
    **dict.fromkeys("一二三四五六七八九十", Walk.ordinal),
    **dict.fromkeys("0123456789０１２３４５６７８９", Walk.point),
}
"""What a block's first character may mean; a handler returns False if it means nothing after all."""


def cut(anchor: str, heading: str, text: str) -> list[Section]:
    """Cut a long text at the ends of paragraphs, and a longer paragraph where it must be."""
    pieces: list[str] = []
    current = ""
    for paragraph in text.split("\n"):
        while len(paragraph) > SECTION_LIMIT:
            head, paragraph = paragraph[:SECTION_LIMIT], paragraph[SECTION_LIMIT:]
            stop = max(head.rfind("。"), head.rfind("；")) + 1
            if stop > SECTION_LIMIT // 2:
                head, paragraph = head[:stop], head[stop:] + paragraph
            if current:
                pieces.append(current)
                current = ""
            pieces.append(head)
        if current and len(current) + len(paragraph) >= SECTION_LIMIT:
            pieces.append(current)
            current = paragraph
        else:
            current = f"{current}\n{paragraph}" if current else paragraph
    if current:
        pieces.append(current)
    return [Section(anchor, heading, piece) for piece in pieces]
