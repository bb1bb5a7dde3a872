"""Plans of the last build taken over by the next one, where editors changed nothing but bodies.

A plan sees of a body only the key of its markup, its beginning and the clauses quoted from it. Where all
else is as it was, the plan is as it was too, but for the keys. A long-running process saves the time of
planning with it; a command finds the last plans beside the caches.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from generator.cache import read_value, write_value
from generator.conversion import Quote, Quoter, Resolution
from generator.digest import digest_value
from generator.intake import Intake, IntakeCache, Taken
from generator.plan import Converted, SitePlan
from generator.validate import Document


class Planned(msgspec.Struct, frozen=True):
    """What a build planned, and from what; sequences are by site.

    Attributes:
        scope: Digest of what is not content: settings, theme and day.
    """

    scope: bytes
    intake: Intake
    resolutions: Sequence[Mapping[str, Resolution]]
    converted: Sequence[Mapping[str, Converted]]
    plans: Sequence[SitePlan]
    quoter: Quoter


def bodies_edited(old: Intake, new: Intake) -> frozenset[str] | None:
    """Return the ids of documents whose body changed; None if anything changed that is not in a body."""
    if len(old.taken) != len(new.taken) or old.files != new.files:
        return None
    edited = []
    for before, after in zip(old.taken, new.taken, strict=True):
        if before is after:
            continue
        if before.document is None or after.document is None or _shown(before) != _shown(after):
            return None
        edited.append(after.document.id)
    return frozenset(edited)


def _shown(taken: Taken) -> tuple[Document, list[tuple[str, str, str]]]:
    """Return what others see of a document: all but the body and the places in the file."""
    assert taken.document is not None
    document = msgspec.structs.replace(
        taken.document,
        digest=b"",
        body_digest=b"",
        body_line=0,
        places={},
        pointers=_unplaced(taken.document),
    )
    return document, [(reference.target, reference.clause, reference.form) for reference in taken.references]


def _unplaced(document: Document) -> tuple[object, ...]:
    return tuple(msgspec.structs.replace(pointer, line=0, column=0) for pointer in document.pointers)


def plans_again(
    last: Planned, edited: frozenset[str], converted: Sequence[Mapping[str, Converted]]
) -> list[SitePlan] | None:
    """Return the last plans with the keys of edited bodies exchanged; None if an edit shows elsewhere too."""
    if not last.quoter.holds(edited):
        return None
    plans = []
    for plan in last.plans:
        before, after = last.converted[plan.site], converted[plan.site]
        keys: dict[bytes, bytes] = {}
        for name in edited & after.keys():
            if before[name].excerpt != after[name].excerpt:
                return None
            keys[before[name].key] = after[name].key
        if sum(item.key in keys for item in before.values()) != len(keys):
            return None  # two documents share a body, and only one was edited
        pages = [
            msgspec.structs.replace(job, markup=keys[job.markup]) if job.markup in keys else job
            for job in plan.pages
        ]
        notes = [
            msgspec.structs.replace(note, markup=keys[note.markup]) if note.markup in keys else note
            for note in plan.notes
        ]
        plans.append(msgspec.structs.replace(plan, pages=pages, notes=notes))
    return plans


class StoredPlans(msgspec.Struct, frozen=True, array_like=True):
    """What a build planned, as the next command finds it.

    Attributes:
        basis: Digest of the intake that the plans were made from.
    """

    scope: bytes
    basis: bytes
    converted: tuple[dict[str, Converted], ...]
    plans: tuple[SitePlan, ...]
    quotes: tuple[Quote, ...]


def basis_of(cache: IntakeCache) -> bytes:
    """Return the digest of what an intake was made of."""
    return digest_value(
        (
            [(path, entry[1].digest) for path, entry in sorted(cache.documents.items())],
            sorted((path, file.stamp) for path, file in cache.files.items()),
        )
    )


def store_plans(path: Path, planned: Planned, version: str) -> None:
    """Keep plans for the next command."""
    stored = StoredPlans(
        planned.scope,
        basis_of(planned.intake.cache),
        tuple(dict(site) for site in planned.converted),
        tuple(planned.plans),
        planned.quoter.quotes,
    )
    write_value(path, stored, version)


def load_plans(path: Path, scope: bytes, cache: IntakeCache | None, version: str) -> Planned | None:
    """Return the plans of the last build, if they were made from the intake in the cache.

    Args:
        cache: As it was before this build took anything in.
    """
    if cache is None:
        return None
    stored = read_value(path, StoredPlans, version)
    if stored is None or stored.scope != scope or stored.basis != basis_of(cache):
        return None
    taken = [cache.documents[name][1] for name in sorted(cache.documents)]
    intake = Intake(taken, cache.files, [], cache, 0)
    return Planned(scope, intake, (), stored.converted, stored.plans, Quoter({}, stored.quotes))
