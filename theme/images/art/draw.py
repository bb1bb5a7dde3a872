"""Draw the line art of the theme: ``python theme/images/art/draw.py`` rewrites the SVG files beside it.

Only straight lines, circular and quadratic arcs (VISUAL, 6). Shapes that hide others are filled with the
ground colour; colours come from classes, so that themes apply. Same seed, same bytes.
"""

from __future__ import annotations

import math
import random
import re
from pathlib import Path

STEP_WIDTH = 21
STEP_HEIGHT = 12


def number(value: float) -> str:
    """A coordinate with one decimal at most."""
    return f"{value:.1f}".rstrip("0").rstrip(".").replace("-0.", "-.").removeprefix("0") or "0"


def path(name: str, data: str) -> str:
    return f'<path class="{name}" d="{data}"/>'


def picture(width: int, height: int, parts: list[str]) -> str:
    """Return one SVG."""
    body = "".join(parts)
    return f'<svg class="art" viewBox="0 0 {width} {height}" width="{width}" height="{height}">{body}</svg>\n'


def merged(parts: list[str]) -> list[str]:
    """Return one path for each class, in whole numbers: the picture in every page's footer must be small."""
    drawn: dict[str, str] = {}
    for part in parts:
        name, data = re.findall(r'"([^"]*)"', part)
        drawn[name] = drawn.get(name, "") + re.sub(
            r"-?\d*\.\d+", lambda match: f" {float(match[0]):.0f}", data
        )
    return [path(name, re.sub(r"(?<=[A-Za-z]) +| +(?= )", "", data)) for name, data in drawn.items()]


def bridge(
    x: float, base: float, radius: float, steps: int, scale: float = 1, detail: bool = True
) -> list[str]:
    """A stone arch bridge: two arcs, voussoirs, a stepped deck and a straight parapet with posts."""
    wide, high = STEP_WIDTH * scale, STEP_HEIGHT * scale
    flat = 2 * wide
    top = base - steps * high
    outer = radius * 1.2
    foot = flat + steps * wide
    rail = 26 * scale
    stairs = f"M{number(x - foot)} {number(base)}" + f"v-{number(high)}h{number(wide)}" * steps
    stairs += f"h{number(2 * flat)}" + f"h{number(wide)}v{number(high)}" * steps
    ground = (
        stairs
        + f"H{number(x + radius)}A{number(radius)} {number(radius)} 0 0 0 {number(x - radius)} {number(base)}z"
    )
    parapet = (
        f"M{number(x - foot)} {number(base - rail)}L{number(x - flat)} {number(top - rail)}"
        f"h{number(2 * flat)}L{number(x + foot)} {number(base - rail)}"
    )
    posts = ""
    for index in range(0, steps + 1, 2):
        fall = index * high
        for side in (-1, 1):
            place = x + side * (flat + index * wide)
            posts += f"M{number(place)} {number(top + fall)}v-{number(rail)}"
    arcs = "".join(
        f"M{number(x - size)} {number(base)}a{number(size)} {number(size)} 0 0 1 {number(2 * size)} 0"
        for size in (radius, outer)
    )
    stones = "".join(
        f"M{number(x - radius * math.cos(angle))} {number(base - radius * math.sin(angle))}"
        f"L{number(x - outer * math.cos(angle))} {number(base - outer * math.sin(angle))}"
        for angle in (math.radians(degree) for degree in range(12, 180, 12))
    )
    parts = [path("art__ground", ground), path("art__line", stairs + arcs)]
    parts.append(path("art__fine", parapet + posts + (stones if detail else "")))
    return parts


def reflection(x: float, base: float, radius: float, rows: int, seed: int) -> str:
    """Broken horizontals between the mirrored arcs."""
    chance = random.Random(seed)
    data = ""
    gap, depth = 8.0, 0.0
    for _ in range(rows):
        depth += gap
        gap *= 1.12
        if depth >= radius * 1.2:
            break
        outer = math.sqrt((radius * 1.2) ** 2 - depth**2)
        inner = math.sqrt(max(radius**2 - depth**2, 0))
        for side in (-1, 1):
            start = x + side * (inner + chance.uniform(0, 3))
            data += f"M{number(start)} {number(base + depth)}h{number(side * max(outer - inner, 6))}"
    return path("art__fine", data)


