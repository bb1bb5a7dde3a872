"""Documents as they are compared: read without validation, so that those with errors are seen too."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

from generator.config import SiteGroup
from generator.fields import DocumentNumber, FormatError
from generator.intake import slug_of
from generator.kinds import KIND_BY_NAME
from generator.listing import find_files
from generator.load import load_document
from generator.yaml_nodes import Mapping, Scalar, Sequence

KINDS: Final = ("policy", "regulation", "interpretation", "question", "news", "notice")
"""Kinds of which there are many, written by many."""

ENDING: Final = ("amends", "repeals", "replaces")

_HAN: Final = re.compile(r"[一-鿿]+")
_WORDS: Final = re.compile(r"[\w]+")


class Text(msgspec.Struct, frozen=True):
    """A document as it is compared.

    Attributes:
        number: In its normal form, or as written where it has none.
        subject: As written; empty if missing.
        ends: What it amends, repeals or replaces, as it calls them.
    """

    path: str
    absolute: str
    kind: str
    title: str
    number: str
    subject: str
    issuer: tuple[str, ...]
    keywords: tuple[str, ...]
    body: str
    ends: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """What other documents may call it."""
        return tuple(filter(None, (self.number, self.title, f"{self.kind}/{slug_of(self.path)}")))


def read_texts(group: SiteGroup) -> list[Text]:
    """Return all documents of the kinds that are compared, in the order of their paths."""
    found, _ = find_files(group.content_path, group.settings.content)
    texts = []
    for file in found:
        parts = file.path.split("/")
        kind = parts[1] if len(parts) > 2 else ""
        if kind not in KINDS or not file.path.endswith((".md", ".yml", ".yaml")):
            continue
        source, _ = load_document(file.path, kind, parts[-1], Path(file.absolute).read_bytes())
        if source:
            front = dict(_values(kind, source.front))
            texts.append(
                Text(
                    file.path,
                    file.absolute,
                    kind,
                    _one(front, "title"),
                    normal_number(_one(front, "document_number")),
                    _one(front, "subject"),
                    front.get("issuer", ()),
                    front.get("keywords", ()),
                    source.body,
                    tuple(normal_number(name) for key in ENDING for name in front.get(key, ())),
                )
            )
    return texts


def _values(kind: str, front: Mapping) -> Iterator[tuple[str, tuple[str, ...]]]:
    names = {label: name for name, label in KIND_BY_NAME[kind].keys.labels.items()}
    for key, value in front.items:
        items = value.items if isinstance(value, Sequence) else [value]
        words = tuple(item.text.strip() for item in items if isinstance(item, Scalar))
        yield names.get(key.text, key.text), tuple(word for word in words if word)


def _one(front: dict[str, tuple[str, ...]], name: str) -> str:
    return front.get(name, ("",))[0] if front.get(name) else ""


def normal_number(text: str) -> str:
    """Return a document number in its normal form; what cannot be read stays without its spaces."""
    try:
        return str(DocumentNumber.parse(text))
    except FormatError:
        return str(DocumentNumber.repair(text) or "".join(text.split()))


def plain(text: str) -> str:
    """Return the letters, characters and figures of a text: what is left without layout and punctuation."""
    return "".join(_WORDS.findall(unicodedata.normalize("NFKC", text))).replace("_", "")


def bigrams(text: str) -> Iterator[str]:
    """Yield each two Chinese characters that stand beside each other."""
    for run in _HAN.findall(text):
        for index in range(len(run) - 1):
            yield run[index : index + 2]


def features(text: Text) -> Counter[str]:
    """Return what a subject is told by: pairs of characters, those of the title counting more, and who issued it."""
    counts: Counter[str] = Counter()
    for pair in bigrams(text.title):
        counts[pair] += TITLE_WEIGHT
    counts.update(bigrams(text.body[:BEGINNING]))
    for name in text.issuer:
        counts[f"@{name}"] += TITLE_WEIGHT
    return counts


TITLE_WEIGHT: Final = 3
BEGINNING: Final = 1200
"""So many characters of a body tell its subject; what follows is mostly procedure."""
