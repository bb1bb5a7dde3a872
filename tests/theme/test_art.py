"""The line art is what its script draws, from few shapes and without colours of its own."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

ART = Path(__file__).parents[2] / "theme/images/art"
PICTURES = sorted(ART.glob("*.svg"))


def test_the_files_are_what_the_script_draws() -> None:
    drawn: dict[str, str] = runpy.run_path(str(ART / "draw.py"))["pictures"]()

    assert {path.stem: path.read_text(encoding="utf-8") for path in PICTURES} == drawn


@pytest.mark.parametrize("picture", PICTURES, ids=lambda path: path.stem)
def test_only_lines_and_arcs_coloured_by_class(picture: Path) -> None:
    text = picture.read_text(encoding="utf-8")

    assert set(re.findall(r"<(\w+)", text)) <= {"svg", "path", "circle"}
    assert all(set(data) <= set("MmLlHhVvAaQqtz0123456789.- ") for data in re.findall(r' d="([^"]*)"', text))
    assert not re.search(r"fill=|stroke=|style=|#[0-9a-f]{3}", text)


def test_at_most_one_sun_in_a_picture() -> None:
    assert all(path.read_text(encoding="utf-8").count("art__sun") <= 1 for path in PICTURES)