def boat(x: float, y: float, scale: float = 1) -> list[str]:
    """A black-awning boat (乌篷船): one crescent, three awnings with ribs, a boatman and one oar."""

    def at(dx: float, dy: float) -> str:
        return f"{number(x + dx * scale)} {number(y + dy * scale)}"

    hull = f"M{at(-112, -8)}Q{at(-92, 12)} {at(-52, 14)}L{at(58, 14)}Q{at(100, 12)} {at(122, -14)}Q{at(92, -1)} {at(52, 0)}L{at(-56, 0)}Q{at(-90, 0)} {at(-112, -8)}z"
    awnings, ribs = "", ""
    for left, right, rise in ((-62, -14, 25), (14, 58, 24), (-24, 26, 34)):
        middle = (left + right) / 2
        awnings += (
            f"M{at(left, 0)}Q{at(left + 2, -rise)} {at(middle, -rise)}Q{at(right - 2, -rise)} {at(right, 0)}z"
        )
        ribs += f"M{at(middle, -rise)}V{number(y)}"
        for offset in (-12, 12):
            ribs += f"M{at(middle + offset, -rise + 3)}V{number(y)}"
    man = f"M{at(72, 0)}L{at(76, -30)}h{number(9 * scale)}L{at(90, -1)}z"
    hat = f"M{at(68, -32)}L{at(80, -41)}L{at(92, -32)}z"
    oar = f"M{at(86, -22)}L{at(146, 26)}"
    return [
        path("art__line", oar),
        path("art__dark", awnings),
        path("art__fine", ribs),
        path("art__dark", hull),
        path("art__body", man + hat),
    ]


def house(x: float, base: float, width: float, height: float, lit: int = 0) -> list[str]:
    """Two walls under a three-step gable (马头墙) with two windows; ``lit`` is the one with light, if any."""
    top = base - height
    gable = (
        f"M{number(x - 8)} {number(top + 20)}h{number(width * 0.2)}v-10h{number(width * 0.18)}v-10"
        f"h{number(width * 0.24 + 16)}v10h{number(width * 0.18)}v10h{number(width * 0.2)}"
    )
    eaves = (
        f"M{number(x - 8)} {number(top + 20)}v-4M{number(x + width + 8)} {number(top + 20)}v-4"
        f"M{number(x + width * 0.38 - 8)} {number(top)}v-4h{number(width * 0.24 + 16)}v4"
    )
    walls = f"M{number(x)} {number(base)}V{number(top + 20)}M{number(x + width)} {number(base)}V{number(top + 20)}"
    ground = f"M{number(x)} {number(base)}V{number(top + 20)}H{number(x + width)}V{number(base)}z"
    size = min(18, width * 0.16)
    eye = top + min(42, height * 0.55)
    places = (x + width * 0.3 - size / 2, x + width * 0.7 - size / 2)
    windows = "".join(
        f"M{number(place)} {number(eye)}h{number(size)}v{number(size * 1.2)}h-{number(size)}z"
        for index, place in enumerate(places, 1)
        if index != lit
    )
    parts = [
        path("art__ground", ground),
        path("art__line", gable + walls),
        path("art__fine", eaves + windows),
    ]
    if lit:
        place = places[lit - 1]
        parts.append(
            path(
                "art__sun",
                f"M{number(place)} {number(eye)}h{number(size)}v{number(size * 1.2)}h-{number(size)}z",
            )
        )
    return parts


def water(left: float, right: float, top: float, bottom: float, seed: int, amount: float = 1) -> str:
    """Seeded random dashes, in rows that widen downwards."""
    chance = random.Random(seed)
    data = ""
    gap, row = 9.0, top + 9.0
    while row < bottom:
        for _ in range(max(1, round((right - left) / 260 * amount))):
            length = chance.uniform(14, 30 + gap * 4)
            data += f"M{chance.randint(round(left), round(right - length))} {number(row)}h{number(length)}"
        gap *= 1.12
        row += gap
    return path("art__fine", data)


