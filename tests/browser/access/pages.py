"""Which pages of a built site stand for all: for every template of every edition, pages that show all its parts."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from generator.plan import SitePlan
from generator.program import CACHE_VERSION
from generator.replan import last_plans

_CLASS = re.compile(r'\bclass="([^"]*)"')
_EDITION = re.compile(r'<html [^>]*\bdata-edition="(\w+)"')


@dataclass(frozen=True)
class Sort:
    """A template in an edition, with pages that between them show every class that any of its pages has.

    Attributes:
        paths: Below the output folder; the page with most parts comes first.
    """

    edition: str
    template: str
    paths: tuple[str, ...]

    @property
    def path(self) -> str:
        return self.paths[0]

    def __str__(self) -> str:
        return f"{self.edition}:{self.template}"


def plans_of(output: Path) -> tuple[SitePlan, ...]:
    """Return what the build of an output folder planned, as it keeps it beside the output."""
    plans = last_plans(output.parent / f".{output.name}.yangguang" / "plans", CACHE_VERSION)
    assert plans is not None, f"no plans beside {output}"
    return plans


def sorts_of(output: Path) -> list[Sort]:
    """Return every template that the built site uses, by edition and name."""
    found: dict[tuple[str, str], dict[str, frozenset[str]]] = defaultdict(dict)
    templates = {plan.folder + job.path: job.template for plan in plans_of(output) for job in plan.pages}
    for file in sorted(output.rglob("*.html")):
        path = file.relative_to(output).as_posix()
        text = file.read_text(encoding="utf-8")
        edition = _EDITION.search(text)
        assert edition, path
        # Other editions repeat the portal's pages in a folder of their own, by templates of the same name.
        template = templates.get(path) or templates[path.replace(f"{edition[1]}/", "", 1)]
        classes = frozenset(name for value in _CLASS.findall(text) for name in value.split())
        found[edition[1], template][path] = classes
    return [Sort(*key, _cover(pages)) for key, pages in sorted(found.items())]


def _cover(pages: dict[str, frozenset[str]]) -> tuple[str, ...]:
    """Choose pages, greedily, until every class is seen."""
    missing = frozenset[str]().union(*pages.values())
    chosen: list[str] = []
    while missing or not chosen:
        best = max(pages, key=lambda path: (len(pages[path] & missing), path))
        chosen.append(best)
        missing -= pages[best]
    return tuple(chosen)
