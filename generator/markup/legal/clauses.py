"""Articles (条) and their paragraphs (款)."""

from __future__ import annotations

from generator.markup.legal.state import State
from generator.markup.numerals import chinese, number


class Clauses(State):
    """Articles (条) and their paragraphs (款)."""

    def begin_clause(self, index: int, label: str, main: str, sub: str | None, rest: str) -> None:
        value = number(main) or 0
        if sub is not None or value != self.value + 1:
            shown = self.jump(index, label, value, (number(sub) or 0) if sub else 0)
        else:
            shown = str(value)
            self.value = value
            self.under = 0
        out = self.out
        if self.clause:
            out.append("</div>")
        anchor = f"{self.prefix}tiao-{value}-zhi-{self.under}" if self.under else f"{self.prefix}tiao-{shown}"
        if anchor in self.used:
            anchor = self.repeated(index, label, anchor)
        self.used.add(anchor)
        self.clause = anchor
        self.contents = None
        self.kuan = 1
        self.item_number = 0
        self.item_anchor = ""
        self.labels.append(shown)
        self.marks.append((anchor, label, index))
        first = f"{anchor}-kuan-1"
        self.anchors += (anchor, first)
        out.append(
            f'<div class="clause" id="{anchor}">\n'
            f'<p id="{first}"><a class="clause__number" href="#{anchor}">{label}</a>\u3000{rest}</p>'
        )

    def jump(self, index: int, label: str, value: int, under: int) -> str:
        """Take up a number that is not simply the next; return it as contents lists show it."""
        if value == 1 and not under and self.value:
            # 第一条 again: a further text begins.
            self.close_clause()
            self.begin_text()
        elif not (value == self.value and under == self.under + 1):
            self.complain_about_clause(index, label, value, under)
        self.value = value
        self.under = under
        return f"{value}之{chinese(under)}" if under else str(value)

    def complain_about_clause(self, index: int, label: str, value: int, under: int) -> None:
        before = f"第{chinese(self.value)}条" + (f"之{chinese(self.under)}" if self.under else "")
        if (value, under) == (self.value, self.under):
            return
        if (value, under) < (self.value, self.under):
            found = f"“{label}”排在{before}之后，次序颠倒"
            self.complain(index, label, "clause-order", found, "按条号先后排列或改正条号")
        else:
            found = (
                f"{before}之后是“{label}”，条号不连续" if self.value else f"正文从“{label}”开始，缺少前面的条"
            )
            remedy = "补上缺少的条，或改正条号；只收录了一部分的文件，加一行“节选: 是”"
            self.complain(index, label, "clause-gap", found, remedy)

    def repeated(self, index: int, label: str, anchor: str) -> str:
        remedy = "改正条号；引用此条的链接只会指向第一处"
        self.complain(index, label, "clause-duplicate", f"“{label}”重复出现", remedy)
        return self.unique(anchor)

    def expected(self, main: str, sub: str | None) -> bool:
        value = number(main)
        if sub:
            return value == self.value and number(sub) == self.under + 1
        return value in (self.value + 1, 1)
