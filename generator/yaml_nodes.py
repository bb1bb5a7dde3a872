"""YAML → text scalars with positions. The only module that imports yaml.

YAML decides nothing here: every scalar stays the text that was typed, so ``no``, ``08`` and ``2026-02-30``
reach the field type that knows what is right. Anchors and aliases are refused, which makes alias bombs
impossible; depth and size are bounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import yaml

MAX_DEPTH: Final = 12
MAX_NODES: Final = 200_000

_Loader: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_UNREADABLE: Final = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_KEY: Final = re.compile(r"\s*(?:- +)*(?:\"[^\"]*\"|'[^']*'|[^\s#\"'][^#]*?):(?:\s|$)")
_ALIAS: Final = ("不能使用 YAML 的锚点（&）和引用（*）", "把内容照写一遍；以 & 或 * 开头的文字要加英文双引号")
_QUOTE_MARKED: Final = "删去标签；文字本来以 ! 开头的，给整个值加上英文双引号"


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
    simple = simple_mapping(text, first_line)
    if simple is not None:
        return simple
    return parsed(text, first_line)


def parsed(text: str, first_line: int = 1) -> Node | None:
    """Return what `parse` returns, always through the parser: the reference for `simple_mapping`."""
    events = _events(text, first_line)
    tree: Node | None = None
    seen_document = False
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            if seen_document:
                raise _problem(
                    event,
                    first_line,
                    "yaml-broken",
                    "“---”之后又有一段“键: 值”",
                    "只保留一段，删去多余的 ---",
                )
            seen_document = True
        elif isinstance(event, yaml.NodeEvent):
            tree = _Builder(events, first_line).build(event, 0)
    if isinstance(tree, Scalar) and tree.blank:
        return None
    return tree


_PRINTABLE: Final = re.compile(
    r"[\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]*"
)
_VALUE: Final = (
    r'(?:"(?P<{0}quoted>[^"\\\n]*)"|(?P<{0}plain>[^\s!"#%&\'*,:>?@`|{{}}\[\]~=<-](?:[^\n:#]|:(?=\S))*))'
)
_SIMPLE: Final = re.compile(
    rf"(?P<key>[^\W\d_][\w（）]*):(?: +{_VALUE.format('')})?|(?P<dash> *- ){_VALUE.format('item_')}"
)


def simple_mapping(text: str, first_line: int = 1) -> Mapping | None:
    """Read keys with one-line values and lists of such values, which is nearly all front matter, without the parser.

    Returns None for anything else; the result equals that of the parser. It takes a tenth of its time.
    """
    if text[:1] in ("", "\n") or not _PRINTABLE.fullmatch(text):
        return None
    items: list[tuple[Scalar, Node]] = []
    members: list[Node] | None = None
    indent = 0
    for offset, row in enumerate(text.split("\n")):
        if not row:
            continue
        match = _SIMPLE.fullmatch(row)
        if match is None or row[-1] == " ":
            return None
        key, quoted, plain, dash, item_quoted, item_plain = match.groups()
        line = first_line + offset
        if dash is None:
            members = None
            value = plain if quoted is None else quoted
            column = len(key) + 2 if value is None else match.start("plain" if quoted is None else "quoted")
            column += plain is not None
            items.append((Scalar(key, line, 1, False), Scalar(value or "", line, column, value is None)))
            continue
        if members is None:
            owner, blank = items[-1] if items else (None, None)
            if owner is None or not (isinstance(blank, Scalar) and blank.blank):
                return None
            members, indent = [], len(dash)
            items[-1] = (owner, Sequence(members, line, indent - 1))
        elif len(dash) != indent:
            return None
        column = match.start("item_plain") + 1 if item_quoted is None else match.start("item_quoted")
        members.append(Scalar(item_plain if item_quoted is None else item_quoted, line, column, False))
    return Mapping(items, first_line, 1) if items else None


def _events(text: str, first_line: int) -> Iterator[Any]:
    try:
        yield from yaml.parse(text, Loader=_Loader)
    except yaml.reader.ReaderError:
        place = _UNREADABLE.search(text)
        line, column = _line_and_column(text, place.start() if place else 0)
        raise YamlProblem(
            "control-character", "含有看不见的控制字符", "删去后重新输入这一行", first_line + line, column + 1
        ) from None
    except yaml.MarkedYAMLError as error:
        raise _explained(error, text.split("\n"), first_line) from None
    except (yaml.YAMLError, UnicodeError):
        raise _broken("", "对照同类文件检查冒号、缩进和引号", first_line, 1) from None


def _line_and_column(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset), offset - text.rfind("\n", 0, offset) - 1


def _broken(shown: str, remedy: str, line: int, column: int) -> YamlProblem:
    shown = shown.strip()
    cut = f"{shown[:40]}…" if len(shown) > 40 else shown
    return YamlProblem("yaml-broken", f"写法有误：{cut}" if cut else "写法有误", remedy, line, column)


def _explained(error: yaml.MarkedYAMLError, lines: list[str], first_line: int) -> YamlProblem:
    """Say in an editor's words what libyaml complains of, at the line where the mistake was made."""
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    begun = error.context_mark.line if error.context_mark else line
    problem = f"{error.problem or ''} {error.context or ''}"
    shown = lines[line] if line < len(lines) else ""
    if "\t" in shown[: column + 1] and not shown[:column].strip():
        return _broken(shown, "缩进不能用制表符（Tab），改用空格", first_line + line, column + 1)
    if "alias" in problem or "anchor" in problem:
        return YamlProblem("yaml-alias", *_ALIAS, first_line + line, column)
    if "tag" in problem:
        return YamlProblem(
            "yaml-tag", "不能使用以 ! 开头的标签", _QUOTE_MARKED, first_line + begun, shown.find("!") + 1
        )
    if "mapping values are not allowed" in problem:
        return _unexpected_colon(lines, line, column, first_line)
    if "quoted scalar" in problem:
        remedy = "引号没有成对，补上后引号；文字里的引号改用中文引号“”"
    elif "could not find expected ':'" in problem:
        remedy = _missing_colon(lines[begun])
    elif "flow" in problem:
        remedy = "方括号或花括号没有成对，或少了、多了英文逗号"
    elif "block scalar" in problem:
        remedy = "| 或 > 之后的文字要另起一行，并比键多缩进两格"
    elif "cannot start any token" in problem:
        remedy = "值以特殊符号开头（如 @ % `），给整个值加上英文双引号"
        begun = line
    elif "block collection" in problem or "block mapping" in problem:
        remedy = "缩进没有对齐：同一级的键和短横线要左对齐；键后面用英文冒号加空格"
        begun = line
    else:
        remedy = "对照同类文件检查冒号、缩进和引号"
    shown = lines[begun] if begun < len(lines) else ""
    at = column if begun == line else (error.context_mark.column if error.context_mark else 0)
    return _broken(shown, remedy, first_line + begun, at + 1)


