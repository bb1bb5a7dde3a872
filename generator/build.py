"""One build: load → validate → assemble → convert → plan → render → write. Nothing else knows the order."""

from __future__ import annotations

import contextlib
import gc
import heapq
import logging
import os
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final

import msgspec

from generator import __version__
from generator.assets import SiteAssets, build_assets, load_theme, theme_roots
from generator.cache import encode_value, read_value
from generator.config import SiteGroup
from generator.conversion import (
    AnchorUse,
    MarkupStore,
    Quote,
    Quoter,
    Resolution,
    Resolver,
    Stored,
    body_problems,
    check_anchors,
    check_files,
)
from generator.deadlines import check_deadlines, load_calendar
from generator.diagnostics import Diagnostic, Severity, has_errors
from generator.digest import digest_bytes, digest_value
from generator.indexing import FOLDER, index_site, load_synonyms, place_of, stage_index
from generator.intake import (
    Intake,
    IntakeCache,
    find_files,
    load_cache,
    save_cache,
    take_in,
    unused_waivers,
    waived,
)
from generator.library import Library, SiteLibrary
from generator.listing import relisted
from generator.markup import clause_anchor
from generator.paths import FoundFile
from generator.plan import (
    Context,
    Converted,
    FileFacts,
    SitePlan,
    edition_plan,
    editions_of,
    missing_entrances,
    plan_site,
    search_record,
)
from generator.pool import worker_count
from generator.render import (
    Entry,
    RenderSetup,
    RenderTask,
    closure_of,
    fingerprint,
    render_pages,
    stage_bytes,
    stage_copy,
)
from generator.replan import Planned, bodies_edited, load_plans, plans_again, store_plans
from generator.templates import templates_of
from generator.validate import Document
from generator.write import MANIFEST_NAME, Manifest, ManifestFile, Output, encode_manifest, read_manifest

log = logging.getLogger(__name__)

Progress = Callable[[str, int, int], None]

SLOWEST: Final = 10
"""So many files are named where the slowest are asked for."""


class BuildOptions(msgspec.Struct, frozen=True):
    """What a command asks of a build.

    Attributes:
        today: ISO day.
        workers: At most so many processes; 0 for all processors.
        output: Output folder, if not the one of ``site.yml``.
        strict: Warnings stop the build too.
        published: A manifest of what citizens see now; addresses in it must not vanish.
        search: Whether to bring the search index up to date; if not, the old one stays.
        progress: Called with the stage's name, how many are done and how many there are.
        is_timed: Whether to find the slowest files.
    """

    today: str
    workers: int = 0
    output: Path | None = None
    strict: bool = False
    published: Manifest | None = None
    search: bool = True
    progress: Progress | None = None
    is_timed: bool = False


class BuildResult(msgspec.Struct):
    """What a build did.

    Attributes:
        written: Paths below the output folder that changed.
        removed: Paths that are gone.
        total: How many files the output holds; 0 if the build stopped.
        slowest: Seconds, stage and file, the longest first; empty unless asked for.
    """

    diagnostics: list[Diagnostic]
    written: list[str]
    removed: list[str]
    total: int
    stages: list[tuple[str, int, float]]
    slowest: list[tuple[float, str, str]] = []

    @property
    def is_published(self) -> bool:
        return self.total > 0


class PageTable(msgspec.Struct, array_like=True):
    """What the output holds, and from which inputs it was made."""

    inputs: bytes
    entries: dict[str, Entry]
    diagnostics: list[Diagnostic]


class BuildState(msgspec.Struct):
    """What a long-running process keeps between builds, instead of reading it from disk.

    Attributes:
        is_deferred: Caches are not written at the end of a build. A process that ends without a build that
            writes them leaves an output without page table, which the next build makes anew.
        found: The files of the content tree; None if they must be listed.
        theme: Stamp of the theme's files.
        planned: What the last build planned; kept by a process with deferred caches only.
    """

    intake: IntakeCache | None = None
    table: PageTable | None = None
    store: MarkupStore | None = None
    is_deferred: bool = False
    found: list[FoundFile] | None = None
    theme: bytes = b""
    planned: Planned | None = None


