"""Headings, and the 编, 章 and 节 that may stand without being written as such."""

from __future__ import annotations

import re

from generator.markup.legal.framing import Framing
from generator.markup.legal.patterns import (
    ATTACHED_HEADING,
    CLAUSE,
    DIVISION,
    ENDS,
    ITEM,
    LEVELS,
    NAMES,
    ORDINAL,
    SHORT,
    STRONG_CLAUSE,
    TIGHT_CLAUSE,
    heading_text,
    plain,
)
from generator.markup.numerals import number


class Headings(Framing):
    """Headings, and the 编, 章 and 节 that may stand without being written as such."""

    def plain_heading(self, index: int, html: str) -> bool:
        text = html.lstrip("#")
        self.heading(index, len(html) - len(text) + self.shift, text.strip(), "")
        return True

    def heading(self, index: int, level: int, html: str, anchor: str) -> None:
        """A heading written as such; its number decides the anchor unless one is given."""
        level = self.checked_level(index, min(level, 6))
        match = DIVISION.match(html)
        if match and self.division(index, level, match, html, anchor):
            return
        match = CLAUSE.match(html + " ")
        if match:
            self.clause_heading(index, level, match, html)
            return
        self.close_clause()
        self.attaching = False
        match = ORDINAL.match(html)
        if match:
            value = number(match[1]) or 0
            if value == 1 and self.ordinal_number:
                self.begin_text()
            self.ordinal_number = value
            self.ordinal_level = level
            self.item_number = 0
            self.ordinal_anchor = anchor = anchor or self.fresh(f"{self.prefix}yi-{value}")
            self.emit_heading(index, level, anchor, match[0].strip(), html)
            return
        match = ITEM.match(html)
        if match and self.ordinal_anchor:
            value = number(match[1]) or 0
            self.item_number = value
            anchor = anchor or self.fresh(f"{self.ordinal_anchor}-xiang-{value}")
            self.item_anchor = anchor
            self.emit_heading(index, level, anchor, match[0].strip(), html)
            return
        self.base = level
        self.path = [entry for entry in self.path if entry[1] < level]
        self.leave_ordinals()
        match = ATTACHED_HEADING.match(html)
        if match:
            name = f"fujian-{number(match[1]) if match[1] else 1}"
            self.emit_heading(index, level, anchor or self.fresh(name), match[0].strip(" \u3000:："), html)
            return
        self.counted += 1
        self.emit_heading(index, level, anchor or self.fresh(f"jie-{self.counted}"), "", html)

    def checked_level(self, index: int, level: int) -> int:
        if level > self.level + 1:
            text = heading_text(self.texts[index])
            upper = self.level - self.shift
            above = f"上一级标题是 {upper} 级" if upper > 0 else "前面没有更高一级的标题"
            self.complain(
                index,
                text,
                "heading-skip",
                f"标题“{text}”是 {level - self.shift} 级，{above}，跳了级",
                f"改为 {self.level + 1 - self.shift} 级（{'#' * (self.level + 1 - self.shift)}）",
            )
            level = self.level + 1
        self.level = level
        return level

    def clause_heading(self, index: int, level: int, match: re.Match[str], html: str) -> None:
        """A 条 written as a heading: its words are the heading, what follows its 款."""
        rest = html[match.end() :]
        self.begin_clause(index, match[1], match[2], match[3], rest)
        anchor = self.clause
        self.anchors.pop()
        self.kuan = 0
        self.heads.append((level, anchor, match[1], plain(rest), len(self.labels) - 1))
        self.out[-1] = (
            f'<div class="clause" id="{anchor}">\n'
            f'<h{level} class="clause__heading"><a class="clause__number" href="#{anchor}">{match[1]}</a>'
            f"{chr(0x3000) + rest if rest else ''}</h{level}>"
        )

    def division(self, index: int, level: int, match: re.Match[str], html: str, anchor: str) -> bool:
        """编, 章 or 节; a level of 0 means that the paragraph was not written as a heading."""
        value, kind = number(match[1]) or 0, match[2]
        if self.contents is not None and not level:
            line = re.sub(r"\s", "", self.texts[index])
            if line not in self.contents:
                self.contents.append(line)
                self.out.append(f'<p class="document__contents">{html}</p>')
                return True
            self.contents = None
        self.close_clause()
        self.attaching = False
        rank = LEVELS[kind]
        while self.path and self.path[-1][0] >= rank:
            self.path.pop()
        own = f"{self.path[-1][2]}-" if self.path else ""
        name = f"{own}{NAMES[kind]}-{value}"
        if value == 1 and not own and (name in self.division_numbers or (self.value and kind in "编章")):
            self.begin_text()
        self.division_numbers.add(name)
        if not level:
            level = min((self.path[-1][1] if self.path else self.base) + 1, 6)
            self.level = level
        self.path.append((rank, level, name))
        self.ordinal_anchor = ""
        self.ordinal_level = 0
        self.ordinal_number = 0
        self.emit_heading(
            index, level, anchor or self.fresh(f"{self.prefix}{name}"), f"第{match[1]}{kind}", html
        )
        return True

    def is_division(self, index: int) -> bool:
        text = self.texts[index]
        return len(text) <= SHORT and text[-1] not in ENDS

    def numbered(self, index: int, html: str) -> bool:
        match = CLAUSE.match(html)
        if match:
            label, main, sub = match.groups()
            self.begin_clause(index, label, main, sub, html[match.end() :])
            return True
        match = DIVISION.match(html)
        if match and self.is_division(index):
            return self.division(index, 0, match, html, "")
        match = TIGHT_CLAUSE.match(html)
        if match and self.expected(match[2], match[3]):
            self.begin_clause(index, match[1], match[2], match[3], html[match.end() :])
            return True
        return False

    def strong(self, index: int, html: str) -> bool:
        """``**第五条** …`` as Word habits have it."""
        match = STRONG_CLAUSE.match(html)
        if not match:
            return False
        self.begin_clause(index, match[2], match[3], match[4], html[match.end() :])
        return True
