"""Build the same documents with this generator and with Hugo, in turns, and print a table of ratios.

    python benchmarks/build.py                     18,695 documents, pages only
    python benchmarks/build.py -n 3000 --runs 1    a quick look
    python benchmarks/build.py --search            also with the search index, against Hugo + Pagefind extended

README.md beside this file says what is measured and what is not.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import yaml

# As a script, this file's folder comes first, where search.py hides the package of that name.
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.corpus import CORPUS, make_project
from generator.fields import GENRES
from generator.kinds.policy import Level
from generator.plan.context import genre_of

ROOT: Final = Path(__file__).resolve().parents[1]
HERE: Final = ROOT / "benchmarks"
OWN: Final = (sys.executable, "-c", "from generator.cli import run; run()", "build", "--quiet")
SAMPLING_SHARE: Final = 0.05
"""At most so much of one processor goes into looking at memory."""

ADDED: Final = "sx-added"
EDIT: Final = "本段是性能测试时加上的。"


# --- one measured run ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Usage:
    """What one or more processes needed: seconds, seconds of all processors, and bytes at most at one time."""

    wall: float
    cpu: float
    peak: int

    def then(self, other: Usage) -> Usage:
        return Usage(self.wall + other.wall, self.cpu + other.cpu, max(self.peak, other.peak))


def run(command: Sequence[str | Path], log: Path) -> Usage:
    """Run a command to its end and return what it and all its descendants used."""
    os.sync()
    with log.open("wb") as output:
        begin = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=ROOT, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
        )
        ended = threading.Event()
        peaks: list[int] = []
        watcher = threading.Thread(target=lambda: peaks.extend(pss_samples(process.pid, ended)))
        watcher.start()
        # The usage of a process holds that of the descendants it waited for.
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begin
        ended.set()
        watcher.join()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        words = log.read_text(encoding="utf-8", errors="replace")[-4000:]
        raise SystemExit(f"{' '.join(map(str, command))} ended with {process.returncode}:\n{words}")
    return Usage(wall, usage.ru_utime + usage.ru_stime, max(peaks, default=0))


def pss_samples(session: int, ended: threading.Event) -> Iterator[int]:
    """Yield the summed proportional set size of a session's processes until it has ended."""
    while not ended.is_set():
        begin = time.perf_counter()
        yield sum(proportional_set_size(process) for process in processes_of(session))
        ended.wait(max(0.02, (time.perf_counter() - begin) / SAMPLING_SHARE))


def processes_of(session: int) -> Iterator[Path]:
    for entry in os.scandir("/proc"):
        if entry.name.isdigit():
            try:
                fields = Path(entry.path, "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[3]) == session:
                yield Path(entry.path)


def proportional_set_size(process: Path) -> int:
    try:
        with (process / "smaps_rollup").open(encoding="ascii") as lines:
            return next((int(line.split()[1]) << 10 for line in lines if line.startswith("Pss:")), 0)
    except OSError:
        return 0


# --- the two sides ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Side:
    """A program under test.

    Attributes:
        source: A complete project, copied for every run.
        added: Text of the document that is added in the last scenario.
        documents: Folder of the documents, below the project.
        commands: The commands that build a project, one after another.
    """

    name: str
    source: Path
    added: str
    documents: str
    commands: Callable[[Path], list[list[str | Path]]]

    def build(self, project: Path) -> Usage:
        total = Usage(0, 0, 0)
        for command in self.commands(project):
            total = total.then(run(command, project / "log.txt"))
        return total

    def page(self, project: Path, document: str) -> str:
        return next((project / "public").rglob(f"{document}.html")).read_text(encoding="utf-8")


def own_side(source: Path, added: str, *, search: bool) -> Side:
    def commands(project: Path) -> list[list[str | Path]]:
        return [[*OWN, "-C", project, *([] if search else ["--no-search"])]]

    return Side("Yangguang", source, added, "content/policy", commands)


def hugo_side(source: Path, added: str, *, search: bool) -> Side:
    hugo = program("hugo", "binaries/hugo*")
    pagefind = program("pagefind_bin_extended", "pagefind_extended*") if search else None

    def commands(project: Path) -> list[list[str | Path]]:
        site = project / "public"
        build: list[str | Path] = [hugo, "--quiet", "--source", project, "--cacheDir", project / "cache"]
        return [build, [pagefind, "--quiet", "--site", site]] if pagefind else [build]

    return Side("Hugo + Pagefind" if search else "Hugo", source, added, "content/zcwj", commands)


def program(package: str, pattern: str) -> Path:
    """Return the binary inside a package, to be run without the package's Python wrapper."""
    found = importlib.util.find_spec(package)
    for folder in (found.submodule_search_locations or []) if found else []:
        for path in sorted(Path(folder).glob(pattern)):
            return path
    raise SystemExit(f"the Python package {package} is missing: pip install {package}")


# --- content ---------------------------------------------------------------------------------------


def hugo_document(text: str) -> str:
    """Return a policy of ours as Hugo reads it: the same body below other front matter."""
    _, head, body = text.split("---\n", 2)
    data: dict[str, Any] = yaml.load(head, Loader=yaml.CBaseLoader)
    subject = data.get("主题分类", "")
    genre = genre_of(data["标题"])
    front = {
        "title": data["标题"],
        "date": data["发布时间"].replace(" ", "T") + ":00+08:00",
        "issuer": data["发文机关"],
        "number": data.get("发文字号"),
        "issued": data.get("成文日期"),
        "subject": subject.replace("\\", " / "),
        "keywords": data.get("关键词", []),
        "zhuti": [subject.partition("\\")[0]] if subject else [],
        "xiaoli": [data["有效性"]],
        "wenzhong": [genre] if genre in GENRES else [],
        "xingzhi": [Level.OTHER.value],
        "nian": [data["发布时间"][:4]],
    }
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in front.items() if value]
    return f"---\n{''.join(lines)}---\n{body}"


