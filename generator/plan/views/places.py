"""Maps of places, drawn by the build from their coordinates."""

from __future__ import annotations

from generator.plan.views.parts import Link, TaggedView, View


class PlaceMark(View, frozen=True):
    """A mark: where it stands, what it is written with, and the true place that a line leads to where it had to give way.

    ``shape`` numbers the class of the place; ``outline`` is the path of its shape about the origin.
    """

    x: float
    y: float
    place_x: float
    place_y: float
    text: str
    shape: int
    outline: str
    label: str = ""
    anchor: str = "start"
    is_moved: bool = False
    is_current: bool = False


class GridLine(View, frozen=True):
    """A line of longitude or latitude with its figure."""

    at: float
    is_upright: bool
    figure: str


class PlaceEntry(View, frozen=True):
    """A line of the list beside a map, which says all that the map says."""

    mark: PlaceMark
    link: Link
    form: str
    position: str


class MapView(View, frozen=True):
    """A map; ``bar`` is the length of the scale bar."""

    slug: str
    title: str
    description: str
    width: int
    height: int
    grid: tuple[GridLine, ...]
    marks: tuple[PlaceMark, ...]
    bar: float
    bar_words: str
    entries: tuple[PlaceEntry, ...]


class PlacesBlock(TaggedView, frozen=True):
    """Maps with their lists."""

    slug: str
    title: str
    maps: tuple[MapView, ...]
    note: str
    form: str = "places"
