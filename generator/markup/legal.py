"""Recognise the structure of laws and official documents, and give every part an address.

Anchors: 第十二条之一 is ``tiao-12-zhi-1``, its second 款 ``…-kuan-2``, 项（三）of the first 款 ``…-xiang-3``
and of the second ``…-kuan-2-xiang-3``, 目 4 below that ``…-mu-4``; 第一章第二节 is ``zhang-1-jie-2``, within a
编 ``bian-1-zhang-1-jie-2``; in notices 一、is ``yi-1`` and （二）below it ``yi-1-xiang-2``; attachments are
``fujian-1``; other headings are counted, ``jie-1``.

A body may hold several texts, such as a 通知 and the 办法 it issues. A new text begins where a numbering
starts again at one. The text with most 条 (the first of equals) is the one that citations mean, and its
anchors are as above; those of the n-th text are otherwise preceded by ``b<n>-``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Final

from generator.diagnostics import Severity
from generator.markup.blocks import Blocks, Other, Titled
from generator.markup.model import Heading, Section
from generator.markup.numerals import NUMBER, chinese, number

SECTION_LIMIT: Final = 2000
EXCERPT_LENGTH: Final = 120
SHORT: Final = 40
COMPLAINTS: Final = 200
"""After so many the rest of a body's faults follow from the same cause."""
ENDS: Final = frozenset("。；：，、！？;:,!?.…")

SPACE: Final = r"(?:[ \u3000\u2000-\u200b]|&nbsp;)"
_CLAUSE: Final = re.compile(
    rf"(第({NUMBER})条(?:之({NUMBER}))?)(?:{SPACE}+|(?=[【〔（(][^】〕）)]{{1,20}}[】〕）)]))"
)
_TIGHT_CLAUSE: Final = re.compile(
    rf"(第({NUMBER})条(?:之({NUMBER}))?)(?![第的规之至到、，,；;。：:及和与或中款项所内以外前后是一])"
)
_STRONG_CLAUSE: Final = re.compile(rf"<(strong|b)>(第({NUMBER})条(?:之({NUMBER}))?){SPACE}*</\1>{SPACE}*")
_DIVISION: Final = re.compile(rf"第({NUMBER})(编|分编|章|节){SPACE}*(.*)", re.S)
_ITEM: Final = re.compile(rf"[（(]({NUMBER})[）)]{SPACE}*")
_POINT: Final = re.compile(rf"([0-9０-９]{{1,2}})(?:[．、]|\.(?![0-9])){SPACE}*")
_ORDINAL: Final = re.compile(rf"([一二三四五六七八九十]{{1,3}})、{SPACE}*")
_DATE: Final = re.compile(
    r"[12]\d{3}年\d{1,2}月\d{1,2}日|二[〇○OＯ零0一]{1,2}[〇○零一二三四五六七八九]{1,2}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日"
)
_ATTACHMENT: Final = re.compile(
    r"附(?:件|表|录|图)?\s*([0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})?\s*[:：]?$"
)
_ATTACHED: Final = re.compile(r"附件?\s*[0-9０-９一二三四五六七八九十]{0,3}\s*[:：]\s*\S")
_ATTACHED_HEADING: Final = re.compile(
    rf"附(?:件|表|录|图)\s*([0-9０-９]{{1,2}}|[一二三四五六七八九十]{{1,3}})?(?:\s*[:：]|{SPACE}|$)"
)
_ADDRESSEE: Final = re.compile(
    r"(?!.*下列|.*以下).*(?:政府|委|局|厅|部|部门|办|院|室|会|单位|机构|公司|企业|学校|代表|同志|委员|朋友|街道|乡|镇|处|所|站|中心|省|市|县|区|州|盟|旗|队"
    r"|行|社|团|校|组|馆|台|署|司|者|民)(?:[（(][^）)]*[）)])?[:：]"
)
_NOTE: Final = re.compile(r"[（(](?:此件|本文有删减|联系人)")
_CONTENTS: Final = re.compile(r"目[ \u3000]*(?:录|次)[:：]?$")
_SPACED: Final = re.compile(r"^(\S)[ \u3000\u2000-\u200b]+(\S)$")
_TAG: Final = re.compile(r"<[^>]*>")

_LEVELS: Final = {"编": 0, "分编": 1, "章": 2, "节": 3}
_NAMES: Final = {"编": "bian", "分编": "fenbian", "章": "zhang", "节": "jie"}