class _Stages:
    """Times the stages and reports progress."""

    def __init__(self, progress: Progress | None, is_timed: bool = False) -> None:
        self.done: list[tuple[str, int, float]] = []
        self.slowest: list[tuple[float, str, str]] = []
        self._is_timed = is_timed
        self._progress = progress
        self._started = time.perf_counter()

    def finish(self, name: str, count: int) -> None:
        now = time.perf_counter()
        self.done.append((name, count, now - self._started))
        log.info("%s: %d in %.2f s", name, count, now - self._started)
        self._started = now

    def counter(self, name: str, total: int) -> Callable[[int], None] | None:
        if self._progress is None:
            return None
        report, done = self._progress, 0

        def count(more: int) -> None:
            nonlocal done
            done += more
            report(name, done, total)

        return count

    def timer(self, name: str) -> Callable[[str, float], None] | None:
        """Return what takes down the seconds of a file in a stage, if the slowest are wanted."""
        if not self._is_timed:
            return None

        def note(file: str, seconds: float) -> None:
            self.slowest.append((seconds, name, file))
            if len(self.slowest) > 10 * SLOWEST:
                self.slowest = heapq.nlargest(SLOWEST, self.slowest)

        return note


def _code_digest() -> bytes:
    """Digest of the generator's own code by size and time, so that a changed program rebuilds."""
    base = Path(__file__).parent
    files = sorted(base.rglob("*.py"))
    return digest_value(
        [(str(file.relative_to(base)), file.stat().st_size, file.stat().st_mtime_ns) for file in files]
    )


#: Caches of another program are foreign: pages may come out differently from the same views.
CACHE_VERSION: Final = f"{__version__} {_code_digest().hex()}"


def build(
    group: SiteGroup,
    options: BuildOptions,
    state: BuildState | None = None,
    changed: frozenset[str] | None = None,
) -> BuildResult:
    """Build all sites of a group into the output folder.

    The old site stays as it is unless every page of the new one could be made.

    Args:
        changed: Absolute paths that may have changed since the last build with this state; None if that is
            not known.

    Raises:
        EnvironmentProblem: If the output cannot be written or is held by another build.
    """
    output = Output((options.output or group.output_path).absolute())
    state = state if state is not None else BuildState()
    # A build makes millions of values and drops few before its end: looking for cycles costs a third of the time.
    collects = gc.isenabled()
    gc.disable()
    try:
        with output.locked():
            return _build(group, options, output, state, changed)
    finally:
        if collects:
            gc.enable()
        if state.store:
            state.store.reader.close()


