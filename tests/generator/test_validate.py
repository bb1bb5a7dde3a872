"""One document against its kind: what it becomes, and which complaints an imported one is spared."""

from __future__ import annotations

import pytest

from generator.diagnostics import Severity
from generator.kinds import KIND_BY_NAME
from generator.load import load_document
from generator.validate import Document, validate_document
from tests.support import front, policy, question


def validated(kind: str, text: str) -> tuple[Document | None, str]:
    source, problems = load_document(f"content/{kind}/a.md", kind, "a", text.encode())
    assert source is not None
    assert problems == []
    document, found = validate_document(source, KIND_BY_NAME[kind], text.encode())
    return document, "\n".join(item.text() for item in found)


def test_a_valid_document_has_its_normal_form() -> None:
    document, problems = validated(
        "policy", policy(发文字号="越政办发〔2026〕 1号", 施行日期="2026年12月1日", 栏目="[zcwj, gfxwj]")
    )

    assert problems == ""
    assert document is not None
    assert (document.id, document.url) == ("policy/a", "zhengce/a.html")
    assert (document.document_number, document.index_number) == (
        "越政办发〔2026〕1号",
        "11330600000000003L/2026-00001",
    )
    assert (document.published_at, document.issued_on, document.effective_on) == (
        "2026-11-02 09:00",
        "2026-10-30",
        "2026-12-01",
    )
    assert document.sections == ("zcwj", "gfxwj")
    assert document.issuer == ("越明市人民政府办公室",)
    assert document.place("document_number") == (8, 7)


def test_english_names_are_read_like_chinese_labels() -> None:
    chinese, _ = validated("policy", policy())
    english, problems = validated(
        "policy",
        policy(标题=None, 发文字号=None, title="越明市养老服务办法", document_number="越政办发〔2026〕1号"),
    )

    assert problems == ""
    assert chinese is not None
    assert english is not None
    assert english.data == chinese.data


def test_a_document_belongs_to_the_section_of_its_kind_unless_it_names_one() -> None:
    document, _ = validated("question", question())

    assert document is not None
    assert document.sections == ("zcwd",)


def test_pointers_know_where_they_were_written() -> None:
    document, _ = validated("question", question())

    assert document is not None
    assert [
        (pointer.relation, pointer.target, pointer.clause, pointer.line) for pointer in document.pointers
    ] == [("basis.document", "越政办发〔2026〕1号", "第一条", 5)]


def test_a_body_is_required_where_the_kind_says_so() -> None:
    _, problems = validated("policy", policy("\n"))

    assert problems == "content/policy/a.md:10:1: 错误[empty-body]: 没有正文\n  办法：在文件信息下面写正文"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (
            {"索引号": "甲"},
            "content/policy/a.md:6:6: 警告[bad-index-number]: 索引号“甲”格式不符\n"
            "  办法：写成“机构代码/年份-流水号”，例如 000014349/2017-00110，流水号 5 或 6 位",
        ),
        (
            {"发文字号": "越政办发[2026]1号"},
            "content/policy/a.md:8:7: 警告[bad-document-number]: 发文字号“越政办发[2026]1号”格式不符\n"
            "  办法：改用六角括号：越政办发〔2026〕1号",
        ),
        (
            {"成文日期": None, "主题分类": None, "索引号": None},
            "content/policy/a.md:1:1: 警告[imported-gap]: 没有写“成文日期”\n  办法：以落款日期为准，按 YYYY-MM-DD 填写\n"
            "content/policy/a.md:1:1: 警告[imported-gap]: 没有写“主题分类”\n"
            "  办法：从公文主题分类中选，例如 综合政务\\政务公开",
        ),
    ],
)
def test_an_imported_document_keeps_what_can_be_read(fields: dict[str, object], expected: str) -> None:
    document, problems = validated("policy", policy(导入="是", **fields))

    assert document is not None
    assert problems == expected


def test_an_imported_document_still_needs_its_title_and_time() -> None:
    document, problems = validated("policy", policy(导入="是", 标题=None, 发布时间="某日", 索引号="甲"))

    assert document is None
    assert problems.count("错误[") == 3


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (
            {"收费": "每件 10 元"},
            "错误[fee-basis]: 收费事项没有写收费依据\n  办法：补写“收费依据”",
        ),
        (
            {"法定办结时限": "5 个工作日", "承诺办结时限": "10 个工作日"},
            "错误[limit-order]: 承诺办结时限长于法定办结时限\n  办法：核对两个时限",
        ),
        ({"到现场次数": "1"}, "警告[visit-reason]: 要到现场却没有写原因\n  办法：补写“到现场原因”"),
    ],
)
def test_fields_are_weighed_against_each_other(fields: dict[str, object], expected: str) -> None:
    guide: dict[str, object] = {
        "标题": "老年人优待证办理",
        "发布时间": "2026-11-02 09:00",
        "事项类型": "公共服务",
        "实施机关": "越明市民政局",
        "服务对象": "自然人",
        "设定依据": "[{文件: 越政办发〔2026〕1号}]",
        "申请条件": "年满 60 周岁",
        "办理材料": "[{名称: 身份证}]",
        "办理地点": "[{名称: 窗口, 地址: 越州街道 1 号}]",
        "办理时间": "工作日 9:00—17:00",
        "咨询电话": "12345",
        "办理流程": "[{名称: 申请, 说明: 到窗口申请。}]",
        "核验日期": "2026-11-02",
    }
    _, problems = validated("service_guide", front(guide))
    assert problems == ""

    _, problems = validated("service_guide", front(guide | fields))

    assert problems.partition(": ")[2] == expected


def test_severities_are_ordered_by_what_they_stop() -> None:
    assert Severity.ERROR < Severity.WARNING < Severity.NOTE
