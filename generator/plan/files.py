"""Files beside documents: their addresses and what is said of them."""

from __future__ import annotations

from generator.plan.context import Context
from generator.plan.views import Attachment
from generator.validate import Document


def file_url(document: Document, name: str) -> str:
    """Return the address of a file beside a document: next to the document's page."""
    return f"{document.url.rpartition('/')[0]}/{name}".lstrip("/")


def attachment_of(
    context: Context, document: Document, number: int, title: str, name: str
) -> Attachment | None:
    """Return one file to download, or None where the file is missing (which is reported elsewhere)."""
    facts = context.files.get(f"{document.path.rpartition('/')[0]}/{name}")
    if facts is None:
        return None
    return Attachment(
        number, title, file_url(document, name), facts.format, size_words(facts.size), facts.pages
    )


def size_words(size: int) -> str:
    """Return a file size ready to show."""
    if size < 1024:
        return f"{size} 字节"
    if size < 1024 * 1024:
        return f"{round(size / 1024)} KB"
    return f"{size / 1024 / 1024:.1f} MB"
