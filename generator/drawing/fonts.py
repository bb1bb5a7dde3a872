"""Fonts with Chinese letters: those named in ``site.yml``, else what fontconfig finds."""

from __future__ import annotations

import shutil
import subprocess
from functools import lru_cache
from pathlib import Path
from typing import Final

from msgspec import Struct
from PIL import ImageFont

from generator.diagnostics import Diagnostic, Severity

PACKAGE: Final = "fonts-noto-cjk"
"""The Debian package that has all three faces."""

_SAMPLE: Final = "越政〔二〇二六〕补贴"
_WANTED: Final = {
    "sans": "Noto Sans CJK SC:regular",
    "bold": "Noto Sans CJK SC:bold",
    "song": "Noto Serif CJK SC:bold",
}


class Face(Struct, frozen=True, array_like=True):
    """A face in a font file (collections have several)."""

    path: str
    index: int = 0


class Fonts(Struct, frozen=True, array_like=True):
    """The three faces of the theme; ``stamp`` changes when one of the files does."""

    sans: Face
    bold: Face
    song: Face
    stamp: str


class FoundFonts(Struct, frozen=True):
    """The fonts to draw with, None if there is none that has Chinese letters; and what is wrong."""

    found: Fonts | None
    problems: tuple[Diagnostic, ...]

    @property
    def stamp(self) -> str:
        """Changes when other pictures would be drawn."""
        return self.found.stamp if self.found else ""


def find_fonts(root: str, sans: str = "", song: str = "") -> FoundFonts:
    """Look for fonts to draw with.

    Args:
        root: The project folder, to which paths of ``site.yml`` are relative.
        sans: File for text, from ``site.yml``.
        song: File for titles, from ``site.yml``.
    """
    own_sans, own_song = (_own(root, name) for name in (sans, song))
    problems = [
        _problem(
            "bad-font",
            f"字体文件“{name}”打不开，或者没有汉字，改用系统里的字体",
            "换一个 ttf、otf 或 ttc 字体文件",
        )
        for name, face in ((sans, own_sans), (song, own_song))
        if name and face is None
    ]
    faces = {
        "sans": own_sans or _matched(_WANTED["sans"]),
        "bold": own_sans or _matched(_WANTED["bold"]),
        "song": own_song or _matched(_WANTED["song"]) or own_sans,
    }
    text = faces["sans"] or faces["bold"]
    if text is None:
        return FoundFonts(None, (*problems, _missing()))
    chosen = (faces["sans"] or text, faces["bold"] or text, faces["song"] or faces["bold"] or text)
    stamps = []
    for face in chosen:
        state = Path(face.path).stat()
        stamps.append(f"{face.path}\0{face.index}\0{state.st_size}\0{state.st_mtime_ns}")
    fonts = Fonts(chosen[0], chosen[1], chosen[2], "\n".join(stamps))
    return FoundFonts(fonts, tuple(problems))


def _problem(code: str, message: str, remedy: str) -> Diagnostic:
    return Diagnostic("site.yml", 0, 0, Severity.WARNING, code, message, remedy)


def _missing() -> Diagnostic:
    return _problem(
        "no-font",
        "没有找到带汉字的字体，图解的长图和分享图没有画，其余照常生成",
        f"安装软件包 {PACKAGE}（Debian、Ubuntu：apt-get install {PACKAGE}），或在 site.yml 的“字体”里写字体文件",
    )


def _own(root: str, name: str) -> Face | None:
    face = Face(str(Path(root) / name)) if name else None
    return face if face and _has_chinese(face) else None


@lru_cache(maxsize=16)
def _matched(pattern: str) -> Face | None:
    """Ask fontconfig; it always answers with some font, which need not have Chinese letters."""
    program = shutil.which("fc-match")
    if program is None:
        return None
    done = subprocess.run(
        [program, "-f", "%{file}\n%{index}", f"{pattern}:lang=zh-cn"],
        capture_output=True,
        text=True,
        check=False,
    )
    path, _, index = done.stdout.partition("\n")
    if done.returncode or not path or not Path(path).is_file():
        return None
    face = Face(path, int(index or 0) & 0xFFFF)
    return face if _has_chinese(face) else None


def _has_chinese(face: Face) -> bool:
    """Whether the letters differ from the box that stands for missing ones."""
    try:
        font = ImageFont.truetype(face.path, 24, face.index, layout_engine=ImageFont.Layout.BASIC)
        missing = bytes(font.getmask("\U000f0000"))
        return all(bytes(font.getmask(letter)) != missing for letter in _SAMPLE)
    except (OSError, ValueError):
        return False
