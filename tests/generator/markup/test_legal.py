"""Laws and notices: which parts are recognised, and the addresses they get."""

from __future__ import annotations

import pytest

from generator.markup import clause_anchor, clause_text, convert
from generator.markup.model import Markup


def body(*paragraphs: str) -> str:
    return "\n\n".join(paragraphs)


def codes(markup: Markup) -> list[tuple[int, str, str]]:
    return [(problem.line, problem.severity.label, problem.code) for problem in markup.problems]


def test_a_law_becomes_headings_clauses_paragraphs_and_items() -> None:
    markup = convert(
        body(
            "## 第一章　总　则",
            "第一条　为了规范测试，制定本办法。",
            "第二条 有下列情形之一的，适用本办法：",
            "（一）甲；",
            "（二）乙。",
            "前款所称甲，是指丙。",
        )
    )
    assert markup.html.split("\n") == [
        '<h2 id="zhang-1">第一章　总　则</h2>',
        '<div class="clause" id="tiao-1">',
        '<p id="tiao-1-kuan-1"><a class="clause__number" href="#tiao-1">第一条</a>　为了规范测试，制定本办法。</p>',
        "</div>",
        '<div class="clause" id="tiao-2">',
        '<p id="tiao-2-kuan-1"><a class="clause__number" href="#tiao-2">第二条</a>　有下列情形之一的，适用本办法：</p>',
        '<p class="clause__item" id="tiao-2-xiang-1">（一）甲；</p>',
        '<p class="clause__item" id="tiao-2-xiang-2">（二）乙。</p>',
        '<p id="tiao-2-kuan-2">前款所称甲，是指丙。</p>',
        "</div>",
    ]
    assert markup.clauses == 2
    assert markup.problems == ()


def test_the_contents_show_numbers_words_and_the_range_of_clauses() -> None:
    markup = convert(
        body(
            "## 第一章 总 则",
            "第一条 甲。",
            "第二条 乙。",
            "## 第二章 管理",
            "### 第一节 一般规定",
            "第三条 丙。",
            "第三条之一 丁。",
            "### 第二节 特别规定",
            "第四条 戊。",
        )
    )
    assert [
        (h.level, h.anchor, h.number, h.text, h.first_clause, h.last_clause) for h in markup.headings
    ] == [
        (2, "zhang-1", "第一章", "总则", "1", "2"),
        (2, "zhang-2", "第二章", "管理", "3", "4"),
        (3, "zhang-2-jie-1", "第一节", "一般规定", "3", "3之一"),
        (3, "zhang-2-jie-2", "第二节", "特别规定", "4", "4"),
    ]


def test_chapters_begin_anew_in_each_part_of_a_code() -> None:
    markup = convert(
        body("第一编 总则", "第一章 一般规定", "第一条 甲。", "第二编 物权", "第一章 一般规定", "第二条 乙。")
    )
    assert [(h.level, h.anchor) for h in markup.headings] == [
        (2, "bian-1"),
        (3, "bian-1-zhang-1"),
        (2, "bian-2"),
        (3, "bian-2-zhang-1"),
    ]
    assert {"tiao-1", "tiao-2"} <= set(markup.anchors)


@pytest.mark.parametrize(
    ("written", "anchor"),
    [
        ("第十二条之一　甲。", "tiao-12-zhi-1"),
        ("第一百零一条 甲。", "tiao-101"),
        ("第一百一十条 甲。", "tiao-110"),
        ("第二〇三条 甲。", "tiao-203"),
        ("第12条 甲。", "tiao-12"),
        ("第１２条　甲。", "tiao-12"),
        ("**第三条**　甲。", "tiao-3"),
        ("第七条【目的】甲。", "tiao-7"),
        ("第七条（目的）", "tiao-7"),
        ("### 第九条 目的", "tiao-9"),
    ],
)
def test_numbers_of_clauses_are_read_in_all_their_forms(written: str, anchor: str) -> None:
    assert convert(written, imported=True).anchors[0] == anchor


def test_a_reference_that_opens_a_paragraph_is_no_clause() -> None:
    markup = convert(body("第一条 甲。", "第二条规定的期限，自次日起计算。", "第二条 乙。"))
    assert markup.clauses == 2
    assert markup.problems == ()


def test_clauses_without_a_space_are_recognised_where_their_number_is_due() -> None:
    markup = convert(
        body("第一条为了规范测试，制定本办法。", "第二条本市居民适用本办法。", "第一条所称居民，是指乙。")
    )
    assert markup.clauses == 2
    assert "tiao-2-kuan-2" in markup.anchors


