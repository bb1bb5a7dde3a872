"""Assemble: all `Document`s → `Library`: ids, addresses, relations, validity; and what each site of a group shows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from functools import cached_property
from typing import Final

import msgspec

from generator.config import CONFIG_NAME, SiteGroup, SiteSettings
from generator.diagnostics import Diagnostic, Severity, did_you_mean
from generator.fields import DocumentNumber, FormatError, Validity
from generator.holidays import WorkCalendar, work_calendar
from generator.kinds import KIND_BY_NAME, RECORD_KIND_BY_NAME, RECORD_KINDS, LifeCycle
from generator.kinds.organisation import OrganisationClass
from generator.kinds.section import DEFAULT_UPDATE_DAYS
from generator.markup.model import Reference
from generator.paths import safe_join
from generator.validate import Document, Pointer, RecordItem, lenient

EMPTY_SECTIONS_ERROR: Final = 5
"""So many empty sections fail a site outright (国办秘函〔2019〕19号; domain/02, K-04c)."""

#: How a relation reads on the page of the document that has it; the other side's words are in the kinds.
FORWARD_LABELS: Final = {"amends": "修改了", "repeals": "废止了", "replaces": "替代了"}
ENDING_RELATIONS: Final = ("repeals", "replaces")


class Relation(msgspec.Struct, frozen=True):
    """A resolved reference between two documents."""

    relation: str
    source: str
    target: str
    clause: str


class Standing(msgspec.Struct, frozen=True):
    """The validity of a document on the build's day, since when and by which document."""

    validity: Validity | None
    since: str = ""
    by: str = ""


class SectionNode(msgspec.Struct, frozen=True):
    """A section in the tree."""

    slug: str
    document: Document
    parent: str
    children: tuple[str, ...]


