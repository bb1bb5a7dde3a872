"""Folders compared byte for byte, and a small project before and after an edit."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.support import SiteFixture, news, policy, question


def tree(folder: Path) -> dict[str, bytes]:
    """Return path → bytes of all files below a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def stamps(folder: Path) -> dict[str, tuple[int, int]]:
    """Return path → modification time and inode of all files below a folder."""
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_mtime_ns, path.stat().st_ino)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def first_version(root: Path) -> SiteFixture:
    """Write a small project with a table, an attachment and documents that refer to one another."""
    root.mkdir(parents=True, exist_ok=True)
    site = SiteFixture(root)
    site.write("policy/ylfw.md", policy(附件="[{名称: 标准表, 文件: bz.csv}]"))
    site.write("policy/bz.csv", "项目,标准\n护理,300 元\n")
    site.write("question/wd.md", question())
    for number in range(1, 5):
        site.write(f"news/n{number}.md", news(标题=f"第{number}条消息", 发布时间=f"2026-11-0{number} 09:00"))
    return site


def second_version(site: SiteFixture) -> None:
    """Edit the project: a title that others show, a body, an attachment, one document more, one less."""
    site.write(
        "policy/ylfw.md",
        policy(
            "第一条　为了更好地方便群众，制定本办法。\n",
            标题="越明市养老服务条例实施办法",
            附件="[{名称: 标准表, 文件: bz.csv}]",
        ),
    )
    site.write("policy/bz.csv", "项目,标准\n护理,320 元\n")
    site.write("news/n5.md", news(标题="第5条消息", 发布时间="2026-11-05 09:00"))
    site.remove("news/n2.md")


def clean_tree(site: SiteFixture, folder: Path) -> dict[str, bytes]:
    """Return what a build from nothing gives for the project as it is now."""
    shutil.copytree(site.root / "content", folder / "content")
    shutil.copyfile(site.root / "site.yml", folder / "site.yml")
    copy = SiteFixture.__new__(SiteFixture)
    copy.root, copy.today = folder, site.today
    assert copy.build().is_published
    return tree(copy.output)
