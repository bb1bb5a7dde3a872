"""Share cards (og:image): what appears where a link to a page is shared."""

from __future__ import annotations

from typing import Final

from generator.drawing.art import art_picture
from generator.drawing.canvas import Canvas, balanced, broken
from generator.drawing.fonts import Fonts
from generator.plan.views import ShareCard

SIZE: Final = (1200, 630)
_SIDE: Final = 72


def card(view: ShareCard, fonts: Fonts) -> bytes:
    """Return the picture as PNG: title, agency, document number, in the site's colours."""
    width, height = SIZE
    canvas = Canvas(SIZE, "qing-deep", fonts, dict(view.colours))
    picture = art_picture(view.art, canvas.colours, "qing-deep", "deep-line", 1.05)
    canvas.paste(picture, width - picture.width, height - picture.height + 22)
    canvas.line(_SIDE, 106, view.site_name, "song", 38, "on-deep")
    if view.demonstration:
        x = _SIDE + canvas.width(view.site_name, "song", 38) + 28
        canvas.frame(x, 70, canvas.width("演示", "sans", 26) + 24, 46, "on-deep2")
        canvas.line(x + 12, 103, "演示", "sans", 26, "on-deep2")
    canvas.box(_SIDE, 142, 96, 5, "sun")
    room = width - 2 * _SIDE
    start, colon, rest = view.title.partition("：")
    parts = (start + colon, rest) if rest else (view.title,)
    for size in (78, 68, 58, 50):
        lines = [line for part in parts for line in balanced(part, canvas.font("song", size), room)]
        if len(lines) <= (2 if size > 60 else 3):
            break
    y = 184.0
    for index, line in enumerate(lines[:3]):
        cut = index == 2 and len(lines) > 3
        canvas.line(_SIDE, y + size, line[:-1] + "…" if cut else line, "song", size, "on-deep")
        y += size * 1.36
    if view.detail:
        detail = broken(view.detail, canvas.font("sans", 32), room)
        canvas.line(_SIDE, y + 54, detail[0], "sans", 32, "on-deep2")
    return canvas.png()
