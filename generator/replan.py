"""What a build composed, kept for the next one, and taken over whole where editors changed nothing but bodies.

A plan sees of a body only the key of its markup, its beginning and the clauses quoted from it. Where all
else is as it was, the plan is as it was too, but for the keys, and nothing needs to be assembled or planned.
Where more changed, single pages of the last plan still serve, see ``plan/plain.py``.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path

import msgspec

from generator.cache import Packs, Place, prune_packs, read_value, sizes_of, write_value
from generator.config import SiteGroup
from generator.conversion import (
    AnchorUse,
    MarkupStore,
    Quote,
    Quoter,
    Request,
    Resolution,
    Stored,
    body_problems,
    check_anchors,
    conversion_settings,
    request_of,
)
from generator.diagnostics import Diagnostic
from generator.intake import Intake, IntakeCache, Taken, retaken
from generator.markup import ResolvedImage, ResolvedLink
from generator.paths import FoundFile
from generator.plan import SitePlan
from generator.stages import Bodies
from generator.validate import Document

MOST_EDITED = 100
"""Where more bodies changed, the time goes into converting them."""
MOST_PACKS = 100


class Body(msgspec.Struct, frozen=True, array_like=True):
    """What the references of a body lead to.

    Attributes:
        anchors: Places in other documents that the document links to, from its fields too.
        is_clear: Whether the references have no problems.
    """

    links: tuple[tuple[str, str, ResolvedLink], ...]
    images: tuple[tuple[str, ResolvedImage], ...]
    anchors: tuple[AnchorUse, ...]
    is_clear: bool


class Composition(msgspec.Struct, frozen=True, array_like=True):
    """What a build put together before it rendered, and from what. Tuples are by site, mappings by document id.

    Attributes:
        token: Unlike that of any other build.
        scope: Digest of what is not content: settings, theme, day and options.
        intake: Token of the intake that everything was made from.
        keys: Keys of converted bodies.
        bodies: Encoded `Body` values.
        anchored: The places inside each document that others link to.
        read: Problems found in content files while they were read, by their path.
        converted: Problems of bodies and of links to places in them, by the path of their file.
        settled: All other problems.
        is_searched: Whether the plans have notes for the search index.
    """

    token: bytes
    scope: bytes
    intake: bytes
    plans: tuple[SitePlan, ...]
    keys: tuple[dict[str, bytes], ...]
    bodies: tuple[dict[str, msgspec.Raw], ...]
    anchored: dict[str, tuple[str, ...]]
    quotes: tuple[Quote, ...]
    read: dict[str, tuple[Diagnostic, ...]]
    converted: dict[str, tuple[Diagnostic, ...]]
    settled: tuple[Diagnostic, ...]
    is_searched: bool

    @property
    def diagnostics(self) -> list[Diagnostic]:
        """All problems, in no order."""
        groups = chain(self.read.values(), self.converted.values())
        return [*self.settled, *chain.from_iterable(groups)]

    @property
    def places(self) -> Iterable[Place]:
        """Where the bytes of all pages and files lie."""
        for plan in self.plans:
            yield from (page.place for page in plan.pages)
            yield from (file.place for file in plan.files)


def composed(
    scope: bytes,
    intake: Intake,
    bodies: Bodies,
    plans: Sequence[SitePlan],
    quotes: Sequence[Quote],
    settled: Sequence[Diagnostic],
    is_searched: bool,
) -> Composition:
    """Return what the next build may take over."""
    anchored: dict[str, dict[str, None]] = defaultdict(dict)
    of_fields: dict[str, list[AnchorUse]] = defaultdict(list)
    for use in bodies.uses:
        anchored[use.target][use.anchor] = None
        if use.index < 0:
            of_fields[use.path].append(use)
    paths = {item.document.id: item.path for item in intake.taken if item.document}
    by_path: dict[str, list[Diagnostic]] = defaultdict(list)
    for item in bodies.diagnostics:
        by_path[item.path].append(item)
    return Composition(
        os.urandom(16),
        scope,
        intake.cache.token,
        tuple(plans),
        tuple({name: body.key for name, body in site.items()} for site in bodies.converted),
        tuple(
            {name: _body(found, of_fields.get(paths[name], ())) for name, found in site.items()}
            for site in bodies.resolutions
        ),
        {name: tuple(anchors) for name, anchors in anchored.items()},
        tuple(quotes),
        {item.path: item.diagnostics for item in intake.taken if item.diagnostics},
        {path: tuple(items) for path, items in by_path.items()},
        tuple(settled),
        is_searched,
    )


def _body(found: Resolution, of_fields: Iterable[AnchorUse]) -> msgspec.Raw:
    request = found.request
    body = Body(request.links, request.images, (*found.anchors, *of_fields), not found.diagnostics)
    return msgspec.Raw(msgspec.msgpack.encode(body))


# --- bodies edited ---------------------------------------------------------------------------------


class Edit(msgspec.Struct, frozen=True):
    """A document of which only the body changed."""

    file: FoundFile
    before: Taken
    after: Taken

    @property
    def document(self) -> Document:
        assert self.after.document is not None
        return self.after.document


def bodies_edited(last: Composition, cache: IntakeCache, found: Sequence[FoundFile]) -> list[Edit] | None:
    """Return the documents whose body changed; None if anything changed that is not in a body."""
    if last.intake != cache.token:
        return None
    changed = cache.changed(found)
    if changed is None or len(changed) > MOST_EDITED:
        return None
    edits = []
    for file, after in retaken(changed, cache):
        edit = Edit(file, cache.taken(file.path), after)
        if not _shows_the_same(edit):
            return None
        edits.append(edit)
    return edits


def _shows_the_same(edit: Edit) -> bool:
    """Whether all but the body is as it was, places in the file included, and no problem is waived."""
    before, after = edit.before, edit.after
    if before is after:
        return True
    if before.document is None or after.document is None or after.document.waivers:
        return False
    same = msgspec.structs.replace(
        after.document, digest=before.document.digest, body_digest=before.document.body_digest
    )
    return same == before.document and _targets(before) == _targets(after)


def _targets(taken: Taken) -> list[tuple[str, str, str]]:
    return [(reference.target, reference.clause, reference.form) for reference in taken.references]


def compose_again(
    last: Composition, edits: Sequence[Edit], group: SiteGroup, store: MarkupStore, token: bytes
) -> Composition | None:
    """Return the last composition with edited bodies exchanged; None if an edit shows elsewhere too.

    Args:
        token: Of the intake with these edits.
    """
    edited = {edit.document.id: edit for edit in edits if edit.before is not edit.after}
    requests = [_requests(last, index, edited, group) for index in range(len(last.keys))]
    if any(site is None for site in requests) or not _is_stored(last, edited, store):
        return None
    known = [site for site in requests if site is not None]
    domains = frozenset(group.own_domains)
    store.convert(
        [request for site in known for request in site.values()], domains, 1, extensions=group.extensions
    )
    if not Quoter({}, last.quotes).holds(frozenset(edited)):
        return None
    keys = [dict(site) for site in last.keys]
    for site_keys, site in zip(keys, known, strict=True):
        site_keys.update({name: request.key for name, request in site.items()})
    changes: list[dict[bytes, bytes]] = []
    for before, after in zip(last.keys, keys, strict=True):
        change = _exchange(last, before, after, edited, store)
        if change is None:
            return None
        changes.append(change)
    return msgspec.structs.replace(
        last,
        token=os.urandom(16),
        intake=token,
        plans=tuple(_exchanged(plan, changes[plan.site]) for plan in last.plans),
        keys=tuple(keys),
        read=_renewed(last.read, {edit.file.path: edit.after.diagnostics for edit in edits}),
        converted=_renewed(last.converted, _problems(last, edited, keys, store)),
    )


def _is_stored(last: Composition, edited: Iterable[str], store: MarkupStore) -> bool:
    return all(keys[name] in store.stored for keys in last.keys for name in edited if name in keys)


def _requests(
    last: Composition, index: int, edited: Mapping[str, Edit], group: SiteGroup
) -> dict[str, Request] | None:
    """Return what converts the edited bodies of a site; None if a reference in one has problems."""
    settings = conversion_settings(group)
    requests: dict[str, Request] = {}
    for name, edit in edited.items():
        if name not in last.bodies[index]:
            continue
        body = _body_decoder.decode(last.bodies[index][name])
        if not body.is_clear:
            return None
        absolute = str(Path(group.root) / edit.file.path)
        requests[name] = request_of(edit.document, absolute, body.links, body.images, settings)
    return requests


_body_decoder = msgspec.msgpack.Decoder(Body)


def _exchange(
    last: Composition,
    before: Mapping[str, bytes],
    after: Mapping[str, bytes],
    edited: Iterable[str],
    store: MarkupStore,
) -> dict[bytes, bytes] | None:
    """Return the new keys of a site by the old ones; None if a page that shows something of a body changes."""
    change: dict[bytes, bytes] = {}
    for name in edited:
        if name not in before:
            continue
        old, new = before[name], after[name]
        if store.stored[old].excerpt != store.stored[new].excerpt:
            return None
        if any(
            (anchor in store.anchors(old)) != (anchor in store.anchors(new))
            for anchor in last.anchored.get(name, ())
        ):
            return None
        change[old] = new
    if sum(key in change for key in before.values()) != len(change):
        return None  # two documents share a body, and only one was edited
    return change


def _exchanged(plan: SitePlan, change: Mapping[bytes, bytes]) -> SitePlan:
    pages = [
        msgspec.structs.replace(page, markup=change[page.markup], basis=b"")
        if page.markup in change
        else page
        for page in plan.pages
    ]
    notes = [
        msgspec.structs.replace(note, markup=change[note.markup], basis=b"")
        if note.markup in change
        else note
        for note in plan.notes
    ]
    return msgspec.structs.replace(plan, pages=pages, notes=notes)


def _problems(
    last: Composition, edited: Mapping[str, Edit], keys: Sequence[Mapping[str, bytes]], store: MarkupStore
) -> dict[str, tuple[Diagnostic, ...]]:
    """Return the problems of the edited bodies by their files' path."""
    every = {name: key for site in keys for name, key in site.items()}

    def anchors_of(name: str) -> frozenset[str]:
        return store.anchors(every[name]) if name in every else frozenset()

    problems: dict[str, tuple[Diagnostic, ...]] = {}
    for name, edit in edited.items():
        uses = [
            _placed(use, edit)
            for site in last.bodies
            if name in site
            for use in _body_decoder.decode(site[name]).anchors
        ]
        stored: Stored | None = store.stored[every[name]] if name in every else None
        own = body_problems(edit.document, stored) if stored else []
        problems[edit.file.path] = (*own, *check_anchors(uses, anchors_of))
    return problems


