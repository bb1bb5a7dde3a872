"""Resolve what bodies refer to, convert those that changed, and keep the results."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Final

import msgspec

from generator.cache import PackReader, PackWriter, Place, prune_packs, read_value, write_value
from generator.charts import Chart
from generator.config import SiteGroup
from generator.diagnostics import Diagnostic, Severity, did_you_mean
from generator.digest import digest_value, encode
from generator.extending import NO_EXTENSIONS, Extensions, loaded
from generator.fields import DocumentNumber
from generator.images import sources_of
from generator.intake import FileTaken
from generator.library import SiteLibrary
from generator.load import body_of
from generator.markup import (
    Heading,
    Reference,
    ResolvedImage,
    ResolvedLink,
    Section,
    clause_anchor,
    clause_text,
    convert,
)
from generator.paths import safe_join
from generator.plan.files import file_url
from generator.pool import run
from generator.validate import Document, lenient

MARKUP_VERSION: Final = 2


class PageBody(msgspec.Struct, frozen=True, array_like=True):
    """What a page needs of a converted body."""

    html: str
    headings: tuple[Heading, ...]
    clauses: int
    charts: tuple[Chart, ...] = ()


class TextBody(msgspec.Struct, frozen=True, array_like=True):
    """What search and checks need of a converted body."""

    anchors: tuple[str, ...]
    sections: tuple[Section, ...]


EMPTY_BODY: Final = PageBody("", (), 0)


class Stored(msgspec.Struct, frozen=True, array_like=True):
    """A converted body in the store; problems are relative to the body."""

    page: Place
    text: Place
    excerpt: str
    problems: tuple[tuple[int, int, Severity, str, str, str], ...]


class Request(msgspec.Struct, frozen=True, array_like=True):
    """A body to convert, with all its inputs."""

    key: bytes
    absolute: str
    links: tuple[tuple[str, str, ResolvedLink], ...]
    images: tuple[tuple[str, ResolvedImage], ...]
    imported: bool


def conversion_settings(group: SiteGroup) -> object:
    """Return the settings that converted bodies depend on."""
    return group.own_domains, group.extensions.markup_digest


def request_of(
    document: Document,
    absolute: str,
    links: tuple[tuple[str, str, ResolvedLink], ...],
    images: tuple[tuple[str, ResolvedImage], ...],
    settings: object,
) -> Request:
    """Return what is needed to convert a body whose references lead to ``links`` and ``images``.

    Args:
        settings: Those that the conversion depends on, see `conversion_settings`.
    """
    key = digest_value((MARKUP_VERSION, document.body_digest, (links, images), document.imported, settings))
    return Request(key, absolute, links, images, document.imported)


class AnchorUse(msgspec.Struct, frozen=True, array_like=True):
    """A link to a place inside another document, to be checked once that document is converted.

    Attributes:
        path: Of the file that has the link; ``imported`` is said of it too.
        index: Which of the references in a body this is; -1 for one in a field.
        target: Id of the other document; ``title`` is its title.
    """

    path: str
    imported: bool
    line: int
    column: int
    index: int
    target: str
    title: str
    anchor: str
    words: str


class Resolution(msgspec.Struct, frozen=True):
    """What the references of a body lead to: the request to convert it, problems, and anchors to be checked."""

    request: Request
    diagnostics: tuple[Diagnostic, ...]
    anchors: tuple[AnchorUse, ...]


class MarkupStore:
    """Converted bodies by the digest of their inputs, in pack files."""

    def __init__(self, folder: Path, version: str) -> None:
        self.folder = folder
        self._version = version
        self._index_path = folder / "index"
        self.stored: dict[bytes, Stored] = read_value(self._index_path, dict[bytes, Stored], version) or {}
        self.reader = PackReader(folder)
        self._anchors: dict[bytes, frozenset[str]] = {}

    def page(self, key: bytes) -> PageBody:
        """Return the page part of a body."""
        return msgspec.msgpack.decode(self.reader.read(self.stored[key].page), type=PageBody)

    def anchors(self, key: bytes) -> frozenset[str]:
        """Return the anchors of a body."""
        if key not in self._anchors:
            self._anchors[key] = frozenset(self.text(key).anchors)
        return self._anchors[key]

    def text(self, key: bytes) -> TextBody:
        """Return the text part of a body."""
        return msgspec.msgpack.decode(self.reader.read(self.stored[key].text), type=TextBody)

    def sections(self, key: bytes) -> tuple[Section, ...]:
        """Return the plain text of a body, cut at its headings and clauses."""
        return self.text(key).sections

    def convert(
        self,
        requests: Iterable[Request],
        domains: frozenset[str],
        workers: int,
        progress: Callable[[int], None] | None = None,
        extensions: Extensions = NO_EXTENSIONS,
        timed: Callable[[str, float], None] | None = None,
    ) -> int:
        """Convert what is not in the store; return how many bodies that were."""
        missing = list(
            {request.key: request for request in requests if request.key not in self.stored}.values()
        )
        context = (str(self.folder), domains, extensions)
        for request, stored in zip(
            missing,
            run(
                _convert,
                missing,
                context=context,
                prepare=_prepare,
                finish=_finish,
                workers=workers,
                progress=progress,
                timed=(lambda request, seconds: timed(request.absolute, seconds)) if timed else None,
            ),
            strict=True,
        ):
            self.stored[request.key] = stored
        return len(missing)

    def keep(self, live: set[bytes]) -> None:
        """Forget bodies that no page uses."""
        if live != self.stored.keys():
            self.stored = {key: self.stored[key] for key in live}
            self._anchors = {key: names for key, names in self._anchors.items() if key in live}

    def save(self) -> None:
        """Store the index and delete packs without a live body."""
        write_value(self._index_path, self.stored, self._version)
        used, size = prune_packs(
            self.folder, (place for item in self.stored.values() for place in (item.page, item.text))
        )
        if size > 4 * used + 50_000_000:
            self._compact()

    def _compact(self) -> None:
        """Copy live bodies into one new pack, so that long editing does not fill the disk."""
        writer = PackWriter(self.folder)
        for key, item in self.stored.items():
            page, text = (
                writer.append(self.reader.read(item.page)),
                writer.append(self.reader.read(item.text)),
            )
            self.stored[key] = msgspec.structs.replace(item, page=page, text=text)
        writer.close()
        self.reader.close()
        write_value(self._index_path, self.stored, self._version)
        prune_packs(self.folder, (place for item in self.stored.values() for place in (item.page, item.text)))


_Context = tuple[PackWriter, frozenset[str], tuple[Any, ...]]


def _prepare(context: tuple[str, frozenset[str], Extensions]) -> _Context:
    return PackWriter(Path(context[0])), context[1], loaded(context[2]).markdown


def _finish(context: _Context) -> None:
    context[0].close()


def _convert(context: _Context, request: Request) -> Stored:
    writer, domains, extensions = context
    body = body_of(Path(request.absolute).read_bytes(), request.absolute)
    markup = convert(
        body,
        links={(target, clause): link for target, clause, link in request.links},
        images=dict(request.images),
        imported=request.imported,
        domains=domains,
        extensions=extensions,
    )
    page = writer.append(encode(PageBody(markup.html, markup.headings, markup.clauses, markup.charts)))
    text = writer.append(encode(TextBody(markup.anchors, markup.sections)))
    problems = tuple(
        (problem.line, problem.column, problem.severity, problem.code, problem.message, problem.remedy)
        for problem in markup.problems
    )
    return Stored(page, text, markup.excerpt, problems)


# --- resolving -------------------------------------------------------------------------------------


class Resolver:
    """Resolves the references in bodies as one site shows them."""

    def __init__(
        self, library: SiteLibrary, files: Mapping[str, FileTaken], absolute: Mapping[str, str]
    ) -> None:
        self._library = library
        self._pool = library.library
        self._files = files
        self._absolute = absolute
        self._diagnostics: list[Diagnostic] = []
        self._anchors: list[AnchorUse] = []
        self._settings = conversion_settings(library.group)
        self._index = 0

    def resolve(self, document: Document) -> Resolution:
        """Return what is needed to convert a document's body, and what is wrong with its references."""
        self._diagnostics, self._anchors = [], []
        request = self._request(document)
        return Resolution(request, tuple(self._diagnostics), tuple(self._anchors))

    def _request(self, document: Document) -> Request:
        links: list[tuple[str, str, ResolvedLink]] = []
        images: list[tuple[str, ResolvedImage]] = []
        for index, reference in enumerate(self._pool.references.get(document.id, ())):
            self._index = index
            if reference.form == "image":
                image = self._image(document, reference)
                if image:
                    images.append((reference.target, image))
            elif reference.form == "path":
                link = self._path(document, reference)
                if link:
                    links.append((reference.target, reference.clause, link))
            elif reference.form != "url":
                link = self._document(document, reference)
                if link:
                    links.append((reference.target, reference.clause, link))
        shown = tuple(dict.fromkeys(links)), tuple(dict.fromkeys(images))
        return request_of(document, self._absolute[document.path], *shown, self._settings)

    def _report(self, document: Document, reference: Reference, code: str, message: str, remedy: str) -> None:
        problem = Diagnostic(
            document.path,
            document.body_line + reference.line - 1,
            reference.column,
            Severity.ERROR,
            code,
            message,
            remedy,
        )
        self._diagnostics.extend(lenient([problem]) if document.imported else [problem])

    def _document(self, document: Document, reference: Reference) -> ResolvedLink | None:
        if not reference.target:
            return None  # a place within the page itself, which the conversion checks
        required = reference.form == "wiki"
        found = self._pool.find(reference.target, document.path.rpartition("/")[0])
        if len(found) != 1:
            if required:
                self._unresolved(document, reference, found)
            return None
        if not required and found[0].id == document.id:
            return None
        return self._link(document, reference, found[0])

    def _unresolved(self, document: Document, reference: Reference, found: tuple[Document, ...]) -> None:
        if not found and self._pool.is_faulty(reference.target, document.path.rpartition("/")[0]):
            return
        shown = f"[[{reference.target}]]" if reference.form == "wiki" else reference.target
        if found:
            names = "、".join(item.id for item in found[:4])
            self._report(
                document,
                reference,
                "ambiguous-reference",
                f"“{shown}”可以指 {len(found)} 个文件：{names}",
                f"改写成其中一个的编号，例如 [[{found[0].id}]]",
            )
        else:
            self._report(
                document,
                reference,
                "dangling-reference",
                f"“{shown}”指向的文件没有找到",
                self._pool.near(reference.target),
            )

    def _link(self, document: Document, reference: Reference, target: Document) -> ResolvedLink:
        clause = reference.clause
        anchor = clause[1:] if clause.startswith("#") else (clause_anchor(clause) or "") if clause else ""
        if clause and not anchor:
            self._report(
                document,
                reference,
                "bad-clause",
                f"“{clause}”不是条款",
                "写成 第五条 或 第五条第二款第（一）项",
            )
        if anchor:
            self._anchors.append(
                AnchorUse(
                    document.path,
                    document.imported,
                    document.body_line + reference.line - 1,
                    reference.column,
                    self._index,
                    target.id,
                    target.title,
                    anchor,
                    clause.lstrip("#"),
                )
            )
        text = f"《{target.title}》" if not DocumentNumber.repair(reference.target) else reference.target
        address = self._library.address(target)
        return ResolvedLink(
            address,
            anchor,
            target.title,
            False,
            f"{text}{clause if not clause.startswith('#') else ''}",
        )

    def _path(self, document: Document, reference: Reference) -> ResolvedLink | None:
        folder = document.path.rpartition("/")[0]
        if reference.target.endswith((".md", ".yml", ".yaml")):
            found = self._pool.find(reference.target, folder)
            if len(found) != 1:
                self._unresolved(document, reference, found)
                return None
            return self._link(document, reference, found[0])
        if not reference.target:
            return None
        path = safe_join(folder, reference.target)
        if path is None:
            self._report(
                document,
                reference,
                "path-escapes",
                f"链接“{reference.target}”指向内容目录之外",
                "把文件放在本文件旁边",
            )
            return None
        if path not in self._files:
            self._report(
                document,
                reference,
                "missing-attachment",
                f"链接的文件“{reference.target}”不存在",
                near_file(path, self._files),
            )
            return None
        return ResolvedLink(file_url(document, reference.target))

    def _image(self, document: Document, reference: Reference) -> ResolvedImage | None:
        path = safe_join(document.path.rpartition("/")[0], reference.target)
        file = self._files.get(path or "")
        if file is None:
            self._report(
                document,
                reference,
                "missing-image",
                f"图片“{reference.target}”不存在",
                near_file(path or "", self._files),
            )
            return None
        url = file_url(document, reference.target)
        sources = sources_of(url, file.width) if file.digest else ()
        return ResolvedImage(url, file.width, file.height, sources)


