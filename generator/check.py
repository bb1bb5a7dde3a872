"""Validate a project without building it: load, assemble, convert in memory of the cache, no output."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from generator.addresses import same_addresses, vanished
from generator.config import SiteGroup
from generator.conversion import MarkupStore
from generator.diagnostics import Diagnostic, has_errors
from generator.intake import IntakeCache, take_in, unused_waivers
from generator.library import Library
from generator.listing import find_files
from generator.plan import NOWHERE, missing_entrances, plan_site
from generator.pool import worker_count
from generator.program import CACHE_VERSION
from generator.stages import (
    assemble,
    contexts_of,
    convert_bodies,
    published_plans,
    quoter_of,
    sorted_diagnostics,
)
from generator.write import Manifest, Output


class Examined(NamedTuple):
    """A project's library and all problems found on the way to its pages."""

    library: Library
    diagnostics: list[Diagnostic]


def check_project(
    group: SiteGroup, today: str, jobs: int = 0, published: Manifest | None = None
) -> list[Diagnostic]:
    """Return all problems of a project."""
    return examine(group, today, jobs, published).diagnostics


def examine(group: SiteGroup, today: str, jobs: int = 0, published: Manifest | None = None) -> Examined:
    """Assemble a project and return it with all its problems.

    Documents that the last build took in are taken from its cache; nothing is written to it, so that a
    check may run beside a build. Bodies are converted even where the library has errors, so that an editor
    sees everything at once; only addresses are checked in a library without errors.
    """
    workers = worker_count(jobs or None)
    side = Output(group.output_path.absolute()).state_path.parent
    listed_ns = time.time_ns()
    found, problems = find_files(group.content_path, group.settings.content)
    cache = IntakeCache.load(side / "intake", CACHE_VERSION)
    intake = take_in(found, problems, group.settings.content, cache, now_ns=listed_ns, workers=workers)
    library, diagnostics = assemble(group, intake, today)
    with tempfile.TemporaryDirectory(prefix="yangguang-") as folder:
        store = MarkupStore(Path(folder), CACHE_VERSION)
        sites = [library.for_site(site) for site in group.sites]
        bodies = convert_bodies(sites, intake, store, workers)
        diagnostics.extend(bodies.diagnostics)
        if not has_errors(diagnostics):
            contexts = contexts_of(sites, intake, bodies.converted, store, quoter_of(library, intake))
            plans = [plan_site(context, lambda data: NOWHERE, is_searched=False) for context in contexts]
            plans = published_plans(plans, group)
            diagnostics.extend(same_addresses(plans))
            diagnostics.extend(missing_entrances(plans, group))
            diagnostics.extend(vanished(plans, published))
            diagnostics.extend(unused_waivers(library.documents.values(), diagnostics))
        store.reader.close()
    return Examined(library, sorted_diagnostics(diagnostics))
