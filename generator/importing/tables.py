"""Records of a table (JSON Lines, JSON, CSV) → front matter values and body, one at a time."""

from __future__ import annotations

import csv
import gzip
import io
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import msgspec

from generator.diagnostics import Diagnostic, Severity
from generator.fields import DocumentNumber, FormatError, IndexNumber, Subject, Validity
from generator.importing.errors import UnreadableSource
from generator.importing.escape import escape, escape_cell
from generator.importing.html import decode
from generator.importing.mapping import FieldMapping, Target
from generator.importing.text import clean, read_date, read_moment
from generator.kinds import KIND_BY_NAME
from generator.yaml_writing import Value

TABLE_SUFFIXES: Final = (".jsonl", ".jsonl.gz", ".ndjson", ".json", ".csv")
_ROUGH_SIGN: Final = re.compile(
    r"[\\`*_\[\]{}<|\x00-\x08\x0b-\x1f\x7f-\x9f\u00a0\u200b-\u200f\u2028\u2029\ue000-\uf8ff\ufeff]|&[#a-zA-Z]"
)
_ROUGH_START: Final = re.compile(r"\n\n(?:[>:+\-=!?~ \t]|\d+\.\s|#(?!#{0,5} \S))")
_HEADING: Final = re.compile(r"(#{1,6}) +(\S.*)")
_SEPARATOR: Final = re.compile(r"\|(?:\s*:?-{3,}:?\s*\|)+")
_CELLS: Final = re.compile(r"(?<!\\)\|")


class Record(msgspec.Struct, frozen=True):
    """One record, ready to be written.

    Attributes:
        place: Line or row number in the table.
        identifier: What the file name is made from; may be empty.
        values: Chinese key → value.
    """

    place: int
    identifier: str
    values: dict[str, Value]
    body: str


class TableReader:
    """Reads records of one mapping; problems are gathered, since thousands of records share them."""

    def __init__(self, mapping: FieldMapping) -> None:
        self._mapping = mapping
        kind = KIND_BY_NAME[mapping.kind]
        names = kind.keys.names
        lists = {
            label
            for name, label in kind.keys.labels.items()
            if "tuple" in str(kind.model.model_fields[name].annotation)
        }
        self._plan: list[tuple[str, Target, list[tuple[str, _Convert, bool]]]] = [
            (
                source,
                target,
                [(label, _converter(names[label], target), label in lists) for label in target.labels],
            )
            for source, target in mapping.fields.items()
        ]
        self._flaws: dict[tuple[str, str], tuple[int, str]] = {}
        self._defaulted: dict[str, int] = {}
        self._broken: list[Diagnostic] = []

    def records(self, path: Path) -> Iterator[Record]:
        """Yield the records of a table in its order.

        Raises:
            UnreadableSource: If the file is no table of its suffix.
        """
        for place, row in _rows(path, self._broken):
            yield self._record(place, row)

    def diagnostics(self, shown: str) -> list[Diagnostic]:
        """Return what could not be written, each kind of problem once with its count and first example."""
        found = [msgspec.structs.replace(item, path=shown) for item in self._broken]
        for (label, reason), (count, example) in self._flaws.items():
            message = f"{label}有 {count} 处没有写入：{reason}，例如{example}"
            found.append(
                Diagnostic(
                    shown,
                    0,
                    0,
                    Severity.WARNING,
                    "import-value",
                    message,
                    "在原表中改正，或在字段映射的“对应”中写明换成什么",
                )
            )
        for label, count in self._defaulted.items():
            message = f"{count} 条记录没有“{label}”，写入了缺省值“{self._mapping.defaults[label]}”"
            found.append(
                Diagnostic(shown, 0, 0, Severity.NOTE, "import-default", message, "发布前补上真实的内容")
            )
        return found

    # --- one record --------------------------------------------------------------------------------

    def _record(self, place: int, row: dict[str, Any]) -> Record:
        mapping = self._mapping
        identifier = str(row.get(mapping.identifier) or "")
        values: dict[str, Value] = dict(mapping.constants)
        for source, target, writes in self._plan:
            found = row.get(source)
            if found is None or found == "" or found == []:
                continue
            for label, convert, is_list in writes:
                if label not in values:
                    value = self._value(
                        found, target, convert, label, is_list, identifier or f"第 {place} 行"
                    )
                    if value:
                        values[label] = value
        for label, text in mapping.defaults.items():
            if label not in values:
                values[label] = text
                self._defaulted[label] = self._defaulted.get(label, 0) + 1
        return Record(place, identifier, values, self._body(row.get(mapping.body)))

    def _value(
        self, found: Any, target: Target, convert: _Convert, label: str, is_list: bool, record: str
    ) -> Value:
        if target.items and isinstance(found, list):
            pairs = [
                {target.items[key]: _line(item[key]) for key in target.items if item.get(key)}
                for item in found
                if isinstance(item, dict)
            ]
            return tuple(pair for pair in pairs if len(pair) == len(target.items))
        if isinstance(found, list) and is_list:
            texts = [str(item) for item in found if isinstance(item, str | int | float)]
        elif target.separator and is_list:
            texts = str(found).split(target.separator)
        else:
            texts = [str(found)]
        converted: list[str] = []
        for text in texts:
            line = _line(text)
            line = target.values.get(line, line)
            try:
                value = convert(line) if line else ""
            except FormatError as error:
                reason = error.message.replace(f"“{line}”", "", 1)
                count, example = self._flaws.get((label, reason), (0, f"“{line}”（{record}）"))
                self._flaws[label, reason] = (count + 1, example)
                continue
            if value and value not in converted:
                converted.append(value)
        return tuple(converted) if is_list else converted[0] if converted else ""

    def _body(self, found: Any) -> str:
        text = str(found or "").strip("\n")
        if self._mapping.body_format == "Markdown":
            return f"{text}\n" if text else ""
        return outline(text, plain=self._mapping.body_format == "纯文本")