class Structured:
    """What `structure` found; a plain holder, frozen into `Markup` by `convert`."""

    __slots__ = ("anchors", "clauses", "complaints", "excerpt", "headings", "html", "sections")

    def __init__(self) -> None:
        self.html = ""
        self.headings: tuple[Heading, ...] = ()
        self.anchors: list[str] = []
        self.sections: tuple[Section, ...] = ()
        self.excerpt = ""
        self.complaints: list[Complaint] = []
        self.clauses = 0


class Complaint:
    """A problem with a block, before its place in the source is known.

    Attributes:
        needle: Text that begins the block; with `rank`, the how-manieth block beginning so, it finds the line.
    """

    __slots__ = ("code", "message", "needle", "rank", "remedy", "severity")

    def __init__(
        self, needle: str, rank: int, severity: Severity, code: str, message: str, remedy: str
    ) -> None:
        self.needle = needle
        self.rank = rank
        self.severity = severity
        self.code = code
        self.message = message
        self.remedy = remedy


def structure(blocks: Blocks, *, imported: bool = False, heading_offset: int = 0) -> Structured:
    """Return the HTML of all blocks with structure, anchors, headings and sections."""
    builder = _Builder(blocks, imported, heading_offset, main=1)
    builder.run()
    main = builder.main_text()
    if main != 1:
        builder = _Builder(blocks, imported, heading_offset, main=main)
        builder.run()
    return builder.result()


