"""A sheet to draw on: colours by name, text that breaks as Chinese does."""

from __future__ import annotations

import re
from functools import lru_cache
from io import BytesIO
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from generator.drawing.fonts import Face, Fonts

_TOKEN: Final = re.compile(
    r"[0-9][0-9.,:—-]*(?:周岁|个月|工作日|平方米|万元|亿元|万户|[年月日号元个天岁户幢%％])*"
    r"|[A-Za-z][A-Za-z0-9./-]*|〔[0-9]+〕[0-9]+号|."
)
_NEVER_FIRST: Final = frozenset("，。、；：？！）》」』”’…—·%％〕")
_NEVER_LAST: Final = frozenset("（《「『“‘〔")


@lru_cache(maxsize=64)
def font_of(face: Face, size: int) -> ImageFont.FreeTypeFont:
    """Return a face at a size; laid out simply, so that no library at hand changes the bytes."""
    return ImageFont.truetype(face.path, size, face.index, layout_engine=ImageFont.Layout.BASIC)


def broken(text: str, font: ImageFont.FreeTypeFont, width: float) -> list[str]:
    """Break a text into lines; numbers keep their units, and punctuation never begins a line."""
    lines: list[str] = []
    line = ""
    for piece in _pieces(text):
        if line and font.getlength(line + piece) > width:
            lines.append(line)
            line = ""
        line += piece
        while font.getlength(line) > width and len(line) > 1:  # one piece wider than the sheet
            cut = next(n for n in range(len(line) - 1, 0, -1) if n == 1 or font.getlength(line[:n]) <= width)
            lines.append(line[:cut])
            line = line[cut:]
    return [*lines, line] if line else lines


def balanced(text: str, font: ImageFont.FreeTypeFont, width: float) -> list[str]:
    """Break a title into as few lines as possible, about equally long."""
    lines = broken(text, font, width)
    narrow = width
    while len(lines) > 1 and narrow > width / 2:
        narrow -= font.size
        tried = broken(text, font, narrow)
        if len(tried) > len(lines):
            break
        lines = tried
    return lines


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    for token in _TOKEN.findall(text):
        if pieces and (token[0] in _NEVER_FIRST or pieces[-1][-1] in _NEVER_LAST):
            pieces[-1] += token
        else:
            pieces.append(token)
    return pieces


class Canvas:
    """A picture in the making; lengths are pixels, colours are names of the theme's tokens."""

    def __init__(self, size: tuple[int, int], ground: str, fonts: Fonts, colours: dict[str, str]) -> None:
        self.fonts = fonts
        self.colours = colours
        self.image = Image.new("RGB", size, colours[ground])
        self._draw = ImageDraw.Draw(self.image)

    def font(self, face: str, size: int) -> ImageFont.FreeTypeFont:
        return font_of(getattr(self.fonts, face), size)

    def width(self, text: str, face: str, size: int) -> float:
        """Return how wide a text is on one line."""
        return self.font(face, size).getlength(text)

    def line(
        self, x: float, baseline: float, text: str, face: str, size: int, colour: str, anchor: str = "l"
    ) -> None:
        """Write one line; ``anchor`` is l, m or r."""
        self._draw.text(
            (round(x), round(baseline)),
            text,
            fill=self.colours[colour],
            font=self.font(face, size),
            anchor=f"{anchor}s",
        )

    def text(
        self,
        x: float,
        y: float,
        width: float,
        text: str,
        face: str,
        size: int,
        colour: str,
        leading: float = 1.65,
    ) -> float:
        """Write a paragraph from the height ``y`` downwards and return where it ends."""
        breaks = balanced if face == "song" else broken
        for line in breaks(text, self.font(face, size), width):
            self.line(x, y + size * (leading / 2 + 0.36), line, face, size, colour)
            y += size * leading
        return y

    def height(self, width: float, text: str, face: str, size: int, leading: float = 1.65) -> float:
        """Return how high a paragraph would be."""
        return len(broken(text, self.font(face, size), width)) * size * leading if text else 0.0

    def box(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        if round(x + width) <= round(x) or round(y + height) <= round(y):
            return
        self._draw.rectangle(
            (round(x), round(y), round(x + width) - 1, round(y + height) - 1), fill=self.colours[colour]
        )

    def frame(self, x: float, y: float, width: float, height: float, colour: str, thick: int = 2) -> None:
        self._draw.rectangle(
            (round(x), round(y), round(x + width) - 1, round(y + height) - 1),
            outline=self.colours[colour],
            width=thick,
        )

    def disc(self, x: float, y: float, radius: float, colour: str, inner: str = "", thick: float = 0) -> None:
        """Draw a disc, or a ring around ``inner``; smooth, because Pillow's own edges are not."""
        large = 4
        side = round(radius * 2)
        mask = Image.new("L", (side * large, side * large), 0)
        ImageDraw.Draw(mask).ellipse((0, 0, side * large - 1, side * large - 1), fill=255)
        mask = mask.resize((side, side), Image.Resampling.LANCZOS)
        self.image.paste(self.colours[colour], (round(x - radius), round(y - radius)), mask)
        if inner:
            self.disc(x, y, radius - thick, inner)

    def paste(self, picture: Image.Image, x: float, y: float) -> None:
        """Lay a transparent picture on the sheet."""
        self.image.paste(picture, (round(x), round(y)), picture)

    def png(self, height: int | None = None) -> bytes:
        """Return the bytes, cut to a height; few colours, so that telephones load it quickly."""
        image = self.image if height is None else self.image.crop((0, 0, self.image.width, height))
        few = image.quantize(96, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        out = BytesIO()
        few.save(out, "PNG", compress_level=6)
        return out.getvalue()
