"""YAML → text scalars with positions. The only module that imports yaml.

YAML decides nothing here: every scalar stays the text that was typed, so ``no``, ``08`` and ``2026-02-30``
reach the field type that knows what is right. Anchors and aliases are refused, which makes alias bombs
impossible; depth and size are bounded.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import yaml

MAX_DEPTH: Final = 12
MAX_NODES: Final = 200_000

_Loader: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(slots=True)
class Scalar:
    """A text; ``blank`` tells ``key:`` without a value from ``key: ""``."""

    text: str
    line: int
    column: int
    blank: bool


@dataclass(slots=True)
class Sequence:
    """A list."""

    items: list[Node]
    line: int
    column: int


@dataclass(slots=True)
class Mapping:
    """Keys with values, in the order written, repeated keys included."""

    items: list[tuple[Scalar, Node]]
    line: int
    column: int


Node = Scalar | Sequence | Mapping


class YamlProblem(Exception):
    """The text is not the YAML that front matter may use; the message is Chinese."""

    def __init__(self, code: str, message: str, remedy: str, line: int, column: int) -> None:
        super().__init__(code, message, remedy, line, column)
        self.code = code
        self.message = message
        self.remedy = remedy
        self.line = line
        self.column = column


def parse(text: str, first_line: int = 1) -> Node | None:
    """Return the tree of a YAML text, or None if it is empty.

    Args:
        first_line: Line number of the text's first line in its file; positions are counted from it.

    Raises:
        YamlProblem: If the text is broken, too deep or large, or uses anchors, aliases, tags or several documents.
    """
    events = _events(text, first_line)
    tree: Node | None = None
    seen_document = False
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            if seen_document:
                raise _problem(
                    event, first_line, "yaml-broken", "一个文件里写了两段 YAML", "只保留一段，删去多余的 ---"
                )
            seen_document = True
        elif isinstance(event, yaml.NodeEvent):
            tree = _Builder(events, first_line).build(event, 0)
    if isinstance(tree, Scalar) and tree.blank:
        return None
    return tree


def _events(text: str, first_line: int) -> Iterator[Any]:
    try:
        yield from yaml.parse(text, Loader=_Loader)
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) if isinstance(error.position, int) else 0
        raise YamlProblem(
            "control-character", "含有看不见的控制字符", "删去后重新输入这一行", first_line + line, 1
        ) from None
    except yaml.MarkedYAMLError as error:
        raise _explained(error, text, first_line) from None
    except yaml.YAMLError:
        raise YamlProblem(
            "yaml-broken", "YAML 写法有误", "对照同类文件检查冒号、缩进和引号", first_line, 1
        ) from None


def _explained(error: yaml.MarkedYAMLError, text: str, first_line: int) -> YamlProblem:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    lines = text.split("\n")
    shown = lines[line] if line < len(lines) else ""
    problem = (error.problem or "") + " " + (error.context or "")
    remedy = "对照同类文件检查冒号、缩进和引号"
    if "\t" in shown[: column + 1]:
        remedy = "缩进不能用制表符（Tab），改用空格"
    elif "mapping values are not allowed" in problem:
        remedy = "这一行的值里有英文冒号加空格：给整个值加上英文双引号"
    elif "could not find expected ':'" in problem:
        earlier = max(line - 1, 0)
        if "：" in (lines[earlier] if earlier < len(lines) else "") + shown:
            remedy = "键后面要用英文冒号加空格（: ），不能用中文冒号"
        else:
            remedy = "每行写成“键: 值”，冒号用英文，后面空一格"
    elif "found unexpected end of stream" in problem or "quoted scalar" in problem:
        remedy = "引号没有成对，补上后引号"
    elif "cannot start any token" in problem:
        remedy = "值以特殊符号开头（如 @ % ` ），给整个值加上英文双引号"
    elif "block collection" in problem or "block mapping" in problem or "block end" in problem:
        remedy = "缩进没有对齐：同一级的键和短横线要左对齐"
    return YamlProblem(
        "yaml-broken", f"YAML 写法有误：{shown.strip()[:40]}", remedy, first_line + line, column + 1
    )


def _problem(event: Any, first_line: int, code: str, message: str, remedy: str) -> YamlProblem:
    mark = event.start_mark
    return YamlProblem(code, message, remedy, first_line + mark.line, mark.column + 1)


class _Builder:
    """Builds one tree from the event that starts it, reading on from the shared iterator."""

    def __init__(self, events: Iterator[Any], first_line: int) -> None:
        self._events = events
        self._first_line = first_line
        self._count = 0

    def build(self, event: Any, depth: int) -> Node:
        self._count += 1
        if depth > MAX_DEPTH or self._count > MAX_NODES:
            raise _problem(
                event,
                self._first_line,
                "yaml-too-deep",
                "YAML 层次太深或内容太多",
                "拆成几个文件，或减少缩进层次",
            )
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            raise _problem(
                event,
                self._first_line,
                "yaml-alias",
                "不能使用 YAML 的锚点（&）和引用（*）",
                "把内容照写一遍；以 & 或 * 开头的文字要加英文双引号",
            )
        mark = event.start_mark
        line, column = self._first_line + mark.line, mark.column + 1
        if isinstance(event, yaml.ScalarEvent):
            if event.tag and event.tag != "!":
                raise _problem(
                    event,
                    self._first_line,
                    "yaml-tag",
                    f"不能使用 YAML 标签“{event.tag}”",
                    "以 ! 开头的文字要加英文双引号",
                )
            return Scalar(event.value, line, column, not event.value and event.style is None)
        if event.tag:
            raise _problem(
                event, self._first_line, "yaml-tag", f"不能使用 YAML 标签“{event.tag}”", "删去标签"
            )
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Node] = []
            for inner in self._events:
                if isinstance(inner, yaml.SequenceEndEvent):
                    break
                items.append(self.build(inner, depth + 1))
            return Sequence(items, line, column)
        return self._mapping(line, column, depth)

    def _mapping(self, line: int, column: int, depth: int) -> Mapping:
        pairs: list[tuple[Scalar, Node]] = []
        for inner in self._events:
            if isinstance(inner, yaml.MappingEndEvent):
                break
            key = self.build(inner, depth + 1)
            if not isinstance(key, Scalar):
                raise YamlProblem(
                    "yaml-broken", "键不能是列表或一组键值", "键写成一个词", key.line, key.column
                )
            pairs.append((key, self.build(next(self._events), depth + 1)))
        return Mapping(pairs, line, column)
