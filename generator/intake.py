"""Files of the content tree → documents, records and facts about attachments; unchanged ones from the cache."""

from __future__ import annotations

import os
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import msgspec

from generator import privacy, wording
from generator.cache import read_value, write_value
from generator.diagnostics import Diagnostic, Severity, did_you_mean
from generator.digest import digest_bytes
from generator.fields import SLUG, DocumentNumber
from generator.images import measure
from generator.kinds import KIND_BY_NAME, RECORD_KIND_BY_NAME, ContentKind
from generator.load import SourceDocument, decode, load_document, load_rows
from generator.markup import Reference, scan
from generator.paths import FoundFile, safe_join
from generator.pool import run
from generator.validate import Document, RecordItem, lenient, validate_document, validate_row
from generator.yaml_nodes import Scalar
from generator.yaml_nodes import Sequence as ListNode

DOCUMENT_SUFFIXES: Final = (".md", ".yml", ".yaml")
ROW_SUFFIXES: Final = (".csv", ".yml", ".yaml")
WAIVED: Final = "已豁免："
NEVER_WAIVED: Final = frozenset(
    {
        "alias-taken", "duplicate-id", "duplicate-url", "path-escapes", "raw-script", "repeal-cycle", "section-cycle",
        "unknown-section", "unknown-topic",
    }
)  # fmt: skip
"""Problems that would break the site or the law of references if they stood."""
IMAGE_SUFFIXES: Final = (".png", ".jpg", ".jpeg", ".webp", ".gif", ".avif", ".svg")


class Stamp(msgspec.Struct, frozen=True, array_like=True):
    """What tells, without reading, that a file is as it was."""

    size: int
    modified_ns: int
    inode: int


class Taken(msgspec.Struct, frozen=True, array_like=True):
    """What one content file gave.

    Attributes:
        faulty: Where the file has errors and gives no document: the names under which others refer to it.
    """

    path: str
    digest: bytes
    document: Document | None
    references: tuple[Reference, ...]
    records: tuple[RecordItem, ...]
    diagnostics: tuple[Diagnostic, ...]
    faulty: tuple[str, ...] = ()


class FileTaken(msgspec.Struct, frozen=True, array_like=True):
    """What is known of a file beside a document; the digest of pictures only."""

    path: str
    absolute: str
    stamp: Stamp
    format: str
    pages: int
    width: int
    height: int
    diagnostics: tuple[Diagnostic, ...]
    digest: bytes = b""


class IntakeCache:
    """What the last run took in; what a file gave is decoded when it is asked for.

    Attributes:
        written_ns: When the run listed the files: those touched later are read again.
        token: Unlike that of any other run; empty where nothing was taken in.
        stamps: Of the content files, by their path.
        files: Files beside documents.
    """

    def __init__(
        self,
        written_ns: int = 0,
        token: bytes = b"",
        stamps: dict[str, Stamp] | None = None,
        files: dict[str, FileTaken] | None = None,
    ) -> None:
        self.written_ns = written_ns
        self.token = token
        self.stamps = stamps if stamps is not None else {}
        self.files = files if files is not None else {}
        self._taken: dict[str, Taken] = {}
        self._stored: dict[str, msgspec.Raw] = {}

    def taken(self, path: str) -> Taken:
        """Return what a content file gave."""
        taken = self._taken.get(path)
        if taken is None:
            taken = self._taken[path] = _decoder.decode(self._stored[path])
        return taken

    def is_fresh(self, file: FoundFile) -> bool:
        """Whether a file is as it was taken in."""
        if file.modified_ns >= self.written_ns:
            return False
        stamp = Stamp(file.size, file.modified_ns, file.inode)
        if file.path in self.stamps:
            return self.stamps[file.path] == stamp
        known = self.files.get(file.path)
        return known is not None and known.stamp == stamp and known.absolute == file.absolute

    def changed(self, found: Sequence[FoundFile]) -> list[FoundFile] | None:
        """Return the content files that may have changed; None if another file did, or any came or went."""
        if len(found) != len(self.stamps) + len(self.files):
            return None
        changed = [file for file in found if not self.is_fresh(file)]
        return changed if all(file.path in self.stamps for file in changed) else None

    def renewed(
        self,
        written_ns: int,
        stamps: dict[str, Stamp],
        files: dict[str, FileTaken],
        taken: Mapping[str, Taken],
    ) -> IntakeCache:
        """Return the cache for the next run, in which ``taken`` replaces what some files gave."""
        new = IntakeCache(written_ns, os.urandom(16), stamps, files)
        new._taken = {path: found for path, found in self._taken.items() if path in stamps}
        new._taken.update(taken)
        new._stored = {
            path: raw for path, raw in self._stored.items() if path in stamps and path not in taken
        }
        return new

    def edited(self, written_ns: int, edits: Mapping[str, tuple[FoundFile, Taken]]) -> IntakeCache:
        """Return the cache for the next run, where nothing but some content files changed."""
        stamps = dict(self.stamps)
        for path, (file, _) in edits.items():
            stamps[path] = Stamp(file.size, file.modified_ns, file.inode)
        taken = {path: found for path, (_, found) in edits.items()}
        return self.renewed(written_ns, stamps, self.files, taken)

    def save(self, path: Path, version: str) -> None:
        """Store what this run took in."""
        stored = {
            name: self._stored.get(name) or msgspec.Raw(msgspec.msgpack.encode(self._taken[name]))
            for name in self.stamps
        }
        self._stored = stored
        write_value(
            path, _StoredIntake(self.written_ns, self.token, self.stamps, stored, self.files), version
        )

    @classmethod
    def load(cls, path: Path, version: str) -> IntakeCache | None:
        """Return what the last run stored, if this version wrote it."""
        stored = read_value(path, _StoredIntake, version)
        if stored is None or stored.stamps.keys() != stored.taken.keys():
            return None
        cache = cls(stored.written_ns, stored.token, stored.stamps, stored.files)
        cache._stored = stored.taken
        return cache