def _build(
    group: SiteGroup,
    options: BuildOptions,
    output: Output,
    state: BuildState,
    changed: frozenset[str] | None,
) -> BuildResult:
    stages = _Stages(options.progress, options.is_timed)
    workers = worker_count(options.workers or None)
    side = output.state_path.parent
    listed_ns = time.time_ns()
    again = relisted(state.found, changed) if state.found and changed is not None else None
    if again is None:
        found, problems = find_files(group.content_path, group.settings.content)
        state.theme = _theme_stamp(group)
    else:
        found, problems = again, []
    state.found = None if problems else found
    if state.table is None:
        state.table = read_value(output.state_path, PageTable, CACHE_VERSION)
    inputs = digest_value(
        (
            group.digest,
            state.theme,
            options.today,
            options.search,
            [(file.path, file.size, file.modified_ns, file.inode) for file in found],
        )
    )
    if state.table and again is None:
        _forget_altered(output, state.table)
    table = state.table
    if table and table.inputs == inputs and not problems and options.published is None:
        stages.finish("unchanged", len(found))
        total = 0 if _stops(table.diagnostics, options) else len(table.entries)
        return BuildResult(table.diagnostics, [], [], total, stages.done)

    if state.intake is None:
        state.intake = load_cache(side / "intake", CACHE_VERSION)
    cached = state.intake
    stages.finish("list", len(found))
    intake = take_in(
        found,
        problems,
        group.settings.content,
        state.intake,
        now_ns=listed_ns,
        workers=workers,
        progress=stages.counter("读取", len(found)),
        timed=stages.timer("读取"),
    )
    if intake.cache is not state.intake:
        state.intake = intake.cache
        if not state.is_deferred:
            save_cache(side / "intake", intake.cache, CACHE_VERSION)
    stages.finish("load", intake.read)

    library, diagnostics = assemble(group, intake, options.today)
    stages.finish("assemble", len(library.documents))
    if _stops(diagnostics, options):
        return BuildResult(sorted_diagnostics(diagnostics), [], [], 0, stages.done)

    if state.store is None:
        state.store = MarkupStore(side / "markup", CACHE_VERSION)
    store = state.store
    sites = [library.for_site(site) for site in group.sites]
    scope = digest_value((group.digest, state.theme, options.today))
    last = state.planned if state.planned and state.planned.scope == scope else None
    if last is None and not state.is_deferred:
        last = load_plans(side / "plans", scope, cached, CACHE_VERSION)
    edited = bodies_edited(last.intake, intake) if last else None
    known = last.resolutions if last and edited is not None else ()
    resolutions = resolve_bodies(sites, intake, known, edited or frozenset())
    converted, more = convert_bodies(sites, resolutions, store, workers, stages)
    diagnostics.extend(more)
    plans = plans_again(last, edited, converted) if last and edited is not None else None
    quoter = _quoter(sites[0].library, intake, last.quoter.quotes if last and plans else ())
    contexts = contexts_of(sites, intake, converted, store, quoter)
    if plans is None:
        plans = [plan_site(context) for context in contexts]
    planned = Planned(scope, intake, resolutions, converted, plans, quoter)
    if state.is_deferred:
        state.planned = planned
    plans = [*plans, *edition_plans(plans, group)]
    stages.finish("plan", sum(len(plan.pages) for plan in plans))
    diagnostics.extend(same_addresses(plans))
    diagnostics.extend(missing_entrances(plans, group))
    diagnostics.extend(vanished(plans, options.published))
    diagnostics.extend(unused_waivers(library.documents.values(), diagnostics))
    if _stops(diagnostics, options):
        return BuildResult(sorted_diagnostics(diagnostics), [], [], 0, stages.done)
    result = _write(
        group, options, output, state, inputs, plans, contexts, store, diagnostics, stages, workers
    )
    if result.is_published and not state.is_deferred:
        store_plans(side / "plans", planned, CACHE_VERSION)
        stages.finish("keep", len(plans))
    if not result.is_published:
        result.diagnostics = [_naming_content(item, library) for item in result.diagnostics]
    return result


def _naming_content(diagnostic: Diagnostic, library: Library) -> Diagnostic:
    """Return a template's error with the content file whose page showed it."""
    if diagnostic.code != "template-error":
        return diagnostic
    page = diagnostic.message.partition("（页面 ")[2].partition("）")[0]
    source = next((found.path for found in library.documents.values() if page.endswith(found.url)), "")
    message = diagnostic.message.replace(f"（页面 {page}）", f"（页面 {page}，内容 {source}）")
    return msgspec.structs.replace(diagnostic, message=message) if source else diagnostic


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
    diagnostics.extend(problems)
    found = [*library.diagnostics, *check_deadlines(library, calendar)]
    for site in group.sites:
        site_library = library.for_site(site)
        found.extend(site_library.check())
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


def resolve_bodies(
    sites: Sequence[SiteLibrary],
    intake: Intake,
    known: Sequence[Mapping[str, Resolution]] = (),
    edited: frozenset[str] = frozenset(),
) -> list[dict[str, Resolution]]:
    """Resolve what the bodies of all sites' documents refer to.

    Args:
        known: What the last build found, if nothing but bodies changed since.
        edited: Documents whose body changed.
    """
    absolute = {document.path: path for document, path in _absolute(sites[0].library, intake)}
    result: list[dict[str, Resolution]] = []
    for index, site in enumerate(sites):
        resolver = Resolver(site, intake.files, absolute)
        old = known[index] if known else {}
        result.append(
            {
                document.id: old[document.id]
                if document.id in old and document.id not in edited
                else resolver.resolve(document)
                for document in site.documents.values()
                if document.has_body
            }
        )
    return result


