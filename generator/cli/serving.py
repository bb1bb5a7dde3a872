"""Commands about the running site: serve, headers and search."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TextIO

import click

from generator.cli.group import (
    HELP,
    ChineseCommand,
    project_option,
    today_option,
)
from generator.cli.reporting import (
    chosen_day,
    project_group,
)


@click.command("serve", cls=ChineseCommand, context_settings=HELP, help="边写边看：保存后浏览器自动更新。")
@project_option
@today_option
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

    group = project_group(project)
    serve(
        group, lambda now: chosen_day(now, today), host, port, jobs, lambda text: click.echo(text, err=True)
    )


@click.command(
    "headers", cls=ChineseCommand, context_settings=HELP, help="输出服务器设置：缓存和安全响应头。"
)
@project_option
@click.argument(
    "server",
    type=click.Choice(["nginx", "caddy", "apache", "_headers"]),
    metavar="nginx|caddy|apache|_headers",
)
def headers_command(project: Path, server: str) -> None:
    """Print the server configuration that the site wants."""
    from generator.export import server_headers

    click.echo(server_headers(project_group(project), server), nl=False)


@click.command(
    "search", cls=ChineseCommand, context_settings=HELP, help="在已生成的网站里搜索，结果与网页上的一样。"
)
@project_option
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
    group = project_group(project)
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