_Convert = Callable[[str], str]


def _converter(name: str, target: Target) -> _Convert:
    """Return the function that checks and normalises a value of a field."""
    known: dict[str, _Convert] = {
        "document_number": _number,
        "index_number": lambda text: str(IndexNumber.parse(text)),
        "subject": lambda text: str(Subject.parse(text)),
        "validity": _validity,
        "published_at": lambda text: _moment(text, target),
    }
    if name in known:
        return known[name]
    # House style: names of days end in _on.
    return (lambda text: _day(text, target)) if name.endswith("_on") else (lambda text: text)


def _line(found: Any) -> str:
    return " ".join(clean(str(found)).split())


def _number(text: str) -> str:
    try:
        return str(DocumentNumber.parse(text))
    except FormatError as error:
        repaired = DocumentNumber.repair(text)
        if repaired is None:
            raise FormatError(error.code, "格式不符") from None
        return str(repaired)


def _validity(text: str) -> str:
    if text not in {member.value for member in Validity}:
        raise FormatError("bad-choice", "不在可选范围内")
    return text


def _day(text: str, target: Target) -> str:
    if target.date_format:
        try:
            return datetime.strptime(text, target.date_format).date().isoformat()
        except ValueError:
            raise FormatError("bad-date", f"不合日期格式“{target.date_format}”") from None
    day = read_date(text)
    if not day:
        raise FormatError("bad-date", "不是日期")
    return day


def _moment(text: str, target: Target) -> str:
    moment = _day(text, target) if target.date_format else read_moment(text)
    if not moment:
        raise FormatError("bad-time", "不是发布时间")
    return moment if len(moment) > 10 or not target.time else f"{moment} {target.time}"


# --- bodies ----------------------------------------------------------------------------------------


def outline(text: str, *, plain: bool = False) -> str:
    """Turn a body of headings (``## …``), pipe tables and plain paragraphs into safe Markdown.

    Args:
        plain: Take ``#`` and ``|`` for ordinary characters too.
    """
    if not text:
        return ""
    if not plain and _is_smooth(text):
        return f"{text}\n"
    pieces: list[str] = []
    lines = clean(text).split("\n")
    index = 0
    while index < len(lines):
        line = lines[index].strip()
        heading = None if plain else _HEADING.fullmatch(line)
        if (
            not plain
            and line.startswith("|")
            and index + 1 < len(lines)
            and _SEPARATOR.fullmatch(lines[index + 1].strip())
        ):
            end = index
            while end < len(lines) and lines[end].lstrip().startswith("|"):
                end += 1
            pieces.append("\n".join(_table_row(row.strip()) for row in lines[index:end]))
            index = end
            continue
        if heading:
            pieces.append(f"{heading[1]} {escape(heading[2].strip())}")
        elif line:
            pieces.append(escape(re.sub(r"[ \t]+", " ", line)))
        index += 1
    return "\n\n".join(pieces) + "\n" if pieces else ""


def _is_smooth(text: str) -> bool:
    """Whether every paragraph shows as it is, so that none needs to be looked at; true of nearly all."""
    return (
        not _ROUGH_SIGN.search(text)
        and not _ROUGH_START.search(f"\n\n{text}")
        and "\n" not in text.replace("\n\n", "")
    )


def _table_row(row: str) -> str:
    if _SEPARATOR.fullmatch(row):
        return row
    cells = _CELLS.split(row.removeprefix("|").removesuffix("|"))
    return "| " + " | ".join(escape_cell(cell.strip()) or " " for cell in cells) + " |"


# --- files -----------------------------------------------------------------------------------------


def is_table(path: Path) -> bool:
    """Whether the name is that of a table."""
    return path.name.lower().endswith(TABLE_SUFFIXES)


def _rows(path: Path, broken: list[Diagnostic]) -> Iterator[tuple[int, dict[str, Any]]]:
    name = path.name.lower()
    if name.endswith(".csv"):
        yield from _csv_rows(path)
    elif name.endswith(".json"):
        yield from _json_rows(path)
    else:
        with gzip.open(path) if name.endswith(".gz") else path.open("rb") as lines:
            for place, line in enumerate(lines, start=1):
                line = line.removeprefix(b"\xef\xbb\xbf").strip()
                if not line:
                    continue
                try:
                    row = msgspec.json.decode(line)
                except (msgspec.DecodeError, UnicodeDecodeError):
                    row = None
                if isinstance(row, dict):
                    yield place, row
                else:
                    broken.append(
                        Diagnostic(
                            "",
                            place,
                            0,
                            Severity.ERROR,
                            "import-record",
                            "这一行不是 JSON 对象，没有导入",
                            "每行写一个完整的 JSON 对象，编码用 UTF-8",
                        )
                    )


def _json_rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        rows = msgspec.json.decode(path.read_bytes().removeprefix(b"\xef\xbb\xbf"), type=list[dict[str, Any]])
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise UnreadableSource("不是由对象组成的 JSON 数组", "写成 [{…}, {…}]，编码用 UTF-8") from None
    yield from enumerate(rows, start=1)


def _csv_rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    text, _ = decode(path.read_bytes())
    reader = csv.DictReader(io.StringIO(text.lstrip("\ufeff"), newline=""))
    if not reader.fieldnames:
        raise UnreadableSource("CSV 文件没有表头", "第一行写字段名")
    for row in reader:
        yield reader.line_num, {key: value for key, value in row.items() if key is not None}
