"""Records to index files: the only writer of a search folder.

The files are a function of the records and the options alone. What `cache_dir` keeps only saves time: where it
is missing, foreign or does not fit, everything is built again.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from functools import cache
from importlib.resources import files
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory

import msgspec

from search import state
from search.arrange import Arrangement
from search.assets import client_files
from search.crew import Crew
from search.expansion import expansion_files
from search.gather import Sources
from search.manifest import columns, fold_file, manifest
from search.options import Options, settings_of
from search.output import Output, digest, present
from search.packs import packable, write_packs
from search.postings import MOST_DOCUMENTS
from search.records import RecordSource, SearchRecord, source_of
from search.state import Known, Remembered
from search.suggest import suggestion_files

log = logging.getLogger(__name__)


class BuildReport(msgspec.Struct, frozen=True):
    """What a build did.

    Attributes:
        files: Digest of every file that belongs to the index, by POSIX path below the search folder.
        changed: Paths written in this run.
        removed: Paths deleted in this run.
        documents: Number of documents.
        parts: Number of their parts, which is the number of text files.
        complete: Whether the base segment was encoded anew.
    """

    files: dict[str, bytes]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    documents: int
    parts: int
    complete: bool


def build(
    records: Iterable[SearchRecord | RecordSource],
    out_dir: Path,
    options: Options | None = None,
    cache_dir: Path | None = None,
) -> BuildReport:
    """Write the index of these records into ``out_dir`` and report the files.

    Args:
        records: In any order; a `RecordSource` is loaded only if its digest is new.
        out_dir: Belongs to the index alone. Give the same folder again to have it brought up to date;
            copy or link ``report.changed`` and delete ``report.removed`` to publish it elsewhere.
        options: What the index should know of the site.
        cache_dir: Kept between builds for speed; about 4 bytes per character of content.

    Raises:
        ValueError: If two records share an id.
    """
    chosen = options or Options()
    sources = [each if isinstance(each, RecordSource) else source_of(each) for each in records]
    if chosen.layout != "packed":
        return _Run(sources, out_dir, chosen, cache_dir).run()
    with ExitStack() as stack:
        staging = cache_dir / "files" if cache_dir else Path(stack.enter_context(TemporaryDirectory()))
        report = _Run(sources, staging, chosen, cache_dir).run()
        return _published(report, staging, out_dir)


def _published(report: BuildReport, staging: Path, out_dir: Path) -> BuildReport:
    """Bring all but the loose files of a staged build to where they are served."""
    shown = {path: new for path, new in report.files.items() if not packable(path)}
    there = present(out_dir)
    changed = [path for path in shown if path in report.changed or path not in there]
    for path in changed:
        target = out_dir / path
        target.parent.mkdir(parents=True, exist_ok=True)
        copyfile(staging / path, target)
    removed = sorted(there - shown.keys())
    for path in removed:
        (out_dir / path).unlink()
    return msgspec.structs.replace(report, files=shown, changed=tuple(changed), removed=tuple(removed))


@cache
def _fingerprint() -> bytes:
    """Return the digest of this package's own files: another program shares no cache."""
    folder = files("search")
    own = [each for each in folder.iterdir() if each.name.endswith(".py")]
    parts = [*own, *folder.joinpath("data").iterdir(), *folder.joinpath("client").iterdir()]
    return digest(b"\0".join(each.read_bytes() for each in sorted(parts, key=lambda each: each.name)))


