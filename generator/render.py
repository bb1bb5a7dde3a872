"""Render: jobs → staged files, skipping those whose fingerprint is known."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Final

import msgspec
from jinja2 import TemplateError, TemplateSyntaxError
from markupsafe import Markup, escape

from generator import charts
from generator.cache import PackReader, Packs, Place
from generator.conversion import EMPTY_BODY, PageBody, TextBody
from generator.diagnostics import Diagnostic, Severity
from generator.digest import digest_bytes
from generator.extending import NO_EXTENSIONS, Extensions
from generator.markup import CHART_MARK
from generator.page_table import Entry
from generator.plan.jobs import DOCUMENT_JSON, CopyJob, PlannedFile, PlannedPage
from generator.plan.views import (
    AdvancedSearchView,
    ApiDocumentView,
    AreasView,
    BlocksPageView,
    CatalogueView,
    ColumnView,
    DirectoryView,
    DocumentView,
    Frame,
    HomeView,
    ListingView,
    NotFoundView,
    Page,
    RecordPageView,
    RecordsView,
    RedirectView,
    SearchView,
    SheetsView,
    SheetView,
    SitemapView,
    StatementView,
    TimelineView,
    View,
)
from generator.pool import run
from generator.templates import Templates, templates_of
from generator.write import stage_file

VIEW_TYPES: Final[dict[str, type[View]]] = {
    "home.html": HomeView,
    "listings/section.html": ListingView,
    "listings/initials.html": ListingView,
    "listings/timeline.html": TimelineView,
    "listings/areas.html": AreasView,
    "listings/catalogue.html": CatalogueView,
    "listings/column.html": ColumnView,
    "listings/request_form.html": ColumnView,
    "listings/request_due.html": ColumnView,
    "listings/directory.html": DirectoryView,
    "listings/records.html": RecordsView,
    "pages/record.html": RecordPageView,
    "sitemap.html": SitemapView,
    "search.html": SearchView,
    "sheet.html": SheetView,
    "sheets.html": SheetsView,
    "statement.html": StatementView,
    "404.html": NotFoundView,
    "redirect.html": RedirectView,
    "blocks.html": BlocksPageView,
    "advanced.html": AdvancedSearchView,
    DOCUMENT_JSON: ApiDocumentView,
}
"""Template → the view it is given; the pages of kinds all take a `DocumentView`."""


class RenderTask(msgspec.Struct, frozen=True, array_like=True):
    """A page to render: index of its frame, what was planned, where its body lies, the digest of what is published."""

    frame: int
    folder: str
    page: PlannedPage
    body: Place | None
    published: str


class Rendered(msgspec.Struct, frozen=True, array_like=True):
    """A rendered page; not staged where its bytes are those already published."""

    path: str
    sha256: str
    size: int
    staged: bool
    diagnostic: Diagnostic | None = None


class RenderSetup(msgspec.Struct, frozen=True):
    """What workers need once: theme folders and layers by index, their stamp, frames, packs, staging folder.

    Attributes:
        views: Folder of the packs that hold views.
        bodies: Folder of the packs that hold converted bodies.
        compiled: Folder of compiled templates.
    """

    roots: tuple[tuple[str, ...], ...]
    layers: tuple[tuple[str, ...], ...]
    theme: bytes
    frames: tuple[bytes, ...]
    views: str
    bodies: str
    staging: str
    compiled: str
    extensions: Extensions = NO_EXTENSIONS


class Renderer:
    """Renders pages in one process."""

    def __init__(self, setup: RenderSetup) -> None:
        self._templates = [
            templates_of(roots, setup.theme, setup.compiled, setup.extensions, layers)
            for roots, layers in zip(setup.roots, setup.layers, strict=True)
        ]
        for templates in self._templates:
            templates.forget_frames()
        self._frames = [msgspec.msgpack.decode(frame, type=Frame) for frame in setup.frames]
        self._views = PackReader(Path(setup.views))
        self._bodies = PackReader(Path(setup.bodies))
        self._staging = setup.staging
        self._decoders: dict[str, msgspec.msgpack.Decoder[Any]] = {}

    def close(self) -> None:
        """Close the packs."""
        self._views.close()
        self._bodies.close()

    def html(self, frame_index: int, planned: PlannedPage, place: Place | None) -> str:
        """Return the page's HTML."""
        page, view = self._decoder(planned.template).decode(self._views.read(planned.place))
        if planned.template == DOCUMENT_JSON:
            return _document_json(view.metadata, self._bodies.read(place) if place else b"")
        body = msgspec.msgpack.decode(self._bodies.read(place), type=PageBody) if place else EMPTY_BODY
        body = msgspec.structs.replace(body, html=Markup(_with_charts(body)))
        return self._templates[frame_index].render(
            planned.template, self._frames[frame_index], page, view=view, body=body
        )

    def _decoder(self, template: str) -> msgspec.msgpack.Decoder[Any]:
        if template not in self._decoders:
            view = VIEW_TYPES.get(template, DocumentView)
            self._decoders[template] = msgspec.msgpack.Decoder(tuple[Page, view])  # type: ignore[valid-type]
        return self._decoders[template]

    def render(self, task: RenderTask) -> Rendered:
        """Render one page and stage it if its bytes are new."""
        path = task.folder + task.page.path
        try:
            html = self.html(task.frame, task.page, task.body)
        except (TemplateError, *_MISTAKES) as error:
            return Rendered(path, "", 0, False, _explained(error, task.page))
        data = html.encode()
        sha256 = hashlib.sha256(data).hexdigest()
        if sha256 != task.published:
            stage_file(self._staging, path, data)
        return Rendered(path, sha256, len(data), sha256 != task.published)


