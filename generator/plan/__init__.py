"""Plan: `SiteLibrary` × site → jobs. Recomputed on every build, because it is cheap and pure."""

from __future__ import annotations

from generator.digest import encode
from generator.plan.context import Context, Converted, FileFacts
from generator.plan.documents import plan_documents
from generator.plan.editions import Edition, edition_plan, editions_of, missing_entrances
from generator.plan.files import file_url
from generator.plan.jobs import BytesJob, CopyJob, PageJob, RecordNote, SitePlan
from generator.plan.listings import plan_listings
from generator.plan.search_records import search_notes, search_record
from generator.plan.site_pages import machine_files, plan_site_pages

__all__ = [
    "BytesJob",
    "Context",
    "Converted",
    "CopyJob",
    "Edition",
    "FileFacts",
    "PageJob",
    "RecordNote",
    "SitePlan",
    "edition_plan",
    "editions_of",
    "missing_entrances",
    "plan_site",
    "search_record",
]

UNLISTED_TEMPLATES = ("404.html", "redirect.html")


def plan_site(context: Context) -> SitePlan:
    """Return everything that one site consists of."""
    pages: list[PageJob] = []
    files: list[BytesJob] = [BytesJob(asset.url, asset.data) for asset in context.assets.assets]
    for job in (*plan_documents(context), *plan_listings(context), *plan_site_pages(context)):
        if isinstance(job, PageJob):
            pages.append(job)
        else:
            files.append(job)
    files.extend(
        machine_files(context, [job.path for job in pages if job.template not in UNLISTED_TEMPLATES])
    )
    kept = [document.url for document in context.library.documents.values() if document.kind != "section"]
    kept += [context.section_url(slug) for slug in context.library.visible_sections]
    return SitePlan(
        site=context.library.group.sites.index(context.site),
        folder=context.library.group.folder_of(context.site),
        frame=encode(context.frame),
        pages=pages,
        files=files,
        copies=list(_copies(context)),
        kept=sorted(kept),
        notes=list(search_notes(context)),
    )


def _copies(context: Context) -> list[CopyJob]:
    copies: dict[str, CopyJob] = {}
    for document in context.library.documents.values():
        folder = document.path.rpartition("/")[0]
        for _, name in document.files:
            facts = context.files.get(f"{folder}/{name}")
            if facts:
                path = file_url(document, name)
                copies[path] = CopyJob(path, facts.source, facts.stamp)
        for reference in context.pool.references.get(document.id, ()):
            facts = (
                context.files.get(f"{folder}/{reference.target}")
                if reference.form in ("image", "path")
                else None
            )
            if facts:
                path = file_url(document, reference.target)
                copies[path] = CopyJob(path, facts.source, facts.stamp)
    return list(copies.values())
