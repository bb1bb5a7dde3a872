"""Finished pages rewritten for an edition: where their links lead."""

from __future__ import annotations

import re
from functools import partial
from typing import Final

from generator.markup import ROOT_MARK
from generator.paths import relative_root
from generator.plan.views import Frame

_LINK: Final = re.compile(ROOT_MARK + r"([^\"'#?\s<>]*)")


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
