"""Plan: `SiteLibrary` × site → jobs. A pure function; what the last plan made of the same is taken over."""

from __future__ import annotations

from itertools import chain

from generator.digest import encode
from generator.images import RASTER, PictureJob, picture_jobs
from generator.plan.context import Context, Converted, FileFacts
from generator.plan.documents import plan_documents
from generator.plan.editions import Edition, edition_plan, editions_of, missing_entrances
from generator.plan.files import file_url
from generator.plan.jobs import (
    DOCUMENT_JSON,
    NOWHERE,
    BytesJob,
    CopyJob,
    DrawJob,
    Keep,
    PageJob,
    PlannedFile,
    PlannedPage,
    RecordNote,
    SitePlan,
)
from generator.plan.kiosk import NAME as KIOSK
from generator.plan.kiosk import initials_pages, kiosk_plan
from generator.plan.listings import plan_listings
from generator.plan.open_data import plan_open_data
from generator.plan.pictures import plan_drawings, wants_pictures
from generator.plan.search_records import search_notes, search_record
from generator.plan.sheets import plan_sheets
from generator.plan.site_pages import machine_files, plan_site_pages
from generator.plan.ways_in import plan_ways_in, subscriptions

__all__ = [
    "DOCUMENT_JSON",
    "KIOSK",
    "NOWHERE",
    "Context",
    "Converted",
    "CopyJob",
    "DrawJob",
    "Edition",
    "FileFacts",
    "PlannedFile",
    "PlannedPage",
    "RecordNote",
    "SitePlan",
    "edition_plan",
    "editions_of",
    "kiosk_plan",
    "missing_entrances",
    "plan_site",
    "search_record",
    "wants_pictures",
]

UNLISTED_TEMPLATES = ("404.html", "redirect.html", "sheet.html", DOCUMENT_JSON)


def plan_site(context: Context, keep: Keep, is_searched: bool = True, edition: str = "") -> SitePlan:
    """Return everything that one site consists of.

    Args:
        keep: Stores the bytes of pages and files.
        is_searched: Whether the search index is brought up to date.
        edition: Name of the edition built in the place of the portal, which may have pages of its own.
    """
    pages: list[PlannedPage] = []
    editions = {edition} if edition else {item.name for item in editions_of(context.library.group)}
    bytes_jobs = [BytesJob(asset.url, asset.data) for asset in context.assets.of_editions(editions)]
    files: list[PlannedFile] = []
    own = initials_pages(context) if edition == KIOSK else ()
    planners = (
        plan_documents,
        plan_listings,
        plan_site_pages,
        plan_sheets,
        plan_open_data,
        plan_ways_in,
    )
    for job in chain(chain.from_iterable(plan(context) for plan in planners), own):
        if isinstance(job, PlannedPage):
            pages.append(job)
        elif isinstance(job, PlannedFile):
            files.append(job)
        elif isinstance(job, PageJob):
            pages.append(job.planned(keep, context.last_pages.get(job.path)))
        else:
            bytes_jobs.append(job)
    feeds = subscriptions(context, [job.path for job in bytes_jobs])
    pages.append(feeds.planned(keep, context.last_pages.get(feeds.path)))
    listed = [page.path for page in pages if page.template not in UNLISTED_TEMPLATES]
    bytes_jobs.extend(machine_files(context, listed))
    files += [job.planned(keep, context.last_files.get(job.path)) for job in bytes_jobs]
    kept = [document.url for document in context.library.documents.values() if document.kind != "section"]
    kept += [context.section_url(slug) for slug in context.library.visible_sections]
    copies, pictures = _copies(context)
    return SitePlan(
        site=context.library.group.sites.index(context.site),
        folder=context.library.group.folder_of(context.site),
        frame=encode(context.frame),
        pages=pages,
        files=files,
        copies=copies,
        kept=sorted(kept),
        notes=list(search_notes(context)) if is_searched else [],
        drawings=list(plan_drawings(context)),
        pictures=pictures,
    )


def _copies(context: Context) -> tuple[list[CopyJob], list[PictureJob]]:
    """Return the files beside documents that are published as they are, and the pictures."""
    copies: dict[str, CopyJob] = {}
    pictures: dict[str, PictureJob] = {}
    for document in context.library.documents.values():
        folder = document.path.rpartition("/")[0]
        shown = {document.data.get("image")}
        names = [name for _, name in document.files]
        for reference in context.pool.references.get(document.id, ()):
            if reference.form in ("image", "path"):
                names.append(reference.target)
            if reference.form == "image":
                shown.add(reference.target)
        for name in names:
            facts = context.files.get(f"{folder}/{name}")
            if facts is None:
                continue
            path = file_url(document, name)
            if facts.digest and path.lower().endswith(RASTER):
                width = facts.width if name in shown else 0
                for job in picture_jobs(path, facts.source, f"{folder}/{name}", facts.digest, width):
                    pictures[job.path] = job
            else:
                copies[path] = CopyJob(path, facts.source, facts.stamp)
    return list(copies.values()), list(pictures.values())
