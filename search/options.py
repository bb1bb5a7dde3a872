"""What the index should know of a site besides its documents."""

from __future__ import annotations

from typing import Any, Final, Literal

import msgspec

LUNR_NOTICE: Final = "lunr.LICENSE.txt"
"""Stands in the search folders that lunr.js answers for."""


class Options(msgspec.Struct, frozen=True):
    """Settings of one index.

    Attributes:
        hotline: Telephone number proposed when nothing is found.
        catalogue_url: Page to browse instead, relative to the site's root.
        synonyms: Groups of words that mean the same, the official one first.
        hot_words: Offered first in suggestions and when nothing is found.
        favoured_kinds: Kind keys that rank a little higher, e.g. ``question``, ``service``.
        lessons: Questions with official answers to learn lay words from, besides the site's own 问答.
        layout: ``files``: one file per shard and text, for http. ``packed``: scripts only, about a twentieth as
            many files, also for ``file://``. ``both``.
        workers: Processes; does not change the files. The caller's main module must be importable.
    """

    hotline: str = "12345"
    catalogue_url: str = ""
    synonyms: tuple[tuple[str, ...], ...] = ()
    hot_words: tuple[str, ...] = ()
    favoured_kinds: tuple[str, ...] = ()
    lessons: tuple[tuple[str, str], ...] = ()
    layout: Literal["files", "packed", "both"] = "files"
    workers: int = 1


def settings_of(options: Options) -> dict[str, Any]:
    """Return what the manifest tells the page."""
    return {
        "hotline": options.hotline,
        "catalogue": options.catalogue_url,
        "synonyms": [list(group) for group in options.synonyms],
        "hot": list(options.hot_words),
        "favoured": list(options.favoured_kinds),
    }