def test_points_below_items_and_items_of_later_paragraphs_have_addresses() -> None:
    markup = convert(
        body("第一条 甲：", "（一）乙：", "1．丙；", "2．丁。", "戊：", "（一）己；", "（二）庚。")
    )
    assert markup.anchors == (
        "tiao-1",
        "tiao-1-kuan-1",
        "tiao-1-xiang-1",
        "tiao-1-xiang-1-mu-1",
        "tiao-1-xiang-1-mu-2",
        "tiao-1-kuan-2",
        "tiao-1-kuan-2-xiang-1",
        "tiao-1-kuan-2-xiang-2",
    )


def test_a_paragraph_between_items_does_not_break_their_count() -> None:
    markup = convert(body("第一条 甲：", "（一）乙。", "乙是指丙。", "（二）丁。"))
    assert "tiao-1-xiang-2" in markup.anchors
    assert markup.problems == ()


def test_a_notice_has_headings_where_its_numbers_stand_alone_and_paragraphs_where_they_do_not() -> None:
    markup = convert(
        body(
            "各县（市、区）人民政府：",
            "现将有关事项通知如下：",
            "一、总体要求",
            "（一）指导思想。坚持以人为本。",
            "（二）工作目标",
            "到2025年全面建成。",
            "二、各单位要认真落实。",
        )
    )
    assert markup.html.split("\n") == [
        '<p class="document__addressee">各县（市、区）人民政府：</p>',
        "<p>现将有关事项通知如下：</p>",
        '<h2 id="yi-1">一、总体要求</h2>',
        '<p class="document__item" id="yi-1-xiang-1">（一）指导思想。坚持以人为本。</p>',
        '<h3 id="yi-1-xiang-2">（二）工作目标</h3>',
        "<p>到2025年全面建成。</p>",
        '<p class="document__ordinal" id="yi-2">二、各单位要认真落实。</p>',
    ]


def test_numbered_lines_without_text_below_them_are_a_list() -> None:
    assert convert(body("一、身份证", "二、户口簿", "三、照片")).headings == ()


def test_the_frame_of_a_document_is_told_from_its_text() -> None:
    markup = convert(
        body(
            "市政府各部门：",
            "现予印发，请遵照执行。",
            "附件：1．申请表",
            "2．流程图",
            "越明市人民政府办公室",
            "2024年3月1日",
            "（此件公开发布）",
        )
    )
    assert [line.partition('class="')[2].partition('"')[0] for line in markup.html.split("\n")] == [
        "document__addressee",
        "",
        "document__attachments",
        "document__attachments document__attachments--more",
        "document__signature",
        "document__date",
        "document__note",
    ]


def test_the_signature_does_not_belong_to_the_last_clause() -> None:
    markup = convert(body("第一条 甲。", "越明市人民政府", "二〇二四年三月一日"))
    assert markup.html.endswith(
        '</div>\n<p class="document__signature">越明市人民政府</p>\n<p class="document__date">二〇二四年三月一日</p>'
    )
    assert [section.text for section in markup.sections] == [
        "第一条 甲。",
        "越明市人民政府\n二〇二四年三月一日",
    ]


def test_a_table_of_contents_in_the_text_gives_no_second_chapters() -> None:
    markup = convert(
        body(
            "目　录", "第一章 总则", "第二章 附则", "第一章 总则", "第一条 甲。", "第二章 附则", "第二条 乙。"
        )
    )
    assert [heading.anchor for heading in markup.headings] == ["zhang-1", "zhang-2"]
    assert markup.problems == ()


def test_the_longer_of_two_texts_is_the_one_that_citations_mean() -> None:
    order = ["第一条 现公布办法。", "第二条 原规定废止。"]
    rules = ["附件", "越明市测试办法", "第一章 总则", "第一条 甲。", "第二条 乙。", "第三条 丙。"]
    markup = convert(body(*order, *rules))
    assert [anchor for anchor in markup.anchors if "kuan" not in anchor] == [
        "b1-tiao-1",
        "b1-tiao-2",
        "fujian-1",
        "zhang-1",
        "tiao-1",
        "tiao-2",
        "tiao-3",
    ]
    assert markup.problems == ()
    assert clause_text(body(*order, *rules), "tiao-1") == "第一条　甲。"


