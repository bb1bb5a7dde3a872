"""Blocks: what matters of many kinds are shown by, whatever their fields."""

from __future__ import annotations

from generator.plan.views.parts import Badge, Fact, Link, TaggedView, View
from generator.plan.views.places import PlacesBlock


class Cell(View, frozen=True):
    """A cell of a table; the label is repeated for narrow screens. ``links`` replace the value where there are any."""

    label: str
    value: str
    links: tuple[Link, ...] = ()


class FactsBlock(TaggedView, frozen=True):
    """Labels and values."""

    slug: str
    title: str
    facts: tuple[Fact, ...]
    form: str = "facts"


class TextBlock(TaggedView, frozen=True):
    """Paragraphs."""

    slug: str
    title: str
    paragraphs: tuple[str, ...]
    form: str = "text"


class TableBlock(TaggedView, frozen=True):
    """A table; on narrow screens each row becomes a list of its cells."""

    slug: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    form: str = "table"


class GridCell(View, frozen=True):
    """A heading of a grid, over or beside several cells."""

    text: str
    rows: int = 1
    columns: int = 1


class GridRow(View, frozen=True):
    """A row of a grid: its headings, then its figures."""

    heads: tuple[GridCell, ...]
    cells: tuple[str, ...]


class GridBlock(TaggedView, frozen=True):
    """An official table whose headings span rows and columns; it keeps its form and scrolls on narrow screens.

    ``level`` 1 stands under the block before it.
    """

    slug: str
    title: str
    head: tuple[GridRow, ...]
    rows: tuple[GridRow, ...]
    level: int = 0
    form: str = "grid"


class StageEntry(View, frozen=True):
    """Something that happened in a stage; ``date`` may be empty."""

    date: str
    title: str
    url: str = ""
    note: str = ""


class StageView(View, frozen=True):
    """One stage: ``state`` is past, current or future; ``text`` says what is missing or comes next."""

    name: str
    state: str
    text: str = ""
    entries: tuple[StageEntry, ...] = ()


class StagesBlock(TaggedView, frozen=True):
    """The stages of a life cycle in their order, with what happened in each."""

    slug: str
    title: str
    stages: tuple[StageView, ...]
    form: str = "stages"


class MeterView(View, frozen=True):
    """How far something has come; ``words`` say the same (已完成 420 户，占 42%)."""

    name: str
    value: float
    maximum: float
    words: str
    note: str = ""
    badge: Badge | None = None


class MetersBlock(TaggedView, frozen=True):
    """Progress bars."""

    slug: str
    title: str
    meters: tuple[MeterView, ...]
    form: str = "meters"


class CardView(View, frozen=True):
    """A link with a few lines and a badge."""

    title: str
    url: str
    lines: tuple[str, ...] = ()
    badge: Badge | None = None


class CardsBlock(TaggedView, frozen=True):
    """Cards side by side, one column on a phone."""

    slug: str
    title: str
    cards: tuple[CardView, ...]
    form: str = "cards"


class LinksBlock(TaggedView, frozen=True):
    """A plain list of links with notes."""

    slug: str
    title: str
    links: tuple[Link, ...]
    form: str = "links"


class CodeBlock(TaggedView, frozen=True):
    """Lines to be copied as they are."""

    slug: str
    title: str
    code: str
    form: str = "code"


Block = (
    FactsBlock
    | TextBlock
    | TableBlock
    | StagesBlock
    | MetersBlock
    | CardsBlock
    | LinksBlock
    | GridBlock
    | PlacesBlock
    | CodeBlock
)


class MatterView(TaggedView, frozen=True):
    """What kinds add that are shown by blocks: the state by date, what happens next, the blocks."""

    state: Badge | None
    step: str
    blocks: tuple[Block, ...]
