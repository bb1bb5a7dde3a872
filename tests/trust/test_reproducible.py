"""The same inputs give the same bytes: workers, paths, order of folders, locale, time zone, hash seed."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sites.conftest import CITY_TODAY
from tests.sites.output import REPOSITORY, yangguang
from tests.trust.trees import first_version, tree


def _checkout(target: Path, seed: int) -> Path:
    """Copy the sample city file by file, in an order of its own, as no two checkouts are alike."""
    files = [
        path.relative_to(REPOSITORY)
        for path in [REPOSITORY / "site.yml", *(REPOSITORY / "content").rglob("*")]
        if path.is_file()
    ]
    random.Random(seed).shuffle(files)
    for file in files:
        (target / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(REPOSITORY / file, target / file)
    return target


def test_two_checkouts_on_unlike_machines_give_the_same_bytes(tmp_path: Path) -> None:
    one = _checkout(tmp_path / "one", 1)
    other = _checkout(tmp_path / "另一处 目录" / "深", 2)
    environments: list[dict[str, str]] = [
        {"LC_ALL": "C", "TZ": "America/Los_Angeles", "PYTHONHASHSEED": "1"},
        {"LC_ALL": "C.UTF-8", "TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "4242", "PYTHONUTF8": "0"},
    ]
    for root, jobs, environment in zip((one, other), ("1", "0"), environments, strict=True):
        done = yangguang(
            "build", "-q", "-j", jobs, "-C", str(root), "--today", CITY_TODAY, environment=environment
        )
        assert done.returncode == 0, done.stderr
    first, second = tree(one / "public"), tree(other / "public")
    assert len(first) > 500
    assert first.keys() == second.keys()
    assert [path for path in first if first[path] != second[path]] == []


def test_the_clock_decides_nothing_but_the_day(tmp_path: Path) -> None:
    """Built at another time of the same day, and with files of another age, the bytes are the same."""
    one = first_version(tmp_path / "one")
    two = first_version(tmp_path / "two")
    for path in two.root.rglob("*"):
        os.utime(path, (946_684_800, 946_684_800))
    one.published()
    two.published()
    assert tree(one.output) == tree(two.output)


@pytest.mark.parametrize(("zone", "day"), [("UTC", "2026-11-21"), ("America/Los_Angeles", "2026-11-21")])
def test_today_is_read_in_beijing_whatever_the_time_zone(tmp_path: Path, zone: str, day: str) -> None:
    """At 16:30 UTC of 20 November it is already the 21st in Beijing."""
    site = first_version(tmp_path / "project")
    program = (
        "import datetime, generator.cli as cli, generator.cli.reporting as reporting\n"
        "class Clock(datetime.datetime):\n"
        "    @classmethod\n"
        "    def now(cls, tz=None):\n"
        "        return datetime.datetime(2026, 11, 20, 16, 30, tzinfo=datetime.timezone.utc).astimezone(tz)\n"
        "reporting.datetime = Clock\n"
        "cli.main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "build", "-q", "-C", str(site.root)],
        cwd=REPOSITORY,
        env={**os.environ, "TZ": zone},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert f'"build_date": "{day}"' in site.page("manifest.json")
