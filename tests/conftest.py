"""Fixtures for all tests."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.support import SiteFixture

# Speed is measured in benchmarks/; a busy machine must not fail a test.
settings.register_profile("yangguang", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("yangguang")


@pytest.fixture
def site(tmp_path: Path) -> SiteFixture:
    """A project with the least that is valid, in a folder of its own."""
    return SiteFixture(tmp_path)
