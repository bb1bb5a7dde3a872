"""A built site's search, asked from a terminal: where its index lies, and answers as lines of text."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.config import SiteGroup, SiteSettings
from generator.diagnostics import EnvironmentProblem, did_you_mean
from generator.indexing import FOLDER

if TYPE_CHECKING:
    from search.terminal import Terminal

_MANIFEST = "m.bin"


def chosen_site(group: SiteGroup, wanted: str | None) -> SiteSettings:
    """Return the site with this id, the first one by default.

    Raises:
        EnvironmentProblem: If no site has it.
    """
    ids = {site.id: site for site in group.sites}
    if wanted is None:
        return group.sites[0]
    if wanted not in ids:
        raise EnvironmentProblem(
            f"没有代号为“{wanted}”的站点", did_you_mean(wanted, ids) or f"可选：{'、'.join(ids)}"
        )
    return ids[wanted]


def index_folder(group: SiteGroup, site: SiteSettings) -> Path:
    """Return the published search folder of a site.

    Raises:
        EnvironmentProblem: If nothing has been built there.
    """
    folder = group.output_path / group.folder_of(site) / FOLDER
    if not any((folder / name).is_file() for name in (_MANIFEST, "k/m.js")):
        raise EnvironmentProblem(
            f"还没有生成“{site.name}”的搜索索引（{folder} 里没有）", "先运行 yangguang build，再查"
        )
    return folder


def opened(folder: Path) -> Terminal:
    """Open an index.

    Raises:
        EnvironmentProblem: If the embedded JavaScript engine is not installed.
    """
    try:
        from search.terminal import Terminal
    except ModuleNotFoundError as error:
        raise EnvironmentProblem(
            f"这台电脑上的 Python 没有装 {error.name}，不能在终端里搜索",
            "换用 Python 3.11 或 3.12 安装阳光站，或在浏览器里打开搜索页",
        ) from None
    return Terminal(folder)


def ask(terminal: Terminal, query: str, limit: int) -> dict[str, Any]:
    """Return what the browser's door returns.

    Raises:
        EnvironmentProblem: If the index cannot be read.
    """
    from search.terminal import SearchUnavailable

    try:
        return terminal.query(query, limit=limit)
    except SearchUnavailable as error:
        raise EnvironmentProblem(
            f"搜索索引读不出来（{error}）", "运行 yangguang clean，再运行 yangguang build"
        ) from None


def answer_lines(query: str, answer: dict[str, Any]) -> list[str]:
    """Return what a reader of a terminal is told: the count, then every hit in the order of the page."""
    total = answer["total"] + answer["alike"]
    about = "" if answer["exact"] else "约 "
    lines = [f"“{query}”：找到 {about}{total:,} 条" if total else f"“{query}”：没有逐字相符的内容"]
    lines += [f"已把“{one}”一并按“{other}”查找" for one, other in answer["synonyms"]]
    if answer["partial"]:
        lines.append("部分索引文件读不出来，结果可能不全；运行 yangguang clean 后重新生成")
    is_divided = False
    for rank, hit in enumerate(answer["hits"], 1):
        if not is_divided and not hit["exact"] and not hit.get("synonym"):
            lines += ["", "以下为部分相符的结果" if total else "以下为相近的结果"]
            is_divided = True
        lines += ["", *_hit_lines(rank, hit)]
    if not answer["hits"]:
        near = "、".join(answer["near"])
        lines.append(f"试试其中的一部分：{near}" if near else "换个说法再查")
    return lines


def _hit_lines(rank: int, hit: dict[str, Any]) -> list[str]:
    if hit.get("unread"):
        return [f"{rank:>3}. 这条结果未能载入"]
    place = hit["url"] + (f"#{hit['anchor']}" if hit["anchor"] else "")
    facts = [hit["kindLabel"], hit["date"], hit["documentNumber"], hit["validity"], hit["heading"]]
    lines = [f"{rank:>3}. {hit['title']}", f"     {place}", f"     {' · '.join(filter(None, facts))}"]
    return [*lines, f"     {' '.join(hit['snippet'].split())}"] if hit["snippet"] else lines
