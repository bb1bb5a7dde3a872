"""Threads: one matter through the five areas of openness."""

from __future__ import annotations

from generator.plan.views.parts import TaggedView, View


class ThreadEntry(View, frozen=True):
    """A document in a thread; ``current`` is the page on which the thread stands."""

    url: str
    title: str
    kind_label: str
    date: str
    current: bool = False


class ThreadStage(View, frozen=True):
    """One of the five areas with its documents, oldest first; ``more`` counts those left to the thread's own page."""

    slug: str
    mark: str
    name: str
    entries: tuple[ThreadEntry, ...]
    more: int = 0
    current: bool = False


class ThreadView(TaggedView, frozen=True):
    """A matter followed through all five areas, which are always there; ``url`` is the thread's own page."""

    slug: str
    title: str
    url: str
    stages: tuple[ThreadStage, ...]
    whole: bool = False
