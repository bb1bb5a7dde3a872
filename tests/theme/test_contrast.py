"""Contrast of the token pairs, computed as WCAG 2.2 says, in every theme (VISUAL 2; domain/04 A-16 to A-18)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

CSS = Path(__file__).parents[2] / "theme/css"
TOKENS = "".join((CSS / name).read_text(encoding="utf-8") for name in ("tokens.css", "schemes.css"))
THEMES = {
    "light": r":root \{",
    "dark": r'\[data-theme="dark"\] \{',
    "contrast": r'\[data-theme="contrast"\] \{',
    "ink": r'\[data-theme="ink"\] \{',
    "yellow": r'\[data-theme="yellow"\] \{',
    "blue": r'\[data-theme="blue"\] \{',
    "dark by system": r"\(prefers-color-scheme: dark\) \{\s*:root:not\(\[data-theme\]\) \{",
    "contrast by system": r"\(prefers-contrast: more\) \{\s*:root:not\(\[data-theme\]\) \{",
}
BODY = [("ink", ground) for ground in ("paper", "sheet", "wash", "sha-wash", "mark")]
BODY += [("ink2", ground) for ground in ("paper", "sheet", "wash")]
BODY += [("qing", ground) for ground in ("paper", "sheet", "wash")]
BODY += [("paper", "qing"), ("on-deep", "qing-deep"), ("on-deep2", "qing-deep")]
SMALL = [("ink3", "paper"), ("ink3", "wash"), ("ink3", "sheet"), ("sha", "paper"), ("sha", "sha-wash")]
SMALL += [("qing", "mark"), ("paper", "sha"), ("sha", "sheet")]
PARTS = [("edge", "paper"), ("edge", "wash"), ("edge", "sheet"), ("under", "paper"), ("under", "wash")]
PARTS += [("focus", "paper"), ("focus", "wash"), ("focus", "sheet")]


def colours(theme: str) -> dict[str, str]:
    match = re.search(THEMES[theme] + r"([^}]*)\}", TOKENS)
    assert match, theme
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", match[1]))


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[index : index + 2], 16) / 255 for index in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def test_the_formula_gives_the_known_values() -> None:
    assert round(contrast("#000", "#fff"), 2) == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(
    ("pairs", "least"),
    [
        pytest.param(BODY, 7, id="body"),
        pytest.param(SMALL, 4.5, id="small"),
        pytest.param(PARTS, 3, id="parts"),
    ],
)
def test_every_pair_is_readable(theme: str, pairs: list[tuple[str, str]], least: float) -> None:
    found = colours(theme)
    low = {
        pair: round(contrast(found[pair[0]], found[pair[1]]), 2)
        for pair in pairs
        if contrast(found[pair[0]], found[pair[1]]) < least
    }

    assert low == {}


def test_a_theme_chosen_equals_the_theme_of_the_system() -> None:
    assert colours("dark") == colours("dark by system")
    assert colours("contrast") == colours("contrast by system")


def test_every_theme_redefines_all_colours() -> None:
    assert set(colours("dark")) == set(colours("light"))
    for scheme in ("contrast", "ink", "yellow", "blue"):
        assert set(colours(scheme)) >= set(colours("light"))
