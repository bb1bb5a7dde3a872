"""Domain types: what is read, in which one spelling it is kept, and what is said about the rest."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from generator.check_digits import is_credit_code
from generator.fields import (
    DocumentNumber,
    FormatError,
    IndexNumber,
    Subject,
    parse_date,
    parse_minute,
)

CORPUS = Path(__file__).parents[2] / "../shared/corpus"
BRACKETS = str.maketrans("[(（【［{])）】］}", "〔" * 6 + "〕" * 6)


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("国办发〔2019〕5号", "国办发〔2019〕5号"),
        ("越政办发〔2026〕 12 号", "越政办发〔2026〕12号"),
        ("越政发〔２０２６〕３号", "越政发〔2026〕3号"),
        ("越明市人民政府令第12号", "越明市人民政府令第12号"),
        ("中华人民共和国国务院令第七百一十一号", "中华人民共和国国务院令第711号"),
        ("越明市人民政府令2026年第3号", "越明市人民政府令2026年第3号"),
        ("公告2026年第3号", "公告2026年第3号"),
        ("财政部公告2026年第3号", "财政部公告2026年第3号"),
        ("2026年第3号", "公告2026年第3号"),
        ("越明市自然资源局通告2026年第1号", "越明市自然资源局通告2026年第1号"),
    ],
)
def test_reads_document_numbers_orders_and_announcements(text: str, canonical: str) -> None:
    assert str(DocumentNumber.parse(text)) == canonical


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("国办发[2019]5号", "改用六角括号：国办发〔2019〕5号"),
        ("国办发（2019）5号", "改用六角括号：国办发〔2019〕5号"),
        ("国办发【2019】5号", "改用六角括号：国办发〔2019〕5号"),
        ("国办发〔2019〕第5号", "改为：国办发〔2019〕5号"),
        ("国办发〔2019〕05号", "改为：国办发〔2019〕5号"),
        ("国办发〔2019〕5", "改为：国办发〔2019〕5号"),
        ("国办发〔19〕5号", "改为：国办发〔2019〕5号"),
        ("国办发2019年5号", "改为：国办发〔2019〕5号"),
        ("国办发2019年第5号", "改为：国办发〔2019〕5号"),
    ],
)
def test_refuses_wrong_spellings_and_proposes_the_right_one(text: str, hint: str) -> None:
    with pytest.raises(FormatError) as caught:
        DocumentNumber.parse(text)

    assert (caught.value.code, caught.value.message, caught.value.hint) == (
        "bad-document-number",
        f"发文字号“{text}”格式不符",
        hint,
    )


@pytest.mark.parametrize(
    "text", ["", "号", "〔2019〕5号", "国办发〔2019〕0号", "关于印发办法的通知", "5号", "国办发〔2019〕五号"]
)
def test_shows_the_form_where_nothing_can_be_proposed(text: str) -> None:
    with pytest.raises(FormatError) as caught:
        DocumentNumber.parse(text)

    assert caught.value.hint == (
        "写成“机关代字〔年份〕×号”，例如 越政办发〔2026〕3号；令写成“越明市人民政府令第3号”"
    )


def test_reads_the_numbers_of_the_corpus_once_their_brackets_are_right() -> None:
    path = CORPUS / "doc_numbers.jsonl.gz"
    if not path.exists():
        pytest.skip("the corpus of document numbers is not beside the project")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        numbers = [str(json.loads(line)["doc_number"]).translate(BRACKETS) for line in lines]

    read = sum(_is_read(number) for number in numbers)

    assert len(numbers) > 30_000
    assert read / len(numbers) >= 0.99


def _is_read(number: str) -> bool:
    try:
        DocumentNumber.parse(number)
    except FormatError:
        return False
    return True


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("000014349/2017-00110", "000014349/2017-00110"),
        ("11330600000000003L/2026-000012", "11330600000000003L/2026-000012"),
        ("000014349／2017－00110", "000014349/2017-00110"),
        (" 000014349/2017-00110 ", "000014349/2017-00110"),
    ],
)
def test_reads_index_numbers_of_the_state_and_of_places(text: str, canonical: str) -> None:
    assert str(IndexNumber.parse(text)) == canonical


@pytest.mark.parametrize(
    "text",
    [
        "",
        "000014349",
        "00014349/2017-00110",
        "000014349/17-00110",
        "000014349/2017-110",
        "000014349-2017-00110",
    ],
)
def test_refuses_other_index_numbers(text: str) -> None:
    with pytest.raises(FormatError) as caught:
        IndexNumber.parse(text)

    assert (caught.value.code, caught.value.message, caught.value.hint) == (
        "bad-index-number",
        f"索引号“{text}”格式不符",
        "写成“机构代码/年份-流水号”，例如 000014349/2017-00110，流水号 5 或 6 位",
    )


def test_credit_codes_have_a_check_character() -> None:
    assert is_credit_code("91350100M000100Y43")  # the example of GB 32100
    assert is_credit_code("11330600002577014T")
    assert not is_credit_code("91350100M000100Y44")
    assert not is_credit_code("91350100M000100Y4")
    assert not is_credit_code("91350100M000100I43")


@pytest.mark.parametrize("text", ["2026-03-08", "2026/3/8", "2026.3.8", "2026年3月8日", "2026 年 3 月 8 日"])
def test_reads_dates_as_people_write_them(text: str) -> None:
    assert parse_date(text).isoformat() == "2026-03-08"


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("2026-02-30", "“2026-02-30”不是有效日期", "2026 年 2 月只有 28 天，按 YYYY-MM-DD 填写"),
        ("2024-02-30", "“2024-02-30”不是有效日期", "2024 年 2 月只有 29 天，按 YYYY-MM-DD 填写"),
        ("2026-04-31", "“2026-04-31”不是有效日期", "2026 年 4 月只有 30 天，按 YYYY-MM-DD 填写"),
        ("2026-12-32", "“2026-12-32”不是有效日期", "2026 年 12 月只有 31 天，按 YYYY-MM-DD 填写"),
        ("9999-12-32", "“9999-12-32”不是有效日期", "9999 年 12 月只有 31 天，按 YYYY-MM-DD 填写"),
        ("2026-13-01", "“2026-13-01”不是有效日期", "月份应在 1 到 12 之间，按 YYYY-MM-DD 填写"),
        ("0000-01-01", "“0000-01-01”不是有效日期", "年份应为四位数字，按 YYYY-MM-DD 填写"),
        ("2026-00-00", "“2026-00-00”不是有效日期", "月份应在 1 到 12 之间，按 YYYY-MM-DD 填写"),
        ("20260308", "“20260308”不是日期", "按 YYYY-MM-DD 填写，例如 2026-03-08"),
        ("三月八日", "“三月八日”不是日期", "按 YYYY-MM-DD 填写，例如 2026-03-08"),
    ],
)
def test_says_why_a_date_is_none(text: str, message: str, hint: str) -> None:
    with pytest.raises(FormatError) as caught:
        parse_date(text)

    assert (caught.value.code, caught.value.message, caught.value.hint) == ("bad-date", message, hint)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-08 09:15", ("2026-03-08 09:15", True)),
        ("2026-03-08 9:15:30", ("2026-03-08 09:15", True)),
        ("2026-03-08T09:15", ("2026-03-08 09:15", True)),
        ("2026年3月8日 9时15分", ("2026-03-08 09:15", True)),
        ("2026-03-08", ("2026-03-08 00:00", False)),
    ],
)
def test_reads_times_to_the_minute(text: str, expected: tuple[str, bool]) -> None:
    moment, has_time = parse_minute(text)

    assert (f"{moment:%Y-%m-%d %H:%M}", has_time) == expected


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2026-03-08 24:00", "bad-time"),
        ("2026-03-08 9:60", "bad-time"),
        ("今天", "bad-time"),
        ("2026-02-30 09:00", "bad-date"),
    ],
)
def test_refuses_other_times(text: str, code: str) -> None:
    with pytest.raises(FormatError) as caught:
        parse_minute(text)

    assert caught.value.code == code


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("综合政务\\政务公开", "综合政务\\政务公开"),
        ("综合政务/政务公开", "综合政务\\政务公开"),
        ("综合政务＞政务公开", "综合政务\\政务公开"),
        ("国防", "国防"),
        ("财政、金融、审计\\财政", "财政、金融、审计\\财政"),
    ],
)
def test_reads_subjects(text: str, canonical: str) -> None:
    assert str(Subject.parse(text)) == canonical


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("政务公开", "主题分类中没有“政务公开”这一类", "写成 综合政务\\政务公开"),
        ("综合事务", "主题分类中没有“综合事务”这一类", "您是不是想写“综合政务”？"),
        ("综合政务\\公开", "“综合政务”之下没有“公开”这一类", "您是不是想写“政务公开”？"),
        ("甲\\乙\\丙", "主题分类“甲\\乙\\丙”写法不对", "写成“一级\\二级”，例如 综合政务\\政务公开"),
    ],
)
def test_helps_to_find_the_subject(text: str, message: str, hint: str) -> None:
    with pytest.raises(FormatError) as caught:
        Subject.parse(text)

    assert (caught.value.code, caught.value.message, caught.value.hint) == ("bad-subject", message, hint)
