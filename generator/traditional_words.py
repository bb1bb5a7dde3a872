"""The words that the search page of the traditional edition converts by, for its script; from OpenCC's tables.

Written by ``python -m generator.traditional_words`` into the theme; a test sees that it is up to date. OpenCC is
published under the Apache License 2.0, as this project is.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Final

TARGET: Final = Path(__file__).resolve().parent.parent / "theme/js/hant-words.js"
LONGEST: Final = 4
"""Longer phrases are hardly more than names, and would double the script."""


def script() -> str:
    """Return the script: single characters, phrases by the one character they decide, and other phrases."""
    variants = dict(_pairs("TWVariants"))

    def taiwan(text: str) -> str:
        return "".join(variants.get(char, char) for char in text)

    characters = {simple: taiwan(full) for simple, full in _pairs("STCharacters")}
    characters = {simple: full for simple, full in {**variants, **characters}.items() if simple != full}
    phrases = _needed(((simple, taiwan(full)) for simple, full in _pairs("STPhrases")), characters)
    groups: dict[str, list[str]] = defaultdict(list)
    rest: list[str] = []
    for simple, full in phrases.items():
        if not _is_common(simple) or len(simple) > LONGEST:
            continue
        group = _decided(simple, full, characters)
        if group:
            groups[group].append(simple)
        else:
            rest.append(simple + full)
    common = "".join(simple + full for simple, full in sorted(characters.items()) if _is_common(simple))
    lines = [f"{group} {' '.join(sorted(found))}" for group, found in sorted(groups.items())]
    shown = json.dumps(lines, ensure_ascii=False, indent=0)
    return (
        '"use strict";\n'
        "/* Made by generator/traditional_words.py from the tables of OpenCC (Apache License 2.0). */\n"
        "(window.yangguang = window.yangguang || {}).hantWords = {\n"
        f'characters: "{common}",\nothers: {shown},\nphrases: "{" ".join(sorted(rest))}",\n}};\n'
    )


def _pairs(name: str) -> Iterator[tuple[str, str]]:
    """Yield the words of a table with their first conversion."""
    for line in (files("opencc") / "dictionary" / f"{name}.txt").read_text("utf-8").splitlines():
        simple, _, full = line.partition("\t")
        if full:
            yield simple, full.split(" ")[0]


def _needed(phrases: Iterable[tuple[str, str]], characters: dict[str, str]) -> dict[str, str]:
    """Return the phrases that shorter ones and characters alone would convert otherwise."""
    needed: dict[str, str] = {}
    longest: dict[str, int] = {}

    def converted(text: str) -> str:
        out, at = [], 0
        while at < len(text):
            for end in range(min(len(text), at + longest.get(text[at], 0)), at + 1, -1):
                if text[at:end] in needed:
                    out.append(needed[text[at:end]])
                    at = end
                    break
            else:
                out.append(characters.get(text[at], text[at]))
                at += 1
        return "".join(out)

    for simple, full in sorted(phrases, key=lambda pair: (len(pair[0]), pair[0])):
        if converted(simple) != full:
            needed[simple] = full
            longest[simple[0]] = max(longest.get(simple[0], 0), len(simple))
    return needed


def _decided(simple: str, full: str, characters: dict[str, str]) -> str:
    """Return the one character that a phrase decides and what it becomes, or nothing if there are more."""
    others = {
        char + shown for char, shown in zip(simple, full, strict=True) if shown != characters.get(char, char)
    }
    if len(others) != 1:
        return ""
    (pair,) = others
    same = all(shown == pair[1] for char, shown in zip(simple, full, strict=True) if char == pair[0])
    return pair if same else ""


def _is_common(text: str) -> bool:
    """Whether a text has only the characters of GB/T 2312, which simplified documents are written in."""
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


if __name__ == "__main__":
    TARGET.write_text(script(), encoding="utf-8")
