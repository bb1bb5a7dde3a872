"""Open data (数据开放): lists of every kind by year as CSV and JSON, their schema, and an interface of static files.

Everything is derived from the declarations of the kinds, under the labels that editors use. Lists are files of
the plan, made again only where one of their documents changed. What would be one more file for every document
(its JSON with the text, the address of its 索引号) a project asks for in ``site.yml``, see decision 0017.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import msgspec

from generator.config import OpenData
from generator.digest import digest_value
from generator.export.datapackage import IDENTITY, field_schema
from generator.fields import KeyMap, Label
from generator.kinds import KIND_BY_NAME, KINDS, RECORD_KIND_BY_NAME, ContentKind
from generator.library import FORWARD_LABELS
from generator.plan.context import Context
from generator.plan.downloads import csv_bytes, json_bytes
from generator.plan.jobs import DOCUMENT_JSON, BytesJob, PageJob, PlannedFile, PlannedPage
from generator.plan.records import record_folder
from generator.plan.views import (
    ApiDocumentView,
    BlocksPageView,
    Cell,
    Link,
    LinksBlock,
    Page,
    RedirectView,
    TableBlock,
    TextBlock,
)
from generator.validate import Document

Planned = PageJob | PlannedPage | BytesJob | PlannedFile

ROOT: Final = "api/v1/"
PAGE: Final = "sjkf/index.html"
STANDARD: Final = "sjkf/yuanshuju.html"
UNTOLD: Final = frozenset({"draft", "waivers", "scheduled", "imported", "home", "aliases"})
"""Switches for the generator, which say nothing about the document."""
UNDATED: Final = "quanbu"
CSV_TYPE: Final = "text/csv"
JSON_TYPE: Final = "application/json"


def plan_open_data(context: Context) -> Iterator[Planned]:
    """Yield the lists, their index and schema, the page about them, and what there is for every document."""
    lists = context.once(_lists)
    resources: list[dict[str, Any]] = []
    for kind, years in lists.items():
        yield from _kind_lists(context, kind, years)
        resources += [_resource(context, kind, year, documents) for year, documents in years.items()]
    resources += list(_tables(context))
    yield BytesJob(f"{ROOT}index.json", json_bytes(_index(context, lists)))
    yield BytesJob(f"{ROOT}datapackage.json", json_bytes(_package(context, resources)))
    yield _page(context, lists)
    yield _standard(context)
    if context.settings.open_data is OpenData.EACH:
        yield from _documents(context)
        yield from _index_numbers(context)


# --- lists -----------------------------------------------------------------------------------------


def _lists(context: Context) -> dict[str, dict[str, list[Document]]]:
    """Return the site's documents by kind and year, in the order of the kinds, newest first."""
    lists: dict[str, dict[str, list[Document]]] = {}
    documents = sorted(context.library.documents.values(), key=lambda item: (item.published_at, item.id))
    for document in reversed(documents):
        has_page = document.kind != "section" or context.has_section(document.slug)  # 无内容时: 隐藏
        if document.url and has_page:
            lists.setdefault(document.kind, {}).setdefault(document.date[:4] or UNDATED, []).append(document)
    return {kind.name: lists[kind.name] for kind in KINDS if kind.name in lists}


def _kind_lists(
    context: Context, name: str, years: Mapping[str, Sequence[Document]]
) -> Iterator[BytesJob | PlannedFile]:
    kind = KIND_BY_NAME[name]
    columns = [*IDENTITY, *(declared.label for field, declared, _ in kind.items if field not in UNTOLD)]
    for year, documents in years.items():
        basis = digest_value([_basis(context, document) for document in documents])
        path = f"{ROOT}{name}/{year}"
        known = [context.last_file(f"{path}.{form}", basis) for form in ("csv", "json")]
        if known[0] and known[1]:
            yield from (file for file in known if file)
            continue
        rows = [metadata(context, document) for document in documents]
        yield BytesJob(f"{path}.csv", csv_bytes(columns, rows), basis)
        lines = b",\n".join(msgspec.json.encode(row) for row in rows)
        yield BytesJob(f"{path}.json", b"[\n" + lines + b"\n]\n", basis)
    yield BytesJob(f"{ROOT}{name}/index.json", json_bytes(_kind_index(context, kind, years)))


