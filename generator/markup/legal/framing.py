"""The frame of a document: addressee, signature, date, table of contents, attachments."""

from __future__ import annotations

from generator.markup.legal.items import Items
from generator.markup.legal.patterns import (
    ADDRESSEE,
    ATTACHED,
    ATTACHMENT,
    CONTENTS,
    DATE,
    ENDS,
    SHORT,
    is_title,
)
from generator.markup.numerals import number


class Framing(Items):
    """The frame of a document: addressee, signature, date, table of contents, attachments."""

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
            and bool(ADDRESSEE.fullmatch(self.texts[index]))
        )

    def frame(self, index: int, html: str) -> bool:
        """Signature, date, table of contents: short lines without punctuation at the end."""
        text = self.texts[index]
        if DATE.fullmatch(text.replace(" ", "").replace("\u3000", "")):
            self.leave_clause(index)
            self.out.append(f'<p class="document__date">{html}</p>')
        elif index and self.signs(index):
            self.leave_clause(index)
            self.out.append(f'<p class="document__signature">{html}</p>')
        elif CONTENTS.match(text):
            self.leave_clause(index)
            self.contents = []
            self.out.append(f'<p class="document__contents">{html}</p>')
        else:
            return False
        return True

    def signs(self, index: int) -> bool:
        """Whether a short line is followed, perhaps after other such lines, by the date of signing."""
        for text in self.texts[index + 1 : index + 5]:
            if DATE.fullmatch(text.replace(" ", "").replace("\u3000", "")):
                return True
            if len(text) > SHORT or not text or text[-1] in ENDS or text[0] in "第一二三四五六七八九十（(附#":
                return False
        return False

    def attachment(self, index: int, html: str) -> bool:
        text = self.texts[index]
        match = ATTACHMENT.match(text)
        if match:
            self.begin_attachment(index, match[1], html)
            return True
        if ATTACHED.match(text) and len(text) <= 2 * SHORT:
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
        title = following if self.html[index + 1 : index + 2] != [""] and is_title(following) else ""
        level = min(2 + self.offset, 6)
        self.level = self.base = level
        self.heads.append((level, anchor, self.texts[index].rstrip(":："), title, len(self.labels)))
        self.marks.append(
            (anchor, f"{self.texts[index]}\u3000{title}" if title else self.texts[index], index)
        )
        self.anchors.append(anchor)
        self.titled = index + 1 if title else -1
        self.out.append(f'<h{level} class="document__attachment" id="{anchor}">{html}</h{level}>')
