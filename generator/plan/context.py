"""What the pages of one site share while they are planned: frame, rows, links, facets, heads."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache, cached_property
from typing import Any, Final, TypeVar, get_args
from urllib.parse import quote

from msgspec import Struct

from generator.assets import SiteAssets
from generator.config import SiteSettings
from generator.digest import digest_value
from generator.fields import GENRES, SUBJECTS, Label, Subject, Validity
from generator.kinds import KIND_BY_NAME, KINDS, ContentKind, RecordKind
from generator.library import SiteLibrary
from generator.markup import Section
from generator.paths import leaves, relative_root
from generator.plan.editions import edition_links
from generator.plan.jobs import PlannedFile, PlannedPage, RecordNote, SitePlan
from generator.plan.views import Badge, FacetGroup, Footer, Frame, Link, Menu, Page, Row
from generator.validate import Document

T = TypeVar("T")

FACET_LINKS: Final = 10
"""So many values of a facet stand beside a listing; the catalogue has all."""

FORM_WORDS: Final = {
    "文字": "文字解读",
    "图解": "图解",
    "视频": "视频",
    "问答": "问答解读",
    "专家": "专家解读",
    "媒体": "媒体解读",
    "发布会": "发布会",
}


class Converted(Struct, frozen=True, array_like=True):
    """What planning needs to know of a converted body: its key in the store and its beginning."""

    key: bytes
    excerpt: str


class FileFacts(Struct, frozen=True, array_like=True):
    """What planning needs to know of a file beside a document."""

    source: str
    stamp: str
    format: str
    size: int
    pages: int
    width: int = 0
    height: int = 0
    digest: bytes = b""


GRAPHIC_LABEL: Final = "图解"
CARD_SIZE: Final = (("og:image:width", "1200"), ("og:image:height", "630"))


def card_label(document: Document) -> str:
    """Return what ``site.yml`` calls a document's kind where it says which have a card each."""
    return GRAPHIC_LABEL if document.data.get("form") == GRAPHIC_LABEL else KIND_BY_NAME[document.kind].label


class FacetValue(Struct):
    """One value of a facet, with its documents, newest first."""

    slug: str
    label: str
    order: tuple[int, str]
    documents: list[Document]


class Facet(Struct):
    """A facet of a kind: its address segment, label and values by slug."""

    slug: str
    label: str
    values: dict[str, FacetValue]


