"""The command ``yangguang``. The only package that prints or exits."""

from __future__ import annotations

import logging
import os
import sys
import threading
from typing import NoReturn

import click

from generator.cli import auditing, building, completing, serving, suggesting, writing
from generator.cli.group import ENDS, cli
from generator.cli.reporting import CONTENT_PROBLEMS, DEFECT, DONE
from generator.cli.usage import usage_text
from generator.diagnostics import EnvironmentProblem, GeneratorError

__all__ = ["cli", "main", "run"]

log = logging.getLogger("generator")

# The order in which --help lists them.
for _command in (
    building.build_command,
    building.check_command,
    auditing.audit_command,
    suggesting.suggest_command,
    writing.init_command,
    writing.new_command,
    writing.monthly_command,
    writing.wechat_command,
    writing.schema_command,
    serving.serve_command,
    writing.import_command,
    serving.headers_command,
    building.clean_command,
    serving.search_command,
    completing.completion_command,
):
    cli.add_command(_command)


def main(ends: object = None) -> None:
    """Run the command; a defect of ours exits with 3 and says what to do.

    Args:
        ends: `ENDS` where the process ends with the command.
    """
    try:
        cli.main(prog_name="yangguang", standalone_mode=False, obj=ends)
    except click.exceptions.Abort:
        sys.exit(130)
    except click.ClickException as error:
        click.echo(usage_text(error), err=True)
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
        import traceback

        if os.environ.get("YANGGUANG_DEBUG"):
            traceback.print_exc()
        sys.exit(DEFECT)


def run() -> NoReturn:
    """Run the command and end the process at once: taking a large site apart value by value takes 0.3 s."""
    code: int | str | None = DONE
    try:
        main(ENDS)
    except SystemExit as stop:
        code = stop.code
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    logging.shutdown()
    processes = sys.modules.get("multiprocessing")
    is_awaited = threading.active_count() > 1 or (processes and processes.active_children())
    if is_awaited or isinstance(code, str):
        sys.exit(code)  # threads or processes are to be waited for, or a text is to be shown
    os._exit(code or DONE)
