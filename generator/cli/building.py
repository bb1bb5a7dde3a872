"""Build, check and clean."""

from __future__ import annotations

import gc
import sys
from datetime import date
from pathlib import Path

import click

from generator.cli.group import (
    ENDS,
    HELP,
    ChineseCommand,
    format_option,
    jobs_option,
    output_option,
    project_option,
    published_option,
    today_option,
)
from generator.cli.reporting import (
    CONTENT_PROBLEMS,
    chosen_day,
    configured,
    project_group,
    published_manifest,
    show,
)
from generator.diagnostics import Severity, has_errors


@click.command(
    "build", cls=ChineseCommand, context_settings=HELP, help="生成网站。有错误时不改动原来的网站。"
)
@project_option
@format_option
@today_option
@output_option
@jobs_option
@click.option("--strict", is_flag=True, help="有警告也不发布。")
@published_option
@click.option(
    "--no-search", "search", flag_value=False, default=True, help="不更新搜索索引；原有的留着不动。"
)
@click.option(
    "--edition",
    type=click.Choice(["kiosk"]),
    metavar="kiosk",
    help="生成自助终端版，要用 -o 另写输出目录；在终端上直接打开其中的 index.html。",
)
@click.option("--quiet", "-q", is_flag=True, help="只显示问题。")
@click.option("--verbose", "-v", is_flag=True, help="显示各阶段用时和最慢的文件。")
def build_command(
    project: Path,
    form: str,
    today: date | None,
    output: Path | None,
    jobs: int,
    strict: bool,
    published: Path | None,
    search: bool,
    edition: str | None,
    quiet: bool,
    verbose: bool,
) -> None:
    """Build all sites of the project."""
    if edition and output is None:
        raise click.UsageError("自助终端版要写输出目录，例如 yangguang build --edition kiosk -o zhongduan")
    from generator.build import BuildOptions, build
    from generator.terminal import Meter

    group, warnings = configured(project, form)
    manifest = published_manifest(published)
    if click.get_current_context().obj is ENDS:
        gc.disable()  # looking for cycles after the build would take 0.3 s of a large site
    with Meter(quiet=quiet or form != "text") as meter:
        options = BuildOptions(
            chosen_day(group, today),
            jobs,
            output,
            strict,
            manifest,
            search,
            meter.update if meter.is_on else None,
            is_timed=verbose,
            edition=edition or "",
        )
        result = build(group, options)
    show([*warnings, *result.diagnostics], form, verbose)
    if verbose and form == "text":
        for name, count, seconds in result.stages:
            click.echo(f"  {name:<10}{count:>8}  {seconds:6.2f} 秒", err=True)
        if result.slowest:
            click.echo("最慢的文件：", err=True)
        for seconds, stage, file in result.slowest:
            click.echo(f"  {seconds:6.3f} 秒  {stage}  {_relative(project, Path(file))}", err=True)
    if not result.is_published:
        if form == "text":
            click.echo("没有生成网站，原来的网站没有改动。", err=True)
            click.echo("先改正上面的错误；运行 yangguang check，可以一次看到全部问题。", err=True)
        sys.exit(CONTENT_PROBLEMS)
    if not quiet and form == "text":
        seconds = sum(stage[2] for stage in result.stages)
        folder = output or group.output_path
        click.echo(
            f"生成完毕：共 {result.total:,} 个文件，更新 {len(result.written):,} 个，删除 {len(result.removed):,} 个，用时 {seconds:.1f} 秒。网站在 {folder}"
        )


@click.command(
    "check", cls=ChineseCommand, context_settings=HELP, help="只检查内容，不生成网站；可用作提交前的钩子。"
)
@project_option
@format_option
@today_option
@jobs_option
@click.option("--strict", is_flag=True, help="有警告也算不通过。")
@published_option
@click.option("--verbose", "-v", is_flag=True, help="连同提示和已豁免的问题一起显示。")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[文件]…")
def check_command(
    project: Path,
    form: str,
    today: date | None,
    jobs: int,
    strict: bool,
    published: Path | None,
    verbose: bool,
    files: tuple[Path, ...],
) -> None:
    """Validate the project; with files, show only what concerns them (all are checked all the same)."""
    from generator.check import check_project

    group, warnings = configured(project, form)
    diagnostics = [
        *warnings,
        *check_project(group, chosen_day(group, today), jobs, published_manifest(published)),
    ]
    if files:
        names = {_relative(project, file) for file in files}
        diagnostics = [item for item in diagnostics if item.path in names or item.path == "site.yml"]
    show(diagnostics, form, verbose)
    if has_errors(diagnostics) or (strict and any(item.severity is Severity.WARNING for item in diagnostics)):
        sys.exit(CONTENT_PROBLEMS)
    if form == "text":
        click.echo("检查通过。")


def _relative(project: Path, file: Path) -> str:
    try:
        return file.resolve().relative_to(project.resolve()).as_posix()
    except ValueError:
        return file.as_posix()


@click.command(
    "clean", cls=ChineseCommand, context_settings=HELP, help="删除缓存，下次全部重新生成；网站本身不动。"
)
@project_option
@output_option
@click.option("--site", is_flag=True, help="连同生成的网站一起删除。")
def clean_command(project: Path, output: Path | None, site: bool) -> None:
    """Delete caches, and the output if asked."""
    from generator.write import Output

    group = project_group(project)
    for path in Output((output or group.output_path).absolute()).clean(site):
        click.echo(f"已删除 {path}")