class Context:
    """Shared by the planners of one site; memoises what recurs on many pages."""

    def __init__(
        self,
        library: SiteLibrary,
        assets: SiteAssets,
        converted: Mapping[str, Converted],
        files: Mapping[str, FileFacts],
        quote: Callable[[Document, str], str],
        sections_of: Callable[[bytes], tuple[Section, ...]],
        last: SitePlan | None = None,
        draws: bool = False,
    ) -> None:
        self.library = library
        self.pool = library.library
        self.site: SiteSettings = library.site
        self.settings = library.group.settings
        self.today = library.today
        self.assets = assets
        self.converted = converted
        self.files = files
        self.quote = quote
        self._made: dict[Callable[[Context], Any], Any] = {}
        self.sections_of = sections_of
        self.draws = draws
        self.base_url = library.group.base_url(self.site)
        self.bases: dict[str, bytes] = {}
        self.last_pages = {page.path: page for page in last.pages} if last else {}
        self.last_files = {file.path: file for file in last.files} if last else {}
        self._last_notes = {note.id: note for note in last.notes} if last else {}
        self._rows: dict[str, Row] = {}
        self._row_digests: dict[str, bytes] = {}
        self._links: dict[str, Link] = {}
        self._section_meta: dict[str, tuple[tuple[str, str], ...]] = {}
        self._crumbs: dict[str, tuple[Link, ...]] = {}
        self._site_meta = (
            ("SiteName", self.site.name),
            ("SiteDomain", self.site.domain),
            ("SiteIDCode", self.site.id_code),
        )

    # --- what was planned last ---------------------------------------------------------------------

    def last_page(self, path: str, basis: bytes) -> PlannedPage | None:
        """Return a page as the last build planned it, if from the same basis."""
        known = self.last_pages.get(path)
        return known if known and basis and known.basis == basis else None

    def last_file(self, path: str, basis: bytes) -> PlannedFile | None:
        """Return a file as the last build planned it, if from the same basis."""
        known = self.last_files.get(path)
        return known if known and basis and known.basis == basis else None

    def last_note(self, name: str, basis: bytes) -> RecordNote | None:
        """Return a note for the search index as the last build made it, if from the same basis."""
        known = self._last_notes.get(name)
        return known if known and basis and known.basis == basis else None

    # --- addresses ---------------------------------------------------------------------------------

    def section_url(self, slug: str) -> str:
        return f"{slug}/index.html"

    def has_section(self, slug: str) -> bool:
        return slug in self._visible

    @cached_property
    def _visible(self) -> frozenset[str]:
        return frozenset(self.library.visible_sections)

    def section_link(self, slug: str, count: bool = False) -> Link:
        """Return a link to a section; to another site where the section's content is there."""
        document = self.pool.sections[slug].document
        url = document.data.get("link") or self.section_url(slug)
        note = document.data.get("description", "")
        title = f"{document.title}（站外）" if leaves(url, self.library.group.own_domains) else document.title
        return Link(url, title, note, self.library.section_counts.get(slug, 0) if count else -1)

    def document_link(self, document: Document, note: str = "", anchor: str = "") -> Link:
        """Return a link to a document, wherever it is canonical."""
        if not note and not anchor:
            link = self._links.get(document.id)
            if link is None:
                link = self._links[document.id] = Link(self.library.address(document), document.title)
            return link
        address = self.library.address(document)
        return Link(f"{address}#{anchor}" if anchor else address, document.title, note)

    def organisation_links(self, names: Iterable[str]) -> tuple[Link, ...]:
        """Return links for names of organisations; a name without a page becomes a link without address."""
        return tuple(self._organisation_link(name) for name in names)

    def _organisation_link(self, name: str) -> Link:
        document = self.pool.organisations.get(name)
        return Link(self.library.address(document) if document else "", name)

    # --- frame -------------------------------------------------------------------------------------

    @cached_property
    def frame(self) -> Frame:
        """What all pages share."""
        hint = self.site.search
        return Frame(
            edition="portal",
            site_id=self.site.id,
            site_name=self.site.name,
            site_subtitle=self.site.subtitle or "",
            site_domain=self.site.domain,
            id_code=self.site.id_code,
            base_url=self.base_url,
            demonstration=self.settings.demonstration_text if self.settings.demonstration else "",
            menu=self._menu(),
            footer=self._footer(),
            css_url=self.assets.css_url,
            head_script_url=self.assets.head_script_url,
            script_urls=self.assets.script_urls,
            search_url="search.html",
            search_index_url="search/",
            catalogue_url="mulu/index.html",
            sitemap_url="sitemap.html",
            accessibility_url="wuzhangai-shengming.html",
            editions=edition_links(self.library.group),
            hotline=self.site.hotline,
            search_hint=hint.hint,
            hot_words=tuple(Link(f"search.html?q={quote(word)}", word) for word in hint.hot_words),
            feeds=self.feeds("", self.site.name),
            build_date=self.today,
            icon_url=self.assets.icon_url,
            own_domains=self.library.group.own_domains,
            sheet_urls=self.assets.sheet_urls,
            module_urls=self.assets.module_urls,
        )

    def feeds(self, folder: str, title: str) -> tuple[Link, ...]:
        """Return the links to the feeds that lie in a folder."""
        return (Link(f"{folder}feed.xml", f"{title}（Atom）"), Link(f"{folder}feed.json", f"{title}（JSON）"))

    def _menu(self) -> tuple[Link, ...]:
        home = Link("index.html", "首页")
        flagged = [
            slug
            for slug in self.library.visible_sections
            if self.pool.sections[slug].document.data.get("in_menu")
        ]
        if not flagged:
            flagged = [slug for slug in self.library.visible_sections if not self.pool.sections[slug].parent]
        links = (self.section_link(slug) for slug in flagged)
        return (home, *(Link(link.url, link.text) for link in links))

    def _footer(self) -> Footer:
        footer = self.site.footer
        demonstration = self.settings.demonstration
        openness = [
            slug
            for slug in ("zfxxgk-zn", "zfxxgk-zd", "zfxxgk-fd", "zfxxgk-nb", "zfxxgk-ysq")
            if self.has_section(slug)
        ]
        own_pages = sorted(
            (document for document in self.library.documents.values() if document.kind == "page"),
            key=lambda document: document.slug,
        )
        menus = (
            Menu("公开", tuple(Link(link.url, link.text) for link in map(self.section_link, openness))),
            Menu(
                "找得到",
                (
                    Link("sitemap.html", "站点地图"),
                    Link("mulu/index.html", "全部目录"),
                    Link("search.html", "搜索"),
                    Link("feed.xml", "订阅"),
                    Link("sjkf/index.html", "数据开放"),
                    Link("wuzhangai-shengming.html", "无障碍声明"),
                ),
            ),
            Menu("本站", tuple(self.document_link(document) for document in own_pages[:6])),
        )
        mistake = (
            ""
            if demonstration
            else f"https://zfwzgl.www.gov.cn/exposure/jiucuo.html?site_code={self.site.id_code}&url={quote(self.base_url, safe='')}"
        )
        badge = "" if demonstration else f"https://bszs.conac.cn/sitename?method=show&id={footer.badge}"
        return Footer(
            sponsor=footer.sponsor,
            undertaker=footer.undertaker or "",
            address=footer.address or "",
            phone=footer.phone or "",
            email=footer.email or "",
            icp=footer.icp or "",
            police=footer.police or "",
            police_url="https://beian.mps.gov.cn/" if footer.police else "",
            badge_url=badge,
            mistake_url=mistake,
            menus=tuple(menu for menu in menus if menu.links),
        )

    # --- heads -------------------------------------------------------------------------------------

    def section_meta(self, slug: str) -> tuple[tuple[str, str], ...]:
        """Return the four column tags of a section (domain/01, 1.1)."""
        meta = self._section_meta.get(slug)
        if meta is None:
            document = self.pool.sections[slug].document
            meta = self._section_meta[slug] = (
                *self._site_meta,
                ("ColumnName", document.title),
                ("ColumnDescription", document.data["description"]),
                ("ColumnKeywords", "，".join(document.data.get("keywords") or (document.title,))),
                ("ColumnType", "，".join(document.data["column_type"])),
            )
        return meta

    def column_meta(self, name: str, description: str, column_type: str) -> tuple[tuple[str, str], ...]:
        """Return the tags of a page that is a column of its own, such as the catalogue."""
        return (
            *self._site_meta,
            ("ColumnName", name),
            ("ColumnDescription", description),
            ("ColumnKeywords", name),
            ("ColumnType", column_type),
        )

    def crumbs(self, slug: str) -> tuple[Link, ...]:
        """Return the breadcrumbs down to a section, home first."""
        links = self._crumbs.get(slug)
        if links is None:
            path = [name for name in self.pool.path_to(slug) if self.has_section(name)]
            below = (Link(self.section_url(name), self.pool.sections[name].document.title) for name in path)
            links = self._crumbs[slug] = (Link("index.html", "首页"), *below)
        return links

    def page(
        self,
        path: str,
        title: str,
        heading: str,
        *,
        meta: tuple[tuple[str, str], ...],
        breadcrumbs: tuple[Link, ...],
        description: str = "",
        section: str = "",
        canonical: str = "",
        card: str = "",
        **more: Any,
    ) -> Page:
        """Return head and breadcrumbs; ``title`` is what stands before the site's name.

        Args:
            card: Site-relative or absolute address of the picture shown where the page is shared; the site's
                own if empty.
        """
        return Page(
            path=path,
            root=relative_root(path),
            title=f"{title}-{self.site.name}" if title else self.site.name,
            heading=heading,
            description=description,
            canonical=canonical or self.base_url + ("" if path == "index.html" else path),
            meta=self._described(meta, description or heading),
            breadcrumbs=breadcrumbs,
            menu_current=self.menu_of(section) if section else ("index.html" if path == "index.html" else ""),
            sharing=self._sharing(path, heading, description, canonical, card),
            **more,
        )

    def _described(self, meta: tuple[tuple[str, str], ...], text: str) -> tuple[tuple[str, str], ...]:
        """Add a description for search engines where the official tags of the page hold none."""
        if any(name == "Description" for name, _ in meta):
            return meta
        return (*meta, ("description", dict(meta).get("ColumnDescription") or text))

    def card_url(self, kind: str = "", document: Document | None = None) -> str:
        """Return the address of the card of a document, of a kind, or of the site; empty where none is drawn."""
        if not self.draws or not self.settings.cards.drawn:
            return ""
        if document is not None and card_label(document) in self.settings.cards.each:
            return document.url.removesuffix(".html") + "-fenxiang.png"
        name = kind.replace("_", "-") if self.library.by_kind.get(kind) and KIND_BY_NAME[kind].url else "site"
        return f"share/{name}.png"

    def _sharing(
        self, path: str, heading: str, description: str, canonical: str, card: str
    ) -> tuple[tuple[str, str], ...]:
        """Return what services read where a link is shared: Open Graph, and one tag of Twitter's."""
        card = card or self.card_url()
        drawn = card and "://" not in card
        picture = card if "://" in card else self.base_url + card if card else ""
        pairs = [
            ("og:type", "website" if path == "index.html" else "article"),
            ("og:site_name", self.site.name),
            ("og:title", heading),
            ("og:url", canonical or self.base_url + ("" if path == "index.html" else path)),
        ]
        if description:
            pairs.append(("og:description", description[:120]))
        if picture:
            pairs.append(("og:image", picture))
        if drawn:
            pairs += CARD_SIZE
        return (*pairs, ("twitter:card", "summary_large_image" if picture else "summary"))

    def menu_of(self, slug: str) -> str:
        urls = {link.url for link in self.frame.menu}
        for name in reversed(self.pool.path_to(slug)):
            if self.section_url(name) in urls:
                return self.section_url(name)
        return ""

    def home_meta(self) -> tuple[tuple[str, str], ...]:
        """Return the three tags of the home page."""
        return self._site_meta

    def primary_section(self, document: Document) -> str:
        """Return the section that a document's page belongs to on this site, or an empty text."""
        fallback = KIND_BY_NAME[document.kind].section
        return next((slug for slug in (*document.sections, fallback) if slug and self.has_section(slug)), "")

    @cached_property
    def _repeated_titles(self) -> frozenset[str]:
        counts = Counter(document.title for document in self.library.documents.values())
        return frozenset(title for title, count in counts.items() if count > 1)

    def titles_repeated(self, title: str) -> bool:
        """Whether another document of the site has the same title, so that <title> must tell them apart."""
        return title in self._repeated_titles

    @cached_property
    def _issued(self) -> dict[str, list[Document]]:
        issued: dict[str, list[Document]] = defaultdict(list)
        for document in self.library.published:
            for name in document.issuer:
                organisation = self.pool.organisations.get(name)
                if organisation:
                    issued[organisation.id].append(document)
        return issued

    def issued_by(self, organisation: Document) -> list[Document]:
        """Return all that an organisation issued, newest first."""
        return self._issued.get(organisation.id, [])

    def around(self, members: Iterable[Document]) -> list[Document]:
        """Return documents with the interpretations, questions and guides that turn around them, newest first."""
        found = {document.id: document for document in members}
        for name in list(found):
            for relation in self.pool.relations_to.get(name, ()):
                source = self.library.documents.get(relation.source)
                if source and source.kind in ("interpretation", "question", "service_guide", "consultation"):
                    found.setdefault(source.id, source)
        return sorted(found.values(), key=lambda document: (document.published_at, document.id), reverse=True)

    def once(self, make: Callable[[Context], T]) -> T:
        """Return what a function makes of this context; it is called once."""
        if make not in self._made:
            self._made[make] = make(self)
        return self._made[make]  # type: ignore[no-any-return]

    # --- rows --------------------------------------------------------------------------------------

    def badge(self, document: Document) -> Badge | None:
        """Return the validity of a policy or regulation, or the state of a thing with a life cycle."""
        standing = self.library.standing(document)
        if standing and standing.validity:
            word = standing.validity.value
            return Badge(standing.validity.slug, f"已{word}" if standing.validity.is_over else word)
        kind = KIND_BY_NAME[document.kind]
        if kind.life_cycle:
            state = kind.life_cycle.state_on(date.fromisoformat(self.today), document.data)
            return Badge(state.slug, state.label)
        return None

    def row(self, document: Document) -> Row:
        """Return a document as it stands in listings."""
        row = self._rows.get(document.id)
        if row is None:
            row = self._rows[document.id] = Row(
                url=self.library.address(document),
                title=document.title,
                kind=document.kind,
                kind_label=KIND_BY_NAME[document.kind].label,
                date=document.date,
                number=document.document_number,
                issuer="、".join(self.short_name(name) for name in document.issuer),
                badge=self.badge(document),
                marks=self._marks(document),
                summary=self.summary(document),
            )
        return row

    def row_digest(self, document: Document) -> bytes:
        """Return the digest of a document's row."""
        digest = self._row_digests.get(document.id)
        if digest is None:
            digest = self._row_digests[document.id] = digest_value(self.row(document))
        return digest

    def short_name(self, name: str) -> str:
        document = self.pool.organisations.get(name)
        return str(document.data.get("short_name") or name) if document else name

    def summary(self, document: Document) -> str:
        """Return what describes a document in a sentence or two: typed, else the short answer, else the text's beginning."""
        if document.kind == "question" and self.pool.is_unfounded(document):
            return "依据的文件已经废止或失效，答案正在核对"
        typed = document.data.get("summary") or document.data.get("short_answer")
        if typed:
            return " ".join(str(typed).split())
        converted = self.converted.get(document.id)
        return converted.excerpt if converted else ""

    def _marks(self, document: Document) -> tuple[Link, ...]:
        if document.kind == "interpretation":
            form = document.data["form"]
            return (Link(self.library.address(document), FORM_WORDS[form]),) if form != "文字" else ()
        relations = self.pool.relations_to.get(document.id)
        if not relations or document.kind not in ("policy", "regulation"):
            return ()
        marks: list[Link] = []
        questions = 0
        for relation in relations:
            source = self.library.documents.get(relation.source)
            if source is None:
                continue
            if relation.relation == "interprets":
                word = FORM_WORDS[source.data["form"]]
                if all(mark.text != word for mark in marks):
                    marks.append(Link(self.library.address(source), word))
            elif relation.relation == "basis.document" and source.kind == "question":
                questions += 1
        if questions:
            marks.append(Link(f"{self.library.address(document)}#questions", "问答", "", questions))
        if not marks and document.data.get("interpretation_waived"):
            marks.append(Link("", "无需解读"))
        return tuple(marks)

    # --- facets ------------------------------------------------------------------------------------

    @cached_property
    def facets(self) -> dict[str, tuple[Facet, ...]]:
        """Kind → its facets, from the kinds' declarations; a year facet for all that is published."""
        result: dict[str, tuple[Facet, ...]] = {}
        for kind in KINDS:
            documents = self.library.by_kind.get(kind.name, [])
            if kind.is_published and documents:
                result[kind.name] = tuple(facet for facet in self._facets_of(kind, documents) if facet.values)
        return result

    def _facets_of(self, kind: ContentKind, documents: list[Document]) -> Iterable[Facet]:
        for name, declared, _ in kind.items:
            if declared.facet:
                reader = _FACET_READERS.get(name, _read_label)
                facet = Facet(FACET_SLUGS.get(name, name.replace("_", "-")), declared.label, {})
                for document in documents:
                    for slug, label, order in reader(self, kind, name, document):
                        _put(facet, slug, label, order, document)
                yield facet
        years = Facet("nian", "年份", {})
        for document in documents:
            year = document.date[:4]
            _put(years, year, f"{year} 年", (-int(year), ""), document)
        yield years

    def facet_url(self, kind: ContentKind, facet: Facet, value: FacetValue) -> str:
        folder = kind.url.partition("/")[0]
        return f"{folder}/{facet.slug}/{value.slug}/index.html"

    def facet_groups(
        self, kind_name: str, current: str = "", limit: int = FACET_LINKS
    ) -> tuple[FacetGroup, ...]:
        """Return the facets of a kind as links with counts; ``current`` is the address of the page they stand on."""
        kind = KIND_BY_NAME[kind_name]
        groups: list[FacetGroup] = []
        for facet in self.facets.get(kind_name, ()):
            links = self._facet_links(kind, facet)
            if len(links) < 2:
                continue
            shown = links
            more = None
            if limit and len(links) > limit:
                shown = tuple(sorted(links, key=lambda link: -link.count)[:limit])
                more = Link(f"mulu/index.html#{kind_name}-{facet.slug}", f"全部 {len(links)} 项{facet.label}")
            if current:
                shown = tuple(
                    Link(link.url, link.text, "", link.count, link.url == current) for link in shown
                )
            groups.append(FacetGroup(f"{kind_name}-{facet.slug}", facet.label, shown, more))
        return tuple(groups)

    def _facet_links(self, kind: ContentKind, facet: Facet) -> tuple[Link, ...]:
        values = sorted(facet.values.values(), key=lambda value: value.order)
        return tuple(
            Link(self.facet_url(kind, facet, value), value.label, "", len(value.documents))
            for value in values
        )


