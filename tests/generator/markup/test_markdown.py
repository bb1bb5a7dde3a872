"""Markdown as Chinese editors write it."""

from __future__ import annotations

import pytest

from generator.markup import convert


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("**具体：**与其说", "<strong>具体：</strong>与其说"),
        ("他说**“好”**的", "他说<strong>“好”</strong>的"),
        ("这是**（重要）**内容", "这是<strong>（重要）</strong>内容"),
        ("**注意！**请看", "<strong>注意！</strong>请看"),
        ("按**《办法》**执行", "按<strong>《办法》</strong>执行"),
        ("甲**。乙**丙", "甲<strong>。乙</strong>丙"),
        ("用**“引号”。**的", "用<strong>“引号”。</strong>的"),
    ],
)
def test_bold_beside_punctuation(written: str, shown: str) -> None:
    assert convert(written).html == f"<p>{shown}</p>"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("第一行\n第二行", "第一行第二行"),
        ("逗号，\n后文", "逗号，后文"),
        ("前文\n“引语”", "前文“引语”"),
        ("**粗**\n后文", "<strong>粗</strong>后文"),
        ("前文\n**粗**", "前文<strong>粗</strong>"),
        ("采用 ODF\n格式", "采用 ODF\n格式"),
        ("one\ntwo", "one\ntwo"),
        ("甲  \n乙", "甲<br>\n乙"),
    ],
)
def test_a_line_end_between_chinese_characters_leaves_no_space(written: str, shown: str) -> None:
    assert convert(written).html == f"<p>{shown}</p>"


def test_code_keeps_its_line_ends() -> None:
    assert convert("```\n甲\n乙\n```").html == "<pre><code>甲\n乙\n</code></pre>"


def compact(html: str) -> str:
    return html.replace("\n", "")


def test_a_list_may_follow_a_paragraph_and_nest_by_two_spaces() -> None:
    assert compact(convert("要求：\n- 甲\n  - 乙\n    - 丙\n- 丁\n\n后文").html) == (
        "<p>要求：</p><ul><li>甲<ul><li>乙<ul><li>丙</li></ul></li></ul></li><li>丁</li></ul><p>后文</p>"
    )


def test_a_numbered_list_keeps_its_first_number() -> None:
    assert compact(convert("3. 甲\n4. 乙").html) == '<ol start="3"><li>甲</li><li>乙</li></ol>'


def test_a_year_at_the_beginning_of_a_line_is_no_list() -> None:
    assert "<ol" not in convert("本办法施行于\n2024. 以后").html


@pytest.mark.parametrize(
    "written",
    [
        "表：收费标准\n| 项目 | 金额 |\n|---|--:|\n| 甲 | 1 |\n后文",
        "| 项目 | 金额 |\n|---|--:|\n| 甲 | 1 |\n\nTable: 收费标准\n\n后文",
    ],
)
def test_a_table_has_caption_scopes_and_a_region_that_scrolls(written: str) -> None:
    assert compact(convert(written).html) == (
        '<div class="table" role="region" aria-labelledby="biao-1" tabindex="0"><table>'
        '<caption id="biao-1">收费标准</caption><thead><tr><th scope="col">项目</th>'
        '<th class="align-right" scope="col">金额</th></tr></thead>'
        '<tbody><tr><td>甲</td><td class="align-right">1</td></tr></tbody></table></div><p>后文</p>'
    )


def test_a_pasted_table_loses_its_styles_and_keeps_its_cells() -> None:
    html = convert(
        '<table border="1" style="width:9cm"><tr><th>甲</th><th>乙</th></tr>'
        '<tr><th>丙</th><td colspan="2" align="center" style="color:red">丁</td></tr></table>'
    ).html
    assert compact(html) == (
        '<div class="table" role="region" aria-label="表格 1" tabindex="0"><table><tbody>'
        '<tr><th scope="col">甲</th><th scope="col">乙</th></tr>'
        '<tr><th scope="row">丙</th><td colspan="2" class="align-center">丁</td></tr></tbody></table></div>'
    )


def test_footnotes_are_numbered_whatever_their_labels() -> None:
    markup = convert("甲[^注一]乙[^b]。\n\n[^注一]: 第一个说明\n\n[^b]: 第二个说明")
    assert markup.anchors == ("fnref-1", "fnref-2", "fn-1", "fn-2")
    assert 'title="返回正文第 2 处"' in markup.html
    assert "↩" not in "".join(section.text for section in markup.sections)


@pytest.mark.parametrize(
    "written", ["!!! 注意\n    带身份证。", "> [!注意]\n> 带身份证。", "> [!warning]\n> 带身份证。"]
)
def test_callouts(written: str) -> None:
    assert compact(convert(written).html) == (
        '<div class="callout callout--warning"><p class="callout__title">注意</p><p>带身份证。</p></div>'
    )


def test_neighbouring_callouts_stay_apart() -> None:
    html = compact(convert("> [!提示] 其一\n> 甲\n\n> [!警告]\n> 乙").html)
    assert html == (
        '<div class="callout callout--tip"><p class="callout__title">其一</p><p>甲</p></div>'
        '<div class="callout callout--danger"><p class="callout__title">警告</p><p>乙</p></div>'
    )


def test_definition_lists_and_attributes() -> None:
    assert compact(convert("窗口\n:   二楼").html) == "<dl><dt>窗口</dt><dd>二楼</dd></dl>"
    assert convert("导语\n{: .lead}").html == '<p class="lead">导语</p>'


def test_indents_typed_with_wide_spaces_are_dropped() -> None:
    assert convert("　　甲。\n\n　　第一条　乙。").html.startswith("<p>甲。</p>\n<div class=")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("甲<script>alert(1)</script>乙", "<p>甲乙</p>"),
        ('<b onclick="x()">甲</b>', "<p><b>甲</b></p>"),
        ('<p style="color:red">甲</p>', "<p>甲</p>"),
        ('<iframe src="https://a.example/"></iframe>\n\n甲', "<p>甲</p>"),
        ("[甲](javascript:alert(1))", "<p>甲</p>"),
        ("![甲](data:image/png;base64,AAAA)", "<p>甲</p>"),
        ("1 < 2 & 3", "<p>1 &lt; 2 &amp; 3</p>"),
    ],
)
def test_what_does_not_belong_in_a_page_is_taken_out(written: str, shown: str) -> None:
    assert convert(written).html == shown
