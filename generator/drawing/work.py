"""One picture to draw, whatever it shows; runs in workers."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

import msgspec

from generator.digest import digest_bytes
from generator.drawing.card import card
from generator.drawing.fonts import Fonts
from generator.drawing.poster import poster
from generator.plan import DrawJob
from generator.plan.views import PosterView, ShareCard
from generator.pool import run
from generator.write import stage_file

UNITS: Final = 60
"""A picture takes about as long as so many pages."""


class DrawTask(msgspec.Struct, frozen=True, array_like=True):
    """A picture to draw: below which folder, and the SHA-256 of what is published there."""

    folder: str
    job: DrawJob
    published: str


class Drawn(msgspec.Struct, frozen=True, array_like=True):
    """A drawn picture; not staged where its bytes are those already published."""

    path: str
    sha256: str
    size: int
    staged: bool


def draw_all(fonts: Fonts, staging: str, tasks: Sequence[DrawTask], workers: int) -> Iterator[Drawn]:
    """Yield the pictures, in the order of the tasks, drawn by as many processes as are worth it."""
    yield from run(_drawn, tasks, context=(fonts, staging), workers=workers, units=UNITS, chunk_size=1)


def _drawn(context: tuple[Fonts, str], task: DrawTask) -> Drawn:
    fonts, staging = context
    data = _draw(task.job.form, task.job.payload, fonts)
    path = task.folder + task.job.path
    sha256 = hashlib.sha256(data).hexdigest()
    if sha256 != task.published:
        stage_file(staging, path, data)
    return Drawn(path, sha256, len(data), sha256 != task.published)


@lru_cache(maxsize=128)
def _draw(form: str, payload: bytes, fonts: Fonts) -> bytes:
    """Return the bytes of a picture; several sites and builds of one process may want the same."""
    if form == "poster":
        return poster(msgspec.msgpack.decode(payload, type=PosterView), fonts)
    return card(msgspec.msgpack.decode(payload, type=ShareCard), fonts)


def drawing_stamp(job: DrawJob, fonts: Fonts) -> bytes:
    """Return what a picture is made from: its view and the fonts."""
    return digest_bytes(b"\0".join((job.form.encode(), fonts.stamp.encode(), job.payload)))