class Library:
    """All published documents of the pool and how they hang together; built once, then only read.

    Args:
        documents: In the order of their paths.
        references: References in each document's body, by document id.
        today: ISO day; nothing later is published.
        faulty: Names of documents that have errors: references to them are not reported again.
    """

    def __init__(
        self,
        group: SiteGroup,
        documents: Sequence[Document],
        references: Mapping[str, tuple[Reference, ...]],
        records: Sequence[RecordItem],
        files: frozenset[str],
        today: str,
        faulty: frozenset[str] = frozenset(),
    ) -> None:
        self.group = group
        self.today = today
        self.calendar: WorkCalendar = work_calendar({})[0]
        self.files = files
        self.references = references
        self._faulty = faulty
        self.diagnostics: list[Diagnostic] = []
        self.sections: dict[str, SectionNode] = {}
        self._found: dict[str, tuple[Document, ...]] = {}
        self._site_libraries: dict[str, SiteLibrary] = {}
        self.withheld: list[Document] = []
        self.documents: dict[str, Document] = {}
        for document in documents:
            if self._is_published(document):
                self._add(document)
        self.records = _shown_records(records, today)
        self._index()
        self._check_sections()
        self._check_selections()
        self._resolve_pointers()
        self._resolve_rows()
        self._check_topics_and_issuers()
        self.standings = self._standings()
        self._check_bases()
        self._check_promises()

    # --- what is published -------------------------------------------------------------------------

    def _is_published(self, document: Document) -> bool:
        if document.draft or document.data.get("visibility") == "内部":
            self.withheld.append(document)
            return False
        if document.date > self.today:
            self.withheld.append(document)
            if not document.scheduled:
                self.diagnostics.append(
                    document.problem(
                        "published_at",
                        "scheduled",
                        f"发布时间 {document.published_at} 晚于今天 {self.today}，暂不发布",
                        "有意定时发布的加一行“定时发布: 是”，否则核对发布时间",
                        Severity.WARNING,
                    )
                )
            return False
        return True

    def _add(self, document: Document) -> None:
        other = self.documents.get(document.id)
        if other:
            self.diagnostics.append(
                Diagnostic(
                    document.path,
                    0,
                    0,
                    Severity.ERROR,
                    "duplicate-id",
                    f"与“{other.path}”的编号相同：{document.id}",
                    "同一类内容的文件名不能重复，放在不同文件夹里也不行；改其中一个文件名",
                )
            )
            return
        self.documents[document.id] = document

    # --- finding documents -------------------------------------------------------------------------

    def _index(self) -> None:
        self._by_number: dict[str, list[str]] = defaultdict(list)
        self._by_index_number: dict[str, list[str]] = defaultdict(list)
        self._by_title: dict[str, list[str]] = defaultdict(list)
        self._by_slug: dict[str, list[str]] = defaultdict(list)
        self.by_kind: dict[str, list[Document]] = defaultdict(list)
        urls: dict[str, Document] = {}
        for document in self.documents.values():
            self.by_kind[document.kind].append(document)
            self._by_slug[document.slug].append(document.id)
            self._by_title[document.title].append(document.id)
            if document.document_number:
                self._by_number[document.document_number].append(document.id)
            if document.index_number:
                self._by_index_number[document.index_number].append(document.id)
            first = urls.setdefault(document.url.casefold(), document)
            if first is not document:
                self.diagnostics.append(
                    document.problem(
                        "title",
                        "duplicate-url",
                        f"与“{first.path}”的网址相同：{document.url}",
                        "改其中一个文件名",
                    )
                )
        self._report_repeated(self._by_number, "document_number", "duplicate-number", "发文字号")
        self._report_repeated(self._by_index_number, "index_number", "duplicate-index-number", "索引号")
        self._check_aliases(urls)

    def _report_repeated(self, index: Mapping[str, list[str]], name: str, code: str, label: str) -> None:
        for value, ids in index.items():
            if len(ids) < 2:
                continue
            first = self.documents[ids[0]]
            for other_id in ids[1:]:
                document = self.documents[other_id]
                problem = document.problem(
                    name,
                    code,
                    f"{label}“{value}”与“{first.path}”重复",
                    f"核对{label}；同一文件不要收录两次，可在“栏目”里写几个栏目",
                )
                self.diagnostics.extend(lenient([problem]) if document.imported else [problem])

    def _check_aliases(self, urls: Mapping[str, Document]) -> None:
        taken: dict[str, Document] = {}
        for document in self.documents.values():
            for alias in document.data.get("aliases") or ():
                owner = urls.get(alias.casefold()) or taken.get(alias.casefold())
                if owner:
                    self.diagnostics.append(
                        document.problem(
                            "aliases",
                            "alias-taken",
                            f"旧网址“{alias}”已经是“{owner.path}”的网址",
                            "删去这个旧网址，或改正",
                        )
                    )
                taken[alias.casefold()] = document

    def find(self, target: str, base: str = "") -> tuple[Document, ...]:
        """Return the documents that a reference may mean: one, none, or several if it is ambiguous.

        Args:
            target: An id, 文号, 索引号, title (with or without 《》), slug, or a path relative to ``base``.
            base: Folder of the referring file, relative to the project.
        """
        target = target.strip()
        if target.endswith((".md", ".yml", ".yaml")):
            found = self._by_path.get(safe_join(base, target) or "")
            return (found,) if found else ()
        known = self._found.get(target)
        if known is None:
            known = self._found[target] = self._find(target)
        return known

    def _find(self, target: str) -> tuple[Document, ...]:
        if target in self.documents:
            return (self.documents[target],)
        for index in (self._by_number, self._by_index_number, self._by_title, self._by_slug):
            if target in index:
                return tuple(self.documents[name] for name in index[target])
        if target.startswith("《") and target.endswith("》"):
            return self._by_quoted_title(target[1:-1])
        try:
            number = str(DocumentNumber.parse(target))
        except FormatError:
            repaired = DocumentNumber.repair(target)
            number = str(repaired) if repaired else ""
        if number in self._by_number:
            return tuple(self.documents[name] for name in self._by_number[number])
        return ()

    def _by_quoted_title(self, name: str) -> tuple[Document, ...]:
        ids = self._by_title.get(name) or self._inner_titles.get(name) or ()
        return tuple(self.documents[found] for found in ids)

    @cached_property
    def _inner_titles(self) -> dict[str, list[str]]:
        """Titles quoted inside titles (印发《…办法》的通知) → the documents that issue them."""
        inner: dict[str, list[str]] = defaultdict(list)
        for document in (*self.by_kind["policy"], *self.by_kind["regulation"]):
            start, end = document.title.find("《"), document.title.rfind("》")
            if 0 <= start < end and "印发" in document.title[:start]:
                inner[document.title[start + 1 : end]].append(document.id)
        return inner

    @cached_property
    def _by_path(self) -> dict[str, Document]:
        return {document.path: document for document in self.documents.values()}

    # --- relations ---------------------------------------------------------------------------------

    def _resolve_pointers(self) -> None:
        self.relations_from: dict[str, list[Relation]] = defaultdict(list)
        self.relations_to: dict[str, list[Relation]] = defaultdict(list)
        for document in self.documents.values():
            if not document.pointers:
                continue
            kind = KIND_BY_NAME[document.kind]
            for pointer in document.pointers:
                target = self._resolve(document, pointer, pointer.relation in kind.loose)
                if target:
                    relation = Relation(pointer.relation, document.id, target.id, pointer.clause)
                    self.relations_from[document.id].append(relation)
                    self.relations_to[target.id].append(relation)

    def _resolve_rows(self) -> None:
        """Find the documents that rows of tables refer to; ``rows_to`` tells each document who does."""
        self.rows_to: dict[str, list[RecordItem]] = defaultdict(list)
        for name, rows in self.records.items():
            kind = RECORD_KIND_BY_NAME[name]
            for row in rows:
                for pointer in row.pointers:
                    found = self.find(pointer.target, row.path.rpartition("/")[0])
                    if len(found) == 1:
                        self.rows_to[found[0].id].append(row)
                    elif not (pointer.relation in kind.loose or self.is_faulty(pointer.target)):
                        label = kind.keys.labels[pointer.relation.partition(".")[0]]
                        self.diagnostics.append(
                            _unresolved(row.path, pointer, label, found, self.near(pointer.target))
                        )

    def _resolve(self, document: Document, pointer: Pointer, loose: bool) -> Document | None:
        found = self.find(pointer.target, document.path.rpartition("/")[0])
        if len(found) == 1 and found[0].id != document.id:
            return found[0]
        if loose and len(found) != 1:
            return None
        label = KIND_BY_NAME[document.kind].label_of(pointer.relation.partition(".")[0])
        if not found and self.is_faulty(pointer.target, document.path.rpartition("/")[0]):
            return None
        if found and found[0].id == document.id and len(found) == 1:
            problem = Diagnostic(
                document.path,
                pointer.line,
                pointer.column,
                Severity.ERROR,
                "self-reference",
                f"“{label}”指向了文件自己",
                "核对引用的文件",
            )
        else:
            remedy = self.near(pointer.target)
            if pointer.relation in FORWARD_LABELS and "您是不是" not in remedy:
                remedy += "；本站没有收录的文件不写在这里，在正文中说明"
            problem = _unresolved(document.path, pointer, label, found, remedy)
        self.diagnostics.extend(lenient([problem]) if document.imported else [problem])
        return None

    def is_faulty(self, target: str, base: str = "") -> bool:
        """Whether a reference names a document that exists but has errors, which are reported already."""
        return target in self._faulty or (safe_join(base, target) or "") in self._faulty

    def near(self, target: str) -> str:
        """Return what to do about a reference that leads nowhere: “您是不是想写…”, or which spellings work."""
        for item in self.withheld:
            if target in (item.id, item.document_number, item.index_number, item.title, item.slug):
                return f"它还没有发布（{item.path}）：先发布它，或删去这处引用"
        pool: Collection[str] = self._by_slug
        if "〔" in target:
            pool = self._by_number
        elif "/" in target:
            pool = self.documents
        elif len(target) > 12:
            pool = self._by_title
        if len(pool) > 3000:
            pool = [key for key in pool if key[:2] == target[:2]]
        return did_you_mean(target, pool) or "核对后写文号、索引号、完整标题或编号（例如 policy/szbf-2026-1）"

    # --- validity ----------------------------------------------------------------------------------

    def _standings(self) -> dict[str, Standing]:
        standings: dict[str, Standing] = {}
        for kind in ("policy", "regulation"):
            for document in self.by_kind[kind]:
                standings[document.id] = self._standing(document)
        self._check_repeal_cycles()
        return standings

    def is_unfounded(self, document: Document) -> bool:
        """Whether a document on which an answer rests is no longer in force (decision 0004)."""
        for relation in self.relations_from.get(document.id, ()):
            standing = self.standings.get(relation.target) if relation.relation == "basis.document" else None
            if standing and standing.validity and standing.validity.is_over:
                return True
        return False

    def _check_bases(self) -> None:
        for document in self.by_kind["question"]:
            if self.is_unfounded(document):
                self.diagnostics.append(
                    document.problem(
                        "basis",
                        "basis-changed",
                        "依据的文件已经废止或失效，页面上不再显示答案",
                        "按现行文件改写答案和依据，并更新“核验日期”；问题不再有意义的写“公开范围: 内部”",
                        Severity.WARNING,
                    )
                )

    def _check_promises(self) -> None:
        """Report answers and guides not verified for long, and next steps of life cycles that are late."""
        limits = self.group.settings.limits
        for kind, days in (("question", limits.verified_days), ("service_guide", limits.guide_days)):
            for document in self.by_kind[kind]:
                age = _days_between(document.data["verified_on"], self.today)
                if age > days:
                    self.diagnostics.append(
                        document.problem(
                            "verified_on",
                            "stale-verification",
                            f"已有 {age} 天没有核验，应在 {days} 天内核验一次",
                            "对照现行文件核对内容，再把“核验日期”改成核对的日期",
                            Severity.WARNING,
                        )
                    )
        for name, documents in self.by_kind.items():
            for document in documents:
                self._check_step(KIND_BY_NAME[name].life_cycle, document)
        for name, rows in self.records.items():
            for row in rows:
                self._check_step(RECORD_KIND_BY_NAME[name].life_cycle, row)

    def _check_step(self, life_cycle: LifeCycle | None, matter: Document | RecordItem) -> None:
        """Report the next step of a document or row if it is late."""
        if life_cycle is None:
            return
        current = life_cycle.state_on(date.fromisoformat(self.today), matter.data)
        for state, field, setting in life_cycle.due:
            since = matter.data.get(field)
            if current.slug != state or not since:
                continue
            allowed = getattr(self.group.settings.limits, setting) if setting else 0
            late = _days_between(str(since), self.today) - allowed
            if late > 0:
                self.diagnostics.append(
                    matter.problem(
                        field,
                        "late-step",
                        f"“{current.label}”超期 {late} 天：{life_cycle.step_of(current, matter.data)}",
                        "由负责单位办完下一步，再把结果写进文件",
                        Severity.WARNING,
                    )
                )

    def in_force_from(self, document: Document) -> str:
        """Return the day from which a document has force: 施行日期, else 成文日期, else the publication day."""
        return document.effective_on or document.issued_on or document.date

    def _standing(self, document: Document) -> Standing:
        ended: list[tuple[str, str]] = []
        amended: list[tuple[str, str]] = []
        for relation in self.relations_to.get(document.id, ()):
            source = self.documents[relation.source]
            since = self.in_force_from(source)
            if relation.relation in ENDING_RELATIONS and since <= self.today:
                ended.append((since, source.id))
            elif relation.relation == "amends" and since <= self.today:
                amended.append((since, source.id))
        computed: Standing
        if ended:
            computed = Standing(Validity.REPEALED, *min(ended))
        elif document.repealed_on and document.repealed_on <= self.today:
            computed = Standing(Validity.REPEALED, document.repealed_on)
        elif document.expires_on and document.expires_on < self.today:
            computed = Standing(Validity.LAPSED, document.expires_on)
        elif self.in_force_from(document) > self.today:
            computed = Standing(Validity.NOT_YET_IN_FORCE, document.effective_on)
        elif amended:
            computed = Standing(Validity.AMENDED, *max(amended))
        else:
            computed = Standing(Validity.IN_FORCE)
        return self._reconciled(document, computed)

    def _reconciled(self, document: Document, computed: Standing) -> Standing:
        """Weigh what the editor typed against what dates and relations say."""
        if not document.validity:
            return computed
        typed = Validity(document.validity)
        if typed is computed.validity:
            return computed
        if computed.validity is Validity.IN_FORCE:
            # Nothing in the pool contradicts the editor: the ending document is not in the pool.
            return Standing(
                typed, document.repealed_on or (document.expires_on if typed is Validity.LAPSED else "")
            )
        if document.imported:
            return Standing(typed, computed.since, computed.by) if typed.is_over else computed
        reason = f"，依据是“{self.documents[computed.by].title}”" if computed.by else _reason(computed)
        self.diagnostics.append(
            document.problem(
                "validity",
                "validity-conflict",
                f"有效性写的是“{typed}”，按日期和修改废止关系应是“{computed.validity}”{reason}",
                "删去“有效性”一行让系统计算，或核对日期和关系",
            )
        )
        return computed

    def _check_repeal_cycles(self) -> None:
        ends = {
            document_id: [relation.target for relation in relations if relation.relation in FORWARD_LABELS]
            for document_id, relations in self.relations_from.items()
        }
        state: dict[str, int] = {}

        def visit(start: str) -> None:
            stack: list[tuple[str, Iterator[str]]] = [(start, iter(ends.get(start, ())))]
            state[start] = 1
            while stack:
                node, targets = stack[-1]
                for target in targets:
                    if state.get(target) == 1:
                        document = self.documents[node]
                        chain = [name for name, _ in stack]
                        names = " → ".join((*chain[chain.index(target) :], target))
                        written = next(
                            relation.relation
                            for relation in self.relations_from[node]
                            if relation.target == target and relation.relation in FORWARD_LABELS
                        )
                        self.diagnostics.append(
                            document.problem(
                                written,
                                "repeal-cycle",
                                f"修改废止关系成了一个圈：{names}",
                                "后印发的文件才能修改、废止先印发的文件，删去写反的一处",
                            )
                        )
                    elif target not in state:
                        state[target] = 1
                        stack.append((target, iter(ends.get(target, ()))))
                        break
                else:
                    state[node] = 2
                    stack.pop()

        for document_id in ends:
            if document_id not in state:
                visit(document_id)

    # --- sections, topics, organisations -----------------------------------------------------------

    def _check_sections(self) -> None:
        sections = {document.slug: document for document in self.by_kind["section"]}
        children: dict[str, list[Document]] = defaultdict(list)
        for document in sections.values():
            parent = str(document.data.get("parent") or "")
            if parent and parent not in sections:
                self._unknown(document, "parent", "unknown-section", "栏目", parent, self._titles("section"))
                parent = ""
            children[parent].append(document)

        def order(document: Document) -> tuple[int, str]:
            return int(document.data.get("order", 100)), document.slug

        def add(document: Document, parent: str) -> None:
            below = sorted(children.get(document.slug, ()), key=order)
            self.sections[document.slug] = SectionNode(
                document.slug, document, parent, tuple(child.slug for child in below)
            )
            for child in below:
                add(child, document.slug)

        for document in sorted(children.get("", ()), key=order):
            add(document, "")
        for slug, document in sections.items():
            if slug not in self.sections:
                self.diagnostics.append(
                    document.problem(
                        "parent",
                        "section-cycle",
                        f"栏目“{document.title}”的上级关系成了一个圈",
                        "顺着“上级”一个个核对，改掉写错的一个",
                    )
                )
        titles = self._titles("section")
        for document in self.documents.values():
            for slug in document.sections:
                if slug not in sections:
                    name = "sections" if "sections" in document.data else "section"
                    self._unknown(document, name, "unknown-section", "栏目", slug, titles)

    def _titles(self, kind: str) -> dict[str, str]:
        return {document.slug: document.title for document in self.by_kind[kind]}

    def _unknown(
        self, document: Document, name: str, code: str, label: str, value: str, titles: Mapping[str, str]
    ) -> None:
        if value in self._faulty:
            return
        remedy = near_slug(value, titles) or f"先在 content 中建这个{label}，或核对代号"
        problem = document.problem(name, code, f"没有“{value}”这个{label}", remedy)
        self.diagnostics.extend(lenient([problem]) if document.imported else [problem])

    def path_to(self, slug: str) -> tuple[str, ...]:
        """Return the slugs from the top of the tree down to a section."""
        path: list[str] = []
        while slug in self.sections and slug not in path:
            path.append(slug)
            slug = self.sections[slug].parent
        return tuple(reversed(path))

    def _check_topics_and_issuers(self) -> None:
        self.topics = {document.slug: document for document in self.by_kind["topic"]}
        self.organisations: dict[str, Document] = {}
        for document in self.by_kind["organisation"]:
            names = (
                document.title,
                document.data.get("short_name"),
                *(document.data.get("other_names") or ()),
            )
            for name in names:
                if not name:
                    continue
                other = self.organisations.setdefault(name, document)
                if other is not document:
                    self.diagnostics.append(
                        document.problem(
                            "title",
                            "duplicate-name",
                            f"机构名称“{name}”与“{other.path}”重复",
                            "改用全称，或删去重复的“其他名称”",
                        )
                    )
        unknown: Counter[str] = Counter()
        for document in self.documents.values():
            for slug in document.topics:
                if slug not in self.topics:
                    self._unknown(document, "topics", "unknown-topic", "专题", slug, self._titles("topic"))
            for name in document.issuer:
                if name not in self.organisations and name not in self._faulty:
                    unknown[name] += 1
                    if unknown[name] == 1:
                        self._unknown_organisation(document, name)

    def _unknown_organisation(self, document: Document, name: str) -> None:
        near = did_you_mean(name, self.organisations) if len(self.organisations) < 2000 else ""
        problem = document.problem(
            KIND_BY_NAME[document.kind].issuer,
            "unknown-organisation",
            f"机构名录中没有“{name}”",
            near or "核对名称；确有这个机构的，在 content/organisation 中建一个文件",
        )
        self.diagnostics.extend(lenient([problem]) if document.imported else [problem])

    # --- sites -------------------------------------------------------------------------------------

    def _check_selections(self) -> None:
        """Report names in a site's selection (收录) that nothing has: they would silently select nothing."""
        titles = self._titles("section")
        kinds = [kind.label for kind in KIND_BY_NAME.values()]
        hidden = [document.id for document in self.withheld]
        for site in self.group.sites:
            if site.selection is None:
                continue
            chosen = site.selection
            for slug in (*chosen.sections, *chosen.without):
                if slug not in self.sections and slug not in self._faulty:
                    self._unknown_choice(site, "栏目", slug, near_slug(slug, titles))
            for name in chosen.kinds:
                if name not in kinds and name not in KIND_BY_NAME:
                    self._unknown_choice(site, "类型", name, did_you_mean(name, (*kinds, *KIND_BY_NAME)))
            for name in chosen.documents:
                if name not in (*self.documents, *hidden, *self._faulty):
                    self._unknown_choice(site, "文档", name, did_you_mean(name, self.documents))

    def _unknown_choice(self, site: SiteSettings, label: str, name: str, near: str) -> None:
        message = f"“{site.name}”的“收录”写了“{name}”，没有这个{label}"
        remedy = near or f"核对这个{label}，或删去"
        self.diagnostics.append(
            Diagnostic(CONFIG_NAME, 0, 0, Severity.ERROR, "unknown-selection", message, remedy)
        )

    def for_site(self, site: SiteSettings) -> SiteLibrary:
        """Return what one site of the group shows; made once."""
        if site.id not in self._site_libraries:
            self._site_libraries[site.id] = SiteLibrary(self, site)
        return self._site_libraries[site.id]

    @cached_property
    def homes(self) -> dict[str, str]:
        """Document id → id of the site on which it is canonical.

        ``主站`` decides; else the first site that selects by the document's first issuer; else the first
        site that shows it.
        """
        sites = self.group.sites
        tests = [(site, _selector(self, site)) for site in sites]
        homes: dict[str, str] = {}
        for document in self.documents.values():
            shown = [site for site, selects in tests if selects(document)]
            own = [
                site
                for site in shown
                if site.selection and document.issuer and document.issuer[0] in site.selection.issuers
            ]
            if any(site.id == document.home for site in shown):
                homes[document.id] = document.home
            elif own or shown:
                homes[document.id] = (own or shown)[0].id
        return homes