class _StoredIntake(msgspec.Struct, array_like=True):
    written_ns: int
    token: bytes
    stamps: dict[str, Stamp]
    taken: dict[str, msgspec.Raw]
    files: dict[str, FileTaken]


_decoder: Final = msgspec.msgpack.Decoder(Taken)


class Intake(msgspec.Struct):
    """All that the content tree holds.

    Attributes:
        diagnostics: Problems of the listing, then of each file that was read, then of files beside documents.
        of_files: How many of them are of the last sort.
        cache: To be stored for the next run.
        read: How many files were read anew.
    """

    taken: list[Taken]
    files: dict[str, FileTaken]
    diagnostics: list[Diagnostic]
    of_files: int
    cache: IntakeCache
    read: int

    @property
    def documents(self) -> list[Document]:
        return [item.document for item in self.taken if item.document]

    @property
    def records(self) -> list[RecordItem]:
        return [record for item in self.taken for record in item.records]

    @property
    def faulty(self) -> frozenset[str]:
        """Names of documents that are not there because they have errors."""
        return frozenset(name for item in self.taken for name in item.faulty)

    @property
    def references(self) -> dict[str, tuple[Reference, ...]]:
        return {item.document.id: item.references for item in self.taken if item.document and item.references}


def take_in(
    found: Sequence[FoundFile],
    problems: Sequence[Diagnostic],
    content: str,
    cache: IntakeCache | None,
    *,
    now_ns: int,
    workers: int = 1,
    progress: Callable[[int], None] | None = None,
    timed: Callable[[str, float], None] | None = None,
) -> Intake:
    """Load and validate what changed; take the rest from the cache.

    Args:
        content: Name of the content folder, which all paths begin with.
        now_ns: The time before the files were listed: files modified later are read again next time.
    """
    diagnostics = list(problems)
    old = cache or IntakeCache()
    stamps: dict[str, Stamp] = {}
    files: dict[str, FileTaken] = {}
    todo: list[FoundFile] = []
    file_todo: list[FoundFile] = []
    for file in found:
        role, problem = _role(file.path, content)
        if problem:
            diagnostics.append(problem)
        elif role == "file":
            if file.path in old.files and old.is_fresh(file):
                files[file.path] = old.files[file.path]
            else:
                file_todo.append(file)
        else:
            stamps[file.path] = Stamp(file.size, file.modified_ns, file.inode)
            if file.path not in old.stamps or not old.is_fresh(file):
                todo.append(file)
    new = {file.path: taken for file, taken in retaken(todo, old, workers, progress, timed)}
    of_file = (lambda file, seconds: timed(file.path, seconds)) if timed else None
    for facts in run(_take_file, file_todo, workers=workers, timed=of_file):
        files[facts.path] = facts
    renewed = old.renewed(now_ns, stamps, files, new)
    result = [renewed.taken(path) for path in sorted(stamps)]
    for item in result:
        diagnostics.extend(item.diagnostics)
    of_files = list(_waived_files(result, files))
    diagnostics.extend(of_files)
    return Intake(result, files, diagnostics, len(of_files), renewed, len(todo) + len(file_todo))