def _basis(context: Context, document: Document) -> object:
    pool = context.pool
    relations = [
        (relation.relation, pool.documents[other].digest, context.library.canonical(pool.documents[other]))
        for relation, other in _related(context, document)
    ]
    return (
        document.id,
        document.digest,
        context.library.canonical(document),
        pool.standings.get(document.id),
        relations,
    )


def _related(context: Context, document: Document) -> Iterator[tuple[Any, str]]:
    yield from ((relation, relation.target) for relation in context.pool.relations_from.get(document.id, ()))
    yield from ((relation, relation.source) for relation in context.pool.relations_to.get(document.id, ()))


def metadata(context: Context, document: Document) -> dict[str, Any]:
    """Return a document's fields under their labels, its number and address first, its relations last."""
    kind = KIND_BY_NAME[document.kind]
    row: dict[str, Any] = dict(zip(IDENTITY, (document.id, context.library.canonical(document)), strict=True))
    for name, declared, info in kind.items:
        if name in UNTOLD:
            continue
        value = document.data.get(name)
        if name == "published_at":
            value = document.published_at or None
        elif name == "sections":
            value = list(document.sections)
        elif name == "validity":
            standing = context.library.standing(document)
            value = standing.validity.value if standing and standing.validity else value
        elif value is None and isinstance(info.default, Label | bool):
            value = info.default
        if value not in (None, [], ""):
            row[declared.label] = _labelled(value, kind.keys.nested.get(name))
    relations = [
        _relation(context, document, relation, other) for relation, other in _related(context, document)
    ]
    known = [relation for relation in relations if relation]
    return {**row, "关系": known} if known else row


def _labelled(value: Any, keys: KeyMap | None) -> Any:
    """Return a value with the keys of models inside replaced by their labels."""
    if isinstance(value, Label):
        return value.value
    if isinstance(value, list):
        return [_labelled(entry, keys) for entry in value]
    if isinstance(value, dict) and keys:
        return {
            keys.labels.get(name, name): _labelled(inner, keys.nested.get(name))
            for name, inner in value.items()
        }
    return value


def _relation(context: Context, document: Document, relation: Any, other: str) -> dict[str, str] | None:
    """Return a relation as readers see it, or None where the other side does not show it."""
    target = context.pool.documents[other]
    if relation.source == document.id:
        field = relation.relation.partition(".")[0]
        word = FORWARD_LABELS.get(field) or KIND_BY_NAME[document.kind].label_of(field)
    else:
        word = KIND_BY_NAME[target.kind].relations.get(relation.relation, "")
    if not word or not target.url:
        return None
    return {
        "关系": word,
        IDENTITY[0]: target.id,
        "标题": target.title,
        IDENTITY[1]: context.library.canonical(target),
    }


def _kind_index(
    context: Context, kind: ContentKind, years: Mapping[str, Sequence[Document]]
) -> dict[str, Any]:
    base = f"{context.base_url}{ROOT}{kind.name}/"
    return {
        "类型": kind.name,
        "名称": kind.label,
        "条数": sum(map(len, years.values())),
        "分年": [
            {
                "年份": "" if year == UNDATED else year,
                "条数": len(documents),
                "json": f"{base}{year}.json",
                "csv": f"{base}{year}.csv",
            }
            for year, documents in years.items()
        ],
        **({"单篇": base + "doc/{代号}.json"} if context.settings.open_data is OpenData.EACH else {}),
    }


# --- index and schema ------------------------------------------------------------------------------


def _index(context: Context, lists: Mapping[str, Mapping[str, Sequence[Document]]]) -> dict[str, Any]:
    base = context.base_url
    return {
        "版本": "1",
        "网站": context.site.name,
        "主办": context.site.footer.sponsor,
        "生成日期": context.today,
        "说明": base + PAGE,
        "数据说明": f"{base}{ROOT}datapackage.json",
        "文档": [
            {
                "类型": name,
                "名称": KIND_BY_NAME[name].label,
                "条数": sum(map(len, years.values())),
                "清单": f"{base}{ROOT}{name}/index.json",
            }
            for name, years in lists.items()
        ],
        "数据表": [
            {
                "类型": name,
                "名称": RECORD_KIND_BY_NAME[name].label,
                "条数": len(rows),
                "json": f"{base}{record_folder(context, RECORD_KIND_BY_NAME[name])}{name}.json",
                "csv": f"{base}{record_folder(context, RECORD_KIND_BY_NAME[name])}{name}.csv",
            }
            for name, rows in context.library.records.items()
            if rows
        ],
    }


