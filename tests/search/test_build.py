"""The index is a function of its records, small changes rewrite few files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest

from search import Options, RecordSource, SearchRecord, Section, build, record_digest
from search.output import digest, present
from tests.search.samples import NEWS, RECORDS


def tree(folder: Path) -> dict[str, bytes]:
    return {path: (folder / path).read_bytes() for path in sorted(present(folder))}


def longer(records: Sequence[SearchRecord], number: int, words: str) -> list[SearchRecord]:
    record = records[number]
    section = record.sections[0]
    more = msgspec.structs.replace(
        record,
        sections=(Section(section.anchor, section.heading, f"{section.text}\n{words}"), *record.sections[1:]),
    )
    return [*records[:number], more, *records[number + 1 :]]


EDITS = {
    "one sentence": lambda records: longer(records, 0, "本办法由民政局负责解释。"),
    "old document": lambda records: longer(records, 10, "更正一处。"),
    "many parts": lambda records: longer(records, 0, "很长的一段话。\n" * 900),
    "new document": lambda records: (
        *records,
        msgspec.structs.replace(records[0], id="x", date="2027-01-01"),
    ),
    "backdated": lambda records: (*records, msgspec.structs.replace(records[0], id="x", date="2001-01-01")),
    "removed": lambda records: records[:-3],
    "new title": lambda records: (msgspec.structs.replace(records[0], title="改过的题名"), *records[1:]),
    "lapsed": lambda records: (
        msgspec.structs.replace(records[0], validity="已废止", lapsed=True),
        *records[1:],
    ),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS.keys())
@pytest.mark.parametrize("layout", ["files", "packed", "both"])
def test_an_update_equals_a_clean_build(tmp_path: Path, edit: object, layout: str) -> None:
    options = Options(layout=layout)  # type: ignore[arg-type]
    build(RECORDS, tmp_path / "a", options, tmp_path / "cache")
    changed = edit(RECORDS)  # type: ignore[operator]
    report = build(changed, tmp_path / "a", options, tmp_path / "cache")
    build(changed, tmp_path / "b", options)
    assert tree(tmp_path / "a") == tree(tmp_path / "b")
    assert report.files == {path: digest(data) for path, data in tree(tmp_path / "a").items()}


def test_order_and_workers_do_not_matter(tmp_path: Path) -> None:
    build(RECORDS, tmp_path / "a")
    build(reversed(RECORDS), tmp_path / "b", Options(workers=2))
    assert tree(tmp_path / "a") == tree(tmp_path / "b")


def test_a_second_build_writes_and_loads_nothing(tmp_path: Path) -> None:
    loaded: list[str] = []

    def source(record: SearchRecord) -> RecordSource:
        def load() -> SearchRecord:
            loaded.append(record.id)
            return record

        return RecordSource(record.id, record.date, record_digest(record), load)

    build(map(source, RECORDS), tmp_path / "a", None, tmp_path / "cache")
    loaded.clear()
    report = build(map(source, RECORDS), tmp_path / "a", None, tmp_path / "cache")
    assert (report.changed, report.removed, loaded) == ((), (), [])


def test_a_new_document_rewrites_few_files(tmp_path: Path) -> None:
    older = [
        msgspec.structs.replace(record, id=f"{copy}/{record.id}") for copy in range(10) for record in NEWS
    ]
    build(older, tmp_path / "a", None, tmp_path / "cache")
    new = msgspec.structs.replace(RECORDS[0], date="2027-01-01")
    report = build([*older, new], tmp_path / "a", None, tmp_path / "cache")
    assert len(report.changed) <= 40
    assert not report.complete


def many(count: int) -> list[SearchRecord]:
    """Return documents enough for several blocks and for work in several processes."""
    return [
        msgspec.structs.replace(
            NEWS[number % len(NEWS)],
            id=f"{number:04}",
            date=f"20{number % 25:02}-03-01",
            sections=(Section("", "", f"第{number}号通知，{number * 7919 % 1009}户居民。"),),
        )
        for number in range(count)
    ]


WIDE_EDITS = {
    "in the middle": lambda records: longer(records, 400, "更正一处。"),
    "several parts now": lambda records: longer(records, 400, "很长的一段话，说了又说。\n" * 300),
    "backdated": lambda records: [*records, msgspec.structs.replace(records[0], id="x", date="2012-01-01")],
    "removed": lambda records: records[:300] + records[301:],
    "date corrected": lambda records: [
        *records[:5],
        msgspec.structs.replace(records[5], date="2024-06-01"),
        *records[6:],
    ],
    "new title, keywords and address": lambda records: [
        msgspec.structs.replace(
            records[0],
            title="关于老旧小区加装电梯的通知",
            keywords=("加装电梯", "养老"),
            url="zhengce/x.html",
        ),
        *records[1:],
    ],
    "delta full": lambda records: [
        *records,
        *(msgspec.structs.replace(records[0], id=f"x{number}", date="2027-01-01") for number in range(32)),
    ],
    "half of them gone": lambda records: records[::2],
}


@pytest.mark.parametrize("edit", WIDE_EDITS.values(), ids=WIDE_EDITS.keys())
def test_an_update_of_many_documents_equals_a_clean_build(tmp_path: Path, edit: object) -> None:
    before = many(700)
    build(before, tmp_path / "a", None, tmp_path / "cache")
    changed = edit(before)  # type: ignore[operator]
    build(changed, tmp_path / "a", None, tmp_path / "cache")
    build(changed, tmp_path / "b", Options(workers=2))
    assert tree(tmp_path / "a") == tree(tmp_path / "b")
    build(before, tmp_path / "a", None, tmp_path / "cache")
    build(before, tmp_path / "c")
    assert tree(tmp_path / "a") == tree(tmp_path / "c")


def test_a_backdated_document_leaves_most_texts_alone(tmp_path: Path) -> None:
    before = many(2000)
    build(before, tmp_path / "a", None, tmp_path / "cache")
    backdated = msgspec.structs.replace(before[0], id="x", date="2012-01-01")
    report = build([*before, backdated], tmp_path / "a", None, tmp_path / "cache")
    texts = [path for path in report.changed if "t/" in path]
    assert len(texts) < 1000


def test_lost_files_are_made_again(tmp_path: Path) -> None:
    report = build(RECORDS, tmp_path / "a", None, tmp_path / "cache")
    before = tree(tmp_path / "a")
    for path in list(report.files)[::7]:
        (tmp_path / "a" / path).unlink()
    build(RECORDS, tmp_path / "a", None, tmp_path / "cache")
    assert tree(tmp_path / "a") == before


def test_refuses_two_records_of_one_id(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="share an id"):
        build([RECORDS[0], RECORDS[0]], tmp_path / "a")


def test_builds_an_index_of_nothing(tmp_path: Path) -> None:
    assert build([], tmp_path / "a").documents == 0
