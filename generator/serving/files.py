"""A file of the preview on its way to the browser: type, range, freshness, and the script put into pages."""

from __future__ import annotations

import mimetypes
import os
import re
from html import escape
from pathlib import Path
from typing import Final

import msgspec

from generator.serving.board import Mount

_TYPES: Final = mimetypes.MimeTypes(filenames=())
for _type, _suffix in (
    ("text/javascript", ".js"),
    ("application/json", ".json"),
    ("application/xml", ".xml"),
    ("application/manifest+json", ".webmanifest"),
    ("text/markdown", ".md"),
    ("text/csv", ".csv"),
    ("image/webp", ".webp"),
    ("image/avif", ".avif"),
    ("font/woff2", ".woff2"),
    ("video/mp4", ".mp4"),
    ("audio/mp4", ".m4a"),
    ("application/ofd", ".ofd"),
    ("application/vnd.ms-works", ".wps"),
    ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx"),
    ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx"),
):
    _TYPES.add_type(_type, _suffix)

_TEXTUAL: Final = ("application/json", "application/xml", "application/manifest+json", "image/svg+xml")
_RANGE: Final = re.compile(r"bytes=(\d*)-(\d*)")
_ROOTED: Final = re.compile(rb'\b(href|src|action)="/(?!/)')


def content_type(name: str) -> str:
    """Return the media type of a file by its name, with the encoding where it is text."""
    kind = _TYPES.guess_type(name)[0] or "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") or kind in _TEXTUAL else kind


def located(root: Path, path: str) -> Path | None:
    """Return the file or folder below ``root`` that a decoded address names; None if it would leave it."""
    parts = path.split("/")
    if any(part == ".." or "\\" in part or "\0" in part or ":" in part for part in parts):
        return None
    base = os.path.realpath(root)
    found = os.path.realpath(os.path.join(base, *filter(None, parts)))  # noqa: PTH118  (resolves nothing itself)
    return Path(found) if found == base or found.startswith(base + os.sep) else None


class Span(msgspec.Struct, frozen=True):
    """The bytes of a file to send: offset, how many, and whether they are only a part."""

    start: int
    length: int
    is_part: bool


def span_of(header: str | None, size: int) -> Span | None:
    """Return what a ``Range`` header asks for (RFC 9110, 14.2); None if the file has no such bytes.

    A header of several ranges or another unit is ignored, as a server may.
    """
    match = _RANGE.fullmatch(header.strip()) if header else None
    if match is None or match.group() == "bytes=-":
        return Span(0, size, False)
    first, last = match.groups()
    if first:
        start, end = int(first), min(int(last) if last else size - 1, size - 1)
    else:
        start, end = max(0, size - int(last)), size - 1
    return Span(start, end - start + 1, True) if start <= end and start < size else None


def with_script(html: bytes, version: str, file: str) -> bytes:
    """Return a page with the script that reloads it; only what is sent carries it, never the file."""
    tag = (
        f'<script src="/-/reload.js" data-version="{escape(version)}" data-file="{escape(file)}" defer></script>'
    ).encode()
    before, end, after = html.rpartition(b"</body>")
    return before + tag + end + after if end else html + tag


def moved(html: bytes, mount: Mount, mounts: tuple[Mount, ...], *, is_rooted: bool) -> bytes:
    """Return a page of a site that is shown elsewhere than on its host, with links that work here.

    Args:
        is_rooted: The page links from its base path, as 404.html does.
    """
    if is_rooted:
        html = _ROOTED.sub(
            lambda match: match.group(1) + b'="' + mount.prefix.encode(),
            html.replace(f'="{mount.base_path}'.encode(), b'="/'),
        )
    for other in mounts:
        html = html.replace(f' href="{other.base_url}'.encode(), f' href="{other.prefix}'.encode())
    return html