def convert_bodies(
    sites: Sequence[SiteLibrary],
    resolutions: Sequence[Mapping[str, Resolution]],
    store: MarkupStore,
    workers: int,
    stages: _Stages | None = None,
) -> tuple[list[dict[str, Converted]], list[Diagnostic]]:
    """Convert the bodies of all sites' documents; check the links between them."""
    library = sites[0].library
    diagnostics: list[Diagnostic] = []
    uses: list[AnchorUse] = [*_basis_anchors(library)]
    for site_resolutions in resolutions:
        for resolution in site_resolutions.values():
            diagnostics.extend(resolution.diagnostics)
            uses.extend(resolution.anchors)
    requests = [
        {name: resolution.request for name, resolution in site_resolutions.items()}
        for site_resolutions in resolutions
    ]
    everything = [request for site_requests in requests for request in site_requests.values()]
    domains = frozenset(library.group.own_domains)
    count = store.convert(
        everything,
        domains,
        workers,
        stages.counter("转换", len(everything)) if stages else None,
        library.group.extensions,
        stages.timer("转换") if stages else None,
    )
    keys = {name: request.key for site_requests in requests for name, request in site_requests.items()}
    for name, key in keys.items():
        stored: Stored = store.stored[key]
        if stored.problems:
            diagnostics.extend(body_problems(library.documents[name], stored))

    def anchors_of(document: Document) -> frozenset[str]:
        key = keys.get(document.id)
        return store.anchors(key) if key else frozenset()

    diagnostics.extend(check_anchors(uses, anchors_of))
    converted = [
        {
            name: Converted(request.key, store.stored[request.key].excerpt)
            for name, request in site_requests.items()
        }
        for site_requests in requests
    ]
    if stages:
        stages.finish("convert", count)
    return converted, _without_waived(library, diagnostics)


def _absolute(library: Library, intake: Intake) -> list[tuple[Document, str]]:
    root = str(Path(library.group.root))
    return [(document, f"{root}/{document.path}") for document in intake.documents]


def _quoter(library: Library, intake: Intake, quotes: Iterable[Quote] = ()) -> Quoter:
    return Quoter({document.path: path for document, path in _absolute(library, intake)}, quotes)


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
                        document,
                        pointer.line,
                        pointer.column,
                        found[0],
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
    quote: Quoter | None = None,
) -> list[Context]:
    """Return what the plans of all sites are made from."""
    library = sites[0].library
    quote = quote or _quoter(library, intake)
    facts = {
        file.path: FileFacts(
            file.absolute,
            f"{file.stamp.size}-{file.stamp.modified_ns}",
            file.format,
            file.stamp.size,
            file.pages,
            file.width,
            file.height,
        )
        for file in intake.files.values()
    }
    contexts: list[Context] = []
    for site, bodies in zip(sites, converted, strict=True):
        assets: SiteAssets = build_assets(load_theme(library.group, site.site), site.site)
        contexts.append(Context(site, assets, bodies, facts, quote, store.sections))
    return contexts


def edition_plans(plans: Sequence[SitePlan], group: SiteGroup) -> list[SitePlan]:
    """Return the plans of the editions of all sites beside their portals."""
    return [edition_plan(plan, group, edition) for plan in plans for edition in editions_of(group)]


def vanished(plans: Sequence[SitePlan], published: Manifest | None) -> list[Diagnostic]:
    """Return addresses that were published and now lead nowhere (W-30)."""
    if published is None:
        return []
    now = {plan.folder + job.path for plan in plans for job in plan.pages}
    return [
        Diagnostic(
            path,
            0,
            0,
            Severity.ERROR,
            "vanished-page",
            f"已经发布过的网页 {path} 不见了",
            "在改名后的文件里写“旧网址”，或恢复原文件；确需撤下的，换成说明撤下原因的页面",
        )
        for path in published.pages
        if path not in now
    ]


