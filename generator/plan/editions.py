"""Editions: the same library in other layouts, an axis of planning."""

from __future__ import annotations

from typing import Final

from msgspec import Struct


class Edition(Struct, frozen=True):
    """One layout of a site.

    Attributes:
        name: Told to templates and to style sheets.
        label: Shown where readers can change to it.
        folder: Below the site's folder, with a trailing slash unless empty; the first edition has none.
        is_searched: Whether it carries the search index; the others lead to the index of the first.
    """

    name: str
    label: str
    folder: str = ""
    is_searched: bool = False


PORTAL: Final = Edition("portal", "普通版", is_searched=True)

EDITIONS: Final[tuple[Edition, ...]] = (PORTAL,)
"""Every site is planned in each of these."""
