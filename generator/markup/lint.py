"""Faults of a body that show in its source, and the places of those found later."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from html import unescape
from typing import Final

from generator.diagnostics import Severity
from generator.markup.addresses import clause_anchor
from generator.markup.finish import bad_address
from generator.markup.legal import Complaint
from generator.markup.model import MarkupProblem
from generator.markup.references import LINK, WIKI, link_target, wiki_key
from generator.markup.source import Lines, hide_code

_SCRIPT: Final = re.compile(
    r"<\s*/?\s*(script|style|iframe|object|embed|frame|form|input|base|meta|link|svg)\b", re.I
)
_HANDLER: Final = re.compile(r"<[a-z][^<>]{0,2000}?\s(on[a-z]{3,20})\s*=", re.I)
_ANCHOR: Final = re.compile(
    r"""<a\s(?:[^<>]{0,2000}?\s)?href\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]*))""", re.I
)
_IMAGE: Final = re.compile(r"<img\b[^<>]{0,2000}>", re.I)
_ALT: Final = re.compile(r"""\balt\s*=\s*(?:"\s*[^"\s]|'\s*[^'\s]|[^\s"'>])""", re.I)
_DEFINITION: Final = re.compile(r"^ {0,3}\[(?!\^)[^\[\]\n]{1,200}\]:[ \t]*<?([^\s<>]{1,500})", re.M)
_GIVEN_ID: Final = re.compile(
    r"""\{:?[^{}\n]{0,200}?#([^\s{}.=]{1,200})[^{}\n]{0,200}\}|<[a-z][^<>]{0,2000}?\sid\s*=\s*["']?([^\s"'<>]{1,200})""",
    re.I,
)
_REFERENCE_IMAGE: Final = re.compile(r"!\[\s*\]\[")


def source_problems(body: str, *, imported: bool) -> Iterator[MarkupProblem]:
    """Yield scripts, dead or private addresses and images without a text."""
    if "<" not in body and "[" not in body:
        return
    text = hide_code(body)
    lines = Lines(text)
    mild = Severity.WARNING if imported else Severity.ERROR
    if "<" in text:
        yield from _raw(text, lines)
        for match in _IMAGE.finditer(text):
            if not _ALT.search(match[0]):
                yield _no_alternative(lines.place(match.start()), mild)
        for match in _ANCHOR.finditer(text):
            address = unescape(match[1] or match[2] or match[3] or "").strip()
            yield from _address(lines.place(match.start()), address, mild)
    if "[" in text:
        for match in LINK.finditer(text):
            place = lines.place(match.start())
            if match["image"]:
                if not match["label"].strip():
                    yield _no_alternative(place, mild)
            else:
                yield from _address(place, link_target(match), mild)
        for match in _REFERENCE_IMAGE.finditer(text):
            yield _no_alternative(lines.place(match.start()), mild)
        for match in _DEFINITION.finditer(text):
            yield from _address(lines.place(match.start()), match[1], mild)


def _raw(text: str, lines: Lines) -> Iterator[MarkupProblem]:
    for pattern in (_SCRIPT, _HANDLER):
        for match in pattern.finditer(text):
            if pattern is _SCRIPT and "/" in match[0]:
                continue
            name = match[1].lower()
            found = f"<{name}>" if pattern is _SCRIPT else f"属性 {name}="
            yield MarkupProblem(
                *lines.place(match.start()),
                Severity.ERROR,
                "raw-script",
                f"正文里有 {found}，网页不执行正文带来的脚本、样式和嵌入框架，已经去掉",
                "删去这段代码；需要的样式、视频或表单请用主题提供的组件",
            )


def _no_alternative(place: tuple[int, int], severity: Severity) -> MarkupProblem:
    return MarkupProblem(
        *place,
        severity,
        "image-without-alt",
        "图片没有替代文字，看不见图片的人无从得知内容",
        "写成 ![图片说明](文件名)，说明图片传达的信息",
    )


def _address(place: tuple[int, int], address: str, severity: Severity) -> Iterator[MarkupProblem]:
    if address in ("", "#"):
        yield MarkupProblem(
            *place,
            severity,
            "empty-link",
            f"链接地址是空的（“{address}”）",
            "填写目标地址，或去掉链接只留文字",
        )
    elif bad_address(address):
        yield MarkupProblem(
            *place,
            severity,
            "bad-link",
            f"链接“{address[:80]}”指向本机、内网或脚本，公众打不开",
            "改用本站的相对地址或公开网址",
        )


def broken_anchors(body: str, anchors: frozenset[str]) -> Iterator[MarkupProblem]:
    """Yield links to places within the page that do not exist."""
    if "#" not in body or ("[" not in body and "<" not in body):
        return
    text = hide_code(body)
    lines = Lines(text)
    for match in WIKI.finditer(text):
        target, clause = wiki_key(match)
        if not target and clause:
            wanted = clause_anchor(clause) or clause
            if wanted not in anchors:
                yield _no_anchor(lines.place(match.start()), clause)
    for match in LINK.finditer(text):
        target = link_target(match)
        if not match["image"] and target.startswith("#") and len(target) > 1 and target[1:] not in anchors:
            yield _no_anchor(lines.place(match.start()), target[1:])


def _no_anchor(place: tuple[int, int], name: str) -> MarkupProblem:
    return MarkupProblem(
        *place,
        Severity.ERROR,
        "broken-anchor",
        f"页内链接指向“{name}”，但本页没有这一处",
        "改为本页有的条号（如 [[#第五条]]）或标题编号",
    )


def repeated_anchors(body: str, anchors: Sequence[str], *, imported: bool) -> Iterator[MarkupProblem]:
    """Yield ids given by hand that the page has twice: links to them would lead to the first place only."""
    if len(set(anchors)) == len(anchors):
        return
    text = hide_code(body)
    lines = Lines(text)
    given: dict[str, list[int]] = {}
    for match in _GIVEN_ID.finditer(text):
        given.setdefault(match[1] or match[2], []).append(match.start())
    severity = Severity.WARNING if imported else Severity.ERROR
    for name, count in Counter(anchors).items():
        for offset in (
            given.get(name, ())[:1] if count > len(given.get(name, ())) else given.get(name, ())[1:]
        ):
            if count > 1:
                yield MarkupProblem(
                    *lines.place(offset),
                    severity,
                    "duplicate-anchor",
                    f"编号“{name}”在本页出现 {count} 次，链接只会指向第一处",
                    "换一个本页没有的编号；条款和标题的编号是自动生成的，不必手写",
                )


def locate(body: str, complaints: list[Complaint]) -> Iterator[MarkupProblem]:
    """Yield the complaints with the lines on which the blocks concerned begin."""
    places: dict[str, list[int]] = {}
    for item in complaints:
        found = places.setdefault(item.needle, [])
        while len(found) < item.rank and (offset := _line_start(body, item.needle, found)) >= 0:
            found.append(offset)
        line = column = 0
        if found:
            offset = found[-1] if len(found) < item.rank else found[item.rank - 1]
            line, column = body.count("\n", 0, offset) + 1, offset - body.rfind("\n", 0, offset)
        yield MarkupProblem(line, column, item.severity, item.code, item.message, item.remedy)


def _line_start(body: str, needle: str, found: list[int]) -> int:
    """Return where the needle next begins a line, apart from Markdown's signs; -1 if nowhere."""
    offset = body.find(needle, found[-1] + 1 if found else 0)
    while offset >= 0:
        if not body[body.rfind("\n", 0, offset) + 1 : offset].strip("#*>_\\-+ \u3000\xa0"):
            return offset
        offset = body.find(needle, offset + 1)
    return -1
