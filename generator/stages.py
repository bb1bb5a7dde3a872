"""The stages that building and checking share: assemble, resolve and convert bodies, and what plans are made from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from generator.assets import SiteAssets, build_assets, load_theme
from generator.config import SiteGroup
from generator.contrast import appearance_problems
from generator.conversion import (
    AnchorUse,
    MarkupStore,
    Quoter,
    Request,
    Resolution,
    Resolver,
    Stored,
    body_problems,
    check_anchors,
    check_files,
)
from generator.deadlines import check_deadlines, load_calendar
from generator.diagnostics import Diagnostic
from generator.intake import Intake, waived
from generator.library import Library, SiteLibrary
from generator.markup import clause_anchor
from generator.plan import (
    KIOSK,
    Context,
    Converted,
    FileFacts,
    SitePlan,
    edition_plan,
    editions_of,
    kiosk_plan,
)
from generator.progress import Stages
from generator.reports import check_reports
from generator.statutory import check_statutory
from generator.validate import Document


def assemble(group: SiteGroup, intake: Intake, today: str) -> tuple[Library, list[Diagnostic]]:
    """Assemble the library and return it with all problems found so far."""
    library = Library(
        group,
        intake.documents,
        intake.references,
        intake.records,
        frozenset(intake.files),
        today,
        intake.faulty,
    )
    diagnostics = [*intake.diagnostics]
    calendar, problems = load_calendar(group)
    library.calendar = calendar
    diagnostics.extend(problems)
    found = [
        *library.diagnostics,
        *check_deadlines(library, calendar),
        *check_reports(library),
        *appearance_problems(group),
    ]
    for site in group.sites:
        site_library = library.for_site(site)
        found.extend(site_library.check())
        found.extend(check_statutory(site_library))
    found.extend(check_files(library.for_site(group.sites[0]), intake.files))
    diagnostics.extend(_without_waived(library, found))
    return library, diagnostics


def _without_waived(library: Library, diagnostics: Sequence[Diagnostic]) -> list[Diagnostic]:
    waivers = {document.path: document for document in library.documents.values() if document.waivers}
    result: list[Diagnostic] = []
    for item in dict.fromkeys(diagnostics):
        document = waivers.get(item.path)
        result.extend(waived(document, [item]) if document else [item])
    return result


class Bodies(msgspec.Struct, frozen=True):
    """The converted bodies of all sites' documents; sequences are by site, mappings by document id.

    Attributes:
        uses: Links to places inside documents, from bodies and from fields.
        diagnostics: Problems of the bodies and of links to places in them.
    """

    resolutions: Sequence[Mapping[str, Resolution]]
    converted: Sequence[Mapping[str, Converted]]
    uses: Sequence[AnchorUse]
    diagnostics: Sequence[Diagnostic]


def resolve_bodies(sites: Sequence[SiteLibrary], intake: Intake) -> list[dict[str, Resolution]]:
    """Resolve what the bodies of all sites' documents refer to."""
    absolute = {document.path: path for document, path in _absolute(sites[0].library, intake)}
    result: list[dict[str, Resolution]] = []
    for site in sites:
        resolver = Resolver(site, intake.files, absolute)
        result.append(
            {
                document.id: resolver.resolve(document)
                for document in site.documents.values()
                if document.has_body
            }
        )
    return result