class _Builder:
    """Walks over the blocks once; every method takes the index of the block it handles."""

    def __init__(self, blocks: Blocks, imported: bool, heading_offset: int, main: int) -> None:
        self.html = blocks.html
        self.texts = blocks.texts
        self.special = blocks.special
        self.imported = imported
        self.main = main
        self.out: list[str] = []
        self.anchors: list[str] = []
        self.marks: list[tuple[str, str, int]] = [("", "", 0)]
        self.complaints: list[Complaint] = []
        self.heads: list[tuple[int, str, str, str, int]] = []
        self.labels: list[str] = []
        self.offset = heading_offset
        self.base = 1 + heading_offset
        self.level = self.base
        self.shift = heading_offset + int(
            any(type(item) is Titled and item.level == 1 for item in self.special.values())
        )
        self.starts: list[int] = []
        self.used: set[str] = set()
        self.repeats: dict[str, int] = {}
        self.counted = 0
        self.titled = -1
        self.contents: list[str] | None = None
        self.addressed = False
        self.attaching = False
        self.text = 0
        self.begin_text()

    # ---- texts within the body

    def begin_text(self) -> None:
        """Start the first or next text of the body, with its own numbering."""
        self.text += 1
        self.prefix = "" if self.text == self.main else f"b{self.text}-"
        self.value = 0
        self.under = 0
        self.starts.append(len(self.labels))
        self.path: list[tuple[int, int, str]] = []
        self.division_numbers: set[str] = set()
        self.clause = ""
        self.ordinal_anchor = ""
        self.ordinal_level = 0
        self.ordinal_number = 0
        self.leave_paragraph()

    def leave_paragraph(self) -> None:
        self.kuan = 0
        self.item_anchor = ""
        self.item_owner = ""
        self.item_number = 0

    def main_text(self) -> int:
        """The text that citations mean: the one with most 条, the first of equals."""
        if self.text == 1:
            return 1
        ends = [*self.starts[1:], len(self.labels)]
        counts = [end - start for start, end in zip(self.starts, ends, strict=True)]
        return counts.index(max(counts)) + 1

    # ---- the walk

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

    def paragraph(self, index: int, html: str) -> None:
        """An unnumbered paragraph: a 款 within a 条, else running text or a part of the document's frame."""
        text = self.texts[index]
        if len(text) <= SHORT and text[-1] not in ENDS and self.frame(index, html):
            return
        if self.clause:
            self.kuan += 1
            anchor = f"{self.clause}-kuan-{self.kuan}"
            self.anchors.append(anchor)
            self.out.append(f'<p id="{anchor}">{html}</p>')
            return
        self.attaching = False
        if index == self.titled:
            self.out.append(f'<p class="document__attached-title">{html}</p>')
        elif text[-1] in "：:" and not self.addressed and self.is_addressee(index):
            self.addressed = True
            self.out.append(f'<p class="document__addressee">{html}</p>')
        else:
            self.out.append(f"<p>{html}</p>")

    def is_addressee(self, index: int) -> bool:
        """主送机关 stands before any running text, at most a few title lines into the body."""
        return (
            index <= 6
            and not self.labels
            and not any("。" in text for text in self.texts[:index])
            and bool(_ADDRESSEE.fullmatch(self.texts[index]))
        )

    def frame(self, index: int, html: str) -> bool:
        """Signature, date, table of contents: short lines without punctuation at the end."""
        text = self.texts[index]
        if _DATE.fullmatch(text.replace(" ", "").replace("\u3000", "")):
            self.leave_clause(index)
            self.out.append(f'<p class="document__date">{html}</p>')
        elif index and self.signs(index):
            self.leave_clause(index)
            self.out.append(f'<p class="document__signature">{html}</p>')
        elif _CONTENTS.match(text):
            self.leave_clause(index)
            self.contents = []
            self.out.append(f'<p class="document__contents">{html}</p>')
        else:
            return False
        return True

    def signs(self, index: int) -> bool:
        """Whether a short line is followed, perhaps after other such lines, by the date of signing."""
        for text in self.texts[index + 1 : index + 5]:
            if _DATE.fullmatch(text.replace(" ", "").replace("\u3000", "")):
                return True
            if len(text) > SHORT or not text or text[-1] in ENDS or text[0] in "第一二三四五六七八九十（(附#":
                return False
        return False

    # ---- 第…

    def numbered(self, index: int, html: str) -> bool:
        match = _CLAUSE.match(html)
        if match:
            label, main, sub = match.groups()
            self.begin_clause(index, label, main, sub, html[match.end() :])
            return True
        match = _DIVISION.match(html)
        if match and self.is_division(index):
            return self.division(index, 0, match, html, "")
        match = _TIGHT_CLAUSE.match(html)
        if match and self.expected(match[2], match[3]):
            self.begin_clause(index, match[1], match[2], match[3], html[match.end() :])
            return True
        return False

    def strong(self, index: int, html: str) -> bool:
        """``**第五条** …`` as Word habits have it."""
        match = _STRONG_CLAUSE.match(html)
        if not match:
            return False
        self.begin_clause(index, match[2], match[3], match[4], html[match.end() :])
        return True

    def expected(self, main: str, sub: str | None) -> bool:
        value = number(main)
        if sub:
            return value == self.value and number(sub) == self.under + 1
        return value in (self.value + 1, 1)

    def is_division(self, index: int) -> bool:
        text = self.texts[index]
        return len(text) <= SHORT and text[-1] not in ENDS

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

    def close_clause(self) -> None:
        if self.clause:
            self.out.append("</div>")
            self.clause = ""
        self.leave_paragraph()

    def leave_clause(self, index: int) -> None:
        """End a 条 before something that belongs to the document as a whole."""
        if self.clause:
            self.close_clause()
            self.marks.append(("", "", index))

    # ---- （一） and 1.

    def item(self, index: int, html: str) -> bool:
        match = _ITEM.match(html)
        if not match:
            if _NOTE.match(html):
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
        match = _POINT.match(html)
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
        match = _ORDINAL.match(html)
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
        return not below or below[0] not in siblings or bool(siblings == "（(" and not _ITEM.match(below))

    def ordinal_heading(self, index: int, depth: int, anchor: str, label: str, html: str) -> None:
        if depth == 0 or not self.ordinal_level:
            self.ordinal_level = self.base + 1
            level = self.ordinal_level
        else:
            level = self.ordinal_level + 1
        self.emit_heading(index, min(level, 6), anchor, label, html)

    # ---- attachments

    def attachment(self, index: int, html: str) -> bool:
        text = self.texts[index]
        match = _ATTACHMENT.match(text)
        if match:
            self.begin_attachment(index, match[1], html)
            return True
        if _ATTACHED.match(text) and len(text) <= 2 * SHORT:
            self.leave_clause(index)
            self.attaching = True
            self.out.append(f'<p class="document__attachments">{html}</p>')
            return True
        return False

    def begin_attachment(self, index: int, label: str | None, html: str) -> None:
        """附件1 alone on a line: what follows belongs to it, and the next short line is its title."""
        self.close_clause()
        self.attaching = False
        self.path = []
        self.leave_ordinals()
        anchor = self.fresh(f"fujian-{number(label) if label else 1}")
        following = self.texts[index + 1] if index + 1 < len(self.texts) else ""
        title = following if self.html[index + 1 : index + 2] != [""] and _is_title(following) else ""
        level = min(2 + self.offset, 6)
        self.level = self.base = level
        self.heads.append((level, anchor, self.texts[index].rstrip(":："), title, len(self.labels)))
        self.marks.append(
            (anchor, f"{self.texts[index]}\u3000{title}" if title else self.texts[index], index)
        )
        self.anchors.append(anchor)
        self.titled = index + 1 if title else -1
        self.out.append(f'<h{level} class="document__attachment" id="{anchor}">{html}</h{level}>')

    def leave_ordinals(self) -> None:
        self.ordinal_anchor = ""
        self.ordinal_level = 0

    # ---- headings

    def plain_heading(self, index: int, html: str) -> bool:
        text = html.lstrip("#")
        self.heading(index, len(html) - len(text) + self.shift, text.strip(), "")
        return True

    def heading(self, index: int, level: int, html: str, anchor: str) -> None:
        """A heading written as such; its number decides the anchor unless one is given."""
        level = self.checked_level(index, min(level, 6))
        match = _DIVISION.match(html)
        if match and self.division(index, level, match, html, anchor):
            return
        match = _CLAUSE.match(html + " ")
        if match:
            self.clause_heading(index, level, match, html)
            return
        self.close_clause()
        self.attaching = False
        match = _ORDINAL.match(html)
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
        match = _ITEM.match(html)
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
        match = _ATTACHED_HEADING.match(html)
        if match:
            name = f"fujian-{number(match[1]) if match[1] else 1}"
            self.emit_heading(index, level, anchor or self.fresh(name), match[0].strip(" \u3000:："), html)
            return
        self.counted += 1
        self.emit_heading(index, level, anchor or self.fresh(f"jie-{self.counted}"), "", html)

    def checked_level(self, index: int, level: int) -> int:
        if level > self.level + 1:
            text = _heading_text(self.texts[index])
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
        self.heads.append((level, anchor, match[1], _plain(rest), len(self.labels) - 1))
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
        rank = _LEVELS[kind]
        while self.path and self.path[-1][0] >= rank:
            self.path.pop()
        own = f"{self.path[-1][2]}-" if self.path else ""
        name = f"{own}{_NAMES[kind]}-{value}"
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

    def emit_heading(self, index: int, level: int, anchor: str, label: str, html: str) -> None:
        self.level = level
        self.item_number = 0
        text = _plain(html.removeprefix(label))
        self.heads.append((level, anchor, label, text, len(self.labels)))
        self.marks.append((anchor, f"{label}\u3000{text}" if label.startswith("第") else label + text, index))
        self.anchors.append(anchor)
        self.out.append(f'<h{level} id="{anchor}">{html}</h{level}>')

    # ---- addresses and problems

    def fresh(self, anchor: str) -> str:
        if anchor in self.used:
            anchor = self.unique(anchor)
        self.used.add(anchor)
        return anchor

    def unique(self, anchor: str) -> str:
        """A further address for a repeated number: ``tiao-5-bis-2``."""
        count = self.repeats.get(anchor, 1) + 1
        self.repeats[anchor] = count
        result = f"{anchor}-bis-{count}"
        self.used.add(result)
        return result

    def complain(
        self, index: int, needle: str, code: str, message: str, remedy: str, *, warning: bool = False
    ) -> None:
        if len(self.complaints) >= COMPLAINTS:
            return
        severity = Severity.WARNING if warning or self.imported else Severity.ERROR
        rank = sum(1 for text in self.texts[: index + 1] if text.lstrip("# \u3000").startswith(needle))
        self.complaints.append(Complaint(needle, max(rank, 1), severity, code, message, remedy))

    # ---- results

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
                    sections.extend(_cut(anchor, heading, text))
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
                match = _CLAUSE.match(text)
                text = text[match.end() :] if match else text
            if text[0:1] == "#":
                break
            parts.append(text.strip())
            length += len(text)
            if length >= EXCERPT_LENGTH:
                break
        joined = "".join(parts).replace("\n", " ")
        return joined if len(joined) <= EXCERPT_LENGTH else joined[: EXCERPT_LENGTH - 1] + "…"


_HANDLERS: Final[dict[str, Callable[[_Builder, int, str], bool]]] = {
    "#": _Builder.plain_heading,
    "第": _Builder.numbered,
    "（": _Builder.item,
    "(": _Builder.item,
    "<": _Builder.strong,
    "附": _Builder.attachment,
    **dict.fromkeys("一二三四五六七八九十", _Builder.ordinal),
    **dict.fromkeys("0123456789０１２３４５６７８９", _Builder.point),
}
"""What a block's first character may mean; a handler returns False if it means nothing after all."""


def _cut(anchor: str, heading: str, text: str) -> list[Section]:
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


def _is_title(text: str) -> bool:
    return 0 < len(text) <= SHORT and text[-1] not in ENDS and text[0] not in "#（(第一二三四五六七八九十附"


def _plain(html: str) -> str:
    """Heading text for a table of contents: no tags, and 总　则 without the inner space."""
    text = html.strip(" \u3000\u2002\u2003")
    if "<" in text or "&" in text:
        text = unescape(_TAG.sub("", text)).strip()
    return _SPACED.sub(r"\1\2", text)


def _heading_text(text: str) -> str:
    return text.lstrip("#").strip()
