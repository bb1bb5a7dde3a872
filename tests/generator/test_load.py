"""Files as written: where front matter ends, where the body begins, and rows of tables."""

from __future__ import annotations

import pytest

from generator.kinds.double_publicity import LICENCE
from generator.load import MAX_BYTES, body_of, load_document, load_rows
from generator.yaml_nodes import Scalar


@pytest.mark.parametrize(
    ("text", "body", "line"),
    [
        ("---\n标题: 甲\n---\n正文\n", "正文\n", 4),
        ("---\n标题: 甲\n---\n\n正文\n---\n附件\n", "\n正文\n---\n附件\n", 4),
        ("---\n标题: 甲\n---", "", 3),
        ("---\n标题: 甲\n---  \n正文", "正文", 4),
        ("---\n标题: |\n  ---甲\n---\n正文", "正文", 5),
        ("---\r\n标题: 甲\r\n---\r\n正文\r\n第二段\r\n", "正文\n第二段\n", 4),
        ("\ufeff---\n标题: 甲\n---\n正文", "正文", 4),
    ],
)
def test_splits_a_file_into_front_matter_and_body(text: str, body: str, line: int) -> None:
    source, problems = load_document("content/news/a.md", "news", "a", text.encode())

    assert problems == []
    assert source is not None
    assert (source.body, source.body_line) == (body, line)
    assert body_of(text.encode(), "content/news/a.md") == body


def test_a_yaml_file_carries_its_body_as_a_key() -> None:
    data = "标题: 甲\n正文: |\n  第一段\n\n  第二段\n".encode()
    source, problems = load_document("content/page/a.yml", "page", "a", data)

    assert problems == []
    assert source is not None
    assert (source.body, source.body_line) == ("第一段\n\n第二段\n", 3)
    assert [key.text for key, _ in source.front.items] == ["标题"]
    assert body_of(data, "content/page/a.yml") == source.body


def test_refuses_a_file_that_nobody_wrote_by_hand() -> None:
    _, problems = load_document("content/news/a.md", "news", "a", b"x" * (MAX_BYTES + 1))

    assert [problem.text() for problem in problems] == [
        "content/news/a.md: 错误[file-too-large]: 文件有 8 MB\n  办法：正文文件应小于 8 MB，把大的内容做成附件"
    ]


def test_reads_rows_whatever_brackets_and_dashes_their_headings_have() -> None:
    text = "行政相对人名称,行政相对人代码-1(统一社会信用代码)\n甲公司,91350100M000100Y43\n\n乙公司,\n"
    rows, problems = load_rows("content/licence/a.csv", "licence", text.encode(), LICENCE.keys)

    assert problems == []
    assert [
        {key.text: value.text for key, value in row.front.items if isinstance(value, Scalar)} for row in rows
    ] == [
        {"行政相对人名称": "甲公司", "行政相对人代码_1（统一社会信用代码）": "91350100M000100Y43"},
        {"行政相对人名称": "乙公司", "行政相对人代码_1（统一社会信用代码）": ""},
    ]
    assert [row.front.line for row in rows] == [2, 4]


def test_rows_over_several_lines_keep_the_line_on_which_they_begin() -> None:
    text = '行政相对人名称,备注\n甲公司,"第一行\n第二行"\n乙公司,无\n'
    rows, _ = load_rows("content/licence/a.csv", "licence", text.encode(), LICENCE.keys)

    assert [row.front.line for row in rows] == [2, 4]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "行政相对人名称,备注\n甲公司,a,b\n",
            "content/licence/a.csv:2: 错误[csv-columns]: 这一行有 3 格，表头有 2 格\n"
            "  办法：补上或删去多余的逗号；内容里有逗号的，给整格加上英文双引号",
        ),
        (
            '行政相对人名称,备注\n甲公司,"没有关上\n',
            "content/licence/a.csv:2: 错误[csv-broken]: CSV 写法有误\n"
            "  办法：英文双引号没有成对；用表格软件打开后另存为 CSV UTF-8",
        ),
        (
            "行政相对人名称,备注,备注\n甲公司,a,b\n",
            "content/licence/a.csv:1: 错误[duplicate-key]: 表头“备注”写了两次\n  办法：只保留一列",
        ),
    ],
)
def test_says_what_is_wrong_with_a_table(text: str, expected: str) -> None:
    _, problems = load_rows("content/licence/a.csv", "licence", text.encode(), LICENCE.keys)

    assert "\n".join(problem.text() for problem in problems) == expected


def test_names_the_columns_that_a_table_must_have() -> None:
    _, problems = load_rows("a.csv", "licence", "备注\n无\n".encode(), LICENCE.keys, ("party", "number"))

    assert [problem.text() for problem in problems] == [
        "a.csv:1: 错误[missing-key]: 表头缺少“行政相对人名称”、“行政许可决定文书号”\n  办法：第一行是表头，补上缺少的列"
    ]