def near_file(path: str, files: Iterable[str]) -> str:
    """Return what to do about a file that is not there: “您是不是想写…” with one beside it, in any case of letters."""
    folder, _, name = path.rpartition("/")
    beside = [file.rpartition("/")[2] for file in files if file.rpartition("/")[0] == folder]
    same = [other for other in beside if other.casefold() == name.casefold()]
    if same:
        return f"实际的文件名是“{same[0]}”，大小写要一致"
    return did_you_mean(name, beside) or "把文件放在本文件旁边，或改正文件名"


def check_files(library: SiteLibrary, files: Mapping[str, FileTaken]) -> Iterable[Diagnostic]:
    """Yield files that front matter names but that are not there."""
    for document in library.documents.values():
        folder = document.path.rpartition("/")[0]
        for name, file in document.files:
            path = safe_join(folder, file)
            if path is None:
                yield document.problem(
                    name, "path-escapes", f"“{file}”指向内容目录之外", "把文件放在本文件旁边，只写文件名"
                )
            elif path not in files:
                problem = document.problem(
                    name, "missing-attachment", f"文件“{file}”不存在", near_file(path, files)
                )
                yield from lenient([problem]) if document.imported else [problem]


def check_anchors(
    uses: Iterable[AnchorUse], anchors_of: Callable[[str], frozenset[str]]
) -> Iterable[Diagnostic]:
    """Yield links to places that the target, known by its id, does not have."""
    for use in uses:
        if use.anchor not in anchors_of(use.target):
            problem = Diagnostic(
                use.path,
                use.line,
                use.column,
                Severity.ERROR,
                "missing-clause",
                f"“{use.title}”里没有“{use.words}”",
                "核对条款；条款写成 第五条 或 第五条第二款第（一）项",
            )
            yield from lenient([problem]) if use.imported else [problem]


