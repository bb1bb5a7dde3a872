"""Items （一）, points 1. and ordinals 一、, with the headings that ordinals may be."""

from __future__ import annotations

from generator.markup.legal.clauses import Clauses
from generator.markup.legal.patterns import (
    ENDS,
    ITEM,
    NOTE,
    ORDINAL,
    POINT,
    SHORT,
)
from generator.markup.numerals import chinese, number


class Items(Clauses):
    """Items （一）, points 1. and ordinals 一、, with the headings that ordinals may be."""

    def item(self, index: int, html: str) -> bool:
        match = ITEM.match(html)
        if not match:
            if NOTE.match(html):
                self.leave_clause(index)
                self.out.append(f'<p class="document__note">{html}</p>')
                return True
            return False
        value = number(match[1]) or 0
        if value == 1 or not self.item_number:
            # A paragraph between two 项 explains the first of them; only （一） starts a list of its own 款.
            if self.clause:
                self.item_owner = self.clause if self.kuan == 1 else f"{self.clause}-kuan-{self.kuan}"
            else:
                self.item_owner = self.ordinal_anchor
        owner = self.item_owner
        if not owner and match[1].isdecimal():
            return False
        if value != self.item_number + 1:
            self.complain_about_item(index, match[0].strip(), value)
        self.item_number = value
        anchor = f"{owner}-xiang-{value}" if owner else f"{self.prefix}xiang-{value}"
        if anchor in self.used:
            anchor = self.unique(anchor)
        self.used.add(anchor)
        self.item_anchor = anchor
        if not self.clause and self.is_ordinal_heading(index, "（("):
            self.ordinal_heading(index, 1, anchor, match[0].strip(), html)
            return True
        self.anchors.append(anchor)
        kind = "clause__item" if self.clause else "document__item"
        self.out.append(f'<p class="{kind}" id="{anchor}">{html}</p>')
        return True

    def complain_about_item(self, index: int, label: str, value: int) -> None:
        if value == 1 or (not self.item_number and not self.clause):
            return
        expected = chinese(self.item_number + 1)
        if self.item_number and value <= self.item_number:
            code, found = "item-duplicate", f"序号“{label}”重复或倒序，应为（{expected}）"
        else:
            code, found = "item-gap", f"序号“{label}”不连续，应为（{expected}）"
        self.complain(index, label, code, found, "改正序号", warning=not self.clause)

    def point(self, index: int, html: str) -> bool:
        """目 below 项 within a 条; elsewhere a numbered paragraph, or a line of the list of attachments."""
        match = POINT.match(html)
        if not match:
            return False
        if self.attaching and len(self.texts[index]) <= 2 * SHORT:
            self.out.append(f'<p class="document__attachments document__attachments--more">{html}</p>')
            return True
        owner = self.item_anchor or self.clause or self.ordinal_anchor
        if not owner:
            return False
        anchor = f"{owner}-mu-{int(match[1])}"
        if anchor in self.used:
            anchor = self.unique(anchor)
        self.used.add(anchor)
        self.anchors.append(anchor)
        self.out.append(f'<p class="clause__subitem" id="{anchor}">{html}</p>')
        return True

    def ordinal(self, index: int, html: str) -> bool:
        """一、: a heading in notices, a list within a 条 of older laws."""
        match = ORDINAL.match(html)
        if not match:
            return False
        value = number(match[1]) or 0
        if self.clause:
            anchor = f"{self.clause}-yi-{value}"
            if anchor in self.used:
                anchor = self.unique(anchor)
            self.used.add(anchor)
            self.anchors.append(anchor)
            self.item_anchor = anchor
            self.item_number = 0
            self.out.append(f'<p class="clause__item" id="{anchor}">{html}</p>')
            return True
        if value == 1 and self.ordinal_number:
            self.begin_text()
        if value != self.ordinal_number + 1:
            self.complain_about_ordinal(index, match[1] + "、")
        self.attaching = False
        anchor = f"{self.prefix}yi-{value}"
        if anchor in self.used:
            anchor = self.unique(anchor)
        self.used.add(anchor)
        self.ordinal_anchor = anchor
        self.ordinal_number = value
        self.item_number = 0
        self.item_anchor = ""
        if self.is_ordinal_heading(index, "一二三四五六七八九十"):
            self.ordinal_heading(index, 0, anchor, match[0].strip(), html)
        else:
            self.anchors.append(anchor)
            self.marks.append((anchor, match[0].strip(), index))
            self.out.append(f'<p class="document__ordinal" id="{anchor}">{html}</p>')
        return True

    def complain_about_ordinal(self, index: int, label: str) -> None:
        if self.ordinal_number:
            found = f"序号“{label}”不连续，应为“{chinese(self.ordinal_number + 1)}、”"
            self.complain(index, label, "ordinal-gap", found, "改正序号", warning=True)

    def is_ordinal_heading(self, index: int, siblings: str) -> bool:
        """Short, without closing punctuation, and with text of its own below it."""
        text = self.texts[index]
        if len(text) > SHORT or text[-1] in ENDS or index + 1 >= len(self.texts):
            return False
        below = self.texts[index + 1]
        return not below or below[0] not in siblings or bool(siblings == "（(" and not ITEM.match(below))

    def ordinal_heading(self, index: int, depth: int, anchor: str, label: str, html: str) -> None:
        if depth == 0 or not self.ordinal_level:
            self.ordinal_level = self.base + 1
            level = self.ordinal_level
        else:
            level = self.ordinal_level + 1
        self.emit_heading(index, min(level, 6), anchor, label, html)
