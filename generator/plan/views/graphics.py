"""Infographics (图解): cover and blocks, for pages and for the long picture."""

from __future__ import annotations

from generator.plan.views.parts import View


class GraphicFigure(View, frozen=True):
    """A key figure; ``value`` is ready to show, ``share`` its part of the largest in per cent, -1 without bars."""

    name: str
    value: str
    unit: str
    prefix: str
    note: str
    share: int


class GraphicEntry(View, frozen=True):
    """A point, step or moment: ``mark`` is 一, 二 … or a date, ``aside`` a time limit."""

    name: str
    text: str
    mark: str = ""
    aside: str = ""


class GraphicRow(View, frozen=True):
    """A row of a comparison."""

    name: str
    cells: tuple[str, ...]


class GraphicBlock(View, frozen=True):
    """A block: ``form`` is figures, bars, points, steps, comparison, timeline or quotation.

    ``contrasted`` says that the last column of a comparison is what matters (以前, **现在**).
    """

    number: int
    form: str
    title: str
    text: str
    note: str
    figures: tuple[GraphicFigure, ...] = ()
    entries: tuple[GraphicEntry, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[GraphicRow, ...] = ()
    quotation: str = ""
    source: str = ""
    contrasted: bool = False


class GraphicView(View, frozen=True):
    """An infographic: ``opening`` is the block of figures that stands on the cover, if the design has one.

    ``picture_url`` is the long picture, empty where it is not drawn.
    """

    design: str
    title_parts: tuple[str, ...]
    lead: str
    facts: tuple[GraphicEntry, ...]
    opening: GraphicBlock | None
    blocks: tuple[GraphicBlock, ...]
    document: str
    issuer: str
    phone: str
    picture_url: str = ""


class PosterView(View, frozen=True):
    """The long picture of an infographic: ``art`` is the SVG of the cover, ``colours`` the theme's, by name."""

    graphic: GraphicView
    kind: str
    site_name: str
    address: str
    demonstration: str
    art: str
    colours: tuple[tuple[str, str], ...]


class ShareCard(View, frozen=True):
    """The picture shown where a page is shared: of one document, or of all pages of a kind or site."""

    title: str
    detail: str
    site_name: str
    demonstration: bool
    art: str
    colours: tuple[tuple[str, str], ...]