def _resource(context: Context, name: str, year: str, documents: Sequence[Document]) -> dict[str, Any]:
    kind = KIND_BY_NAME[name]
    fields = [(declared, info) for field, declared, info in kind.items if field not in UNTOLD]
    schema = field_schema(fields, identified=True)
    title = kind.label if year == UNDATED else f"{kind.label}（{year} 年）"
    return {
        **_csv_resource(f"{name.replace('_', '-')}-{year}", title, kind.purpose, f"{name}/{year}.csv"),
        "schema": schema,
    }


def _tables(context: Context) -> Iterator[dict[str, Any]]:
    for name, rows in context.library.records.items():
        kind = RECORD_KIND_BY_NAME[name]
        if rows:
            # Paths of a data package must not lead upwards, so that tables are told by their address.
            path = f"{context.base_url}{record_folder(context, kind)}{name}.csv"
            schema = field_schema([(declared, info) for _, declared, info in kind.items])
            resource = _csv_resource(name.replace("_", "-"), kind.label, kind.purpose, path)
            yield {**resource, "schema": schema}


def _csv_resource(name: str, title: str, description: str, path: str) -> dict[str, Any]:
    return {
        "name": name,
        "title": title,
        "description": description,
        "path": path,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": CSV_TYPE,
        "encoding": "utf-8",
    }