def sun(x: float, y: float, radius: float) -> str:
    return f'<circle class="art__sun" cx="{number(x)}" cy="{number(y)}" r="{number(radius)}"/>'


def glitter(x: float, top: float, width: float, rows: int, seed: int) -> str:
    """The sun in the water: dashes that grow shorter."""
    chance = random.Random(seed)
    data = ""
    gap, row, length = 9.0, top + 7, width
    for _ in range(rows):
        shift = chance.uniform(-6, 6)
        data += f"M{number(x + shift - length / 2)} {number(row)}h{number(length)}"
        row += gap
        gap *= 1.05
        length *= 0.82
    return path("art__glitter", data)


def horizon(left: float, right: float, y: float) -> str:
    return path("art__line", f"M{number(left)} {number(y)}H{number(right)}")


LINE = 352
"""Height of the horizon in the picture of the home page, in which everything stands on it."""


def pictures() -> dict[str, str]:
    """Return every picture by name."""
    crests = "".join(f"M0 {height}" + "q32 -14 64 0t64 0" * 9 for height in (46, 54))
    return {
        "hero": picture(1440, 480, _hero()),
        "plate": picture(900, 190, _plate()),
        "houses": picture(380, 216, _houses()),
        "boat": picture(380, 216, _boat()),
        "bridge": picture(380, 216, _bridge()),
        "town": picture(1200, 84, _town()),
        "wave": picture(1136, 64, [path("art__wave", crests), *boat(420, 38, 0.6)]),
    }


def _hero() -> list[str]:
    return [
        sun(1156, 222, 66),
        *house(1262, LINE, 92, 98),
        *house(1382, LINE, 112, 124),
        *house(1516, LINE, 104, 90),
        *bridge(1036, LINE, 84, 10),
        horizon(-2000, 3440, LINE),
        reflection(1036, LINE, 84, 7, 3),
        glitter(1156, LINE + 8, 116, 8, 5),
        water(-400, 700, LINE + 24, 470, 11, 0.7),
        water(900, 1800, LINE + 40, 470, 12, 0.6),
        *boat(770, 392),
    ]


def _plate() -> list[str]:
    return [
        sun(530, 150, 46),
        *house(640, 150, 96, 104),
        *house(752, 150, 104, 90),
        *bridge(290, 150, 62, 7),
        path("art__ground", "M452 151h156v46h-156z"),
        horizon(-600, 1500, 150),
        reflection(290, 150, 62, 3, 2),
        water(-300, 1200, 152, 190, 7, 0.7),
    ]


def _houses() -> list[str]:
    return [
        *house(30, 168, 92, 116),
        *house(252, 168, 100, 122),
        *house(138, 168, 112, 98, lit=2),
        *house(-76, 168, 92, 96),
        *house(366, 168, 92, 90),
        horizon(0, 380, 168),
        water(0, 380, 170, 214, 21),
    ]


def _boat() -> list[str]:
    hills = "M-10 112Q40 84 92 104Q140 74 200 104Q252 80 300 102Q350 82 392 108"
    return [
        path("art__fine", hills),
        horizon(0, 380, 124),
        water(0, 380, 126, 210, 33, 1.2),
        *boat(186, 152),
    ]


def _bridge() -> list[str]:
    return [
        *bridge(190, 172, 76, 8),
        horizon(0, 380, 172),
        reflection(190, 172, 76, 4, 9),
        water(0, 380, 176, 212, 41, 0.8),
    ]


def _town() -> list[str]:
    """Outlines only: nothing lies behind them, and every page carries this picture."""
    buildings = (
        house(476, 84, 62, 50),
        bridge(700, 84, 42, 7, 2 / 3, detail=False),
        house(924, 84, 66, 56),
        house(1096, 84, 74, 66),
    )
    outlines = [part for parts in buildings for part in parts if "art__line" in part]
    return merged([*outlines, *(part for part in boat(300, 76, 0.5) if "art__fine" not in part)])


if __name__ == "__main__":
    for name, text in pictures().items():
        Path(__file__).with_name(f"{name}.svg").write_text(text, encoding="utf-8")
