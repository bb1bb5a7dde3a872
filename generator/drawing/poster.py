"""The long picture (长图) of an infographic, as wide as telephones show it, in the four designs of the page."""

from __future__ import annotations

from typing import Final

from generator.drawing.art import art_picture
from generator.drawing.canvas import Canvas
from generator.drawing.fonts import Fonts
from generator.plan.views import GraphicBlock, GraphicEntry, GraphicFigure, GraphicView, PosterView

WIDTH: Final = 1080
LONGEST: Final = 16_000
"""Telephones refuse longer pictures."""

_SIDE: Final = 84
_TITLE: Final = 54
_NAME: Final = 37
_TEXT: Final = 32
_NUMBER: Final = 92


def poster(view: PosterView, fonts: Fonts) -> bytes:
    """Return the picture as PNG."""
    return _Poster(view, fonts).drawn()


class _Poster:
    """Draws from above downwards; ``y`` is where the next thing goes."""

    def __init__(self, view: PosterView, fonts: Fonts) -> None:
        self.view = view
        self.graphic: GraphicView = view.graphic
        colours = dict(view.colours)
        self.canvas = Canvas((WIDTH, LONGEST), "paper", fonts, colours)
        self.y = 0.0
        self.left = float(_SIDE)
        self.is_deep = self.graphic.design in ("scroll", "figures")

    @property
    def room(self) -> float:
        return WIDTH - _SIDE - self.left

    def drawn(self) -> bytes:
        self.cover()
        route = self.graphic.design == "route"
        self.left = _SIDE + 104.0 if route else float(_SIDE)
        starts: list[float] = []
        self.y += 76
        for block in self.graphic.blocks:
            starts.append(self.y)
            self.block(block)
            self.y += 92
        if route:
            self.river(starts, self.y - 92)
        self.left = float(_SIDE)
        self.telephone()
        self.foot()
        return self.canvas.png(round(self.y))

    # --- cover and foot ----------------------------------------------------------------------------

    def cover(self) -> None:
        ground, ink, second = (
            ("qing-deep", "on-deep", "on-deep2") if self.is_deep else ("wash", "ink", "ink2")
        )
        height = self._cover_height()
        self.canvas.box(0, 0, WIDTH, height, ground)
        if not self.is_deep:
            self.canvas.box(0, 0, WIDTH, 10, "qing")
        self.y = 96
        self.write(f"{self.view.kind}　{self.graphic.document}", "sans", 30, second)
        self.y += 14
        for part in self.graphic.title_parts:
            self.write(part, "song", self._title_size(part), ink, 1.38)
        self.y += 22
        self.write(self.graphic.lead, "sans", 34, second, 1.7)
        if self.graphic.opening:
            self._opening(self.graphic.opening)
        if self.graphic.facts:
            self._facts(ink, second)
        if self.graphic.design != "figures":
            line = "deep-line" if self.is_deep else "qing"
            picture = art_picture(self.view.art, self.canvas.colours, ground, line, 1.2)
            self.canvas.paste(picture, WIDTH - picture.width, height - picture.height)
        self.y = height

    def _cover_height(self) -> float:
        """Measure by drawing on a sheet that is thrown away."""
        if self.graphic.design == "figures":
            return 96 + self._measured() + 70
        return 96 + self._measured() + 70 + 190 * 1.2

    def _measured(self) -> float:
        canvas, room = self.canvas, self.room
        high = canvas.height(room, "图", "sans", 30) + 14 + 22
        high += sum(
            canvas.height(room, part, "song", self._title_size(part), 1.38)
            for part in self.graphic.title_parts
        )
        high += canvas.height(room, self.graphic.lead, "sans", 34, 1.7)
        if self.graphic.facts:
            high += 46 + max(self._fact_height(fact) for fact in self.graphic.facts)
        if self.graphic.opening:
            high += 96 + 196 * ((len(self.graphic.opening.figures) + 1) // 2)
        return high

    def _title_size(self, part: str) -> int:
        for size in (88, 80, 74, 68):
            if self.canvas.width(part, "song", size) <= self.room:
                return size
        return 74

    def _fact_width(self) -> float:
        return self.room / len(self.graphic.facts)

    def _fact_height(self, fact: GraphicEntry) -> float:
        width = self._fact_width() - 24
        return 46 + self.canvas.height(width, fact.text, "bold", 34, 1.45)

    def _facts(self, ink: str, second: str) -> None:
        self.y += 34
        self.canvas.box(self.left, self.y, self.room, 2, second)
        self.y += 12
        for index, fact in enumerate(self.graphic.facts):
            x = self.left + index * self._fact_width()
            self.canvas.line(x, self.y + 34, fact.name, "sans", 27, second)
            self.canvas.text(x, self.y + 46, self._fact_width() - 24, fact.text, "bold", 34, ink, 1.45)

    def _opening(self, block: GraphicBlock) -> None:
        self.y += 34
        self.canvas.box(self.left, self.y, self.room, 2, "deep-line")
        self.canvas.line(self.left, self.y + 52, block.title, "sans", 30, "on-deep2")
        self.y += 62
        for index, figure in enumerate(block.figures):
            x = self.left + index % 2 * (self.room / 2 + 20)
            y = self.y + index // 2 * 196
            end = self._figure(x, y, figure.prefix, figure.value, figure.unit, "on-deep", "on-deep2", 104)
            assert end
            self.canvas.line(x, y + 162, figure.name, "bold", _NAME, "on-deep")

    def telephone(self) -> None:
        if not self.graphic.phone:
            return
        number = self.canvas.width(self.graphic.phone, "sans", 56)
        room = WIDTH - 2 * _SIDE - 88 - number - 40
        issuer = self.canvas.height(room, self.graphic.issuer, "sans", 29, 1.5)
        high = 148 + issuer
        self.canvas.box(_SIDE, self.y, WIDTH - 2 * _SIDE, high, "wash")
        self.canvas.line(_SIDE + 44, self.y + 82, "不清楚？打电话问", "bold", 38, "ink")
        self.canvas.text(_SIDE + 44, self.y + 104, room, self.graphic.issuer, "sans", 29, "ink2", 1.5)
        self.canvas.line(
            WIDTH - _SIDE - 44, self.y + high / 2 + 20, self.graphic.phone, "sans", 56, "qing", "r"
        )
        self.y += high + 84

    def foot(self) -> None:
        start = self.y
        self.y += 56
        lines = [
            f"依据：{self.graphic.document}，以文件原文为准" if self.graphic.document else "",
            f"文字版：{self.view.address}",
            self.view.demonstration,
        ]
        high = 56 + 60 + sum(self.canvas.height(self.room, line, "sans", 28) for line in lines) + 60
        self.canvas.box(0, start, WIDTH, high, "qing-deep")
        self.write(self.view.site_name, "song", 40, "on-deep", 1.5)
        for line in lines:
            self.write(line, "sans", 28, "on-deep2")
        self.y = start + high

    # --- blocks ------------------------------------------------------------------------------------

    def block(self, block: GraphicBlock) -> None:
        if self.graphic.design in ("answers", "figures"):
            self.canvas.box(self.left, self.y, self.room, 4, "ink")
            self.y += 34
        self.write(block.title, "song", _TITLE, "ink", 1.35)
        if block.text:
            self.y += 8
            self.write(block.text, "sans", 34, "ink")
        self.y += 30
        draw = {
            "figures": self._figures,
            "bars": self._bars,
            "points": self._points,
            "steps": self._steps,
            "timeline": self._timeline,
            "comparison": self._comparison,
            "quotation": self._quotation,
        }[block.form]
        draw(block)
        if block.note:
            self.y += 18
            self.write(block.note, "sans", 29, "ink2")

    def _figure(
        self,
        x: float,
        y: float,
        prefix: str,
        value: str,
        unit: str,
        colour: str,
        small: str,
        size: int = _NUMBER,
    ) -> float:
        """Write a number with what stands before and after it; return where it ends."""
        if prefix:
            self.canvas.line(x, y + 100, prefix, "sans", 32, small)
            x += self.canvas.width(prefix, "sans", 32) + 12
        self.canvas.line(x, y + 100, value, "sans", size, colour)
        x += self.canvas.width(value, "sans", size) + 14
        if unit:
            self.canvas.line(x, y + 100, unit, "sans", 32, small)
            x += self.canvas.width(unit, "sans", 32)
        return x

    def _figure_width(self, figure: GraphicFigure) -> float:
        words = sum(self.canvas.width(text, "sans", 32) + 12 for text in (figure.prefix, figure.unit) if text)
        number = self.canvas.width(figure.value, "sans", _NUMBER) + words
        return max(number, self.canvas.width(figure.name, "bold", _NAME))

    def _figures(self, block: GraphicBlock) -> None:
        widest = max(self._figure_width(figure) for figure in block.figures)
        wanted = 3 if len(block.figures) % 3 == 0 else 2
        columns = max(min(wanted, int(self.room / (widest + 56))), 1)
        width = self.room / columns
        for start in range(0, len(block.figures), columns):
            deepest = 0.0
            for index, figure in enumerate(block.figures[start : start + columns]):
                x = self.left + index * width + (28 if index else 0)
                if index:
                    self.canvas.box(x - 28, self.y + 12, 2, 150, "rule2")
                self._figure(x, self.y, figure.prefix, figure.value, figure.unit, "qing", "ink2")
                self.canvas.line(x, self.y + 154, figure.name, "bold", _NAME, "ink")
                end = 172.0
                if figure.note:
                    end += self.canvas.height(width - 40, figure.note, "sans", 29)
                    self.canvas.text(x, self.y + 172, width - 40, figure.note, "sans", 29, "ink2")
                deepest = max(deepest, end)
            self.y += deepest + 26
        self.y -= 26

    def _bars(self, block: GraphicBlock) -> None:
        for figure in block.figures:
            top = figure.share == 100
            colour = "sha" if top else "qing"
            number = [(figure.prefix, 32, 12), (figure.value, 78, 12), (figure.unit, 32, 0)]
            x = (
                WIDTH
                - _SIDE
                - sum(self.canvas.width(text, "sans", size) + gap for text, size, gap in number if text)
            )
            name_end = self.left + self.canvas.width(figure.name, "bold", _NAME)
            if name_end > x - 24:
                self.write(figure.name, "bold", _NAME, "ink", 1.4)
                self.y -= 14
            else:
                self.canvas.line(self.left, self.y + 80, figure.name, "bold", _NAME, "ink")
            for text, size, gap in number:
                if text:
                    self.canvas.line(x, self.y + 80, text, "sans", size, colour if size == 78 else "ink2")
                    x += self.canvas.width(text, "sans", size) + gap
            self.y += 104
            self.canvas.box(self.left, self.y, self.room, 22, "wash")
            if figure.share:
                self.canvas.box(self.left, self.y, self.room * figure.share / 100, 22, colour)
            self.y += 34
            if figure.note:
                self.write(figure.note, "sans", 29, "ink2")
            self.y += 20
        self.y -= 20

    def _points(self, block: GraphicBlock) -> None:
        short = all(len(entry.name) <= 11 and len(entry.text) <= 26 for entry in block.entries)
        columns = 2 if short and len(block.entries) > 3 else 1
        width = (self.room - 40 * (columns - 1)) / columns
        for start in range(0, len(block.entries), columns):
            if start:
                self.canvas.box(self.left, self.y, self.room, 2, "rule")
                self.y += 24
            row = block.entries[start : start + columns]
            ends = []
            for index, entry in enumerate(row):
                x = self.left + index * (width + 40)
                y = self.canvas.text(x, self.y, width, entry.name, "bold", _NAME, "ink", 1.5)
                ends.append(
                    self.canvas.text(x, y + 4, width, entry.text, "sans", _TEXT, "ink2") if entry.text else y
                )
            self.y = max(ends) + 22
        self.y -= 22

    def _steps(self, block: GraphicBlock) -> None:
        for index, entry in enumerate(block.entries):
            if index:
                self.canvas.box(self.left, self.y, self.room, 2, "rule")
                self.y += 28
            x = self.left + 96
            aside = self.canvas.width(entry.aside, "sans", 30) + 24 if entry.aside else 0
            self.canvas.line(self.left, self.y + 46, entry.mark, "song", 54, "qing")
            if entry.aside:
                self.canvas.line(WIDTH - _SIDE, self.y + 42, entry.aside, "sans", 30, "ink", "r")
            y = self.canvas.text(x, self.y, WIDTH - _SIDE - x - aside, entry.name, "bold", _NAME, "ink", 1.5)
            if entry.text:
                y = self.canvas.text(x, y + 4, WIDTH - _SIDE - x, entry.text, "sans", _TEXT, "ink2")
            self.y = y + 26
        self.y -= 26

    def _timeline(self, block: GraphicBlock) -> None:
        previous = 0.0
        for index, entry in enumerate(block.entries):
            middle = self.y + 26
            if index:
                self.canvas.box(self.left + 14, previous, 4, middle - previous, "rule2")
            x = self.left + 64
            y = self.canvas.text(x, self.y, WIDTH - _SIDE - x, entry.mark, "bold", 34, "qing", 1.5)
            y = self.canvas.text(x, y + 2, WIDTH - _SIDE - x, entry.name, "bold", _NAME, "ink", 1.5)
            if entry.text:
                y = self.canvas.text(x, y + 2, WIDTH - _SIDE - x, entry.text, "sans", _TEXT, "ink2")
            previous = middle + 20
            self.y = y + 34
        self.y -= 34
        self._nodes(block)

    def _nodes(self, block: GraphicBlock) -> None:
        """Lay the nodes on the line, from the last one up."""
        y = self.y
        x = self.left + 64
        for index, entry in reversed(list(enumerate(block.entries))):
            high = self.canvas.height(WIDTH - _SIDE - x, entry.mark, "bold", 34, 1.5) + 2
            high += self.canvas.height(WIDTH - _SIDE - x, entry.name, "bold", _NAME, 1.5)
            if entry.text:
                high += 2 + self.canvas.height(WIDTH - _SIDE - x, entry.text, "sans", _TEXT)
            y -= high
            last = index == len(block.entries) - 1
            self.canvas.disc(
                self.left + 16, y + 26, 16, "sha" if last else "qing", "" if last else "paper", 5
            )
            y -= 34

    def _comparison(self, block: GraphicBlock) -> None:
        first = 0.3 if len(block.columns) < 3 else 0.22
        name_width = self.room * first
        width = (self.room - name_width) / len(block.columns)
        self.canvas.box(self.left, self.y, self.room, 4, "ink")
        for index, column in enumerate(block.columns):
            x = self.left + name_width + index * width
            self.canvas.line(x, self.y + 56, column, "bold", 34, "ink")
        self.y += 80
        self.canvas.box(self.left, self.y, self.room, 4, "ink")
        self.y += 4
        for row in block.rows:
            y = self.y + 20
            ends = [self.canvas.text(self.left, y, name_width - 20, row.name, "sans", 34, "ink", 1.45)]
            for index, value in enumerate(row.cells):
                strong = block.contrasted and index == len(row.cells) - 1
                x = self.left + name_width + index * width
                ends.append(
                    self.canvas.text(
                        x,
                        y,
                        width - 20,
                        value,
                        "bold" if strong else "sans",
                        38,
                        "qing" if strong else "ink",
                        1.35,
                    )
                )
            self.y = max(ends) + 20
            self.canvas.box(self.left, self.y, self.room, 2, "rule")
        self.y += 6

    def _quotation(self, block: GraphicBlock) -> None:
        start = self.y
        self.left += 44
        self.write(block.quotation, "song", 40, "ink", 1.7)
        self.y += 12
        self.write(block.source, "sans", 29, "ink2")
        self.left -= 44
        self.canvas.box(self.left, start, 10, self.y - start, "qing")

    def river(self, starts: list[float], end: float) -> None:
        """Draw the line of the route with its numbered discs beside the blocks."""
        x = _SIDE + 34.0
        for index, start in enumerate(starts):
            stop = starts[index + 1] if index + 1 < len(starts) else end
            if index + 1 < len(starts):
                self.canvas.box(x - 3, start + 36, 6, stop - start - 36, "qing")
            else:
                y = start + 36
                while y < stop:
                    self.canvas.box(x - 3, y, 6, 10, "qing")
                    y += 24
            self.canvas.disc(x, start + 36, 34, "qing")
            self.canvas.line(x, start + 50, str(index + 1), "bold", 40, "paper", "m")

    def write(self, text: str, face: str, size: int, colour: str, leading: float = 1.65) -> None:
        """Write a paragraph over the whole room and move on."""
        if text:
            self.y = self.canvas.text(self.left, self.y, self.room, text, face, size, colour, leading)
