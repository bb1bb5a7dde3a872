"""Personal data is found, is never repeated in a message, and numbers of other kinds are left alone.

All numbers are invented: 11010519491231002X is the example of GB 11643, the bank cards are the public test
numbers of payment networks.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.diagnostics import Severity
from generator.privacy import Finding, header_row, mask, scan_table, scan_tables, scan_text

ID_NUMBER = "11010519491231002X"
CARD = "6250946000000016"
CORPUS = Path(__file__).parents[2] / "../shared/corpus"


def codes(text: str, **options: tuple[str, ...]) -> list[str]:
    return [found.code for found in scan_text(text, **options)]


def redact(text: str, findings: tuple[Finding, ...]) -> str:
    for found in reversed(findings):
        text = text[: found.start] + found.masked + text[found.end :]
    return text


def test_says_where_an_id_number_stands_and_how_to_mask_it() -> None:
    text = f"申请人身份证号为{ID_NUMBER}，请审核。"

    assert scan_text(text) == (
        Finding(
            kind="personal-id-number",
            start=8,
            end=26,
            masked="110*************2X",
            severity=Severity.ERROR,
            code="personal-id-number",
            message="出现居民身份证号 110*************2X，公开前应当去标识化",
            remedy="删去，或者改写为 110*************2X（只留前3位和后2位）；惩戒公示等依法须公开的，登记豁免并写明依据",
        ),
    )


@pytest.mark.parametrize(
    ("text", "code", "masked"),
    [
        (f"（{ID_NUMBER.lower()}）", "personal-id-number", "110*************2x"),
        ("110105 19491231 002X", "personal-id-number", "110*************2X"),
        ("１１０１０５１９４９１２３１００２Ｘ", "personal-id-number", "110*************2X"),
        ("身份证号110105491231002", "suspect-personal-id-number", "110**********02"),
        ("联系人：13812345678", "mobile-number", "138****5678"),
        ("项目联系人13812345678。", "mobile-number", "138****5678"),
        ("138 1234 5678", "mobile-number", "138****5678"),
        ("138-1234-5678", "mobile-number", "138****5678"),
        ("+86 13812345678", "mobile-number", "138****5678"),
        ("0575-88888888/13812345678", "mobile-number", "138****5678"),
        ("[电话](tel:13812345678)", "mobile-number", "138****5678"),
        ("１３８１２３４５６７８", "mobile-number", "138****5678"),
        (f"卡号：{CARD}", "bank-card", "6250*********016"),
        (CARD, "bank-card", "6250*********016"),
        ("开户行及账号 6250 9460 0000 0016", "bank-card", "6250*********016"),
        ("4111111111111111", "bank-card", "4111*********111"),
        ("邮箱zhangsan@qq.com", "email", "z***@qq.com"),
        ("车牌浙D12345", "car-plate", "浙D***45"),
        ("浙D·12345F", "car-plate", "浙D****5F"),
        ("护照号码：E12345678", "passport", "E******78"),
        ("军官证号：1234567", "military-id", "*****67"),
        ("家庭住址：越明市越城街道幸福社区3号楼2单元501室", "home-address", "越明市越城街道幸福社区***"),
        ("户主：张三，地址西山村5组12号", "home-address", "西山村***"),
    ],
)
def test_finds_each_kind_and_proposes_its_mask(text: str, code: str, masked: str) -> None:
    assert [(found.code, found.masked) for found in scan_text(text)] == [(code, masked)]


@pytest.mark.parametrize(
    "text",
    [
        "统一社会信用代码91350100M000100Y43",
        "11330600002577014T/2022-227934",
        "000014349/2017-00110",
        "项目代码：2020-330602-48-01-123456",
        "绍政办发〔2021〕3号",
        "电话0575-88888888，传真057588888888，热线12345、400-123-4567",
        "许可证编号：13812345678",
        "补助资金13812345678元，用电13812345678千瓦时",
        "https://www.example.gov.cn/art/13812345678.html",
        "content_13812345678",
        "食品经营许可证编号 330602201900123456",
        "增值电信业务经营许可证：浙B2-20100001",
        "办公地址：越明市政务服务中心3号楼201室",
        "邮箱：bgs@yueming.gov.cn",
        "110*************2X、138****1234、6250*********016、z***@qq.com",
        "2021年1月1日至2021年12月31日，3.1415926535897932",
    ],
)
def test_leaves_other_numbers_of_official_text_alone(text: str) -> None:
    assert scan_text(text) == ()


def test_a_wrong_check_digit_is_only_noted_and_only_where_the_text_calls_it_an_id_number() -> None:
    assert codes("330602199001011234") == []
    assert [(found.code, found.severity) for found in scan_text("身份证号330602199001011234")] == [
        ("suspect-personal-id-number", Severity.NOTE)
    ]


def test_an_impossible_birthday_is_no_id_number() -> None:
    with_check_digit = [f"11010519490230{serial:03d}{check}" for serial in (2,) for check in "0123456789X"]
    assert [number for number in with_check_digit if codes(number) == ["personal-id-number"]] == []


def test_a_card_number_without_a_known_issuer_or_a_word_before_it_is_a_suspicion() -> None:
    number = "3000000000000004"

    assert [(found.code, found.severity) for found in scan_text(number)] == [
        ("suspect-bank-card", Severity.WARNING)
    ]
    assert codes(f"银行卡{number}") == ["bank-card"]
    assert codes(f"流水号：{number}") == []


@pytest.mark.parametrize("released", ["mobile-number", "13812345678", "138-1234-5678", "138 1234 5678"])
def test_the_caller_releases_a_kind_or_one_office_telephone(released: str) -> None:
    text = f"值班手机138-1234-5678，居民{ID_NUMBER}"

    assert codes(text, allow=(released,)) == ["personal-id-number"]


def test_findings_come_in_order_and_each_is_reported() -> None:
    text = f"张三13812345678，李四{ID_NUMBER}，王五 wang@163.com，赵六13912345678"

    assert codes(text) == ["mobile-number", "personal-id-number", "email", "mobile-number"]
    assert [text[found.start : found.end] for found in scan_text(text)] == [
        "13812345678",
        ID_NUMBER,
        "wang@163.com",
        "13912345678",
    ]


@given(
    st.from_regex(r"[1-9][0-9]{5}19[5-9][0-9](0[1-9]|1[0-2])(0[1-9]|1[0-9]|2[0-8])[0-9]{3}", fullmatch=True)
)
def test_of_the_eleven_last_characters_one_makes_an_id_number(prefix: str) -> None:
    accepted = [check for check in "0123456789X" if "personal-id-number" in codes(prefix + check)]
    assert len(accepted) == 1


KEPT = {"personal-id-number": (3, 2), "mobile-number": (3, 4), "bank-card": (4, 3)}


@given(kind=st.sampled_from(sorted(KEPT)), value=st.from_regex(r"[0-9]{11,19}", fullmatch=True))
def test_a_mask_shows_no_more_than_it_states(kind: str, value: str) -> None:
    head, tail = KEPT[kind]
    masked = mask(kind, value)

    assert len(masked) == len(value)
    assert masked[:head] + masked[-tail:] == value[:head] + value[-tail:]
    assert set(masked[head:-tail]) == {"*"}


PERSONAL = st.one_of(
    st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True),
    st.sampled_from(
        [ID_NUMBER, CARD, "4111 1111 1111 1111", "zhang.san@qq.com", "浙D·12345", "护照E12345678"]
    ),
    st.sampled_from(["家住城关镇东街12号3单元", "政府信息公开", "0575-88888888", "，", "\n", "2021"]),
)


@given(st.lists(PERSONAL, max_size=6).map("；".join))
def test_masked_text_is_clean_and_messages_repeat_nothing(text: str) -> None:
    findings = scan_text(text)
    clean = redact(text, findings)

    assert scan_text(clean) == ()
    for found in findings:
        value = text[found.start : found.end]
        assert value not in found.message + found.remedy + found.masked


@given(st.text())
def test_any_text_can_be_scanned(text: str) -> None:
    assert all(0 <= found.start < found.end <= len(text) for found in scan_text(text))


def test_a_column_headed_id_number_is_an_error_with_its_row_count() -> None:
    (found,) = scan_table(
        ["序号", "姓名", "身份证号"],
        [["1", "张三", ID_NUMBER], ["2", "李四", "330602199001011234"], ["3", "王五", "330*************24"]],
    )

    assert (found.column, found.row, found.count) == (2, 0, 2)
    assert (found.severity, found.code) == (Severity.ERROR, "sensitive-table")
    assert found.message == "表格的“身份证号”列有 2 行个人信息未作处理"


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("证件号码", "330602199001011234"),
        ("银行账号", "33001656635053000001"),
        ("开户行", "越明农商银行城关支行"),
        ("联系电话", "13812345678"),
        ("家庭住址", "西山村5组12号"),
        ("出生日期", "1990-01-01"),
        ("健康状况", "慢性肾病"),
        ("身 份 证 号", "330602199001011234"),
    ],
)
def test_headers_that_name_personal_data_are_errors_when_values_stand_below(header: str, value: str) -> None:
    assert [found.code for found in scan_table(["姓名", header], [["张三", value]])] == ["sensitive-table"]
    assert scan_table(["姓名", header], [["", ""], ["", ""]]) == ()


def test_office_telephones_credit_codes_and_masked_values_may_stay() -> None:
    rows = [
        ["越明市民政局", "0575-88888888", "91350100M000100Y43"],
        ["张*", "138****1234", "330*************24"],
    ]

    assert scan_table(["单位", "联系电话", "证件号码"], rows) == ()


def test_a_released_kind_or_number_is_released_in_tables_too() -> None:
    headers, rows = ["窗口", "联系电话"], [["社保", "13812345678"]]

    assert scan_table(headers, rows, allow=("mobile-number",)) == ()
    assert scan_table(headers, rows, allow=("138 1234 5678",)) == ()


def test_names_beside_a_sensitive_attribute_are_a_warning() -> None:
    headers = ["姓名", "残疾类别", "补贴金额"]

    (found,) = scan_table(headers, [["张三", "肢体二级", "100"], ["李四", "视力一级", "100"]])
    assert (found.code, found.severity, found.count) == ("names-with-attributes", Severity.WARNING, 2)
    assert scan_table(headers, [["张*", "肢体二级", "100"], ["李某", "视力一级", "100"]]) == ()
    assert scan_table(["学校", "校长姓名", "学生人数"], [["城关小学", "张三", "900"]]) == ()


def test_values_under_an_innocent_header_are_counted_once_per_column() -> None:
    (found,) = scan_table(["备注"], [["无"], [f"本人{ID_NUMBER}"], [ID_NUMBER]])

    assert (found.code, found.row, found.count) == ("personal-id-number", 1, 2)
    assert found.message == "表格的“备注”列有 2 处居民身份证号，如 110*************2X"


def test_a_form_with_labels_beside_values_is_read_across() -> None:
    headers, rows = ["姓名", "张三", "证件", ID_NUMBER], [["手机", "13812345678"]]

    assert [(found.code, found.column, found.row) for found in scan_table(headers, rows)] == [
        ("mobile-number", 1, 0),
        ("personal-id-number", 3, -1),
    ]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([["2025年补贴发放名单", "", ""], ["", "", ""], ["序号", "姓名", "身份证号"], ["1", "张三", "x"]], 2),
        ([["序号", "项目"], ["1", "道路"]], 0),
        ([["全文只有一格"]], None),
        ([], None),
    ],
)
def test_the_header_is_found_below_a_title(rows: list[list[str]], expected: int | None) -> None:
    assert header_row(rows) == expected


def test_tables_in_a_body_are_read_as_tables() -> None:
    body = (
        "名单：\n\n| 姓名 | 困难类型 | 金额 |\n| :-- | --- | ---: |\n| 张* | 重病 | 1 |\n| 李四 | 重病 \\| 残疾 | 2 |\n\n完。\n"
        "\n| 对象 | 比例 |\n|---|---|\n| 家庭 | 50% |\n"
    )

    assert [(line, found.code, found.count) for line, found in scan_tables(body)] == [
        (6, "names-with-attributes", 1)
    ]


def test_tables_of_tags_are_read_as_tables() -> None:
    body = "<table>\n<tr><td>户主</td><td>家庭住址</td></tr>\n<tr><td>张*</td><td>下大路<b>3号</b></td></tr></table>"

    assert [(line, found.kind) for line, found in scan_tables(body)] == [(3, "home-address")]


@pytest.mark.parametrize(
    "body", ["a | b\n--- 注", "|甲|\n|乙|", "| 姓名 | 低保 |\n| --- | --- |", "<table>", "|\n|---|"]
)
def test_what_is_no_table_of_people_raises_no_alarm(body: str) -> None:
    assert list(scan_tables(body)) == []


def corpus_texts() -> Iterator[str]:
    for name in ("regulations", "policies"):
        with gzip.open(CORPUS / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)["body_markdown"]
    with gzip.open(CORPUS / "doc_numbers.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            yield f"{record['doc_number']} {record['raw']} {record['url']}"


def test_real_regulations_policies_and_document_numbers_raise_no_alarm() -> None:
    if not CORPUS.is_dir():
        pytest.skip("the shared corpus is not on this machine")
    alarms = [re.sub(r"\s", " ", found.message) for text in corpus_texts() for found in scan_text(text)]

    assert alarms == []
