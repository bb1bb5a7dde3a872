"""Every component has its macro, style and description, and its examples render as honest HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import yaml
from jinja2 import nodes

from generator.charts import Chart, Series, notes, svg, table_rows
from generator.paths import leaves
from generator.templates import Templates

THEME = Path(__file__).parents[2] / "theme"
COMPONENTS = sorted(folder for folder in (THEME / "components").iterdir() if folder.is_dir())
VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "track"}


def description(component: Path) -> dict[str, Any]:
    text = (component / f"{component.name}.yml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


def as_chart(given: dict[str, Any]) -> Chart:
    series = tuple(Series(one["name"], tuple(one["values"])) for one in given["series"])
    return Chart(**given | {"series": series, "labels": tuple(given["labels"])})


@cache
def templates() -> Templates:
    made = Templates([str(THEME)])
    made.environment.filters["href"] = str
    made.environment.filters["leaves"] = lambda url: leaves(url, ())
    for name, function in {"chart_svg": svg, "chart_notes": notes, "chart_rows": table_rows}.items():
        made.environment.filters[name] = lambda given, function=function: function(as_chart(given))
    made.environment.globals["module"] = lambda name: f"assets/{name}.js"
    made.environment.globals["memo"] = lambda macro, *arguments: macro(*arguments)
    return made


def macros(component: Path) -> dict[str, tuple[str, ...]]:
    """Return the public macros of a component with their parameters."""
    source = (component / f"{component.name}.html").read_text(encoding="utf-8")
    tree = templates().environment.parse(source)
    return {
        macro.name: tuple(argument.name for argument in macro.args)
        for macro in tree.find_all(nodes.Macro)
        if not macro.name.startswith("_")
    }


def examples() -> Iterator[Any]:
    for component in COMPONENTS:
        for name, macro in description(component)["macros"].items():
            for example in macro["examples"]:
                arguments = {key: value for key, value in example.items() if key != "name"}
                yield pytest.param(
                    component.name, name, arguments, id=f"{component.name}-{name}-{example['name']}"
                )


class Balance(HTMLParser):
    """Notes unclosed elements and forbidden attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.problems: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)
        for name, value in attrs:
            if name == "style" or name.startswith("on") or (value or "").startswith(("javascript:", "data:")):
                self.problems.append(f"<{tag} {name}={value}>")
            if name == "href" and not value:
                self.problems.append(f"<{tag}> without address")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.problems.append(f"</{tag}>")


@pytest.mark.parametrize("component", COMPONENTS, ids=lambda folder: folder.name)
def test_has_a_macro_a_style_and_a_description(component: Path) -> None:
    present = {path.suffix for path in component.iterdir() if path.stem == component.name}

    assert {".html", ".css", ".yml"} <= present


@pytest.mark.parametrize("component", COMPONENTS, ids=lambda folder: folder.name)
def test_describes_every_macro_with_its_parameters(component: Path) -> None:
    described = {name: tuple(macro["parameters"]) for name, macro in description(component)["macros"].items()}

    assert described == macros(component)


@pytest.mark.parametrize(("component", "macro", "arguments"), list(examples()))
def test_an_example_renders_without_inline_code(
    component: str, macro: str, arguments: dict[str, Any]
) -> None:
    module = templates().environment.get_template(f"components/{component}/{component}.html").module
    html = str(getattr(module, macro)(**arguments))

    balance = Balance()
    balance.feed(html)

    assert html.strip()
    assert (balance.problems, balance.open) == ([], [])


@pytest.mark.parametrize(
    ("url", "says", "carries"),
    [
        ("zhengce/a.html", False, False),
        ("https://www.yueming.gov.cn/a.html", False, True),
        ("https://www.gov.cn:8443/", False, True),
        ("https://example.com/", True, True),
        ("https://gov.cn.example.com/", True, True),
    ],
)
def test_a_link_says_when_it_leaves_the_government_sites(url: str, says: bool, carries: bool) -> None:
    module: Any = templates().environment.get_template("components/outlink/outlink.html").module
    html = str(module.outlink(url, "文字"))

    assert ("（站外）" in html, 'rel="noopener noreferrer external"' in html) == (says, carries)


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("越明市人民政府关于调整标准的通知", ["越明市人民政府", "关于调整标准的通知"]),
        ("关于征求意见的公告", ["关于征求意见的公告"]),
        ("市政府关于印发《办法》的通知", ["市政府", "关于印发", "《办法》的通知"]),
    ],
)
def test_a_title_breaks_by_sense_and_keeps_its_words(text: str, phrases: list[str]) -> None:
    module: Any = templates().environment.get_template("components/title/title.html").module
    html = str(module.title(text))

    assert re.findall(r'<span class="phrase">([^<]*)</span>', html) == phrases
    assert re.sub(r"<[^>]*>", "", html) == text
