"""Load: files under ``content/`` → `SourceDocument`: text scalars with positions, and where the body begins."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from generator.diagnostics import Diagnostic, Severity, did_you_mean
from generator.fields import CONTROL, KeyMap
from generator.yaml_nodes import Mapping, Node, Scalar, Sequence, YamlProblem, parse

MAX_BYTES: Final = 8_000_000
BODY_KEY: Final = "正文"


@dataclass(slots=True)
class SourceDocument:
    """A content file as written.

    Attributes:
        path: Relative to the project folder.
        kind: Name of its kind: the folder under ``content/``.
        slug: Name of the file, or of its folder for ``<slug>/index.md``.
        front: The front matter.
        body: Text after the front matter, with ``\\n`` line ends.
        body_line: Line of the file on which the body begins.
    """

    path: str
    kind: str
    slug: str
    front: Mapping
    body: str
    body_line: int


@dataclass(slots=True)
class SourceRow:
    """A row of a table of records, as written."""

    path: str
    kind: str
    front: Mapping


def decode(path: str, data: bytes) -> tuple[str, Diagnostic | None]:
    """Return the text of a file with ``\\n`` line ends, or why it cannot be read."""
    if len(data) > MAX_BYTES:
        return "", Diagnostic(
            path,
            0,
            0,
            Severity.ERROR,
            "file-too-large",
            f"文件有 {len(data) // 1_000_000} MB",
            "正文文件应小于 8 MB，把大的内容做成附件",
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        remedy = "用记事本打开，另存为，编码选 UTF-8"
        if path.endswith(".csv"):
            remedy = "用表格软件打开，另存为，类型选“CSV UTF-8（逗号分隔）”"
        return "", Diagnostic(
            path, line, 0, Severity.ERROR, "not-utf8", f"文件不是 UTF-8 编码{_encoding(data)}", remedy
        )
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text, None


def _encoding(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "，是 UTF-16（Unicode）编码"
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return ""
    return "，可能是 GB 18030（GBK、ANSI）编码"


def control_characters(path: str, text: str) -> list[Diagnostic]:
    """Return the first character of a text that no page may hold, if there is one."""
    match = CONTROL.search(text)
    if not match:
        return []
    line, begin = text.count("\n", 0, match.start()) + 1, text.rfind("\n", 0, match.start()) + 1
    return [
        Diagnostic(
            path,
            line,
            match.start() - begin + 1,
            Severity.ERROR,
            "control-character",
            "含有看不见的控制字符",
            "删去后重新输入这一行",
        )
    ]


def load_document(
    path: str, kind: str, slug: str, data: bytes
) -> tuple[SourceDocument | None, list[Diagnostic]]:
    """Split a file into front matter and body, and read the front matter."""
    text, problem = decode(path, data)
    if problem:
        return None, [problem]
    if path.endswith((".yml", ".yaml")):
        front_text, body, front_line, body_line = text, "", 1, 1
    else:
        split = _split(text)
        if split is None:
            message = (
                "文件没有以“---”开头的文件信息" if not text.startswith("---") else "文件信息没有以“---”结束"
            )
            return None, [
                Diagnostic(
                    path,
                    1,
                    1,
                    Severity.ERROR,
                    "no-front-matter",
                    message,
                    "第一行写 ---，接着每行一个“键: 值”，再写一行 ---，然后是正文",
                )
            ]
        front_text, body, body_line = split
        front_line = 2
    try:
        tree = parse(front_text, front_line)
    except YamlProblem as error:
        return None, [_unread(path, error)]
    if tree is None:
        tree = Mapping([], front_line, 1)
    if not isinstance(tree, Mapping):
        return None, [
            Diagnostic(
                path,
                tree.line,
                tree.column,
                Severity.ERROR,
                "wrong-type",
                "文件信息应当是一组“键: 值”",
                "每行写成“键: 值”，冒号用英文，后面空一格",
            )
        ]
    if path.endswith((".yml", ".yaml")):
        for index, (key, value) in enumerate(tree.items):
            if key.text in (BODY_KEY, "body") and isinstance(value, Scalar):
                body, body_line = value.text, value.line + 1
                del tree.items[index]
                break
    return SourceDocument(path, kind, slug, tree, body, body_line), control_characters(path, text)


def _unread(path: str, error: YamlProblem) -> Diagnostic:
    return Diagnostic(path, error.line, error.column, Severity.ERROR, error.code, error.message, error.remedy)


def _split(text: str) -> tuple[str, str, int] | None:
    if not text.startswith("---\n"):
        return None
    end = text.find("\n---", 3)
    while end != -1:
        after = text[end + 4 : end + 5]
        if (
            after in ("", "\n")
            or not text[end + 4 : text.find("\n", end + 4) if "\n" in text[end + 4 :] else len(text)].strip()
        ):
            break
        end = text.find("\n---", end + 4)
    if end == -1:
        return None
    newline = text.find("\n", end + 4)
    body_start = len(text) if newline == -1 else newline + 1
    return text[4 : end + 1], text[body_start:], text.count("\n", 0, body_start) + 1


def body_of(data: bytes, path: str) -> str:
    """Return only the body of a file that loaded without problems; the converter re-reads it this way."""
    source, _ = load_document(path, "", "", data) if path.endswith((".yml", ".yaml")) else (None, [])
    if source:
        return source.body
    text, _ = decode(path, data)
    split = _split(text)
    return split[1] if split else ""


def load_rows(
    path: str, kind: str, data: bytes, keys: KeyMap, required: Collection[str] = ()
) -> tuple[list[SourceRow], list[Diagnostic]]:
    """Read the rows of a CSV or YAML file of records; headings are matched leniently (_ - ( （).

    Args:
        required: Names of the fields whose columns a CSV file must have.
    """
    text, problem = decode(path, data)
    if problem:
        return [], [problem]
    unseen = control_characters(path, text)
    if unseen:
        return [], unseen
    if path.endswith(".csv"):
        return _csv_rows(path, kind, text, keys, required)
    try:
        tree = parse(text)
    except YamlProblem as error:
        return [], [_unread(path, error)]
    if tree is None:
        return [], []
    if not isinstance(tree, Sequence):
        return [], [
            Diagnostic(
                path,
                tree.line,
                tree.column,
                Severity.ERROR,
                "wrong-type",
                "记录文件应当是列表",
                "每条记录以短横线加空格开头",
            )
        ]
    rows: list[SourceRow] = []
    problems: list[Diagnostic] = []
    for entry in tree.items:
        if isinstance(entry, Mapping):
            rows.append(SourceRow(path, kind, entry))
        else:
            problems.append(
                Diagnostic(
                    path,
                    entry.line,
                    entry.column,
                    Severity.ERROR,
                    "wrong-type",
                    "记录应当是一组“键: 值”",
                    "每条记录逐行写“键: 值”",
                )
            )
    return rows, problems


def _normal(heading: str) -> str:
    table = str.maketrans({"(": "（", ")": "）", "-": "_", "－": "_", " ": "", "　": "", "\ufeff": ""})
    return heading.translate(table)


def _heading_problems(
    path: str, headings: list[str], keys: KeyMap, required: Collection[str]
) -> Iterator[Diagnostic]:
    """Yield faults of the first line, once instead of in every row."""
    labels = list(keys.labels.values())
    for index, heading in enumerate(headings):
        if heading not in keys.names:
            near = did_you_mean(heading, labels) or "删去这一列，或改用这些表头：" + "、".join(labels)
            yield _heading(path, "unknown-key", f"不认识的表头“{heading}”（第 {index + 1} 列）", near)
        elif keys.names[heading] in [keys.names.get(other) for other in headings[:index]]:
            yield _heading(path, "duplicate-key", f"表头“{heading}”写了两次", "只保留一列")
    written = {keys.names.get(heading) for heading in headings}
    missing = "、".join(f"“{keys.labels[name]}”" for name in required if name not in written)
    if missing:
        yield _heading(path, "missing-key", f"表头缺少{missing}", "第一行是表头，补上缺少的列")


def _heading(path: str, code: str, message: str, remedy: str) -> Diagnostic:
    return Diagnostic(path, 1, 0, Severity.ERROR, code, message, remedy)


def _csv_rows(
    path: str, kind: str, text: str, keys: KeyMap, required: Collection[str]
) -> tuple[list[SourceRow], list[Diagnostic]]:
    reader = csv.reader(io.StringIO(text), strict=True)
    spelling = {_normal(name): name for name in keys.names}
    rows: list[SourceRow] = []
    headings: list[str] | None = None
    problems: list[Diagnostic] = []
    line = 1
    try:
        for cells in reader:
            start, line = line, reader.line_num + 1
            if headings is None:
                headings = [spelling.get(_normal(cell), cell.strip()) for cell in cells]
                problems.extend(_heading_problems(path, headings, keys, required))
                if problems:
                    return [], problems
                continue
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(headings):
                problems.append(
                    Diagnostic(
                        path,
                        start,
                        0,
                        Severity.ERROR,
                        "csv-columns",
                        f"这一行有 {len(cells)} 格，表头有 {len(headings)} 格",
                        "补上或删去多余的逗号；内容里有逗号的，给整格加上英文双引号",
                    )
                )
                continue
            pairs: list[tuple[Scalar, Node]] = [
                (
                    Scalar(heading, start, index + 1, False),
                    Scalar(cell.strip(), start, index + 1, not cell.strip()),
                )
                for index, (heading, cell) in enumerate(zip(headings, cells, strict=True))
            ]
            rows.append(SourceRow(path, kind, Mapping(pairs, start, 1)))
    except csv.Error:
        problems.append(
            Diagnostic(
                path,
                line,
                0,
                Severity.ERROR,
                "csv-broken",
                "CSV 写法有误",
                "英文双引号没有成对；用表格软件打开后另存为 CSV UTF-8",
            )
        )
    return rows, problems
