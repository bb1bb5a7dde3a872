"""Plain documents: those whose page follows from so little that it is quicker told to be as it was than planned again.

A build after an edit plans thousands of pages that come out as they were. The digest of a page's inputs, its
basis, tells which; it is the shorter the less a page draws on. So only documents that nothing refers to, and
that refer to nothing, have one: the pages of all others are planned every time.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from generator.digest import digest_value
from generator.plan.context import Context
from generator.plan.extras import has_extra_view
from generator.validate import Document

STRUCTURAL_KINDS: Final = frozenset({"section", "organisation", "topic", "page"})
"""Documents that many pages draw on: in menus, breadcrumbs, head tags and links to organisations."""


def structure_of(context: Context) -> bytes:
    """Return the digest of what all plain pages of a site in one edition share.

    What is not content (settings, theme, the day) is not in it: a build that sees it changed takes nothing over.
    """
    shared = [
        (document.path, document.digest)
        for document in context.pool.documents.values()
        if document.kind in STRUCTURAL_KINDS
    ]
    return digest_value((context.frame, context.library.visible_sections, shared))


def basis_of(
    context: Context, structure: bytes, document: Document, newer: Document | None, older: Document | None
) -> bytes:
    """Return the digest of all that a document's page is made from, or nothing if the document is not plain."""
    pool = context.pool
    if (
        document.kind in STRUCTURAL_KINDS
        or has_extra_view(document)
        or document.id in pool.relations_from
        or document.id in pool.relations_to
        or document.id in pool.rows_to
    ):
        return b""
    converted = context.converted.get(document.id)
    return digest_value(
        (
            structure,
            document.path,
            document.url,
            document.digest,
            converted.key if converted else b"",
            context.document_link(newer) if newer else None,
            context.document_link(older) if older else None,
            context.titles_repeated(document.title),
            pool.standings.get(document.id),
            context.library.canonical(document),
            tuple(_files(context, document)) if document.files else (),
        )
    )


def _files(context: Context, document: Document) -> Iterator[object]:
    folder = document.path.rpartition("/")[0]
    for name, file in document.files:
        yield name, file, context.files.get(f"{folder}/{file}")