def retaken(
    files: Sequence[FoundFile],
    old: IntakeCache,
    workers: int = 1,
    progress: Callable[[int], None] | None = None,
    timed: Callable[[str, float], None] | None = None,
) -> Iterator[tuple[FoundFile, Taken]]:
    """Yield content files that may have changed with what they give now; equal bytes give what they gave."""
    items = [
        (file.path, file.absolute, old.taken(file.path).digest if file.path in old.stamps else b"")
        for file in files
    ]
    named = (lambda item, seconds: timed(item[0], seconds)) if timed else None
    loaded = run(_take, items, workers=workers, progress=progress, timed=named)
    for file, taken in zip(files, loaded, strict=True):
        yield file, taken if taken is not None else old.taken(file.path)


def _role(path: str, content: str) -> tuple[str, Diagnostic | None]:
    """Return whether a file is a document, a table of rows or a file beside them; or why it can be none."""
    parts = path[len(content) + 1 :].split("/")
    if len(parts) == 1:
        if parts[0].lower().startswith("readme") or parts[0] in ("synonyms.yml", "holidays.yml"):
            return "file", None
        return "", Diagnostic(
            path,
            0,
            0,
            Severity.ERROR,
            "misplaced-file",
            "文件直接放在内容目录下",
            "放进一类内容的文件夹，例如 content/policy/",
        )
    folder, name = parts[0], parts[-1]
    if folder in RECORD_KIND_BY_NAME:
        return ("rows" if name.endswith(ROW_SUFFIXES) else "file"), None
    if folder not in KIND_BY_NAME:
        known = [*KIND_BY_NAME, *RECORD_KIND_BY_NAME]
        near = did_you_mean(folder, known)
        return "", Diagnostic(
            path,
            0,
            0,
            Severity.ERROR,
            "unknown-kind",
            f"没有“{folder}”这类内容",
            near or "可用的文件夹：" + "、".join(known),
        )
    if name.endswith(DOCUMENT_SUFFIXES):
        slug = slug_of(path)
        if not SLUG.fullmatch(slug):
            return "", Diagnostic(
                path,
                0,
                0,
                Severity.ERROR,
                "bad-slug",
                f"文件名“{slug}”不能用作网址",
                "只用小写英文字母、数字和连字符，例如 szbf-2026-1.md",
            )
        return "document", None
    return "file", None


def slug_of(path: str) -> str:
    """Return the slug of a document's file: its name, or its folder's name for ``index.md``."""
    parts = path.split("/")
    stem = parts[-1].rpartition(".")[0]
    return parts[-2] if stem == "index" and len(parts) > 3 else stem


# --- one file, in a worker -------------------------------------------------------------------------


def _take(_: Any, item: tuple[str, str, bytes]) -> Taken | None:
    """Load one file; None means that its bytes are those of the cached result."""
    path, absolute, known_digest = item
    try:
        data = Path(absolute).read_bytes()
    except OSError as error:
        problem = Diagnostic(
            path,
            0,
            0,
            Severity.ERROR,
            "unreadable",
            f"文件读不出来：{error.strerror}",
            "检查文件权限，或文件是否正被其他程序占用",
        )
        return Taken(path, b"", None, (), (), (problem,))
    digest = digest_bytes(data)
    if known_digest == digest:
        return None
    folder = path.split("/")[1]
    if folder in RECORD_KIND_BY_NAME:
        return _take_rows(path, folder, data, digest)
    kind = KIND_BY_NAME[folder]
    source, diagnostics = load_document(path, folder, slug_of(path), data)
    if source is None:
        names = (path, f"{folder}/{slug_of(path)}", slug_of(path))
        return Taken(path, digest, None, (), (), tuple(diagnostics), names)
    document, problems = validate_document(source, kind, data)
    diagnostics.extend(problems)
    text, _ = decode(path, data)
    diagnostics.extend(_unsaid(_scan(path, text, document), diagnostics))
    references = scan(source.body) if source.body else ()
    if document and document.waivers:
        diagnostics = list(waived(document, diagnostics))
    faulty = () if document else names_of(source, kind)
    return Taken(path, digest, document, references, (), tuple(diagnostics), faulty)


