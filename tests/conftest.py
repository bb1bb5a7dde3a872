"""Fixtures for all tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import SiteFixture


@pytest.fixture
def site(tmp_path: Path) -> SiteFixture:
    """A project with the least that is valid, in a folder of its own."""
    return SiteFixture(tmp_path)
