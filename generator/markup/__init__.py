"""Markdown to `Markup`: the convert stage, for Chinese laws, notices and everyday pages."""

from generator.markup.addresses import clause_anchor
from generator.markup.conversion import convert
from generator.markup.model import (
    CHART_MARK,
    ROOT_MARK,
    Heading,
    Markup,
    MarkupProblem,
    Reference,
    ResolvedImage,
    ResolvedLink,
    Section,
)
from generator.markup.quote import clause_text
from generator.markup.references import scan

__all__ = [
    "CHART_MARK",
    "ROOT_MARK",
    "Heading",
    "Markup",
    "MarkupProblem",
    "Reference",
    "ResolvedImage",
    "ResolvedLink",
    "Section",
    "clause_anchor",
    "clause_text",
    "convert",
    "scan",
]