def test_a_shorter_second_text_gets_the_prefix() -> None:
    markup = convert(body("第一条 甲。", "第二条 乙。", "附件2", "第一条 丙。"))
    assert markup.anchors[-2:] == ("b2-tiao-1", "b2-tiao-1-kuan-1")


def test_an_attachment_is_a_heading_with_its_title() -> None:
    markup = convert(body("现予印发。", "附件1", "越明市测试办法", "第一章 总则", "第一条 甲。"))
    assert [(h.level, h.anchor, h.number, h.text) for h in markup.headings] == [
        (2, "fujian-1", "附件1", "越明市测试办法"),
        (3, "zhang-1", "第一章", "总则"),
    ]


@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [
        (("第一条 甲。", "第三条 乙。"), (3, "错误", "clause-gap")),
        (("第二条 甲。",), (1, "错误", "clause-gap")),
        (("第一条 甲。", "第二条 乙。", "第二条 丙。"), (5, "错误", "clause-duplicate")),
        (("第一条 甲。", "第一条之二 乙。"), (3, "错误", "clause-gap")),
        (("第一条 甲：", "（一）乙；", "（三）丙。"), (5, "错误", "item-gap")),
        (("第一条 甲：", "（一）乙；", "（二）丙；", "（二）丁。"), (7, "错误", "item-duplicate")),
        (("一、甲。", "三、乙。"), (3, "警告", "ordinal-gap")),
        (("## 甲", "#### 乙"), (3, "错误", "heading-skip")),
    ],
)
def test_wrong_numbers_are_reported_at_their_line(
    paragraphs: tuple[str, ...], expected: tuple[int, str, str]
) -> None:
    assert codes(convert(body(*paragraphs))) == [expected]


def test_old_texts_taken_over_as_they_are_only_warn() -> None:
    assert codes(convert(body("第一条 甲。", "第三条 乙。"), imported=True)) == [(3, "警告", "clause-gap")]


def test_anchors_stay_unique_where_numbers_repeat() -> None:
    markup = convert(
        body("第一条 甲：", "（一）乙；", "（一）丙。", "第二条 丁。", "第二条 戊。", "第二条 己。")
    )
    assert len(set(markup.anchors)) == len(markup.anchors)


def test_a_given_id_moves_no_other_heading() -> None:
    markup = convert(body("## 办理条件", "甲。", "## 办理材料 {#cailiao}", "乙。", "## 办理地点", "丙。"))
    assert [heading.anchor for heading in markup.headings] == ["jie-1", "cailiao", "jie-3"]


def test_a_body_that_begins_with_level_one_is_lowered_as_a_whole() -> None:
    markup = convert(body("# 甲", "乙。", "## 丙", "丁。"))
    assert [(heading.level, heading.text) for heading in markup.headings] == [(2, "甲"), (3, "丙")]


@pytest.mark.parametrize(
    ("citation", "anchor"),
    [
        ("第十二条之一", "tiao-12-zhi-1"),
        ("第五条第二款第（一）项", "tiao-5-kuan-2-xiang-1"),
        ("第五条第二款第一项", "tiao-5-kuan-2-xiang-1"),
        ("第五条第一款第（三）项", "tiao-5-xiang-3"),
        ("第五条第（三）项第2目", "tiao-5-xiang-3-mu-2"),
        ("第 101 条", "tiao-101"),
        ("第二章", "zhang-2"),
        ("第一编第二章第三节", "bian-1-zhang-2-jie-3"),
        ("一、（二）", "yi-1-xiang-2"),
        ("总则", None),
        ("", None),
    ],
)
def test_citations_lead_to_anchors(citation: str, anchor: str | None) -> None:
    assert clause_anchor(citation) == anchor


LAW = body("第一条 甲：", "（一）乙；", "（二）丙。", "前款所称乙，是指**丁**。", "第二条 戊。")


@pytest.mark.parametrize(
    ("anchor", "text"),
    [
        ("tiao-1", "第一条　甲：\n（一）乙；\n（二）丙。\n前款所称乙，是指丁。"),
        ("tiao-1-kuan-1", "第一条　甲：\n（一）乙；\n（二）丙。"),
        ("tiao-1-kuan-2", "前款所称乙，是指丁。"),
        ("tiao-1-xiang-2", "（二）丙。"),
        ("tiao-2", "第二条　戊。"),
        ("tiao-3", None),
    ],
)
def test_the_words_of_a_clause_can_be_quoted(anchor: str, text: str | None) -> None:
    assert clause_text(LAW, anchor) == text
