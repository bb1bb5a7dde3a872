"""The page of a document, whatever its kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any, Final

from generator.fields import Validity, day_words
from generator.images import sources_of
from generator.kinds import KIND_BY_NAME, ContentKind
from generator.kinds.interpretation import Form
from generator.library import FORWARD_LABELS, Standing
from generator.plan.cells import shown
from generator.plan.context import FORM_WORDS, Context
from generator.plan.extras import extra_view
from generator.plan.files import attachment_of, file_url
from generator.plan.jobs import PageJob, PlannedPage
from generator.plan.plain import basis_of, structure_of
from generator.plan.records import rows_about
from generator.plan.threads import threads_of
from generator.plan.views import Attachment, Banner, DocumentView, Fact, Link, Related
from generator.titles import title_parts
from generator.validate import Document

RELATED_LIMIT: Final = 8


def plan_documents(context: Context) -> Iterator[PageJob | PlannedPage]:
    """Yield the page of every document of the site, as it was planned last where it draws on nothing new."""
    neighbours = _neighbours(context)
    structure = structure_of(context)
    for document in context.library.documents.values():
        if document.kind == "section":
            continue
        newer, older = neighbours.get(document.id, (None, None))
        basis = context.bases[document.id] = basis_of(context, structure, document, newer, older)
        known = context.last_page(document.url, basis)
        if known:
            yield known
        else:
            yield _page(context, KIND_BY_NAME[document.kind], document, newer, older)


def _neighbours(context: Context) -> dict[str, tuple[Document | None, Document | None]]:
    """Return for each document the newer and the older one in its primary section."""
    result: dict[str, tuple[Document | None, Document | None]] = {}
    lanes: dict[str, list[Document]] = {}
    for document in context.library.published:
        lanes.setdefault(context.primary_section(document), []).append(document)
    for lane in lanes.values():
        for index, document in enumerate(lane):
            newer = lane[index - 1] if index else None
            older = lane[index + 1] if index + 1 < len(lane) else None
            result[document.id] = (newer, older)
    return result


# What the page of a plain document draws on stands in `basis_of`: a new source is added there too.
def _page(
    context: Context, kind: ContentKind, document: Document, newer: Document | None, older: Document | None
) -> PageJob:
    section = context.primary_section(document)
    converted = context.converted.get(document.id)
    summary = context.summary(document)
    data = document.data
    image = (
        context.files.get(f"{document.path.rpartition('/')[0]}/{data['image']}")
        if data.get("image")
        else None
    )
    image_url = file_url(document, data["image"]) if image else ""
    source = data.get("source") or "、".join(document.issuer) or context.site.name
    standing = context.library.standing(document)
    crumbs = context.crumbs(section) if section else (Link("index.html", "首页"),)
    canonical = context.library.canonical(document)
    view = DocumentView(
        kind=kind.name,
        kind_label=kind.label,
        title=document.title,
        title_parts=title_parts(document.title),
        number=document.document_number,
        source=source if document.published_at else "",
        source_url=data.get("source_url") or "",
        published_at=document.published_at,
        author=data.get("author") or "",
        summary=summary if data.get("summary") else "",
        caption=caption_of(data),
        badge=context.badge(document),
        banners=tuple(_banners(context, document, standing)),
        facts=tuple(_facts(context, kind, document)),
        attachments=tuple(attachments_of(context, document)),
        related=tuple(_related(context, kind, document)),
        newer=context.document_link(newer) if newer else None,
        older=context.document_link(older) if older else None,
        excerpt=bool(data.get("excerpt")),
        image_url=image_url,
        image_text=data.get("image_text") or "",
        image_size=(image.width, image.height) if image else (0, 0),
        keywords=tuple(data.get("keywords") or ()),
        image_sources=sources_of(image_url, image.width) if image and image.digest else (),
        extra=extra_view(context, document),
        threads=threads_of(context, document),
    )
    page = context.page(
        document.url,
        _title(context, document, section),
        document.title,
        meta=_meta(context, document, section, source, summary, image_url, canonical),
        breadcrumbs=(
            *crumbs,
            Link(
                "",
                document.title
                if kind.name == "page"
                else "正文"
                if document.published_at
                else document.title,
                "",
                -1,
                True,
            ),
        ),
        description=summary,
        section=section,
        canonical=canonical,
        card=context.base_url + image_url if image_url else context.card_url(kind.name, document),
        feeds=context.frame.feeds,
        previous_url="",
        next_url="",
    )
    shown = converted if converted and not context.pool.is_unfounded(document) else None
    return PageJob.of(
        page, kind.template, view, shown.key if shown else b"", context.bases.get(document.id, b"")
    )


def _title(context: Context, document: Document, section: str) -> str:
    """Return the text before the site's name: title and section (A-35); unlike any other page's."""
    name = context.pool.sections[section].document.title if section else ""
    if context.titles_repeated(document.title):
        mark = document.document_number or document.date or document.slug
        return f"{document.title}（{mark}）-{name}" if name else f"{document.title}（{mark}）"
    return f"{document.title}-{name}" if name and name != document.title else document.title


def _meta(
    context: Context,
    document: Document,
    section: str,
    source: str,
    summary: str,
    image_url: str,
    canonical: str,
) -> tuple[tuple[str, str], ...]:
    """Return all tags of a content page (domain/01, 1.1), or of a column page where the document has no date."""
    data = document.data
    if section:
        meta = context.section_meta(section)
    else:
        meta = context.column_meta(document.title, summary or document.title, "概况信息")
    moment = document.published_at or (f"{data['reviewed_on']} 00:00" if data.get("reviewed_on") else "")
    if not moment:
        return meta
    keywords = "，".join(data.get("keywords") or ()) or KIND_BY_NAME[document.kind].label
    more = [
        ("ArticleTitle", document.title),
        ("PubDate", moment),
        ("ContentSource", source),
        ("Keywords", keywords),
        ("Author", data.get("author") or source),
        ("Description", (summary or document.title)[:200]),
    ]
    if image_url:
        more.append(("Image", context.base_url + image_url))
    more.append(("Url", canonical))
    return (*meta, *more)


def caption_of(data: dict[str, Any]) -> str:
    """Return the caption (题注) of a regulation from its history (国办公开办函〔2021〕33号)."""
    acts = data.get("history") or ()
    parts: list[str] = []
    for act in acts:
        words = day_words(act["on"])
        by = f"{act['by']}" if act.get("by") else ""
        parts.append(f"{words}{by}{act['act']}" if not parts else f"根据{words}{by}{act['act']}")
    if parts and data.get("effective_on"):
        parts.append(f"自{day_words(data['effective_on'])}起施行")
    return f"（{'　'.join(parts)}）" if parts else ""


# --- validity --------------------------------------------------------------------------------------


def _banners(context: Context, document: Document, standing: Standing | None) -> Iterator[Banner]:
    if standing is None:
        if document.kind == "topic" and document.data.get("state") == "已归档":
            yield Banner(
                "archived",
                "本专题已归档，内容不再更新",
                f"归档日期：{day_words(document.data['archived_on'])}",
            )
        return
    by = context.pool.documents.get(standing.by)
    links = (context.document_link(by),) if by else ()
    basis = (
        f"《{by.title}》（{by.document_number}）"
        if by and by.document_number
        else f"《{by.title}》"
        if by
        else ""
    )
    since = day_words(standing.since) if standing.since else ""
    if standing.validity is Validity.REPEALED:
        typed = document.data.get("repeal_basis")
        detail = f"自{since}起废止" if since else "废止日期见依据文件"
        yield Banner(
            "repealed",
            "本文件已废止",
            f"{detail}，依据：{basis or typed}" if basis or typed else detail,
            links,
        )
    elif standing.validity is Validity.LAPSED:
        yield Banner("lapsed", "本文件已失效", f"有效期至{since}" if since else "有效期已满")
    elif standing.validity is Validity.AMENDED:
        yield Banner(
            "amended",
            "本文件已被修改",
            f"自{since}起按修改后的内容执行" if since else "按修改后的内容执行",
            links,
        )
    elif standing.validity is Validity.NOT_YET_IN_FORCE:
        yield Banner("pending", "本文件尚未施行", f"自{since}起施行" if since else "")


# --- facts -----------------------------------------------------------------------------------------

#: Order of the metadata table (domain/03, 3.1); fields not named here follow in the order of their declaration.
FACT_ORDER: Final[tuple[str, ...]] = (
    "index_number",
    "subject",
    "issuer",
    "document_number",
    "issued_on",
    "published_at",
    "effective_on",
    "validity",
)


def _facts(context: Context, kind: ContentKind, document: Document) -> Iterator[Fact]:
    for name, label in _fact_labels(kind.name):
        fact = _fact(context, kind, document, name, label)
        if fact:
            yield fact


@cache
def _fact_labels(kind_name: str) -> tuple[tuple[str, str], ...]:
    """Return the fields that the metadata table of a kind shows, in their order, with their labels."""
    shown = {name: declared.label for name, declared, _ in KIND_BY_NAME[kind_name].items if declared.table}
    if "issued_on" in shown:
        shown["published_at"] = "发布日期"
    ordered = [name for name in FACT_ORDER if name in shown]
    ordered += [name for name in shown if name not in FACT_ORDER]
    return tuple((name, shown[name]) for name in ordered)


def _fact(context: Context, kind: ContentKind, document: Document, name: str, label: str) -> Fact | None:
    if name == "published_at":
        return Fact(label, day_words(document.date), (), name) if document.date else None
    if name == "validity":
        badge = context.badge(document)
        if badge is None:
            return None
        until = document.expires_on
        return (
            Fact(label, badge.label, (), name)
            if not until
            else Fact(label, f"{badge.label}，有效期至{day_words(until)}", (), name)
        )
    if name == "expires_on" and kind.name in ("policy", "regulation"):
        return None
    value = document.data.get(name)
    if value is None:
        default = kind.model.model_fields[name].default
        value = default if isinstance(default, str) else None
    if not value and value != 0:
        return None
    if name == kind.issuer:
        links = context.organisation_links(document.issuer)
        return Fact(label, "、".join(document.issuer), links if any(link.url for link in links) else (), name)
    if name == "subject":
        return Fact(label, str(value).replace("\\", " / "), (), name)
    return Fact(label, shown(name, value), (), name)


# --- attachments -----------------------------------------------------------------------------------


def attachments_of(context: Context, document: Document) -> Iterator[Attachment]:
    """Yield a document's attachments, numbered as they stand."""
    for number, entry in enumerate(document.data.get("attachments") or (), 1):
        attachment = attachment_of(context, document, number, entry["title"], entry["file"])
        if attachment:
            yield attachment


