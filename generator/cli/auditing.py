"""The self-report by the inspection standard."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from generator.cli.group import HELP, ChineseCommand, jobs_option, project_option, today_option
from generator.cli.reporting import CONTENT_PROBLEMS, chosen_day, project_group, show
from generator.config import SiteGroup
from generator.diagnostics import has_errors

if TYPE_CHECKING:
    from generator.audit.model import SiteReport

FOLDER: Final = ".yangguang-audit"


@click.command(
    "audit", cls=ChineseCommand, context_settings=HELP, help="按政府网站检查指标自评，写出不公开的报告。"
)
@project_option
@today_option
@jobs_option
@click.option(
    "--output",
    "-o",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="目录",
    help=f"报告写到哪个目录，默认 {FOLDER}；不能在网站的输出目录里。",
)
@click.option("--quiet", "-q", is_flag=True, help="只写报告，不显示结果。")
def audit_command(project: Path, today: date | None, jobs: int, output: Path | None, quiet: bool) -> None:
    """Write the self-report; exit with 1 if a site fails or something of ours could not be checked."""
    from generator.audit import INDICATORS, audit_project, load_audit_settings, write_report

    group = project_group(project)
    settings, problems = load_audit_settings(group, INDICATORS)
    show(problems, "text")
    if has_errors(problems):
        sys.exit(CONTENT_PROBLEMS)
    folder = _report_folder(group, output)
    report = audit_project(group, settings, chosen_day(group, today), jobs)
    page = write_report(report, folder)
    if not quiet:
        if report.pages_note:
            click.echo(report.pages_note, err=True)
        for site in report.sites:
            click.echo("\n".join(_summary(site)))
        click.echo(f"报告在 {page}")
    if not report.is_sound:
        sys.exit(CONTENT_PROBLEMS)


def _report_folder(group: SiteGroup, output: Path | None) -> Path:
    """Return where the report goes: nowhere that is published or read as content."""
    folder = (output or Path(group.root) / FOLDER).resolve()
    for taken, what in ((group.output_path, "网站的输出目录"), (group.content_path, "内容目录")):
        if folder.is_relative_to(taken.resolve()):
            text = f"自评报告不公开，不能写在{what} {taken} 里；另写一个目录"
            raise click.BadParameter(text, param_hint="--output")
    return folder


def _summary(site: SiteReport) -> list[str]:
    from generator.audit.model import State
    from generator.audit.report import verdict_of

    lines = [f"{site.name}：{verdict_of(site)[0]}"]
    for outcome in site.of(State.FAILED, State.DEDUCTED, State.WARNED):
        points = f"，扣 {outcome.points:g} 分" if outcome.points else ""
        lines.append(
            f"  {outcome.state.value} {outcome.id} {outcome.name}：{len(outcome.findings)} 条{points}"
        )
    for item in site.upcoming:
        lines.append(f"  将于 {item.days} 天后超期：{item.text}")
    unchecked = "、".join(outcome.id for outcome in site.of(State.UNCHECKED))
    lines.append(f"  未检查（不等于合格）：{unchecked}")
    return lines
