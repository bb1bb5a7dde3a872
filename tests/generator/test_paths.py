"""Paths of content: in one order and form on every system, and never outside their root."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.paths import is_absolute, name_problem, relative_root, safe_join, walk


def test_lists_files_in_the_order_of_their_paths_without_hidden_ones(tmp_path: Path) -> None:
    for name in ("b.md", "a/z.md", ".git/x", "a/.DS_Store", "~$a.docx", "a.md"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text("x")

    found, problems = walk(tmp_path, "content")

    assert [file.path for file in found] == ["content/a.md", "content/a/z.md", "content/b.md"]
    assert problems == []


def test_names_files_in_nfc_whatever_the_system_returns(tmp_path: Path) -> None:
    name = unicodedata.normalize("NFD", "é.md")
    (tmp_path / name).write_text("x")

    found, problems = walk(tmp_path, "content")

    assert [file.path for file in found] == ["content/é.md"]
    assert problems == []


def test_follows_links_inside_the_tree(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("x")
    (tmp_path / "b.md").symlink_to("a.md")

    found, problems = walk(tmp_path, "content")

    assert [file.path for file in found] == ["content/a.md", "content/b.md"]
    assert problems == []


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may open every folder")
def test_says_which_folder_cannot_be_opened(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir(mode=0)

    _, problems = walk(tmp_path, "content")

    assert [problem.text() for problem in problems] == [
        "content/a: 错误[unreadable]: 文件夹打不开：Permission denied\n  办法：检查文件夹的权限"
    ]


@pytest.mark.parametrize("name", ["con", "CON.md", "nul.tar.gz", "com1", "LPT9.txt", "com¹"])
def test_knows_the_names_that_windows_keeps(name: str) -> None:
    problem = name_problem(name, name)

    assert problem is not None
    assert problem.code == "reserved-name"


@pytest.mark.parametrize("name", ["console.md", "com10.md", "公告.docx", "a b.pdf", "szbf-2026-1.md"])
def test_leaves_ordinary_names_alone(name: str) -> None:
    assert name_problem(name, name) is None


@pytest.mark.parametrize(
    ("base", "relative", "expected"),
    [
        ("content/policy", "a.pdf", "content/policy/a.pdf"),
        ("content/policy", "./x/../a.pdf", "content/policy/a.pdf"),
        ("content/policy", "../news/a.md", "content/news/a.md"),
        ("content", "../..", None),
        ("", "..", None),
        ("content", "a//b", "content/a/b"),
    ],
)
def test_joins_paths_inside_the_project_only(base: str, relative: str, expected: str | None) -> None:
    assert safe_join(base, relative) == expected


@given(st.lists(st.sampled_from(["..", ".", "a", "b", ""]), max_size=8).map("/".join))
def test_no_joined_path_leads_out(relative: str) -> None:
    joined = safe_join("content/policy", relative)

    assert joined is None or ".." not in joined.split("/")
    if joined is not None:
        assert os.path.normpath(f"content/policy/{relative}").replace("\\", "/") in (joined, joined or ".")


@pytest.mark.parametrize("path", ["/etc", "\\\\server", "~/x", "C:\\x", "c:x"])
def test_absolute_paths_of_every_system(path: str) -> None:
    assert is_absolute(path)


def test_the_way_back_to_the_root() -> None:
    assert [relative_root(path) for path in ("index.html", "a/b.html", "a/b/c.html")] == ["", "../", "../../"]
