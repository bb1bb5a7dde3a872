"""Python-Markdown as Chinese offices write Markdown: habits from Word, callouts, wiki links, footnotes."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from typing import Any, Final

import markdown
from markdown.blockparser import BlockParser
from markdown.extensions import Extension
from markdown.extensions.admonition import AdmonitionProcessor
from markdown.extensions.footnotes import FootnoteExtension
from markdown.inlinepatterns import InlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from generator.markup.references import WIKI, wiki_key

WIKI_MARK: Final = "\ufdd1"
"""Begins the ``href`` of a ``[[…]]`` link until `finish` resolves it; bodies cannot contain it."""

CALLOUTS: Final = {
    "提示": "tip",
    "说明": "note",
    "注意": "warning",
    "警告": "danger",
    "重要": "important",
    "tip": "tip",
    "note": "note",
    "warning": "warning",
    "caution": "danger",
    "danger": "danger",
    "important": "important",
}
_TITLES: Final = {"tip": "提示", "note": "说明", "warning": "注意", "danger": "警告", "important": "重要"}
_QUOTED: Final = re.compile(r"\[!([\w\-]{1,20})\][ \t]*([^\n]*)(?:\n|$)")
_ITEM: Final = re.compile(r"( *)([-*+]|\d{1,9}\.)( +)(?=\S)")
_RULE: Final = re.compile(r" *([-*_])(?: *\1){2,} *$")
_HASH: Final = re.compile(r" {0,3}#{1,6}[^#]")
_DELIMITER: Final = re.compile(r" *\|?(?: *:?-+:? *\|)+(?: *:?-+:? *)?$| *\| *:?-+:? *\|? *$")
_CONTAINER: Final = re.compile(r"!!! ?|\[\^[^\]]*\]:|:[ ]")


class Habits(Preprocessor):
    """Set apart what is written without a blank line, and bring two-space nesting to four."""

    def run(self, lines: list[str]) -> list[str]:
        out: list[str] = []
        indents: list[int] = []
        base = 0
        contained = False
        table = False
        for position, line in enumerate(lines):
            stripped = line.lstrip(" ")
            if not stripped:
                out.append(line)
                table = False
                continue
            indent = len(line) - len(stripped)
            after_blank = not out or not out[-1].strip()
            if not indent:
                contained = bool(_CONTAINER.match(line)) or (contained and not after_blank)
            item = None if _RULE.match(line) else _ITEM.match(line)
            if item and (indents or indent < 4 or contained) and (indents or after_blank or interrupts(item)):
                if not indents:
                    base = indent - indent % 4
                    if not after_blank:
                        out.append("")
                while indents and indent < indents[-1] + 2:
                    indents.pop()
                if not indents:
                    base = indent - indent % 4 if contained or indent >= 4 else 0
                out.append(" " * (base + 4 * len(indents)) + stripped)
                indents.append(indent)
                continue
            if indents and not after_blank and not _HASH.match(line):
                out.append(" " * (base + 4 * (len(indents) - 1)) + stripped)
                continue
            if indents and after_blank:
                while indents and indent < indents[-1] + 2:
                    indents.pop()
                if indents:
                    out.append(" " * (base + 4 * len(indents)) + " " * (indent - indents[-1] - 4) + stripped)
                    continue
            if _HASH.match(line) and not after_blank:
                out.append("")
            indents = []
            follows = (
                position + 1 < len(lines) and "|" in line and bool(_DELIMITER.match(lines[position + 1]))
            )
            if ((follows and not table) or (table and "|" not in line)) and out and out[-1].strip():
                out.append("")
            table = "|" in line and (follows or table)
            out.append(line)
        return out


def interrupts(item: re.Match[str]) -> bool:
    """Whether a list may begin right after a paragraph's line: ``-`` may, a number only as 1."""
    return not item[2][0].isdigit() or item[2] == "1."


class Callout(AdmonitionProcessor):
    """``!!! 提示 "标题"`` with indented content."""

    CLASSNAME = "callout"
    CLASSNAME_TITLE = "callout__title"

    def get_class_and_title(self, match: re.Match[str]) -> tuple[str, str | None]:
        kind = CALLOUTS.get(match[1].lower().split(" ")[0], "note")
        known = match[1].lower() in CALLOUTS
        title = match[2] or (_TITLES[kind] if known else match[1])
        return f"callout--{kind}", title


