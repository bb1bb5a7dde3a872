"""Slips in official text are pointed out at their place; correct text of the same look is left alone."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.diagnostics import Severity
from generator.wording import Finding, WordRule, scan

CORPUS = Path(__file__).parents[2] / "../shared/corpus"


def marked(text: str) -> list[tuple[str, str]]:
    return [(found.code, text[found.start : found.end]) for found in scan(text)]


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("定于2021年2月29日召开", "impossible-date", "2021年2月29日"),
        ("截至2023年2月30日。", "impossible-date", "2023年2月30日"),
        ("自2020年4月31日起施行", "impossible-date", "2020年4月31日"),
        ("自2020年11月31日起施行", "impossible-date", "2020年11月31日"),
        ("于5月32日前报送", "impossible-date", "5月32日"),
        ("于2020年13月1日前报送", "impossible-date", "2020年13月1日"),
        ("成文日期：2021-02-29。", "impossible-date", "2021-02-29"),
        ("2021.6.31", "impossible-date", "2021.6.31"),
        ("二〇二一年二月二十九日印发", "impossible-date", "二〇二一年二月二十九日"),
        ("九月三十一日", "impossible-date", "九月三十一日"),
        ("绍政办发[2021]3号", "document-number-brackets", "[2021]3号"),
        ("（绍政办发（2021）3号）", "document-number-brackets", "（2021）3号"),
        ("绍政办发【2021】3号", "document-number-brackets", "【2021】3号"),
        ("绍政办发(2021) 3 号", "document-number-brackets", "(2021) 3 号"),
        (r"绍政办发\[2021\]3号", "document-number-brackets", r"\[2021\]3号"),
        ("就关于关于印发办法", "doubled-word", "关于关于"),
        ("召开座谈会座谈会", "wrong-word", "座谈会座谈会"),
        ("请各单位布署落实", "wrong-word", "布署"),
        ("机密★3年", "secrecy-mark", "机密★"),
        ("文件（绝密 ★）", "secrecy-mark", "绝密 ★"),
        ("内部资料 注意保存", "secrecy-mark", "内部资料 注意保存"),
        ("栏目建设中…", "placeholder-text", "栏目建设中"),
        ("正文\n建设中……\n", "placeholder-text", "建设中……"),
        ("敬请期待", "placeholder-text", "敬请期待"),
        ("本栏目暂无内容。", "placeholder-text", "本栏目暂无内容"),
        ("申请表请点击这里。", "vague-link-text", "点击这里"),
        ("[更多](tongzhi/index.html)", "vague-link-text", "[更多]"),
        ("[点击下载](a.docx)", "vague-link-text", "[点击下载]"),
        ("请点右侧红色按钮", "position-only-instruction", "右侧红色按钮"),
        ("单击右上角的图标", "position-only-instruction", "右上角的图标"),
    ],
)
def test_points_at_the_slip(text: str, code: str, place: str) -> None:
    assert marked(text) == [(code, place)]


@pytest.mark.parametrize(
    "text",
    [
        "2020年2月29日、2000年2月29日、2月29日、12月31日、11月30日、6月30日、2021-02-28、2021.12.31",
        "二〇二〇年二月二十九日，十二月三十一日，十二月三十日，农历二月三十日",
        "绍政办发〔2021〕3号，《通知》（绍政办发〔2021〕3号），（2021）浙06民终123号，根据（2021）第3号公告",
        "版本2020-330602-48-01-123456，软件2021.2.29.1",
        "建设中国特色社会主义，在公路建设中应当，建设中心，正在建设中的水库，体系建设中发挥作用",
        "暂无履行能力的，当事人暂无其他信息来源",
        "点击“登录”按钮，点击率",
        "自己经营，既使用财政性资金又使用其他资金，按装机容量，发布署名文章，插座标准",
        "本规定规定的行政处罚，上一年度年度报告，事业单位单位负责人",
        "国家秘密标志为“秘密”二字加★",
        "（一）1）材料；2）证明；a）其他",
        "“第一段引文。\n“第二段仍是引文。”",
        "混用的括号（半角收尾)也算成对",
        "[《申请表》（DOCX，24KB）](a.docx)",
    ],
)
def test_leaves_right_text_alone(text: str) -> None:
    assert scan(text) == ()


def test_says_what_is_wrong_with_a_date_and_what_to_do() -> None:
    assert scan("定于2021年2月29日召开") == (
        Finding(
            start=2,
            end=12,
            severity=Severity.WARNING,
            code="impossible-date",
            message="“2021年2月29日”不是有效日期：2021年2月只有28天",
            remedy="核对原文后改正",
        ),
    )


def test_proposes_the_right_brackets_of_a_document_number() -> None:
    (found,) = scan("依照国办发[2019]5号执行")

    assert found.message == "发文字号“[2019]5号”的年份应当用六角括号"
    assert found.remedy == "改为“〔2019〕5号”"
    assert found.replacement == "〔2019〕5号"


def test_a_secrecy_mark_is_an_error_and_all_else_a_warning() -> None:
    found = {item.code: item.severity for item in scan("秘密★1年 布署 敬请期待 2021年2月30日 （")}

    assert found.pop("secrecy-mark") is Severity.ERROR
    assert set(found.values()) == {Severity.WARNING}
    assert len(found) == 4


@pytest.mark.parametrize(
    ("text", "place", "missing"),
    [
        ("根据《条例规定", 2, "》"),
        ("根据条例》规定", 4, "《"),
        ("（一）依法（行政", 5, "）"),
        ("“一网通办", 0, "”"),
        ("”一网通办”", 0, "“"),
        ("绍政办发〔2021", 4, "〕"),
    ],
)
def test_a_bracket_without_a_partner_is_shown_in_its_surroundings(
    text: str, place: int, missing: str
) -> None:
    first = scan(text)[0]

    assert (first.code, first.start) == ("unbalanced-bracket", place)
    assert first.message == f"“{text[max(place - 6, 0) : place + 7]}”中的 {text[place]} 没有对应的 {missing}"


def test_a_site_adds_its_own_words() -> None:
    rules = (
        WordRule("工商局", "市场监管局", note="2018年机构改革后更名", unless=("原工商局",)),
        WordRule("最好的", severity=Severity.NOTE),
    )
    text = "到工商局办理，原工商局档案，最好的服务"

    assert [(found.start, found.end, found.message, found.remedy) for found in scan(text, rules)] == [
        (1, 4, "“工商局”可能有误：2018年机构改革后更名", "改为“市场监管局”"),
        (14, 17, "“最好的”可能有误", "请人工核对"),
    ]
    assert scan(text) == ()


@given(
    before=st.text("的人条第行和定（《龘", max_size=4),
    word=st.text("的人条署迅★月.*[(击", min_size=2, max_size=5),
    after=st.text("的人条第行和定", max_size=4),
)
def test_an_added_word_is_found_wherever_it_stands(before: str, word: str, after: str) -> None:
    text = before + word + after
    found = [
        item for item in scan(text, (WordRule(word, "改"),)) if item.message.startswith(f"“{word}”可能有误")
    ]

    assert text[found[0].start : found[0].end] == word


@given(year=st.integers(1950, 2049), month=st.integers(1, 12), day=st.integers(1, 31))
def test_agrees_with_the_calendar(year: int, month: int, day: int) -> None:
    try:
        date(year, month, day)
        expected = []
    except ValueError:
        expected = ["impossible-date"]

    assert [found.code for found in scan(f"自{year}年{month}月{day}日起施行")] == expected
    assert [found.code for found in scan(f"自{year}-{month:02d}-{day:02d}起施行")] == expected


@given(st.text())
def test_any_text_can_be_scanned(text: str) -> None:
    assert all(0 <= found.start < found.end <= len(text) for found in scan(text))


def test_characters_beyond_the_basic_plane_do_not_shift_the_place_of_a_doubled_word() -> None:
    assert marked("𠮷田关于关于") == [("doubled-word", "关于关于")]


def test_real_regulations_raise_few_warnings_and_no_error() -> None:
    if not CORPUS.is_dir():
        pytest.skip("the shared corpus is not on this machine")
    counts: Counter[str] = Counter()
    with gzip.open(CORPUS / "regulations.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            counts.update(
                f"{found.severity.name} {found.code}" for found in scan(json.loads(line)["body_markdown"])
            )

    # All of them were looked up by hand: two old document numbers, four brackets and one 座标 are in the originals.
    assert counts == {
        "WARNING document-number-brackets": 2,
        "WARNING unbalanced-bracket": 4,
        "WARNING wrong-word": 1,
    }
