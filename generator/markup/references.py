"""Find what a body refers to, without converting it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Final

import msgspec

from generator.markup.model import Reference
from generator.markup.numerals import NUMBER
from generator.markup.source import Lines, hide_code

CLAUSE: Final = (
    rf"第{NUMBER}条(?:之{NUMBER})?(?:第{NUMBER}款)?(?:第?[（(]{NUMBER}[）)]项|第{NUMBER}项)?(?:第{NUMBER}目)?"
)
_TITLE: Final = re.compile(rf"《(?:[^《》\n]|《[^《》\n]{{1,80}}》){{1,120}}》(?:({CLAUSE}))?")
_YEAR: Final = re.compile(rf"[〔\[【（(﹝［]\s?[12]\d{{3}}\s?[〕\]】）)﹞］]\s?第?\d{{1,5}}号({CLAUSE})?")
_ORDER: Final = re.compile(rf"令\s?第?\d{{1,4}}号({CLAUSE})?")
_CODE: Final = re.compile(r"[\u4e00-\u9fff]{1,24}$")
_BEFORE_CODE: Final = re.compile(
    r".*(?:按照|根据|依据|依照|参照|执行|印发|转发|废止|替代|关于|以及|或者|经|和|与|及|或|由|对|将|的|见|同|至|从|在|以|按|据|照|号|文)"
)
WIKI: Final = re.compile(
    r"\[\[(?P<target>(?:[^\[\]|#\n]|\[\d{4}\]){1,200})?(?:#(?P<clause>[^\[\]|\n]{1,80}))?(?:\|(?P<label>[^\[\]\n]{1,200}))?\]\]"
)
LINK: Final = re.compile(
    r"(?P<image>!?)\[(?P<label>(?:[^\[\]\\]|\\.|\[[^\[\]\n]{0,200}\]){0,500})\]"
    r"\([ \t]*(?P<target><[^<>\n]{0,500}>|[^()\n\"'<]{0,500}(?:\([^()\n]{0,200}\)[^()\n\"']{0,200}){0,5})"
    r"(?:\"[^\"\n]{0,200}\"|'[^'\n]{0,200}')?[ \t]*\)"
)
_DEFINITION: Final = re.compile(r"^ {0,3}\[(?![\^\]])[^\[\]\n]{1,200}\]:[ \t]*<?([^\s<>]{1,500})", re.M)
_AUTOLINK: Final = re.compile(r"<(https?://[^\s<>]{1,500})>")
BARE_ADDRESS: Final = re.compile(
    r"(?<![A-Za-z0-9])https?://[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?::[0-9]{1,5})?"
    r"(?:[/?#](?:[A-Za-z0-9\-._~:/?#\[\]@!$'()*+,;=%]|&amp;|&(?![a-z]+;))*)?"
)
"""An address in running text, as typed or as escaped HTML; a Chinese character or sign ends it."""
_TAG: Final = re.compile(r"<(?:a|img)\s[^<>]{0,2000}>", re.I)
_ATTRIBUTE: Final = re.compile(r"""\b(href|src)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.I)


class Running(msgspec.Struct, frozen=True, gc=False):
    """A title or document number in running text; `stop` ends it without its clause."""

    start: int
    stop: int
    end: int
    target: str
    clause: str
    form: str


def scan(body: str) -> tuple[Reference, ...]:
    """Return all references of a body in order; code and escaped brackets do not count."""
    text = hide_code(body)
    found = [(item.start, item.target, item.clause, item.form) for item in running(text)]
    if "[" in text:
        found += _bracketed(text)
        covered = [(match.start(), match.end()) for match in WIKI.finditer(text)]
        covered += [(match.start(), match.end()) for match in LINK.finditer(text)]
        if covered:
            found = [
                item for item in found if item[3] not in ("title", "number") or not _inside(item[0], covered)
            ]
    if "<" in text:
        found += _tagged(text)
    if not found:
        return ()
    found.sort()
    lines = Lines(body)
    return tuple(
        Reference(target, clause, form, *lines.place(start)) for start, target, clause, form in found
    )


