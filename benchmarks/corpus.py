"""Make a project folder from the open test corpus, through the importer.

    python benchmarks/corpus.py scale -n 18695 --template path/to/project path/to/new-project

``--template`` names a project whose ``site.yml`` and sections are copied, so that the result can be built.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from generator.importing import ImportReport, run_import

CORPUS = Path(__file__).parents[1] / "../shared/corpus"
COPIED = ("site.yml", "content/section", "content/organisation")


def make_project(
    name: str, target: Path, *, count: int | None, template: Path | None, corpus: Path
) -> ImportReport:
    """Fill `target` with one of the corpus's collections; `scale` is generated first."""
    if template is not None:
        copy_frame(template, target)
    if name != "scale":
        return run_import(
            [corpus / f"{name}.jsonl.gz"], target=target, mapping=name, limit=count, overwrite=True
        )
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "scale.jsonl"
        command = [
            sys.executable,
            str(corpus / "scale.py"),
            "-n",
            str(count or 18695),
            "--seed",
            "1",
            "-o",
            str(table),
        ]
        subprocess.run(command, check=True)
        return run_import([table], target=target, mapping=name, overwrite=True)


def copy_frame(template: Path, target: Path) -> None:
    """Copy what a project needs beside its documents."""
    target.mkdir(parents=True, exist_ok=True)
    for part in COPIED:
        source = template / part
        if source.is_dir():
            shutil.copytree(source, target / part, dirs_exist_ok=True)
        elif source.is_file():
            shutil.copy2(source, target / part)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("name", choices=["regulations", "policies", "scale"])
    parser.add_argument("target", type=Path)
    parser.add_argument("-n", type=int, metavar="N", help="so many documents (scale: 18695)")
    parser.add_argument("--template", type=Path, help="project to copy site.yml and sections from")
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    options = parser.parse_args()
    begin = time.perf_counter()
    report = make_project(
        options.name, options.target, count=options.n, template=options.template, corpus=options.corpus
    )
    seconds = time.perf_counter() - begin
    lines = [item.text() for item in report.diagnostics]
    sys.stdout.write("\n".join([*lines, f"{len(report.written)} documents in {seconds:.1f} s", ""]))
    return 0 if report.written else 1


if __name__ == "__main__":
    sys.exit(main())
