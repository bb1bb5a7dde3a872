"""A build killed at any moment leaves every published file whole, and the next one completes."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator.build import BuildOptions, build
from generator.config import load_config
from tests.sites.output import REPOSITORY
from tests.support import TODAY
from tests.trust.trees import clean_tree, first_version, second_version, tree

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="os.fork and kill -9 are of Unix")

MOST_POINTS = 40
"""So many moments of each kind are tried, spread evenly over the build."""


class Stage:
    """A project that was built, then edited; fresh copies of it, and what may lie in its output.

    Attributes:
        old: The output before the edit.
        new: The output that a build must reach.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        site = first_version(folder / "origin")
        site.published()
        self.old = tree(site.output)
        second_version(site)
        self.new = clean_tree(site, folder / "clean")
        self._copies = 0

    def copy(self) -> Path:
        self._copies += 1
        return Path(shutil.copytree(self.folder / "origin", self.folder / f"copy{self._copies}"))

    def torn(self, root: Path) -> list[str]:
        """Return published files that are neither those of the old site nor those of the new one."""
        return [
            path
            for path, data in tree(root / "public").items()
            if data not in (self.old.get(path), self.new.get(path))
        ]


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    return Stage(tmp_path_factory.mktemp("interrupted"))


def _build(root: Path) -> None:
    group, _ = load_config(root)
    assert group is not None
    assert build(group, BuildOptions(TODAY, workers=1)).is_published


WATCHED = ("replace", "unlink", "mkdir", "rmdir", "link", "write")
"""The functions of `os` by which a build changes the disk."""


def _watch(reached: Callable[[str, Callable[..., Any], tuple[Any, ...]], None]) -> None:
    """Call ``reached`` before each change of the disk; only ever in a child process."""
    for name in WATCHED:
        original = getattr(os, name)

        def watched(*arguments: Any, _name: str = name, _original: Any = original, **options: Any) -> Any:
            reached(_name, _original, arguments)
            return _original(*arguments, **options)

        setattr(os, name, watched)


def _in_child(act: Callable[[], None]) -> int:
    """Run in a forked process; return its wait status."""
    child = os.fork()
    if child == 0:
        try:
            act()
            os._exit(0)
        except BaseException:
            os._exit(9)
    return os.waitpid(child, 0)[1]


def _moments(stage: Stage) -> list[str]:
    """Return the changes of the disk during the rebuild, in order."""
    root = stage.copy()
    log = root / "log"

    def act() -> None:
        handle = os.open(log, os.O_WRONLY | os.O_CREAT)
        write = os.write

        _watch(lambda name, original, arguments: write(handle, f"{name}\n".encode()) and None)
        _build(root)

    assert _in_child(act) == 0
    moments = log.read_text(encoding="utf-8").split()
    log.unlink()
    assert tree(root / "public") == stage.new
    return moments


def _killed(root: Path, moment: int) -> None:
    """Build in a child that is killed at the change of that number, half way through if it writes."""
    count = 0

    def reached(name: str, original: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
        nonlocal count
        if count == moment:
            if name == "write":
                handle, data = arguments[:2]
                original(handle, bytes(data)[: len(data) // 2])
            os.kill(os.getpid(), signal.SIGKILL)
        count += 1

    def act() -> None:
        _watch(reached)
        _build(root)

    status = _in_child(act)
    assert os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def test_killed_at_any_change_of_the_disk_it_leaves_whole_files_and_the_next_build_completes(
    stage: Stage,
) -> None:
    moments = _moments(stage)
    assert moments.count("replace") > 10 and moments.count("unlink") >= 2
    tried = range(0, len(moments), max(1, len(moments) // MOST_POINTS))
    for moment in tried:
        root = stage.copy()
        _killed(root, moment)
        assert stage.torn(root) == [], (moment, moments[moment])
        _build(root)
        assert tree(root / "public") == stage.new, (moment, moments[moment])
        shutil.rmtree(root)


def test_killed_again_while_it_recovers(stage: Stage) -> None:
    moments = _moments(stage)
    switching = [index for index, name in enumerate(moments) if name == "replace"]
    root = stage.copy()
    _killed(root, switching[len(switching) // 2])
    for moment in (0, 3, 5):
        _killed(root, moment)
        assert stage.torn(root) == []
    _build(root)
    assert tree(root / "public") == stage.new


def test_a_failure_while_files_are_switched_is_finished_by_the_next_build(stage: Stage) -> None:
    """Not a kill: an error of the file system in the midst, after which the process cleans up."""
    root = stage.copy()

    def act() -> None:
        done = 0

        def reached(name: str, original: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
            nonlocal done
            if name == "replace" and f"{os.sep}public{os.sep}" in str(arguments[1]):
                done += 1
                if done == 5:
                    raise OSError(5, "Input/output error")

        _watch(reached)
        try:
            _build(root)
        except Exception as error:
            os._exit(0 if "下次运行会接着换完" in str(error) else 8)
        os._exit(7)

    assert os.waitstatus_to_exitcode(_in_child(act)) == 0
    assert stage.torn(root) == []
    _build(root)
    assert tree(root / "public") == stage.new


def test_kill_9_at_random_moments_of_the_real_command(stage: Stage) -> None:
    command = [
        sys.executable,
        "-c",
        "from generator.cli import run; run()",
        "build",
        "--today",
        TODAY,
        "-C",
    ]
    dice = random.Random(20261120)
    started = time.monotonic()
    subprocess.run([*command, str(stage.copy())], cwd=REPOSITORY, check=True, capture_output=True)
    longest = time.monotonic() - started
    for _ in range(4):
        root = stage.copy()
        process = subprocess.Popen(
            [*command, str(root)], cwd=REPOSITORY, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            process.wait(dice.uniform(0.4, 1.0) * longest)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        assert stage.torn(root) == []
        _build(root)
        assert tree(root / "public") == stage.new
