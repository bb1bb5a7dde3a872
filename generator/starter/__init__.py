"""New projects: settings, sections, and samples of the kinds that they show, made from the declarations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from generator.diagnostics import EnvironmentProblem
from generator.export import write_schemas
from generator.export.describe import Value, example_of
from generator.kinds import KIND_BY_NAME, KINDS, RECORD_KINDS, ContentKind
from generator.scaffold import Surroundings, create, csv_line, document_text, heading_row, shifted
from generator.yaml_nodes import Mapping as YamlMapping
from generator.yaml_nodes import Node, Scalar, parse

_STARTER: Final = Path(__file__).parent
_FILES: Final = {
    "site.yml": "site.yml",
    "README.md": "README.md",
    "gitignore": ".gitignore",
    "pre-commit": ".githooks/pre-commit",
}
"""File of the starter → file of the project; dotted names would act on this repository itself."""


def init_project(folder: Path, today: str) -> list[Path]:
    """Make a project that builds at once, and return the paths written.

    Args:
        today: ISO day on which the samples are dated.

    Raises:
        EnvironmentProblem: If a file is there already (nothing is written then), or cannot be written.
    """
    files = {target: (_STARTER / name).read_bytes() for name, target in _FILES.items()}
    files |= {f"content/{path}": text.encode() for path, text in _samples(today)}
    present = [name for name in files if (folder / name).exists()]
    if present:
        shown = "、".join(present[:3]) + ("等" if len(present) > 3 else "")
        raise EnvironmentProblem(
            f"{folder} 里已经有 {shown}，没有改动任何文件", "换一个空目录，例如 yangguang init 新目录"
        )
    written = [create(folder / name, data) for name, data in files.items()]
    (folder / _FILES["pre-commit"]).chmod(0o755)
    return [*written, *write_schemas(folder)]


def _samples(today: str) -> Iterator[tuple[str, str]]:
    """Yield path and text of the starter's sections, and a sample of every kind and table that they show."""
    starter = _starter("samples.yml", today)
    sections = _starter("sections.yml", today)
    near = Surroundings(
        issuer=str(starter["organisation"]["标题"]),
        index_number=str(starter["policy"]["索引号"]),
        reference=str(starter["policy"]["发文字号"]),
        sections=frozenset(sections),
    )
    for slug, given in sections.items():
        yield f"section/{slug}.md", _sample(KIND_BY_NAME["section"], given, today, near)
    for kind in KINDS:
        if kind.name != "section" and kind.section in {"", *sections}:
            given = dict(starter.get(kind.name, {}))
            slug = str(given.pop("代号", "yangli"))
            yield f"{kind.name}/{slug}.md", _sample(kind, given, today, near)
    for table in RECORD_KINDS:
        if table.section not in sections:
            continue
        row = {declared.label: shifted(example_of(info), today) or "" for _, declared, info in table.items}
        cells = (str(value) for value in (row | starter.get(table.name, {})).values())
        yield f"{table.name}/{today[:4]}.csv", "\ufeff" + heading_row(table) + csv_line(cells)


def _sample(kind: ContentKind, given: Mapping[str, Value], today: str, near: Surroundings) -> str:
    values = {kind.keys.names[label]: value for label, value in given.items() if label != "正文"}
    body = given.get("正文")
    title = values.pop("title", f"{kind.label}样例")
    return document_text(kind, str(title), today, near, values, str(body) if body is not None else None)


def _starter(name: str, today: str) -> dict[str, dict[str, Value]]:
    text = (_STARTER / name).read_text(encoding="utf-8").replace("{年}", today[:4])
    tree = _plain(parse(text))
    assert isinstance(tree, dict)
    return tree


def _plain(node: Node | None) -> Value:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, YamlMapping):
        return {key.text: _plain(value) for key, value in node.items}
    return [_plain(entry) for entry in node.items] if node else ""
