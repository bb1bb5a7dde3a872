"""Field mapping of an import: which field of a record becomes which front matter key.

The file is YAML with Chinese keys, written by whoever moves the data::

    种类: policy
    标识: id
    正文: body_markdown
    正文格式: 提纲
    字段:
      title: 标题
      written_date: [成文日期, 发布时间]
      status: {写入: 有效性, 对应: {有效: 现行有效, 推定: ""}}
    固定值: {栏目: zcwj}
    缺省值: {发文机关: 未注明}
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

from generator.diagnostics import Diagnostic, Severity, did_you_mean
from generator.kinds import KIND_BY_NAME, ContentKind
from generator.yaml_nodes import Mapping, Node, Scalar, Sequence, YamlProblem, parse

BODY_FORMATS: Final = ("提纲", "纯文本", "Markdown")
BUNDLED: Final = Path(__file__).parent / "mappings"
_KEYS: Final = ("种类", "标识", "正文", "正文格式", "字段", "固定值", "缺省值")
_TARGET_KEYS: Final = ("写入", "对应", "时刻", "分隔", "日期格式", "各项")


class Target(msgspec.Struct, frozen=True):
    """Where one field goes.

    Attributes:
        labels: Front matter keys; each takes the value if nothing stands there yet.
        values: Other spellings: value found → value written; an empty one drops the value.
        time: Time of day for a publication date without one.
        separator: Splits the text into several values.
        date_format: Form of the date as `strptime` wants it; empty for the usual forms.
        items: For a list of records: inner field → inner key.
    """

    labels: tuple[str, ...]
    values: dict[str, str] = {}
    time: str = ""
    separator: str = ""
    date_format: str = ""
    items: dict[str, str] = {}


class FieldMapping(msgspec.Struct, frozen=True):
    """A mapping, checked against the kind it fills."""

    kind: str
    identifier: str
    body: str
    body_format: str
    fields: dict[str, Target]
    constants: dict[str, str]
    defaults: dict[str, str]


class _Flaw(Exception):
    def __init__(self, node: Node, message: str, remedy: str) -> None:
        super().__init__(node, message, remedy)
        self.node = node
        self.message = message
        self.remedy = remedy


def read_mapping(path: Path, shown: str = "") -> tuple[FieldMapping | None, list[Diagnostic]]:
    """Read a mapping file; None with diagnostics if it cannot be used.

    Args:
        shown: Path in messages.
    """
    shown = shown or path.as_posix()
    try:
        tree = parse(path.read_text(encoding="utf-8"))
        return _mapping(tree), []
    except OSError:
        remedy = f"检查路径；自带的映射有 {'、'.join(bundled_names())}"
        return None, [Diagnostic(shown, 0, 0, Severity.ERROR, "import-mapping", "找不到字段映射文件", remedy)]
    except UnicodeDecodeError:
        return None, [
            Diagnostic(
                shown, 0, 0, Severity.ERROR, "import-mapping", "字段映射文件不是 UTF-8 编码", "另存为 UTF-8"
            )
        ]
    except YamlProblem as error:
        return None, [
            Diagnostic(
                shown, error.line, error.column, Severity.ERROR, error.code, error.message, error.remedy
            )
        ]
    except _Flaw as flaw:
        place = flaw.node
        return None, [
            Diagnostic(
                shown, place.line, place.column, Severity.ERROR, "import-mapping", flaw.message, flaw.remedy
            )
        ]


def bundled_names() -> tuple[str, ...]:
    """Names of the mappings that come with the program."""
    return tuple(sorted(file.stem for file in BUNDLED.glob("*.yml")))


def _mapping(tree: Node | None) -> FieldMapping:
    if not isinstance(tree, Mapping):
        raise _Flaw(tree or Scalar("", 1, 1, True), "字段映射文件应当是“键: 值”", "参照自带的映射编写")
    entries = dict(_entries(tree, _KEYS))
    kind = _kind(entries.get("种类", tree))
    body_format = _text(entries["正文格式"]) if "正文格式" in entries else BODY_FORMATS[0]
    if body_format not in BODY_FORMATS:
        raise _Flaw(entries["正文格式"], f"正文格式没有“{body_format}”", f"可选：{'、'.join(BODY_FORMATS)}")
    if "字段" not in entries or not isinstance(entries["字段"], Mapping):
        raise _Flaw(entries.get("字段", tree), "没有写“字段”", "在“字段”下逐行写“原字段: 目标键”")
    fields = {key.text: _target(value, kind) for key, value in entries["字段"].items}
    return FieldMapping(
        kind=kind.name,
        identifier=_text(entries["标识"]) if "标识" in entries else "",
        body=_text(entries["正文"]) if "正文" in entries else "",
        body_format=body_format,
        fields=fields,
        constants=_labelled(entries.get("固定值"), kind),
        defaults=_labelled(entries.get("缺省值"), kind),
    )


def _entries(node: Mapping, allowed: tuple[str, ...]) -> Iterator[tuple[str, Node]]:
    for key, value in node.items:
        if key.text not in allowed:
            hint = did_you_mean(key.text, allowed) or f"可用的键：{'、'.join(allowed)}"
            raise _Flaw(key, f"不认识“{key.text}”", hint)
        yield key.text, value


def _text(node: Node) -> str:
    if not isinstance(node, Scalar):
        raise _Flaw(node, "这里应当是一行文字", "改为一行文字")
    return node.text


def _kind(node: Node) -> ContentKind:
    name = _text(node) if isinstance(node, Scalar) else ""
    if name not in KIND_BY_NAME:
        hint = did_you_mean(name, KIND_BY_NAME) or f"可选：{'、'.join(KIND_BY_NAME)}"
        raise _Flaw(node, f"“种类”没有“{name}”" if name else "没有写“种类”", hint)
    return KIND_BY_NAME[name]


def _label(node: Node, kind: ContentKind) -> str:
    """Return the Chinese key that a label or English name means in the kind."""
    written = _text(node)
    name = kind.keys.names.get(written)
    if name is None:
        hint = did_you_mean(written, kind.keys.names) or f"可用的键：{'、'.join(kind.keys.labels.values())}"
        raise _Flaw(node, f"{kind.label}没有“{written}”这个键", hint)
    return kind.keys.labels[name]


def _target(node: Node, kind: ContentKind) -> Target:
    if isinstance(node, Scalar):
        return Target((_label(node, kind),))
    if isinstance(node, Sequence):
        return Target(tuple(_label(item, kind) for item in node.items))
    entries = dict(_entries(node, _TARGET_KEYS))
    if "写入" not in entries:
        raise _Flaw(node, "没有写“写入”", '写明目标键，例如 {写入: 发布时间, 时刻: "09:00"}')
    return Target(
        labels=_target(entries["写入"], kind).labels,
        values=_pairs(entries.get("对应")),
        time=_text(entries["时刻"]) if "时刻" in entries else "",
        separator=_text(entries["分隔"]) if "分隔" in entries else "",
        date_format=_text(entries["日期格式"]) if "日期格式" in entries else "",
        items=_pairs(entries.get("各项")),
    )


def _pairs(node: Node | None) -> dict[str, str]:
    if node is None:
        return {}
    if not isinstance(node, Mapping):
        raise _Flaw(node, "这里应当是“原值: 新值”", "逐行写“原值: 新值”")
    return {key.text: _text(value) for key, value in node.items}


def _labelled(node: Node | None, kind: ContentKind) -> dict[str, str]:
    if node is None:
        return {}
    if not isinstance(node, Mapping):
        raise _Flaw(node, "这里应当是“键: 值”", "逐行写“键: 值”")
    return {_label(key, kind): _text(value) for key, value in node.items}
