"""Paths in content and output: kept inside their root, and fit for every system that checks them out."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import msgspec

from generator.diagnostics import Diagnostic, Severity

_RESERVED: Final = re.compile(r"(?i)(con|prn|aux|nul|com[1-9¹²³]|lpt[1-9¹²³])(\..*)?")
_FORBIDDEN: Final = re.compile(r'[<>:"\\|?*\x00-\x1f]')


class FoundFile(msgspec.Struct, frozen=True):
    """A file of the content tree, with what tells whether it changed.

    ``path`` is relative to the project folder, POSIX, in NFC whatever the file system returns.
    """

    path: str
    absolute: str
    size: int
    modified_ns: int
    inode: int


def walk(root: Path, prefix: str) -> tuple[list[FoundFile], list[Diagnostic]]:
    """Return all files below ``root`` in the order of their paths, and the names that cannot stay.

    Hidden files and folders are skipped. Symbolic links that leave the tree are errors; those that stay inside are followed.
    """
    found: list[FoundFile] = []
    problems: list[Diagnostic] = []
    anchor = os.path.realpath(root)
    _walk(str(root), prefix, anchor, found, problems, 0)
    found.sort(key=lambda file: (file.path, file.absolute))
    problems.extend(_confusions(file.path for file in found))
    return list({file.path: file for file in reversed(found)}.values())[::-1], problems


def _walk(
    folder: str, prefix: str, anchor: str, found: list[FoundFile], problems: list[Diagnostic], depth: int
) -> None:
    if depth > 20:
        problems.append(
            _problem(prefix, "path-too-deep", "文件夹层次太深", "减少文件夹层次，或检查是否有循环的快捷方式")
        )
        return
    try:
        entries = list(os.scandir(folder))
    except OSError as error:
        problems.append(_problem(prefix, "unreadable", f"文件夹打不开：{error.strerror}", "检查文件夹的权限"))
        return
    for entry in entries:
        if entry.name.startswith((".", "~$")):
            continue
        shown = entry.name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        path = f"{prefix}/{unicodedata.normalize('NFC', shown)}"
        problem = name_problem(entry.name, path)
        if problem:
            problems.append(problem)
            continue
        problem = _link_problem(entry, path, anchor) if entry.is_symlink() else None
        if problem:
            problems.append(problem)
            continue
        if entry.is_dir():
            _walk(entry.path, path, anchor, found, problems, depth + 1)
        elif entry.is_file():
            facts = entry.stat()
            found.append(FoundFile(path, entry.path, facts.st_size, facts.st_mtime_ns, facts.st_ino))
        else:
            problems.append(_problem(path, "special-file", "不是普通文件", "删去，换成普通文件"))


def _link_problem(entry: os.DirEntry[str], path: str, anchor: str) -> Diagnostic | None:
    target = os.path.realpath(entry.path)
    if not _inside(target, anchor):
        return _problem(
            path, "path-escapes", "快捷方式（符号链接）指向内容目录之外", "把文件本身放进内容目录"
        )
    if _inside(os.path.realpath(os.path.dirname(entry.path)), target):  # noqa: PTH120
        return _problem(path, "path-loop", "快捷方式（符号链接）指向它自己所在的文件夹", "删去这个快捷方式")
    if not entry.is_file() and not entry.is_dir():
        return _problem(path, "broken-link", "快捷方式（符号链接）指向的文件不存在", "删去，或放回文件")
    return None


def _inside(path: str, anchor: str) -> bool:
    return path == anchor or path.startswith(anchor + os.sep)


def _problem(path: str, code: str, message: str, remedy: str) -> Diagnostic:
    return Diagnostic(path, 0, 0, Severity.ERROR, code, message, remedy)


def name_problem(name: str, path: str) -> Diagnostic | None:
    """Return why a file name cannot be held by Windows or macOS, if so."""
    if _RESERVED.fullmatch(name):
        return _problem(
            path, "reserved-name", f"文件名“{name}”是 Windows 保留给设备的名字，在那里打不开", "换一个名字"
        )
    if _FORBIDDEN.search(name):
        return _problem(
            path,
            "bad-file-name",
            f"文件名“{name}”含有 Windows 不允许的符号",
            '去掉 < > : " \\ | ? * 和控制字符',
        )
    if any("\ud800" <= char <= "\udfff" for char in name):
        return _problem(
            path,
            "bad-file-name",
            "文件名不是 UTF-8 编码，在别的电脑上会变成乱码",
            "重新输入文件名，只用小写英文字母、数字和连字符",
        )
    if name.endswith((".", " ")):
        return _problem(path, "bad-file-name", f"文件名“{name}”以点或空格结尾", "去掉末尾的点或空格")
    if len(name.encode()) > 200:
        return _problem(path, "long-file-name", f"文件名有 {len(name)} 个字，太长", "压缩到 60 个汉字以内")
    return None


def _confusions(paths: Iterable[str]) -> Iterator[Diagnostic]:
    """Yield pairs of paths that a case-insensitive or normalising file system takes for one."""
    seen: dict[str, str] = {}
    for path in paths:
        key = path.casefold()
        other = seen.get(key)
        seen.setdefault(key, path)
        if other:
            yield _problem(
                path,
                "confusable-name",
                f"与“{other}”只有大小写或字符编码的差别，在 Windows 和 macOS 上会互相覆盖",
                "改成明显不同的名字",
            )


def is_absolute(path: str) -> bool:
    """Whether a path names a place of its own, on POSIX or on Windows."""
    return path.startswith(("/", "\\", "~")) or path[1:2] == ":"


def safe_join(base: str, relative: str) -> str | None:
    """Return ``relative`` resolved against the folder ``base``, both POSIX; None if it leaves the project."""
    parts = base.split("/") if base else []
    for part in relative.split("/"):
        if part in ("", "."):
            continue
        if part == "..":
            if not parts:
                return None
            parts.pop()
        else:
            parts.append(part)
    return "/".join(parts)


def leaves(url: str, domains: Iterable[str]) -> bool:
    """Whether an absolute address leaves government websites and the ``domains`` of this group (domain/01, W-33)."""
    try:
        host = (urlsplit(url).hostname or "").lower()
    except ValueError:
        return True
    return bool(host) and not any(
        host == domain or host.endswith(f".{domain}") for domain in ("gov.cn", *domains)
    )


def relative_root(path: str) -> str:
    """Return the way from a page to its site's root: ``""``, ``"../"`` …"""
    return "../" * path.count("/")
