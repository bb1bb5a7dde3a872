"""All proposals for a project, as values and as text."""

from __future__ import annotations

from collections import Counter, defaultdict

import msgspec

from generator.config import SiteGroup
from generator.suggestions.duplicates import Pair, duplicates
from generator.suggestions.subjects import Classifier, Proposal, is_sure, keywords_for, learned_from
from generator.suggestions.texts import Text, features, read_texts

CLASSIFIED = ("policy", "regulation")
"""Kinds whose documents have a subject."""


class Suggestion(msgspec.Struct, frozen=True):
    """What one document lacks, and what it might be."""

    text: Text
    subjects: tuple[Proposal, ...] = ()
    is_sure: bool = False
    keywords: tuple[str, ...] = ()


class Report(msgspec.Struct, frozen=True):
    """All proposals; ``total`` documents were read, ``learned`` of them have a subject."""

    total: int
    learned: int
    pairs: tuple[Pair, ...]
    suggestions: tuple[Suggestion, ...]

    def lines(self) -> list[dict[str, object]]:
        """Return one plain value for each proposal, for programs."""
        found: list[dict[str, object]] = [
            {
                "类别": "可能重复",
                "文件": [pair.first, pair.second],
                "理由": pair.reasons,
                "相近": pair.likeness,
            }
            for pair in self.pairs
        ]
        for item in self.suggestions:
            line: dict[str, object] = {"类别": "缺少著录", "文件": item.text.path, "标题": item.text.title}
            if item.subjects:
                line["主题分类"] = [
                    {"分类": proposal.subject, "相近": proposal.nearness} for proposal in item.subjects
                ]
                line["把握"] = "较大" if item.is_sure else "不大"
            if item.keywords:
                line["关键词"] = item.keywords
            found.append(line)
        return found


def suggest(group: SiteGroup) -> Report:
    """Read all documents and return what may be duplicate, and proposals for what is missing."""
    texts = read_texts(group)
    learned = learned_from(texts)
    classifier = Classifier(learned)
    used = Counter(word for text in texts for word in set(text.keywords) if len(word) > 1)
    starts: dict[str, list[str]] = defaultdict(list)
    for word in sorted(used):
        starts[word[:2]].append(word)
    lacking = [text for text in texts if not text.keywords or (text.kind in CLASSIFIED and not text.subject)]
    suggestions = []
    for text in lacking:
        subjects: tuple[Proposal, ...] = ()
        if text.kind in CLASSIFIED and not text.subject:
            subjects = tuple(classifier.propose(features(text)))
        keywords = () if text.keywords else keywords_for(text, starts, used, len(texts))
        if subjects or keywords:
            suggestions.append(Suggestion(text, subjects, bool(subjects) and is_sure(subjects), keywords))
    return Report(len(texts), len(learned), tuple(duplicates(texts)), tuple(suggestions))