class Quote(msgspec.Struct, frozen=True, array_like=True):
    """A clause quoted on another page."""

    document: str
    path: str
    anchor: str
    text: str


class Quoter:
    """Quotes clauses of documents; reads each body once."""

    def __init__(self, absolute: Mapping[str, str], quotes: Iterable[Quote] = ()) -> None:
        self._absolute = absolute
        self._quotes = {(quote.document, quote.anchor): quote.text for quote in quotes}
        self._paths = {quote.document: quote.path for quote in quotes}

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """All that was quoted so far."""
        return tuple(
            Quote(name, self._paths[name], anchor, text) for (name, anchor), text in self._quotes.items()
        )

    def __call__(self, document: Document, anchor: str) -> str:
        key = (document.id, anchor)
        if key not in self._quotes:
            path = self._paths[document.id] = self._absolute[document.path]
            self._quotes[key] = _clause(path, anchor)
        return self._quotes[key]

    def holds(self, edited: frozenset[str]) -> bool:
        """Whether all that was quoted from documents that were edited since still stands there."""
        return all(
            _clause(self._paths[name], anchor) == quote
            for (name, anchor), quote in self._quotes.items()
            if name in edited
        )


def _clause(path: str, anchor: str) -> str:
    return clause_text(body_of(Path(path).read_bytes(), path), anchor) or ""


def body_problems(document: Document, stored: Stored) -> list[Diagnostic]:
    """Return the problems of a body with their places in the file; parts of a text may lack clauses."""
    is_part = bool(document.data.get("excerpt"))
    return [
        Diagnostic(document.path, document.body_line + line - 1, column, severity, code, message, remedy)
        for line, column, severity, code, message, remedy in stored.problems
        if not (is_part and code == "clause-gap")
    ]
