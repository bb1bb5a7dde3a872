"""Front matter reads back as the same text; names are safe; nothing is overwritten unasked."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.importing.slugs import Slugs
from generator.importing.write import Written, store
from generator.yaml_nodes import Mapping, Scalar, Sequence, parse
from generator.yaml_writing import front_matter

TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20) | st.text(
    st.sampled_from("国办 2019-:#'\"\\[]{}&*!|>%@`,?~=是否noyesnull.eE+　（）"), min_size=1, max_size=12
)


@given(TEXT)
@example("是")
@example("null")
@example("2026-02-30")
@example("综合政务\\政务公开")
@example("标题: 副标题")
@example("甲 #乙")
@example("- 甲")
@example("http://www.gov.cn/a.htm")
@example(" 甲 ")
@settings(max_examples=300, deadline=None)
def test_a_value_reads_back_as_the_same_text(text: str) -> None:
    source = front_matter({"标题": text, "关键词": (text, "乙"), "附件": ({"名称": text, "文件": "a.pdf"},)})
    tree = parse(source.removeprefix("---\n").removesuffix("---\n"))
    assert isinstance(tree, Mapping)
    title, keywords, attachments = (value for _, value in tree.items)
    assert isinstance(title, Scalar) and title.text == text
    assert isinstance(keywords, Sequence)
    assert [item.text for item in keywords.items if isinstance(item, Scalar)] == [text, "乙"]
    assert isinstance(attachments, Sequence)
    (first,) = attachments.items
    assert isinstance(first, Mapping)
    assert {key.text: value.text for key, value in first.items if isinstance(value, Scalar)} == {
        "名称": text,
        "文件": "a.pdf",
    }


def test_empty_values_are_left_out() -> None:
    assert front_matter({"标题": "甲", "发文字号": "", "发文机关": ()}) == "---\n标题: 甲\n---\n"


@pytest.mark.parametrize(
    ("identifier", "number", "title", "slug"),
    [
        ("pol-888ce6af32", "", "", "pol-888ce6af32"),
        ("REG_7 eda", "", "", "reg-7-eda"),
        ("", "国办发〔2019〕5号", "甲", "gbf-2019-5"),
        ("", "国务院令第256号", "甲", "gwyl-256"),
        ("编号三", "", "越明市供水管理办法", "ymsgsglbf"),
        ("", "", "", "wj"),
        ("con", "", "", "wj-con"),
        ("index", "", "", "wj-index"),
        ("a" * 80, "", "", "a" * 60),
    ],
)
def test_names_are_ascii_and_safe_everywhere(identifier: str, number: str, title: str, slug: str) -> None:
    assert Slugs().claim(identifier, number, title) == slug


def test_equal_names_are_told_apart_in_order() -> None:
    slugs = Slugs()
    assert [slugs.claim(document_number="国办发〔2019〕5号") for _ in range(3)] == [
        "gbf-2019-5",
        "gbf-2019-5-2",
        "gbf-2019-5-3",
    ]


def test_an_existing_file_stays(tmp_path: Path) -> None:
    path = "content/policy/a.md"
    assert store(tmp_path, Written(path, "甲"), overwrite=False) == ""
    assert store(tmp_path, Written(path, "乙"), overwrite=False) == path
    assert (tmp_path / path).read_text("utf-8") == "甲"
    assert store(tmp_path, Written(path, "丙"), overwrite=True) == ""
    assert (tmp_path / path).read_text("utf-8") == "丙"


def test_a_document_in_a_folder_of_its_own_counts_as_existing(tmp_path: Path) -> None:
    folder = Written("content/policy/a/index.md", "甲", (("content/policy/a/a-fj1.pdf", b"%PDF"),))
    assert store(tmp_path, folder, overwrite=False) == ""
    assert (tmp_path / "content/policy/a/a-fj1.pdf").read_bytes() == b"%PDF"
    assert (
        store(tmp_path, Written("content/policy/a.md", "乙"), overwrite=False) == "content/policy/a/index.md"
    )
    assert not (tmp_path / "content/policy/a.md").exists()


def test_line_ends_are_the_same_everywhere(tmp_path: Path) -> None:
    store(tmp_path, Written("content/policy/a.md", "甲\n乙\n"), overwrite=False)
    assert (tmp_path / "content/policy/a.md").read_bytes() == "甲\n乙\n".encode()
