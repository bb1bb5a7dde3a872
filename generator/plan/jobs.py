"""What a plan consists of: pages to render, bytes to write, files to copy.

Planners yield jobs with all their bytes. A plan keeps only digests of them, and where the bytes lie: most
pages are what they were, and nobody asks for their bytes again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Final

from msgspec import Struct

from generator.cache import Place
from generator.digest import digest_bytes, encode
from generator.images import PictureJob
from generator.plan.views import Page, View

Keep = Callable[[bytes], Place]
"""Stores bytes until the page is rendered, and for later builds; returns where."""

NOWHERE: Final = Place("", 0, 0)

DOCUMENT_JSON: Final = "document.json"
"""In place of a template: the metadata of a document as JSON, to which its text is added."""


class PageJob(Struct, frozen=True, array_like=True):
    """A page: its path below the site's folder, template, encoded ``(page, view)`` and the key of its body.

    Attributes:
        markup: Empty where the page has no body.
        basis: Digest of all that the view was made from, where that is quicker told than the view is made;
            else empty.
    """

    path: str
    template: str
    payload: bytes
    markup: bytes
    basis: bytes = b""

    @classmethod
    def of(cls, page: Page, template: str, view: View, markup: bytes = b"", basis: bytes = b"") -> PageJob:
        return cls(page.path, template, encode((page, view)), markup, basis)

    def planned(self, keep: Keep, last: PlannedPage | None) -> PlannedPage:
        """Return the page as plans hold it; a view that the last plan had is not stored again."""
        digest = digest_bytes(self.payload)
        place = last.place if last and last.digest == digest else keep(self.payload)
        return PlannedPage(self.path, self.template, self.markup, self.basis, digest, place)


class PlannedPage(Struct, frozen=True, array_like=True):
    """A page whose view is stored; ``digest`` is that of the encoded view."""

    path: str
    template: str
    markup: bytes
    basis: bytes
    digest: bytes
    place: Place


class BytesJob(Struct, frozen=True, array_like=True):
    """A file whose bytes are known to the plan: a feed, a site map, an asset, a download; ``basis`` as that of pages."""

    path: str
    data: bytes
    basis: bytes = b""

    def planned(self, keep: Keep, last: PlannedFile | None) -> PlannedFile:
        """Return the file as plans hold it; bytes that the last plan had are not stored again."""
        sha256 = hashlib.sha256(self.data).hexdigest()
        place = last.place if last and last.sha256 == sha256 else keep(self.data)
        return PlannedFile(self.path, sha256, len(self.data), place, self.basis)


class PlannedFile(Struct, frozen=True, array_like=True):
    """A file whose bytes are stored."""

    path: str
    sha256: str
    size: int
    place: Place
    basis: bytes = b""


class CopyJob(Struct, frozen=True, array_like=True):
    """A file copied from the content, such as an attachment; ``stamp`` changes when it does."""

    path: str
    source: str
    stamp: str


class DrawJob(Struct, frozen=True, array_like=True):
    """A picture to draw: its path, ``poster`` or ``card``, and the encoded view."""

    path: str
    form: str
    payload: bytes


class RecordNote(Struct, frozen=True, array_like=True):
    """A page for the search index: digest of what its record holds beside the body, and the body's key.

    Attributes:
        basis: As that of the page.
    """

    id: str
    date: str
    head: bytes
    markup: bytes
    basis: bytes = b""


class SitePlan(Struct, array_like=True):
    """Everything that one site in one edition consists of.

    Attributes:
        site: Index of the site in its group.
        folder: Below the output folder, with a trailing slash unless empty.
        frame: Encoded `Frame` that all pages share.
        kept: Addresses that readers may have kept: documents, sections, topics.
        notes: Which pages the search index knows, and when they changed.
        layers: Folders of templates that take precedence over those of the portal, which has none.
    """

    site: int
    folder: str
    frame: bytes
    pages: list[PlannedPage]
    files: list[PlannedFile]
    copies: list[CopyJob]
    kept: list[str]
    notes: list[RecordNote]
    layers: tuple[str, ...] = ()
    drawings: list[DrawJob] = []
    pictures: list[PictureJob] = []