FACET_SLUGS: Final = {
    "issuer": "jiguan",
    "authority": "jiguan",
    "party_class": "xiangduiren",
    "subject": "zhuti",
    "validity": "xiaoli",
    "form": "xingshi",
    "level": "xingzhi",
    "rank": "jibie",
    "genre": "wenzhong",
    "life_events": "rensheng",
    "life_stage": "jieduan",
    "task_type": "leixing",
    "audience": "duixiang",
    "consultation_kind": "leibie",
}

_Values = Iterable[tuple[str, str, tuple[int, str]]]


def _put(facet: Facet, slug: str, label: str, order: tuple[int, str], document: Document) -> None:
    value = facet.values.get(slug)
    if value is None:
        value = facet.values[slug] = FacetValue(slug, label, order, [])
    value.documents.append(document)


def _read_issuer(context: Context, kind: ContentKind, name: str, document: Document) -> _Values:
    for issuer in document.issuer:
        organisation = context.pool.organisations.get(issuer)
        if organisation:
            order = int(organisation.data.get("order", 100))
            yield organisation.slug, organisation.title, (order, organisation.slug)


_SUBJECT_ORDER: Final = {name: index for index, name in enumerate(SUBJECTS)}


@cache
def _first_subject(subject: str) -> tuple[str, str, tuple[int, str]]:
    first = subject.partition("\\")[0]
    return Subject(first).slug, first, (_SUBJECT_ORDER[first], "")


