"""The stages of a build: load → validate → assemble → convert → plan → render → write. Nothing else knows the order."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, partial
from typing import Self

import msgspec

from generator.addresses import same_addresses, vanished
from generator.building import BuildOptions, BuildResult, BuildState, Inputs
from generator.cache import Packs
from generator.config import SiteGroup
from generator.conversion import MarkupStore
from generator.diagnostics import Diagnostic, has_errors
from generator.drawing import FoundFonts
from generator.intake import Intake, IntakeCache, take_in, unused_waivers
from generator.library import Library
from generator.plan import Context, Converted, missing_entrances, plan_site, wants_pictures
from generator.pool import worker_count
from generator.program import CACHE_VERSION
from generator.progress import Stages
from generator.publish import Contexts, Publication
from generator.replan import (
    Composition,
    bodies_edited,
    compose_again,
    composed,
    load_composition,
    save_composition,
)
from generator.stages import (
    assemble,
    contexts_of,
    convert_bodies,
    published_plans,
    quoter_of,
    sorted_diagnostics,
)
from generator.write import Output


class _Stopped(Exception):
    """Problems of a phase are errors: the stages after it have nothing to work on."""

    def __init__(self, diagnostics: Sequence[Diagnostic]) -> None:
        super().__init__(diagnostics)
        self.diagnostics = diagnostics


class Kept:
    """What the stages of one build keep for those of the next, in a process that makes several."""

    def __init__(self, store: MarkupStore) -> None:
        self.store = store
        self.intake: IntakeCache | None = None
        self.composition: Composition | None = None


class Pipeline:
    """The stages of one build, and what they share."""

    def __init__(
        self,
        group: SiteGroup,
        options: BuildOptions,
        output: Output,
        state: BuildState,
        stages: Stages,
        fonts: FoundFonts,
    ) -> None:
        self._group = group
        self._options = options
        self._output = output
        self._side = output.state_path.parent
        self._state = state
        self._stages = stages
        self._fonts = fonts
        self._workers = worker_count(options.workers or None)
        self._views = Packs(self._side / "views")
        if state.kept is None:
            state.kept = Kept(MarkupStore(self._side / "markup", CACHE_VERSION))
        self._kept: Kept = state.kept
        self._store = self._kept.store

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *args: object) -> None:
        self._views.close()
        self._store.reader.close()

    def run(self, inputs: Inputs) -> BuildResult:
        """Bring the output up to date."""
        try:
            composition, contexts = self._compose(inputs)
            return self._publish(inputs, composition, contexts)
        except _Stopped as stopped:
            return BuildResult(sorted_diagnostics(stopped.diagnostics), [], [], 0, self._stages.done)

    # --- load, validate, assemble, convert, plan ---------------------------------------------------

    def _compose(self, inputs: Inputs) -> tuple[Composition, Contexts]:
        """Plan all pages; take over what the last build planned.

        Raises:
            _Stopped: If there are errors.
        """
        kept, found = self._kept, inputs.found
        if kept.intake is None:
            kept.intake = IntakeCache.load(self._side / "intake", CACHE_VERSION)
        last = kept.composition if kept.composition and kept.composition.scope == inputs.scope else None
        if last is None and not self._state.is_deferred:
            last = load_composition(self._side / "plans", inputs.scope, self._views, CACHE_VERSION)
        self._stages.finish("list", len(found))
        again = self._compose_again(inputs, last) if last and not inputs.problems else None
        if again:
            return again
        intake = take_in(
            found,
            inputs.problems,
            self._group.settings.content,
            kept.intake,
            now_ns=inputs.listed_ns,
            workers=self._workers,
            progress=self._stages.counter("读取", len(found)),
            timed=self._stages.timer("读取"),
        )
        self._keep_intake(intake.cache)
        self._stages.finish("load", intake.read)
        return self._compose_anew(inputs, intake, last)

    def _compose_again(self, inputs: Inputs, last: Composition) -> tuple[Composition, Contexts] | None:
        """Exchange edited bodies in what the last build composed, if nothing else changed."""
        known = self._kept.intake
        if known is None or (self._options.search and not last.is_searched):
            return None
        edits = bodies_edited(last, known, inputs.found)
        if edits is None:
            return None
        renewed = known.edited(inputs.listed_ns, {edit.file.path: (edit.file, edit.after) for edit in edits})
        again = compose_again(last, edits, self._group, self._store, renewed.token)
        if again is None or self._options.stops_at(again.diagnostics):
            return None
        self._keep_intake(renewed)
        self._stages.finish("edit", len(edits))
        return again, cache(partial(self._contexts_again, inputs, again, renewed))

    def _contexts_again(self, inputs: Inputs, again: Composition, known: IntakeCache) -> list[Context]:
        """Return what plans are made from, for those who ask for more than the plans."""
        content = self._group.settings.content
        intake = take_in(inputs.found, (), content, known, now_ns=inputs.listed_ns)
        library, _ = assemble(self._group, intake, self._options.today)
        sites = [library.for_site(site) for site in self._group.sites]
        converted = [
            {name: Converted(key, self._store.stored[key].excerpt) for name, key in keys.items()}
            for keys in again.keys
        ]
        quoter = quoter_of(library, intake)
        return contexts_of(sites, intake, converted, self._store, quoter, draws=self._draws)

    @property
    def _draws(self) -> bool:
        return self._fonts.found is not None

    def _keep_intake(self, cache: IntakeCache) -> None:
        self._kept.intake = cache
        if not self._state.is_deferred:
            cache.save(self._side / "intake", CACHE_VERSION)

    def _compose_anew(
        self, inputs: Inputs, intake: Intake, last: Composition | None
    ) -> tuple[Composition, Contexts]:
        """Assemble, convert and plan; of the last plans take over single pages."""
        options, store = self._options, self._store
        library, diagnostics = assemble(self._group, intake, options.today)
        self._stages.finish("assemble", len(library.documents))
        self._stop_on_errors(diagnostics)
        sites = [library.for_site(site) for site in self._group.sites]
        bodies = convert_bodies(sites, intake, store, self._workers, self._stages)
        quoter = quoter_of(library, intake)
        known = last.plans if last else ()
        contexts = contexts_of(sites, intake, bodies.converted, store, quoter, known, draws=self._draws)
        plans = [
            plan_site(context, self._views.keep, options.search, options.edition) for context in contexts
        ]
        self._stages.finish("plan", sum(len(plan.pages) for plan in plans))
        every = published_plans(plans, self._group, options.edition)
        settled = [*diagnostics[len(intake.diagnostics) - intake.of_files :], *same_addresses(every)]
        settled.extend(missing_entrances(every, self._group))
        if wants_pictures(library):
            settled.extend(self._fonts.problems)
        found = [*diagnostics, *bodies.diagnostics, *settled]
        settled.extend(unused_waivers(library.documents.values(), found))
        composition = composed(inputs.scope, intake, bodies, plans, quoter.quotes, settled, options.search)
        return composition, lambda: contexts

    # --- render, write -----------------------------------------------------------------------------

    def _publish(self, inputs: Inputs, composition: Composition, contexts: Contexts) -> BuildResult:
        """Render what is new and switch the output.

        Raises:
            _Stopped: If there are errors.
        """
        state, options = self._state, self._options
        plans = published_plans(composition.plans, self._group, options.edition)
        if state.is_deferred:
            self._kept.composition = composition
        diagnostics = [*composition.diagnostics, *vanished(plans, options.published)]
        self._stop_on_errors(diagnostics)
        publication = Publication(
            self._group, self._output, state.table, state.theme, self._stages, self._workers
        )
        publication.render(plans, self._views, self._store)
        publication.make_pictures(plans)
        if self._fonts.found and not has_errors(publication.diagnostics):
            publication.draw(plans, self._fonts.found)
        if has_errors(publication.diagnostics):
            library = contexts()[0].pool
            named = [_naming_content(item, library) for item in publication.diagnostics]
            raise _Stopped([*diagnostics, *named])
        if options.search:
            publication.index(plans, contexts, is_packed=bool(options.edition))
        else:
            publication.keep_index(plans)
        diagnostics = sorted_diagnostics([*diagnostics, *publication.diagnostics])
        self._stop_on_errors(diagnostics)
        publication.add_manifest(options.today, plans)
        version = None if state.is_deferred else CACHE_VERSION
        state.table, removed = publication.switch(inputs.digest, diagnostics, composition.token, version)
        self._store.keep({page.markup for plan in plans for page in plan.pages if page.markup})
        if not state.is_deferred:
            self._store.save()
        self._stages.finish("write", len(publication.staged))
        if not state.is_deferred:
            save_composition(self._side / "plans", composition, self._views, CACHE_VERSION)
            self._stages.finish("keep", len(plans))
        staged = sorted(publication.staged)
        stages, total = self._stages, len(publication.entries)
        return BuildResult(diagnostics, staged, removed, total, stages.done, stages.slowest())

    def _stop_on_errors(self, diagnostics: Sequence[Diagnostic]) -> None:
        if self._options.stops_at(diagnostics):
            raise _Stopped(diagnostics)


def _naming_content(diagnostic: Diagnostic, library: Library) -> Diagnostic:
    """Return a template's error with the content file whose page showed it."""
    if diagnostic.code != "template-error":
        return diagnostic
    page = diagnostic.message.partition("（页面 ")[2].partition("）")[0]
    source = next((found.path for found in library.documents.values() if page.endswith(found.url)), "")
    message = diagnostic.message.replace(f"（页面 {page}）", f"（页面 {page}，内容 {source}）")
    return msgspec.structs.replace(diagnostic, message=message) if source else diagnostic
