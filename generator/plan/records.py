"""Tables of records (名录、清单、公示…): pages, facets, details and downloads, all from the declaration of the kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from generator.fields import Label
from generator.kinds import RECORD_KIND_BY_NAME, RECORD_KINDS, RecordKind
from generator.plan.cells import cell, shown
from generator.plan.communities import COMMUNITY, community_blocks
from generator.plan.context import FACET_SLUGS, Context, label_members
from generator.plan.downloads import csv_bytes, json_bytes
from generator.plan.jobs import BytesJob, PageJob
from generator.plan.matters import stages_of, state_of
from generator.plan.paging import Slice, page_path, pages, pagination, slices
from generator.plan.places import map_of_row, maps_of, ways_to
from generator.plan.views import (
    Block,
    Cell,
    FacetGroup,
    Fact,
    Link,
    LinksBlock,
    RecordGroup,
    RecordPageView,
    RecordRow,
    RecordsView,
    Related,
    TextBlock,
)
from generator.validate import RecordItem

RECORDS_PAGE: Final = 50
LONG_TEXT: Final = 60
"""Texts longer than this stand below the facts of a row's page, as paragraphs."""
STATE_LABEL: Final = "状态"

Planned = PageJob | BytesJob


class RowFacet(msgspec.Struct):
    """A value of a facet of a table, with its rows in their order."""

    facet: str
    facet_label: str
    slug: str
    label: str
    order: tuple[int, str]
    rows: list[RecordItem]


def table_kinds(context: Context, slug: str) -> list[RecordKind]:
    """Return the kinds whose tables a section shows."""
    return [kind for kind in RECORD_KINDS if kind.section == slug and context.library.records.get(kind.name)]


def record_folder(context: Context, kind: RecordKind) -> str:
    """Return where a table is: the section's own page, unless that lists documents or other tables too."""
    alone = len(table_kinds(context, kind.section)) == 1 and not context.library.section_documents(
        kind.section
    )
    return f"{kind.section}/" if alone else f"{kind.section}/{kind.name.replace('_', '-')}/"


def ordered_rows(context: Context, kind: RecordKind) -> list[RecordItem]:
    """Return the rows as shown: dated ones newest first, others by their groups in the order of the files."""
    rows = context.library.records.get(kind.name, [])
    if not kind.group:
        return rows
    first: dict[str, int] = {}
    for row in rows:
        first.setdefault(str(row.data.get(kind.group, "")), len(first))
    return sorted(rows, key=lambda row: first[str(row.data.get(kind.group, ""))])


def _cut(kind: RecordKind, total: int) -> list[Slice]:
    return slices(total, RECORDS_PAGE) if kind.date else pages(total, RECORDS_PAGE)


def row_id(kind: RecordKind, row: RecordItem) -> str:
    """Return the anchor of a row in its table, empty where the kind has no key."""
    return "".join(str(row.data.get(kind.key, "")).split()) if kind.key else ""


def row_urls(context: Context, kind: RecordKind) -> Iterator[tuple[RecordItem, str]]:
    """Yield every row with its address: its own page, or its place in the table."""
    folder = record_folder(context, kind)
    rows = ordered_rows(context, kind)
    for piece in _cut(kind, len(rows)):
        for row in rows[piece.start : piece.end]:
            if kind.detail:
                yield row, f"{folder}{row.data[kind.key]}.html"
            else:
                anchor = row_id(kind, row)
                yield row, page_path(folder, piece) + (f"#{anchor}" if anchor else "")


def _addresses(context: Context) -> dict[tuple[str, int], str]:
    return {
        (row.path, row.line): url
        for name in context.library.records
        for row, url in row_urls(context, RECORD_KIND_BY_NAME[name])
    }


def plan_table(context: Context, kind: RecordKind) -> Iterator[Planned]:
    """Yield the pages and downloads of a table of records."""
    folder = record_folder(context, kind)
    section = context.pool.sections[kind.section].document
    alone = folder == f"{kind.section}/"
    title = section.title if alone else kind.label
    description = section.data["description"] if alone else kind.purpose
    rows = ordered_rows(context, kind)
    facets = _facets(context, kind, rows)
    yield from _pages(context, kind, folder, title, description, rows, facets)
    for value in facets:
        where = f"{folder}{value.facet}/{value.slug}/"
        heading = f"{title}：{value.label}"
        words = f"{value.facet_label}为“{value.label}”的{kind.label}"
        yield from _pages(context, kind, where, heading, words, value.rows, facets, value)
    if kind.detail:
        for row in rows:
            yield _detail(context, kind, folder, title, row)
    labels = {name: declared.label for name, declared, _ in kind.items}
    plain = [{labels[name]: value for name, value in row.data.items()} for row in rows]
    yield BytesJob(f"{folder}{kind.name}.csv", csv_bytes(tuple(labels.values()), plain))
    yield BytesJob(f"{folder}{kind.name}.json", json_bytes(plain))


