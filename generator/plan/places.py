"""Maps of tables whose rows have coordinates: a grid, marks by class, and a list that says the same (domain/05, S-91).

No map service is asked: roads and rivers are not drawn, and the page says so.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from typing import Final
from urllib.parse import quote

from msgspec import Struct

from generator.kinds import RecordKind
from generator.plan.cells import shown
from generator.plan.context import Context, label_members
from generator.plan.views import (
    GridLine,
    Link,
    LinksBlock,
    MapView,
    PlaceEntry,
    PlaceMark,
    PlacesBlock,
)
from generator.validate import RecordItem

WIDTH: Final = 360
"""Units of a drawing, about the pixels of a telephone."""

_EDGE: Final = 40.0
_MARK: Final = 11.0
_APART: Final = 27.0
_LEAST_SPAN: Final = 0.004
"""Degrees that a map shows at least, about 400 m."""
_ROUNDS: Final = 300
_METRES: Final = 111_320
"""In a degree of latitude."""

NOTE: Final = "只按经纬度画出相对位置，上北下南，没有画道路；走法见每个点位的页面。标记挨得太近时移开一些，细线连着真实位置。"


class Spot(Struct, frozen=True):
    """Something to draw at a place."""

    longitude: float
    latitude: float
    text: str
    shape: int
    label: str = ""
    is_current: bool = False


def placed(kind: RecordKind, rows: Sequence[RecordItem]) -> list[RecordItem]:
    """Return the rows that have a position."""
    return [row for row in rows if kind.position and row.data.get(kind.position[0]) is not None]


def maps_of(
    context: Context, kind: RecordKind, folder: str, rows: Sequence[RecordItem]
) -> Iterator[PlacesBlock]:
    """Yield the maps of rows: one of the groups where there are several, and one of each group."""
    groups: dict[str, list[tuple[int, RecordItem]]] = {}
    for number, row in enumerate(placed(kind, rows), 1):
        groups.setdefault(shown(kind.group, row.data.get(kind.group, "")), []).append((number, row))
    if not groups:
        return
    drawn = [_overview(kind, groups)] if len(groups) > 1 else []
    for order, (name, members) in enumerate(groups.items(), 1):
        drawn.append(_group_map(kind, folder, f"ditu-{order}", name, members))
    yield PlacesBlock("ditu", "位置图", tuple(drawn), NOTE)


def map_of_row(context: Context, kind: RecordKind, folder: str, row: RecordItem) -> Iterator[PlacesBlock]:
    """Yield the map of a row among those of its group."""
    rows = [
        other
        for other in placed(kind, context.library.records[kind.name])
        if not kind.group or other.data.get(kind.group) == row.data.get(kind.group)
    ]
    if row in rows:
        name = shown(kind.group, row.data.get(kind.group, ""))
        members = list(enumerate(rows, 1))
        yield PlacesBlock("ditu", "位置图", (_group_map(kind, folder, "ditu-1", name, members, row),), NOTE)


def ways_to(context: Context, kind: RecordKind, row: RecordItem) -> Iterator[LinksBlock]:
    """Yield links that open a map program of the reader's own at a place."""
    if not placed(kind, [row]):
        return
    longitude, latitude = _position(kind, row)
    values = {
        "经度": _degrees(longitude),
        "纬度": _degrees(latitude),
        "名称": quote(str(row.data[kind.title]), safe=""),
        "地址": quote(str(row.data.get(kind.address) or row.data[kind.title]), safe=""),
    }
    links = [Link(f"geo:{values['纬度']},{values['经度']}", "用手机里的地图打开", "手机装有地图时可用")]
    for service in context.settings.map_links:
        links.append(Link(service.filled(values), service.name, "打开外部网站，把这个点位的位置告诉它"))
    yield LinksBlock("daohang", "导航", tuple(links))


def _degrees(value: float) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".")


def _position(kind: RecordKind, row: RecordItem) -> tuple[float, float]:
    return float(row.data[kind.position[0]]), float(row.data[kind.position[1]])


