"""No input makes the reader fail: it is read, or explained with a place in the file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.kinds import KINDS, RECORD_KINDS
from generator.yaml_nodes import Mapping, Node, Scalar, Sequence, YamlProblem, parse, parsed, simple_mapping
from tests.support import SITE_YML, SiteFixture

TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029\ufeff\x85"), max_size=12
)
TREES = st.recursive(
    TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)
DECLARED = [
    *(item for kind in KINDS for item in kind.items),
    *(item for kind in RECORD_KINDS for item in kind.items),
]
LABELS = sorted({declared.label for _, declared, _ in DECLARED})
VALUES = st.sampled_from(
    ["2026-11-02 09:00", "2026-02-30", "是", "越政办发〔2026〕1号", "zcwj", "[", "*甲", "0", "-1", "../x", "/etc", "\ufdd0", "a.md", "{x}", "1e400"]
)  # fmt: skip
FRONT_MATTER = st.dictionaries(st.sampled_from(LABELS), VALUES | TREES, max_size=12)
FEW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def unbuilt(tmp_path: Path) -> SiteFixture:
    """A project that is checked over and over, with one file changed."""
    return SiteFixture(tmp_path)


def plain(node: Node | None) -> object:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    assert isinstance(node, Mapping)
    return {key.text: plain(value) for key, value in node.items}


@given(TREES)
@settings(deadline=None)
def test_reads_what_was_written(tree: object) -> None:
    # JSON is YAML: keys and texts in quotes, so that nothing but the structure is tested.
    read = parse(json.dumps(tree, ensure_ascii=False))

    assert plain(read) == tree


@given(st.text(max_size=200) | st.text(":#-[]{}\"'|>&*!%@`?, \n\tab：甲", max_size=60), st.integers(1, 9))
@settings(deadline=None)
def test_any_text_is_read_or_explained(text: str, first_line: int) -> None:
    try:
        parse(text, first_line)
    except YamlProblem as problem:
        assert first_line <= problem.line <= first_line + text.count("\n") + 1
        assert problem.column >= 1
        assert problem.message
        assert problem.remedy


def _explained(site: SiteFixture) -> None:
    for item in site.diagnostics():
        assert item.code
        assert item.message
        assert "Traceback" not in item.message
        item.text().encode()


@given(
    st.binary(max_size=300)
    | st.text(max_size=200).map(lambda text: f"---\n{text}\n---\n{text}".encode("utf-8", "replace"))
)
@FEW
def test_any_bytes_as_a_content_file(unbuilt: SiteFixture, data: bytes) -> None:
    unbuilt.write("news/a.md", data)
    _explained(unbuilt)


@given(
    st.binary(max_size=300)
    | st.text(max_size=200).map(lambda text: f"{SITE_YML}{text}".encode("utf-8", "replace"))
)
@FEW
def test_any_bytes_as_site_yml(unbuilt: SiteFixture, data: bytes) -> None:
    unbuilt.configure(data)
    _explained(unbuilt)


@given(
    st.binary(max_size=300)
    | st.lists(st.lists(TEXTS, max_size=5).map(",".join), max_size=5).map("\n".join).map(str.encode)
)
@FEW
def test_any_bytes_as_a_table(unbuilt: SiteFixture, data: bytes) -> None:
    unbuilt.write("licence/a.csv", data)
    _explained(unbuilt)


@given(
    st.binary(max_size=300),
    st.sampled_from(["a.png", "a.jpg", "a.svg", "a.pdf", "a.docx", "a.xlsx", "a.zip", "a.ofd", "a.csv"]),
)
@FEW
def test_any_bytes_as_an_attachment(unbuilt: SiteFixture, data: bytes, name: str) -> None:
    for other in (unbuilt.root / "content/news").glob("*"):
        other.unlink()
    unbuilt.write(f"news/{name}", data)
    _explained(unbuilt)


@given(st.sampled_from([kind.name for kind in KINDS]), FRONT_MATTER)
@settings(FEW, max_examples=150)
def test_any_tree_as_front_matter_of_any_kind(
    unbuilt: SiteFixture, kind: str, tree: dict[str, object]
) -> None:
    file = unbuilt.write(f"{kind}/zz.md", f"---\n{json.dumps(tree, ensure_ascii=False)}\n---\n正文\n")
    _explained(unbuilt)
    file.unlink()


@given(FRONT_MATTER)
@FEW
def test_any_tree_as_site_yml(unbuilt: SiteFixture, tree: dict[str, object]) -> None:
    site = {
        "演示": "是",
        "站点": [
            {"代号": "a", "名称": "甲", "域名": "a.example", "标识码": "0000000000", "页脚": {"主办": "甲"}}
            | tree
        ],
    }
    unbuilt.configure(json.dumps(site, ensure_ascii=False))
    _explained(unbuilt)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["标题: ", "a: ", "- ", "  - ", "栏目:", "栏目:\n- ", "", "发布时间: "]),
            st.one_of(
                st.text(alphabet="标题a:#\"'\\-[]{}&*!|>%@`~，。 0123456789（）〔〕？\t", max_size=12),
                st.sampled_from(
                    ["2026-11-20 09:30", '"是"', '"a: b"', "https://www.gov.cn/", "null", "[a, b]"]
                ),
            ),
        ),
        max_size=6,
    )
)
@settings(max_examples=400)
def test_simple_front_matter_reads_as_the_parser_reads_it(rows: list[tuple[str, str]]) -> None:
    text = "".join(f"{head}{value}\n" for head, value in rows)
    simple = simple_mapping(text, 2)
    if simple is not None:
        assert simple == parsed(text, 2)


def test_usual_front_matter_is_simple() -> None:
    text = '标题: 甲\n发布时间: 2026-11-20 09:30\n来源: "乙: 丙"\n关键词:\n  - 丁\n  - 戊\n草稿:\n'
    assert simple_mapping(text) == parsed(text)
