"""What commands read before they start and show when they end."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import click

from generator import __version__
from generator.config import SiteGroup, load_config
from generator.diagnostics import (
    Diagnostic,
    Severity,
    format_github,
    format_json,
    format_sarif,
    has_errors,
)
from generator.write import Manifest, read_manifest

DONE: Final = 0
CONTENT_PROBLEMS: Final = 1
DEFECT: Final = 3
TIME_ZONE: Final = ZoneInfo("Asia/Shanghai")
SHOWN_OF_A_CODE: Final = 3
"""So many warnings of one code about imported documents are shown; the others are counted."""


def configured(project: Path, form: str) -> tuple[SiteGroup, list[Diagnostic]]:
    """Return the sites with the warnings about ``site.yml``; errors in it end the command."""
    group, diagnostics = load_config(project.resolve())
    if group is None or has_errors(diagnostics):
        show(diagnostics, form)
        sys.exit(CONTENT_PROBLEMS)
    return group, diagnostics


def project_group(project: Path) -> SiteGroup:
    group, warnings = configured(project, "text")
    show(warnings, "text")
    return group


def chosen_day(group: SiteGroup, given: date | None) -> str:
    return group.today(given, datetime.now(TIME_ZONE).date()).isoformat()


def published_manifest(path: Path | None) -> Manifest | None:
    if path is None:
        return None
    file = path / "manifest.json" if path.is_dir() else path
    manifest = read_manifest(file)
    if manifest is None:
        raise click.BadParameter(f"{file} 不存在，或不是 manifest.json", param_hint="--published")
    return manifest


def show(diagnostics: Sequence[Diagnostic], form: str, verbose: bool = False) -> None:
    if form == "json":
        text = format_json(diagnostics)
    elif form == "sarif":
        text = format_sarif(diagnostics, __version__)
    elif form == "github":
        text = format_github(diagnostics)
    else:
        text = _summarised(diagnostics, verbose)
    if text:
        click.echo(text, err=form == "text")


def _summarised(diagnostics: Sequence[Diagnostic], verbose: bool) -> str:
    """Return errors in full, of many warnings of one code only the first ones, and the counts."""
    lines: list[str] = []
    shown: Counter[str] = Counter()
    counts = Counter(item.severity for item in diagnostics)
    for item in diagnostics:
        if item.severity is Severity.NOTE and not verbose:
            continue
        shown[item.code] += 1
        if item.severity is Severity.ERROR or verbose or shown[item.code] <= SHOWN_OF_A_CODE:
            lines.append(item.text())
    for code, number in sorted(shown.items()):
        cut = number - SHOWN_OF_A_CODE
        if (
            not verbose
            and cut > 0
            and all(item.severity is not Severity.ERROR for item in diagnostics if item.code == code)
        ):
            lines.append(f"另有 {cut:,} 条同类警告[{code}]，加 -v 全部显示")
    if counts[Severity.ERROR] or counts[Severity.WARNING]:
        lines.append(f"共 {counts[Severity.ERROR]:,} 个错误，{counts[Severity.WARNING]:,} 个警告")
    return "\n".join(lines)


def clock_day() -> date:
    """Return the day in Beijing; the only place that reads the clock for content."""
    return datetime.now(TIME_ZONE).date()