def _unresolved(path: str, pointer: Pointer, label: str, found: Sequence[Document], near: str) -> Diagnostic:
    """Say that a reference leads nowhere or to several documents."""
    if found:
        names = "、".join(item.id for item in found[:4])
        code = "ambiguous-reference"
        message = f"“{label}”引用的“{pointer.target}”有 {len(found)} 个文件：{names}"
        remedy = f"改写成其中一个的编号，例如 {found[0].id}"
    else:
        code, message, remedy = (
            "dangling-reference",
            f"“{label}”引用的“{pointer.target}”没有找到",
            near,
        )
    return Diagnostic(path, pointer.line, pointer.column, Severity.ERROR, code, message, remedy)


def near_slug(value: str, titles: Mapping[str, str]) -> str:
    """Return “您是不是想写…” with the slug that a mistyped slug or a title means, or an empty text."""
    by_title = {title: slug for slug, title in titles.items()}
    if value in by_title:
        return f"写代号，不写名称：“{value}”的代号是 {by_title[value]}"
    near = get_close_matches(value, by_title, n=1, cutoff=0.6)
    return did_you_mean(value, titles) or (
        f"写代号，不写名称：“{near[0]}”的代号是 {by_title[near[0]]}" if near else ""
    )


def _reason(standing: Standing) -> str:
    if not standing.since:
        return ""
    if standing.validity is Validity.LAPSED:
        return f"（有效期至 {standing.since}）"
    return f"（自 {standing.since} 起）"


