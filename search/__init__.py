"""Chinese full-text search from static files."""

from search.builder import BuildReport, build
from search.options import Options
from search.records import Answer, Link, RecordSource, SearchRecord, Section, record_digest, source_of

__all__ = [
    "Answer",
    "BuildReport",
    "Link",
    "Options",
    "RecordSource",
    "SearchRecord",
    "Section",
    "build",
    "record_digest",
    "source_of",
]
