"""Sections and excerpt: the plain text for search, reading aloud and lists."""

from __future__ import annotations

from generator.markup import convert


def test_sections_are_cut_at_headings_and_clauses() -> None:
    markup = convert("引言。\n\n## 第一章 总则\n\n第一条 甲。\n\n乙。\n\n## 办理**地点**\n\n丙。")
    assert [(item.anchor, item.heading, item.text) for item in markup.sections] == [
        ("", "", "引言。"),
        ("zhang-1", "第一章　总则", "第一章 总则"),
        ("tiao-1", "第一条", "第一条 甲。\n乙。"),
        ("jie-1", "办理地点", "办理地点\n丙。"),
    ]


def test_text_in_tables_footnotes_lists_and_images_counts() -> None:
    markup = convert(
        "甲[^1]。\n\n| 乙 | 丙 |\n|---|---|\n| 丁 | 戊 |\n\n- 己\n\n<img src='https://www.gov.cn/a.png' alt='庚'>\n\n[^1]: 辛"
    )
    text = "".join(section.text for section in markup.sections).replace("\n", "")
    assert text == "甲1。乙丙丁戊己庚辛\xa0"


def test_markup_leaves_no_spaces_in_the_text() -> None:
    markup = convert("**甲**乙`丙`[丁](https://a.example/)\n戊")
    assert markup.sections[0].text == "甲乙丙丁戊"


def test_long_sections_are_cut_at_the_ends_of_paragraphs() -> None:
    paragraphs = [f"第{index}段" + "字" * 600 + "。" for index in range(10, 20)]
    sections = convert("\n\n".join(paragraphs)).sections
    assert len(sections) > 1
    assert all(len(section.text) <= 2000 for section in sections)
    assert "\n".join(section.text for section in sections) == "\n".join(paragraphs)


def test_the_excerpt_begins_with_running_text() -> None:
    markup = convert(
        "各县（市）人民政府：\n\n## 第一章 总则\n\n第一条　为了规范政务公开工作，保障公民的知情权，制定本办法。\n\n第二条 本办法适用于全市。"
    )
    assert markup.excerpt == "为了规范政务公开工作，保障公民的知情权，制定本办法。本办法适用于全市。"


def test_the_excerpt_ends_after_a_hundred_and_twenty_characters() -> None:
    excerpt = convert("字" * 100 + "。" + "字" * 100 + "。").excerpt
    assert len(excerpt) == 120
    assert excerpt.endswith("…")


def test_a_paragraph_that_begins_with_a_number_sign_keeps_it() -> None:
    assert convert("*#甲*乙").sections[0].text == "#甲乙"
