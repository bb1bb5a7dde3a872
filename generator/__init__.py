"""Yangguang (阳光站): a static site generator for government openness (政务公开) websites."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("yangguang")
except PackageNotFoundError:  # running from a source tree that was never installed
    __version__ = "0+source"
