"""Every kind has all that is derived from its one declaration; a kind added half fails here."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from jsonschema import Draft7Validator

from generator.config import load_config
from generator.export import kind_pages, kind_schema, record_schema
from generator.fields import item_of, model_inside
from generator.kinds import KINDS, RECORD_KINDS, ContentKind, RecordKind
from generator.load import load_document, load_rows
from generator.scaffold import new_document
from generator.validate import validate_document, validate_row
from tests.support import SITE_YML, SiteFixture, policy

ROOT = Path(__file__).parents[2]
CONTENT = ROOT / "content"
PAGES = ROOT / "theme" / "templates" / "pages"

every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
every_record_kind = pytest.mark.parametrize("kind", RECORD_KINDS, ids=lambda kind: kind.name)
every_declaration = pytest.mark.parametrize("kind", [*KINDS, *RECORD_KINDS], ids=lambda kind: kind.name)


# --- the declaration itself ------------------------------------------------------------------------


@every_declaration
def test_says_in_chinese_what_belongs_here(kind: ContentKind | RecordKind) -> None:
    assert kind.label and kind.purpose
    assert not kind.purpose.isascii() and not kind.label.isascii()


@every_declaration
def test_names_each_key_once(kind: ContentKind | RecordKind) -> None:
    labels = [declared.label for _, declared, _ in kind.items]
    assert len(labels) == len(set(labels))
    assert not set(labels) & {name for name, declared, _ in kind.items if name != declared.label}


@every_declaration
def test_gives_an_example_for_every_required_key(kind: ContentKind | RecordKind) -> None:
    missing = [
        declared.label
        for _, declared, info in kind.items
        if info.is_required() and declared.example is None and not model_inside(info.annotation)
    ]
    assert missing == []


@every_declaration
def test_refers_to_fields_that_exist(kind: ContentKind | RecordKind) -> None:
    fields = kind.model.model_fields
    named = [kind.issuer]
    if isinstance(kind, RecordKind):
        named += [kind.title, kind.key, kind.date, kind.until, *kind.columns]
    else:
        named += [path.partition(".")[0] for path in (*kind.relations, *kind.loose)]
        for path in kind.relations:
            name, _, inner = path.partition(".")
            model = model_inside(fields[name].annotation)
            assert not inner or (model and inner in model.model_fields)
        assert kind.loose <= kind.relations.keys()
    assert [name for name in named if name and name not in fields] == []


def test_no_two_kinds_share_a_name_a_label_or_an_address() -> None:
    kinds: list[ContentKind | RecordKind] = [*KINDS, *RECORD_KINDS]
    assert len({kind.name for kind in kinds}) == len({kind.label for kind in kinds}) == len(kinds)
    assert len({kind.url for kind in KINDS}) == len(KINDS)


# --- what is derived -------------------------------------------------------------------------------


@every_kind
def test_has_search_fields_a_page_and_its_metadata(kind: ContentKind) -> None:
    assert any(declared.search for _, declared, _ in kind.items), "item(…, search=…) 一个也没有"
    if kind.name != "section":
        assert (PAGES / f"{kind.name}.html").is_file(), f"缺少模板 theme/templates/{kind.template}"
    if kind.issuer:
        shown = [declared.label for _, declared, _ in kind.items if declared.table]
        declared = item_of(kind.model.model_fields[kind.issuer])
        assert declared.facet, f"{declared.label} 应当可以筛选"
        assert shown or kind.name in ("news", "monthly_record"), "属性表一项也没有"


@every_kind
def test_published_documents_can_be_ordered(kind: ContentKind) -> None:
    if kind.is_published:
        assert [name for name, declared, _ in kind.items if declared.sort]


@every_record_kind
def test_a_table_can_be_searched_narrowed_ordered_and_shown(kind: RecordKind) -> None:
    declared = {name: found for name, found, _ in kind.items}
    assert any(found.search for found in declared.values())
    assert any(found.facet for found in declared.values())
    assert not kind.date or declared[kind.date].sort
    assert kind.columns and kind.title in kind.columns


@every_kind
def test_has_a_schema_that_is_one(kind: ContentKind) -> None:
    schema = kind_schema(kind)
    Draft7Validator.check_schema(schema)
    for name, declared, _ in kind.items:
        assert schema["properties"][name]["title"] == declared.label
        assert declared.help in schema["properties"][declared.label]["description"]


@every_record_kind
def test_has_a_schema_of_rows(kind: RecordKind) -> None:
    schema = record_schema(kind)
    Draft7Validator.check_schema(schema)
    assert {declared.label for _, declared, _ in kind.items} <= schema["items"]["properties"].keys()


@every_declaration
def test_has_a_page_in_the_handbook(kind: ContentKind | RecordKind) -> None:
    page = kind_pages()[kind.name]
    assert page.startswith(f"# {kind.label}\n")
    for name, declared, info in kind.items:
        (row,) = [
            line for line in page.split("\n## ")[1].split("\n### ")[0].splitlines() if f"<br>`{name}`" in line
        ]
        assert f"| {declared.label}<br>" in row
        assert ("必填" if info.is_required() else "可选") in row


# --- what is written by hand -----------------------------------------------------------------------


@every_kind
def test_has_a_sound_sample_in_the_city(kind: ContentKind) -> None:
    files = sorted((CONTENT / kind.name).rglob("*.md"))
    assert files, f"content/{kind.name}/ 里没有样例"
    data = files[0].read_bytes()
    source, problems = load_document(f"content/{kind.name}/{files[0].name}", kind.name, files[0].stem, data)
    assert source
    document, more = validate_document(source, kind, data)
    assert document
    assert [problem.text() for problem in (*problems, *more) if not problem.severity] == []


@every_record_kind
def test_has_sound_rows_in_the_city(kind: RecordKind) -> None:
    files = sorted((CONTENT / kind.name).glob("*.csv"))
    assert files, f"content/{kind.name}/ 里没有样例"
    rows, problems = load_rows(
        f"content/{kind.name}/{files[0].name}", kind.name, files[0].read_bytes(), kind.keys
    )
    assert rows and not problems
    assert all(validate_row(row, kind)[0] for row in rows)


# --- what `new` writes -----------------------------------------------------------------------------


@pytest.fixture
def city(site: SiteFixture) -> SiteFixture:
    """A project with a policy, to which other documents may refer."""
    site.write("policy/a.md", policy())
    return site


def scaffold(site: SiteFixture, kind: str, slug: str | None = None, title: str | None = None) -> Path:
    group, _ = load_config(site.root)
    assert group is not None
    return new_document(group, kind, slug, title, site.today)


@every_kind
def test_what_new_writes_is_sound(city: SiteFixture, kind: ContentKind) -> None:
    path = scaffold(city, kind.name, "neirong", "怎样申请养老服务？")
    assert path == city.root / "content" / kind.name / "neirong.md"
    assert [problem.text() for problem in city.diagnostics() if not problem.severity] == []


@every_kind
def test_what_new_writes_is_sound_in_an_empty_project(tmp_path: Path, kind: ContentKind) -> None:
    """Where nothing can be referred to, each gap is explained behind its key."""
    (tmp_path / "site.yml").write_text(SITE_YML, encoding="utf-8")
    (tmp_path / "content").mkdir()
    group, _ = load_config(tmp_path)
    assert group
    path = new_document(group, kind.label, "neirong", None, "2026-11-20")
    data = path.read_bytes()
    source, problems = load_document(f"content/{kind.name}/neirong.md", kind.name, "neirong", data)
    assert source
    document, more = validate_document(source, kind, data)
    assert document
    assert [problem.text() for problem in (*problems, *more) if not problem.severity] == []
    if document.issuer:
        assert "机构名录里还没有机构" in data.decode()
    if document.pointers:
        assert "站里还没有这份文件" in data.decode()


@every_kind
def test_new_lists_the_keys_that_need_not_be_written(city: SiteFixture, kind: ContentKind) -> None:
    text = scaffold(city, kind.label, "neirong", "怎样申请养老服务？").read_text(encoding="utf-8")
    front = text.split("\n---\n")[0].splitlines()
    for _, declared, info in kind.items:
        written = [line for line in front if line.removeprefix("# ").startswith(f"{declared.label}:")]
        assert len(written) == 1
        assert not info.is_required() or not written[0].startswith("#")
        assert written[0].startswith("#") is False or declared.help in written[0]


@every_record_kind
def test_new_writes_a_table_with_its_headings(city: SiteFixture, kind: RecordKind) -> None:
    path = scaffold(city, kind.label)
    assert path == city.root / "content" / kind.name / "2026.csv"
    assert path.read_bytes().startswith(b"\xef\xbb\xbf"), "Excel 没有这三个字节就不认 UTF-8"
    with path.open(encoding="utf-8-sig", newline="") as stream:
        assert list(csv.reader(stream)) == [[declared.label for _, declared, _ in kind.items]]
    assert [problem.text() for problem in city.diagnostics() if not problem.severity] == []
