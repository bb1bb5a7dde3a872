"""Commands of those who write: init, new, schema and import."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from generator.cli.completing import kinds_beginning
from generator.cli.group import (
    HELP,
    ChineseCommand,
    project_option,
    today_option,
)
from generator.cli.reporting import (
    CONTENT_PROBLEMS,
    chosen_day,
    clock_day,
    project_group,
    show,
)
from generator.diagnostics import has_errors


@click.command(
    "init", cls=ChineseCommand, context_settings=HELP, help="建立一个新项目：站点设置、栏目和每类内容的样例。"
)
@today_option
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), metavar="[目录]", default=Path())
def init_command(today: date | None, folder: Path) -> None:
    """Make a project that builds at once."""
    from generator.starter import init_project

    day = today or clock_day()
    for path in init_project(folder.resolve(), day.isoformat()):
        click.echo(f"已建立 {path}")
    click.echo("接着运行 yangguang build 生成网站，或 yangguang serve 边写边看。")


@click.command(
    "new",
    cls=ChineseCommand,
    context_settings=HELP,
    help="新建一篇内容：yangguang new 要闻 --title 标题；类型写中文名或英文名。",
)
@project_option
@today_option
@click.argument("kind", metavar="类型", shell_complete=kinds_beginning)
@click.argument("slug", metavar="[代号]", required=False)
@click.option("--title", metavar="标题", help="标题；没有代号时据此拟一个。")
def new_command(project: Path, today: date | None, kind: str, slug: str | None, title: str | None) -> None:
    """Scaffold a document with the keys of its kind."""
    from generator.scaffold import WrongArgument, new_document

    group = project_group(project)
    try:
        path = new_document(group, kind, slug, title, chosen_day(group, today))
    except WrongArgument as error:
        raise click.UsageError(error.message) from None
    click.echo(f"已建立 {path}")


@click.command(
    "yuejian",
    cls=ChineseCommand,
    context_settings=HELP,
    help="根据已有内容拟一期月鉴的草稿：yangguang yuejian 2026-11；已有的一期不改动。",
)
@project_option
@today_option
@click.argument("month", metavar="月份")
def monthly_command(project: Path, today: date | None, month: str) -> None:
    """Draft an issue of the monthly record, and name what is missing."""
    from generator.monthly import draft_month
    from generator.scaffold import WrongArgument

    group = project_group(project)
    try:
        drafted = draft_month(group, month, chosen_day(group, today))
    except WrongArgument as error:
        raise click.UsageError(error.message) from None
    issue = drafted.issue
    found = f"会议活动 {len(issue.meetings)} 条，重大项目 {len(issue.projects)} 个，重要数据 {len(issue.figures)} 项"
    if drafted.path:
        click.echo(f"已建立 {drafted.path}：{found}")
    else:
        click.echo(f"{drafted.existing} 已经有了，没有改动它。内容里找到：{found}")
    for sentence in drafted.unmentioned:
        click.echo(f"  本期没有写到：{sentence}")
    for sentence in issue.missing:
        click.echo(f"  待补：{sentence}")


@click.command(
    "wechat",
    cls=ChineseCommand,
    context_settings=HELP,
    help="把一篇内容导出成可以粘贴到公众号的网页：yangguang wechat content/news/a.md。",
)
@project_option
@today_option
@click.argument("file", metavar="文件")
def wechat_command(project: Path, today: date | None, file: str) -> None:
    """Export an article for a WeChat official account, with its pictures and what to fill in."""
    from generator.wechat import Article, export_article

    group = project_group(project)
    done = export_article(group, file, chosen_day(group, today))
    if not isinstance(done, Article):
        show(done, "text")
        sys.exit(CONTENT_PROBLEMS)
    show(done.diagnostics, "text")
    click.echo(f"已写出 {done.page}，图片 {len(done.pictures)} 张")
    for note in done.notes:
        click.echo(f"  {note}")


@click.command(
    "schema", cls=ChineseCommand, context_settings=HELP, help="写出编辑器用的 JSON Schema 和 VS Code 设置。"
)
@project_option
def schema_command(project: Path) -> None:
    """Write JSON Schemas and editor settings into the project."""
    from generator.export import write_schemas

    for path in write_schemas(project.resolve()):
        click.echo(f"已写出 {path}")


@click.command(
    "import", cls=ChineseCommand, context_settings=HELP, help="导入已有内容：docx、旧网页、CSV、JSONL。"
)
@project_option
@click.argument(
    "sources", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path), metavar="文件…"
)
@click.option("--kind", default="policy", metavar="类型", help="内容类型，默认 policy。")
@click.option(
    "--mapping", metavar="名称", help="字段对应表（YAML 文件，或自带的 regulations、policies、scale）。"
)
@click.option(
    "--default",
    "defaults",
    multiple=True,
    metavar="键=值",
    help="原文没有时写入的值，例如 发布时间=2026-01-01 09:00。",
)
@click.option("--overwrite", is_flag=True, help="覆盖同名文件。")
@click.option("--limit", type=click.IntRange(1), metavar="篇数", help="最多导入几篇。")
def import_command(
    project: Path,
    sources: tuple[Path, ...],
    kind: str,
    mapping: str | None,
    defaults: tuple[str, ...],
    overwrite: bool,
    limit: int | None,
) -> None:
    """Import documents into the content tree; what was not recognised is listed."""
    from generator.importing import run_import
    from generator.stages import sorted_diagnostics

    for entry in defaults:
        if "=" not in entry:
            raise click.UsageError(f"--default 写成“键=值”，不能写 {entry}")
    values = dict(entry.split("=", 1) for entry in defaults)
    chosen: Path | str | None = Path(mapping) if mapping and Path(mapping).is_file() else mapping
    report = run_import(
        list(sources),
        target=project.resolve(),
        kind=kind,
        mapping=chosen,
        defaults=values,
        overwrite=overwrite,
        limit=limit,
    )
    for item in report.items:
        for note in item.unrecognised:
            click.echo(f"{item.source}: 未识别：{note}", err=True)
    show(sorted_diagnostics(report.diagnostics), "text")
    click.echo(f"读入 {report.read:,} 篇，写出 {len(report.written):,} 篇。")
    if has_errors(report.diagnostics):
        sys.exit(CONTENT_PROBLEMS)