def _write(
    group: SiteGroup,
    options: BuildOptions,
    output: Output,
    state: BuildState,
    inputs: bytes,
    plans: Sequence[SitePlan],
    contexts: Sequence[Context],
    store: MarkupStore,
    diagnostics: list[Diagnostic],
    stages: _Stages,
    workers: int,
) -> BuildResult:
    old = state.table.entries if state.table else {}
    roots = tuple(theme_roots(group, group.sites[plan.site]) for plan in plans)
    frames = tuple(plan.frame for plan in plans)
    layers = tuple(plan.layer for plan in plans)
    setup = RenderSetup(
        roots, layers, state.theme, frames, str(store.folder), str(output.staging), group.extensions
    )
    entries: dict[str, Entry] = {}
    staged: list[str] = []
    tasks: list[RenderTask] = []
    prints: list[bytes] = []
    for index, plan in enumerate(plans):
        templates = templates_of(roots[index], state.theme, group.extensions, plan.layer)
        frame = digest_bytes(plan.frame)
        closures: dict[str, bytes | Diagnostic] = {}
        for job in plan.pages:
            path = plan.folder + job.path
            if job.template not in closures:
                closures[job.template] = closure_of(templates, job)
            closure = closures[job.template]
            if isinstance(closure, Diagnostic):
                continue
            made_from = fingerprint(job, closure, frame)
            known = old.get(path)
            if known and known.fingerprint == made_from:
                entries[path] = known
                continue
            entries[path] = Entry(made_from, "", 0)
            body = store.stored[job.markup].page if job.markup else None
            tasks.append(RenderTask(index, plan.folder, job, body, known.sha256 if known else ""))
            prints.append(made_from)
        diagnostics.extend(found for found in closures.values() if isinstance(found, Diagnostic))
        for bytes_job in plan.files:
            path = plan.folder + bytes_job.path
            entries[path], is_new = stage_bytes(str(output.staging), path, bytes_job, old.get(path))
            if is_new:
                staged.append(path)
        for copy in plan.copies:
            path = plan.folder + copy.path
            entries[path], is_new = stage_copy(str(output.staging), path, copy, old.get(path))
            if is_new:
                staged.append(path)
    progress = stages.counter("生成", len(tasks))
    for made_from, rendered in zip(
        prints, render_pages(setup, tasks, workers, progress, stages.timer("生成")), strict=True
    ):
        if rendered.diagnostic:
            diagnostics.append(rendered.diagnostic)
            continue
        entries[rendered.path] = Entry(made_from, rendered.sha256, rendered.size)
        if rendered.staged:
            staged.append(rendered.path)
    stages.finish("render", len(tasks))
    if not has_errors(diagnostics):
        diagnostics.extend(_index(group, options, output, plans, contexts, old, entries, staged, workers))
        stages.finish("index", sum(len(plan.notes) for plan in plans))
    diagnostics = sorted_diagnostics(diagnostics)
    if _stops(diagnostics, options):
        return BuildResult(diagnostics, [], [], 0, stages.done)
    manifest = Manifest(
        f"yangguang {__version__}",
        options.today,
        tuple(sorted(plan.folder + url for plan in plans for url in plan.kept)),
        {path: ManifestFile(entry.sha256, entry.size) for path, entry in entries.items()},
    )
    data = encode_manifest(manifest)
    known = old.get(MANIFEST_NAME)
    manifest_entry = Entry(digest_bytes(data), "", len(data))
    if known != manifest_entry:
        output.stage(MANIFEST_NAME, data)
        staged.append(MANIFEST_NAME)
    entries[MANIFEST_NAME] = manifest_entry
    removed = sorted(old.keys() - entries.keys())
    table = PageTable(inputs, entries, diagnostics)
    if not state.table:
        removed = _foreign(output, entries)
    if not state.is_deferred:
        output.commit(_ordered(staged), removed, encode_value(table, CACHE_VERSION))
    elif staged or removed:
        output.commit(_ordered(staged), removed, b"")
    state.table = table
    store.keep({job.markup for plan in plans for job in plan.pages if job.markup})
    if not state.is_deferred:
        store.save()
    stages.finish("write", len(staged))
    slowest = heapq.nlargest(SLOWEST, stages.slowest)
    return BuildResult(diagnostics, sorted(staged), removed, len(entries), stages.done, slowest)


