"""The sample city, built once a session as an editor would build it."""

from __future__ import annotations

import pytest

from tests.sites.output import REPOSITORY, Output, yangguang

CITY_HOSTS = {"https://yueming.example/shaoxing/": "shaoxing/", "https://yueming.example/": ""}
CITY_TODAY = "2026-11-20"


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory) -> Output:
    """The output of the sample city; tests only read it."""
    root = tmp_path_factory.mktemp("city") / "public"
    done = yangguang("build", "-C", str(REPOSITORY), "-o", str(root), "--today", CITY_TODAY)
    assert done.returncode == 0, done.stderr
    return Output(root, CITY_HOSTS)
