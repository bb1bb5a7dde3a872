"""The style sheet keeps the rules of STYLE 6: flat, without force, small, and nothing unused or missing."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
import yaml

from generator.charts import Chart, Series, svg

ROOT = Path(__file__).parents[2]
THEME = ROOT / "theme"
THEME_YML = yaml.safe_load((THEME / "theme.yml").read_text(encoding="utf-8"))
MAIN: list[str] = THEME_YML["css"]
SHEETS: dict[str, list[str]] = THEME_YML.get("sheets") or {}
WHOLE = {name for name, files in SHEETS.items() if MAIN[0] in files}
"""Sheets that begin with the tokens, as the main one does: pages of an edition have no other."""
DECLARED = [*MAIN, *(name for names in SHEETS.values() for name in names)]


def joined(names: list[str]) -> str:
    return "\n".join((THEME / name).read_text(encoding="utf-8") for name in names)


RULES = re.sub(r"/\*.*?\*/", "", joined(list(dict.fromkeys(DECLARED))), flags=re.S)
BLOCK_PART_VARIANT = re.compile(r"[a-z]+(?:__[a-z]+(?:-[a-z]+)*)?(?:--[a-z0-9]+(?:-[a-z]+)*)?")
BY_VALUE = re.compile(
    r"(?:places__mark|graphic|graphic__block|graphic__points|plate|badge|banner|deadline|timeline__entry|months__item|mark|document|contents__link)--\w+"
)
"""Classes whose last part comes from a view (a slug, a kind, a level)."""
BY_MARKUP = re.compile(
    r"align-(?:left|center|right)|footnote|external(?:__note)?|callout--\w+|callout__title|clause.*|table|document__.*"
)
"""Classes that `generator.markup` writes into bodies."""
BY_OTHERS = re.compile(r"search-[a-z]+(?:__[a-z]+)?(?:--[a-z]+)?|codes(?:__[a-z]+)?")
"""Classes that the search page's scripts and `generator.rewriting` write."""


CHARTS = [
    Chart("各区", form, "件", ("甲", "乙"), tuple(Series(name, (1.0, -2.0)) for name in names))
    for form in ("bar", "line")
    for names in (("办件",), ("办件", "办结", "好评"))
]
"""What `generator.charts` draws: every form, alone and with several series."""


def selectors() -> set[str]:
    found: set[str] = set()
    for match in re.finditer(r"([^{}]+)\{", RULES):
        text = match[1].strip()
        if not text.startswith("@"):
            found.update(part.strip() for part in re.split(r",(?![^(]*\))", text))
    return found


def styled() -> set[str]:
    return {name for selector in selectors() for name in re.findall(r"\.([a-zA-Z][\w-]*)", selector)}


def written() -> set[str]:
    """Return the classes that templates, pictures and scripts write, without those made from values."""
    found: set[str] = set()
    for path in [*THEME.rglob("*.html"), *THEME.rglob("*.svg")]:
        for value in re.findall(
            r'class="([^"]*(?:\{[%{].*?[%}]\}[^"]*)*)"', path.read_text(encoding="utf-8")
        ):
            plain = re.sub(r"\S*\{\{.*?\}\}\S*|\{%.*?%\}", " ", value)
            found.update(plain.split())
    for path in (THEME / "js").glob("*.js"):
        text = path.read_text(encoding="utf-8")
        for value in re.findall(
            r'(?:className = |classList\.\w+\(|element\("\w+", |addButton\([\w.]+, )"([^"]+)"', text
        ):
            found.update(value.split())
        found.update(re.findall(r'"([a-z]+__[a-z]+[a-z_ -]*)"', text))
    for path in THEME.rglob("*.html"):
        found.update(
            re.findall(
                r"'((?:foot__|button|related__|entrances__)[\w -]*)'", path.read_text(encoding="utf-8")
            )
        )
        found.update(re.findall(r"[a-z]+--[a-z]+", path.read_text(encoding="utf-8")))
    for chart in CHARTS:
        found.update(re.findall(r'class="([^"]+)"', svg(chart)))
    return {name for value in found for name in value.split()}


def test_writes_no_class_that_nothing_styles() -> None:
    unstyled = written() - styled() - {"hidden"}

    assert sorted(name for name in unstyled if "__" in name and "--" not in name) == []


def test_every_style_sheet_is_declared_in_the_order_of_the_theme() -> None:
    present = {path.relative_to(THEME).as_posix() for path in THEME.rglob("*.css")}

    assert set(DECLARED) == present
    assert len(MAIN) == len(set(MAIN))
    further = [files for name, files in SHEETS.items() if name not in WHOLE]
    assert [name for names in further for name in names if name in MAIN] == []


@pytest.mark.parametrize(
    "files", [MAIN, *(SHEETS[name] for name in sorted(WHOLE))], ids=lambda files: files[-1]
)
def test_a_whole_sheet_is_at_most_ten_kilobytes_compressed(files: list[str]) -> None:
    assert len(gzip.compress(joined(files).encode(), 9)) <= 10_000


def test_further_sheets_are_at_most_five_kilobytes_compressed() -> None:
    sizes = {name: len(gzip.compress(joined(files).encode(), 9)) for name, files in SHEETS.items()}

    assert {name: size for name, size in sizes.items() if size > 5_000 and name not in WHOLE} == {}


@pytest.mark.parametrize(
    "forbidden",
    [
        "!important",
        "@layer",
        "@import",
        "@container",
        ":has(",
        ":is(",
        ":where(",
        "data:",
        "http",
        "user-select",
        "&",
        " order:",
        "box-shadow: 0 1px",
    ],
)
def test_avoids_what_old_browsers_drop_or_citizens_suffer_from(forbidden: str) -> None:
    assert forbidden not in RULES


def test_selects_no_ids_and_never_nests() -> None:
    assert not [selector for selector in selectors() if re.search(r"#[a-z]", selector)]
    assert not re.search(r"\{[^{}@]*\{", re.sub(r"@(?:media|supports)[^{]*\{", "", RULES))


def test_names_follow_block_part_variant() -> None:
    own = {name for name in styled() if not BY_MARKUP.fullmatch(name) and not BY_OTHERS.fullmatch(name)}

    assert [name for name in sorted(own) if not BLOCK_PART_VARIANT.fullmatch(name)] == []


def test_selectors_are_at_most_two_classes_deep() -> None:
    deep = [
        selector
        for selector in selectors()
        if len(re.findall(r"\.[a-z]", re.sub(r":not\([^)]*\)", "", selector))) > 2
    ]

    assert deep == []


def test_styles_nothing_that_nobody_writes() -> None:
    unused = {
        name
        for name in styled() - written()
        if not any(known.fullmatch(name) for known in (BY_MARKUP, BY_VALUE, BY_OTHERS))
    }

    assert sorted(unused) == []


def test_every_custom_property_used_is_defined() -> None:
    used = set(re.findall(r"var\((--[\w-]+)", RULES))
    defined = set(re.findall(r"(--[\w-]+)\s*:", RULES))

    assert sorted(used - defined) == []
