"""Pages in traditional characters (繁体版): what readers see is converted, addresses and identifiers are not."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Final

_PIECE: Final = re.compile(r"<script\b.*?</script>|<!--.*?-->|<[^>]*>|[^<]+", re.DOTALL)
_SHOWN: Final = re.compile(r'(?<=\s)(alt|title|placeholder|label|aria-label|aria-valuetext)="([^"]*)"')
_HAN: Final = re.compile(r"[\u4e00-\u9fff]")
_DOCUMENT_NUMBER: Final = r"[\u4e00-\u9fff]{1,12}〔\d{4}〕\d+号"
"""Document numbers (发文字号) are names: whoever looks one up must find it as it was given."""


def traditional(html: str, exceptions: tuple[str, ...]) -> str:
    """Return a page whose visible text is in traditional characters.

    Args:
        exceptions: Words that stay as they are, or ``word=what to write``.
    """

    def piece(match: re.Match[str]) -> str:
        text = match[0]
        if text.startswith(("<script", "<!--")) or not _HAN.search(text):
            return text
        if text.startswith("<"):
            return _SHOWN.sub(lambda found: f'{found[1]}="{converted(found[2], exceptions)}"', text)
        return converted(text, exceptions)

    return _PIECE.sub(piece, html)


@lru_cache(maxsize=20_000)
def converted(text: str, exceptions: tuple[str, ...]) -> str:
    """Return a text in traditional characters; rows and labels recur on thousands of pages."""
    pattern, written = _kept(exceptions)
    out: list[str] = []
    end = 0
    for match in pattern.finditer(text):
        out.append(_convert(text[end : match.start()]))
        out.append(written.get(match[0], match[0]))
        end = match.end()
    out.append(_convert(text[end:]))
    return "".join(out)


def _convert(text: str) -> str:
    return str(_opencc().convert(text)) if text else ""


@lru_cache(maxsize=1)
def _opencc() -> Any:
    """Return the converter, to the forms of the characters used in Taiwan, without exchanging words."""
    # Its tables take 0.2 s, and most projects have no such edition.
    from opencc import OpenCC  # type: ignore[import-untyped]

    return OpenCC("s2tw")


@lru_cache(maxsize=8)
def _kept(exceptions: tuple[str, ...]) -> tuple[re.Pattern[str], dict[str, str]]:
    pairs = [entry.replace("＝", "=").partition("=") for entry in exceptions]
    written = {word.strip(): (instead or word).strip() for word, _, instead in pairs if word.strip()}
    words = [re.escape(word) for word in sorted(written, key=len, reverse=True)]
    return re.compile("|".join([*words, _DOCUMENT_NUMBER])), written
