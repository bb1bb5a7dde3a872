"""Pages of the preview itself: waiting, problems, the list of sites, and the handbook's messages."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from html import escape
from typing import Final

from generator.diagnostics import Diagnostic, Severity
from generator.serving.board import Mount

REFRESH_SECONDS: Final = 2


def _page(title: str, body: str, *, refreshes: bool = False) -> bytes:
    refresh = f'<meta http-equiv="refresh" content="{REFRESH_SECONDS}">\n' if refreshes else ""
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'{refresh}<title>{escape(title)}</title>\n<link rel="stylesheet" href="/-/preview.css">\n'
        f'</head>\n<body class="preview-page">\n<main>\n<h1>{escape(title)}</h1>\n{body}\n</main>\n</body>\n</html>\n'
    ).encode()


def waiting_page(progress: str) -> bytes:
    """Return the page shown until the first build ends."""
    body = "<p>第一次生成需要一点时间，完成后这里自动显示网页。</p>\n"
    return _page("正在生成网站", f'{body}<p role="status">{escape(progress)}</p>', refreshes=True)


def problems_page(diagnostics: Sequence[Diagnostic], *, has_failed: bool) -> bytes:
    """Return the page that lists all problems."""
    errors = sum(item.severity is Severity.ERROR for item in diagnostics)
    if has_failed:
        lead = f"网站没有生成：共 {errors:,} 个错误。改正并保存后，这里自动更新。"
    elif diagnostics:
        lead = f"没有错误，有 {len(diagnostics):,} 条警告和提示。"
    else:
        lead = "没有发现问题。"
    items = "\n".join(_item(item) for item in diagnostics)
    return _page("内容问题", f"<p>{lead}</p>\n<ol>\n{items}\n</ol>")


def _item(item: Diagnostic) -> str:
    remedy = f"<p>办法：{escape(item.remedy)}</p>" if item.remedy else ""
    return (
        f'<li class="preview-{item.severity.name.lower()}"><code>{escape(item.position)}</code>\n'
        f"<p>{item.severity.label}[{escape(item.code)}]：{escape(item.message)}</p>{remedy}</li>"
    )


def problems_json(diagnostics: Iterable[Diagnostic], *, has_failed: bool) -> str:
    """Return what the overlay shows: the errors that keep the site from being generated."""
    errors = [item for item in diagnostics if item.severity is Severity.ERROR] if has_failed else []
    return json.dumps(
        [{"position": item.position, "message": item.message, "remedy": item.remedy} for item in errors],
        ensure_ascii=False,
    )


def sites_page(mounts: Sequence[Mount]) -> bytes:
    """Return the list of the group's sites."""
    rows = "\n".join(
        f'<li><a href="{escape(mount.prefix)}">{escape(mount.name)}</a> <code>{escape(mount.base_url)}</code></li>'
        for mount in mounts
    )
    return _page("站群中的网站", f"<ul>\n{rows}\n</ul>")


def missing_page(path: str) -> bytes:
    """Return what is shown for an address outside every site."""
    body = f'<p>这里没有 <code>{escape(path)}</code>。</p>\n<p><a href="/">返回首页</a></p>'
    return _page("没有这个网页", body)


def handbook_waiting_page() -> bytes:
    """Return the page shown while the handbook is made."""
    return _page("正在生成编辑手册", "<p>完成后这里自动显示。网站本身不受影响。</p>", refreshes=True)


def handbook_absent_page(reason: str) -> bytes:
    """Return why there is no handbook."""
    return _page("没有编辑手册", f"<pre>{escape(reason)}</pre>")