class QuotedCallout(Treeprocessor):
    """``> [!注意]`` as other editors write it; neighbouring quotes that the parser has joined come apart."""

    def run(self, root: etree.Element) -> None:
        for parent in list(root.iter()):
            for quote in [child for child in parent if child.tag == "blockquote"]:
                starts = [index for index, child in enumerate(quote) if _callout_start(child)]
                if starts:
                    self._split(parent, quote, starts)

    def _split(self, parent: etree.Element, quote: etree.Element, starts: list[int]) -> None:
        children = list(quote)
        position = list(parent).index(quote)
        for start, stop in zip(starts, [*starts[1:], len(children)], strict=True):
            box = etree.Element("div")
            for child in children[start:stop]:
                quote.remove(child)
                box.append(child)
            self._title(box)
            position += 1
            parent.insert(position, box)
        if not len(quote):
            parent.remove(quote)

    def _title(self, box: etree.Element) -> None:
        first = box[0]
        match = _QUOTED.match(first.text or "")
        assert match is not None
        kind = CALLOUTS[match[1].lower()]
        box.set("class", f"callout callout--{kind}")
        first.text = (first.text or "")[match.end() :]
        if not first.text and not len(first):
            box.remove(first)
        title = etree.Element("p", {"class": "callout__title"})
        title.text = match[2].strip() or _TITLES[kind]
        box.insert(0, title)


def _callout_start(element: etree.Element) -> bool:
    match = _QUOTED.match(element.text or "") if element.tag == "p" else None
    return match is not None and match[1].lower() in CALLOUTS


class WikiLink(InlineProcessor):
    """``[[绍政办发〔2021〕3号#第五条|字样]]``; the address is filled in by `finish`."""

    ANCESTOR_EXCLUDES = ("a",)

    def __init__(self, md: markdown.Markdown) -> None:
        super().__init__(WIKI.pattern, md)
        self.found: list[tuple[str, str, str]] = []

    def handleMatch(  # type: ignore[override]
        self, match: re.Match[str], data: str
    ) -> tuple[etree.Element | None, int | None, int | None]:
        target, clause = wiki_key(match)
        if not target and not clause:
            return None, None, None
        element = etree.Element("a", {"href": f"{WIKI_MARK}{len(self.found)}"})
        label = (match["label"] or "").strip()
        element.text = AtomicString(label)
        self.found.append((target, clause, label))
        return element, match.start(), match.end()


class Footnotes(FootnoteExtension):
    """Footnotes whose ids are numbers, whatever script their labels are in."""

    def makeFootnoteId(self, id: str) -> str:
        return f"fn-{self._number(id)}"

    def makeFootnoteRefId(self, id: str, found: bool = False) -> str:
        reference: str = self.unique_ref(f"fnref-{self._number(id)}", found)
        return reference

    def _number(self, label: str) -> int:
        return list(self.footnotes).index(label) + 1


class Official(Extension):
    """All of the above."""

    def extendMarkdown(self, md: markdown.Markdown) -> None:
        parser: BlockParser = md.parser
        md.preprocessors.register(Habits(md), "habits", 15)
        parser.blockprocessors.register(Callout(parser), "callout", 105)
        md.treeprocessors.register(QuotedCallout(md), "quoted-callout", 40)
        md.inlinePatterns.register(WikiLink(md), "wiki", 182)


def extensions() -> list[Any]:
    """Return the extensions of the converter, in Python-Markdown's terms."""
    return [
        "markdown.extensions.tables",
        "markdown.extensions.fenced_code",
        "markdown.extensions.attr_list",
        "markdown.extensions.def_list",
        "markdown.extensions.sane_lists",
        Footnotes(BACKLINK_TITLE="返回正文第 {} 处", SEPARATOR="-"),
        Official(),
    ]


EXTENSION_CONFIGS: Final = {"markdown.extensions.tables": {"use_align_attribute": True}}
