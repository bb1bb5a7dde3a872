"""Pictures given as files. The only module that imports Pillow."""

from __future__ import annotations

import re
import struct
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
            warnings.simplefilter("ignore")  # of sizes, which are asked for here, and of broken notes
            with Image.open(absolute) as image:
                width, height = image.size
                kind = (image.format or "").lower()
                told = _told_of_people(image)
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
    if told:
        message = f"图片文件里留有{'、'.join(told)}，下载的人都能看到"
        remedy = "在文件属性里“删除属性和个人信息”，或用看图软件另存一份"
        return width, height, Diagnostic(path, 0, 0, Severity.WARNING, "image-metadata", message, remedy)
    return width, height, None


_EXIF_IFD: Final = 0x8769
_GPS_IFD: Final = 0x8825
_AUTHORS: Final = (0x013B, 0x9C9D)
_OWNER: Final = (0xA430, 0xA431)


def _told_of_people(image: Image.Image) -> list[str]:
    """Return what a camera or an office program noted about people (domain/03, section 9), without the values."""
    try:
        exif = image.getexif()
        inner, place = exif.get_ifd(_EXIF_IFD), exif.get_ifd(_GPS_IFD)
    except (ArithmeticError, LookupError, OSError, SyntaxError, TypeError, ValueError, struct.error):
        return []  # notes that nobody can read tell nothing
    found = {
        "拍摄地点": any(tag in place for tag in (2, 4)),
        "作者姓名": any(str(exif.get(tag) or "").strip("\0 ") for tag in _AUTHORS),
        "相机的主人或编号": any(str(inner.get(tag) or "").strip("\0 ") for tag in _OWNER),
    }
    return [words for words, is_told in found.items() if is_told]


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
