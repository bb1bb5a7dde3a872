"""The pinned versions suit every Python that is supported, from Debian 12's 3.11.2 on."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, distribution

import pytest
from packaging.markers import Marker
from packaging.specifiers import SpecifierSet

from tests.sites.output import REPOSITORY

OLDEST = "3.11.2"
PIN = re.compile(r"^([\w.-]+)==([^;\s]+)(?:; (.+))?$")
PINS = [
    match
    for name in ("requirements.lock", "requirements-test.lock", "requirements-bench.lock")
    for line in (REPOSITORY / name).read_text(encoding="utf-8").splitlines()
    if (match := PIN.match(line))
]


@pytest.mark.parametrize("pin", PINS, ids=lambda pin: pin[1])
def test_a_pinned_version_allows_the_oldest_python(pin: re.Match[str]) -> None:
    name, version, marker = pin.groups()
    if marker and not Marker(marker).evaluate({"python_version": "3.11", "python_full_version": OLDEST}):
        return
    try:
        found = distribution(name)
    except PackageNotFoundError:
        pytest.skip("not installed here")
    if found.version != version:
        pytest.skip("another version is installed here")
    assert SpecifierSet(found.metadata["Requires-Python"] or "").contains(OLDEST)


@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13", "3.14"])
def test_every_python_gets_one_script_engine(python: str) -> None:
    wanted = {
        name
        for name, _, marker in (pin.groups() for pin in PINS)
        if name in ("quickjs", "mini-racer")
        and marker
        and Marker(marker).evaluate({"python_version": python})
    }
    assert wanted == ({"quickjs"} if python < "3.13" else {"mini-racer"})
