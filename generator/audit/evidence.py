"""What rules look at: one site's library, the problems found in its content, its pages, and the settings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Final

import msgspec

from generator.audit.model import Finding, Share, Waived
from generator.audit.pages import SitePages
from generator.audit.settings import AuditSettings, Thresholds
from generator.config import SiteSettings
from generator.diagnostics import Diagnostic, Severity
from generator.intake import WAIVED
from generator.kinds import RECORD_KINDS
from generator.kinds.section import DEFAULT_UPDATE_DAYS
from generator.library import SiteLibrary
from generator.validate import Document, RecordItem

_DATED_KINDS: Final = tuple(kind for kind in RECORD_KINDS if kind.date)


class SectionAge(msgspec.Struct, frozen=True):
    """How old the newest content of a section is.

    Attributes:
        newest: ISO day; empty if nothing in the section is dated.
        limit: The longest time without news; 0 if there is none.
    """

    document: Document
    is_top: bool
    types: tuple[str, ...]
    newest: str
    age: int
    limit: int


class Evidence:
    """All that a rule may look at, for one site."""

    def __init__(
        self,
        library: SiteLibrary,
        diagnostics: Sequence[Diagnostic],
        pages: SitePages | None,
        settings: AuditSettings,
        first_commits: Mapping[str, str] | None,
        searched: Mapping[str, tuple[str, ...]] | None = None,
    ) -> None:
        self.library = library
        self.diagnostics = diagnostics
        self.pages = pages
        self.settings = settings
        self.first_commits = first_commits
        self.searched = searched
        self.today = date.fromisoformat(library.today)

    @property
    def site(self) -> SiteSettings:
        return self.library.site

    @property
    def thresholds(self) -> Thresholds:
        return self.settings.thresholds

    @property
    def is_demonstration(self) -> bool:
        return self.library.group.settings.demonstration

    def age(self, day: str) -> int:
        """Return how many days ago a day was."""
        return (self.today - date.fromisoformat(day[:10])).days

    def documents(self, kind: str) -> list[Document]:
        """Return the site's documents of a kind, dated or not."""
        return [document for document in self.library.documents.values() if document.kind == kind]

    def rows(self, kind: str) -> list[RecordItem]:
        return self.library.records.get(kind, [])

    # --- sections ----------------------------------------------------------------------------------

    @cached_property
    def _row_days(self) -> dict[str, str]:
        """Section → the newest day in the tables that it shows."""
        days: dict[str, str] = defaultdict(str)
        for kind in _DATED_KINDS:
            for row in self.library.records.get(kind.name, ()):
                day = _first_day(str(row.data.get(kind.date) or ""))
                if day <= self.library.today:
                    days[kind.section] = max(days[kind.section], day)
        return days

    def _newest(self, slug: str) -> str:
        documents = self.library.section_documents(slug)
        below = [slug]
        for name in below:
            below.extend(self.library.library.sections[name].children)
        days = [self._row_days.get(name, "") for name in below]
        return max([documents[0].date if documents else "", *days])

    @cached_property
    def sections(self) -> tuple[SectionAge, ...]:
        """Sections with a page and content of their own here, with their age; W-57 has the limits by type."""
        found = []
        for slug in self.library.visible_sections:
            node = self.library.library.sections[slug]
            data = node.document.data
            if data.get("link") or not self.library.section_counts.get(slug, 0):
                continue
            newest = self._newest(slug)
            types = tuple(data["column_type"])
            limit = data.get("update_days")
            if limit is None:
                limits = [days for name in types if (days := self.limit_of(name))]
                limit = min(limits, default=0)
            age = self.age(newest) if newest else 0
            found.append(SectionAge(node.document, not node.parent, types, newest, age, limit))
        return tuple(found)

    def limit_of(self, column_type: str) -> int:
        """Return the longest time without news that the standard allows a type of section, 0 if none."""
        thresholds = self.thresholds
        known = {
            14: thresholds.news_days,
            183: thresholds.document_days,
            365: thresholds.yearly_days,
        }
        days = DEFAULT_UPDATE_DAYS.get(column_type, 0)
        return known.get(days, days)

    def sections_of(self, *types: str) -> list[SectionAge]:
        return [section for section in self.sections if not set(types).isdisjoint(section.types)]

    @cached_property
    def empty_sections(self) -> tuple[Document, ...]:
        """Sections without content that say neither 隐藏 nor 说明 (W-22)."""
        return tuple(
            document
            for document in self.documents("section")
            if document.slug in self.library.library.sections
            and document.slug not in self._visible
            and document.data.get("on_empty") != "隐藏"
        )

    @cached_property
    def _visible(self) -> frozenset[str]:
        return frozenset(self.library.visible_sections)

    # --- problems ----------------------------------------------------------------------------------

    def problems(self, codes: Collection[str], folder: str = "") -> Iterator[Diagnostic]:
        """Yield the problems with one of these codes that nobody waived.

        Args:
            folder: Only those below this folder of the content, such as ``message``.
        """
        prefix = f"{self.library.group.settings.content}/{folder}/" if folder else ""
        for diagnostic in self.diagnostics:
            if (
                diagnostic.code in codes
                and diagnostic.path.startswith(prefix)
                and not diagnostic.remedy.startswith(WAIVED)
            ):
                yield diagnostic

    def waived(self) -> Iterator[Waived]:
        """Yield what editors decided to leave."""
        for diagnostic in self.diagnostics:
            if diagnostic.remedy.startswith(WAIVED):
                reason = diagnostic.remedy.removeprefix(WAIVED)
                yield Waived(diagnostic.position, diagnostic.code, diagnostic.message, reason)


def _first_day(text: str) -> str:
    """Return the day of a date, the first of a month, or an empty text."""
    return f"{text}-01" if len(text) == 7 else text[:10]


def of_problem(
    diagnostic: Diagnostic, share: Share = Share.EACH, severity: Severity | None = None
) -> Finding:
    """Return a finding that repeats a problem of the content."""
    level = diagnostic.severity if severity is None else severity
    return Finding(level, diagnostic.message, diagnostic.remedy, diagnostic.position, share)


def at(
    matter: Document | RecordItem,
    name: str,
    text: str,
    remedy: str = "",
    severity: Severity = Severity.WARNING,
) -> Finding:
    """Return a finding at a field of a document or at a row."""
    return of_problem(matter.problem(name, "", text, remedy, severity))
