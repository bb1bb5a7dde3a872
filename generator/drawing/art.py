"""The theme's line art (SVG of straight lines, arcs and quadratic curves) as a transparent picture."""

from __future__ import annotations

import math
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator, Mapping
from typing import Final

from PIL import Image, ImageDraw

Point = tuple[float, float]
Outline = list[Point]

LARGE: Final = 3
"""Drawn so many times larger and made small again, for smooth lines."""

_COMMAND: Final = re.compile(r"([MmLlHhVvAaQqTtZz])([^MmLlHhVvAaQqTtZz]*)")
_NUMBER: Final = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?")
_COUNT: Final = {"M": 2, "L": 2, "H": 1, "V": 1, "A": 7, "Q": 4, "T": 2}
_STEPS: Final = 24


def art_picture(svg: str, colours: Mapping[str, str], ground: str, line: str, scale: float) -> Image.Image:
    """Draw the shapes of a piece of line art.

    Args:
        colours: Of the theme, by name.
        ground: Name of the colour that hides what is behind a shape.
        line: Name of the colour of lines.
        scale: Pixels for each unit of the drawing.
    """
    root = ElementTree.fromstring(svg)
    left, top, width, height = map(float, root.attrib["viewBox"].split())
    factor = scale * LARGE
    size = (round(width * factor), round(height * factor))
    # Pillow blends a transparent black into soft edges; the line's own colour without opacity does not show.
    image = Image.new("RGBA", size, (*_rgb(colours[line]), 0))
    draw = ImageDraw.Draw(image)
    paint = {
        "art__line": ("", line, 1.4),
        "art__fine": ("", line, 0.9),
        "art__wave": ("", line, 1.4),
        "art__ground": (ground, "", 0.0),
        "art__body": (ground, line, 1.4),
        "art__dark": ("boat", line, 1.4),
        "art__sun": ("sun", "", 0.0),
        "art__glitter": ("", "sun", 2.4),
    }
    for node in root:
        fill, stroke, thick = paint.get(node.get("class", ""), ("", line, 1.4))
        for outline in _outlines(node):
            points = [((x - left) * factor, (y - top) * factor) for x, y in outline]
            if fill and len(points) > 2:
                draw.polygon(points, fill=(*_rgb(colours[fill]), 255))
            if stroke and len(points) > 1:
                draw.line(
                    points,
                    fill=(*_rgb(colours[stroke]), 255),
                    width=max(round(thick * factor), 1),
                    joint="curve",
                )
    return image.resize((size[0] // LARGE, size[1] // LARGE), Image.Resampling.LANCZOS)


def _rgb(colour: str) -> tuple[int, int, int]:
    digits = colour.lstrip("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)


def _outlines(node: ElementTree.Element) -> Iterator[Outline]:
    if node.tag.endswith("circle"):
        x, y, radius = (float(node.attrib[name]) for name in ("cx", "cy", "r"))
        yield [
            (x + radius * math.cos(step * math.tau / 96), y + radius * math.sin(step * math.tau / 96))
            for step in range(97)
        ]
    elif node.tag.endswith("path"):
        yield from _path(node.attrib["d"])


def _path(data: str) -> Iterator[Outline]:
    outline: Outline = []
    here: Point = (0.0, 0.0)
    control: Point | None = None
    for command, rest in _COMMAND.findall(data):
        if command in "Zz":
            if outline:
                outline.append(outline[0])
                here = outline[0]
            continue
        numbers = [float(number) for number in _NUMBER.findall(rest)]
        kind = command.upper()
        for start in range(0, len(numbers), _COUNT[kind]):
            values = numbers[start : start + _COUNT[kind]]
            base = here if command.islower() else (0.0, 0.0)
            if kind == "M" and not start:
                if len(outline) > 1:
                    yield outline
                here = (base[0] + values[0], base[1] + values[1])
                outline = [here]
                continue
            points, control = _drawn(kind, values, here, base, control)
            outline.extend(points)
            here = points[-1]
    if len(outline) > 1:
        yield outline


def _drawn(
    kind: str, values: list[float], here: Point, base: Point, control: Point | None
) -> tuple[list[Point], Point | None]:
    """Return the points of one segment and the control point that a following T mirrors."""
    if kind == "H":
        return [(base[0] + values[0], here[1])], None
    if kind == "V":
        return [(here[0], base[1] + values[0])], None
    end = (base[0] + values[-2], base[1] + values[-1])
    if kind == "A":
        return _arc(here, values[0], bool(values[3]), bool(values[4]), end), None
    if kind in "QT":
        if kind == "Q":
            middle = (base[0] + values[0], base[1] + values[1])
        else:
            middle = (2 * here[0] - control[0], 2 * here[1] - control[1]) if control else here
        return [_between(here, middle, end, step / _STEPS) for step in range(1, _STEPS + 1)], middle
    return [end], None


def _between(start: Point, middle: Point, end: Point, part: float) -> Point:
    rest = 1 - part
    x, y = (
        rest * rest * start[axis] + 2 * rest * part * middle[axis] + part * part * end[axis]
        for axis in (0, 1)
    )
    return x, y


def _arc(start: Point, radius: float, large: bool, sweep: bool, end: Point) -> list[Point]:
    """Return the points of a circular arc (the endpoint form of SVG 1.1, F.6.5, for circles)."""
    half = ((start[0] - end[0]) / 2, (start[1] - end[1]) / 2)
    distance = math.hypot(*half)
    if not distance:
        return [end]
    radius = max(radius, distance)
    factor = math.sqrt(max(radius * radius / (distance * distance) - 1, 0)) * (-1 if large == sweep else 1)
    centre = (
        (start[0] + end[0]) / 2 + factor * half[1],
        (start[1] + end[1]) / 2 - factor * half[0],
    )
    first = math.atan2(start[1] - centre[1], start[0] - centre[0])
    last = math.atan2(end[1] - centre[1], end[0] - centre[0])
    turn = (last - first) % math.tau if sweep else -((first - last) % math.tau)
    steps = max(_STEPS, round(abs(turn) / math.tau * 96))
    return [
        (
            centre[0] + radius * math.cos(first + turn * step / steps),
            centre[1] + radius * math.sin(first + turn * step / steps),
        )
        for step in range(1, steps + 1)
    ]
