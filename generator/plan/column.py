"""The disclosure column (政府信息公开专栏), for the site and in the same form for each organisation that publishes.

The order of the five entrances and the fifteen items are fixed (国办公开办函〔2019〕61号, 条例 article 20).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from generator.digest import digest_value
from generator.fields import day_words, item_of
from generator.kinds import RECORD_KIND_BY_NAME
from generator.kinds.policy import LEGAL_ITEMS
from generator.plan.context import FACET_SLUGS, Context
from generator.plan.documents import caption_of
from generator.plan.in_force import FOLDER, TITLE, in_force, plan_in_force
from generator.plan.jobs import BytesJob, PageJob, PlannedPage
from generator.plan.paging import page_path, pagination, slices
from generator.plan.records import record_folder
from generator.plan.requests import REQUESTS, request_links
from generator.plan.views import (
    Block,
    CardsBlock,
    CardView,
    Cell,
    ColumnView,
    Fact,
    FactsBlock,
    Link,
    LinksBlock,
    TableBlock,
    TextBlock,
)
from generator.statutory import (
    COLUMN,
    COLUMN_PARTS,
    STATUTORY,
    by_item,
    declared_absent,
    government_of,
    rows_by_item,
    sections_of_item,
)
from generator.validate import Document

TEMPLATE: Final = "listings/column.html"
RULES: Final = "zfxxgk/guizhang.html"
SUPERIOR: Final = "上级机关"
DIRECTORY_COLUMNS: Final = ("索引号", "名称", "内容概述", "生成日期")
"""What a directory has at least (条例 article 12)."""

ORGANISATION_PARTS: Final = (
    ("zhinan", "政府信息公开指南"),
    ("zhidu", "政府信息公开制度"),
    ("fading", "法定主动公开内容"),
    ("nianbao", "政府信息公开年报"),
    ("shenqing", "依申请公开"),
)
NOTHING_YET: Final = "暂未发布"

Held = Mapping[str, Sequence[Document]]
Tables = Mapping[str, tuple[Link, ...]]
"""Item → the tables of records that hold something of it, each with the way to an organisation's rows."""


def column_nav(context: Context, current: str = "") -> tuple[Link, ...]:
    """Return the five entrances in their official order."""
    return tuple(
        Link(context.section_url(slug), context.pool.sections[slug].document.title, "", -1, slug == current)
        for slug in COLUMN_PARTS
        if context.has_section(slug)
    )


def held_by_site(context: Context) -> Held:
    """Return the documents of each item on the site, newest first."""
    return context.once(_held_by_site)


def _held_by_site(context: Context) -> Held:
    found = by_item(context.library.published, context.pool.sections)
    found["02"] = [item for item in context.library.organisations if not _is_superior(item)]
    return found


def _is_superior(organisation: Document) -> bool:
    return bool(organisation.data["organisation_class"] == SUPERIOR)


# --- the site's own column -------------------------------------------------------------------------


def plan_column(context: Context, slug: str) -> Iterator[PageJob | PlannedPage | BytesJob]:
    """Yield the pages of the column's overview, or of the items that must be disclosed."""
    if slug == COLUMN:
        yield _overview(context)
        if _rules(context):
            yield _rules_page(context)
        for organisation in columns_of(context):
            yield from _organisation_pages(context, organisation)
    else:
        held = held_by_site(context)
        absent = declared_absent(government_of(context.library))
        blocks: tuple[Block, ...] = (
            _items_block(context, held, absent, f"{STATUTORY}/"),
            *_static_pages(context, slug),
        )
        yield _page(context, f"{STATUTORY}/index.html", "", STATUTORY, blocks)
        for code, documents in held.items():
            yield from _directory(context, f"{STATUTORY}/{code}/", code, documents, None)
        yield from plan_in_force(context, column_nav(context, STATUTORY))


def _overview(context: Context) -> PageJob:
    data = context.pool.sections
    cards = tuple(
        CardView(
            data[part].document.title,
            context.section_url(part),
            (data[part].document.data["description"],),
        )
        for part in COLUMN_PARTS
        if context.has_section(part)
    )
    absent = declared_absent(government_of(context.library))
    blocks: list[Block] = [
        CardsBlock("neirong", "专栏内容", cards),
        _items_block(context, held_by_site(context), absent, f"{STATUTORY}/"),
    ]
    columns = columns_of(context)
    if columns:
        links = tuple(
            Link(f"jigou/{item.slug}/index.html", item.title, _amount(context, item)) for item in columns
        )
        blocks.append(LinksBlock("jigou", "部门、区县和街道的政府信息公开专栏", links))
    return _page(context, f"{COLUMN}/index.html", "", COLUMN, tuple(blocks))