def _unexpected_colon(lines: list[str], line: int, column: int, first_line: int) -> YamlProblem:
    """Explain a colon where none may be: in a value, or after a line that lacks its own."""
    shown = lines[line]
    if _KEY.match(shown[:column]):
        remedy = "这一行的值里有英文冒号加空格：给整个值加上英文双引号"
        return _broken(shown, remedy, first_line + line, column + 1)
    before = line - 1
    while before > 0 and not lines[before].strip():
        before -= 1
    if before >= 0 and not _KEY.match(lines[before]):
        above = lines[before]
        return _broken(
            above, _missing_colon(above), first_line + before, len(above) - len(above.lstrip()) + 1
        )
    remedy = "这一行缩进多了：同一级的键要左对齐"
    return _broken(shown, remedy, first_line + line, len(shown) - len(shown.lstrip()) + 1)


def _missing_colon(shown: str) -> str:
    if "：" in shown:
        return "键后面要用英文冒号加空格（: ），不能用中文冒号"
    if re.match(r"[^\s:]+:[^\s/]", shown):
        return "英文冒号后面要空一格"
    return "每行写成“键: 值”，冒号用英文，后面空一格；多行文字要缩进两格"


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
        if depth > MAX_DEPTH:
            raise _problem(
                event, self._first_line, "yaml-too-deep", f"层次超过 {MAX_DEPTH} 层", "减少缩进层次"
            )
        if self._count > MAX_NODES:
            raise _problem(
                event,
                self._first_line,
                "yaml-too-large",
                f"内容超过 {MAX_NODES // 10_000} 万项",
                "拆成几个文件",
            )
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            raise _problem(
                event,
                self._first_line,
                "yaml-alias",
                *_ALIAS,
            )
        mark = event.start_mark
        line, column = self._first_line + mark.line, mark.column + 1
        if isinstance(event, yaml.ScalarEvent):
            if event.tag and event.tag != "!":
                raise self._tagged(event)
            return Scalar(event.value, line, column, not event.value and not event.style)
        if event.tag:
            raise self._tagged(event)
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Node] = []
            for inner in self._events:
                if isinstance(inner, yaml.SequenceEndEvent):
                    break
                items.append(self.build(inner, depth + 1))
            return Sequence(items, line, column)
        return self._mapping(line, column, depth)

    def _tagged(self, event: Any) -> YamlProblem:
        tag = str(event.tag).replace("tag:yaml.org,2002:", "!!")
        return _problem(event, self._first_line, "yaml-tag", f"不能使用标签“{tag}”", _QUOTE_MARKED)

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