def _shown_records(records: Sequence[RecordItem], today: str) -> dict[str, list[RecordItem]]:
    """Group rows by kind, newest first; rows whose publication has ended stay out."""
    shown: dict[str, list[RecordItem]] = defaultdict(list)
    for record in records:
        kind = RECORD_KIND_BY_NAME[record.kind]
        until = record.data.get(kind.until) if kind.until else None
        if until and str(until) < today:
            continue
        shown[record.kind].append(record)
    for name, rows in shown.items():
        field = RECORD_KIND_BY_NAME[name].date
        if field:
            rows.sort(key=lambda row: (str(row.data.get(field, "")), -row.line), reverse=True)
    return shown


def _selector(library: Library, site: SiteSettings) -> Callable[[Document], bool]:
    """Return the test whether a site shows a document."""
    selection = site.selection
    if selection is None:
        return lambda document: True

    def below(slugs: Iterable[str]) -> frozenset[str]:
        wanted = set(slugs)
        return frozenset(slug for slug in library.sections if wanted & set(library.path_to(slug)))

    sections = below(selection.sections)
    without = below(selection.without)
    above = frozenset(name for slug in sections for name in library.path_to(slug))
    issuers, kinds, extra = set(selection.issuers), set(selection.kinds), set(selection.documents)

    def selects(document: Document) -> bool:
        if document.id in extra:
            return True
        if document.kind == "section":
            return document.slug not in without and (
                not selection.sections or document.slug in sections | above
            )
        if document.kind == "organisation":
            return not selection.sections and (not issuers or document.title in issuers)
        if document.kind == "page" and not document.sections:
            return True
        if document.kind == "topic" and not selection.sections:
            return True
        own = set(document.sections)
        if own and own <= without:
            return False
        if selection.sections and not own & sections:
            return False
        if kinds and document.kind not in kinds and KIND_BY_NAME[document.kind].label not in kinds:
            return False
        return not issuers or bool(issuers & set(document.issuer))

    return selects


