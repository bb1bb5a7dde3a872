"""Top-level pieces of a body between parsing and the recognition of structure."""

from __future__ import annotations

import msgspec


class Titled(msgspec.Struct, frozen=True):
    """A heading as written: its level before any correction, and an explicit id or an empty string."""

    level: int
    html: str
    anchor: str = ""


class Other(msgspec.Struct, frozen=True):
    """A finished block that is neither a paragraph nor a heading: a list, table, figure, callout."""

    html: str
    anchors: tuple[str, ...] = ()
    closes: bool = False
    """Ends the 条 it follows (the footnotes at the end of a body do)."""


class Blocks(msgspec.Struct):
    """All blocks of a body in order.

    Attributes:
        html: For a paragraph its inner HTML, for a plain heading its Markdown (``## 总则``), for any
            other block an empty string.
        texts: The visible text of each; the same list as `html` where no block has markup.
        special: Headings with inner markup and other blocks, by index.
    """

    html: list[str]
    texts: list[str]
    special: dict[int, Titled | Other]
