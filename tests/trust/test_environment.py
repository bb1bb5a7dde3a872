"""A disk that is full, a folder that may not be written, two builds at once: an explanation, and the old site."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.sites.output import REPOSITORY
from tests.support import TODAY, SiteFixture, news
from tests.trust.trees import clean_tree, first_version, second_version, tree

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="mounts and limits are of Unix")

COMMAND = [sys.executable, "-c", "from generator.cli import run; run()", "build", "--today", TODAY]


def _run(
    root: Path, *arguments: str, wrapper: tuple[str, ...] = (), before: Callable[[], None] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*wrapper, *COMMAND, "-C", str(root), *arguments],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        encoding="utf-8",
        preexec_fn=before,
    )


def _explains(done: subprocess.CompletedProcess[str], *words: str) -> None:
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    assert done.stderr.splitlines()[-1].startswith("  办法：")
    for word in words:
        assert word in done.stderr


def _grow(site: SiteFixture) -> None:
    """Edit the project so that it needs much more room."""
    second_version(site)
    for number in range(40):
        site.write(f"news/m{number}.md", news("越明市今天开展活动。\n\n" * 400, 标题=f"长消息之{number}"))


# --- a full disk -----------------------------------------------------------------------------------


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own with little room."""
    place = tmp_path / "disk"
    place.mkdir()
    if (
        os.geteuid() != 0
        or subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=40m", "none", str(place)], capture_output=True
        ).returncode
    ):
        pytest.skip("only root may mount a small file system; the limit on file size is tested in its place")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def _fill(place: Path, left: int) -> Path:
    """Fill a disk but for some bytes; return the file that does."""
    ballast = place / "ballast"
    facts = os.statvfs(place)
    ballast.write_bytes(bytes(facts.f_bavail * facts.f_frsize - left))
    return ballast


@pytest.mark.parametrize("left", [0, 200_000])
def test_a_full_disk_leaves_the_old_site_and_says_so(small_disk: Path, tmp_path: Path, left: int) -> None:
    site = first_version(tmp_path / "project")
    output = small_disk / "public"
    assert _run(site.root, "-o", str(output)).returncode == 0
    old = tree(output)
    _grow(site)
    ballast = _fill(small_disk, left)
    _explains(_run(site.root, "-o", str(output)), "磁盘满了", "原来的网站没有改动", "清出空间")
    assert tree(output) == old
    ballast.unlink()
    assert _run(site.root, "-o", str(output)).returncode == 0
    assert tree(output) == clean_tree(site, tmp_path / "clean")


def test_a_limit_on_the_size_of_files_leaves_the_old_site_and_says_so(tmp_path: Path) -> None:
    site = first_version(tmp_path / "project")
    site.published()
    old = tree(site.output)
    _grow(site)
    done = _run(site.root, before=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)))
    _explains(done, "超过了系统允许的大小", "原来的网站没有改动")
    assert tree(site.output) == old
    site.build()
    assert tree(site.output) == clean_tree(site, tmp_path / "clean")


# --- a folder that may not be written --------------------------------------------------------------


def test_an_unwritable_folder_leaves_the_old_site_and_says_so(tmp_path: Path) -> None:
    site = first_version(tmp_path / "project")
    site.published()
    old = tree(site.output)
    second_version(site)
    locked = [site.root, site.output, site.root / ".public.yangguang"]
    for folder in locked:
        folder.chmod(0o555)
    # Root writes where it may not, unless it lays that power down.
    wrapper = (
        ("setpriv", "--bounding-set=-dac_override,-dac_read_search,-fowner") if os.geteuid() == 0 else ()
    )
    try:
        _explains(_run(site.root, wrapper=wrapper), "没有权限", "原来的网站没有改动")
        assert tree(site.output) == old
    finally:
        for folder in locked:
            folder.chmod(0o755)
    site.build()
    assert tree(site.output) == clean_tree(site, tmp_path / "clean")


def test_an_output_that_is_a_file_is_left_alone(tmp_path: Path) -> None:
    site = first_version(tmp_path / "project")
    site.output.write_text("not a folder", encoding="utf-8")
    _explains(_run(site.root), "却是一个文件")
    assert site.output.read_text(encoding="utf-8") == "not a folder"


def test_an_attachment_that_cannot_be_read_is_a_problem_of_the_content(tmp_path: Path) -> None:
    site = first_version(tmp_path / "project")
    file = site.write("policy/bz.csv", "项目,标准\n")
    file.chmod(0)
    wrapper = ("setpriv", "--bounding-set=-dac_override,-dac_read_search") if os.geteuid() == 0 else ()
    done = _run(site.root, wrapper=wrapper)
    assert done.returncode == 1
    assert "content/policy/bz.csv" in done.stderr
    assert "Traceback" not in done.stderr


# --- two at once -----------------------------------------------------------------------------------


def test_builds_at_once_into_one_output_do_not_mix(tmp_path: Path) -> None:
    site = first_version(tmp_path / "project")
    site.published()
    second_version(site)
    running = [
        subprocess.Popen([*COMMAND, "-q", "-C", str(site.root)], cwd=REPOSITORY, stderr=subprocess.PIPE)
        for _ in range(3)
    ]
    for process in running:
        _, errors = process.communicate(timeout=120)
        assert process.returncode == 0, errors.decode()
    assert tree(site.output) == clean_tree(site, tmp_path / "clean")
    assert not (site.root / ".public.yangguang/staging").exists()


def test_two_projects_with_one_output_end_as_one_of_them(tmp_path: Path) -> None:
    first = first_version(tmp_path / "first")
    second = first_version(tmp_path / "second")
    second_version(second)
    output = tmp_path / "shared/public"
    output.parent.mkdir()
    running = [
        subprocess.Popen([*COMMAND, "-q", "-C", str(site.root), "-o", str(output)], cwd=REPOSITORY)
        for site in (first, second, first, second)
    ]
    assert [process.wait(120) for process in running] == [0, 0, 0, 0]
    assert tree(output) in (clean_tree(first, tmp_path / "c1"), clean_tree(second, tmp_path / "c2"))


def test_a_project_moved_between_two_builds_builds_the_same(tmp_path: Path) -> None:
    site = first_version(tmp_path / "project")
    site.published()
    shutil.move(site.root, tmp_path / "moved")
    site.root = tmp_path / "moved"
    second_version(site)
    site.build()
    assert tree(site.output) == clean_tree(site, tmp_path / "clean")
