"""The door to a build: lists what there is, and whether there is anything to do at all.

The stages are in ``pipeline.py``. They load slowly, and a project in which nothing changed needs none of them.
"""

from __future__ import annotations

import gc
import time
from typing import TYPE_CHECKING

import msgspec

from generator.assets import theme_stamp
from generator.building import BuildOptions, BuildResult, BuildState, Inputs
from generator.config import SiteGroup
from generator.diagnostics import Diagnostic
from generator.digest import digest_value
from generator.listing import find_files, relisted
from generator.page_table import PageTable
from generator.program import CACHE_VERSION
from generator.progress import Stages
from generator.write import Output

if TYPE_CHECKING:
    from generator.drawing import FoundFonts

__all__ = ["BuildOptions", "BuildResult", "BuildState", "build", "is_current"]


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


def is_current(group: SiteGroup, today: str) -> bool:
    """Whether the output is what a build on this day would make: nothing changed since, in it or in its inputs."""
    output = Output(group.output_path.absolute())
    for search in (True, False):
        state = BuildState()
        inputs = _listed(group, BuildOptions(today, search=search), output, state, None)
        if state.table and state.table.inputs and state.table.inputs == inputs.digest:
            return True
    return False


def _build(
    group: SiteGroup,
    options: BuildOptions,
    output: Output,
    state: BuildState,
    changed: frozenset[str] | None,
) -> BuildResult:
    stages = Stages(options.progress, options.is_timed)
    inputs = _listed(group, options, output, state, changed)
    table = state.table
    is_known = bool(table and table.inputs == inputs.digest and not inputs.problems and not options.published)
    fonts = None if is_known and not _lacks_fonts(table) else found_fonts(group)
    if table and is_known and not (fonts and fonts.found):
        stages.finish("unchanged", len(inputs.found))
        total = 0 if options.stops_at(table.diagnostics) else len(table.entries)
        return BuildResult(table.diagnostics, [], [], total, stages.done)
    from generator.pipeline import Pipeline

    fonts = fonts or found_fonts(group)
    inputs = msgspec.structs.replace(inputs, scope=digest_value((inputs.scope, fonts.stamp)))
    with Pipeline(group, options, output, state, stages, fonts) as pipeline:
        return pipeline.run(inputs)


def found_fonts(group: SiteGroup) -> FoundFonts:
    """Look for fonts to draw pictures with; loaded late, because most runs find nothing to do."""
    from generator.drawing import find_fonts

    return find_fonts(group.root, *group.settings.fonts.files)


def _lacks_fonts(table: PageTable | None) -> bool:
    """Whether the last build drew no pictures for want of a font, which may have been installed since."""
    return table is not None and any(item.code == "no-font" for item in table.diagnostics)


def _listed(
    group: SiteGroup,
    options: BuildOptions,
    output: Output,
    state: BuildState,
    changed: frozenset[str] | None,
) -> Inputs:
    """List the content tree, and look at what is in the output."""
    listed_ns = time.time_ns()
    problems: list[Diagnostic] = []
    known = relisted(state.found, changed) if state.found and changed is not None else None
    found = known
    if found is None:
        found, problems = find_files(group.content_path, group.settings.content)
        state.theme = theme_stamp(group)
    state.found = None if problems else found
    if state.table is None:
        state.table = PageTable.load(output, CACHE_VERSION)
    if state.table and known is None:
        state.table.forget_altered(output)
    scope = digest_value((group.digest, state.theme, options.today, options.edition, group.own_fonts()))
    stamps = [(file.path, file.size, file.modified_ns, file.inode) for file in found]
    return Inputs(listed_ns, found, problems, scope, digest_value((scope, options.search, stamps)))
