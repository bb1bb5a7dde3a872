"""Pictures given as files. The only module that imports Pillow."""

from __future__ import annotations

import re
import warnings
from pathlib import Path
from typing import Final

from PIL import Image, UnidentifiedImageError

from generator.diagnostics import Diagnostic, Severity

MAX_PIXELS: Final = 60_000_000
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
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(absolute) as image:
                width, height = image.size
                kind = (image.format or "").lower()
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
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
