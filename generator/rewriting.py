"""Finished pages rewritten for an edition: where their links lead, and that none leads out of a closed one."""

from __future__ import annotations

import re
from functools import lru_cache, partial
from html import escape, unescape
from typing import Final

from generator.markup import ROOT_MARK
from generator.paths import relative_root
from generator.plan.views import Frame, Page

_LINK: Final = re.compile(ROOT_MARK + r"([^\"'#?\s<>]*)")
_ANCHOR: Final = re.compile(r"<a\b([^>]*)>(.*?)</a>", re.DOTALL)
_HREF: Final = re.compile(r'\bhref="([^"]*)"')
_CLASS: Final = re.compile(r'\bclass="([^"]*)"')
_TAG: Final = re.compile(r"<[^>]*>")
_MARK: Final = re.compile(r'<span class="codes__mark">（扫码 \d+）</span>')
MOST_CODES: Final = 24
"""A page that leads out in more places, such as a list of downloads, gives one code: its own."""
_DIALS: Final = ("tel:", "mailto:")


def linked(html: str, frame: Frame, root: str) -> str:
    """Return a page whose links lead to pages of the frame's edition, and to files of the portal.

    Args:
        root: The way from the page to its edition's root.
    """
    if not frame.folder:
        return html.replace(ROOT_MARK, root)
    return _LINK.sub(partial(_link, frame, root), html)


def _link(frame: Frame, root: str, match: re.Match[str]) -> str:
    path = match[1]
    if not path.endswith(".html"):
        return f"{root}{relative_root(frame.folder)}{path}"
    for way, instead in frame.neighbours:
        if path.startswith(way):
            return f"{root}{instead}{path[len(way) :]}"
    return root + path


# --- closed editions -------------------------------------------------------------------------------


def without_ways_out(html: str, frame: Frame, page: Page) -> str:
    """Return a page without links that leave the edition or start a program.

    What they led to, other sites and files to take along, stands at the end as QR codes for a telephone, with
    the address in words. Pages of documents begin that list with themselves.
    """
    codes: dict[str, str] = {}
    if "<article" in html:
        codes[page.canonical] = "本页"
    rewritten = _ANCHOR.sub(partial(_kept, frame, codes), html)
    if len(codes) > MOST_CODES:
        codes = {page.canonical: "本页，上面的文件和网址在手机上打开"}
        html = _MARK.sub("", rewritten)
    else:
        html = rewritten
    if not codes:
        return html
    items = "".join(_item(number, name, address) for number, (address, name) in enumerate(codes.items(), 1))
    section = (
        '<section class="codes page" id="saoma" aria-labelledby="saoma-title">'
        '<h2 class="codes__title" id="saoma-title">用手机扫一扫，带走看</h2>'
        f'<ol class="codes__list">{items}</ol></section>\n'
    )
    return html.replace("</main>", f"{section}</main>", 1)


def _kept(frame: Frame, codes: dict[str, str], match: re.Match[str]) -> str:
    """Return a link as it is where it stays inside, else its words, with the number of its QR code."""
    attributes, inner = match[1], match[2]
    found = _HREF.search(attributes)
    address = unescape(found[1]) if found else ""
    if address.startswith(ROOT_MARK):
        path = address[1:].partition("#")[0].partition("?")[0]
        if not path or path.endswith(".html"):
            return match[0]
        address = frame.base_url + address[1:]
    elif not address or address.startswith("#"):
        return match[0]
    elif address.startswith(_DIALS):
        return f"<span{_same_class(attributes)}>{inner}</span>"
    name = " ".join(_TAG.sub("", inner).replace("（站外）", "").split())
    codes.setdefault(address, unescape(name))
    number = list(codes).index(address) + 1
    return f'<span{_same_class(attributes)}>{inner}<span class="codes__mark">（扫码 {number}）</span></span>'


def _same_class(attributes: str) -> str:
    found = _CLASS.search(attributes)
    return f' class="{found[1]}"' if found else ""


def _item(number: int, name: str, address: str) -> str:
    shown = escape(address)
    return (
        f'<li class="codes__item">{qr_code(address)}<div class="codes__words">'
        f'<p class="codes__name">{number}. {escape(name)}</p><p class="codes__address">{shown}</p></div></li>'
    )


@lru_cache(maxsize=4096)
def qr_code(address: str) -> str:
    """Return the QR code of an address as inline SVG, dark on light in every colour scheme, with a quiet zone."""
    import segno  # for closed editions alone

    code = segno.make(address, error="m", micro=False, boost_error=False)
    rows = [f"M{x} {y}h{length}" for y, row in enumerate(code.matrix, 4) for x, length in _runs(bytes(row))]
    size = len(code.matrix) + 8
    return (
        f'<svg class="codes__code" viewBox="0 0 {size} {size}" width="{size * 6}" height="{size * 6}" role="img"'
        f' aria-label="二维码：{escape(address)}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{size}v{size}H0z"/>'
        f'<path stroke="#000" d="{"".join(rows)}" transform="translate(0 .5)"/></svg>'
    )


def _runs(row: bytes) -> list[tuple[int, int]]:
    """Return begin and length of the runs of dark modules in a row, with the quiet zone of four before it."""
    return [(match.start() + 4, len(match[0])) for match in re.finditer(rb"\x01+", row)]