def _read_subject(context: Context, kind: ContentKind, name: str, document: Document) -> _Values:
    if document.subject:
        yield _first_subject(document.subject)


_VALIDITY_ORDER: Final = {member: index for index, member in enumerate(Validity)}


def _read_validity(context: Context, kind: ContentKind, name: str, document: Document) -> _Values:
    standing = context.library.standing(document)
    if standing and standing.validity:
        yield standing.validity.slug, standing.validity.value, (_VALIDITY_ORDER[standing.validity], "")


def _read_genre(context: Context, kind: ContentKind, name: str, document: Document) -> _Values:
    genre = document.data.get("genre") or genre_of(document.title)
    if genre in GENRES:
        index = GENRES.index(genre)
        yield str(index + 1), genre, (index, "")


def _read_label(context: Context, kind: ContentKind, name: str, document: Document) -> _Values:
    """Read a closed set: its members' own slugs, else their numbers. Free words have no address and no page."""
    members = label_members(kind, name)
    value = document.data.get(name)
    if value is None:
        default = kind.model.model_fields[name].default
        value = default.value if isinstance(default, Label) else None
    for word in value if isinstance(value, list) else [value] if value else []:
        if word in members:
            index, slug = members[word]
            yield slug, word, (index, "")


_member_cache: dict[tuple[str, str], dict[str, tuple[int, str]]] = {}