def _package(context: Context, resources: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return {
        "profile": "data-package",
        "name": context.site.id,
        "title": f"{context.site.name}开放数据",
        "description": context.settings.demonstration_text if context.settings.demonstration else "",
        "homepage": context.base_url + PAGE,
        "created": f"{context.today}T00:00:00+08:00",
        "sources": [{"title": context.site.footer.sponsor, "path": context.base_url}],
        "resources": list(resources),
    }


# --- pages -----------------------------------------------------------------------------------------


def _page(context: Context, lists: Mapping[str, Mapping[str, Sequence[Document]]]) -> PageJob:
    title = "数据开放"
    description = "本站公开的文件、解读、问答和各类名录，可以整批下载，也可以用程序读取"
    rows = tuple(
        (
            Cell("数据", KIND_BY_NAME[name].label),
            Cell("年份", "不分年" if year == UNDATED else f"{year} 年"),
            Cell("条数", f"{len(documents):,}"),
            _forms(f"{ROOT}{name}/{year}"),
        )
        for name, years in lists.items()
        for year, documents in years.items()
    )
    tables = tuple(
        (
            Cell("数据", RECORD_KIND_BY_NAME[name].label),
            Cell("条数", f"{len(found):,}"),
            _forms(f"{record_folder(context, RECORD_KIND_BY_NAME[name])}{name}"),
        )
        for name, found in context.library.records.items()
        if found
    )
    blocks = [
        TextBlock("shuoming", "怎么用", tuple(_usage(context))),
        LinksBlock(
            "jiekou",
            "接口",
            (
                Link(f"{ROOT}index.json", "接口总目录（JSON）", "有哪些数据、各有多少条、在哪里"),
                Link(f"{ROOT}datapackage.json", "数据说明（JSON）", "每个字段的名称、类型和含义"),
                Link(STANDARD, "元数据标准", "同样的说明，给人看的"),
            ),
        ),
        TableBlock("wendang", "文件和信息", ("数据", "年份", "条数", "下载"), rows),
    ]
    if tables:
        blocks.append(TableBlock("mingdan", "名录和公示", ("数据", "条数", "下载"), tables))
    return blocks_page(context, PAGE, title, description, tuple(blocks))


def _usage(context: Context) -> Iterator[str]:
    yield "CSV 用表格软件打开，JSON 给程序读取；两种格式内容相同，都是 UTF-8 编码，字段名就是网页上的名称。"
    yield "文件清单按发布年份分开，往年的清单一般不变，定期取当年的一份就能跟上更新。"
    if context.settings.open_data is OpenData.EACH:
        yield (
            "每篇文件另有一份带正文和关系的 JSON，地址是 api/v1/类型/doc/代号.json，代号是网页地址的最后一段。"
            "知道索引号的，把其中的“/”换成“-”，打开 id/索引号.html 就到这份文件。"
        )
    yield "接口地址中的 v1 是版本号：字段可能增加，已有字段的名称和含义不变；要改变时另起 v2。"
    yield "这些数据在生成网站时一并写出，不限次数，不用登记。"


def _forms(path: str) -> Cell:
    return Cell("下载", "CSV、JSON", (Link(f"{path}.csv", "CSV"), Link(f"{path}.json", "JSON")))


def _standard(context: Context) -> PageJob:
    """Yield the page of all kinds' fields (元数据标准, domain/03, 3.1), from the same declarations as the checks."""
    blocks = []
    for name in context.once(_lists):
        kind = KIND_BY_NAME[name]
        schema = field_schema(
            [(declared, info) for field, declared, info in kind.items if field not in UNTOLD]
        )
        rows = tuple(
            (
                Cell("名称", field["title"]),
                Cell("必填", "必填" if field["constraints"].get("required") else "选填"),
                Cell("写法", field["写法"]),
                Cell("说明", field.get("description", "")),
            )
            for field in schema["fields"]
        )
        blocks.append(TableBlock(name.replace("_", "-"), kind.label, ("名称", "必填", "写法", "说明"), rows))
    description = "每类信息有哪些字段、怎样填写；发布前按同一份标准自动检查"
    return blocks_page(context, STANDARD, "元数据标准", description, tuple(blocks), (Link(PAGE, "数据开放"),))


def blocks_page(
    context: Context,
    path: str,
    title: str,
    description: str,
    blocks: tuple[Any, ...],
    above: tuple[Link, ...] = (),
) -> PageJob:
    """Return a page that a site has once and that consists of blocks."""
    page = context.page(
        path,
        title,
        title,
        meta=context.column_meta(title, description, "信息公开目录"),
        breadcrumbs=(Link("index.html", "首页"), *above, Link("", title, "", -1, True)),
        description=description,
    )
    return PageJob.of(page, "blocks.html", BlocksPageView(title, description, blocks))


# --- one file for every document -------------------------------------------------------------------


def _documents(context: Context) -> Iterator[PageJob | PlannedPage]:
    """Yield the JSON of every document; its text is put in when it is rendered, as that of pages is."""
    for documents in context.once(_lists).values():
        for document in (document for year in documents.values() for document in year):
            path = f"{ROOT}{document.kind}/doc/{document.slug}.json"
            converted = context.converted.get(document.id)
            key = converted.key if converted and document.has_body else b""
            basis = digest_value((_basis(context, document), key))
            known = context.last_page(path, basis)
            if known:
                yield known
                continue
            head = msgspec.json.encode(metadata(context, document)).decode()
            page = Page(path, "", "", "", "", "", (), (), "")
            yield PageJob.of(page, DOCUMENT_JSON, ApiDocumentView(head), key, basis)


def _index_numbers(context: Context) -> Iterator[PageJob | PlannedPage]:
    """Yield the page that leads from an 索引号 to its document; what several documents share leads nowhere."""
    by_number: dict[str, list[Document]] = defaultdict(list)
    for document in context.library.documents.values():
        if document.index_number:
            by_number[document.index_number].append(document)
    for number, documents in by_number.items():
        if len(documents) > 1:
            continue
        path = f"id/{number.replace('/', '-')}.html"
        document = documents[0]
        basis = digest_value(
            (context.once(_frame_digest), document.title, number, context.library.canonical(document))
        )
        known = context.last_page(path, basis)
        if known:
            yield known
            continue
        page = context.page(
            path,
            f"索引号 {number}",
            document.title,
            meta=context.column_meta(document.title, "按索引号打开文件", "信息公开目录"),
            breadcrumbs=(Link("index.html", "首页"), Link("", f"索引号 {number}", "", -1, True)),
            canonical=context.library.canonical(document),
            indexed=False,
        )
        view = RedirectView(document.title, document.url, f"索引号 {number} 的文件在：")
        yield PageJob.of(page, "redirect.html", view, b"", basis)


def _frame_digest(context: Context) -> bytes:
    return digest_value(context.frame)
