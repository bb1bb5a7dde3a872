"""``yangguang serve``: watch the project, rebuild what changed, and show the last good site."""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final

from watchfiles import Change, watch

from generator.assets import theme_roots
from generator.build import BuildOptions, BuildState, build
from generator.config import CONFIG_NAME, ExtensionSettings, SiteGroup, load_config
from generator.diagnostics import Diagnostic, EnvironmentProblem, GeneratorError, Severity, has_errors
from generator.serving import (
    Failed,
    HandbookChanged,
    Mount,
    PreviewProcess,
    Progressed,
    Published,
    open_listener,
)
from generator.write import MANIFEST_NAME, Output, try_lock

SETTLE_MS: Final = 15
"""Changes that follow each other faster are one: editors write a file in several steps."""
GROUP_MS: Final = 200
TICK_MS: Final = 100
IDLE_SECONDS: Final = 2.0
"""After so long without a change the search index is brought up to date and the caches are written."""
PROGRESS_SECONDS: Final = 0.3
SWITCH_SECONDS: Final = 30
SHOWN_NAMES: Final = 3
FORKS: Final = sys.platform.startswith("linux")

Say = Callable[[str], None]
Today = Callable[[SiteGroup], str]


def serve(group: SiteGroup, today: Today, host: str, port: int, jobs: int, say: Say) -> None:
    """Serve the sites until interrupted.

    Args:
        today: The day that a group's pages are made for; asked again before every build.
        say: Shows a line to the editor.

    Raises:
        EnvironmentProblem: If no port is free, or the project folder cannot be written.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, partial(_interrupt, os.getpid()))
    with _preview_folder(group) as folder:
        listener = open_listener(host, port)
        bound = listener.getsockname()[1]
        if port and bound != port:
            say(f"端口 {port} 已被占用，改用 {bound}。")
        shown_host = f"[{host}]" if ":" in host else host
        with PreviewProcess(listener, host, folder, Path(group.root)) as process:
            say(f"预览地址 http://{shown_host}:{bound}/ ，按 Ctrl-C 停止。正在生成网站……")
            with contextlib.suppress(KeyboardInterrupt):
                Session(group, today, jobs, folder, process, say).run()
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
    say("预览已停止。")


def _interrupt(owner: int, number: int, frame: Any) -> None:
    """End the preview; a process forked from it, which inherits this, ends at once with its workers."""
    if os.getpid() == owner:
        raise KeyboardInterrupt
    for worker in multiprocessing.active_children():
        worker.kill()
    os._exit(0)  # a pool whose workers are gone would not end


@contextlib.contextmanager
def _preview_folder(group: SiteGroup) -> Iterator[Path]:
    """Yield an output folder that no other command writes to; kept for the next time unless it is taken."""
    own = Output(group.output_path.absolute()).state_path.parent / "preview"
    try:
        own.mkdir(parents=True, exist_ok=True)
        handle = os.open(own / "claim", os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise EnvironmentProblem(
            f"不能写入 {own}：{error.strerror or error}", "检查项目目录的权限和磁盘空间"
        ) from error
    try:
        if try_lock(handle):
            yield own / "site"
        else:
            with tempfile.TemporaryDirectory(prefix="yangguang-preview-") as other:
                yield Path(other) / "site"
    finally:
        os.close(handle)


class Session:
    """Builds whenever something changed, and says what came of it."""

    def __init__(
        self,
        group: SiteGroup,
        today: Today,
        jobs: int,
        output: Path,
        process: PreviewProcess,
        say: Say,
    ) -> None:
        self._group = group
        self._today = today
        self._jobs = jobs
        self._output = output
        self._process = process
        self._say = say
        self._root = Path(group.root)
        self._state = BuildState(is_deferred=True)
        self._day = ""
        self._config_problems: list[Diagnostic] = []
        self._config_stamp = self._stamp()
        self._has_site = False
        self._failed: list[Diagnostic] = []
        self._unsettled_since: float | None = None
        self._progressed = 0.0
        self._settler: Any = None
        self._settler_found = self._output_stamp()

    def run(self) -> None:
        """Build, then watch and build, until interrupted."""
        try:
            self._run()
        finally:
            self._stop_settler()

    def _run(self) -> None:
        while True:
            folders = self._folders()
            changes = watch(
                *folders,
                watch_filter=_is_watched,
                debounce=GROUP_MS,
                step=SETTLE_MS,
                rust_timeout=TICK_MS,
                yield_on_timeout=True,
            )
            with contextlib.closing(changes):
                next(changes)  # from here on no change is missed, also while the first build runs
                self._rebuild(None)
                for batch in changes:
                    self._take(frozenset(path for _, path in batch))
                    if self._folders() != folders:
                        break

    def _folders(self) -> list[Path]:
        roots = {Path(root) for site in self._group.sites for root in theme_roots(self._group, site)}
        wanted = [self._group.content_path, self._root / "docs", *sorted(roots)]
        if self._group.settings.extensions != ExtensionSettings():
            wanted.append(self._root / self._group.settings.extensions.folder)
        return [folder for folder in wanted if folder.is_dir()] or [self._root]

    def _stamp(self) -> tuple[tuple[int, int, int] | None, ...]:
        """Return what tells that a file in the project folder itself changed.

        They are asked for instead of watched: a watch on a file ends when an editor replaces the file.
        """
        stamps: list[tuple[int, int, int] | None] = []
        for name in (CONFIG_NAME, "mkdocs.yml"):
            try:
                facts = (self._root / name).stat()
            except OSError:
                stamps.append(None)
            else:
                stamps.append((facts.st_ino, facts.st_size, facts.st_mtime_ns))
        return tuple(stamps)

    def _take(self, changed: frozenset[str]) -> None:
        """Act on a batch of changed paths; an empty one is a tick of the clock."""
        docs = f"{self._root / 'docs'}{os.sep}"
        of_handbook = {path for path in changed if path.startswith(docs)}
        stamp = self._stamp()
        if of_handbook or stamp[1:] != self._config_stamp[1:]:
            self._process.tell(HandbookChanged())
        code = f"{self._root / self._group.settings.extensions.folder}{os.sep}"
        is_configured = stamp[0] == self._config_stamp[0] and not any(
            path.startswith(code) and path.endswith(".py") for path in changed
        )
        self._config_stamp = stamp
        if not is_configured:
            self._reload_config()
            self._rebuild(None)
        elif changed - of_handbook:
            self._rebuild(changed - of_handbook)
        elif self._today(self._group) != self._day:
            self._rebuild(None)
        elif self._unsettled_since and time.monotonic() - self._unsettled_since > IDLE_SECONDS:
            self._settle()

    def _reload_config(self) -> None:
        group, diagnostics = load_config(self._root)
        self._config_problems = diagnostics
        if group is not None and not has_errors(diagnostics):
            self._group = group

    def _settle(self) -> None:
        """Look at every file once more after a burst of changes, index for search, and write the caches.

        Where processes can fork, another one does so: the next edit does not wait for it but ends it.
        """
        if not FORKS:
            self._state.is_deferred = False
            self._rebuild(None, is_quiet=True, search=True)
            self._state.is_deferred = True
        elif self._settler is None and self._has_site and not self._failed:
            self._settler_found = self._output_stamp()
            self._settler = multiprocessing.get_context("fork").Process(
                target=_settle, args=(self._group, self._options(search=True), self._state)
            )
            self._settler.start()
            return
        elif self._settler is not None and self._settler.is_alive():
            return
        else:
            is_done = self._settler is not None and self._settler.exitcode == 0
            self._settler = None
            if is_done:
                self._state = BuildState(is_deferred=True)
            self._rebuild(None, is_quiet=True, search=not is_done)
        self._unsettled_since = None
        gc.collect()
        gc.freeze()  # what is kept between builds is not searched for garbage at every one

    def _stop_settler(self) -> None:
        if self._settler is None:
            return
        if self._output_stamp() != self._settler_found:
            self._settler.join(SWITCH_SECONDS)  # it is switching the output: soon done, but slow to repair
        self._settler.terminate()
        self._settler.join(1)
        self._settler.kill()
        self._settler.join()
        self._settler = None
        if self._output_stamp() != self._settler_found:
            # What is known here of the output is no longer true.
            self._state = BuildState(is_deferred=True)

    def _output_stamp(self) -> tuple[int, bool]:
        """Return what tells that another process began to switch the output."""
        side = Output(self._output).state_path.parent
        try:
            return (self._output / MANIFEST_NAME).stat().st_ino, (side / "journal").exists()
        except OSError:
            return 0, False

    # --- building ----------------------------------------------------------------------------------

    def _rebuild(
        self, changed: frozenset[str] | None, *, is_quiet: bool = False, search: bool = False
    ) -> None:
        """Build what changed; None for whatever did.

        Args:
            is_quiet: Say nothing unless there is news.
        """
        self._stop_settler()
        self._unsettled_since = time.monotonic()
        self._day = self._today(self._group)
        if has_errors(self._config_problems):
            self._fail(self._config_problems, is_quiet)
            return
        if not self._output.is_dir():
            self._state = BuildState(is_deferred=True)
        options = self._options(search)
        started = time.perf_counter()
        try:
            result = build(self._group, options, self._state, changed)
        except (GeneratorError, OSError) as error:
            # A file may vanish while it is read; the next look at all files settles it.
            self._state = BuildState(is_deferred=True)
            self._fail([_explained(error)], is_quiet)
            return
        diagnostics = [*self._config_problems, *result.diagnostics]
        if not result.is_published:
            self._fail(diagnostics, is_quiet)
            return
        touched = frozenset((*result.written, *result.removed))
        if touched or not is_quiet or self._failed:
            self._process.tell(Published(self._mounts(), touched, tuple(diagnostics)))
        if not is_quiet or self._failed:
            self._report(diagnostics, changed, len(touched), result.total, time.perf_counter() - started)
        self._failed = []
        self._has_site = True

    def _options(self, search: bool) -> BuildOptions:
        return BuildOptions(self._day, self._jobs, self._output, search=search, progress=self._progress)

    def _mounts(self) -> tuple[Mount, ...]:
        group = self._group
        is_shared = len({site.domain for site in group.sites}) > 1
        mounts = [
            Mount(
                site.name,
                f"/{site.id}/" if is_shared else site.base_path,
                group.folder_of(site),
                site.base_path,
                group.base_url(site),
            )
            for site in group.sites
        ]
        return tuple(sorted(mounts, key=lambda mount: -len(mount.prefix)))

    def _progress(self, stage: str, done: int, total: int) -> None:
        now = time.monotonic()
        if not self._has_site and now - self._progressed > PROGRESS_SECONDS:
            self._progressed = now
            self._process.tell(Progressed(f"{stage} {done:,} / {total:,}"))

    # --- saying ------------------------------------------------------------------------------------

    def _fail(self, diagnostics: Sequence[Diagnostic], is_quiet: bool) -> None:
        if is_quiet and self._failed == diagnostics:
            return
        self._failed = list(diagnostics)
        self._process.tell(Failed(tuple(diagnostics)))
        errors = [item for item in diagnostics if item.severity is Severity.ERROR]
        for item in errors:
            self._say(item.text())
        kept = "，继续显示上一次生成的网站" if self._has_site else ""
        self._say(f"共 {len(errors):,} 个错误{kept}。改正并保存后自动更新。")

    def _report(
        self,
        diagnostics: Sequence[Diagnostic],
        changed: frozenset[str] | None,
        touched: int,
        total: int,
        seconds: float,
    ) -> None:
        names = self._names(changed)
        for item in diagnostics:
            if item.path in names and item.severity is Severity.WARNING:
                self._say(item.text())
        if not self._has_site:
            warnings = sum(item.severity is Severity.WARNING for item in diagnostics)
            hint = f"，{warnings:,} 个警告（见 /-/problems）" if warnings else ""
            self._say(f"生成完毕：共 {total:,} 个文件，用时 {seconds:.1f} 秒{hint}。")
            return
        shown = "、".join(names[:SHOWN_NAMES]) + ("等" if len(names) > SHOWN_NAMES else "")
        cause = f"（{shown}）" if shown else ""
        self._say(f"已更新 {touched:,} 个文件，用时 {seconds:.2f} 秒{cause}。")

    def _names(self, changed: frozenset[str] | None) -> list[str]:
        """Return changed files by their paths below the project folder."""
        names = []
        for path in sorted(changed or ()):
            with contextlib.suppress(ValueError):
                names.append(Path(path).relative_to(self._root).as_posix())
        return names


def _settle(group: SiteGroup, options: BuildOptions, state: BuildState) -> None:
    """Build with search and write the caches, in a process of its own."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # workers of the index inherit it
    sys.warnoptions.append("ignore:resource_tracker")  # it would report what is left behind on a sudden end
    state.is_deferred = False
    try:
        is_published = build(group, options, state).is_published
    except (GeneratorError, OSError):
        is_published = False
    sys.exit(0 if is_published else 1)


def _is_watched(change: Change, path: str) -> bool:
    name = path.rpartition(os.sep)[2]
    return not name.startswith((".", "~$")) and not name.endswith(("~", ".swp", ".tmp"))


def _explained(error: Exception) -> Diagnostic:
    if isinstance(error, EnvironmentProblem):
        return Diagnostic("", 0, 0, Severity.ERROR, "environment", error.message, error.remedy)
    if isinstance(error, OSError):
        place = str(error.filename or "")
        return Diagnostic(
            place, 0, 0, Severity.ERROR, "unreadable", str(error.strerror or error), "稍后自动重试"
        )
    return Diagnostic("", 0, 0, Severity.ERROR, "environment", str(error))
