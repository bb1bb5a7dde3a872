"""Complete sanitised HTML: addresses, external links, images, tables, line ends between Chinese characters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape, unescape
from typing import Final

import msgspec

from generator.markup.addresses import clause_anchor
from generator.markup.extensions import WIKI_MARK
from generator.markup.model import ROOT_MARK, ResolvedImage, ResolvedLink
from generator.markup.references import BARE_ADDRESS, bare_address, is_url, running, split_path
from generator.markup.sanitise import clean_page
from generator.paths import leaves

CJK: Final = "\u2014\u2018\u2019\u201c\u201d\u2026\u2e80-\u312f\u31a0-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60\uffe0-\uffe6\U00020000-\U0003ffff"
EXTERNAL_NOTE: Final = '<span class="external__note">（站外）</span>'

IMAGE_SIZES: Final = "(min-width: 60em) 39rem, 100vw"
"""How wide pictures in bodies are shown, for browsers to choose by."""

_LINE_END: Final = re.compile(r"[ \t]*\n[ \t]*")
_INLINE: Final = r"</?(?:a|abbr|b|cite|code|del|dfn|em|i|ins|kbd|mark|q|s|samp|small|span|strong|sub|sup|u|var)(?: [^>]*)?>"
_JOINED: Final = re.compile(rf"(?<=[{CJK}])((?:{_INLINE})*)\n((?:{_INLINE})*)(?=[{CJK}])")
_PLAIN_JOINED: Final = re.compile(rf"(?<=[{CJK}])\n(?=[{CJK}])")
_PRE: Final = re.compile(r"(<pre[ >].*?</pre>)", re.S)
_TOKEN: Final = re.compile(r'<(/?)([a-z][a-z0-9]*)((?: [^\s=<>"/]+="[^"]*")*)>|([^<]+)|<')
_ATTRIBUTE: Final = re.compile(r' ([^\s=<>"/]+)="([^"]*)"')
_BLANKS: Final = re.compile(r"[ \t]*\n\s*")
_BLOCK: Final = frozenset(
    [
        "blockquote",
        "br",
        "caption",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "li",
        "ol",
        "p",
        "pre",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_VERBATIM: Final = frozenset(("a", "code", "pre", "kbd", "samp", "h2", "h3", "h4", "h5", "h6"))
_VOID: Final = frozenset(("br", "col", "hr", "img", "source"))
_PHONE: Final = re.compile(r"(?<![\w-])0\d{2,3}-\d{7,8}(?![\w-])", re.A)

Span = tuple[int, int, str, str]
"""Begin and end of a piece of text that becomes a link, and its tags."""


class Finished(msgspec.Struct, frozen=True):
    """A completed piece of HTML with its visible text and the ids in it."""

    html: str
    text: str
    anchors: tuple[str, ...]


def join_lines(text: str) -> str:
    """Join the lines of a plain paragraph; between Chinese characters nothing stays."""
    return _PLAIN_JOINED.sub("", _LINE_END.sub("\n", text))


def _join_lines(html: str) -> str:
    return _JOINED.sub(r"\1\2", _LINE_END.sub("\n", html))


def _apart(spans: list[Span], more: Iterator[Span]) -> list[Span]:
    """Return the spans that do not begin within those found before."""
    return [span for span in more if all(not a <= span[0] < b for a, b, *_ in spans)]


def _phones(text: str) -> Iterator[Span]:
    """Yield where telephone numbers with an area code stand, with their tags."""
    for match in _PHONE.finditer(text):
        yield match.start(), match.end(), f'<a href="tel:{match[0].replace("-", "")}">', "</a>"


class Finisher:
    """Completes the pieces of one body, in order: tables are numbered as they come."""

    def __init__(
        self,
        links: Mapping[tuple[str, str], ResolvedLink | None],
        images: Mapping[str, ResolvedImage],
        domains: frozenset[str],
    ) -> None:
        self.links = links
        self.images = images
        self.domains = domains
        self.wiki: list[tuple[str, str, str]] = []
        self.tables = 0
        self.runs = any(link is not None and key[0][:1] not in "./" for key, link in links.items())

    # ---- running text

    def may_link(self, text: str) -> bool:
        """Whether `run` could change any part of a text."""
        return self.runs or "://" in text or ("-" in text and _PHONE.search(text) is not None)

    def run(self, text: str) -> str:
        """Link resolved titles and document numbers, bare addresses and telephone numbers, in escaped text."""
        spans = self.references(text) if self.runs and ("《" in text or "号" in text) else []
        # A title may hold an address or a number to call; these never hold a title, nor each other.
        if "://" in text:
            spans += _apart(spans, self.addresses(text))
        if "-" in text:
            spans += _apart(spans, _phones(text))
        spans.sort()
        if not spans:
            return text
        parts: list[str] = []
        done = 0
        for begin, end, start, stop in spans:
            parts += (text[done:begin], start, text[begin:end], stop)
            done = end
        return "".join(parts) + text[done:]

    def references(self, text: str) -> list[Span]:
        """Return where resolved titles and numbers stand, with their tags."""
        spans = []
        for item in running(text):
            target = unescape(item.target)
            end = item.end
            link = self.links.get((target, item.clause))
            if link is None and item.clause:
                link, end = self.links.get((target, "")), item.stop
            if link is not None:
                spans.append((item.start, end, *self.anchor(link)))
        return spans

    def addresses(self, text: str) -> Iterator[Span]:
        """Yield where bare addresses stand, with their tags; those that the public cannot open stay text."""
        for match in BARE_ADDRESS.finditer(text):
            written = bare_address(match[0])
            address = unescape(written)
            if not bad_address(address):
                yield match.start(), match.start() + len(written), *self.tags(address)

    def tags(self, address: str) -> tuple[str, str]:
        """Return the tags around an absolute address."""
        if self.leaves(address):
            return external_tag(address, ""), f"{EXTERNAL_NOTE}</a>"
        return f'<a href="{_attribute(address)}">', "</a>"

    def anchor(self, link: ResolvedLink) -> tuple[str, str]:
        """Return opening and closing tag of a link."""
        address = link.url if is_url(link.url) else ROOT_MARK + link.url
        if link.anchor:
            address += f"#{link.anchor}"
        title = f' title="{_attribute(link.title)}"' if link.title else ""
        if link.external or (is_url(link.url) and self.leaves(link.url)):
            return external_tag(address, title), f"{EXTERNAL_NOTE}</a>"
        return f'<a href="{_attribute(address)}"{title}>', "</a>"

    def leaves(self, url: str) -> bool:
        """Whether an address leaves government websites and this group's own (domain rule W-33)."""
        return leaves(url, self.domains)

    # ---- pieces

    def finish(self, html: str) -> Finished:
        """Complete one piece of sanitised HTML."""
        if "<pre" in html:
            parts = _PRE.split(html)
            html = "".join(part if part.startswith("<pre") else _join_lines(part) for part in parts)
        elif "\n" in html:
            html = _join_lines(html)
        done = _Pass(self).over(html)
        settled = clean_page(done.html)
        return done if settled == done.html else Finished(settled, done.text, done.anchors)


