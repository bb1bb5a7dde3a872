"""The index as classic scripts, for pages opened from disk and for hosts that limit the number of files.

From ``file://`` a browser refuses `fetch`, workers and modules but runs scripts; a pack is a script that hands
over some files in base64. Which pack holds a file follows from its path alone (FORMAT.md section 10).
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path
from typing import Final

from search.output import Output

_RULES: Final = (
    (re.compile(r"^(\w+)/g/b\d+/(\d+)\.bin$"), "b", 4),
    (re.compile(r"^(\w+)/g/\d+/(\d+-)(\d+)\.bin$"), "g", 4),
    (re.compile(r"^(\w+)/u/(\d+)\.bin$"), "u", 3),
    (re.compile(r"^t/(\w+)/(\d+)(?:-\d+)?\.z$"), "t", 4),
)
"""Path, letter of the pack, and by how many bits the last number is shifted."""

_DELTA_TEXT: Final = re.compile(r"^d/t/(\w)\w*(?:-\d+)?\.z$")


def pack_of(path: str) -> str:
    """Return the name of the pack that holds a file; the browser computes the same."""
    if match := _DELTA_TEXT.match(path):
        return f"d-t{match[1]}"
    for pattern, letter, bits in _RULES:
        if match := pattern.match(path):
            folder, *between, number = match.groups()
            return f"{folder}-{letter}{''.join(between)}{int(number) >> bits}"
    return re.sub(r"\W", "-", path.rpartition(".")[0])


def packable(path: str) -> bool:
    return path.endswith((".bin", ".z"))


def write_packs(output: Output, before: dict[str, bytes]) -> dict[str, bytes]:
    """Write the packs of all files claimed so far.

    Args:
        output: Has the files, and receives the packs below ``k/``.
        before: What this function returned for the packs on disk; those still right are not made again.

    Returns:
        For each pack the digest of its members.
    """
    members: dict[str, list[str]] = {}
    for path in sorted(filter(packable, output.files)):
        members.setdefault(pack_of(path), []).append(path)
    inputs: dict[str, bytes] = {}
    for name, paths in members.items():
        inputs[name] = blake2b(b"".join(output.files[path] for path in paths), digest_size=16).digest()
        target = f"k/{name}.js"
        if before.get(name) == inputs[name] and target in output.before:
            output.keep([target])
        else:
            output.write(target, _script(name, paths, output.folder))
    return inputs


def _script(name: str, paths: Iterable[str], folder: Path) -> bytes:
    entries = ",\n".join(f'"{path}":"{b64encode((folder / path).read_bytes()).decode()}"' for path in paths)
    return f'yangguang.search.pack("{name}",{{\n{entries}}});\n'.encode()
