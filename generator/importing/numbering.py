"""Numbers that Word writes by itself: 第一条, 一、, （一） from the part ``numbering.xml``.

Word stores such a number nowhere in the text; it is counted while reading (ECMA-376-1, 17.9).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

import msgspec
from lxml import etree

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BULLET: Final = "\u2022"
_DIGITS: Final = "零一二三四五六七八九"
_CAPITALS: Final = "零壹贰叁肆伍陆柒捌玖"
_STEMS: Final = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES: Final = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN: Final = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
                 (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


def chinese_number(number: int, digits: str = _DIGITS, units: str = "十百千") -> str:
    """Write 0 to 9999 in Chinese: 10 十, 12 十二, 101 一百零一."""
    if number == 0:
        return digits[0]
    written, gap = "", False
    for power in (3, 2, 1, 0):
        digit = number // 10**power % 10
        if digit:
            written += (
                (digits[0] if gap and written else "") + digits[digit] + (units[power - 1] if power else "")
            )
        gap = not digit
    return written[1:] if digits is _DIGITS and written.startswith("一十") else written


def _by_digit(number: int) -> str:
    return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(number))


def _letters(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _roman(number: int) -> str:
    written = ""
    for value, sign in _ROMAN:
        written += sign * (number // value)
        number %= value
    return written


def _from_series(first: str, length: int) -> Callable[[int], str]:
    return lambda number: chr(ord(first) + number - 1) if 1 <= number <= length else f"({number})"


def _capital(number: int) -> str:
    return chinese_number(number, _CAPITALS, "拾佰仟")


_FORMATS: Final[dict[str, Callable[[int], str]]] = {
    "decimal": str,
    "decimalZero": "{:02d}".format,
    "decimalFullWidth": lambda number: str(number).translate({ord("0") + n: 0xFF10 + n for n in range(10)}),
    "decimalEnclosedCircle": _from_series("①", 20),
    "decimalEnclosedCircleChinese": _from_series("①", 20),
    "decimalEnclosedParen": _from_series("⑴", 20),
    "decimalEnclosedFullstop": _from_series("⒈", 20),
    "ideographEnclosedCircle": _from_series("㊀", 10),
    "chineseCounting": chinese_number,
    "chineseCountingThousand": chinese_number,
    "japaneseCounting": chinese_number,
    "taiwaneseCounting": chinese_number,
    "taiwaneseCountingThousand": chinese_number,
    "ideographDigital": _by_digit,
    "japaneseDigitalTenThousand": _by_digit,
    "taiwaneseDigital": _by_digit,
    "chineseLegalSimplified": _capital,
    "ideographLegalTraditional": _capital,
    "japaneseLegal": _capital,
    "ideographTraditional": lambda number: _STEMS[(number - 1) % 10],
    "ideographZodiac": lambda number: _BRANCHES[(number - 1) % 12],
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
}


class Level(msgspec.Struct, frozen=True):
    """One level of a list definition; `restart` is the level (1-based) that resets it, 0 for none, -1 for any above."""

    start: int = 1
    format: str = "decimal"
    text: str = "%1."
    legal: bool = False
    restart: int = -1
    style: str = ""


class _List(msgspec.Struct):
    abstract: str
    starts: dict[int, int]
    levels: dict[int, Level]
    begun: bool = False


class Numbering:
    """Counts through a document in reading order: `label` must be called once per numbered paragraph."""

    def __init__(self, part: etree._Element | None) -> None:
        self._abstract: dict[str, dict[int, Level]] = {}
        self._lists: dict[str, _List] = {}
        self._counters: dict[str, dict[int, int]] = {}
        self.unknown_formats: set[str] = set()
        if part is not None:
            self._read(part)

    def _read(self, part: etree._Element) -> None:
        links: dict[str, str] = {}
        defined_by: dict[str, str] = {}
        for node in part.iterfind(f"{W}abstractNum"):
            identifier = node.get(f"{W}abstractNumId", "")
            self._abstract[identifier] = {
                int(level.get(f"{W}ilvl", "0")): _level(level) for level in node.iterfind(f"{W}lvl")
            }
            if link := value(node, "numStyleLink"):
                links[identifier] = link
            if style := value(node, "styleLink"):
                defined_by[style] = identifier
        for identifier, style in links.items():
            self._abstract[identifier] = self._abstract.get(defined_by.get(style, ""), {})
        for node in part.iterfind(f"{W}num"):
            overrides = list(node.iterfind(f"{W}lvlOverride"))
            starts = {
                int(o.get(f"{W}ilvl", "0")): int(start)
                for o in overrides
                if (start := value(o, "startOverride"))
            }
            levels = {
                int(o.get(f"{W}ilvl", "0")): _level(own)
                for o in overrides
                if (own := o.find(f"{W}lvl")) is not None
            }
            self._lists[node.get(f"{W}numId", "")] = _List(value(node, "abstractNumId"), starts, levels)

    def level_of_style(self, number_id: str, style: str) -> int:
        """Return the level that a paragraph style is tied to, 0 if none."""
        used = self._lists.get(number_id)
        levels = self._abstract.get(used.abstract, {}) if used else {}
        return next((index for index, level in levels.items() if level.style == style), 0)

    def label(self, number_id: str, index: int) -> str:
        """Return the number of the next paragraph of a list level: ``第一条``, ``（二）``, or `BULLET`.

        An empty text means that the level shows nothing.
        """
        used = self._lists.get(number_id)
        if used is None:
            return ""
        levels = self._abstract.get(used.abstract, {}) | used.levels
        if index not in levels:
            return ""
        counters = self._counters.setdefault(used.abstract, {})
        if not used.begun:
            used.begun = True
            for changed in used.starts:
                counters.pop(changed, None)
        for above in range(index):
            counters.setdefault(above, used.starts.get(above, levels.get(above, Level()).start))
        first = used.starts.get(index, levels[index].start)
        counters[index] = counters.get(index, first - 1) + 1
        for below in [key for key in counters if key > index]:
            restart = levels.get(below, Level()).restart
            if restart == -1 or 0 < restart <= index + 1:
                del counters[below]
        return self._written(levels, counters, index)

    def _written(self, levels: dict[int, Level], counters: dict[int, int], index: int) -> str:
        level = levels[index]
        if level.format == "bullet":
            return BULLET if level.text.strip() else ""

        def number(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            name = levels.get(at, Level()).format
            if name == "none":
                return ""
            if name not in _FORMATS:
                self.unknown_formats.add(name)
            write = str if level.legal else _FORMATS.get(name, str)
            return write(counters.get(at, 1))

        return re.sub(r"%([1-9])", number, level.text).strip()


def value(node: etree._Element, name: str) -> str:
    """Return the ``w:val`` of a child, or an empty string."""
    child = node.find(f"{W}{name}")
    return child.get(f"{W}val", "") if child is not None else ""


def _level(node: etree._Element) -> Level:
    legal = node.find(f"{W}isLgl")
    restart = value(node, "lvlRestart")
    return Level(
        start=int(value(node, "start") or 1),
        format=_format(node),
        text=value(node, "lvlText"),
        legal=legal is not None and legal.get(f"{W}val", "1") not in ("0", "false"),
        restart=int(restart) if restart else -1,
        style=value(node, "pStyle"),
    )


def _format(node: etree._Element) -> str:
    """Return the number format; newer formats hide in an alternative that carries a format string."""
    found = node.find(f".//{W}numFmt")
    return found.get(f"{W}val", "decimal") if found is not None else "decimal"
