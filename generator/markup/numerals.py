"""Chinese numerals as legal texts use them."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

CHINESE: Final = "〇零一二三四五六七八九十百千两"
NUMBER: Final = rf"(?:[{CHINESE}]{{1,9}}|[0-9０-９]{{1,4}})"

_DIGITS: Final = {character: value for value, character in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "两": 2,
}
_UNITS: Final = {"十": 10, "百": 100, "千": 1000}


@lru_cache(maxsize=4096)
def number(text: str) -> int | None:
    """Return the value of 十二, 一百零一, 一〇一 or 12, or None if the text is not a number."""
    if text.isdecimal():
        return int(text)
    if not text or any(character not in CHINESE for character in text):
        return None
    if not any(character in _UNITS for character in text):
        return int("".join(str(_DIGITS[character]) for character in text))
    total = digit = 0
    for character in text:
        if character in _UNITS:
            total += (digit or 1) * _UNITS[character]
            digit = 0
        else:
            digit = _DIGITS[character]
    return total + digit


def chinese(value: int) -> str:
    """Return 1 to 9999 in the form used for 条: 一百零一, 十二."""
    text = ""
    zero = False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, unit)
        if digit:
            text += ("零" if zero else "") + "零一二三四五六七八九"[digit] + name
            zero = False
        elif text:
            zero = True
    return text.removeprefix("一") if text.startswith("一十") else text