class _Run:
    """One build, from sorted sources to the remembered state."""

    def __init__(
        self, sources: list[RecordSource], folder: Path, options: Options, cache_dir: Path | None
    ) -> None:
        self.options = options
        self.cache_dir = cache_dir
        self.sources = sorted(sources, key=lambda source: (source.date, source.id))
        ids = [source.id for source in self.sources]
        if len(set(ids)) != len(ids):
            raise ValueError("two records share an id")
        if len(ids) >= MOST_DOCUMENTS:
            raise ValueError(f"more than {MOST_DOCUMENTS - 1} records")
        self.suggestions = (0, 0)
        self.lessons = (b"", 0)
        self.settings = digest(msgspec.msgpack.encode(msgspec.structs.replace(options, workers=1)))
        self.before = self._remembered(folder)
        files_before = self.before.files if self.before else dict.fromkeys(present(folder), b"")
        self.output = Output(folder, files_before)

    def _remembered(self, folder: Path) -> Remembered | None:
        before = state.load(self.cache_dir) if self.cache_dir is not None else None
        if before is None or before.fingerprint != _fingerprint():
            return None
        return before if before.files.keys() <= present(folder) else None

    def run(self) -> BuildReport:
        before = self.before
        if before is not None and self._nothing_changed(before):
            return self._report(before.documents, False)
        if self.cache_dir is not None:
            state.forget(self.cache_dir)
        with ExitStack() as stack:
            keeping = self.cache_dir / "runs" if self.cache_dir is not None else None
            stored = keeping or Path(stack.enter_context(TemporaryDirectory()))
            stored.mkdir(parents=True, exist_ok=True)
            arranged = Arrangement(self.sources, before, self.output, stored, _fingerprint())
            context = Sources(self.sources, self.output.folder)
            with Crew(self.options.workers, context) as crew:
                arranged.write(crew)
            report = self._completed(arranged)
            if keeping is not None:
                state.prune(keeping, [*arranged.base.blocks, *arranged.delta.blocks])
        return report

    def _completed(self, arranged: Arrangement) -> BuildReport:
        """Write all else; remember the build."""
        documents = arranged.documents
        settings = settings_of(self.options) | self._suggestions(documents) | self._expansion(documents)
        for name, data in client_files().items():
            self.output.write(name, data)
        self.output.write(
            "m.bin",
            manifest(
                documents,
                blocks=arranged.base.blocks,
                base=arranged.base.segment,
                delta=arranged.delta.segment,
                frequencies=arranged.base.totals.frequencies + arranged.delta.totals.frequencies,
                settings=settings,
            ),
        )
        for path, data in columns(documents).items():
            self.output.write(path, data)
        self.output.write("fold.bin", fold_file())
        packs: dict[str, bytes] = {}
        if self.options.layout != "files":
            packs = write_packs(self.output, self.before.packs if self.before else {})
        removed = self.output.remove_rest()
        if self.cache_dir is not None:
            state.save(
                self.cache_dir,
                Remembered(
                    fingerprint=_fingerprint(),
                    settings=self.settings,
                    base=arranged.base.segment.tag,
                    layout=arranged.base.segment.layout,
                    blocks=arranged.base.blocks,
                    delta=arranged.delta.blocks,
                    documents=documents,
                    files=self.output.files,
                    suggestions=self.suggestions,
                    lessons=self.lessons,
                    packs=packs,
                ),
            )
        return self._report(documents, arranged.complete, removed)

    def _nothing_changed(self, before: Remembered) -> bool:
        if before.settings != self.settings or len(before.documents) != len(self.sources):
            return False
        pairs = zip(before.documents, self.sources, strict=True)
        if any(one.id != other.id or one.digest != other.digest for one, other in pairs):
            return False
        self.output.keep(before.files)
        return True

    def _report(
        self, documents: Sequence[Known], complete: bool, removed: tuple[str, ...] = ()
    ) -> BuildReport:
        changed = tuple(sorted(self.output.changed))
        log.info("indexed %d documents, wrote %d files", len(documents), len(changed))
        parts = sum(each.parts for each in documents)
        return BuildReport(self.output.files, changed, removed, len(documents), parts, complete)

    def _suggestions(self, documents: Sequence[Known]) -> dict[str, int]:
        """Write the suggestions that differ; return their numbers of files."""
        before = self.before
        if before is not None and before.settings == self.settings:
            made = suggestion_files(documents, self.options, before.documents, before.suggestions)
        else:
            made = suggestion_files(documents, self.options)
        for path, data in made.files.items():
            self.output.write(path, data)
        self.output.keep(made.kept)
        self.suggestions = (made.characters, made.letters)
        return {"suggestCharacters": made.characters, "suggestLetters": made.letters}

    def _expansion(self, documents: Sequence[Known]) -> dict[str, int]:
        """Learn from the 问答 if they have changed; return the number of files."""
        own = [(each.lesson[0], each.lesson[1]) for each in documents if each.lesson]
        lessons = sorted({*own, *self.options.lessons})
        known = digest(msgspec.msgpack.encode(lessons))
        if self.before is not None and self.before.lessons[0] == known:
            self.lessons = self.before.lessons
            self.output.keep(path for path in self.output.before if path.startswith("e/"))
        else:
            paths, count = expansion_files(lessons)
            for path, data in paths.items():
                self.output.write(path, data)
            self.lessons = (known, count)
        return {"expansions": self.lessons[1]}
