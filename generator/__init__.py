"""Yangguang (阳光站): a static site generator for government openness (政务公开) websites."""

from typing import Final

__version__: Final = "0.1.0"
