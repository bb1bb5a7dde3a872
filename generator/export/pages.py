"""A handbook page for every kind: each key, what it means, how it is written, whether it must be there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.export.describe import Value, example_of, form_of
from generator.export.draft import draft
from generator.export.layout import key_lines
from generator.fields import Declared, Item, item_of, model_inside
from generator.kinds import KINDS, RECORD_KINDS, ContentKind, RecordKind
from generator.kinds.base import LifeCycle


def kind_pages() -> dict[str, str]:
    """Return name of the kind → its page in Markdown."""
    pages = {kind.name: "\n".join(_page(kind)) + "\n" for kind in KINDS}
    return pages | {kind.name: "\n".join(_record_page(kind)) + "\n" for kind in RECORD_KINDS}


def _page(kind: ContentKind) -> Iterator[str]:
    yield f"# {kind.label}"
    yield ""
    yield f"{kind.purpose}。" if kind.purpose else ""
    yield ""
    yield f"- 放在：`content/{kind.name}/`，每篇一个 `.md` 文件；文件名就是网址的一段，只用小写字母、数字和连字符"
    yield f"- 网址：`{kind.url.replace('{slug}', '文件名')}`"
    if kind.section:
        yield f"- 不写“栏目”时放在栏目：`{kind.section}`"
    rule, _, field = kind.body.partition(" ")
    words = {"required": "必须有", "unless": f"必须有；写了“{kind.label_of(field)}”的可以没有"}
    yield "- 正文：" + words.get(rule, "可以没有")
    yield f"- 新建：`yangguang new {kind.label} --title 标题`"
    if kind.life_cycle:
        yield f"- 状态随日期变化：{_states(kind.life_cycle)}"
    yield ""
    yield "## 各项"
    yield ""
    yield from _table(kind.items)
    yield from _inner_tables(kind.model)
    yield from _used_for(kind)
    yield "## 样例"
    yield ""
    yield "```yaml"
    yield "---"
    for name, value in draft(kind).items():
        yield from key_lines(kind.label_of(name), value)
    yield "---"
    yield "```"


def _states(cycle: LifeCycle) -> str:
    return " → ".join(state.label for state in cycle.states)


def _record_page(kind: RecordKind) -> Iterator[str]:
    labels = kind.keys.labels
    yield f"# {kind.label}"
    yield ""
    yield f"{kind.purpose}。" if kind.purpose else ""
    yield ""
    yield f"- 放在：`content/{kind.name}/`，一个或几个 CSV 文件（也可以用 YAML），每行一条；第一行是表头，表头就是下表的“键”"
    yield f"- 显示在栏目：`{kind.section}`"
    yield f"- 新建：`yangguang new {kind.label}`"
    if kind.key:
        yield f"- “{labels[kind.key]}”不能重复"
    if kind.date:
        yield f"- 按“{labels[kind.date]}”排列，新的在前"
    if kind.until:
        yield f"- 过了“{labels[kind.until]}”的自动下线"
    yield ""
    yield "## 各列"
    yield ""
    waivers = kind.model.model_fields["waivers"]
    yield from _table((*kind.items, ("waivers", item_of(waivers), waivers)))


def _table(items: Any) -> Iterator[str]:
    yield "| 键 | 必填 | 写法 | 说明 | 例 |"
    yield "| --- | --- | --- | --- | --- |"
    for name, declared, info in items:
        cells = (
            f"{declared.label}<br>`{name}`",
            "必填" if info.is_required() else "可选",
            form_of(info),
            "" if declared.help in form_of(info) else declared.help,
            _example(declared, info),
        )
        yield f"| {' | '.join(_cell(cell) for cell in cells)} |"
    yield ""


def _example(declared: Item, info: Any) -> str:
    value = example_of(info)
    if declared.example is None and model_inside(info.annotation):
        return "见下表"
    return f"`{_flat(value)}`" if value is not None else ""


def _flat(value: Value) -> str:
    """Return a value in YAML's one-line form."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return "{" + "，".join(f"{key}: {_flat(inner)}" for key, inner in value.items()) + "}"
    return "、".join(_flat(entry) for entry in value)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", "<br>")


def _inner_tables(model: type[Declared], above: str = "") -> Iterator[str]:
    for info in model.model_fields.values():
        inner = model_inside(info.annotation)
        if inner is None:
            continue
        label = f"{above}{item_of(info).label}"
        yield f"### {label}里的各项"
        yield ""
        yield from _table((name, item_of(field), field) for name, field in inner.model_fields.items())
        yield from _inner_tables(inner, f"{label}·")


def _used_for(kind: ContentKind) -> Iterator[str]:
    uses = (
        ("列表可以按这些项筛选", [declared for _, declared, _ in kind.items if declared.facet]),
        ("列表可以按这些项排序", [declared for _, declared, _ in kind.items if declared.sort]),
        ("搜索会查这些项", [declared for _, declared, _ in kind.items if declared.search]),
        ("网页上方的属性表显示这些项", [declared for _, declared, _ in kind.items if declared.table]),
    )
    shown = [(words, declared) for words, declared in uses if declared]
    if not shown:
        return
    yield "## 用在哪里"
    yield ""
    for words, found in shown:
        yield f"- {words}：{'、'.join(declared.label for declared in found)}"
    yield ""
