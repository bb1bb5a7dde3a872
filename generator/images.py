"""Pictures given as files: measured, refused where dangerous, published without what cameras note in them.

Telephones write place, time and owner into a photograph (EXIF, XMP, IPTC). The published file is the same
picture without them: segments are left out byte by byte, and nothing is compressed again unless the
picture has to be turned. Beside it lie smaller ones as WebP and, where Pillow can, AVIF.
"""

from __future__ import annotations

import hashlib
import re
import struct
import warnings
from collections.abc import Iterator, Sequence
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Final

import msgspec
from PIL import Image, ImageOps, UnidentifiedImageError, features

from generator.diagnostics import Diagnostic, Severity
from generator.digest import digest_bytes
from generator.pool import run
from generator.write import stage_file

MAX_PIXELS: Final = 60_000_000
WIDTHS: Final = (480, 960, 1600)
"""Widths of the smaller pictures in pixels: a telephone, a column of text, a sharp screen."""

RASTER: Final = (".jpg", ".jpeg", ".png", ".webp")
"""Endings of pictures that are published without notes."""

UNITS: Final = 30
"""A smaller picture takes about as long as so many pages."""

_ORIENTATION: Final = 0x0112
_TURNED: Final = frozenset(range(2, 9))
_LYING: Final = frozenset((5, 6, 7, 8))
_TYPES: Final = {"webp": "image/webp", "avif": "image/avif"}
_KEPT_CHUNKS: Final = frozenset(
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT bKGD pHYs acTL fcTL fdAT".split()
)
_DROPPED_CHUNKS: Final = frozenset((b"EXIF", b"XMP "))
_SVG_SIZE: Final = re.compile(
    r"viewBox=\"\s*[\d.+-]+[\s,]+[\d.+-]+[\s,]+(\d{1,6}(?:\.\d+)?)[\s,]+(\d{1,6}(?:\.\d+)?)\s*\""
)
_SVG_ACTIVE: Final = re.compile(r"<script|<foreignObject|\son\w+\s*=|javascript:|<!ENTITY", re.IGNORECASE)


def measure(path: str, absolute: str) -> tuple[int, int, Diagnostic | None]:
    """Return width and height of a picture in pixels, and why it cannot be shown, if so.

    Args:
        path: For the message.
        absolute: Where the file is.
    """
    if path.lower().endswith(".svg"):
        return _measure_svg(path, absolute)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of sizes, which are asked for here, and of broken notes
            with Image.open(absolute) as image:
                width, height = image.size
                if _orientation(image) in _LYING:
                    width, height = height, width
                kind = (image.format or "").lower()
    except Image.DecompressionBombError:
        message = "图片展开以后像素太多，可能是损坏或者恶意的文件"
        return 0, 0, _problem(path, "image-too-large", message, "缩小到 6000 万像素以内")
    except (UnidentifiedImageError, OSError, ValueError):
        return 0, 0, _problem(path, "bad-image", "图片打不开", "用看图软件另存为 PNG 或 JPEG")
    if width * height > MAX_PIXELS:
        return (
            0,
            0,
            _problem(path, "image-too-large", f"图片有 {width}×{height} 像素", "缩小到 6000 万像素以内"),
        )
    wanted = {"jpg": "jpeg"}.get(suffix := path.lower().rpartition(".")[2], suffix)
    kind = {"mpo": "jpeg"}.get(kind, kind)  # what some telephones write into a .jpg
    if kind != wanted:
        problem = _problem(
            path,
            "image-type-mismatch",
            f"扩展名是 {suffix}，内容是 {kind}",
            f"把扩展名改成 .{kind}，引用它的地方一起改",
        )
        return width, height, problem
    return width, height, None


def _orientation(image: Image.Image) -> int:
    """Return how a camera says that a picture is to be turned (1: not at all)."""
    try:
        return int(image.getexif().get(_ORIENTATION, 1))
    except (ArithmeticError, LookupError, OSError, SyntaxError, TypeError, ValueError, struct.error):
        return 1  # notes that nobody can read tell nothing


