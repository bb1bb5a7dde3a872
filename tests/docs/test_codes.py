"""The list of codes in the manual is that of the program: none is missing, none is left over."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
TABLE: Final = ROOT / "docs/handbook/codes.md"
CODE: Final = re.compile(r"[a-z]+(?:-[a-z0-9]+)*")
HYPHENATED: Final = re.compile(r"[a-z]+(?:-[a-z0-9]+)+")

POSITIONS: Final = {
    "Diagnostic": 4,
    "FormatError": 0,
    "MarkupProblem": 3,
    "Problem": 1,
    "PydanticCustomError": 0,
    "YamlProblem": 0,
    "warn": 1,
    "_HeaderRule": 0,
}
"""Where the code stands among the arguments of what makes a problem."""

QUIET: Final = ("drawing", "export", "plan", "scaffold.py", "serving", "starter")
"""Parts full of words with hyphens (CSS classes, headers, addresses); only calls are looked at there."""

NOT_CODES: Final = frozenset(
    [
        "aria-label",
        "aria-labelledby",
        "footnote-backref",
        "initial-creator",
        "line-break",
        "number-columns-repeated",
        "quoted-callout",
        "rev-parse",
        "search-cache",
        "table-row",
        "tracked-changes",
        "utf-16",
        "utf-16-le",
        "utf-8",
        "utf-8-sig",
        "wuzhangai-shengming",
        "sha-wash",
        "on-deep",
        "on-deep2",
        "qing-deep",
        "x-item",
        "zfxxgk-fd",
        "zfxxgk-nb",
        "zfxxgk-ysq",
        "zfxxgk-zd",
        "zfxxgk-zn",
    ]
)
"""Words of the generator that look like codes. A new one belongs here only if editors never see it in brackets."""


def documented() -> set[str]:
    cells = re.findall(r"^\| (`[^|]*) \|", TABLE.read_text(encoding="utf-8"), re.M)
    return {code for cell in cells for code in re.findall(r"`([^`]+)`", cell)}


def modules() -> Iterator[tuple[Path, ast.Module]]:
    for file in sorted((ROOT / "generator").rglob("*.py")):
        yield file, ast.parse(file.read_text(encoding="utf-8"))


def text_of(node: ast.AST) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def called_codes(tree: ast.Module) -> Iterator[str]:
    """Yield the constants that stand where a code is expected."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = ast.unparse(node.func).rpartition(".")[2]
        for keyword in node.keywords:
            if keyword.arg == "code":
                yield text_of(keyword.value)
        starred = any(isinstance(argument, ast.Starred) for argument in node.args)
        position = POSITIONS.get(name, len(node.args))
        if position < len(node.args) and not starred:
            yield text_of(node.args[position])


def words(tree: ast.Module) -> Iterator[str]:
    """Yield all words with hyphens, except in sets, which only refer to codes."""
    if isinstance(tree, ast.Set):
        return
    yield text_of(tree)
    for child in ast.iter_child_nodes(tree):
        yield from words(child)  # type: ignore[arg-type]


def test_every_code_of_the_program_is_in_the_manual() -> None:
    used: dict[str, str] = {}
    for file, tree in modules():
        codes = [code for code in called_codes(tree) if CODE.fullmatch(code)]
        if file.relative_to(ROOT / "generator").parts[0] not in QUIET:
            codes += [word for word in words(tree) if HYPHENATED.fullmatch(word)]
        used |= {code: file.name for code in codes if code not in NOT_CODES}
    assert len(used) > 100
    missing = {code: name for code, name in used.items() if code not in documented()}
    assert not missing, f"add these to {TABLE.relative_to(ROOT)}: {missing}"


def test_every_code_in_the_manual_is_one_of_the_program() -> None:
    known = {text_of(node) for _, tree in modules() for node in ast.walk(tree)}
    assert documented() - known == set()


def test_a_code_is_explained_once() -> None:
    text = TABLE.read_text(encoding="utf-8")
    codes = re.findall(r"`([a-z][a-z0-9-]*)`", "\n".join(re.findall(r"^\| (`[^|]*) \|", text, re.M)))
    assert sorted(codes) == sorted(set(codes))
