"""The search index of each site: records from the plan → files beside the pages."""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from generator.config import CONFIG_NAME, Engine, Layout, SiteGroup, SiteSettings
from generator.diagnostics import Diagnostic, Severity, has_errors
from generator.digest import digest_value
from generator.library import SiteLibrary
from generator.load import decode
from generator.page_table import Entry
from generator.plan import RecordNote
from generator.yaml_nodes import Scalar, YamlProblem, parse
from generator.yaml_nodes import Sequence as YamlSequence
from search import Options, RecordSource, SearchRecord

if TYPE_CHECKING:
    from search import BuildReport

FOLDER: Final = "search/"
SYNONYMS_NAME: Final = "synonyms.yml"
FAVOURED_KINDS: Final = ("question", "service_guide")

_TESTED_ANEW: Final = 40
_TESTED: Final = 4
"""So many pages the self-test looks for in an index made anew, and in one that was brought up to date."""

log = logging.getLogger(__name__)


def load_synonyms(group: SiteGroup) -> tuple[tuple[tuple[str, ...], ...], list[Diagnostic]]:
    """Read ``synonyms.yml`` of the content folder: a list of lines such as ``社会保险=社保``, official word first."""
    file = group.content_path / SYNONYMS_NAME
    name = f"{group.settings.content}/{SYNONYMS_NAME}"
    try:
        data = file.read_bytes()
    except FileNotFoundError:
        return (), []
    text, problem = decode(name, data)
    if problem:
        return (), [problem]
    try:
        tree = parse(text)
    except YamlProblem as error:
        return (), [
            Diagnostic(
                name, error.line, error.column, Severity.ERROR, error.code, error.message, error.remedy
            )
        ]
    if tree is None:
        return (), []
    remedy = "每组一行，以短横线加空格开头，规范说法写在前，用等号隔开：- 社会保险=社保"
    if not isinstance(tree, YamlSequence):
        return (), [
            Diagnostic(
                name, tree.line, tree.column, Severity.ERROR, "bad-synonyms", "同义词表应当是列表", remedy
            )
        ]
    groups: list[tuple[str, ...]] = []
    problems: list[Diagnostic] = []
    for entry in tree.items:
        words = (
            tuple(word.strip() for word in entry.text.replace("＝", "=").split("="))
            if isinstance(entry, Scalar)
            else ()
        )
        if len(words) < 2 or not all(words):
            problems.append(
                Diagnostic(
                    name,
                    entry.line,
                    entry.column,
                    Severity.ERROR,
                    "bad-synonyms",
                    "这一行不是一组同义词",
                    remedy,
                )
            )
        else:
            groups.append(words)
    return tuple(groups), problems


def index_site(
    site: SiteSettings,
    notes: Sequence[RecordNote],
    record_of: Callable[[str], SearchRecord],
    place_of: Callable[[str], str],
    side: Path,
    synonyms: tuple[tuple[str, ...], ...],
    catalogue_url: str,
    workers: int,
) -> tuple[Path, BuildReport, list[Diagnostic]]:
    """Bring the index of a site up to date; return the folder that holds it, its files, and pages it misses.

    Args:
        record_of: Returns a page's record by its id; called for those that changed.
        place_of: Returns the file or address to name a page by.
        side: Folder beside the output for what builds keep.
    """
    from search import build  # loads numpy, which most commands do without

    records = [
        RecordSource(note.id, note.date, digest_value((note.head, note.markup)), partial(record_of, note.id))
        for note in notes
    ]
    folder = side / "search" / site.id
    options = Options(
        hotline=site.hotline,
        catalogue_url=catalogue_url,
        synonyms=synonyms,
        hot_words=site.search.hot_words,
        favoured_kinds=FAVOURED_KINDS,
        layout="packed" if site.search.layout is Layout.PACKED else "files",
        workers=workers,
    )
    cache = side / "search-cache" / site.id
    problems = []
    if site.search.engine is Engine.LUNR:
        from search.lunr_engine import MOST, build_lunr

        report = build_lunr(records, folder, options, cache)
        if report.documents > MOST:
            problems.append(_too_large(site, report.documents, MOST))
    else:
        report = build(records, folder, options, cache)
    if report.changed:
        problems.extend(self_test(notes, record_of, place_of, folder, report.complete))
    if has_errors(problems):
        shutil.rmtree(cache)  # the next build tests again
    return folder, report, problems


def _too_large(site: SiteSettings, count: int, most: int) -> Diagnostic:
    return Diagnostic(
        CONFIG_NAME,
        0,
        0,
        Severity.WARNING,
        "lunr-too-large",
        f"“{site.name}”有 {count:,} 个网页，用 lunr 搜索时群众要先下载全部索引，最多适合 {most} 个",
        "删去“引擎: lunr”，改用自建引擎",
    )


def packed(site: SiteSettings) -> SiteSettings:
    """Return a site whose index works from a disk, where a browser runs scripts but fetches no files."""
    search = site.search.model_copy(update={"engine": Engine.BUILT_IN, "layout": Layout.PACKED})
    return site.model_copy(update={"search": search})


def place_of(library: SiteLibrary, name: str) -> str:
    """Return the content file of a page by its id; pages without one go by the id."""
    document = library.documents.get(name)
    return document.path if document else name


def self_test(
    notes: Sequence[RecordNote],
    record_of: Callable[[str], SearchRecord],
    place_of: Callable[[str], str],
    folder: Path,
    is_anew: bool,
) -> list[Diagnostic]:
    """Return the pages of a sample that a fresh index does not find by what readers type of them.

    Args:
        place_of: Returns the file or address to name a page by.
        is_anew: Whether all of the index is new; a larger sample is worth its time then.
    """
    try:
        from search.selftest import misses, sample
    except ModuleNotFoundError as error:
        log.info("the index is not tested: there is no %s", error.name)
        return []
    chosen = sample((note.id for note in notes), _TESTED_ANEW if is_anew else _TESTED)
    return [
        Diagnostic(
            place_of(miss.id),
            0,
            0,
            Severity.ERROR,
            "search-miss",
            f"按“{miss.query}”搜索，找不到这一页（{miss.title}）",
            "再生成一次；仍然报错的，是阳光站的缺陷，请告诉维护者。急于发布时加 --no-search",
        )
        for miss in misses((record_of(name) for name in chosen), folder)
    ]


def stage_index(
    staging: str, prefix: str, folder: Path, report: BuildReport, published: dict[str, Entry]
) -> Iterator[tuple[str, Entry, bool]]:
    """Stage the files of an index that differ from the published ones.

    Yields path, entry and whether the file was staged. Files are hard links where the file system has them:
    the index writes changed files anew, so that a published one never changes under a reader.
    """
    made: set[str] = set()
    for name, digest in report.files.items():
        path = f"{prefix}{FOLDER}{name}"
        known = published.get(path)
        if known and known.fingerprint == digest:
            yield path, known, False
            continue
        source = f"{folder}/{name}"
        entry = Entry(digest, digest.hex(), os.stat(source).st_size)  # noqa: PTH116  (hot loop)
        target = f"{staging}/{path}"
        parent = target.rpartition("/")[0]
        if parent not in made:
            os.makedirs(parent, exist_ok=True)  # noqa: PTH103  (hot loop)
            made.add(parent)
        try:
            os.link(source, target)
        except OSError:
            shutil.copyfile(source, target)
        yield path, entry, True
