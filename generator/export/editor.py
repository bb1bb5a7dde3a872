"""Settings for VS Code: schemas by folder, recommended extensions, a snippet for every kind."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from generator.config import CONFIG_NAME, load_config
from generator.diagnostics import EnvironmentProblem
from generator.export.describe import Value, choices_of, example_of, holds_many, is_a
from generator.export.layout import key_lines
from generator.export.schema import kind_schema, record_schema, site_schema
from generator.fields import Day, Item, Minute, Month
from generator.kinds import KINDS, RECORD_KINDS, ContentKind

FOLDER: Final = ".vscode"
_EXTENSIONS: Final = ("redhat.vscode-yaml", "ms-ceintl.vscode-language-pack-zh-hans")
_CLOCK: Final = "$CURRENT_HOUR:$CURRENT_MINUTE"
_TODAY: Final = "$CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE"


def write_schemas(project: Path) -> list[Path]:
    """Write schemas and settings below ``.vscode``; what the editor has set there by hand stays.

    Raises:
        EnvironmentProblem: If settings that are there cannot be read as JSON, or a file cannot be written.
    """
    group, _ = load_config(project)
    content = group.settings.content if group else "content"
    folder = project / FOLDER
    schemas = {f"schemas/{kind.name}.json": kind_schema(kind) for kind in KINDS}
    schemas |= {f"schemas/{kind.name}.json": record_schema(kind) for kind in RECORD_KINDS}
    files: dict[str, Any] = {
        **schemas,
        "schemas/site.json": site_schema(),
        "settings.json": _merged(folder / "settings.json", _settings(content)),
        "extensions.json": _merged(folder / "extensions.json", {"recommendations": list(_EXTENSIONS)}),
        "yangguang.code-snippets": dict(_snippets()),
    }
    written = []
    try:
        for name, value in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(
                json.dumps(value, ensure_ascii=False, indent=2) + "\n", encoding="utf-8", newline="\n"
            )
            written.append(path)
    except OSError as error:
        raise EnvironmentProblem(f"写不了 {error.filename}：{error.strerror}", "检查目录的写权限") from None
    return written


def _settings(content: str) -> dict[str, Any]:
    names = [*(kind.name for kind in KINDS), *(kind.name for kind in RECORD_KINDS)]
    schemas: dict[str, Any] = {f"./{FOLDER}/schemas/site.json": [CONFIG_NAME]}
    for name in names:
        schemas[f"./{FOLDER}/schemas/{name}.json"] = [
            f"{content}/{name}/**/*.{end}" for end in ("yml", "yaml")
        ]
    return {
        "yaml.schemas": schemas,
        "files.encoding": "utf8",
        "files.eol": "\n",
        "[markdown]": {"editor.quickSuggestions": {"other": True, "comments": False, "strings": True}},
    }


def _merged(path: Path, ours: Mapping[str, Any]) -> dict[str, Any]:
    """Add our settings to those in the file; on the same key the person's choice stays, tables are joined."""
    try:
        theirs = json.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return dict(ours)
    except OSError as error:
        raise EnvironmentProblem(f"读不了 {path}：{error.strerror}", "检查文件权限") from None
    except ValueError:
        theirs = None
    if not isinstance(theirs, dict):
        raise EnvironmentProblem(
            f"{path} 不是一组 JSON 设置（也可能写了注释），没有改动它",
            "删去其中的注释，或先把文件改名，再运行一次",
        )
    merged = dict(theirs)
    for key, value in ours.items():
        present = theirs.get(key)
        if isinstance(value, dict) and isinstance(present, dict):
            merged[key] = {**present, **value} if key == "yaml.schemas" else {**value, **present}
        elif isinstance(value, list) and isinstance(present, list):
            merged[key] = [*present, *(entry for entry in value if entry not in present)]
        else:
            merged.setdefault(key, value)
    return merged


# --- snippets --------------------------------------------------------------------------------------


def _snippets() -> Iterator[tuple[str, dict[str, Any]]]:
    for kind in KINDS:
        yield (
            f"新建{kind.label}",
            {
                "scope": "markdown",
                "prefix": [kind.label, kind.name],
                "description": kind.purpose,
                "body": [*_snippet(kind), "", *_escaped(kind.sample_body).rstrip("\n").split("\n"), "$0"],
            },
        )
        for name, declared, info in kind.items:
            choices = choices_of(info)
            if choices and not info.is_required():
                yield (
                    f"{kind.label}：{declared.label}",
                    {
                        "scope": "markdown",
                        "prefix": f"{declared.label}（{kind.label}）",
                        "description": declared.help or declared.label,
                        "body": [*_filled(name, declared, info, 1)],
                    },
                )


def _snippet(kind: ContentKind) -> Iterator[str]:
    yield "---"
    stop = 0
    for name, declared, info in kind.items:
        if info.is_required() or declared.example is not None:
            stop += 1
            yield from _filled(name, declared, info, stop)
    yield "---"


def _filled(name: str, declared: Item, info: Any, stop: int) -> Iterator[str]:
    """Yield the lines of one key, its value a tab stop of the snippet."""
    choices = choices_of(info)
    value = example_of(info)
    if is_a(info, Minute):
        yield f"{declared.label}: ${{{stop}:{_TODAY} {_CLOCK}}}"
    elif is_a(info, Day):
        yield f"{declared.label}: ${{{stop}:{_TODAY}}}"
    elif is_a(info, Month):
        yield f"{declared.label}: ${{{stop}:$CURRENT_YEAR-$CURRENT_MONTH}}"
    elif choices:
        options = ",".join(_choice(choice) for choice in choices)
        yield f"{declared.label}: {'[' if holds_many(info) else ''}${{{stop}|{options}|}}{']' if holds_many(info) else ''}"
    elif isinstance(value, str) or value is None:
        yield f"{declared.label}: ${{{stop}:{_escaped(value or '')}}}"
    else:
        yield from _block(declared.label, value, stop)


def _block(label: str, value: Value, stop: int) -> Iterator[str]:
    """Yield a list or table of values as it stands; its first value is the tab stop."""
    lines = list(key_lines(label, value))
    yield lines[0]
    for position, line in enumerate(lines[1:]):
        if position:
            yield _escaped(line)
            continue
        head, separator, last = line.rpartition(": ")
        if not separator:
            head, separator, last = line.rpartition("- ")
        yield f"{_escaped(head)}{separator}${{{stop}:{_escaped(last)}}}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("$", "\\$").replace("}", "\\}")


def _choice(text: str) -> str:
    return text.replace("\\", "\\\\").replace(",", "\\,").replace("|", "\\|")
