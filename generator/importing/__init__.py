"""Import of existing documents: Word files, old web pages, plain text, JSON Lines and CSV tables."""

from generator.importing.documents import Attachment, ImportedDocument
from generator.importing.errors import UnreadableSource
from generator.importing.run import ImportedItem, ImportReport, run_import
from generator.importing.sources import read_source

__all__ = [
    "Attachment",
    "ImportReport",
    "ImportedDocument",
    "ImportedItem",
    "UnreadableSource",
    "read_source",
    "run_import",
]