class SiteLibrary:
    """The library as one site shows it: its documents, newest first, and addresses from this site."""

    def __init__(self, library: Library, site: SiteSettings) -> None:
        self.library = library
        self.site = site
        self.group = library.group
        self.today = library.today
        selects = _selector(library, site)
        self.documents: dict[str, Document] = {
            name: document for name, document in library.documents.items() if selects(document)
        }
        self.published: tuple[Document, ...] = tuple(
            sorted(
                (document for document in self.documents.values() if document.published_at),
                key=lambda document: (document.published_at, document.id),
                reverse=True,
            )
        )
        self.by_kind: dict[str, list[Document]] = defaultdict(list)
        for document in self.published:
            self.by_kind[document.kind].append(document)
        self.by_section: dict[str, list[Document]] = defaultdict(list)
        for document in self.published:
            for slug in document.sections:
                self.by_section[slug].append(document)
        self.records = {
            name: rows
            for name, rows in library.records.items()
            if RECORD_KIND_BY_NAME[name].section in self._section_slugs
        }

    @cached_property
    def _section_slugs(self) -> frozenset[str]:
        return frozenset(document.slug for document in self.documents.values() if document.kind == "section")

    @cached_property
    def organisations(self) -> tuple[Document, ...]:
        """Organisations that the site shows, in the order of their class and number."""
        classes = [member.value for member in OrganisationClass]
        shown = [document for document in self.documents.values() if document.kind == "organisation"]
        return tuple(
            sorted(
                shown,
                key=lambda document: (
                    classes.index(document.data["organisation_class"]),
                    int(document.data.get("order", 100)),
                    document.slug,
                ),
            )
        )

    def section_documents(self, slug: str) -> list[Document]:
        """Return the documents of a section and of those below it, newest first, each once."""
        node = self.library.sections[slug]
        if not node.children:
            return self.by_section.get(slug, [])
        slugs = set(self._below(slug))
        return [document for document in self.published if not slugs.isdisjoint(document.sections)]

    def _below(self, slug: str) -> Iterator[str]:
        yield slug
        for child in self.library.sections[slug].children:
            yield from self._below(child)

    @cached_property
    def section_counts(self) -> dict[str, int]:
        """How much each section holds, sections below it and tables of records included."""
        counts: dict[str, int] = {}
        own: Counter[str] = Counter()
        for slug, documents in self.by_section.items():
            own[slug] += len(documents)
        for document in self.documents.values():
            if document.kind == "page" and document.sections:
                own[document.sections[0]] += 1
            elif document.kind == "organisation":
                own["jgzn"] += 1
            elif document.kind == "topic":
                own["zt"] += 1
        for kind in RECORD_KINDS:
            own[kind.section] += len(self.records.get(kind.name, ()))

        def count(slug: str) -> int:
            counts[slug] = own[slug] + sum(count(child) for child in self.library.sections[slug].children)
            return counts[slug]

        for slug, node in self.library.sections.items():
            if not node.parent:
                count(slug)
        return counts

    @cached_property
    def visible_sections(self) -> tuple[str, ...]:
        """Sections that get a page: with content, an explanation or a link elsewhere; in the order of the tree."""
        return tuple(
            slug
            for slug, node in self.library.sections.items()
            if slug in self._section_slugs
            and (
                self.section_counts.get(slug, 0)
                or node.document.data.get("on_empty") == "说明"
                or node.document.data.get("link")
            )
        )

    def check(self) -> Iterator[Diagnostic]:
        """Yield problems of the site as a whole: empty sections (W-22), sections without news for too long."""
        yield from self._check_freshness()
        empty = [
            node.document
            for slug, node in self.library.sections.items()
            if slug in self._section_slugs
            and slug not in set(self.visible_sections)
            and node.document.data.get("on_empty") != "隐藏"
        ]
        severity = Severity.ERROR if len(empty) >= EMPTY_SECTIONS_ERROR else Severity.WARNING
        for document in empty:
            yield document.problem(
                "title",
                "empty-section",
                f"栏目“{document.title}”没有内容（“{self.site.name}”共有 {len(empty)} 个空白栏目，5 个以上单项否决）",
                "补充内容，或写“无内容时: 隐藏”",
                severity,
            )

    def _check_freshness(self) -> Iterator[Diagnostic]:
        """Yield sections that should have been updated, and the home page (domain/01, W-57 and 1.4)."""
        home: list[str] = []
        for slug in self.visible_sections:
            documents = self.by_section.get(slug)
            if not documents:
                continue
            section = self.library.sections[slug].document
            newest, types = documents[0].date, section.data["column_type"]
            limit = section.data.get("update_days")
            if limit is None and "政务动态" in types:
                home.append(newest)
                limit = self.group.settings.limits.home_days
            if limit is None:
                limit = min(
                    (DEFAULT_UPDATE_DAYS[name] for name in types if name in DEFAULT_UPDATE_DAYS), default=0
                )
            age = self._age(newest)
            if limit and age > limit:
                yield section.problem(
                    "title",
                    "stale-section",
                    f"栏目“{section.title}”已有 {age} 天没有更新（最近一条 {newest}），应在 {limit} 天内更新",
                    "补充内容；更新本来就慢的栏目写“更新周期”",
                    Severity.WARNING,
                )
        days = self.group.settings.limits.home_days
        if home and self._age(max(home)) > days:
            yield Diagnostic(
                CONFIG_NAME,
                0,
                0,
                Severity.WARNING,
                "stale-home",
                f"“{self.site.name}”首页的动态要闻已有 {self._age(max(home))} 天没有更新（最近一条 {max(home)}），"
                f"超过 {days} 天单项否决",
                "补充动态要闻",
            )

    def _age(self, day: str) -> int:
        return _days_between(day, self.today)

    def address(self, document: Document) -> str:
        """Return where a document is, seen from this site: site-relative, or absolute on another domain."""
        if document.id in self.documents:
            return document.url
        home = self.library.homes.get(document.id)
        if home is None:
            return ""
        return self.address_on(next(site for site in self.group.sites if site.id == home), document.url)

    def address_on(self, other: SiteSettings, url: str) -> str:
        """Return the address of a page of another site of the group."""
        if other.domain != self.site.domain:
            return self.group.base_url(other) + url
        here, there = self.site.base_path.strip("/"), other.base_path.strip("/")
        if not here:
            return f"{there}/{url}" if there else url
        up = "../" * len(here.split("/"))
        return f"{up}{there}/{url}" if there else f"{up}{url}"

    def canonical(self, document: Document) -> str:
        """Return the absolute address of a document on its home site."""
        return self._base_urls[self.library.homes.get(document.id, self.site.id)] + document.url

    @cached_property
    def _base_urls(self) -> dict[str, str]:
        return {site.id: self.group.base_url(site) for site in self.group.sites}

    def standing(self, document: Document) -> Standing | None:
        """Return the validity of a policy or regulation."""
        return self.library.standings.get(document.id)


def _days_between(earlier: str, later: str) -> int:
    return (date.fromisoformat(later) - date.fromisoformat(earlier)).days
