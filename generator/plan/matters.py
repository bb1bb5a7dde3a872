"""Blocks derived from a kind's declaration: nested fields become tables and facts, long texts paragraphs.

A kind whose page needs more adds its own maker to `extras`; it may begin with these blocks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any, Final

from generator.fields import Declared, holds_many, item_of, model_inside
from generator.kinds import KIND_BY_NAME, ContentKind, LifeCycle
from generator.kinds.base import Published
from generator.plan.cells import cell
from generator.plan.context import Context
from generator.plan.views import (
    Badge,
    Block,
    Cell,
    Fact,
    FactsBlock,
    MatterView,
    StagesBlock,
    StageView,
    TableBlock,
    TextBlock,
)
from generator.validate import Document

OWN: Final = frozenset({*Published.model_fields, "attachments"})
"""Fields that every document page shows by itself."""


def matter_view(context: Context, document: Document) -> MatterView:
    """Return state, next step and the blocks that the kind's declaration gives."""
    kind = KIND_BY_NAME[document.kind]
    blocks: list[Block] = []
    state, step = None, ""
    if kind.life_cycle:
        state, step = state_of(context, kind.life_cycle, document.data)
        blocks.append(stages_of(context, kind.life_cycle, document.data))
    return MatterView(state, step, (*blocks, *field_blocks(context, kind, document)))


def state_of(context: Context, life_cycle: LifeCycle, data: Mapping[str, Any]) -> tuple[Badge, str]:
    """Return the state on the build's day, and the sentence that says what happens next."""
    state = life_cycle.state_on(date.fromisoformat(context.today), data)
    return Badge(state.slug, state.label), life_cycle.step_of(state, data)


def stages_of(context: Context, life_cycle: LifeCycle, data: Mapping[str, Any]) -> StagesBlock:
    """Return the states in their order; those before the present one are past."""
    current = life_cycle.state_on(date.fromisoformat(context.today), data)
    states = life_cycle.states
    position = states.index(current)
    words = ("past", "current", "future")
    return StagesBlock(
        "jieduan",
        "办理阶段",
        tuple(
            StageView(state.label, words[(index >= position) + (index > position)])
            for index, state in enumerate(states)
        ),
    )


def field_blocks(
    context: Context, kind: ContentKind, document: Document, skip: frozenset[str] = frozenset()
) -> Iterator[Block]:
    """Yield a block for every field that neither the metadata table nor the page itself shows.

    Args:
        skip: Fields that the kind's own maker shows.
    """
    base = document.path.rpartition("/")[0]
    for name, label, model, many in _block_fields(kind.name):
        value = document.data.get(name)
        if name in skip or value in (None, "", []):
            continue
        slug = name.replace("_", "-")
        if model and many:
            yield table_block(context, kind, slug, label, name, model, value, base)
        elif model:
            row = _cells(context, kind, name, model, value, base)
            yield FactsBlock(slug, label, tuple(Fact(c.label, c.value, c.links) for c in row if c.value))
        elif name not in kind.relations:
            lines = value if isinstance(value, list) else str(value).split("\n")
            yield TextBlock(slug, label, tuple(str(line).strip() for line in lines if str(line).strip()))


@cache
def _block_fields(kind_name: str) -> tuple[tuple[str, str, type[Declared] | None, bool], ...]:
    return tuple(
        (name, declared.label, model_inside(info.annotation), holds_many(info.annotation))
        for name, declared, info in KIND_BY_NAME[kind_name].items
        if name not in OWN and not declared.table
    )


def table_block(
    context: Context,
    kind: ContentKind,
    slug: str,
    label: str,
    name: str,
    model: type[Declared],
    entries: list[dict[str, Any]],
    base: str,
) -> TableBlock:
    """Return a list of models as a table of those columns that any of them fills."""
    rows = [_cells(context, kind, name, model, entry, base) for entry in entries]
    filled = [index for index in range(len(rows[0])) if any(row[index].value for row in rows)]
    return TableBlock(
        slug,
        label,
        tuple(rows[0][index].label for index in filled),
        tuple(tuple(row[index] for index in filled) for row in rows),
    )


def _cells(
    context: Context, kind: ContentKind, field: str, model: type[Declared], entry: dict[str, Any], base: str
) -> tuple[Cell, ...]:
    cells = []
    for name, info in model.model_fields.items():
        value = entry.get(name, info.default if isinstance(info.default, str) else None)
        if not isinstance(value, dict):
            refers = f"{field}.{name}" in kind.relations
            cells.append(cell(context, item_of(info).label, name, value, refers, base))
    return tuple(cells)
