"""Front matter as text with positions: YAML decides nothing, and dangerous or broken texts are explained."""

from __future__ import annotations

import pytest

from generator.yaml_nodes import MAX_DEPTH, Mapping, Node, Scalar, Sequence, YamlProblem, parse


def plain(node: Node | None) -> object:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    if isinstance(node, Mapping):
        return [(key.text, plain(value)) for key, value in node.items]
    return None


def problem(text: str, first_line: int = 1) -> str:
    with pytest.raises(YamlProblem) as caught:
        parse(text, first_line)
    error = caught.value
    return f"{error.line}:{error.column} [{error.code}] {error.message} | {error.remedy}"


@pytest.mark.parametrize(
    "text", ["no", "08", "12:30", "2026-02-30", "1e3", "0x1F", "~", "null", ".inf", "是"]
)
def test_every_scalar_stays_the_text_that_was_typed(text: str) -> None:
    assert plain(parse(f"键: {text}")) == [("键", text)]


def test_tells_positions_in_characters_of_the_file() -> None:
    tree = parse("标题: 甲\n附件:\n  - 名称: 表\n", first_line=2)

    assert isinstance(tree, Mapping)
    title, attachments = tree.items
    assert (title[0].line, title[0].column) == (2, 1)
    assert (title[1].line, title[1].column) == (2, 5)
    assert isinstance(attachments[1], Sequence)
    assert (attachments[1].items[0].line, attachments[1].items[0].column) == (4, 5)


def test_tells_a_key_without_value_from_an_empty_text() -> None:
    tree = parse('甲:\n乙: ""\n')

    assert isinstance(tree, Mapping)
    assert [value.blank for _, value in tree.items if isinstance(value, Scalar)] == [True, False]


def test_keeps_repeated_keys_for_the_one_who_judges_them() -> None:
    assert plain(parse("甲: 1\n甲: 2\n")) == [("甲", "1"), ("甲", "2")]


@pytest.mark.parametrize("text", ["", "\n\n", "# 只有注释\n", "---\n"])
def test_an_empty_text_has_no_tree(text: str) -> None:
    assert parse(text) is None


BOMB = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            BOMB,
            "1:4 [yaml-alias] 不能使用 YAML 的锚点（&）和引用（*） | 把内容照写一遍；以 & 或 * 开头的文字要加英文双引号",
        ),
        (
            "甲: *乙\n",
            "1:4 [yaml-alias] 不能使用 YAML 的锚点（&）和引用（*） | 把内容照写一遍；以 & 或 * 开头的文字要加英文双引号",
        ),
        (
            "甲: !!python/object/apply:os.system [ls]\n",
            "1:4 [yaml-tag] 不能使用标签“!!python/object/apply:os.system” | 删去标签；文字本来以 ! 开头的，给整个值加上英文双引号",
        ),
        (
            "甲: !重要\n",
            "1:4 [yaml-tag] 不能使用以 ! 开头的标签 | 删去标签；文字本来以 ! 开头的，给整个值加上英文双引号",
        ),
        ("甲: " + "[" * 40 + "]" * 40, "1:16 [yaml-too-deep] 层次超过 12 层 | 减少缩进层次"),
        ("甲\n---\n乙\n", "2:1 [yaml-broken] “---”之后又有一段“键: 值” | 只保留一段，删去多余的 ---"),
        ("甲: 乙\x07丙\n", "1:5 [control-character] 含有看不见的控制字符 | 删去后重新输入这一行"),
        ("甲: 乙\n丙: 丁\n\x1b: 戊\n", "3:1 [control-character] 含有看不见的控制字符 | 删去后重新输入这一行"),
        ("? [甲]\n: 乙\n", "1:3 [yaml-broken] 键不能是列表或一组键值 | 键写成一个词"),
    ],
)
def test_refuses_what_front_matter_must_not_hold(text: str, expected: str) -> None:
    assert problem(text) == expected


