"""The command ``yangguang``. The only module that prints or exits."""

from __future__ import annotations

import json
import logging
import re
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final, TextIO
from zoneinfo import ZoneInfo

import click

from generator import __version__
from generator.build import BuildOptions, build, sorted_diagnostics
from generator.check import check_project
from generator.config import SiteGroup, load_config
from generator.diagnostics import (
    Diagnostic,
    EnvironmentProblem,
    GeneratorError,
    Severity,
    did_you_mean,
    format_github,
    format_json,
    format_sarif,
    has_errors,
)
from generator.terminal import Meter
from generator.write import Manifest, read_manifest

DONE: Final = 0
CONTENT_PROBLEMS: Final = 1
DEFECT: Final = 3
TIME_ZONE: Final = ZoneInfo("Asia/Shanghai")
SHOWN_OF_A_CODE: Final = 3
"""So many warnings of one code about imported documents are shown; the others are counted."""

log = logging.getLogger("generator")


class _Chinese(click.Group):
    """A group whose own words are Chinese, and which explains unexpected defects without a traceback."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, "命令 [选项]…", prefix="用法：")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = [record for parameter in self.get_params(ctx) if (record := parameter.get_help_record(ctx))]
        with formatter.section("选项"):
            formatter.write_dl(rows)
        commands = [(name, self.commands[name].get_short_help_str(60)) for name in self.list_commands(ctx)]
        with formatter.section("命令"):
            formatter.write_dl(commands)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        return _in_chinese(super().get_help_option(ctx))


class _Command(click.Command):
    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = " ".join(piece.replace("[OPTIONS]", "[选项]…") for piece in self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix="用法：")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = [record for parameter in self.get_params(ctx) if (record := parameter.get_help_record(ctx))]
        with formatter.section("选项"):
            formatter.write_dl(rows)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        return _in_chinese(super().get_help_option(ctx))


def _in_chinese(option: click.Option | None) -> click.Option | None:
    if option is not None:
        option.help = "显示这段说明。"
    return option


_HELP: Final = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(cls=_Chinese, context_settings=_HELP, help="阳光站：从 git 里的文件生成政务公开网站。")
@click.version_option(__version__, "-V", "--version", message="yangguang %(version)s", help="显示版本。")
def cli() -> None:
    """Entry point of all commands."""


def _project_option(function: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--project",
        "-C",
        type=click.Path(file_okay=False, path_type=Path),
        default=Path(),
        show_default=False,
        metavar="目录",
        help="项目目录，默认当前目录。",
    )(function)


def _format_option(function: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--format",
        "form",
        type=click.Choice(["text", "json", "sarif", "github"]),
        default="text",
        help="问题清单的格式。",
    )(function)


def _today_option(function: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--today", "today", callback=_parse_today, metavar="日期", help="按这一天生成，例如 2026-11-20。"
    )(function)


def _parse_today(context: click.Context, parameter: click.Parameter, value: str | None) -> date | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(f"“{value}”不是日期，按 YYYY-MM-DD 填写", context, parameter) from None


# --- build and check -------------------------------------------------------------------------------


@cli.command("build", cls=_Command, context_settings=_HELP, help="生成网站。有错误时不改动原来的网站。")
@_project_option
@_format_option
@_today_option
@click.option(
    "--output",
    "-o",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="目录",
    help="输出目录，默认 public。",
)
@click.option(
    "--jobs", "-j", type=click.IntRange(0), default=0, metavar="个数", help="最多几个进程，默认全部处理器。"
)
@click.option("--strict", is_flag=True, help="有警告也不发布。")
@click.option(
    "--published",
    type=click.Path(path_type=Path),
    metavar="文件",
    help="已发布的 manifest.json：其中的网页不得消失。",
)
@click.option(
    "--no-search", "search", flag_value=False, default=True, help="不更新搜索索引；原有的留着不动。"
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
    quiet: bool,
    verbose: bool,
) -> None:
    """Build all sites of the project."""
    group, warnings = _configured(project, form)
    manifest = _manifest(published)
    with Meter(quiet=quiet or form != "text") as meter:
        options = BuildOptions(
            _today(group, today),
            jobs,
            output,
            strict,
            manifest,
            search,
            meter.update if meter.is_on else None,
        )
        result = build(group, options)
    _show([*warnings, *result.diagnostics], form, verbose)
    if verbose and form == "text":
        for name, count, seconds in result.stages:
            click.echo(f"  {name:<10}{count:>8}  {seconds:6.2f} 秒", err=True)
    if not result.is_published:
        if form == "text":
            click.echo("没有生成网站，原来的网站没有改动。先改正上面的错误。", err=True)
        sys.exit(CONTENT_PROBLEMS)
    if not quiet and form == "text":
        seconds = sum(stage[2] for stage in result.stages)
        folder = output or group.output_path
        click.echo(
            f"生成完毕：共 {result.total:,} 个文件，更新 {len(result.written):,} 个，删除 {len(result.removed):,} 个，用时 {seconds:.1f} 秒。网站在 {folder}"
        )


@cli.command(
    "check", cls=_Command, context_settings=_HELP, help="只检查内容，不生成网站；可用作提交前的钩子。"
)
@_project_option
@_format_option
@_today_option
@click.option(
    "--jobs", "-j", type=click.IntRange(0), default=0, metavar="个数", help="最多几个进程，默认全部处理器。"
)
@click.option("--strict", is_flag=True, help="有警告也算不通过。")
@click.option(
    "--published",
    type=click.Path(path_type=Path),
    metavar="文件",
    help="已发布的 manifest.json：其中的网页不得消失。",
)
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
    group, warnings = _configured(project, form)
    diagnostics = [*warnings, *check_project(group, _today(group, today), jobs, _manifest(published))]
    if files:
        names = {_relative(project, file) for file in files}
        diagnostics = [item for item in diagnostics if item.path in names or item.path == "site.yml"]
    _show(diagnostics, form, verbose)
    if has_errors(diagnostics) or (strict and any(item.severity is Severity.WARNING for item in diagnostics)):
        sys.exit(CONTENT_PROBLEMS)
    if form == "text":
        click.echo("检查通过。")


def _relative(project: Path, file: Path) -> str:
    try:
        return file.resolve().relative_to(project.resolve()).as_posix()
    except ValueError:
        return file.as_posix()


def _configured(project: Path, form: str) -> tuple[SiteGroup, list[Diagnostic]]:
    """Return the sites with the warnings about ``site.yml``; errors in it end the command."""
    group, diagnostics = load_config(project.resolve())
    if group is None or has_errors(diagnostics):
        _show(diagnostics, form)
        sys.exit(CONTENT_PROBLEMS)
    return group, diagnostics


def _group(project: Path) -> SiteGroup:
    group, warnings = _configured(project, "text")
    _show(warnings, "text")
    return group


def _today(group: SiteGroup, given: date | None) -> str:
    return group.today(given, datetime.now(TIME_ZONE).date()).isoformat()


def _manifest(path: Path | None) -> Manifest | None:
    if path is None:
        return None
    file = path / "manifest.json" if path.is_dir() else path
    manifest = read_manifest(file)
    if manifest is None:
        raise click.BadParameter(f"{file} 不存在，或不是 manifest.json", param_hint="--published")
    return manifest


def _show(diagnostics: Sequence[Diagnostic], form: str, verbose: bool = False) -> None:
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


# --- the others ------------------------------------------------------------------------------------


@cli.command(
    "init", cls=_Command, context_settings=_HELP, help="建立一个新项目：站点设置、栏目和每类内容的样例。"
)
@_today_option
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), metavar="目录", default=Path())
def init_command(today: date | None, folder: Path) -> None:
    """Make a project that builds at once."""
    from generator.starter import init_project

    day = today or datetime.now(TIME_ZONE).date()
    for path in init_project(folder.resolve(), day.isoformat()):
        click.echo(f"已建立 {path}")
    click.echo("接着运行 yangguang build 生成网站，或 yangguang serve 边写边看。")


@cli.command(
    "new", cls=_Command, context_settings=_HELP, help="新建一篇内容：yangguang new policy --title 标题"
)
@_project_option
@_today_option
@click.argument("kind", metavar="类型")
@click.argument("slug", metavar="[代号]", required=False)
@click.option("--title", metavar="标题", help="标题；没有代号时据此拟一个。")
def new_command(project: Path, today: date | None, kind: str, slug: str | None, title: str | None) -> None:
    """Scaffold a document with the keys of its kind."""
    from generator.scaffold import WrongArgument, new_document

    group = _group(project)
    try:
        path = new_document(group, kind, slug, title, _today(group, today))
    except WrongArgument as error:
        raise click.UsageError(error.message) from None
    click.echo(f"已建立 {path}")


@cli.command(
    "schema", cls=_Command, context_settings=_HELP, help="写出编辑器用的 JSON Schema 和 VS Code 设置。"
)
@_project_option
def schema_command(project: Path) -> None:
    """Write JSON Schemas and editor settings into the project."""
    from generator.export import write_schemas

    for path in write_schemas(project.resolve()):
        click.echo(f"已写出 {path}")


@cli.command("serve", cls=_Command, context_settings=_HELP, help="边写边看：保存后浏览器自动更新。")
@_project_option
@_today_option
@click.option(
    "--host", default="127.0.0.1", metavar="地址", help="监听地址，默认 127.0.0.1，即只有本机能看。"
)
@click.option(
    "--port", "-p", type=click.IntRange(0, 65535), default=8000, metavar="端口", help="端口，默认 8000。"
)
@click.option("--jobs", "-j", type=click.IntRange(0), default=0, metavar="个数", help="最多几个进程。")
def serve_command(project: Path, today: date | None, host: str, port: int, jobs: int) -> None:
    """Serve the sites, rebuilding what changes."""
    from generator.serve import serve

    group = _group(project)
    serve(group, lambda now: _today(now, today), host, port, jobs, lambda text: click.echo(text, err=True))


@cli.command("import", cls=_Command, context_settings=_HELP, help="导入已有内容：docx、旧网页、CSV、JSONL。")
@_project_option
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
    _show(sorted_diagnostics(report.diagnostics), "text")
    click.echo(f"读入 {report.read:,} 篇，写出 {len(report.written):,} 篇。")
    if has_errors(report.diagnostics):
        sys.exit(CONTENT_PROBLEMS)


@cli.command("headers", cls=_Command, context_settings=_HELP, help="输出服务器设置：缓存和安全响应头。")
@_project_option
@click.argument(
    "server",
    type=click.Choice(["nginx", "caddy", "apache", "_headers"]),
    metavar="nginx|caddy|apache|_headers",
)
def headers_command(project: Path, server: str) -> None:
    """Print the server configuration that the site wants."""
    from generator.export import server_headers

    click.echo(server_headers(_group(project), server), nl=False)


@cli.command("clean", cls=_Command, context_settings=_HELP, help="删除缓存，下次全部重新生成；网站本身不动。")
@_project_option
@click.option(
    "--output",
    "-o",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="目录",
    help="输出目录，默认 public。",
)
@click.option("--site", is_flag=True, help="连同生成的网站一起删除。")
def clean_command(project: Path, output: Path | None, site: bool) -> None:
    """Delete caches, and the output if asked."""
    from generator.write import Output

    group = _group(project)
    for path in Output((output or group.output_path).absolute()).clean(site):
        click.echo(f"已删除 {path}")


@cli.command(
    "search", cls=_Command, context_settings=_HELP, help="在已生成的网站里搜索，结果与网页上的一样。"
)
@_project_option
@click.option(
    "--limit", "-n", type=click.IntRange(1, 1000), default=10, metavar="条数", help="最多列出几条，默认 10。"
)
@click.option("--site", metavar="代号", help="查哪个站点，默认第一个。")
@click.option("--json", "is_json", is_flag=True, help="输出 JSON。")
@click.option(
    "--queries",
    type=click.File(encoding="utf-8-sig"),
    metavar="文件",
    help="每行一个群众查过的词，列出查不到内容的。",
)
@click.argument("query", metavar="[查询词]", required=False)
def search_command(
    project: Path, limit: int, site: str | None, is_json: bool, queries: TextIO | None, query: str | None
) -> None:
    """Ask a built index, or list the real queries that find nothing in it."""
    from generator.searching import answer_lines, ask, chosen_site, index_folder, opened

    if (query is None) == (queries is None):
        raise click.UsageError("写一个查询词，例如 yangguang search 养老补贴；或者用 --queries 给出一个文件")
    group = _group(project)
    folder = index_folder(group, chosen_site(group, site))
    terminal = opened(folder)
    if queries is not None:
        from search.selftest import zero_results

        missing = zero_results(queries, folder)
        if is_json:
            click.echo(json.dumps(missing, ensure_ascii=False, indent=2))
        else:
            for line in (*missing, f"共 {len(missing):,} 个查询没有结果。"):
                click.echo(line)
    elif query is not None:
        answer = ask(terminal, query, limit)
        if is_json:
            click.echo(json.dumps(answer, ensure_ascii=False, indent=2))
        else:
            click.echo("\n".join(answer_lines(query, answer)))


def main() -> None:
    """Run the command; a defect of ours exits with 3 and says what to do."""
    try:
        cli.main(prog_name="yangguang", standalone_mode=False)
    except click.exceptions.Abort:
        sys.exit(130)
    except click.ClickException as error:
        click.echo(_usage(error), err=True)
        sys.exit(2)
    except EnvironmentProblem as error:
        click.echo(f"错误：{error.message}" + (f"\n  办法：{error.remedy}" if error.remedy else ""), err=True)
        sys.exit(CONTENT_PROBLEMS)
    except GeneratorError as error:
        click.echo(f"错误：{error}", err=True)
        sys.exit(CONTENT_PROBLEMS)
    except BrokenPipeError:
        sys.exit(DONE)
    except Exception as error:
        log.debug("defect", exc_info=True)
        click.echo(
            f"程序出错（{type(error).__name__}: {error}）。这是阳光站的缺陷，请把这一行和当时的命令告诉维护者；加环境变量 YANGGUANG_DEBUG=1 可看详情。",
            err=True,
        )
        import os
        import traceback

        if os.environ.get("YANGGUANG_DEBUG"):
            traceback.print_exc()
        sys.exit(DEFECT)


def _usage(error: click.ClickException) -> str:
    """Return click's complaint about a command line in Chinese."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return error.message
    if isinstance(error, click.NoSuchOption):
        near = "、".join(error.possibilities or ())
        advice = f"您是不是想写 {near}？" if near else "加 --help 看可用的选项。"
        return f"用法错误：没有选项 {error.option_name}。{advice}"
    if isinstance(error, click.MissingParameter):
        return f"用法错误：缺少 {_parameter(error)}。加 --help 看用法。"
    if isinstance(error, click.BadParameter):
        return f"用法错误：{_bad_value(error)}"
    if isinstance(error, click.BadOptionUsage):
        rule = "后面要写一个值" if "requires" in error.message else "后面不写值"
        return f"用法错误：{error.option_name} {rule}。加 --help 看用法。"
    message = error.format_message()
    if message.startswith("No such command"):
        name = message.split("'")[1]
        near = did_you_mean(name, cli.commands) or "运行 yangguang --help 看全部命令。"
        return f"用法错误：没有 {name} 这个命令。{near}"
    extra = re.search(r"unexpected extra arguments? \((.*)\)", message)
    if extra:
        return f"用法错误：多写了 {extra[1]}。加 --help 看用法。"
    return f"用法错误：{message}"


def _parameter(error: click.BadParameter) -> str:
    if error.param is None:
        return str(error.param_hint or "参数")
    if isinstance(error.param, click.Option):
        return max(error.param.opts, key=len)
    return error.param.human_readable_name


def _bad_value(error: click.BadParameter) -> str:
    kind = error.param.type if error.param else None
    written = re.search("'([^']*)'", error.message)
    value = written[1] if written else error.message.split(" ")[0]
    if any("\u4e00" <= char <= "\u9fff" for char in error.message):
        return error.message
    if isinstance(kind, click.Choice):
        choices = [str(choice) for choice in kind.choices]
        return f"{_parameter(error)} 不能写 {value}。{did_you_mean(value, choices)}可选：{'、'.join(choices)}"
    if isinstance(kind, click.IntRange):
        bounds = f"{kind.min} 到 {kind.max} 之间" if kind.max is not None else f"{kind.min} 以上"
        return f"{_parameter(error)} 应是 {bounds}的整数，不能写 {value}。"
    if "does not exist" in error.message:
        return f"没有找到 {value}。核对文件名和所在的目录。"
    if "is a file" in error.message:
        return f"{_parameter(error)} 应是目录，{value} 是文件。"
    return f"{_parameter(error)} 的值不对：{error.message}"