def convert_bodies(
    sites: Sequence[SiteLibrary],
    intake: Intake,
    store: MarkupStore,
    workers: int,
    stages: Stages | None = None,
) -> Bodies:
    """Convert the bodies of all sites' documents; check the links between them."""
    library = sites[0].library
    resolutions = resolve_bodies(sites, intake)
    diagnostics: list[Diagnostic] = []
    uses: list[AnchorUse] = [*_basis_anchors(library)]
    keys: dict[str, bytes] = {}
    requests: list[Request] = []
    for site_resolutions in resolutions:
        for name, resolution in site_resolutions.items():
            diagnostics.extend(resolution.diagnostics)
            uses.extend(resolution.anchors)
            requests.append(resolution.request)
            keys[name] = resolution.request.key
    domains = frozenset(library.group.own_domains)
    count = store.convert(
        requests,
        domains,
        workers,
        stages.counter("转换", len(requests)) if stages else None,
        library.group.extensions,
        stages.timer("转换") if stages else None,
    )
    for name, key in keys.items():
        stored: Stored = store.stored[key]
        if stored.problems:
            diagnostics.extend(body_problems(library.documents[name], stored))

    def anchors_of(name: str) -> frozenset[str]:
        key = keys.get(name)
        return store.anchors(key) if key else frozenset()

    diagnostics.extend(check_anchors(uses, anchors_of))
    converted = [
        {
            name: Converted(resolution.request.key, store.stored[resolution.request.key].excerpt)
            for name, resolution in site_resolutions.items()
        }
        for site_resolutions in resolutions
    ]
    if stages:
        stages.finish("convert", count)
    return Bodies(resolutions, converted, uses, _without_waived(library, diagnostics))


def _absolute(library: Library, intake: Intake) -> list[tuple[Document, str]]:
    root = str(Path(library.group.root))
    return [(document, f"{root}/{document.path}") for document in intake.documents]


def quoter_of(library: Library, intake: Intake) -> Quoter:
    """Return what quotes clauses of the pool's documents."""
    return Quoter({document.path: path for document, path in _absolute(library, intake)})


def _basis_anchors(library: Library) -> list[AnchorUse]:
    """Return the clauses that fields name, such as the basis of an answer."""
    uses = []
    for document in library.documents.values():
        for pointer in document.pointers:
            if not pointer.clause:
                continue
            found = library.find(pointer.target, document.path.rpartition("/")[0])
            anchor = clause_anchor(pointer.clause)
            if len(found) == 1 and found[0].has_body:
                uses.append(
                    AnchorUse(
                        document.path,
                        document.imported,
                        pointer.line,
                        pointer.column,
                        -1,
                        found[0].id,
                        found[0].title,
                        anchor or pointer.clause,
                        pointer.clause,
                    )
                )
    return uses


def contexts_of(
    sites: Sequence[SiteLibrary],
    intake: Intake,
    converted: Sequence[Mapping[str, Converted]],
    store: MarkupStore,
    quote: Quoter,
    last: Sequence[SitePlan] = (),
    *,
    draws: bool = False,
) -> list[Context]:
    """Return what the plans of all sites are made from.

    Args:
        last: Plans of the last build that may be taken over where they were made from the same.
        draws: Whether there are fonts to draw pictures with.
    """
    library = sites[0].library
    known = {(plan.site, plan.folder): plan for plan in last}
    facts = {
        file.path: FileFacts(
            file.absolute,
            f"{file.stamp.size}-{file.stamp.modified_ns}",
            file.format,
            file.stamp.size,
            file.pages,
            file.width,
            file.height,
            file.digest,
        )
        for file in intake.files.values()
    }
    contexts: list[Context] = []
    for index, (site, bodies) in enumerate(zip(sites, converted, strict=True)):
        assets: SiteAssets = build_assets(load_theme(library.group, site.site), site.site)
        last_plan = known.get((index, library.group.folder_of(site.site)))
        contexts.append(Context(site, assets, bodies, facts, quote, store.sections, last_plan, draws))
    return contexts


def published_plans(plans: Sequence[SitePlan], group: SiteGroup, edition: str = "") -> list[SitePlan]:
    """Return the plans of what is published: all sites with their editions, or one edition in their place."""
    if edition == KIOSK:
        return [kiosk_plan(plan, group) for plan in plans]
    return [*plans, *(edition_plan(plan, group, other) for plan in plans for other in editions_of(group))]


def sorted_diagnostics(diagnostics: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Return diagnostics by place, each once."""
    return sorted(
        dict.fromkeys(diagnostics),
        key=lambda item: (
            item.path,
            item.line,
            item.column,
            item.severity,
            item.code,
            item.message,
            item.remedy,
        ),
    )
