"""What the handbook takes from the program: a page for every content kind, and the tables of settings."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import yaml
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from generator.audit.model import Part
from generator.audit.rules import RULES
from generator.audit.settings import AuditSettings, ConsultChannel, Exemption, Thresholds, Weight
from generator.config import (
    CardSettings,
    Entrance,
    ExtensionSettings,
    FontSettings,
    FooterSettings,
    GroupSettings,
    KioskSettings,
    Limits,
    Search,
    Selection,
    SiteSettings,
)
from generator.conformance import HOW_WORDS, RESULT_WORDS, conformance
from generator.export import kind_pages
from generator.export.describe import form_of
from generator.fields import Declared, item_of
from generator.map_links import MapLink

KINDS: Final = "每类内容"
SETTINGS: Final[dict[str, type[Declared]]] = {
    "全部设置": GroupSettings,
    "一个站点": SiteSettings,
    "页脚": FooterSettings,
    "收录": Selection,
    "搜索": Search,
    "规则数值": Limits,
    "地图链接": MapLink,
    "扩展": ExtensionSettings,
    "字体": FontSettings,
    "分享图": CardSettings,
    "自评": AuditSettings,
    "自评阈值": Thresholds,
    "自评权重": Weight,
    "自评渠道": ConsultChannel,
    "自评不适用": Exemption,
    "长者版入口": Entrance,
    "自助终端": KioskSettings,
}
PRACTICES: Final = Path(__file__).parent / "practices.yml"
EXAMPLES: Final = Path(__file__).parent / "ci"
_BETWEEN: Final = re.compile(r"(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff])")
_FILE: Final = re.compile(r"<!-- 文件：([\w.-]+) -->")


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Put the pages of the kinds in their place in the navigation."""
    names = [f"kinds/{name}.md" for name in kind_pages()]
    for entry in config.nav or []:
        if KINDS in entry:
            entry[KINDS] = ["kinds.md", *names]
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages of the kinds."""
    for name, text in kind_pages().items():
        files.append(File.generated(config, f"kinds/{name}.md", content=text))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Replace ``<!-- 设置：… -->`` by the table of those settings, and ``<!-- 文件：… -->`` by the file."""
    for name, model in SETTINGS.items():
        markdown = markdown.replace(f"<!-- 设置：{name} -->", "\n".join(settings_table(model)))
    if "<!-- 指标 -->" in markdown:
        markdown = markdown.replace("<!-- 指标 -->", "\n".join(indicators_table()))
    if "<!-- 对照表 -->" in markdown:
        markdown = markdown.replace("<!-- 对照表 -->", "\n".join(practices_table()))
    markdown = markdown.replace("<!-- 无障碍：逐项结果 -->", "\n".join(conformance_table()))
    return _FILE.sub(_shown, markdown)


def _shown(match: re.Match[str]) -> str:
    text = (EXAMPLES / match[1]).read_text(encoding="utf-8")
    return f"```yaml\n{text}```"


@event_priority(-100)
def on_post_build(config: MkDocsConfig) -> None:
    """Make every Chinese character a word of the search index, so that no dictionary is needed."""
    path = Path(config.site_dir) / "search/search_index.json"
    index = json.loads(path.read_text(encoding="utf-8"))
    for entry in index["docs"]:
        for name in ("title", "text"):
            entry[name] = _BETWEEN.sub("\u200b", entry[name].replace("\u200b", ""))
    path.write_text(json.dumps(index, ensure_ascii=False), encoding="utf-8")


def indicators_table() -> Iterator[str]:
    """Yield the lines of the table of indicators, as the audit declares them."""
    yield "| 编号 | 指标 | 部分 | 查法 | 总分 | 每处 | 还要人工核对的 |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for rule in RULES:
        points = (f"{rule.total:g}", f"{rule.each:g}") if rule.part is Part.DEDUCTION else ("—", "—")
        cells = (rule.id, rule.name, rule.part.value, rule.method.value, *points, rule.rest or "—")
        yield f"| {' | '.join(cells)} |"


def practices_table() -> Iterator[str]:
    """Yield the lines of the table of practices, from the file that tests check against the sample city."""
    yield "| 编号 | 做法 | 城市 | 程度 | 怎样做 | 限度 | 样例页面 |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for number, row in yaml.safe_load(PRACTICES.read_text(encoding="utf-8")).items():
        places = [f"`{place}`" for place in (*(row.get("页面") or ()), *(row.get("命令") or ()))]
        cells = (
            row["做法"],
            row["城市"],
            row["程度"],
            row["怎样做"],
            row.get("限度") or "—",
            "<br>".join(places),
        )
        yield f"| {number} | {' | '.join(_cell(str(cell)) for cell in cells)} |"


def settings_table(model: type[Declared]) -> Iterator[str]:
    """Yield the lines of a Markdown table: key, form, what it is for."""
    yield "| 键 | 写法 | 说明 |"
    yield "| --- | --- | --- |"
    for info in model.model_fields.values():
        declared = item_of(info)
        words = [declared.help] if declared.help else []
        if info.is_required():
            words.insert(0, "**必填**")
        elif _default(info.default):
            words.append(f"不写时是 {_default(info.default)}")
        yield f"| `{declared.label}` | {_cell(form_of(info))} | {_cell('；'.join(words))} |"


def conformance_table() -> Iterator[str]:
    """Yield the day of the tests and a Markdown table: number, demand, criterion, how it is checked, result."""
    found = conformance()
    yield f"检查日期：{found.date}，{found.version} 版，共 {len(found.lines)} 项，达到 {found.count('passed')} 项。"
    yield ""
    yield "| 编号 | 要求 | WCAG 2.2 | 怎样检查 | 结果 |"
    yield "| --- | --- | --- | --- | --- |"
    for line in found.lines:
        words = f"{line.text}（{line.note}）" if line.note else line.text
        yield (
            f"| {line.line} | {_cell(words)} | {line.wcag or '—'} "
            f"| {HOW_WORDS[line.how]} | {RESULT_WORDS[line.result]} |"
        )


def _default(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return f"`{value}`" if isinstance(value, str | int) else ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