# --- the maps --------------------------------------------------------------------------------------


def _overview(kind: RecordKind, groups: dict[str, list[tuple[int, RecordItem]]]) -> MapView:
    spots, links = [], []
    for order, (name, members) in enumerate(groups.items(), 1):
        positions = [_position(kind, row) for _, row in members]
        middle = [sum(values) / len(values) for values in zip(*positions, strict=True)]
        short = name.removesuffix("办事处").removesuffix("人民政府")
        spots.append(Spot(middle[0], middle[1], str(len(members)), 0, short))
        links.append((Link(f"#ditu-{order}", name), f"{len(members)} 个点位"))
    words = "；".join(f"{link.text}{count}" for link, count in links)
    return _drawn("ditu-0", "各街道（区县）的位置", f"圆圈里的数字是点位个数：{words}。", spots, links)


def _group_map(
    kind: RecordKind,
    folder: str,
    slug: str,
    name: str,
    members: Sequence[tuple[int, RecordItem]],
    current: RecordItem | None = None,
) -> MapView:
    classes = label_members(kind, kind.mark) if kind.mark else {}
    spots, links = [], []
    for number, row in members:
        form = str(row.data.get(kind.mark) or "") if kind.mark else ""
        shape = classes[form][0] if form in classes else 0
        spots.append(Spot(*_position(kind, row), str(number), shape, "", row is current))
        url = f"{folder}{row.data[kind.key]}.html" if kind.detail and row is not current else ""
        links.append((Link(url, str(row.data[kind.title]), "", -1, row is current), form))
    words = "；".join(
        f"{number} {row.data[kind.title]}" for number, row in members if current is None or row is current
    )
    title = name or kind.label
    return _drawn(slug, title, f"{title}的{len(members)}个点位：{words}。", spots, links)


def _drawn(
    slug: str, title: str, description: str, spots: Sequence[Spot], links: Sequence[tuple[Link, str]]
) -> MapView:
    north = max(spot.latitude for spot in spots)
    south = min(spot.latitude for spot in spots)
    west = min(spot.longitude for spot in spots)
    east = max(spot.longitude for spot in spots)
    shrink = math.cos(math.radians((north + south) / 2))
    across = max((east - west) * shrink, _LEAST_SPAN)
    down = max(north - south, _LEAST_SPAN * 0.6)
    inner = WIDTH - 2 * _EDGE
    scale = min(inner / across, inner * 0.8 / down)
    height = round(min(max(down * scale, inner * 0.45), inner * 0.8) + 2 * _EDGE)
    middle = ((west + east) / 2, (north + south) / 2)

    def point(longitude: float, latitude: float) -> tuple[float, float]:
        x = WIDTH / 2 + (longitude - middle[0]) * shrink * scale
        return x, height / 2 - (latitude - middle[1]) * scale

    true = [point(spot.longitude, spot.latitude) for spot in spots]
    free = _apart(true, height)
    marks = tuple(_mark(spot, place, at) for spot, place, at in zip(spots, true, free, strict=True))
    entries = tuple(
        PlaceEntry(
            mark,
            link,
            form,
            f"东经{_degrees(spot.longitude)}°，北纬{_degrees(spot.latitude)}°" if not spot.label else "",
        )
        for mark, (link, form), spot in zip(marks, links, spots, strict=True)
    )
    bar, words = _bar(scale)
    grid = (
        *_grid(middle[0] - WIDTH / 2 / scale / shrink, middle[0] + WIDTH / 2 / scale / shrink, True, point),
        *_grid(middle[1] - height / 2 / scale, middle[1] + height / 2 / scale, False, point),
    )
    return MapView(slug, title, description, WIDTH, height, grid, marks, bar, words, entries)