def _measure_svg(path: str, absolute: str) -> tuple[int, int, Diagnostic | None]:
    try:
        text = Path(absolute).read_text(encoding="utf-8", errors="replace")
    except OSError:
        text = ""
    if "<svg" not in text:
        return 0, 0, _problem(path, "bad-image", "图片打不开", "重新导出 SVG，或另存为 PNG")
    if _SVG_ACTIVE.search(text):
        return (
            0,
            0,
            _problem(path, "active-svg", "SVG 图片里有脚本或外部内容", "删去脚本后再用，或另存为 PNG"),
        )
    match = _SVG_SIZE.search(text)
    return (round(float(match[1])), round(float(match[2])), None) if match else (0, 0, None)


def _problem(path: str, code: str, message: str, remedy: str) -> Diagnostic:
    return Diagnostic(path, 0, 0, Severity.ERROR, code, message, remedy)


# --- what is published -----------------------------------------------------------------------------


class PictureJob(msgspec.Struct, frozen=True, array_like=True):
    """A picture to publish: ``clean`` (as it is, without notes), ``webp`` or ``avif`` of some width.

    Attributes:
        path: Below the site's folder.
        source: The file.
        name: Of the file, for messages.
        digest: Of the file's bytes: the same picture is not made again on a fresh checkout.
    """

    path: str
    source: str
    name: str
    digest: bytes
    form: str
    width: int = 0

    @property
    def stamp(self) -> bytes:
        """What the picture is made from."""
        return digest_bytes(b"\0".join((self.digest, self.form.encode(), str(self.width).encode())))


class Made(msgspec.Struct, frozen=True, array_like=True):
    """A picture that was made; not staged where its bytes are those already published."""

    path: str
    sha256: str
    size: int
    staged: bool
    diagnostic: Diagnostic | None = None


class PictureTask(msgspec.Struct, frozen=True, array_like=True):
    """A picture to make: below which folder, and the SHA-256 of what is published there."""

    folder: str
    job: PictureJob
    published: str


def sources_of(url: str, width: int) -> tuple[tuple[str, tuple[tuple[str, int], ...]], ...]:
    """Return the smaller pictures of one: for each media type, best first, addresses and widths."""
    stem, _, suffix = url.rpartition(".")
    forms = _forms(suffix.lower())
    widths = [step for step in WIDTHS if step < width]
    if width <= WIDTHS[-1]:
        widths.append(width)
    return tuple(
        (_TYPES[form], tuple((f"{stem}-{step}.{form}", step) for step in widths))
        for form in forms
        if width > 1
    )


@lru_cache(maxsize=8)
def _forms(suffix: str) -> tuple[str, ...]:
    """Return the forms worth making: line art gains nothing from AVIF, and WebP and GIF are what they are."""
    if suffix in ("jpg", "jpeg"):
        return ("avif", "webp") if features.check("avif") else ("webp",)
    return ("webp",) if suffix == "png" else ()


def picture_jobs(path: str, source: str, name: str, digest: bytes, width: int) -> Iterator[PictureJob]:
    """Yield all that is published of a picture; only itself where its width is 0."""
    yield PictureJob(path, source, name, digest, "clean")
    for form, candidates in sources_of(path, width):
        for url, step in candidates:
            yield PictureJob(url, source, name, digest, form.partition("/")[2], step)


def make_all(staging: str, tasks: Sequence[PictureTask], workers: int) -> Iterator[Made]:
    """Yield the pictures, in the order of the tasks."""
    yield from run(_made, tasks, context=staging, workers=workers, units=UNITS, chunk_size=1)


def _made(staging: str, task: PictureTask) -> Made:
    path = task.folder + task.job.path
    try:
        data = made(Path(task.job.source).read_bytes(), task.job.form, task.job.width)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return Made(
            path,
            "",
            0,
            False,
            _problem(task.job.name, "bad-image", "图片打不开", "用看图软件另存为 PNG 或 JPEG"),
        )
    sha256 = hashlib.sha256(data).hexdigest()
    if sha256 != task.published:
        stage_file(staging, path, data)
    return Made(path, sha256, len(data), sha256 != task.published)


