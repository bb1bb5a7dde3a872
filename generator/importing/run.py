"""The import as a whole: sources → content files and a report. Prints nothing."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from generator.diagnostics import Diagnostic, Severity
from generator.importing.errors import UnreadableSource
from generator.importing.mapping import BUNDLED, FieldMapping, bundled_names, read_mapping
from generator.importing.slugs import Slugs
from generator.importing.sources import DOCUMENT_SUFFIXES, read_source
from generator.importing.tables import TableReader, is_table
from generator.importing.write import Written, document_file, record_file, store
from generator.kinds import KIND_BY_NAME, ContentKind

log = logging.getLogger(__name__)


class ImportedItem(msgspec.Struct, frozen=True):
    """A document that was written from a file of its own.

    Attributes:
        source: As given, POSIX.
        path: Content file, relative to the project folder.
        unrecognised: Chinese sentences: what is missing or was left out.
        inferred: Chinese sentences: what was concluded rather than read.
    """

    source: str
    path: str
    title: str
    unrecognised: tuple[str, ...]
    inferred: tuple[str, ...]


class ImportReport(msgspec.Struct, frozen=True):
    """What an import did.

    Attributes:
        read: Documents and records found in the sources.
        written: Content files written, relative to the project folder, in order.
        collisions: Content files that existed and were left alone.
        items: One for each source document; records of tables appear in `diagnostics` only.
    """

    read: int
    written: tuple[str, ...]
    collisions: tuple[str, ...]
    items: tuple[ImportedItem, ...]
    diagnostics: tuple[Diagnostic, ...]


def run_import(
    sources: Sequence[Path],
    *,
    target: Path,
    kind: str = "policy",
    mapping: Path | str | None = None,
    defaults: Mapping[str, str] | None = None,
    overwrite: bool = False,
    limit: int | None = None,
) -> ImportReport:
    """Import files, folders and tables into a project folder.

    Args:
        sources: Files, or folders that are searched for documents.
        target: The project folder; files go below its ``content/``.
        kind: Kind of the documents; tables take theirs from the mapping.
        mapping: Field mapping for tables: a file, or the name of a bundled one.
        defaults: Front matter label → value for documents that state none.
        limit: Import only so many records of each table.
    """
    run = _Run(target, overwrite)
    fields = run.mapping(mapping) if mapping is not None else None
    for path in _files(sources, run):
        if is_table(path):
            if fields is None and mapping is None:
                remedy = f"用 --mapping 指明字段映射文件，或自带的映射：{'、'.join(bundled_names())}"
                run.problem(path, "import-mapping", "导入表格需要字段映射", remedy)
            elif fields is not None:
                run.table(path, fields, limit)
        else:
            run.document(path, KIND_BY_NAME[kind], defaults or {})
    log.info("imported %d of %d documents", len(run.written), run.read)
    return run.report()


class _Run:
    def __init__(self, target: Path, overwrite: bool) -> None:
        self._target = target
        self._overwrite = overwrite
        self._slugs = Slugs()
        self._items: list[ImportedItem] = []
        self._diagnostics: list[Diagnostic] = []
        self._collisions: list[str] = []
        self.read = 0
        self.written: list[str] = []

    def problem(self, path: Path, code: str, message: str, remedy: str) -> None:
        self._diagnostics.append(Diagnostic(path.as_posix(), 0, 0, Severity.ERROR, code, message, remedy))

    def mapping(self, named: Path | str) -> FieldMapping | None:
        path = Path(named)
        if str(named) in bundled_names():
            path = BUNDLED / f"{named}.yml"
        found, diagnostics = read_mapping(path)
        self._diagnostics += diagnostics
        return found

    def document(self, path: Path, kind: ContentKind, defaults: Mapping[str, str]) -> None:
        self.read += 1
        try:
            document = read_source(path)
        except UnreadableSource as error:
            self.problem(path, "import-unreadable", error.message, error.remedy)
            return
        slug = self._slugs.claim(document_number=document.document_number, title=document.title or path.stem)
        file = document_file(document, kind, slug, defaults)
        if self._store(path, 0, file):
            item = ImportedItem(
                path.as_posix(), file.path, document.title, document.unrecognised, document.inferred
            )
            self._items.append(item)

    def table(self, path: Path, mapping: FieldMapping, limit: int | None) -> None:
        reader = TableReader(mapping)
        kind = KIND_BY_NAME[mapping.kind]
        number, title = kind.keys.labels.get("document_number", ""), kind.keys.labels["title"]
        try:
            for count, record in enumerate(reader.records(path), start=1):
                if limit is not None and count > limit:
                    break
                self.read += 1
                slug = self._slugs.claim(
                    record.identifier, str(record.values.get(number, "")), str(record.values.get(title, ""))
                )
                self._store(path, record.place, record_file(record.values, record.body, kind, slug))
        except (UnreadableSource, OSError, EOFError) as error:
            message = error.message if isinstance(error, UnreadableSource) else "文件读不完整"
            remedy = error.remedy if isinstance(error, UnreadableSource) else "检查文件是否完整、有无读取权限"
            self.problem(path, "import-unreadable", message, remedy)
        self._diagnostics += reader.diagnostics(path.as_posix())

    def _store(self, source: Path, line: int, file: Written) -> bool:
        taken = store(self._target, file, overwrite=self._overwrite)
        if not taken:
            self.written.append(file.path)
            return True
        self._collisions.append(taken)
        self._diagnostics.append(
            Diagnostic(
                source.as_posix(),
                line,
                0,
                Severity.WARNING,
                "import-exists",
                f"{taken} 已经存在，没有覆盖",
                "确认要用新内容替换时，加 --overwrite 再导入",
            )
        )
        return False

    def report(self) -> ImportReport:
        return ImportReport(
            self.read,
            tuple(self.written),
            tuple(self._collisions),
            tuple(self._items),
            tuple(self._diagnostics),
        )


def _files(sources: Sequence[Path], run: _Run) -> Iterator[Path]:
    """Yield files as given, and the documents below folders in the order of their paths."""
    for source in sources:
        if source.is_dir():
            yield from (
                path
                for path in sorted(source.rglob("*"))
                if path.suffix.lower() in DOCUMENT_SUFFIXES
                and path.is_file()
                and not path.name.startswith((".", "~$"))
            )
        elif source.is_file():
            yield source
        else:
            run.problem(source, "import-missing", "找不到要导入的文件", "检查路径")