_MISTAKES: Final = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What Python raises where a template adds a number to a text, and the like."""


def _explained(error: Exception, page: PlannedPage) -> Diagnostic:
    """Name the template and line at fault, and the page that showed it."""
    name, line = page.template, 0
    if isinstance(error, TemplateSyntaxError):
        name, line = error.name or name, error.lineno
    else:
        trace = error.__traceback__
        while trace is not None:
            file = trace.tb_frame.f_code.co_filename.replace("\\", "/")
            if file.endswith((".html", ".xml")):
                name, line = file.rpartition("/templates/")[2] or file, trace.tb_lineno
            trace = trace.tb_next
    return Diagnostic(
        f"theme/templates/{name}",
        line,
        0,
        Severity.ERROR,
        "template-error",
        f"模板出错（页面 {page.path}）：{getattr(error, 'message', None) or error}",
        "改正模板后重新构建",
    )


def _with_charts(body: PageBody) -> str:
    """Draw the charts of a body where `convert` left their numbers."""
    if not body.charts:
        return body.html
    parts = body.html.split(CHART_MARK)
    drawn = [_drawn(body.charts[int(number)]) for number in parts[1::2]]
    parts[1::2] = drawn
    return "".join(parts)


def _drawn(chart: charts.Chart) -> str:
    notes = charts.notes(chart)
    unit = f"（{chart.unit}）" if chart.unit else ""
    title = f'<p class="chart__title">{escape(chart.title + unit)}</p>'
    return title + charts.svg(chart) + (f'<p class="chart__note">{escape(notes)}</p>' if notes else "")


def _render(renderer: Renderer, task: RenderTask) -> Rendered:
    return renderer.render(task)


def render_pages(
    setup: RenderSetup,
    tasks: Sequence[RenderTask],
    workers: int,
    progress: Callable[[int], None] | None = None,
    timed: Callable[[str, float], None] | None = None,
) -> Iterable[Rendered]:
    """Yield the rendered pages, in the order of the tasks."""
    yield from run(
        _render,
        tasks,
        context=setup,
        prepare=Renderer,
        finish=Renderer.close,
        workers=workers,
        progress=progress,
        timed=(lambda task, seconds: timed(task.folder + task.page.path, seconds)) if timed else None,
    )


def _document_json(metadata: str, body: bytes) -> str:
    """Return the metadata of a document with its text, cut at headings and clauses as the search index has it."""
    document = msgspec.json.decode(metadata)
    if body:
        parts = msgspec.msgpack.decode(body, type=TextBody).sections
        document["正文"] = [{"锚点": part.anchor, "标题": part.heading, "文字": part.text} for part in parts]
    return msgspec.json.format(msgspec.json.encode(document), indent=1).decode() + "\n"


def closure_of(templates: Templates, page: PlannedPage) -> bytes | Diagnostic:
    """Return the digest of all templates that a page is made of, or what is wrong with one of them."""
    if page.template == DOCUMENT_JSON:
        return b""
    try:
        return templates.closure(page.template)
    except TemplateError as error:
        return _explained(error, page)


def fingerprint(page: PlannedPage, closure: bytes, frame: bytes) -> bytes:
    """Return what a page is made from: template with all it draws in, frame, head, view and body."""
    return digest_bytes(b"\0".join((closure, frame, page.template.encode(), page.markup, page.digest)))


def stage_bytes(
    staging: str, path: str, file: PlannedFile, views: Packs, published: Entry | None
) -> tuple[Entry, bool]:
    """Stage a file whose bytes are known, if they are new."""
    entry = Entry(b"", file.sha256, file.size)
    if published and published.sha256 == file.sha256:
        return entry, False
    stage_file(staging, path, views.read(file.place))
    return entry, True


def stage_copy(staging: str, path: str, job: CopyJob, published: Entry | None) -> tuple[Entry, bool]:
    """Stage a copy of a content file, if it changed."""
    stamp = digest_bytes(f"{job.source}\0{job.stamp}".encode())
    if published and published.fingerprint == stamp:
        return published, False
    source = Path(job.source)
    sha256 = hashlib.sha256()
    with source.open("rb") as file:
        while block := file.read(1 << 20):
            sha256.update(block)
    entry = Entry(stamp, sha256.hexdigest(), source.stat().st_size)
    if published and published.sha256 == entry.sha256:
        return entry, False
    target = Path(staging) / path
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    return entry, True
