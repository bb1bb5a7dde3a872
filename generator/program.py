"""Which program this is: what another one left in the caches may mean something else."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from generator import __version__
from generator.digest import digest_value


def _code_digest() -> bytes:
    """Digest of the generator's own code and data by size and time, so that a changed program rebuilds."""
    base = Path(__file__).parent
    files = sorted((*base.rglob("*.py"), *base.rglob("*.json")))
    return digest_value(
        [(str(file.relative_to(base)), file.stat().st_size, file.stat().st_mtime_ns) for file in files]
    )


#: Caches of another program are foreign: pages may come out differently from the same views.
CACHE_VERSION: Final = f"{__version__} {_code_digest().hex()}"
