"""A plan that takes pages over from the last one equals a plan made anew, whatever single document changed.

The pages of plain documents are taken over where little enough is as it was (``plan/plain.py``). A page that
comes to draw on something more would show what it drew on last; the sample has documents of every kind, so
that a new way in which pages depend on other documents does not go unnoticed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from msgspec.structs import replace

from generator.config import SiteGroup, load_config
from generator.conversion import MarkupStore
from generator.digest import digest_bytes
from generator.intake import Intake, take_in
from generator.listing import find_files
from generator.plan import NOWHERE, SitePlan, plan_site
from generator.stages import assemble, contexts_of, convert_bodies, quoter_of
from generator.validate import Document

ROOT = Path(__file__).parents[2]
TODAY = "2026-11-20"


class Sample:
    """The sample project as it was taken in, planned over and over with one document changed."""

    def __init__(self, group: SiteGroup, folder: Path) -> None:
        self.group = group
        self.store = MarkupStore(folder, "test")
        found, problems = find_files(group.content_path, group.settings.content)
        self.intake = take_in(found, problems, group.settings.content, None, now_ns=0)
        self.plans = self.plan(self.intake)

    def plan(self, intake: Intake, last: Sequence[SitePlan] = ()) -> list[SitePlan]:
        library, _ = assemble(self.group, intake, TODAY)
        sites = [library.for_site(site) for site in self.group.sites]
        bodies = convert_bodies(sites, intake, self.store, 1)
        quoter = quoter_of(library, intake)
        contexts = contexts_of(sites, intake, bodies.converted, self.store, quoter, last)
        return [plan_site(context, lambda data: NOWHERE) for context in contexts]

    def with_document(self, old: Document, new: Document | None) -> Intake:
        """Return the intake with one document exchanged or, with none, gone."""
        taken = [
            replace(item, document=new) if item.document is old else item
            for item in self.intake.taken
            if new is not None or item.document is not old
        ]
        return replace(self.intake, taken=taken)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sample]:
    group, _ = load_config(ROOT)
    assert group is not None
    made = Sample(group, tmp_path_factory.mktemp("markup"))
    yield made
    made.store.reader.close()


def _shown(plans: Sequence[SitePlan]) -> list[object]:
    return [
        (
            {page.path: (page.template, page.markup, page.digest) for page in plan.pages},
            {file.path: file.sha256 for file in plan.files},
            {note.id: (note.date, note.head, note.markup) for note in plan.notes},
            plan.kept,
        )
        for plan in plans
    ]


def _some(sample: Sample, kind: str, count: int) -> list[Document]:
    documents = [
        item.document for item in sample.intake.taken if item.document and item.document.kind == kind
    ]
    return documents[:: max(1, len(documents) // count)][:count]


KINDS = ("policy", "regulation", "news", "notice", "interpretation", "question", "organisation", "section", "topic", "page")  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_a_document_renamed_or_gone_shows_on_all_pages_that_draw_on_it(sample: Sample, kind: str) -> None:
    for document in _some(sample, kind, 2 if kind in ("policy", "news") else 1):
        digest = digest_bytes(document.digest)
        renamed = replace(document, title=f"{document.title}（修订）", digest=digest)
        for new in (renamed, None):
            intake = sample.with_document(document, new)
            assert _shown(sample.plan(intake, sample.plans)) == _shown(sample.plan(intake))


def test_most_pages_are_taken_over_when_a_plain_document_is_renamed(sample: Sample) -> None:
    plain = {page.path for plan in sample.plans for page in plan.pages if page.basis}
    document = next(
        item.document for item in sample.intake.taken if item.document and item.document.url in plain
    )
    renamed = replace(document, title="另一个题目", digest=digest_bytes(document.digest))
    plans = sample.plan(sample.with_document(document, renamed), sample.plans)
    known = {id(page) for plan in sample.plans for page in plan.pages}
    taken_over = sum(id(page) in known for plan in plans for page in plan.pages)
    with_basis = sum(bool(page.basis) for plan in plans for page in plan.pages)
    assert with_basis - 4 <= taken_over < with_basis