def added_document(text: str) -> str:
    """Return a new document made from another, published after it."""
    changes = {"标题": "关于性能测试有关事项的通知", "发文字号": "性测〔2022〕1号"}
    lines = text.split("\n")
    for position, line in enumerate(lines):
        key = line.partition(":")[0]
        if key in changes:
            lines[position] = f"{key}: {changes.pop(key)}"
        elif key == "发布时间":
            lines[position] = line[:-5] + "23:59"
    return "\n".join(lines)


@dataclass(frozen=True)
class Content:
    """Both projects, ready to be copied, and the text of the document to add to each."""

    own: Path
    hugo: Path
    own_added: str
    hugo_added: str
    documents: list[str]
    characters: int

    def sides(self, *, search: bool) -> list[Side]:
        return [
            own_side(self.own, self.own_added, search=search),
            hugo_side(self.hugo, self.hugo_added, search=search),
        ]


def make_content(folder: Path, count: int, corpus: Path) -> Content:
    own, hugo = folder / "yangguang", folder / "hugo"
    make_project("scale", own, count=count, template=HERE / "template", corpus=corpus)
    shutil.copytree(HERE / "hugo", hugo)
    files = sorted((own / "content/policy").rglob("*.md"))
    characters = 0
    for file in files:
        text = hugo_document(file.read_text(encoding="utf-8"))
        characters += len(text.split("---\n", 2)[2])
        (hugo / "content/zcwj" / file.name).write_text(text, encoding="utf-8")
    added = added_document(files[-1].read_text(encoding="utf-8"))
    return Content(own, hugo, added, hugo_document(added), [file.stem for file in files], characters)


# --- scenarios -------------------------------------------------------------------------------------


def leave(side: Side, project: Path, document: str) -> None:
    """Change nothing."""


def edit_body(side: Side, project: Path, document: str) -> None:
    with (project / side.documents / f"{document}.md").open("a", encoding="utf-8") as file:
        file.write(f"\n{EDIT}\n")


def add_document(side: Side, project: Path, document: str) -> None:
    (project / side.documents / f"{ADDED}.md").write_text(side.added, encoding="utf-8")


SCENARIOS: Final = {
    "cold": leave,
    "nothing changed": leave,
    "one body changed": edit_body,
    "one document added": add_document,
}


@dataclass
class Results:
    """Usage by scenario and side, in the order of the runs; what the outputs hold."""

    usages: dict[tuple[str, str], list[Usage]] = field(default_factory=dict)
    counts: dict[str, Counter[str]] = field(default_factory=dict)


