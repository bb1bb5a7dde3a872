"""Plans of the last build taken over by the next one, where editors changed nothing but bodies.

A plan sees of a body only the key of its markup, its beginning and the clauses quoted from it. Where all
else is as it was, the plan is as it was too, but for the keys. A long-running process saves the time of
planning with it; a command that runs once has nothing to take over.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from generator.conversion import Quoter, Resolution
from generator.intake import Intake, Taken
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
    for plan, before, after in zip(last.plans, last.converted, converted, strict=True):
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
        plans.append(msgspec.structs.replace(plan, pages=pages))
    return plans
