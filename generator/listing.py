"""The listing of the content tree, renewed without a walk where a watcher tells what changed."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Sequence

import msgspec

from generator.paths import FoundFile


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