def _index(
    group: SiteGroup,
    options: BuildOptions,
    output: Output,
    plans: Sequence[SitePlan],
    contexts: Sequence[Context],
    old: dict[str, Entry],
    entries: dict[str, Entry],
    staged: list[str],
    workers: int,
) -> list[Diagnostic]:
    """Bring the search indexes up to date and stage what changed of them."""
    if not options.search:
        for plan in plans:
            prefix = plan.folder + FOLDER
            entries.update({path: entry for path, entry in old.items() if path.startswith(prefix)})
        return []
    synonyms, diagnostics = load_synonyms(group)
    if has_errors(diagnostics):
        return diagnostics
    side = output.state_path.parent
    # Editions, whose plans follow, ask the index of their portal.
    for plan, context in zip(plans, contexts, strict=False):
        folder, report, problems = index_site(
            context.site,
            plan.notes,
            partial(search_record, context),
            partial(place_of, context.library),
            side,
            synonyms,
            "mulu/index.html",
            workers,
        )
        diagnostics.extend(problems)
        for path, entry, is_new in stage_index(str(output.staging), plan.folder, folder, report, old):
            entries[path] = entry
            if is_new:
                staged.append(path)
    return diagnostics


def _foreign(output: Output, entries: dict[str, Entry]) -> list[str]:
    """Return files of an output whose table was lost that the new site does not have.

    Only a folder that holds our manifest is pruned: anything else in it is not ours to delete.
    """
    if not (output.path / MANIFEST_NAME).is_file():
        return []
    manifest = read_manifest(output.path / MANIFEST_NAME)
    return sorted(manifest.files.keys() - entries.keys()) if manifest else []


def same_addresses(plans: Sequence[SitePlan]) -> list[Diagnostic]:
    """Return addresses that two pages or files want, also where only the case differs.

    Editions repeat the addresses of their portal, where a clash within one of them is told.
    """
    seen: dict[str, str] = {}
    problems = []
    for plan in plans:
        own: set[str] = set()
        for name in (
            *(job.path for job in plan.pages),
            *(job.path for job in plan.files),
            *(job.path for job in plan.copies),
        ):
            path = plan.folder + name
            key = path.casefold()
            if key not in seen:
                seen[key] = path
                own.add(key)
            elif not (plan.layer and key in own):
                message = f"有两个页面的网址都是 {path}"
                problems.append(
                    Diagnostic(
                        path,
                        0,
                        0,
                        Severity.ERROR,
                        "duplicate-url",
                        message,
                        "改其中一个的文件名、栏目代号或旧网址",
                    )
                )
    return problems


def _ordered(paths: Sequence[str]) -> list[str]:
    """Put what pages need before pages, and home pages last."""
    return sorted(
        paths,
        key=lambda path: (path == MANIFEST_NAME, path.endswith("index.html"), path.endswith(".html"), path),
    )


def _stops(diagnostics: Sequence[Diagnostic], options: BuildOptions) -> bool:
    if has_errors(diagnostics):
        return True
    return options.strict and any(item.severity is Severity.WARNING for item in diagnostics)


def sorted_diagnostics(diagnostics: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Return diagnostics by place, each once."""
    return sorted(
        dict.fromkeys(diagnostics),
        key=lambda item: (item.path, item.line, item.column, item.severity, item.code, item.message),
    )


def _forget_altered(output: Output, table: PageTable) -> None:
    """Drop what somebody deleted from the output or changed in it, so that it is made again.

    A file is as we left it if it has the size we wrote and is no newer than the page table, which is written
    after all others. The facts of 20,000 files take 0.06 s.
    """
    intact: set[str] = set()
    known = table.entries
    try:
        written_ns = output.state_path.stat().st_mtime_ns
    except FileNotFoundError:
        written_ns = time.time_ns()  # a process that keeps its table in memory has not written it yet

    def visit(folder: str, prefix: str) -> None:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    visit(entry.path, f"{prefix}{entry.name}/")
                elif found := known.get(prefix + entry.name):
                    facts = entry.stat(follow_symlinks=False)
                    if facts.st_size == found.size and facts.st_mtime_ns <= written_ns:
                        intact.add(prefix + entry.name)

    with contextlib.suppress(FileNotFoundError):
        visit(str(output.path), "")
    altered = known.keys() - intact
    for path in altered:
        del known[path]
    if altered:
        table.inputs = b""


def _theme_stamp(group: SiteGroup) -> bytes:
    stamps = []
    for root in dict.fromkeys(root for site in group.sites for root in theme_roots(group, site)):
        for file in sorted(Path(root).rglob("*")):
            if file.is_file():
                facts = file.stat()
                stamps.append((str(file), facts.st_size, facts.st_mtime_ns))
    return digest_value(stamps)
