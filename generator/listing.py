"""The listing of the content tree; renewed without a walk where a watcher tells what changed."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from generator.diagnostics import Diagnostic, Severity
from generator.paths import FoundFile, walk


def find_files(content: Path, name: str) -> tuple[list[FoundFile], list[Diagnostic]]:
    """Return all files of the content tree."""
    if not content.is_dir():
        return [], [
            Diagnostic(
                name,
                0,
                0,
                Severity.ERROR,
                "no-content",
                f"没有找到内容目录 {name}",
                "建立这个目录，或在 site.yml 的“内容目录”里写对",
            )
        ]
    return walk(content, name)


def relisted(found: Sequence[FoundFile], changed: Iterable[str]) -> list[FoundFile] | None:
    """Return a listing with the facts of changed files renewed; None if files may have come or gone.

    Args:
        changed: Absolute paths.
    """
    places = {file.absolute: index for index, file in enumerate(found)}
    result = list(found)
    for path in changed:
        index = places.get(path)
        if index is None:
            return None
        try:
            facts = os.lstat(path)
        except OSError:
            return None
        if not stat.S_ISREG(facts.st_mode):
            return None
        result[index] = msgspec.structs.replace(
            result[index], size=facts.st_size, modified_ns=facts.st_mtime_ns, inode=facts.st_ino
        )
    return result