def made(data: bytes, form: str, width: int = 0) -> bytes:
    """Return a picture in another form, or as it is without notes.

    Raises:
        OSError: If the picture is damaged.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with Image.open(BytesIO(data)) as image:
            turned = _orientation(image) in _TURNED
            if form == "clean" and not turned:
                return without_notes(data, image.format or "")
            upright = ImageOps.exif_transpose(image) if turned else image
            if form == "clean":
                return _saved(upright, image.format or "PNG", image.info.get("icc_profile"), quality=92)
            return _smaller(upright, form, width, image.format or "")


def _smaller(image: Image.Image, form: str, width: int, source: str) -> bytes:
    mode = "RGBA" if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info else "RGB"
    profile = image.info.get("icc_profile")
    shown = image.convert(mode)
    if width < shown.width:
        shown = shown.resize(
            (width, max(round(shown.height * width / shown.width), 1)), Image.Resampling.LANCZOS
        )
    if form == "avif":
        return _saved(shown, "AVIF", profile, quality=58, speed=7)
    lossy = _saved(shown, "WEBP", profile, quality=78, method=4)
    if source != "PNG":
        return lossy
    # Screenshots and line art are smaller, and sharp, without loss.
    return min(_saved(shown, "WEBP", profile, lossless=True, quality=60, method=4), lossy, key=len)


def _saved(image: Image.Image, form: str, profile: bytes | None, **options: int | bool) -> bytes:
    out = BytesIO()
    extra = {"icc_profile": profile} if profile else {}
    image.save(out, "JPEG" if form == "MPO" else form, exif=b"", **extra, **options)
    return without_notes(out.getvalue(), form)


def without_notes(data: bytes, form: str) -> bytes:
    """Leave out what cameras and programs noted in a picture; its pixels stay as they were compressed."""
    if form in ("JPEG", "MPO"):
        return b"".join(_jpeg_parts(data))
    if form == "PNG":
        return data[:8] + b"".join(_png_chunks(data))
    if form == "WEBP":
        body = b"WEBP" + b"".join(_webp_chunks(data))
        return b"RIFF" + struct.pack("<I", len(body)) + body
    return data


def _jpeg_parts(data: bytes) -> Iterator[bytes]:
    """Yield the segments up to the picture, without EXIF, XMP, IPTC and remarks; then the first picture."""
    yield data[:2]
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:  # a fill byte
            at += 1
            continue
        if marker == 0xDA:  # the picture; a telephone's second picture after it is left out
            end = data.rfind(b"\xff\xd9", at, _next_picture(data, at))
            yield data[at : end + 2 if end >= 0 else len(data)]
            return
        size = struct.unpack(">H", data[at + 2 : at + 4])[0]
        segment = data[at : at + 2 + size]
        profile = marker == 0xE2 and segment[4:15] == b"ICC_PROFILE"
        if (not 0xE1 <= marker <= 0xEF and marker != 0xFE) or profile or marker == 0xEE:
            yield segment
        at += 2 + size
    yield data[at:]


def _next_picture(data: bytes, at: int) -> int:
    found = data.find(b"\xff\xd9\xff\xd8\xff", at)
    return found + 2 if found >= 0 else len(data)


def _png_chunks(data: bytes) -> Iterator[bytes]:
    at = 8
    while at + 12 <= len(data):
        size = struct.unpack(">I", data[at : at + 4])[0]
        if data[at + 4 : at + 8] in _KEPT_CHUNKS:
            yield data[at : at + 12 + size]
        at += 12 + size


def _webp_chunks(data: bytes) -> Iterator[bytes]:
    at = 12
    while at + 8 <= len(data):
        name, size = data[at : at + 4], struct.unpack("<I", data[at + 4 : at + 8])[0]
        end = at + 8 + size + size % 2
        chunk = data[at:end]
        if name == b"VP8X":  # says which notes follow: bit 3 EXIF, bit 2 XMP
            chunk = chunk[:8] + bytes([chunk[8] & ~0b1100]) + chunk[9:]
        if name not in _DROPPED_CHUNKS:
            yield chunk
        at = end
