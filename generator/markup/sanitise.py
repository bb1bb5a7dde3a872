"""The tags and attributes that pages may contain; everything else is taken out."""

from __future__ import annotations

from functools import lru_cache
from html import escape
from typing import Final

import nh3

_TAGS: Final = frozenset(
    [
        "a",
        "abbr",
        "b",
        "blockquote",
        "br",
        "caption",
        "cite",
        "code",
        "col",
        "colgroup",
        "dd",
        "del",
        "details",
        "dfn",
        "div",
        "dl",
        "dt",
        "em",
        "figcaption",
        "figure",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "i",
        "img",
        "ins",
        "kbd",
        "li",
        "mark",
        "ol",
        "p",
        "pre",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "small",
        "span",
        "strong",
        "sub",
        "summary",
        "sup",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "u",
        "ul",
        "var",
    ]
)
_DROPPED: Final = frozenset(
    [
        "script",
        "style",
        "iframe",
        "object",
        "embed",
        "noscript",
        "template",
        "svg",
        "math",
        "title",
        "textarea",
        "select",
    ]
)
_ATTRIBUTES: Final = {
    "*": {"class", "id", "lang", "title"},
    "a": {"href"},
    "col": {"span"},
    "colgroup": {"span"},
    "details": {"open"},
    "img": {"alt", "height", "src", "width"},
    "li": {"value"},
    "ol": {"reversed", "start"},
    "td": {"align", "colspan", "headers", "rowspan"},
    "th": {"abbr", "align", "colspan", "headers", "rowspan", "scope"},
}
_OWN: Final = {
    "*": {"aria-label", "aria-labelledby", "role", "tabindex"},
    "a": {"rel"},
    "img": {"decoding", "loading"},
    "source": {"sizes", "srcset", "type"},
}
_OWN_TAGS: Final = frozenset(("picture", "source"))
_ROUNDS: Final = 5
_SCHEMES: Final = frozenset(("http", "https", "mailto", "tel"))


@lru_cache(maxsize=2)
def _cleaner(own: bool) -> nh3.Cleaner:
    attributes = {tag: set(names) for tag, names in _ATTRIBUTES.items()}
    if own:
        for tag, names in _OWN.items():
            attributes[tag] = attributes.get(tag, set()) | names
    return nh3.Cleaner(
        tags=set(_TAGS | _OWN_TAGS if own else _TAGS),
        clean_content_tags=set(_DROPPED),
        attributes=attributes,
        link_rel=None,
        url_schemes=set(_SCHEMES),
    )


def clean(html: str) -> str:
    """Return what an author may write: no scripts, styles, handlers, forms, frames or data addresses."""
    return _settled(_cleaner(False), html)


def clean_page(html: str) -> str:
    """Return converted HTML unchanged, unless it holds what neither authors nor `convert` may write."""
    return _settled(_cleaner(True), html)


def _settled(cleaner: nh3.Cleaner, html: str) -> str:
    """Clean until nothing changes.

    Wrongly nested tags may be read differently once they have been written out again; what never settles
    is shown as text.
    """
    cleaned = cleaner.clean(html)
    for _ in range(_ROUNDS):
        again = cleaner.clean(cleaned)
        if again == cleaned:
            return cleaned
        cleaned = again
    return f"<p>{escape(html, quote=False)}</p>"