def waived(document: Document, diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Yield diagnostics; those that the document waives become notes with the reason."""
    reasons = dict(document.waivers)
    for item in diagnostics:
        yield _waived_as(item, reasons)


def _waived_as(item: Diagnostic, reasons: Mapping[str, str]) -> Diagnostic:
    reason = reasons.get(item.code)
    if reason is None or item.code in NEVER_WAIVED:
        return item
    return msgspec.structs.replace(item, severity=Severity.NOTE, remedy=f"{WAIVED}{reason}")


def unused_waivers(documents: Iterable[Document], diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Yield waivers that nothing needs any more, or that are refused; to be asked after all other checks."""
    used: dict[str, set[str]] = {}
    for item in diagnostics:
        if item.remedy.startswith(WAIVED):
            used.setdefault(item.path, set()).add(item.code)
    for document in documents:
        for code, _ in document.waivers:
            files = (document.path, *_files_of(document))
            if code in NEVER_WAIVED or not any(code in used.get(path, ()) for path in files):
                yield document.problem("waivers", "unused-waiver", *_unused(code), Severity.WARNING)


def _unused(code: str) -> tuple[str, str]:
    """Return what is wrong with a waiver that has no effect, and what to do."""
    if code in NEVER_WAIVED:
        return f"“{code}”不能豁免，这样的错误会弄坏网站", "改正错误，删去这条豁免"
    return f"豁免的“{code}”并没有出现", "问题已经改正的，删去这条豁免；代号写错的，照报错方括号里的改"


def _files_of(document: Document) -> Iterator[str]:
    folder = document.path.rpartition("/")[0]
    for _, file in document.files:
        path = safe_join(folder, file)
        if path:
            yield path


def _waived_files(taken: Iterable[Taken], files: Mapping[str, FileTaken]) -> Iterator[Diagnostic]:
    """Yield the problems of files, waived where a document that offers the file says so."""
    owners: dict[str, list[Document]] = {}
    for item in taken:
        if item.document and item.document.waivers:
            for path in _files_of(item.document):
                owners.setdefault(path, []).append(item.document)
    for path in sorted(files):
        diagnostics: Iterable[Diagnostic] = files[path].diagnostics
        for owner in owners.get(path, ()):
            diagnostics = tuple(waived(owner, diagnostics))
        yield from diagnostics


def names_of(source: SourceDocument, kind: ContentKind) -> tuple[str, ...]:
    """Return the names under which other documents may refer to a file that could not be validated."""
    names = [source.path, f"{source.kind}/{source.slug}", source.slug]
    for key, value in source.front.items:
        if kind.keys.names.get(key.text.strip()) not in _NAMING_FIELDS:
            continue
        for node in value.items if isinstance(value, ListNode) else (value,):
            if isinstance(node, Scalar):
                number = DocumentNumber.repair(node.text)
                names += [node.text, f"《{node.text}》", str(number) if number else ""]
    return tuple(name for name in names if name)


def _take_rows(path: str, folder: str, data: bytes, digest: bytes) -> Taken:
    kind = RECORD_KIND_BY_NAME[folder]
    required = [name for name, _, info in kind.items if info.is_required()]
    rows, diagnostics = load_rows(path, folder, data, kind.keys, required)
    records: list[RecordItem] = []
    seen: dict[str, int] = {}
    for row in rows:
        record, problems = validate_row(row, kind)
        diagnostics.extend(problems)
        if record is None:
            continue
        key = str(record.data.get(kind.key, "")) if kind.key else ""
        if key and key in seen:
            label = kind.keys.labels[kind.key]
            diagnostics.append(
                Diagnostic(
                    path,
                    record.line,
                    0,
                    Severity.ERROR,
                    "duplicate-record",
                    f"{label}“{key}”与第 {seen[key]} 行重复",
                    "删去重复的一行，或核对编号",
                )
            )
            continue
        seen.setdefault(key, record.line)
        records.append(record)
    text, _ = decode(path, data)
    diagnostics.extend(_unsaid(_scan(path, text, None), diagnostics))
    diagnostics = _waived_rows(records, [row.front.line for row in rows], diagnostics)
    return Taken(path, digest, None, (), tuple(records), tuple(diagnostics))


def _waived_rows(
    records: Sequence[RecordItem], starts: Sequence[int], diagnostics: Iterable[Diagnostic]
) -> list[Diagnostic]:
    """Return the problems of a table with those that a row waives as notes, and the waivers that nothing needs.

    A row reaches down to the next one: YAML rows have several lines, and so may cells of CSV files.
    """
    waivers = {record.line: dict(record.waivers) for record in records if record.waivers}
    if not waivers:
        return list(diagnostics)
    used: set[tuple[int, str]] = set()
    result: list[Diagnostic] = []
    for item in diagnostics:
        row = bisect_right(starts, item.line) - 1
        line = starts[row] if row >= 0 else 0
        result.append(_waived_as(item, waivers.get(line, {})))
        if result[-1] is not item:
            used.add((line, item.code))
    for record in records:
        for code, _ in record.waivers:
            if (record.line, code) not in used:
                message, remedy = _unused(code)
                result.append(
                    Diagnostic(
                        record.path, record.line, 0, Severity.WARNING, "unused-waiver", message, remedy
                    )
                )
    return result


def _unsaid(found: Iterable[Diagnostic], known: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Return doubts about dates and numbers in running text, without those that a field has settled."""
    settled = {item.line for item in known if item.code in ("bad-date", "bad-time", "bad-document-number")}
    return [item for item in found if item.line not in settled or item.code not in _FIELD_MATTERS]


_NAMING_FIELDS: Final = frozenset({"title", "document_number", "index_number", "short_name", "other_names"})
_FIELD_MATTERS: Final = frozenset({"impossible-date", "document-number-brackets"})


def _scan(path: str, text: str, document: Document | None) -> Iterator[Diagnostic]:
    """Yield personal data and doubtful wording, with their places in the file."""
    found: list[Diagnostic] = []
    for leak in privacy.scan_text(text):
        line, column = _place(text, leak.start)
        found.append(Diagnostic(path, line, column, leak.severity, leak.code, leak.message, leak.remedy))
    told = {(item.line, item.code) for item in found}
    for line, table in privacy.scan_tables(text):
        if (line, table.kind) not in told:
            found.append(Diagnostic(path, line, 1, table.severity, table.code, table.message, table.remedy))
    doubtful = [
        Diagnostic(path, *_place(text, word.start), word.severity, word.code, word.message, word.remedy)
        for word in wording.scan(text)
    ]
    found.extend(lenient(doubtful) if document and document.imported else doubtful)
    yield from found


def _place(text: str, offset: int) -> tuple[int, int]:
    line = text.count("\n", 0, offset) + 1
    return line, offset - (text.rfind("\n", 0, offset) + 1) + 1


def _take_file(_: Any, file: FoundFile) -> FileTaken:
    stamp = Stamp(file.size, file.modified_ns, file.inode)
    lowered = file.path.lower()
    if lowered.endswith(IMAGE_SUFFIXES):
        width, height, problem = measure(file.path, file.absolute)
        return FileTaken(
            file.path,
            file.absolute,
            stamp,
            lowered.rpartition(".")[2].upper(),
            0,
            width,
            height,
            (problem,) if problem else (),
            b"" if problem else digest_bytes(Path(file.absolute).read_bytes()),
        )
    if lowered.rpartition("/")[2].startswith(("readme", "synonyms.yml", "holidays.yml")):
        return FileTaken(file.path, file.absolute, stamp, "", 0, 0, 0, ())
    # Readers of PDF and Office files load slowly, and most runs see no new attachment.
    from generator.attachments import inspect, privacy_problems

    facts = inspect(Path(file.absolute))
    problems = (*facts.problems, *privacy_problems(facts))
    diagnostics = tuple(
        Diagnostic(file.path, 0, 0, problem.severity, problem.code, problem.message, problem.hint)
        for problem in problems
    )
    return FileTaken(file.path, file.absolute, stamp, facts.format, facts.pages or 0, 0, 0, diagnostics)
