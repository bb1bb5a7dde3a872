"""Writing a confirmed subject into the front matter of a document, and nothing else."""

from __future__ import annotations

from pathlib import Path

from generator.fields import Subject
from generator.suggestions.texts import Text


def write_subject(text: Text, subject: str) -> None:
    """Add 主题分类 as the last line of a document's front matter; every other byte stays.

    Raises:
        FormatError: If the subject is not an official one.
    """
    file = Path(text.absolute)
    written = str(Subject.parse(subject))
    data = file.read_bytes()
    end = b"\r\n" if b"\r\n" in data[:200] else b"\n"
    at = data.index(end + b"---", 3) + len(end)
    file.write_bytes(data[:at] + f"主题分类: {written}".encode() + end + data[at:])