def label_members(kind: ContentKind | RecordKind, name: str) -> dict[str, tuple[int, str]]:
    """Return the members of a closed set: word → position and address segment; empty for other fields."""
    key = (kind.name, name)
    if key not in _member_cache:
        labels = _label_type(kind.model.model_fields[name].annotation)
        _member_cache[key] = (
            {
                member.value: (index, str(getattr(member, "slug", index + 1)))
                for index, member in enumerate(labels)
            }
            if labels
            else {}
        )
    return _member_cache[key]


def _label_type(annotation: Any) -> type[Label] | None:
    if isinstance(annotation, type) and issubclass(annotation, Label):
        return annotation
    return next((found for argument in get_args(annotation) if (found := _label_type(argument))), None)


_FACET_READERS: Final[dict[str, Callable[[Context, ContentKind, str, Document], _Values]]] = {
    "issuer": _read_issuer,
    "subject": _read_subject,
    "validity": _read_validity,
    "genre": _read_genre,
}

_GENRE: Final = re.compile(
    r"(?:的)?(决议|决定|命令|令|公报|公告|通告|意见|通知|通报|报告|请示|批复|议案|函|纪要)(?:（[^）]*）)?$"
)


def genre_of(title: str) -> str:
    """Return the genre (文种) with which a title ends, or an empty text."""
    match = _GENRE.search(title)
    return match[1] if match else ""
