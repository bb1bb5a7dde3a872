"""The examples of the manual are valid: an editor may copy any of them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest

from generator.diagnostics import format_text
from generator.importing.mapping import read_mapping
from tests.support import SiteFixture, organisation

HANDBOOK: Final = Path(__file__).parents[2] / "docs/handbook"
FENCE: Final = re.compile(r"^```\w+ title=\"([^\"]+)\"\n(.*?)^```$", re.M | re.S)

Example = tuple[str, str]


def examples(prefix: str) -> list[Example]:
    """Return file name and text of all fenced blocks whose title begins so."""
    pages = (page.read_text(encoding="utf-8") for page in sorted(HANDBOOK.glob("*.md")))
    return [(name, text) for page in pages for name, text in FENCE.findall(page) if name.startswith(prefix)]


def test_documents_stand_together_without_errors_or_warnings(site: SiteFixture) -> None:
    documents = examples("content/")
    assert len(documents) >= 6
    for name, text in documents:
        site.write(name.removeprefix("content/"), text)
    assert site.check() == ""


@pytest.mark.parametrize("text", [text for _, text in examples("site.yml")])
def test_settings_are_accepted(site: SiteFixture, text: str) -> None:
    site.configure(text)
    for slug, name in {"jinghu": "镜湖区人民政府", "jinghu-bgs": "镜湖区人民政府办公室"}.items():
        site.write(f"organisation/{slug}.md", organisation(name))
    found = [item for item in site.diagnostics() if item.path == "site.yml"]
    assert format_text(found) == ""


@pytest.mark.parametrize("text", [text for _, text in examples("duiying")])
def test_field_mappings_are_accepted(tmp_path: Path, text: str) -> None:
    file = tmp_path / "duiying.yml"
    file.write_text(text, encoding="utf-8")
    mapping, problems = read_mapping(file)
    assert mapping is not None, format_text(problems)