def _amount(context: Context, organisation: Document) -> str:
    """Return how much an organisation has disclosed: documents, and rows of tables."""
    documents = len(context.issued_by(organisation))
    items = context.once(_rows_by_item).get(organisation.id, {})
    rows = sum({name: count for counts in items.values() for name, count in counts.items()}.values())
    return f"{documents:,} 件" + (f"，表格 {rows:,} 条" if rows else "")


def _static_pages(context: Context, slug: str) -> Iterator[LinksBlock]:
    """Yield the pages that explain a part of the column, if it has any."""
    links = tuple(
        context.document_link(document)
        for document in context.library.documents.values()
        if document.kind == "page" and document.data.get("section") == slug
    )
    if links:
        yield LinksBlock("shuoming", "说明", links)


def _page(
    context: Context, path: str, title: str, slug: str, blocks: tuple[Block, ...], description: str = ""
) -> PageJob:
    document = context.pool.sections[slug].document
    heading = title or document.title
    description = description or document.data["description"]
    crumbs = context.crumbs(slug)
    last = Link(path, title) if title else crumbs[-1]
    page = context.page(
        path,
        heading,
        heading,
        meta=context.section_meta(slug),
        breadcrumbs=(*(crumbs if title else crumbs[:-1]), Link(last.url, last.text, "", -1, True)),
        description=description,
        section=slug,
    )
    view = ColumnView(heading, "", description, column_nav(context, slug), _entrances(context, path), blocks)
    return PageJob.of(page, TEMPLATE, view)


def _entrances(context: Context, path: str = "") -> tuple[Link, ...]:
    rules = _rules(context)
    links = [Link(RULES, "规章库", "", len(rules), path == RULES)] if rules else []
    listed = in_force(context) if context.has_section(STATUTORY) else []
    if listed:
        links.append(Link(f"{FOLDER}index.html", TITLE, "", len(listed)))
    return (*links, *(request_links() if context.has_section(REQUESTS) else ()))


def _items_block(
    context: Context,
    held: Held,
    absent: Mapping[str, str],
    folder: str,
    site_wide: bool = True,
    tables: Tables | None = None,
) -> TableBlock:
    """Return the fifteen items with what there is of each; ``tables`` are those with rows of an organisation."""
    rows = []
    for code, name in LEGAL_ITEMS.items():
        documents = held.get(code) or ()
        sections = sections_of_item(context.library, code) if site_wide else []
        links = tuple(context.section_link(slug) for slug in sections)
        places = Cell("有关栏目", "、".join(link.text for link in links), links)
        if tables:
            links = tables.get(code, ())
            places = Cell("有关表格", "、".join(link.text for link in links), links)
        if documents:
            count = Cell("件数", f"{len(documents):,} 件")
            title = Cell("内容", name, (Link(f"{folder}{code}/index.html", name),))
        else:
            elsewhere = "见有关表格" if tables else "见有关栏目"
            words = absent.get(code) or (elsewhere if links else NOTHING_YET)
            count, title = Cell("件数", words), Cell("内容", name)
        number = Cell("项", f"（{int(code)}）")
        rows.append((number, title, count, places) if site_wide or tables else (number, title, count))
    columns = ("项", "内容", "件数", *(("有关表格",) if tables else ("有关栏目",) if site_wide else ()))
    return TableBlock(
        "fading",
        "法定主动公开内容",
        columns,
        tuple(rows),
        "《中华人民共和国政府信息公开条例》第二十条所列 15 项",
    )


# --- directories -----------------------------------------------------------------------------------


