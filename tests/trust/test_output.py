"""What a build leaves alone: files that did not change, files of others; and what it makes whole again."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest

from tests.support import SiteFixture, policy
from tests.trust.trees import clean_tree, first_version, second_version, stamps, tree


@pytest.fixture
def project(tmp_path: Path) -> SiteFixture:
    site = first_version(tmp_path / "project")
    site.published()
    return site


def test_nothing_changed_rewrites_nothing(project: SiteFixture) -> None:
    before = stamps(project.output)
    result = project.build()
    assert (result.written, result.removed, result.total) == ([], [], len(before))
    assert stamps(project.output) == before


def test_an_edit_without_effect_on_pages_rewrites_nothing(project: SiteFixture) -> None:
    before = stamps(project.output)
    text = (project.root / "content/news/n1.md").read_text(encoding="utf-8")
    project.write("news/n1.md", text.replace("---\n标题", "---\n# 备注\n标题"))
    project.build()
    assert stamps(project.output) == before


def test_an_edited_body_rewrites_only_pages_that_show_it(project: SiteFixture) -> None:
    before = stamps(project.output)
    project.write(
        "policy/ylfw.md",
        policy(
            "第一条　为了方便群众，制定本办法。\n\n第二条　本办法自2026年施行。\n",
            附件="[{名称: 标准表, 文件: bz.csv}]",
        ),
    )
    result = project.build()
    changed = {path for path, stamp in stamps(project.output).items() if before.get(path) != stamp}
    pages = {path for path in changed if path.endswith(".html")}
    assert pages == {"zhengce/ylfw.html", "elder/zhengce/ylfw.html"}
    assert set(result.written) == changed


def test_a_deleted_file_comes_back(project: SiteFixture) -> None:
    whole = tree(project.output)
    (project.output / "zhengce/ylfw.html").unlink()
    (project.output / "manifest.json").unlink()
    shutil.rmtree(project.output / "assets")
    project.build()
    assert tree(project.output) == whole


def test_a_file_edited_by_hand_is_put_right(project: SiteFixture) -> None:
    whole = tree(project.output)
    longer = project.output / "zhengce/ylfw.html"
    longer.write_bytes(longer.read_bytes() + b"<!-- -->")
    same_size = project.output / "sitemap.xml"
    same_size.write_bytes(same_size.read_bytes().replace(b"https", b"httpx"))

    result = project.build()
    assert {"zhengce/ylfw.html", "sitemap.xml"} <= set(result.written)
    assert tree(project.output) == whole
    again = project.build()
    assert (again.written, again.stages[0][0]) == ([], "unchanged")


def test_a_deleted_output_comes_back_whole(project: SiteFixture) -> None:
    whole = tree(project.output)
    shutil.rmtree(project.output)
    project.build()
    assert tree(project.output) == whole


def test_deleted_caches_change_nothing(project: SiteFixture) -> None:
    whole = tree(project.output)
    shutil.rmtree(project.root / ".public.yangguang")
    project.build()
    assert tree(project.output) == whole


def test_damaged_caches_mean_a_full_build_not_a_wrong_one(project: SiteFixture, tmp_path: Path) -> None:
    second_version(project)
    wanted = clean_tree(project, tmp_path / "clean")
    for file in (project.root / ".public.yangguang").rglob("*"):
        if file.is_file():
            data = file.read_bytes()
            file.write_bytes(data[: len(data) // 2])
    project.build()
    assert tree(project.output) == wanted


@pytest.mark.parametrize("is_table_lost", [False, True])
def test_files_of_others_stay_and_own_files_go(
    project: SiteFixture, is_table_lost: bool, tmp_path: Path
) -> None:
    (project.output / ".well-known").mkdir()
    (project.output / ".well-known/proof.txt").write_text("proof", encoding="utf-8")
    (project.output / "zhengce/theirs.html").write_text("theirs", encoding="utf-8")
    if is_table_lost:
        shutil.rmtree(project.root / ".public.yangguang")
    second_version(project)
    project.build()
    now = tree(project.output)
    assert now.pop(".well-known/proof.txt") == b"proof"
    assert now.pop("zhengce/theirs.html") == b"theirs"
    assert "yaowen/n2.html" not in now
    assert now == clean_tree(project, tmp_path / "clean")


def test_the_manifest_names_every_file_with_its_digest(project: SiteFixture) -> None:
    manifest = project.published()
    files = tree(project.output)
    del files["manifest.json"]
    assert {path: (file.sha256, file.size) for path, file in manifest.files.items()} == {
        path: (hashlib.sha256(data).hexdigest(), len(data)) for path, data in files.items()
    }


def test_a_build_with_errors_leaves_the_old_site(project: SiteFixture) -> None:
    before = stamps(project.output)
    second_version(project)
    project.write("policy/falsch.md", policy(成文日期="2026-02-30"))
    assert not project.build().is_published
    assert stamps(project.output) == before
