"""File names of imported documents: ASCII, stable, unique, fit for every file system."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from generator.fields import DocumentNumber, FormatError

LONGEST: Final = 60
_LONGEST_TITLE: Final = 24
_RESERVED: Final = re.compile(r"con|prn|aux|nul|com\d|lpt\d|index")


class Slugs:
    """Hands out slugs, each once."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def claim(self, identifier: str = "", document_number: str = "", title: str = "") -> str:
        """Return a free slug from the first of the three that gives one.

        The same arguments in the same order of calls give the same slug, so a second import of the same
        sources names the same files.
        """
        base = _ascii(identifier) or _of_number(document_number) or initials(title)[:_LONGEST_TITLE] or "wj"
        base = base[:LONGEST].strip("-")
        if _RESERVED.fullmatch(base):
            base = f"wj-{base}"
        slug, count = base, 1
        while slug in self._taken:
            count += 1
            slug = f"{base}-{count}"
        self._taken.add(slug)
        return slug


def _ascii(text: str) -> str:
    """Turn an identifier into a slug; one with Chinese letters gives none, since half a name misleads."""
    if not text.isascii():
        return ""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def _of_number(text: str) -> str:
    """Turn 国办发〔2019〕5号 into ``gbf-2019-5`` and 国务院令第256号 into ``gwyl-256``."""
    try:
        number = DocumentNumber.parse(text)
    except FormatError:
        return ""
    letters = initials(number.agency + number.form)
    return "-".join(part for part in (letters, str(number.year or ""), str(number.serial)) if part)


@cache
def initials(text: str) -> str:
    """Return the pinyin initials of Chinese letters, and other ASCII letters and digits as they are."""
    # Loading the dictionaries takes longer than a small import; records with an id never need them.
    from pypinyin import Style, lazy_pinyin

    letters = "".join(lazy_pinyin(text, style=Style.FIRST_LETTER, errors=lambda rest: rest))
    return re.sub(r"[^a-z0-9]+", "", letters.lower())
