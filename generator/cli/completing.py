"""Completion of commands, options and kinds in a shell."""

from __future__ import annotations

from typing import Final

import click
from click.shell_completion import CompletionItem, get_completion_class

from generator.cli.group import HELP, ChineseCommand, cli

PROGRAM: Final = "yangguang"
VARIABLE: Final = "_YANGGUANG_COMPLETE"
"""The environment variable by which a shell's script asks for completions; derived by click from the name."""


@click.command(
    "completion",
    cls=ChineseCommand,
    context_settings=HELP,
    help="输出命令行补全的脚本：按 Tab 补全命令和选项。",
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]), metavar="bash|zsh|fish")
def completion_command(shell: str) -> None:
    """Print the script that a shell reads at its start."""
    found = get_completion_class(shell)
    assert found is not None, "click knows the three shells"
    click.echo(found(cli, {}, PROGRAM, VARIABLE).source())


def kinds_beginning(context: click.Context, parameter: click.Parameter, typed: str) -> list[CompletionItem]:
    """Return the kinds of content whose English or Chinese name begins as typed."""
    from generator.kinds import KINDS, RECORD_KINDS

    names = [
        *((kind.name, kind.label) for kind in KINDS),
        *((kind.name, kind.label) for kind in RECORD_KINDS),
    ]
    return [
        CompletionItem(name, help=label)
        for english, label in names
        for name in (english, label)
        if name.startswith(typed) and (typed or name == english)
    ]
