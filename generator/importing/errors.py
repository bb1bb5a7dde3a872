"""The one exception of the readers."""

from __future__ import annotations

from generator.diagnostics import GeneratorError


class UnreadableSource(GeneratorError):
    """A file cannot be read as what it claims to be; `run_import` turns it into a diagnostic."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message, remedy)
        self.message = message
        self.remedy = remedy