# --- pages -----------------------------------------------------------------------------------------


def _pages(
    context: Context,
    kind: RecordKind,
    folder: str,
    title: str,
    description: str,
    rows: list[RecordItem],
    facets: list[RowFacet],
    chosen: RowFacet | None = None,
) -> Iterator[PageJob]:
    home = record_folder(context, kind)
    section = context.pool.sections[kind.section].document
    cut = _cut(kind, len(rows))
    downloads = (
        Link(f"{home}{kind.name}.csv", "下载全部（CSV）"),
        Link(f"{home}{kind.name}.json", "下载全部（JSON）"),
    )
    crumbs = context.crumbs(kind.section)
    if home != f"{kind.section}/":
        crumbs = (*crumbs, Link(f"{home}index.html", kind.label))
    if chosen:
        crumbs = (*crumbs, Link(f"{folder}index.html", chosen.label))
    crumbs = (*crumbs[:-1], msgspec.structs.replace(crumbs[-1], current=True))
    for position, piece in enumerate(cut):
        links = pagination(folder, cut, position, len(rows), bool(kind.date))
        groups = tuple(_groups(context, kind, home, rows[piece.start : piece.end]))
        view = RecordsView(
            title=title,
            description=description,
            columns=tuple(_columns(kind)),
            groups=groups,
            pagination=links,
            downloads=downloads,
            empty_text=section.data.get("empty_text") or "",
            facets=tuple(_facet_groups(home, facets, chosen)) if not piece.number else (),
            blocks=tuple(_explanations(context, kind)) if not (chosen or piece.number) else (),
            maps=tuple(maps_of(context, kind, home, rows[piece.start : piece.end])),
            children=tuple(
                context.section_link(child, count=True)
                for child in context.pool.sections[kind.section].children
                if folder == f"{kind.section}/" and context.has_section(child)
            ),
            all_url=f"{home}index.html",
            has_more=any(row.details for group in groups for row in group.rows),
        )
        page = context.page(
            page_path(folder, piece),
            f"{title}（第 {piece.number} 页）" if piece.number else title,
            title,
            meta=context.section_meta(kind.section),
            breadcrumbs=crumbs,
            description=description,
            section=kind.section,
            previous_url=links.newer.url if links.newer else "",
            next_url=links.older.url if links.older else "",
        )
        yield PageJob.of(page, "listings/records.html", view)


def _explanations(context: Context, kind: RecordKind) -> Iterator[Block]:
    """Yield the static pages of the table's section, which its listing would show."""
    links = tuple(
        context.document_link(document, context.summary(document))
        for document in context.library.documents.values()
        if document.kind == "page" and document.data.get("section") == kind.section
    )
    if links and record_folder(context, kind) == f"{kind.section}/":
        yield LinksBlock("shuoming", "说明", links)


def _columns(kind: RecordKind) -> Iterator[str]:
    labels = kind.keys.labels
    yield from (labels[name] for name in kind.columns if name != kind.group)
    if kind.life_cycle:
        yield STATE_LABEL


def _groups(
    context: Context, kind: RecordKind, folder: str, rows: Sequence[RecordItem]
) -> Iterator[RecordGroup]:
    parts: dict[str, list[RecordRow]] = {}
    for row in rows:
        title = shown(kind.group, row.data.get(kind.group, "")) if kind.group else ""
        parts.setdefault(title, []).append(_row(context, kind, folder, row))
    for title, members in parts.items():
        yield RecordGroup(title, tuple(members))


def _row(context: Context, kind: RecordKind, folder: str, row: RecordItem) -> RecordRow:
    url = f"{folder}{row.data[kind.key]}.html" if kind.detail else ""
    badge = state_of(context, kind.life_cycle, row.data)[0] if kind.life_cycle else None
    return RecordRow(
        row_id(kind, row),
        tuple(_cell(context, kind, row, name) for name in kind.columns if name != kind.group),
        () if url or set(row.data) <= {*kind.columns, kind.group} else tuple(_facts(context, kind, row)),
        url,
        badge,
    )


def _cell(context: Context, kind: RecordKind, row: RecordItem, name: str) -> Cell:
    value = row.data.get(name)
    if value is None:
        default = kind.model.model_fields[name].default
        value = default if isinstance(default, str | bool) else None
    label = kind.keys.labels[name]
    if name == kind.issuer and value:
        links = context.organisation_links(value if isinstance(value, list) else [str(value)])
        if any(link.url for link in links):
            return Cell(label, "、".join(link.text for link in links), links)
    return cell(context, label, name, value, name in kind.relations, row.path.rpartition("/")[0])


def _facts(context: Context, kind: RecordKind, row: RecordItem, skip: Sequence[str] = ()) -> Iterator[Fact]:
    for name, _, _ in kind.items:
        entry = _cell(context, kind, row, name)
        if entry.value and name not in skip:
            yield Fact(entry.label, entry.value, entry.links)


