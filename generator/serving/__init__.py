"""The preview server: shows what the last good build wrote, and tells browsers what changed."""

from __future__ import annotations

from generator.serving.board import Failed, HandbookChanged, Message, Mount, Progressed, Published
from generator.serving.process import PreviewProcess, open_listener

__all__ = [
    "Failed",
    "HandbookChanged",
    "Message",
    "Mount",
    "PreviewProcess",
    "Progressed",
    "Published",
    "open_listener",
]
