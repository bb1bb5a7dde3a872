"""Run Python-Markdown and hand back one piece of HTML per top-level block."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from html import escape
from typing import Any

import markdown

from generator.extending import MISTAKES
from generator.markup.defuse import defuse, rearm
from generator.markup.extensions import EXTENSION_CONFIGS, WikiLink, extensions
from generator.markup.model import MarkupProblem, extension_failed, too_deep

_SEPARATOR = "\n\ufdd2\n"


class Engine(markdown.Markdown):
    """Python-Markdown stopped before it joins the blocks."""

    def __init__(self, own: Sequence[Any] = ()) -> None:
        super().__init__(
            extensions=[*extensions(), *own], extension_configs=EXTENSION_CONFIGS, output_format="html"
        )
        wiki = self.inlinePatterns["wiki"]
        assert isinstance(wiki, WikiLink)
        self.wiki = wiki

    def blocks(self, source: str) -> tuple[list[str], list[tuple[str, str, str]]]:
        """Return the unsanitised HTML of each block, and target, clause and label of each ``[[…]]``."""
        self.reset()
        self.wiki.found = []
        lines = source.split("\n")
        for preprocessor in self.preprocessors:
            lines = preprocessor.run(lines)
        root = self.parser.parseDocument(lines).getroot()
        assert root is not None
        for processor in self.treeprocessors:
            changed = processor.run(root)
            root = root if changed is None else changed
        pieces = []
        for child in root:
            child.tail = None
            pieces.append(self.serializer(child))
        text = _SEPARATOR.join(pieces)
        for postprocessor in self.postprocessors:
            text = postprocessor.run(text)
        return [piece.strip() for piece in text.split(_SEPARATOR)], self.wiki.found


@lru_cache(maxsize=8)
def engine(own: tuple[Any, ...] = ()) -> Engine:
    """Return this process's converter, with a project's own extensions."""
    return Engine(own)


def render(
    source: str, own: tuple[Any, ...] = ()
) -> tuple[list[str], list[tuple[str, str, str]], MarkupProblem | None]:
    """Return blocks and wiki links as `Engine.blocks`, and what stood in the way.

    A body on which an extension fails is converted without it; one that is nested too deeply for a recursive
    parser comes back as plain paragraphs.
    """
    if own:
        try:
            pieces, wiki = engine(own).blocks(defuse(source))
            return [rearm(piece) for piece in pieces], wiki, None
        except MISTAKES as error:
            engine.cache_clear()
            pieces, wiki, failure = render(source)
            return pieces, wiki, failure or extension_failed(error)
    try:
        pieces, wiki = engine().blocks(defuse(source))
        return [rearm(piece) for piece in pieces], wiki, None
    except RecursionError:
        engine.cache_clear()
        return (
            [f"<p>{escape(block, quote=False)}</p>" for block in source.split("\n\n") if block.strip()],
            [],
            too_deep(),
        )