def _mark(spot: Spot, place: tuple[float, float], at: tuple[float, float]) -> PlaceMark:
    left = at[0] > WIDTH * 0.62
    return PlaceMark(
        x=_tidy(at[0]),
        y=_tidy(at[1]),
        place_x=_tidy(place[0]),
        place_y=_tidy(place[1]),
        text=spot.text,
        shape=spot.shape,
        outline=_outline(spot.shape),
        label=spot.label,
        anchor="end" if left else "start",
        is_moved=math.hypot(at[0] - place[0], at[1] - place[1]) > 2,
        is_current=spot.is_current,
    )


def _tidy(value: float) -> float:
    return round(value, 1)


def _apart(points: Sequence[tuple[float, float]], height: int) -> list[tuple[float, float]]:
    """Return where to write marks that must not cover each other, each as near its place as that allows."""
    free = [list(point) for point in points]
    for _ in range(_ROUNDS):
        is_still = True
        for first in range(len(free)):
            for second in range(first + 1, len(free)):
                is_still &= not _pushed(free[first], free[second], first + second)
        for point in free:
            point[0] = min(max(point[0], _MARK + 3), WIDTH - _MARK - 3)
            point[1] = min(max(point[1], _MARK + 3), height - _MARK - 24)
        if is_still:
            break
    return [(x, y) for x, y in free]


def _pushed(one: list[float], other: list[float], turn: int) -> bool:
    """Push two marks apart if they touch; those at one place part in a direction of their own."""
    across, down = other[0] - one[0], other[1] - one[1]
    distance = math.hypot(across, down)
    if distance >= _APART - 0.05:
        return False
    if distance < 0.01:
        across, down, distance = math.cos(turn * 2.4), math.sin(turn * 2.4), 1.0
        push = _APART / 2
    else:
        push = (_APART - distance) / 2
    for point, sign in ((one, -1), (other, 1)):
        point[0] += sign * push * across / distance
        point[1] += sign * push * down / distance
    return True


_CORNERS: Final = (0, 4, 3, 6, 5, 8, -3)
"""Corners of the shapes of classes: a circle first, the last a triangle on its point."""


def _outline(shape: int) -> str:
    """Return the path of a class's shape about the origin."""
    corners = _CORNERS[shape % len(_CORNERS)]
    if not corners:
        return f"M{-_MARK:g} 0a{_MARK:g} {_MARK:g} 0 1 0 {2 * _MARK:g} 0a{_MARK:g} {_MARK:g} 0 1 0 {-2 * _MARK:g} 0z"
    radius = _MARK * {4: 1.3, 3: 1.6}.get(abs(corners), 1.12)
    start = math.pi / 4 if corners == 4 else math.pi / 2 if corners < 0 else -math.pi / 2
    turns = (start + 2 * math.pi * index / abs(corners) for index in range(abs(corners)))
    shift = {3: 2.5, -3: -2.5}.get(corners, 0.0)
    return (
        "M" + "L".join(f"{radius * math.cos(t):.1f} {radius * math.sin(t) + shift:.1f}" for t in turns) + "z"
    )


def _grid(
    low: float, high: float, is_upright: bool, point: Callable[[float, float], tuple[float, float]]
) -> Iterator[GridLine]:
    """Yield two to five lines at round degrees."""
    step = _round_step((high - low) / 3)
    for number in range(math.ceil(low / step), math.floor(high / step) + 1):
        value = round(number * step, 6)
        at = point(value, 0)[0] if is_upright else point(0, value)[1]
        yield GridLine(_tidy(at), is_upright, f"{_degrees(value)}°")


def _bar(scale: float) -> tuple[float, str]:
    """Return the length of the scale bar and how far that is."""
    metres = _round_step(WIDTH / 5 / scale * _METRES)
    words = f"{metres / 1000:g} 千米" if metres >= 1000 else f"{metres:g} 米"
    return _tidy(metres / _METRES * scale), words


def _round_step(rough: float) -> float:
    """Return the largest of 1, 2, 5 × 10ⁿ that is not above a number."""
    power = 10.0 ** math.floor(math.log10(rough))
    return max(power * factor for factor in (1, 2, 5) if power * factor <= rough * 1.0001)