# --- relations -------------------------------------------------------------------------------------


def _related(context: Context, kind: ContentKind, document: Document) -> Iterator[Related]:
    """Yield the groups of 看、问、办: policy ↔ interpretation ↔ question ↔ service guide, typed once."""
    if document.kind in ("organisation", "topic", "page", "thread"):
        yield from rows_about(context, document.id)
        return
    hubs = _hubs(context, document)
    chain = tuple(_chain(context, document))
    if chain:
        yield Related("chain", "效力关系", chain)
    if document.kind not in ("policy", "regulation") and hubs:
        yield Related(
            "policies",
            "政策文件",
            tuple(context.document_link(hub, hub.document_number) for hub in hubs[:RELATED_LIMIT]),
        )
    collect: tuple[tuple[str, str, Callable[[], Iterable[Link]]], ...] = (
        ("interpretations", "解读", lambda: _interpretations(context, document, hubs)),
        ("questions", "大家常问", lambda: _questions(context, document, hubs)),
        ("guides", "去办理", lambda: _guides(context, document, hubs)),
        ("others", "相关内容", lambda: _others(context, document)),
    )
    for slug, title, links in collect:
        found = tuple(_limited(links()))
        if found:
            yield Related(slug, title, found)
    yield from rows_about(context, document.id)


