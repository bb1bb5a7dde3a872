"""The group of commands, its Chinese words, and the options that commands share."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, Final

import click

from generator import __version__

ENDS: Final = object()
"""The object of a command's context where the process ends with the command, so that nothing is to be tidied up."""


class ChineseGroup(click.Group):
    """A group whose own words are Chinese, and which explains unexpected defects without a traceback."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, "命令 [选项]…", prefix="用法：")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = option_rows(self, ctx)
        with formatter.section("选项"):
            formatter.write_dl(rows)
        commands = [(name, self.commands[name].get_short_help_str(60)) for name in self.list_commands(ctx)]
        with formatter.section("命令"):
            formatter.write_dl(commands)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        return _in_chinese(super().get_help_option(ctx))


class ChineseCommand(click.Command):
    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = " ".join(piece.replace("[OPTIONS]", "[选项]…") for piece in self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix="用法：")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = option_rows(self, ctx)
        with formatter.section("选项"):
            formatter.write_dl(rows)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        return _in_chinese(super().get_help_option(ctx))


def option_rows(command: click.Command, ctx: click.Context) -> list[tuple[str, str]]:
    """Return the options with their help; arguments stand in the usage, and ranges in the words of the help."""
    options = [parameter for parameter in command.get_params(ctx) if isinstance(parameter, click.Option)]
    records = [record for option in options if (record := option.get_help_record(ctx))]
    return [(name, re.sub(r"\s+\[[\dx<>=]+\]$", "", text)) for name, text in records]


def _in_chinese(option: click.Option | None) -> click.Option | None:
    if option is not None:
        option.help = "显示这段说明。"
    return option


HELP: Final = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(cls=ChineseGroup, context_settings=HELP, help="阳光站：从 git 里的文件生成政务公开网站。")
@click.version_option(__version__, "-V", "--version", message="yangguang %(version)s", help="显示版本。")
def cli() -> None:
    """Entry point of all commands."""


def project_option(function: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--project",
        "-C",
        type=click.Path(file_okay=False, path_type=Path),
        default=Path(),
        show_default=False,
        metavar="目录",
        help="项目目录，默认当前目录。",
    )(function)


def format_option(function: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--format",
        "form",
        type=click.Choice(["text", "json", "sarif", "github"]),
        default="text",
        help="问题清单的格式。",
    )(function)


def today_option(function: Callable[..., Any]) -> Callable[..., Any]:
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


def output_option(function: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--output",
        "-o",
        type=click.Path(file_okay=False, path_type=Path),
        metavar="目录",
        help="输出目录，默认 public。",
    )(function)


def jobs_option(function: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--jobs",
        "-j",
        type=click.IntRange(0),
        default=0,
        metavar="个数",
        help="最多几个进程，默认全部处理器。",
    )(function)


def published_option(function: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--published",
        type=click.Path(path_type=Path),
        metavar="文件",
        help="已发布的 manifest.json：其中的网页不得消失。",
    )(function)
