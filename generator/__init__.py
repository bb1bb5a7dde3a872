"""Yangguang (阳光站): a static site generator for government openness (政务公开) websites."""

__version__ = "0.1.0"