def _directory(
    context: Context, folder: str, code: str, documents: Sequence[Document], organisation: Document | None
) -> Iterator[PageJob | PlannedPage]:
    """Yield the directory of one item: index, name, summary and date of each document."""
    name = LEGAL_ITEMS[code]
    owner = organisation.title if organisation else ""
    title = f"{owner}：第（{int(code)}）项" if owner else f"法定主动公开内容第（{int(code)}）项"
    if organisation:
        home = f"jigou/{organisation.slug}/index.html"
        crumbs = (
            *_crumbs(context, organisation),
            Link(f"{folder}index.html", f"第（{int(code)}）项", "", -1, True),
        )
        nav = _organisation_nav(home, "fading")
    else:
        crumbs = (
            *context.crumbs(STATUTORY),
            Link(f"{folder}index.html", f"第（{int(code)}）项", "", -1, True),
        )
        nav = column_nav(context, STATUTORY)
    meta = context.section_meta(STATUTORY if context.has_section(STATUTORY) else COLUMN)
    cut = slices(len(documents), context.settings.limits.page_size)
    shared = digest_value((title, name, meta, crumbs, nav, context.menu_of(COLUMN)))
    for position, piece in enumerate(cut):
        path = page_path(folder, piece)
        pages = pagination(folder, cut, position, len(documents))
        shown = documents[piece.start : piece.end]
        basis = b""
        if piece.number:
            rows = b"".join(map(context.row_digest, shown))
            numbers = [(document.index_number, document.issued_on) for document in shown]
            basis = digest_value((shared, pages, rows, numbers))
            known = context.last_page(path, basis)
            if known:
                yield known
                continue
        block = TableBlock(
            "mulu", "目录", DIRECTORY_COLUMNS, tuple(_directory_row(context, document) for document in shown)
        )
        blocks: list[Block] = [block]
        if not piece.number and not organisation:
            links = tuple(context.section_link(slug) for slug in sections_of_item(context.library, code))
            if links:
                blocks.append(LinksBlock("lanmu", "有关栏目", links))
        page = context.page(
            path,
            f"{title}（第 {piece.number} 页）" if piece.number else title,
            title,
            meta=meta,
            breadcrumbs=crumbs,
            description=name,
            section=COLUMN,
            previous_url=pages.newer.url if pages.newer else "",
            next_url=pages.older.url if pages.older else "",
        )
        view = ColumnView(title, owner, name, nav, (), tuple(blocks), pages)
        yield PageJob.of(page, TEMPLATE, view, basis=basis)


def _directory_row(context: Context, document: Document) -> tuple[Cell, ...]:
    row = context.row(document)
    day = document.issued_on or document.date or str(document.data.get("reviewed_on") or "")
    return (
        Cell("索引号", document.index_number or "—"),
        Cell("名称", document.title, (Link(row.url, document.title, row.number),)),
        Cell("内容概述", row.summary or row.kind_label),
        Cell("生成日期", day_words(day) if day else "—"),
    )


# --- rules -----------------------------------------------------------------------------------------


def _rules(context: Context) -> list[Document]:
    return context.once(_find_rules)


def _find_rules(context: Context) -> list[Document]:
    return [
        document
        for document in context.library.by_kind.get("regulation", ())
        if document.data.get("rank") == "政府规章"
    ]


def _rules_page(context: Context) -> PageJob:
    """Return the rules: title, caption, whether in force; the order of the head is not repeated (国办公开办函〔2021〕33号)."""
    groups: dict[bool, list[CardView]] = defaultdict(list)
    for document in _rules(context):
        standing = context.library.standing(document)
        over = bool(standing and standing.validity and standing.validity.is_over)
        caption = caption_of(document.data)
        groups[over].append(
            CardView(
                document.title,
                context.library.address(document),
                (caption,) if caption else (),
                context.badge(document),
            )
        )
    blocks: list[Block] = [CardsBlock("youxiao", "现行规章", tuple(groups[False]))] if groups[False] else []
    if groups[True]:
        blocks.append(CardsBlock("feizhi", "已经废止、失效的规章", tuple(groups[True])))
    description = "集中公开现行有效的规章，写明题注；每件可以阅读、打印和下载"
    return _page(context, RULES, "规章库", COLUMN, tuple(blocks), description)


# --- columns of organisations ----------------------------------------------------------------------


def columns_of(context: Context) -> list[Document]:
    """Return the organisations that have a column: those with documents of the items, or with a statement."""
    return context.once(_find_columns)


def _find_columns(context: Context) -> list[Document]:
    if not context.has_section(COLUMN):
        return []
    held = _held_by_organisation(context)
    return [
        item
        for item in context.library.organisations
        if not _is_superior(item)
        and (held.get(item.id) or item.data.get("absent_items") or _tables_of(context, item))
    ]


def _held_by_organisation(context: Context) -> dict[str, Held]:
    return context.once(_find_held)


def _find_held(context: Context) -> dict[str, Held]:
    result: dict[str, Held] = {}
    for organisation in context.library.organisations:
        held = by_item(context.issued_by(organisation), context.pool.sections)
        if held:
            result[organisation.id] = held
    return result


def _rows_by_item(context: Context) -> Mapping[str, Mapping[str, Counter[str]]]:
    return rows_by_item(context.library)


def _tables_of(context: Context, organisation: Document) -> Tables:
    """Return for each item the tables with rows of an organisation, and where these rows are."""
    found = {}
    for code, counts in context.once(_rows_by_item).get(organisation.id, {}).items():
        links = []
        for name, count in counts.items():
            kind = RECORD_KIND_BY_NAME[name]
            folder = record_folder(context, kind)
            if item_of(kind.model.model_fields[kind.issuer]).facet:
                facet = FACET_SLUGS.get(kind.issuer, kind.issuer.replace("_", "-"))
                folder += f"{facet}/{organisation.slug}/"
            links.append(Link(f"{folder}index.html", f"{kind.label} {count:,} 条"))
        found[code] = tuple(links)
    return found