def _placed(use: AnchorUse, edit: Edit) -> AnchorUse:
    if use.index < 0:
        return use
    reference = edit.after.references[use.index]
    line = edit.document.body_line + reference.line - 1
    return msgspec.structs.replace(use, line=line, column=reference.column)


def _renewed(
    old: Mapping[str, tuple[Diagnostic, ...]], new: Mapping[str, tuple[Diagnostic, ...]]
) -> dict[str, tuple[Diagnostic, ...]]:
    return {path: items for path, items in {**old, **new}.items() if items}


# --- kept between commands -------------------------------------------------------------------------


class _StoredComposition(msgspec.Struct, frozen=True, array_like=True):
    composition: Composition
    packs: dict[str, int]


def save_composition(path: Path, composition: Composition, views: Packs, version: str) -> None:
    """Keep a composition for the next command, and of the stored views those that it needs."""
    write_value(path, _StoredComposition(composition, sizes_of(composition.places)), version)
    live, stored = prune_packs(views.folder, composition.places)
    packs = len(list(views.folder.glob("*.pack")))
    if stored > 2 * live + 50_000_000 or packs > MOST_PACKS:
        moved = _compacted(composition, views)
        write_value(path, _StoredComposition(moved, sizes_of(moved.places)), version)
        prune_packs(views.folder, moved.places)


def _compacted(composition: Composition, views: Packs) -> Composition:
    """Return the composition with all views in one pack."""
    fresh = Packs(views.folder)

    def moved(place: Place) -> Place:
        return fresh.keep(views.read(place))

    replace = msgspec.structs.replace
    plans = tuple(
        replace(
            plan,
            pages=[replace(page, place=moved(page.place)) for page in plan.pages],
            files=[replace(file, place=moved(file.place)) for file in plan.files],
        )
        for plan in composition.plans
    )
    fresh.close()
    return replace(composition, plans=plans)


def last_plans(path: Path, version: str) -> tuple[SitePlan, ...] | None:
    """Return what the last build planned, whatever it was made from: for who looks at an output from outside."""
    stored = read_value(path, _StoredComposition, version)
    return stored.composition.plans if stored else None


def load_composition(path: Path, scope: bytes, views: Packs, version: str) -> Composition | None:
    """Return what the last build composed in this scope, if the bytes of its pages are there."""
    stored = read_value(path, _StoredComposition, version)
    if stored is None or stored.composition.scope != scope or not views.hold(stored.packs):
        return None
    return stored.composition
