"""Complaints about a command line, in Chinese."""

from __future__ import annotations

import re

import click

from generator.cli.group import cli
from generator.diagnostics import did_you_mean


def usage_text(error: click.ClickException) -> str:
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