def compare(sides: Sequence[Side], content: Content, folder: Path, runs: int) -> Results:
    """Run all scenarios, the sides in turns; every run in folders that never were before."""
    results = Results()
    document = content.documents[len(content.documents) // 2]
    for number in range(1, runs + 1):
        projects = {side.name: folder / f"run-{number}" / side.name.replace(" ", "") for side in sides}
        for side in sides:
            shutil.copytree(side.source, projects[side.name])
        for scenario, change in SCENARIOS.items():
            for side in sides:
                project = projects[side.name]
                change(side, project, document)
                usage = side.build(project)
                results.usages.setdefault((scenario, side.name), []).append(usage)
                say(f"run {number}, {scenario}, {side.name}: {usage.wall:.2f} s, {usage.cpu:.2f} s CPU")
        for side in sides:
            project = projects[side.name]
            if EDIT not in side.page(project, document) or not side.page(project, ADDED):
                raise SystemExit(f"{side.name} did not show the changes")
            results.counts[side.name] = census(project / "public")
    return results


def census(output: Path) -> Counter[str]:
    """Count the files of a site by what they are, and its bytes."""
    counts: Counter[str] = Counter()
    for path in output.rglob("*"):
        if not path.is_file():
            continue
        parts = path.relative_to(output).parts
        if parts[0] in ("search", "pagefind"):
            kind = "search"
        elif path.suffix == ".html":
            kind = "articles" if path.stem.startswith("sx-") else "lists" if len(parts) > 1 else "other pages"
        else:
            kind = "feeds" if path.stem == "feed" else "other files"
        counts[kind] += 1
        counts["all"] += 1
        counts["bytes"] += path.stat().st_size
    return counts


# --- report ----------------------------------------------------------------------------------------

MEASURES: Final[dict[str, tuple[str, Callable[[Usage], float]]]] = {
    "wall s": (".2f", lambda usage: usage.wall),
    "CPU s": (".2f", lambda usage: usage.cpu),
    "peak MB": (".0f", lambda usage: usage.peak / 1e6),
}


def table_rows(results: Results, sides: Sequence[Side]) -> Iterator[str]:
    """Yield the rows of a comparison: medians, and the median of the ratios of the pairs with their range."""
    own, other = sides
    for scenario in SCENARIOS:
        for measure, (form, read) in MEASURES.items():
            ours = [read(usage) for usage in results.usages[scenario, own.name]]
            theirs = [read(usage) for usage in results.usages[scenario, other.name]]
            ratios = [mine / its for mine, its in zip(ours, theirs, strict=True)]
            cells = [
                scenario,
                other.name,
                measure,
                format(statistics.median(ours), form),
                format(statistics.median(theirs), form),
                f"**{statistics.median(ratios):.2f}**",
                f"{min(ratios):.2f} to {max(ratios):.2f}",
            ]
            yield "| " + " | ".join(cells) + " |"


def counted(results: Results) -> Iterator[str]:
    for name, counts in results.counts.items():
        kinds = ("articles", "lists", "other pages", "feeds", "search", "other files")
        parts = ", ".join(f"{counts[kind]:,} {kind}" for kind in kinds)
        yield f"{name}: {counts['all']:,} files, {counts['bytes'] / 1e6:.1f} MB: {parts}"


def say(text: str) -> None:
    sys.stderr.write(text + "\n")


def workspace(folder: Path | None) -> tempfile.TemporaryDirectory[str]:
    """Return a folder that goes away again, on the disk of the program unless told otherwise."""
    if folder is None:
        usual = Path(tempfile.gettempdir())
        folder = usual if usual.stat().st_dev == ROOT.stat().st_dev else ROOT
    folder.mkdir(parents=True, exist_ok=True)
    return tempfile.TemporaryDirectory(prefix=".bench-", suffix=".yangguang", dir=folder)


def warm_up(content: Content, folder: Path, *, search: bool) -> None:
    """Build a few documents on both sides, so that files of the programs are in memory and failures come early."""
    others = {f"{name}.md" for name in content.documents[20:]}
    for side in content.sides(search=search):
        project = folder / ("warm-" + side.name.replace(" ", ""))
        shutil.copytree(side.source, project, ignore=lambda _, names: others.intersection(names))
        side.build(project)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("-n", type=int, default=18695, metavar="N", help="so many documents (18695)")
    parser.add_argument("--runs", type=int, default=3, metavar="N", help="so many pairs of runs (3)")
    parser.add_argument("--search", action="store_true", help="also with the search index")
    parser.add_argument("--work", type=Path, help="folder for the work, on the disk to be measured")
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    options = parser.parse_args()
    if not (options.corpus / "scale.py").is_file():
        raise SystemExit(f"the open test corpus is not in {options.corpus}; name its folder with --corpus")
    versions = subprocess.run(
        [program("hugo", "binaries/hugo*"), "version"], capture_output=True, text=True, check=True
    ).stdout.split()[1]
    rows: list[str] = []
    counts: list[str] = []
    load = os.getloadavg()[0]
    with workspace(options.work) as name:
        folder = Path(name)
        content = make_content(folder / "source", options.n, options.corpus.resolve())
        say(f"{len(content.documents):,} documents, {content.characters / 1e6:.1f} M characters")
        for search in (False, True) if options.search else (False,):
            area = folder / ("search" if search else "pages")
            warm_up(content, area, search=search)
            sides = content.sides(search=search)
            results = compare(sides, content, area, options.runs)
            rows.extend(table_rows(results, sides))
            counts.extend(counted(results))
    lines = [
        f"{len(content.documents):,} documents, {content.characters / 1e6:.1f} M characters, "
        f"{options.runs} runs, {len(os.sched_getaffinity(0))} processors, load average {load:.1f} before and "
        f"{os.getloadavg()[0]:.1f} after, Hugo {versions}",
        *counts,
        "",
        "| scenario | against | measure | Yangguang | other | ratio | of single pairs |",
        "|---|---|---|---:|---:|---:|---:|",
        *rows,
        "",
    ]
    sys.stdout.write("\n".join(lines))
    return 0


if __name__ == "__main__":
    sys.exit(main())
