"""Layers, doors and what building never loads (STYLE §3)."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sites.output import REPOSITORY
from tests.support import SiteFixture, policy

GENERATOR = REPOSITORY / "generator"
SEARCH = REPOSITORY / "search"

#: Package → the modules through which alone it enters, as patterns of paths below the repository.
DOORS = {
    "click": r"generator/cli/.*",
    "rich": r"generator/terminal\.py",
    "yaml": r"generator/yaml_nodes\.py|generator/importing/.*",
    "pydantic": r"generator/(forms|config|messages|validate)\.py|generator/(fields|kinds|export)/.*",
    "pydantic_core": r"generator/forms\.py|generator/fields/.*",
    "markdown": r"generator/markup/.*",
    "nh3": r"generator/markup/.*",
    "jinja2": r"generator/(templates|render)\.py",
    "markupsafe": r"generator/(templates|render)\.py",
    "PIL": r"generator/(images\.py|drawing/.*)",
    "mammoth": r"generator/importing/.*",
    "docx": r"generator/importing/.*",
    "openpyxl": r"generator/(attachments|importing)/.*",
    "pypdf": r"generator/(attachments|importing)/.*",
    "lxml": r"generator/importing/.*",
    "watchfiles": r"generator/(serve\.py|serving/.*)",
    "numpy": r"search/.*",
    "lunr": r"search/.*",
    "quickjs": r"search/scripts\.py",
    "py_mini_racer": r"search/scripts\.py",
    "pypinyin": r"search/.*|generator/importing/.*|generator/scaffold\.py",
    "mkdocs": r"",
    "material": r"",
    "segno": r"generator/rewriting\.py",
    "opencc": r"generator/traditional\.py",
}


def _modules(*folders: Path) -> Iterator[tuple[str, ast.Module]]:
    for folder in folders:
        for path in sorted(folder.rglob("*.py")):
            yield path.relative_to(REPOSITORY).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def _imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def test_layers_hold() -> None:
    program = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program], cwd=REPOSITORY, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout


def test_each_dependency_enters_by_its_doors() -> None:
    wrong = [
        f"{path} imports {name}"
        for path, tree in _modules(GENERATOR, SEARCH)
        for name in _imported(tree)
        if (top := name.partition(".")[0]) in DOORS and not re.fullmatch(DOORS[top], path)
    ]
    assert wrong == []


def test_every_dependency_has_a_door() -> None:
    own = {"generator", "search"}
    unlisted = {
        f"{path} imports {name}"
        for path, tree in _modules(GENERATOR, SEARCH)
        for name in _imported(tree)
        if (_top := name.partition(".")[0]) not in sys.stdlib_module_names | own | DOORS.keys() | {"msgspec"}
    }
    assert unlisted == set()


def test_search_imports_nothing_from_the_generator() -> None:
    assert [
        path
        for path, tree in _modules(SEARCH)
        if any(name.startswith("generator") for name in _imported(tree))
    ] == []


def test_only_the_command_prints_or_exits() -> None:
    """`terminal.py` is the command's progress line; `serve.py` ends a process that it started."""
    wrong = [
        f"{path}:{node.lineno}"
        for path, tree in _modules(GENERATOR, SEARCH)
        if not path.startswith(("generator/cli/", "generator/terminal.py"))
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and not (path == "generator/serve.py" and ast.unparse(node.func) == "sys.exit")
        and (
            (isinstance(node.func, ast.Name) and node.func.id in ("print", "exit", "quit"))
            or ast.unparse(node.func) in ("sys.exit", "sys.stdout.write", "sys.stderr.write", "click.echo")
        )
    ]
    assert wrong == []


def test_only_the_command_catches_everything() -> None:
    wrong = [
        f"{path}:{node.lineno}"
        for path, tree in _modules(GENERATOR, SEARCH)
        if not path.startswith("generator/cli/")
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler)
        and not any(isinstance(inner, ast.Raise) for inner in ast.walk(node))
        and (node.type is None or ast.unparse(node.type) in ("Exception", "BaseException"))
    ]
    assert wrong == []


def test_the_clock_is_read_by_commands_alone() -> None:
    """Today is an input of a build; stamps of caches are not dates that anyone sees."""
    wrong = [
        f"{path}:{node.lineno}"
        for path, tree in _modules(GENERATOR, SEARCH)
        if not path.startswith("generator/cli/")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and re.fullmatch(r"(datetime\.)?(date|datetime)\.(today|now|utcnow)", ast.unparse(node.func))
    ]
    assert wrong == []


def test_every_open_states_its_encoding() -> None:
    wrong = []
    for path, tree in _modules(GENERATOR, SEARCH):
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            keywords = {keyword.arg for keyword in node.keywords}
            positional = 1 if node.func.attr == "read_text" else 2
            if (
                node.func.attr in ("read_text", "write_text")
                and "encoding" not in keywords
                and len(node.args) < positional
            ):
                wrong.append(f"{path}:{node.lineno}")
    assert wrong == []


@pytest.mark.parametrize("module", ["generator.build", "generator.check"])
def test_building_the_pages_of_citizens_never_imports_the_handbook(site: SiteFixture, module: str) -> None:
    site.write("policy/a.md", policy())
    program = (
        "import sys\n"
        "from pathlib import Path\n"
        "from generator.config import load_config\n"
        "from generator.build import BuildOptions, build\n"
        "from generator.check import check_project\n"
        "group, _ = load_config(Path(sys.argv[1]))\n"
        "if sys.argv[2] == 'generator.build':\n"
        "    assert build(group, BuildOptions('2026-11-20', workers=1)).is_published\n"
        "else:\n"
        "    check_project(group, '2026-11-20', 1)\n"
        "print(' '.join(sorted(name.partition('.')[0] for name in sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(site.root), module],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = set(done.stdout.split())
    assert "jinja2" in loaded or module == "generator.check"
    assert (
        loaded & {"mkdocs", "material", "mkdocs_material", "click", "mammoth", "docx", "watchfiles"} == set()
    )


def test_no_file_names_a_machine_or_a_tool_of_one() -> None:
    """Paths of one machine have no place in a repository."""
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=REPOSITORY, capture_output=True)
    if tracked.returncode:
        pytest.skip("not a git checkout")
    # Put together here, so that this file does not name them.
    forbidden = re.compile(
        "|".join(
            ["/" + "work/", "/" + "root/", "/home/" + r"\w+/", "/" + r"tmp/[\w.-]+/", "/Users/" + r"\w+/"]
        )
    )
    wrong = []
    for name in tracked.stdout.decode().split("\0"):
        file = REPOSITORY / name
        if (
            not name
            or not file.is_file()
            or file.suffix in (".png", ".jpg", ".docx", ".pdf", ".xlsx", ".woff2")
        ):
            continue
        text = file.read_bytes().decode("utf-8", "replace")
        wrong += [f"{name}: {match.group()}" for match in forbidden.finditer(text)]
    assert wrong == []


def test_templates_switch_escaping_off_nowhere() -> None:
    wrong = [
        path.relative_to(REPOSITORY).as_posix()
        for path in (REPOSITORY / "theme").rglob("*.html")
        if re.search(
            r"\|\s*safe\b|autoescape\s+false|\|\s*string\s*\|\s*safe", path.read_text(encoding="utf-8")
        )
    ]
    assert wrong == []
