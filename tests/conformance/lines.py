"""The lines of the list of access, as `lines.yml` declares them."""

from __future__ import annotations

from pathlib import Path
from typing import Final, Literal

import msgspec
import yaml

LINES_FILE: Final = Path(__file__).with_name("lines.yml")
NUMBERS: Final = tuple(f"A-{number:02}" for number in range(1, 81))


class DeclaredLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One line; ``tests`` are pytest's ids without parameters."""

    line: str
    text: str
    wcag: str
    how: Literal["static", "browser", "hand", "none"]
    tests: tuple[str, ...]
    note: str = ""


def declared_lines() -> tuple[DeclaredLine, ...]:
    """Return all lines in their order."""
    return msgspec.convert(
        yaml.safe_load(LINES_FILE.read_text(encoding="utf-8")), type=tuple[DeclaredLine, ...]
    )
