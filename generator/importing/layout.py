"""Tables as sources have them: which are data, and which only place text on the page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec

from generator.importing.documents import Block, Cell, Paragraph, Picture, Table

LONG_CELL: Final = 400
"""A cell with more characters than this, in several paragraphs, holds running text rather than data."""


class SourceCell(msgspec.Struct, frozen=True):
    """A cell before it is known what its table is for."""

    blocks: tuple[Block, ...]
    columns: int = 1
    rows: int = 1
    header: bool = False


def settle(rows: Sequence[Sequence[SourceCell]]) -> list[Block]:
    """Return a data table as one block, or the content of a layout table as many."""
    rows = [row for row in rows if row]
    cells = [cell for row in rows for cell in row]
    if not any(cell.blocks for cell in cells):
        return []
    if _is_layout(rows):
        return [block for cell in cells for block in cell.blocks]
    return [Table(tuple(tuple(_data(cell) for cell in row) for row in rows))]


def _is_layout(rows: Sequence[Sequence[SourceCell]]) -> bool:
    cells = [cell for row in rows for cell in row]
    if all(sum(bool(cell.blocks) for cell in row) <= 1 for row in rows):
        return True
    if any(isinstance(block, Table | Picture) for cell in cells for block in cell.blocks):
        return True
    return any(_is_running_text(cell) for cell in cells)


def _is_running_text(cell: SourceCell) -> bool:
    texts = [block.text for block in cell.blocks if isinstance(block, Paragraph)]
    return len(texts) > 3 and sum(map(len, texts)) > LONG_CELL


def _data(cell: SourceCell) -> Cell:
    lines = tuple(block.text for block in cell.blocks if isinstance(block, Paragraph))
    return Cell(lines, cell.columns, cell.rows, cell.header)
