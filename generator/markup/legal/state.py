"""What is known at some point of the walk over a body, and the addresses and complaints that come of it."""

from __future__ import annotations

from generator.diagnostics import Severity
from generator.markup.blocks import Blocks, Titled
from generator.markup.legal.model import Complaint
from generator.markup.legal.patterns import (
    COMPLAINTS,
    plain,
)


class State:
    """Every method takes the index of the block it handles."""

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

    def leave_ordinals(self) -> None:
        self.ordinal_anchor = ""
        self.ordinal_level = 0

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

    def emit_heading(self, index: int, level: int, anchor: str, label: str, html: str) -> None:
        self.level = level
        self.item_number = 0
        text = plain(html.removeprefix(label))
        self.heads.append((level, anchor, label, text, len(self.labels)))
        self.marks.append((anchor, f"{label}\u3000{text}" if label.startswith("第") else label + text, index))
        self.anchors.append(anchor)
        self.out.append(f'<h{level} id="{anchor}">{html}</h{level}>')
