"""Run Python-Markdown and hand back one piece of HTML per top-level block."""

from __future__ import annotations

from functools import lru_cache
from html import escape

import markdown

from generator.markup.defuse import defuse, rearm
from generator.markup.extensions import EXTENSION_CONFIGS, WikiLink, extensions

_SEPARATOR = "\n\ufdd2\n"


class Engine(markdown.Markdown):
    """Python-Markdown stopped before it joins the blocks."""

    def __init__(self) -> None:
        super().__init__(extensions=extensions(), extension_configs=EXTENSION_CONFIGS, output_format="html")
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


@lru_cache(maxsize=1)
def engine() -> Engine:
    """Return this process's converter."""
    return Engine()


def render(source: str) -> tuple[list[str], list[tuple[str, str, str]], bool]:
    """Return blocks and wiki links as `Engine.blocks`, and whether the nesting was bearable.

    A body nested too deeply for a recursive parser comes back as plain paragraphs.
    """
    try:
        pieces, wiki = engine().blocks(defuse(source))
        return [rearm(piece) for piece in pieces], wiki, True
    except RecursionError:
        engine.cache_clear()
        return (
            [f"<p>{escape(block, quote=False)}</p>" for block in source.split("\n\n") if block.strip()],
            [],
            False,
        )
