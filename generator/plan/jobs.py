"""What a plan consists of: pages to render, bytes to write, files to copy."""

from __future__ import annotations

from msgspec import Struct

from generator.digest import encode
from generator.plan.views import Page, View


class PageJob(Struct, frozen=True, array_like=True):
    """A page: its path below the site's folder, template, encoded ``(page, view)`` and the key of its body.

    ``markup`` is empty where the page has no body.
    """

    path: str
    template: str
    payload: bytes
    markup: bytes

    @classmethod
    def of(cls, page: Page, template: str, view: View, markup: bytes = b"") -> PageJob:
        return cls(page.path, template, encode((page, view)), markup)


class BytesJob(Struct, frozen=True, array_like=True):
    """A file whose bytes are known to the plan: a feed, a site map, an asset, a download."""

    path: str
    data: bytes


class CopyJob(Struct, frozen=True, array_like=True):
    """A file copied from the content, such as an attachment; ``stamp`` changes when it does."""

    path: str
    source: str
    stamp: str


class RecordNote(Struct, frozen=True, array_like=True):
    """A page for the search index: digest of what its record holds beside the body, and the body's key."""

    id: str
    date: str
    head: bytes
    markup: bytes


class SitePlan(Struct, array_like=True):
    """Everything that one site in one edition consists of.

    Attributes:
        site: Index of the site in its group.
        folder: Below the output folder, with a trailing slash unless empty.
        frame: Encoded `Frame` that all pages share.
        kept: Addresses that readers may have kept: documents, sections, topics.
        notes: Which pages the search index knows, and when they changed.
        layer: Folder of templates that take precedence over those of the portal; empty for the portal itself.
    """

    site: int
    folder: str
    frame: bytes
    pages: list[PageJob]
    files: list[BytesJob]
    copies: list[CopyJob]
    kept: list[str]
    notes: list[RecordNote]
    layer: str = ""