def _organisation_nav(home: str, current: str = "") -> tuple[Link, ...]:
    return tuple(
        Link(f"{home}#{anchor}", text, "", -1, anchor == current) for anchor, text in ORGANISATION_PARTS
    )


def _crumbs(context: Context, organisation: Document) -> tuple[Link, ...]:
    name = context.short_name(organisation.title)
    return (*context.crumbs(COLUMN), Link(f"jigou/{organisation.slug}/index.html", name))


def _organisation_pages(context: Context, organisation: Document) -> Iterator[PageJob | PlannedPage]:
    folder = f"jigou/{organisation.slug}/"
    own = _held_by_organisation(context).get(organisation.id, {})
    held = {**own, "02": [organisation, *own.get("02", ())]}
    home = f"{folder}index.html"
    title = f"{organisation.title}政府信息公开"
    description = f"{organisation.title}的公开指南、制度、法定主动公开内容、年报和依申请公开"
    crumbs = _crumbs(context, organisation)
    page = context.page(
        home,
        title,
        title,
        meta=context.section_meta(COLUMN),
        breadcrumbs=(*crumbs[:-1], Link(home, crumbs[-1].text, "", -1, True)),
        description=description,
        section=COLUMN,
    )
    absent = declared_absent(organisation)
    items = _items_block(context, held, absent, folder, False, _tables_of(context, organisation))
    blocks: tuple[Block, ...] = (
        _guide_block(organisation),
        _issued_block(context, organisation, "zfxxgk-zd", *ORGANISATION_PARTS[1]),
        items,
        _issued_block(context, organisation, "zfxxgk-nb", *ORGANISATION_PARTS[3]),
        _request_block(context, organisation),
    )
    entrances = (Link(organisation.url, "机构职能"),)
    view = ColumnView(title, organisation.title, description, _organisation_nav(home), entrances, blocks)
    yield PageJob.of(page, TEMPLATE, view)
    for code, documents in held.items():
        yield from _directory(context, f"{folder}{code}/", code, documents, organisation)


def _guide_block(organisation: Document) -> FactsBlock:
    data = organisation.data
    facts = [
        Fact("公开机构", organisation.title, (Link(organisation.url, organisation.title),)),
        Fact(
            "信息编排", "按《中华人民共和国政府信息公开条例》第二十条所列事项分类，每类按生成日期从新到旧排列"
        ),
        Fact("获取方式", "在本网站查阅、检索和下载，也可以到政府信息查阅点查阅"),
    ]
    facts += [
        Fact(label, str(data[name]))
        for name, label in (
            ("address", "办公地址"),
            ("hours", "办公时间"),
            ("fax", "传真号码"),
            ("postcode", "邮编"),
        )
        if data.get(name)
    ]
    if data.get("phone"):
        facts.append(
            Fact("联系电话", str(data["phone"]), (Link(f"tel:{data['phone']}", str(data["phone"])),))
        )
    if data.get("email"):
        facts.append(Fact("电子邮箱", str(data["email"])))
    return FactsBlock(*ORGANISATION_PARTS[0], tuple(facts))


def _issued_block(
    context: Context, organisation: Document, section: str, slug: str, title: str
) -> LinksBlock:
    """Return the organisation's documents of one part of the column, and the way to the site's."""
    links = [
        Link(context.row(document).url, document.title, day_words(document.date))
        for document in context.issued_by(organisation)
        if section in document.sections
    ]
    if context.has_section(section):
        node = context.pool.sections[section].document
        links.append(Link(context.section_url(section), f"全市{node.title}"))
    return LinksBlock(slug, title, tuple(links))


def _request_block(context: Context, organisation: Document) -> Block:
    data = organisation.data
    slug, title = ORGANISATION_PARTS[4]
    channels = (
        ("当面提交", "、".join(filter(None, [data.get("address"), data.get("hours")]))),
        (
            "邮寄",
            f"{data['address']}，邮编 {data['postcode']}"
            if data.get("address") and data.get("postcode")
            else "",
        ),
        ("传真", str(data.get("fax") or "")),
        ("电子邮件", str(data.get("email") or "")),
        ("咨询电话", str(data.get("phone") or "")),
    )
    facts = [Fact(label, value) for label, value in channels if value]
    facts.append(Fact("答复期限", "自收到申请之日起 20 个工作日内；需要延长的，最长不超过 20 个工作日"))
    if context.has_section("zfxxgk-ysq"):
        url = context.section_url("zfxxgk-ysq")
        facts.append(Fact("办法和申请表", "依申请公开", (Link(url, "依申请公开"),)))
    return FactsBlock(slug, title, tuple(facts)) if facts else TextBlock(slug, title, (NOTHING_YET,))
