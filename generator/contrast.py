"""Whether the colours of a site can be read, computed from the design tokens in every theme (WCAG 2.2, 1.4.3 to 1.4.11).

A site overrides tokens in ``site.yml`` (外观) or in style sheets of its own theme. Body text needs 7:1, other text
4.5:1, edges and focus 3:1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from generator.assets import BUILT_IN_THEME, Theme, load_theme
from generator.config import CONFIG_NAME, SiteGroup, SiteSettings
from generator.diagnostics import Diagnostic, Severity
from generator.yaml_nodes import Mapping as Tree
from generator.yaml_nodes import Node, Scalar, Sequence, parse

BODY: Final = (
    *(("ink", ground) for ground in ("paper", "sheet", "wash", "sha-wash", "mark")),
    *(("ink2", ground) for ground in ("paper", "sheet", "wash")),
    *(("qing", ground) for ground in ("paper", "sheet", "wash")),
    *(("paper", "qing"), ("on-deep", "qing-deep"), ("on-deep2", "qing-deep")),
)
"""Pairs of letters and ground for running text, links in it, and filled buttons."""

SMALL: Final = (
    *(("ink3", ground) for ground in ("paper", "wash", "sheet")),
    *(("sha", ground) for ground in ("paper", "sha-wash", "sheet")),
    *(("qing", "mark"), ("paper", "sha")),
)
PARTS: Final = tuple(
    (part, ground) for part in ("edge", "under", "focus") for ground in ("paper", "wash", "sheet")
)
LEAST: Final = (("正文", BODY, 7.0), ("小字", SMALL, 4.5), ("边框和焦点框", PARTS, 3.0))

PLAIN: Final = ""
THEME_NAMES: Final = {
    PLAIN: "平常配色",
    "dark": "深色配色",
    "contrast": "高对比配色",
}

_COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
_THEME: Final = re.compile(r'\[data-theme="([\w-]+)"\]\s*\{([^}]*)\}')
_TOKEN: Final = re.compile(r"--([\w-]+)\s*:\s*([^;}]+?)\s*(?=[;}]|$)")
_COLOUR: Final = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
_COLOURS: Final = frozenset(name for _, pairs, _ in LEAST for pair in pairs for name in pair)


def luminance(colour: str) -> float:
    """Return the relative luminance of ``#rgb`` or ``#rrggbb``, as WCAG 2.2 defines it."""
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[index : index + 2], 16) / 255 for index in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21."""
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def tokens_by_theme(sheets: Mapping[str, str]) -> dict[str, dict[str, tuple[str, str, int]]]:
    """Return the tokens of every theme: name → value, sheet and line.

    Args:
        sheets: Name of a style sheet → its text, in their order.
    """
    found: dict[str, dict[str, tuple[str, str, int]]] = {PLAIN: {}}
    for name, raw in sheets.items():
        text = _COMMENT.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), raw)
        blocks = [(match[1], match.start(2), match[2]) for match in _THEME.finditer(text)]
        plain = re.match(r"\s*:root\s*\{([^}]*)\}", text)
        if plain:
            blocks.insert(0, (PLAIN, plain.start(1), plain[1]))
        for theme, start, body in blocks:
            for token in _TOKEN.finditer(body):
                line = text.count("\n", 0, start + token.start()) + 1
                found.setdefault(theme, {})[token[1]] = (token[2], name, line)
    return found


def appearance_problems(group: SiteGroup) -> list[Diagnostic]:
    """Return what cannot be read in the colours of all sites, each with its place."""
    problems: dict[Diagnostic, None] = {}
    for index, site in enumerate(group.sites):
        theme = load_theme(group, site)
        names = [*theme.css, *(name for _, files in theme.sheets for name in files)]
        files = {name: theme.file(name) for name in dict.fromkeys(names)}
        own = [name for name, file in files.items() if BUILT_IN_THEME not in file.parents]
        if site.tokens or own:
            sheets = {name: file.read_text(encoding="utf-8") for name, file in files.items()}
            problems.update(dict.fromkeys(_site_problems(group, site, index, theme, sheets)))
    return list(problems)


def _site_problems(
    group: SiteGroup, site: SiteSettings, index: int, theme: Theme, sheets: Mapping[str, str]
) -> Iterator[Diagnostic]:
    places = _places(group, index) if site.tokens else {}
    themes = tokens_by_theme(sheets)
    defined = {name for text in sheets.values() for name in re.findall(r"--([\w-]+)\s*:", text)}
    plain = {**themes[PLAIN]}
    for name, value in site.tokens.items():
        line, column = places.get(name, (0, 0))
        problem = _override_problem(name, value, defined)
        if problem:
            yield Diagnostic(CONFIG_NAME, line, column, Severity.ERROR, *problem)
        else:
            plain[name] = (value, CONFIG_NAME, line)
    for theme_name, own in {**themes, PLAIN: plain}.items():
        tokens = {**plain, **own}
        for words, pairs, least in LEAST:
            for pair in pairs:
                found = [tokens[name] for name in pair if name in tokens]
                if len(found) < 2 or not all(_COLOUR.fullmatch(value) for value, *_ in found):
                    continue
                reached = contrast(found[0][0], found[1][0])
                if reached < least:
                    yield _low(group, theme, theme_name, words, pair, found, reached, least, places)


def _override_problem(name: str, value: str, defined: set[str]) -> tuple[str, str, str] | None:
    if name not in defined:
        known = "、".join(sorted(_COLOURS & defined))
        return "unknown-token", f"主题里没有名叫“{name}”的设计变量", f"颜色可以用：{known}"
    if name in _COLOURS and not _COLOUR.fullmatch(value):
        return (
            "bad-colour",
            f"外观“{name}”的值“{value}”不是颜色",
            '写井号和六位十六进制数，加引号，例如 "#154d7a"',
        )
    return None


def _low(
    group: SiteGroup,
    theme: Theme,
    theme_name: str,
    words: str,
    pair: tuple[str, str],
    found: list[tuple[str, str, int]],
    reached: float,
    least: float,
    places: Mapping[str, tuple[int, int]],
) -> Diagnostic:
    """Say which pair is too faint, at the colour that the site itself has set."""
    blamed = next((item for item in found if item[1] == CONFIG_NAME), None)
    if blamed:
        path, (line, column) = CONFIG_NAME, places.get(pair[found.index(blamed)], (0, 0))
    else:
        own = [item for item in found if BUILT_IN_THEME not in theme.file(item[1]).parents]
        _, sheet, line = (own or found)[0]
        path, column = _shown_path(group, theme.file(sheet)), 1
    (front, *_), (back, *_) = found
    name = THEME_NAMES.get(theme_name, f"“{theme_name}”配色")
    # Cut, not rounded: 6.96 must not be told as 7.0.
    value = int(reached * 10) / 10
    message = (
        f"{name}里{words}看不清：{pair[0]}（{front}）在 {pair[1]}（{back}）上，"
        f"对比度 {value}:1，应不低于 {least:g}:1"
    )
    darker = "深" if luminance(back) > 0.18 else "浅"
    return Diagnostic(
        path,
        line,
        column,
        Severity.ERROR,
        "low-contrast",
        message,
        f"把 {pair[0]} 改{darker}一些，或改底色 {pair[1]}",
    )


def _shown_path(group: SiteGroup, file: Path) -> str:
    root = Path(group.root)
    return file.relative_to(root).as_posix() if root in file.parents else file.as_posix()


def _places(group: SiteGroup, index: int) -> dict[str, tuple[int, int]]:
    """Return line and column of the values of a site's tokens in ``site.yml``."""
    tree = parse((Path(group.root) / CONFIG_NAME).read_text(encoding="utf-8-sig"))
    sites = _child(tree, "站点", "sites")
    site = sites.items[index] if isinstance(sites, Sequence) and index < len(sites.items) else None
    tokens = _child(site, "外观", "tokens")
    if not isinstance(tokens, Tree):
        return {}
    return {key.text: (value.line, value.column) for key, value in tokens.items if isinstance(value, Scalar)}


def _child(node: Node | None, *names: str) -> Node | None:
    if not isinstance(node, Tree):
        return None
    return next((value for key, value in node.items if key.text in names), None)
