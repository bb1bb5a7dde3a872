"""The script that browsers get."""

from __future__ import annotations

import gzip

import pytest

from search.assets import FURTHER, bundle, smallest, source, stamp


@pytest.mark.parametrize("name", ["search", *FURTHER])
def test_the_minified_scripts_are_made_from_the_present_sources(name: str) -> None:
    assert source(f"{name}.min.js").split("\n", 1)[0] == stamp(), "run: python -m search.assets"


def test_the_script_is_small() -> None:
    assert len(gzip.compress(smallest(), 9)) <= 12_288
    assert len(gzip.compress(source("search.css").encode(), 9)) <= 2_048


def test_the_bundle_keeps_the_code() -> None:
    text = bundle().decode()
    assert "yangguang.search" in text and "/**" not in text
