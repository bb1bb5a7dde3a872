"""Proposals for the stock of documents: duplicates, subjects, keywords."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.group import HELP, ChineseCommand, project_option
from generator.cli.reporting import project_group

if TYPE_CHECKING:
    from generator.suggestions import Report, Suggestion


@click.command(
    "suggest",
    cls=ChineseCommand,
    context_settings=HELP,
    help="找出可能重复的文件，为缺少主题分类、关键词的文件提建议；只提建议，不改文件。",
)
@project_option
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="清单的格式。")
@click.option("--confirm", is_flag=True, help="逐个询问主题分类，答“y”的才写进文件。")
def suggest_command(project: Path, form: str, confirm: bool) -> None:
    """Show proposals; write a subject only where a person says yes to it."""
    from generator.suggestions import suggest

    if confirm and form == "json":
        raise click.UsageError("--confirm 要逐个询问，不能和 --format json 一起用")
    report = suggest(project_group(project))
    if form == "json":
        for line in report.lines():
            click.echo(json.dumps(line, ensure_ascii=False))
        return
    click.echo("\n".join(_text(report)))
    if confirm:
        _ask(report)


def _text(report: Report) -> Iterator[str]:
    for pair in report.pairs:
        yield f"{pair.first}: 提示[possible-duplicate]: 与“{pair.second}”可能是同一份：{'，'.join(pair.reasons)}"
        yield "  办法：核对两份；是同一份的删去一份，把它的网址写进另一份的“旧网址”"
    for item in report.suggestions:
        if item.subjects:
            yield f"{item.text.path}: 提示[suggested-subject]: 没有主题分类，{_subjects(item)}"
        if item.keywords:
            yield f"{item.text.path}: 提示[suggested-keywords]: 没有关键词，可用：{'、'.join(item.keywords)}"
    subjects = sum(bool(item.subjects) for item in report.suggestions)
    keywords = sum(bool(item.keywords) for item in report.suggestions)
    yield (
        f"共读 {report.total:,} 份：可能重复 {len(report.pairs):,} 对，建议主题分类 {subjects:,} 份，"
        f"建议关键词 {keywords:,} 份。建议由程序按 {report.learned:,} 份已分类的文件算出，由人决定。"
    )


def _subjects(item: Suggestion) -> str:
    words = "、".join(f"{proposal.subject}（{proposal.nearness:.2f}）" for proposal in item.subjects)
    return f"{'把握较大' if item.is_sure else '把握不大，请细看'}：{words}"


def _ask(report: Report) -> None:
    from generator.suggestions import write_subject

    written = 0
    for item in report.suggestions:
        if not item.subjects:
            continue
        click.echo(f"\n{item.text.title}\n  {item.text.path}")
        for proposal in item.subjects:
            if click.confirm(f"  主题分类写“{proposal.subject}”？", default=False):
                write_subject(item.text, proposal.subject)
                written += 1
                break
    click.echo(f"写了 {written:,} 份，没有确认的没有改动。")