def _limited(links: Iterable[Link]) -> Iterator[Link]:
    seen: set[str] = set()
    for link in links:
        if link.url not in seen:
            seen.add(link.url)
            yield link
        if len(seen) == RELATED_LIMIT:
            return


def _hubs(context: Context, document: Document) -> list[Document]:
    """Return the policies and regulations around which a document turns: itself, or those that it refers to."""
    if document.kind in ("policy", "regulation"):
        return [document]
    hubs: list[Document] = []
    for relation in context.pool.relations_from.get(document.id, ()):
        target = context.pool.documents[relation.target]
        if target.kind in ("policy", "regulation") and target not in hubs:
            hubs.append(target)
    return hubs


def _sources(
    context: Context, document: Document, kinds: tuple[str, ...], relations: tuple[str, ...]
) -> Iterator[Document]:
    found = []
    for relation in context.pool.relations_to.get(document.id, ()):
        source = context.library.documents.get(relation.source)
        if source and source.kind in kinds and relation.relation in relations:
            found.append(source)
    found.sort(key=lambda item: (item.published_at, item.id), reverse=True)
    yield from found


def _chain(context: Context, document: Document) -> Iterator[Link]:
    for relation in context.pool.relations_from.get(document.id, ()):
        word = FORWARD_LABELS.get(relation.relation)
        if word:
            target = context.pool.documents[relation.target]
            yield context.document_link(target, f"{word}：{target.document_number or target.date}")
    words = KIND_BY_NAME["policy"].relations
    for relation in context.pool.relations_to.get(document.id, ()):
        if relation.relation in FORWARD_LABELS:
            source = context.pool.documents[relation.source]
            yield context.document_link(
                source, f"{words[relation.relation]}：{source.document_number or source.date}"
            )


