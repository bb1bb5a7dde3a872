"""Publish: planned pages → staged files → the output, of which only what changed is rendered and written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from generator import __version__
from generator.assets import theme_roots
from generator.cache import Packs, Place, encode_value
from generator.config import SiteGroup
from generator.conversion import MarkupStore
from generator.diagnostics import Diagnostic, has_errors
from generator.digest import digest_bytes
from generator.drawing import DrawTask, Fonts, draw_all, drawing_stamp
from generator.images import PictureTask, make_all
from generator.indexing import FOLDER, index_site, load_synonyms, packed, place_of, stage_index
from generator.page_table import Entry, PageTable
from generator.plan import DOCUMENT_JSON, Context, PlannedPage, SitePlan, search_record
from generator.progress import Stages
from generator.render import (
    RenderSetup,
    RenderTask,
    closure_of,
    fingerprint,
    render_pages,
    stage_bytes,
    stage_copy,
)
from generator.templates import templates_of
from generator.write import MANIFEST_NAME, Manifest, ManifestFile, Output, encode_manifest, read_manifest

Contexts = Callable[[], Sequence[Context]]
"""Makes what the plans were made from, in their order; asked for only where it is needed."""


class Publication:
    """What the output will hold, put together file by file; then it is switched.

    Attributes:
        entries: All files.
        staged: Those whose bytes are new.
        diagnostics: Problems found on the way.
    """

    def __init__(
        self,
        group: SiteGroup,
        output: Output,
        table: PageTable | None,
        theme: bytes,
        stages: Stages,
        workers: int,
    ) -> None:
        self._group = group
        self._output = output
        self._table = table
        self._old = table.entries if table else {}
        self._theme = theme
        self._compiled = str(output.state_path.parent / "templates")
        self._stages = stages
        self._workers = workers
        self._closures = dict(table.closures) if table and table.theme == theme else {}
        self.entries: dict[str, Entry] = {}
        self.staged: list[str] = []
        self.diagnostics: list[Diagnostic] = []

    # --- pages -------------------------------------------------------------------------------------

    def render(self, plans: Sequence[SitePlan], views: Packs, store: MarkupStore) -> None:
        """Render the pages that are made from something new, and stage the plans' other files."""
        group = self._group
        roots = tuple(theme_roots(group, group.sites[plan.site]) for plan in plans)
        frames = tuple(plan.frame for plan in plans)
        staging = str(self._output.staging)
        setup = RenderSetup(
            roots,
            tuple(plan.layers for plan in plans),
            self._theme,
            frames,
            str(views.folder),
            str(store.folder),
            staging,
            self._compiled,
            group.extensions,
        )
        tasks: list[RenderTask] = []
        prints: list[bytes] = []
        for index, plan in enumerate(plans):
            for page, made_from in self._outdated(plan, roots[index]):
                path = plan.folder + page.path
                body = _body_of(page, store)
                known = self._old.get(path)
                tasks.append(RenderTask(index, plan.folder, page, body, known.sha256 if known else ""))
                prints.append(made_from)
                self.entries[path] = Entry(made_from, "", 0)
            self._stage_others(plan, views)
        progress = self._stages.counter("生成", len(tasks))
        rendering = render_pages(setup, tasks, self._workers, progress, self._stages.timer("生成"))
        for made_from, rendered in zip(prints, rendering, strict=True):
            if rendered.diagnostic:
                self.diagnostics.append(rendered.diagnostic)
                continue
            self._enter(rendered.path, Entry(made_from, rendered.sha256, rendered.size), rendered.staged)
        self._stages.finish("render", len(tasks))

    def _outdated(self, plan: SitePlan, roots: tuple[str, ...]) -> list[tuple[PlannedPage, bytes]]:
        """Return the pages to be rendered with their fingerprints; enter the others."""
        frame = digest_bytes(plan.frame)
        closures: dict[str, bytes | None] = {}
        outdated = []
        for page in plan.pages:
            if page.template not in closures:
                closures[page.template] = self._closure(page, roots, plan.layers)
            closure = closures[page.template]
            if closure is None:
                continue
            path = plan.folder + page.path
            made_from = fingerprint(page, closure, frame)
            known = self._old.get(path)
            if known and known.fingerprint == made_from:
                self.entries[path] = known
            else:
                outdated.append((page, made_from))
        return outdated

    def _closure(self, page: PlannedPage, roots: tuple[str, ...], layers: tuple[str, ...]) -> bytes | None:
        key = "\0".join((*roots, *layers, page.template))
        if key not in self._closures:
            found = closure_of(
                templates_of(roots, self._theme, self._compiled, self._group.extensions, layers), page
            )
            if isinstance(found, Diagnostic):
                self.diagnostics.append(found)
                return None
            self._closures[key] = found
        return self._closures[key]

    def _stage_others(self, plan: SitePlan, views: Packs) -> None:
        staging = str(self._output.staging)
        for file in plan.files:
            path = plan.folder + file.path
            self._enter(path, *stage_bytes(staging, path, file, views, self._old.get(path)))
        for copy in plan.copies:
            path = plan.folder + copy.path
            self._enter(path, *stage_copy(staging, path, copy, self._old.get(path)))

    def _enter(self, path: str, entry: Entry, is_new: bool) -> None:
        self.entries[path] = entry
        if is_new:
            self.staged.append(path)

    # --- pictures ----------------------------------------------------------------------------------

    def make_pictures(self, plans: Sequence[SitePlan]) -> None:
        """Publish pictures without notes and in smaller sizes, where they are not known to be so already."""
        tasks: list[PictureTask] = []
        for plan in plans:
            for job in plan.pictures:
                path = plan.folder + job.path
                known = self._old.get(path)
                if known and known.fingerprint == job.stamp:
                    self.entries[path] = known
                else:
                    tasks.append(PictureTask(plan.folder, job, known.sha256 if known else ""))
        problems: dict[Diagnostic, None] = {}
        made_all = make_all(str(self._output.staging), tasks, self._workers)
        for task, made in zip(tasks, made_all, strict=True):
            if made.diagnostic:
                problems[made.diagnostic] = None
            else:
                self._enter(made.path, Entry(task.job.stamp, made.sha256, made.size), made.staged)
        self.diagnostics.extend(problems)
        self._stages.finish("pictures", len(tasks))

    def draw(self, plans: Sequence[SitePlan], fonts: Fonts) -> None:
        """Draw the pictures whose view or fonts changed."""
        tasks: list[DrawTask] = []
        stamps: list[bytes] = []
        for plan in plans:
            for job in plan.drawings:
                path = plan.folder + job.path
                known, stamp = self._old.get(path), drawing_stamp(job, fonts)
                if known and known.fingerprint == stamp:
                    self.entries[path] = known
                else:
                    tasks.append(DrawTask(plan.folder, job, known.sha256 if known else ""))
                    stamps.append(stamp)
        drawn_all = draw_all(fonts, str(self._output.staging), tasks, self._workers)
        for stamp, drawn in zip(stamps, drawn_all, strict=True):
            self._enter(drawn.path, Entry(stamp, drawn.sha256, drawn.size), drawn.staged)
        self._stages.finish("draw", len(tasks))

    # --- search ------------------------------------------------------------------------------------

    def index(self, plans: Sequence[SitePlan], contexts: Contexts, is_packed: bool) -> None:
        """Bring the search indexes up to date and stage what changed of them.

        Args:
            is_packed: Whether they must work from a disk, whatever the settings say.
        """
        synonyms, diagnostics = load_synonyms(self._group)
        self.diagnostics.extend(diagnostics)
        if has_errors(diagnostics):
            return
        # Editions, whose plans follow, ask the index of their portal.
        for plan, context in zip(plans, contexts(), strict=False):
            folder, report, problems = index_site(
                packed(context.site) if is_packed else context.site,
                plan.notes,
                partial(search_record, context),
                partial(place_of, context.library),
                self._output.state_path.parent,
                synonyms,
                "mulu/index.html",
                self._workers,
            )
            self.diagnostics.extend(problems)
            for found in stage_index(str(self._output.staging), plan.folder, folder, report, self._old):
                self._enter(*found)
        self._stages.finish("index", sum(len(plan.notes) for plan in plans))

    def keep_index(self, plans: Sequence[SitePlan]) -> None:
        """Leave the search indexes as they are."""
        for plan in plans:
            prefix = plan.folder + FOLDER
            self.entries.update({path: entry for path, entry in self._old.items() if path.startswith(prefix)})

    # --- switching ---------------------------------------------------------------------------------

    def add_manifest(self, today: str, plans: Sequence[SitePlan]) -> None:
        """Add the list of all files and of the addresses that readers may have kept."""
        manifest = Manifest(
            f"yangguang {__version__}",
            today,
            tuple(sorted(plan.folder + url for plan in plans for url in plan.kept)),
            {path: ManifestFile(entry.sha256, entry.size) for path, entry in self.entries.items()},
        )
        data = encode_manifest(manifest)
        entry = Entry(digest_bytes(data), "", len(data))
        is_new = self._old.get(MANIFEST_NAME) != entry
        if is_new:
            self._output.stage(MANIFEST_NAME, data)
        self._enter(MANIFEST_NAME, entry, is_new)

    def switch(
        self, inputs: bytes, diagnostics: list[Diagnostic], composition: bytes, version: str | None
    ) -> tuple[PageTable, list[str]]:
        """Put the staged files into place; return the new table and which files are gone.

        Args:
            version: That the stored table is for; None if it is not to be stored.
        """
        table = PageTable(inputs, self.entries, diagnostics, composition, self._theme, self._closures)
        removed = (
            sorted(self._old.keys() - self.entries.keys())
            if self._table
            else _foreign(self._output, self.entries)
        )
        if version is not None:
            self._output.commit(_ordered(self.staged), removed, encode_value(table, version))
        elif self.staged or removed:
            self._output.commit(_ordered(self.staged), removed, b"")
        return table, removed


def _foreign(output: Output, entries: Mapping[str, Entry]) -> list[str]:
    """Return files of an output whose table was lost that the new site does not have.

    Only a folder that holds our manifest is pruned: anything else in it is not ours to delete.
    """
    if not (output.path / MANIFEST_NAME).is_file():
        return []
    manifest = read_manifest(output.path / MANIFEST_NAME)
    return sorted(manifest.files.keys() - entries.keys()) if manifest else []


def _ordered(paths: Sequence[str]) -> list[str]:
    """Put what pages need before pages, and home pages last."""
    return sorted(
        paths,
        key=lambda path: (path == MANIFEST_NAME, path.endswith("index.html"), path.endswith(".html"), path),
    )


def _body_of(page: PlannedPage, store: MarkupStore) -> Place | None:
    """Return where the body of a page lies; files for programs have its text."""
    if not page.markup:
        return None
    stored = store.stored[page.markup]
    return stored.text if page.template == DOCUMENT_JSON else stored.page