class _Pass:
    """One walk over the tokens of a piece."""

    def __init__(self, finisher: Finisher) -> None:
        self.finisher = finisher
        self.out: list[str] = []
        self.text: list[str] = []
        self.anchors: list[str] = []
        self.closers: list[str] = []
        self.verbatim = 0
        self.pre = 0
        self.silent = 0
        self.table_starts: list[int] = []
        self.captions: list[str] = []
        self.row = 0
        self.cell = 0
        self.head = False

    def over(self, html: str) -> Finished:
        for match in _TOKEN.finditer(html):
            slash, tag, attributes, text = match.groups()
            if text is not None:
                self.words(text)
            elif tag is None:
                self.out.append("&lt;")
            elif slash:
                self.close(tag)
            else:
                self.open(tag, {name: unescape(value) for name, value in _ATTRIBUTE.findall(attributes)})
        text = _BLANKS.sub("\n", "".join(self.text)).strip("\n ")
        return Finished("".join(self.out), text, tuple(self.anchors))

    def words(self, text: str) -> None:
        plain = unescape(text)
        if not self.silent:
            self.text.append(plain if self.pre else plain.replace("\n", " "))
        self.out.append(text if self.verbatim else self.finisher.run(text))

    def open(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in _BLOCK:
            self.text.append("\n")
        if tag in _VERBATIM:
            self.verbatim += 1
        if tag == "pre":
            self.pre += 1
        if tag == "a":
            self.open_link(attributes)
            return
        if tag == "img":
            self.image(attributes)
            return
        if tag == "table":
            self.table_starts.append(len(self.out))
            self.captions.append("")
            self.row = 0
            self.head = False
        elif tag == "caption":
            if self.captions and not self.captions[-1]:
                attributes["id"] = self.captions[-1] = self.table_id()
        elif tag == "thead":
            self.head = True
        elif tag == "tbody":
            self.head = False
        elif tag == "tr":
            self.row += 1
            self.cell = 0
        elif tag in ("td", "th"):
            self.cells(tag, attributes)
        self.note_id(attributes)
        self.out.append(_tag(tag, attributes))

    def note_id(self, attributes: dict[str, str]) -> None:
        if "id" in attributes:
            self.anchors.append(attributes["id"])

    def cells(self, tag: str, attributes: dict[str, str]) -> None:
        self.cell += 1
        side = attributes.pop("align", "")
        if side in ("left", "center", "right"):
            attributes["class"] = f"{attributes.get('class', '')} align-{side}".strip()
        if tag == "th" and "scope" not in attributes:
            attributes["scope"] = "col" if self.head or self.row <= 1 else "row"

    def close(self, tag: str) -> None:
        if tag in _VERBATIM and self.verbatim:
            self.verbatim -= 1
        if tag == "pre":
            self.pre -= 1
        if tag in _BLOCK:
            self.text.append("\n")
        if tag == "a":
            self.out.append(self.closers.pop() if self.closers else "")
            self.silent = max(self.silent - 1, 0)
        elif tag == "table":
            self.out.append("</table>")
            self.wrap_table()
        else:
            if tag == "thead":
                self.head = False
            self.out.append(f"</{tag}>")

    # ---- tables

    def table_id(self) -> str:
        self.finisher.tables += 1
        return f"biao-{self.finisher.tables}"

    def wrap_table(self) -> None:
        """Put an outermost table into a region that scrolls and can be reached by keyboard."""
        start, caption = self.table_starts.pop(), self.captions.pop()
        if self.table_starts:
            return
        if caption:
            name = f'aria-labelledby="{caption}"'
        else:
            self.finisher.tables += 1
            name = f'aria-label="表格 {self.finisher.tables}"'
        self.out.insert(start, f'<div class="table" role="region" {name} tabindex="0">')
        self.out.append("</div>")

    # ---- links and images

    def open_link(self, attributes: dict[str, str]) -> None:
        address = attributes.get("href", "").strip()
        classes = attributes.get("class", "")
        if "footnote-backref" in classes:
            self.silent += 1
        if address.startswith(WIKI_MARK):
            self.open_wiki(address)
        elif address.startswith("#") and len(address) > 1:
            self.note_id(attributes)
            self.plain_link(_tag("a", attributes))
        elif is_url(address):
            self.open_url(address, attributes)
        else:
            path, clause = split_path(address)
            link = self.finisher.links.get((path, clause)) if address else None
            if link is None and clause:
                link = self.finisher.links.get((path, ""))
            if link is not None:
                start, stop = self.finisher.anchor(link)
                self.out.append(start)
                self.closers.append(stop)
            else:
                self.unlinked(attributes)

    def plain_link(self, start: str) -> None:
        self.out.append(start)
        self.closers.append("</a>")

    def unlinked(self, attributes: dict[str, str]) -> None:
        """A link that leads nowhere becomes text; an id on it stays an anchor."""
        if "id" in attributes:
            self.note_id(attributes)
            self.out.append(_tag("span", {"id": attributes["id"]}))
            self.closers.append("</span>")
        else:
            self.closers.append("")

    def open_wiki(self, address: str) -> None:
        target, clause, label = self.finisher.wiki[int(address[1:])]
        link = self.finisher.links.get((target, clause))
        if link is not None:
            start, stop = self.finisher.anchor(link)
        else:
            anchor = clause_anchor(clause) or clause if clause and not target else None
            start, stop = (f'<a href="#{_attribute(anchor)}">', "</a>") if anchor else ("", "")
        self.out.append(start)
        self.closers.append(stop)
        if not label:
            # An ASCII clause is an anchor, which means nothing to a reader.
            label = (link.text if link else "") or target + ("" if clause.isascii() else clause) or clause
            self.text.append(label)
            self.out.append(escape(label, quote=False))

    def open_url(self, address: str, attributes: dict[str, str]) -> None:
        if bad_address(address):
            self.unlinked(attributes)
            return
        self.note_id(attributes)
        own = {name: value for name, value in attributes.items() if name in ("id", "title")}
        extra = "".join(f' {name}="{_attribute(value)}"' for name, value in own.items())
        resolved = self.finisher.links.get((address, ""))
        external = resolved.external if resolved is not None else self.finisher.leaves(address)
        if external:
            self.out.append(external_tag(address, extra))
            self.closers.append(f"{EXTERNAL_NOTE}</a>")
        else:
            self.plain_link(f'<a href="{_attribute(address)}"{extra}>')

    def image(self, attributes: dict[str, str]) -> None:
        source = attributes.get("src", "").strip()
        alternative = attributes.get("alt", "")
        found = self.finisher.images.get(source)
        if found is None:
            address = source if is_url(source) and not bad_address(source) else ""
            sizes: dict[str, str] = {}
        else:
            address = found.url if is_url(found.url) else ROOT_MARK + found.url
            sizes = (
                {"width": str(found.width), "height": str(found.height)}
                if found.width and found.height
                else {}
            )
        if alternative:
            self.text.append(alternative)
        if not address:
            self.out.append(escape(alternative, quote=False).replace("\xa0", "&nbsp;"))
            return
        kept = {name: value for name, value in attributes.items() if name in ("class", "id", "title")}
        self.note_id(kept)
        shown = _tag("img", {"src": address, "alt": alternative} | sizes | kept | {"loading": "lazy"})
        smaller = "".join(map(_source, found.sources)) if found else ""
        self.out.append(f"<picture>{smaller}{shown}</picture>" if smaller else shown)


def external_tag(address: str, extra: str) -> str:
    return f'<a class="external" href="{_attribute(address)}" rel="noopener noreferrer external"{extra}>'


def bad_address(address: str) -> bool:
    """Addresses that work on one machine or in one office only, or run scripts (domain rules W-31, W-32)."""
    return bool(_BAD.match(address.strip()))


_BAD: Final = re.compile(
    r"(?:javascript|data|vbscript|file|blob):|[A-Za-z]:[\\/]|\\\\|"
    r"(?:https?:)?//(?:[^/@]*@)?(?:localhost|127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|169\.254\.|0\.0\.0\.0|\[::1\])",
    re.I,
)


def _source(source: tuple[str, tuple[tuple[str, int], ...]]) -> str:
    """Return the smaller pictures of one media type, from which browsers choose."""
    form, candidates = source
    listed = ", ".join(f"{ROOT_MARK}{url} {width}w" for url, width in candidates)
    return _tag("source", {"type": form, "srcset": listed, "sizes": IMAGE_SIZES})


def _attribute(value: str) -> str:
    return value.replace("&", "&amp;").replace("\xa0", "&nbsp;").replace('"', "&quot;")


def _tag(name: str, attributes: dict[str, str]) -> str:
    written = "".join(f' {key}="{_attribute(value)}"' for key, value in attributes.items())
    return f"<{name}{written}>"