def _interpretations(context: Context, document: Document, hubs: list[Document]) -> Iterator[Link]:
    for hub in hubs:
        for source in _sources(context, hub, ("interpretation",), ("interprets",)):
            if source.id != document.id:
                note = (
                    "图解，附文字版"
                    if source.data["form"] == Form.GRAPHIC
                    else FORM_WORDS[source.data["form"]]
                )
                yield context.document_link(source, f"{note}，{source.date}")


def _questions(context: Context, document: Document, hubs: list[Document]) -> Iterator[Link]:
    direct = _sources(context, document, ("question",), ("service_guides",))
    around = (source for hub in hubs for source in _sources(context, hub, ("question",), ("basis.document",)))
    for source in (*direct, *around):
        if source.id == document.id:
            continue
        basis = source.data["basis"][0]
        yield context.document_link(source, f"依据{basis['clause']}" if basis.get("clause") else "")


def _guides(context: Context, document: Document, hubs: list[Document]) -> Iterator[Link]:
    direct = (
        context.pool.documents[relation.target]
        for relation in context.pool.relations_from.get(document.id, ())
        if relation.relation == "service_guides"
    )
    around = (
        source
        for hub in hubs
        for source in _sources(context, hub, ("service_guide",), ("policies", "legal_basis.document"))
    )
    for guide in (*direct, *around):
        if guide.id == document.id:
            continue
        limit = guide.data.get("promised_limit")
        fee = guide.data.get("fee", "不收费")
        yield context.document_link(guide, f"承诺 {limit}办结，{fee}" if limit else fee)


def _others(context: Context, document: Document) -> Iterator[Link]:
    """Yield what else refers to this document or is referred to by it: news, notices, consultations, monthly records."""
    shown = (
        "interprets",
        "basis.document",
        "service_guides",
        "policies",
        "legal_basis.document",
        "featured",
        "documents.document",
        *FORWARD_LABELS,
    )
    for relation in context.pool.relations_to.get(document.id, ()):
        source = context.library.documents.get(relation.source)
        if source and relation.relation not in shown:
            word = KIND_BY_NAME[source.kind].relations[relation.relation]
            yield context.document_link(source, f"{word}，{source.date}" if word else source.date)
    for relation in context.pool.relations_from.get(document.id, ()):
        target = context.pool.documents[relation.target]
        if relation.relation not in shown and target.kind not in ("policy", "regulation"):
            yield context.document_link(target, KIND_BY_NAME[target.kind].label)