def _detail(context: Context, kind: RecordKind, folder: str, home: str, row: RecordItem) -> PageJob:
    title = str(row.data[kind.title])
    badge, step = state_of(context, kind.life_cycle, row.data) if kind.life_cycle else (None, "")
    blocks: list[Block] = [stages_of(context, kind.life_cycle, row.data)] if kind.life_cycle else []
    texts = {name: row.data[name] for name, _, _ in kind.items if isinstance(row.data.get(name), str)}
    long = [name for name, text in texts.items() if len(text) > LONG_TEXT]
    blocks += [
        TextBlock(name.replace("_", "-"), kind.keys.labels[name], tuple(texts[name].split("\n")))
        for name in long
    ]
    blocks += [*map_of_row(context, kind, folder, row), *ways_to(context, kind, row)]
    if kind.name == COMMUNITY:
        blocks += community_blocks(context, row, lambda name: row_urls(context, RECORD_KIND_BY_NAME[name]))
    back = Link(f"{folder}index.html", home)
    crumbs = context.crumbs(kind.section)
    if folder != f"{kind.section}/":
        crumbs = (*crumbs, back)
    view = RecordPageView(
        kind=kind.name,
        kind_label=kind.label,
        title=title,
        badge=badge,
        step=step,
        facts=tuple(_facts(context, kind, row, (kind.title, kind.key, *long))),
        blocks=tuple(blocks),
        related=(),
        back=back,
    )
    page = context.page(
        f"{folder}{row.data[kind.key]}.html",
        f"{title}-{home}",
        title,
        meta=context.section_meta(kind.section),
        breadcrumbs=(*crumbs, Link("", title, "", -1, True)),
        description=f"{kind.label}：{title}",
        section=kind.section,
    )
    return PageJob.of(page, "pages/record.html", view)


def rows_about(context: Context, name: str) -> Iterator[Related]:
    """Yield the rows of tables that refer to a document, by kind."""
    found: dict[str, list[Link]] = {}
    for row in context.pool.rows_to.get(name, ()):
        kind = RECORD_KIND_BY_NAME[row.kind]
        url = context.once(_addresses).get((row.path, row.line))
        if url and any(kind.relations.values()):
            note = shown(kind.group, row.data[kind.group]) if kind.group and kind.group in row.data else ""
            found.setdefault(row.kind, []).append(Link(url, str(row.data[kind.title]), note))
    for kind_name, links in found.items():
        words = next(word for word in RECORD_KIND_BY_NAME[kind_name].relations.values() if word)
        yield Related(f"rows-{kind_name}", words, tuple(links[:RELATED_ROWS]))


RELATED_ROWS: Final = 8

# --- facets ----------------------------------------------------------------------------------------


def _facets(context: Context, kind: RecordKind, rows: Sequence[RecordItem]) -> list[RowFacet]:
    """Return the values of all facets: closed sets, responsible bodies, and the year of dated tables."""
    found: dict[tuple[str, str], RowFacet] = {}
    names = [(name, declared.label) for name, declared, _ in kind.items if declared.facet]
    for row in rows:
        for name, label in names:
            for slug, word, order in _values(context, kind, name, row):
                key = (FACET_SLUGS.get(name, name.replace("_", "-")), slug)
                found.setdefault(key, RowFacet(key[0], label, slug, word, order, [])).rows.append(row)
        day = str(row.data.get(kind.date) or "") if kind.date else ""
        if day:
            year = day[:4]
            value = RowFacet("nian", "年份", year, f"{year} 年", (-int(year), ""), [])
            found.setdefault(("nian", year), value).rows.append(row)
    return sorted(found.values(), key=lambda value: (value.facet == "nian", value.facet, value.order))


def _values(
    context: Context, kind: RecordKind, name: str, row: RecordItem
) -> Iterator[tuple[str, str, tuple[int, str]]]:
    members = label_members(kind, name)
    value = row.data.get(name)
    if value is None:
        default = kind.model.model_fields[name].default
        value = default.value if isinstance(default, Label) else None
    for word in value if isinstance(value, list) else [value] if value else []:
        organisation = context.pool.organisations.get(str(word))
        if word in members:
            index, slug = members[word]
            yield slug, word, (index, "")
        elif organisation:
            order = int(organisation.data.get("order", 100))
            yield organisation.slug, organisation.title, (order, organisation.slug)


def _facet_groups(folder: str, facets: Sequence[RowFacet], chosen: RowFacet | None) -> Iterator[FacetGroup]:
    by_facet: dict[str, list[RowFacet]] = {}
    for value in facets:
        by_facet.setdefault(value.facet, []).append(value)
    for slug, values in by_facet.items():
        if len(values) > 1:
            links = tuple(
                Link(
                    f"{folder}{slug}/{value.slug}/index.html",
                    value.label,
                    "",
                    len(value.rows),
                    value is chosen,
                )
                for value in values
            )
            yield FacetGroup(slug, values[0].facet_label, links)
