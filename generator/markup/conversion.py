"""The stage itself: a body and its resolved references in, `Markup` out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape, unescape
from typing import Any, Final

from generator.markup.blocks import Blocks, Other, Titled
from generator.markup.charting import Charts, charts_asked
from generator.markup.engine import render
from generator.markup.fast import STAND_IN, is_plain, plain_blocks
from generator.markup.finish import Finished, Finisher, join_lines
from generator.markup.legal import structure
from generator.markup.lint import broken_anchors, locate, repeated_anchors, source_problems
from generator.markup.model import CHART_MARK, Markup, MarkupProblem, ResolvedImage, ResolvedLink
from generator.markup.sanitise import clean, clean_page
from generator.markup.source import normal

_PARAGRAPH: Final = re.compile(r"<p>((?:[^<]|<(?!/?p[ >]))*)</p>", re.S)
_HEADING: Final = re.compile(r'<h([1-6])((?: [^\s=<>"]+="[^"]*")*)>((?:[^<]|<(?!/?h[1-6][ >]))*)</h\1>', re.S)
_TOP: Final = re.compile(r"<(/?)h1(?=[ >])")
_ID: Final = re.compile(r' id="([^"]*)"')
_CAPTION: Final = re.compile(
    r"<p>(?:(?:表|Table)\s*[:：]\s*(?P<words>[^\n]+)|(?P<numbered>(?:表|Table)\s*[0-9一二三四五六七八九十.\-－]+\s*[:：\u3000 ]\s*[^\n]+))</p>"
)
_CHART: Final = re.compile(f"{CHART_MARK}[0-9]+{CHART_MARK}")
_LEADING_MARK: Final = re.compile(r"#{1,6} ?")


def convert(
    body: str,
    *,
    links: Mapping[tuple[str, str], ResolvedLink | None] | None = None,
    images: Mapping[str, ResolvedImage] | None = None,
    imported: bool = False,
    heading_offset: int = 0,
    domains: frozenset[str] = frozenset(),
    fast: bool = True,
    extensions: Sequence[Any] = (),
) -> Markup:
    """Convert one body.

    Args:
        links: By target and clause of a `Reference`; what is missing or None stays text.
        images: By the address as written.
        imported: Old texts taken over as they are: faults of structure are warnings.
        heading_offset: How many levels below h2 the body's highest headings stand.
        domains: Hosts of the site group; links to them and to gov.cn do not count as leaving.
        fast: False converts everything by Python-Markdown and sanitises the whole page: the reference that
            the fast path equals byte for byte.
        extensions: Of Python-Markdown. One with an attribute ``triggers`` (a regular expression) promises to
            change nothing in a body where that is not found; the others send every body the slow way.
    """
    active = tuple(item for item in extensions if _concerns(item, body))
    fast = fast and not active
    finisher = Finisher(links or {}, images or {}, domains)
    charts = Charts()
    plain = plain_blocks(body.strip("\n")) if fast else None  # files end with a line break
    failure: MarkupProblem | None = None
    if plain is not None:
        linked = plain
        if finisher.may_link(body):
            linked = [block if block[:1] == "#" else finisher.run(block) for block in plain]
        blocks = Blocks(linked, plain, {}) if plain[0] else Blocks([], [], {})
    else:
        blocks, failure = _parsed(normal(body), finisher, charts, fast=fast, extensions=active)
    found = structure(blocks, imported=imported, heading_offset=heading_offset)
    problems: list[MarkupProblem] = [failure] if failure else []
    if complaints := [*found.complaints, *charts.complaints]:
        problems += locate(body, complaints)
    if plain is None or "javascript" in body:
        problems += source_problems(body, imported=imported)
        problems += broken_anchors(body, frozenset(found.anchors))
        problems += repeated_anchors(body, found.anchors, imported=imported)
    html = found.html if fast or not found.html else clean_page(found.html)
    return Markup(
        html,
        found.headings,
        tuple(found.anchors),
        found.sections,
        found.excerpt,
        tuple(sorted(problems)),
        found.clauses,
        tuple(charts.drawn),
    )


def _concerns(extension: Any, body: str) -> bool:
    triggers = getattr(extension, "triggers", None)
    return triggers is None or re.search(triggers, body) is not None


def _parsed(
    text: str, finisher: Finisher, charts: Charts, *, fast: bool, extensions: tuple[Any, ...]
) -> tuple[Blocks, MarkupProblem | None]:
    """Parse a body that holds Markdown, with stand-ins for its plain blocks where possible."""
    if fast:
        source, runs = _reduced(text)
        if runs:
            pieces, wiki, failure = render(source)
            expected = [f"<p>{STAND_IN}{index}{STAND_IN}</p>" for index in range(len(runs))]
            if [piece for piece in pieces if STAND_IN in piece] == expected:
                finisher.wiki = wiki
                return _assembled(pieces, runs, finisher, charts), failure
    pieces, wiki, failure = render(text, extensions)
    finisher.wiki = wiki
    return _assembled(pieces, [], finisher, charts), failure


def _reduced(text: str) -> tuple[str, list[list[str]]]:
    """Replace each run of plain blocks by a stand-in paragraph."""
    parts: list[str] = []
    runs: list[list[str]] = []
    running = False
    for block in text.split("\n\n"):
        stripped = block.strip("\n")
        if not stripped:
            parts.append(block)
        elif is_plain(stripped):
            if running:
                runs[-1].append(stripped)
            else:
                parts.append(f"{STAND_IN}{len(runs)}{STAND_IN}")
                runs.append([stripped])
                running = True
        else:
            parts.append(block)
            running = False
    return "\n\n".join(parts), runs


def _assembled(pieces: list[str], runs: list[list[str]], finisher: Finisher, charts: Charts) -> Blocks:
    blocks = Blocks([], [], {})
    for piece in _captioned([_cleaned(piece) for piece in pieces], charts):
        if piece.startswith(f"<p>{STAND_IN}") and runs:
            for block in runs[int(piece[4:-5])]:
                text = block if block[0] == "#" else join_lines(block)
                blocks.html.append(text if block[0] == "#" else finisher.run(text))
                blocks.texts.append(text.replace("\n", " "))
        elif piece:
            _append(blocks, piece, finisher)
    return blocks


def _cleaned(piece: str) -> str:
    """Sanitise; the sanitiser knows no h1, yet a heading of the first level must be told from others."""
    if STAND_IN in piece:
        return piece
    cleaned = clean(_TOP.sub(r"<\1h2", piece)).strip()
    if piece.startswith("<h1") and _HEADING.fullmatch(cleaned):
        return f"<h1{cleaned[3:-5]}</h1>"
    return cleaned


def _captioned(pieces: list[str], charts: Charts) -> list[str]:
    """Move a line 表：… beside a table into it; 条形图：… and 折线图：… put a chart above the table besides."""
    pieces = [piece for piece in pieces if piece]
    asked = charts_asked(pieces)
    for index, piece in enumerate(pieces):
        if not piece.startswith("<table") or "<caption" in piece:
            continue
        # A line between two tables belongs to the one below it.
        after = (
            () if pieces[index + 2 : index + 3] and pieces[index + 2].startswith("<table") else (index + 1,)
        )
        for beside in (index - 1, *after):
            wish = asked.pop(beside, None)
            match = None if wish or not 0 <= beside < len(pieces) else _CAPTION.fullmatch(pieces[beside])
            if wish:
                words = f"{escape(wish.title, quote=False)}：数据表"
            elif match:
                words = match["words"] or match["numbered"]
            else:
                continue
            stop = piece.index(">") + 1
            drawn = charts.place(wish, piece) if wish else ""
            pieces[index] = f"{drawn}{piece[:stop]}<caption>{words}</caption>{piece[stop:]}"
            pieces[beside] = ""
            break
    charts.complaints += [wish.without_table() for wish in asked.values()]
    return [piece for piece in pieces if piece]


def _append(blocks: Blocks, piece: str, finisher: Finisher) -> None:
    """Add one sanitised block, completed."""
    paragraph = _PARAGRAPH.fullmatch(piece)
    heading = None if paragraph else _HEADING.fullmatch(piece)
    if paragraph:
        done = finisher.finish(paragraph[1].strip())
        if not done.html or done.anchors or not done.text or done.html[0] == "#":
            _append_other(blocks, Finished(f"<p>{done.html}</p>", done.text, done.anchors))
        else:
            blocks.html.append(done.html)
            blocks.texts.append(done.text)
    elif heading:
        _append_heading(blocks, int(heading[1]), heading[2], heading[3].strip(), finisher)
    else:
        _append_other(blocks, finisher.finish(piece))


def _append_heading(blocks: Blocks, level: int, attributes: str, html: str, finisher: Finisher) -> None:
    given = _ID.search(attributes)
    anchor = unescape(given[1]) if given else ""
    done = finisher.finish(f"<h2>{html}</h2>")
    inner = done.html[4:-5]
    if not done.text:
        return
    if not anchor and level > 1 and inner == done.text and "#" not in inner:
        plain = f"{'#' * level} {inner}"
        blocks.html.append(plain)
        blocks.texts.append(plain)
        return
    blocks.special[len(blocks.html)] = Titled(level, inner, anchor)
    blocks.html.append("")
    blocks.texts.append(done.text)


def _append_other(blocks: Blocks, done: Finished) -> None:
    if CHART_MARK in done.text:
        done = Finished(done.html, _CHART.sub("", done.text).strip(), done.anchors)
    if not done.html or done.html == "<p></p>":
        return
    closes = done.html.startswith('<div class="footnote"')
    blocks.special[len(blocks.html)] = Other(done.html, done.anchors, closes)
    blocks.html.append("")
    blocks.texts.append(done.text)
