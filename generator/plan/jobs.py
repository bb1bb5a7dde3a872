"""What a plan consists of: pages to render, bytes to write, files to copy."""

from __future__ import annotations

from msgspec import Struct

from generator.digest import encode
from generator.plan.views import Page, View
from search import RecordSource


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


class SitePlan(Struct):
    """Everything that one site in one edition consists of.

    Attributes:
        folder: Below the output folder, with a trailing slash unless empty.
        frame: Encoded `Frame` that all pages share.
        kept: Addresses that readers may have kept: documents, sections, topics.
        records: What the search index is told of each page.
    """

    folder: str
    frame: bytes
    pages: list[PageJob]
    files: list[BytesJob]
    copies: list[CopyJob]
    kept: list[str]
    records: list[RecordSource]