def test_refuses_more_nodes_than_any_content_has() -> None:
    assert problem("- " + "\n- ".join("甲" for _ in range(200_001))) == (
        "200000:3 [yaml-too-large] 内容超过 20 万项 | 拆成几个文件"
    )


def test_bears_a_list_that_libyaml_nests_without_end() -> None:
    assert problem("[" * 100_000).startswith(f"1:{MAX_DEPTH + 2} [yaml-too-deep]")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "标题：甲\n发布时间: 2026-11-02 09:00\n",
            "1:1 [yaml-broken] 写法有误：标题：甲 | 键后面要用英文冒号加空格（: ），不能用中文冒号",
        ),
        (
            "标题: 甲\n来源：乙\n",
            "2:1 [yaml-broken] 写法有误：来源：乙 | 键后面要用英文冒号加空格（: ），不能用中文冒号",
        ),
        ("标题:甲\n来源: 乙\n", "1:1 [yaml-broken] 写法有误：标题:甲 | 英文冒号后面要空一格"),
        (
            "标题: 甲: 乙\n",
            "1:6 [yaml-broken] 写法有误：标题: 甲: 乙 | 这一行的值里有英文冒号加空格：给整个值加上英文双引号",
        ),
        (
            '标题: "甲\n来源: 乙\n',
            '1:5 [yaml-broken] 写法有误：标题: "甲 | 引号没有成对，补上后引号；文字里的引号改用中文引号“”',
        ),
        (
            '标题: "甲"乙\n',
            '1:8 [yaml-broken] 写法有误：标题: "甲"乙 | 缩进没有对齐：同一级的键和短横线要左对齐；键后面用英文冒号加空格',
        ),
        (
            "标题: 甲\n\t来源: 乙\n",
            "2:1 [yaml-broken] 写法有误：来源: 乙 | 缩进不能用制表符（Tab），改用空格",
        ),
        (
            "标题: @甲\n",
            "1:5 [yaml-broken] 写法有误：标题: @甲 | 值以特殊符号开头（如 @ % `），给整个值加上英文双引号",
        ),
        (
            "标题: 甲\n  来源: 乙\n",
            "2:3 [yaml-broken] 写法有误：来源: 乙 | 这一行缩进多了：同一级的键要左对齐",
        ),
        (
            "关键词:\n  - 甲\n - 乙\n",
            "3:2 [yaml-broken] 写法有误：- 乙 | 缩进没有对齐：同一级的键和短横线要左对齐；键后面用英文冒号加空格",
        ),
        (
            "标题 甲\n来源: 乙\n",
            "1:1 [yaml-broken] 写法有误：标题 甲 | 每行写成“键: 值”，冒号用英文，后面空一格；多行文字要缩进两格",
        ),
        (
            "关键词: [甲, 乙\n",
            "1:6 [yaml-broken] 写法有误：关键词: [甲, 乙 | 方括号或花括号没有成对，或少了、多了英文逗号",
        ),
        (
            "摘要: |\n甲\n",
            "2:1 [yaml-broken] 写法有误：甲 | 每行写成“键: 值”，冒号用英文，后面空一格；多行文字要缩进两格",
        ),
        (
            "标题: >甲\n",
            "1:6 [yaml-broken] 写法有误：标题: >甲 | | 或 > 之后的文字要另起一行，并比键多缩进两格",
        ),
        (
            "标题: " + "长" * 60 + ": 乙\n",
            f"1:65 [yaml-broken] 写法有误：标题: {'长' * 36}… | 这一行的值里有英文冒号加空格：给整个值加上英文双引号",
        ),
    ],
)
def test_says_in_an_editors_words_where_the_mistake_is(text: str, expected: str) -> None:
    assert problem(text) == expected


def test_counts_lines_from_where_the_text_stands_in_its_file() -> None:
    assert problem("标题：甲\n来源: 乙\n", first_line=2).startswith("2:1 ")
