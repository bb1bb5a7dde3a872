"""The script that browsers get."""

from __future__ import annotations

import gzip

from search.assets import bundle, smallest, source, stamp


def test_the_minified_script_is_made_from_the_present_sources() -> None:
    assert source("search.min.js").split("\n", 1)[0] == stamp(), "run: python -m search.assets"


def test_the_script_is_small() -> None:
    assert len(gzip.compress(smallest(), 9)) <= 16_500


def test_the_bundle_keeps_the_code() -> None:
    text = bundle().decode()
    assert "yangguang.search" in text and "/**" not in text