def running(text: str) -> list[Running]:
    """Return titles and document numbers in running text, in order and without overlap."""
    found: list[Running] = []
    if "《" in text:
        for match in _TITLE.finditer(text):
            clause = match[1] or ""
            stop = match.end() - len(clause)
            found.append(
                Running(match.start(), stop, match.end(), text[match.start() : stop], clause, "title")
            )
    titles = len(found)
    if "号" in text:
        for pattern in (_YEAR, _ORDER):
            found += _numbers(text, pattern)
    if len(found) > titles:
        found.sort(key=lambda item: (item.start, -item.end))
        found = _without_overlap(found)
    return found


def _numbers(text: str, pattern: re.Pattern[str]) -> Iterator[Running]:
    for match in pattern.finditer(text):
        before = _CODE.search(text, max(0, match.start() - 24), match.start())
        if not before:
            continue
        code = _BEFORE_CODE.sub("", before[0])
        if code:
            clause = match[1] or ""
            start, stop = match.start() - len(code), match.end() - len(clause)
            yield Running(start, stop, match.end(), text[start:stop], clause, "number")


def _without_overlap(found: list[Running]) -> list[Running]:
    kept: list[Running] = []
    for item in found:
        if not kept or item.start >= kept[-1].end:
            kept.append(item)
    return kept


def _bracketed(text: str) -> Iterator[tuple[int, str, str, str]]:
    for match in WIKI.finditer(text):
        target, clause = wiki_key(match)
        if target or clause:
            yield match.start(), target, clause, "wiki"
    for match in LINK.finditer(text):
        target = link_target(match)
        if match["image"]:
            yield match.start(), target, "", "image"
        elif target:
            yield match.start(), *_address(target)
    for match in _DEFINITION.finditer(text):
        yield match.start(), *_address(match[1])


def _tagged(text: str) -> Iterator[tuple[int, str, str, str]]:
    for match in _AUTOLINK.finditer(text):
        yield match.start(), match[1], "", "url"
    for match in _TAG.finditer(text):
        for attribute in _ATTRIBUTE.finditer(match[0]):
            value = unescape(attribute[2] or attribute[3] or attribute[4] or "").strip()
            if attribute[1].lower() == "src":
                yield match.start(), value, "", "image"
            elif value:
                yield match.start(), *_address(value)


def _address(target: str) -> tuple[str, str, str]:
    if is_url(target):
        return target, "", "url"
    path, clause = split_path(target)
    return path, clause, "path"


def is_url(target: str) -> bool:
    """Whether an address names its scheme or host, so that no file of the content is meant."""
    return target.startswith("//") or bool(re.match(r"[A-Za-z][A-Za-z0-9+.\-]*:", target))


def bare_address(written: str) -> str:
    """Return an address found in running text without the punctuation of the sentence around it."""
    while True:
        last = written[-1]
        if written.endswith("&amp;"):
            written = written[:-5]
        elif last in ".,;:!?'*&" or (last == ")" and written.count("(") < written.count(")")):
            written = written[:-1]
        else:
            return written


def split_path(target: str) -> tuple[str, str]:
    """Return the path and the ``#anchor`` (or an empty string) of a relative address."""
    path, mark, anchor = target.partition("#")
    return path, mark + anchor if anchor else ""


def link_target(match: re.Match[str]) -> str:
    """Return the address in a match of `LINK`."""
    return match["target"].strip(" \t<>")


def wiki_key(match: re.Match[str]) -> tuple[str, str]:
    """Return target and clause of a ``[[…]]``; ``tiao-5`` and ``第五条`` are both clauses."""
    return (match["target"] or "").strip(), (match["clause"] or "").strip()


def _inside(position: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= position < end for start, end in spans)
