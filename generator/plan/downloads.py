"""Rows as CSV and JSON for people's own programs: one way to write them, for tables and for documents."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec


def csv_bytes(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Return a table with a byte order mark, which spreadsheet programs need to see UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow(_safe(row.get(name, "")) for name in columns)
    return out.getvalue().encode("utf-8-sig")


def json_bytes(value: Any) -> bytes:
    """Return a value as JSON that people can read."""
    return msgspec.json.format(msgspec.json.encode(value), indent=1) + b"\n"


def _safe(value: Any) -> str:
    """Keep a cell from being read as a formula; several values stand with ``；`` between them, as in the source."""
    if isinstance(value, bool):
        text = "是" if value else "否"
    elif isinstance(value, dict) or (isinstance(value, list) and any(isinstance(x, dict) for x in value)):
        text = msgspec.json.encode(value).decode()
    elif isinstance(value, list):
        text = "；".join(str(entry) for entry in value)
    else:
        text = str(value)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@") and not text[1:2].isdigit() else text
