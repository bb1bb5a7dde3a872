"""The fifteen kinds of information that agencies must disclose (《政府信息公开条例》 article 20), and what belongs to each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from generator.diagnostics import Diagnostic, Severity
from generator.kinds import RECORD_KIND_BY_NAME
from generator.kinds.policy import LEGAL_ITEMS
from generator.library import SectionNode, SiteLibrary
from generator.validate import Document

COLUMN: Final = "zfxxgk"
STATUTORY: Final = "zfxxgk-fd"
COLUMN_PARTS: Final = ("zfxxgk-zn", "zfxxgk-zd", STATUTORY, "zfxxgk-nb", "zfxxgk-ysq")
"""The four blocks and the entrance of requests, in their official order (国办公开办函〔2019〕61号)."""

NOT_IN_COLUMN: Final = frozenset(
    {
        "news", "event", "interpretation", "question", "monthly_record", "consultation", "page", "section", "topic",
    }
)  # fmt: skip
"""The column is for what the law wants disclosed: no ordinary news (same notice)."""

_BY_KIND: Final = {
    "regulation": "01",
    "organisation": "02",
    "service_guide": "05",
    "project": "10",
    "livelihood": "11",
}
_MOST_OF_A_SECTION: Final = 3
"""A section that names more items says what it gathers, not what each of its documents is."""


def codes_of(document: Document, sections: Mapping[str, SectionNode]) -> tuple[str, ...]:
    """Return which items a document belongs to: those it names, else those of its kind, else those of its sections."""
    if document.kind in NOT_IN_COLUMN:
        return ()
    own = document.data.get("legal_items")
    if own:
        return tuple(own)
    if document.data.get("level") == "行政规范性文件":
        return ("01",)
    if document.kind in _BY_KIND:
        return (_BY_KIND[document.kind],)
    found: dict[str, None] = {}
    for slug in document.sections:
        node = sections.get(slug)
        named = node.document.data.get("legal_items") or () if node else ()
        if len(named) <= _MOST_OF_A_SECTION:
            found.update(dict.fromkeys(named))
    if not found and STATUTORY in document.sections:
        return ("15",)
    return tuple(found)


def by_item(documents: Iterable[Document], sections: Mapping[str, SectionNode]) -> dict[str, list[Document]]:
    """Return the documents of each item, in the order given."""
    result: dict[str, list[Document]] = defaultdict(list)
    for document in documents:
        for code in codes_of(document, sections):
            result[code].append(document)
    return result


def sections_of_item(site: SiteLibrary, code: str) -> list[str]:
    """Return the sections outside the column that hold an item."""
    nodes = site.library.sections
    return [
        slug
        for slug in site.visible_sections
        if code in (nodes[slug].document.data.get("legal_items") or ())
        and slug not in (COLUMN, *COLUMN_PARTS)
        and site.section_counts.get(slug, 0)
    ]


def rows_by_item(site: SiteLibrary) -> dict[str, dict[str, Counter[str]]]:
    """Return how many rows of which tables each organisation has under each item: its id → item → kind → number."""
    nodes = site.library.sections
    found: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for name, rows in site.records.items():
        kind = RECORD_KIND_BY_NAME[name]
        codes = nodes[kind.section].document.data.get("legal_items") or ()
        if not kind.issuer or len(codes) > _MOST_OF_A_SECTION:
            continue
        for row in rows:
            value = row.data.get(kind.issuer) or ()
            for body in value if isinstance(value, list) else [value]:
                organisation = site.library.organisations.get(str(body))
                if organisation:
                    for code in codes:
                        found[organisation.id][code][name] += 1
    return found


def government_of(site: SiteLibrary) -> Document | None:
    """Return the government whose site this is: the first that the directory has."""
    return next(
        (item for item in site.organisations if item.data["organisation_class"] == "政府"),
        None,
    )


def declared_absent(organisation: Document | None) -> dict[str, str]:
    """Return the items that an organisation declares not to have, with the statement that stands in their place."""
    entries = organisation.data.get("absent_items") or () if organisation else ()
    return {entry["code"]: f"本机关无此项。{entry.get('reason') or ''}" for entry in entries}


def check_statutory(site: SiteLibrary) -> Iterator[Diagnostic]:
    """Yield items without content and without a statement, and statements that the content belies (domain/03, §2)."""
    if STATUTORY not in site.visible_sections:
        return
    nodes = site.library.sections
    held = by_item(site.published, nodes)
    absent = declared_absent(government_of(site))
    for code, name in LEGAL_ITEMS.items():
        if code != "02" and code not in absent and not held.get(code) and not sections_of_item(site, code):
            yield nodes[STATUTORY].document.problem(
                "legal_items",
                "legal-item-empty",
                f"法定主动公开内容第（{int(code)}）项“{name}”没有内容",
                f'在有关文件里写“法定公开事项: ["{code}"]”；确实没有的，在本级政府的机构文件里写“无此项”',
                Severity.WARNING,
            )
    issued: dict[str, set[str]] = defaultdict(set)
    for code, documents in held.items():
        for document in documents:
            for issuer in document.issuer:
                issued[issuer].add(code)
    rows = rows_by_item(site)
    for organisation in site.organisations:
        for code in declared_absent(organisation):
            if code in issued[organisation.title] or rows.get(organisation.id, {}).get(code):
                yield organisation.problem(
                    "absent_items",
                    "legal-item-not-absent",
                    f"声明没有第（{int(code)}）项，但是发布过这一项的{'文件' if code in issued[organisation.title] else '记录'}",
                    "删去“无此项”中的这一条，或者核对文件的“法定公开事项”",
                    Severity.WARNING,
                )
