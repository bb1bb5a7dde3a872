"""Organisations (机构职能) and topics (专题)."""

from __future__ import annotations

from collections.abc import Iterator

from generator.diagnostics import Problem, Severity
from generator.fields import (
    Count,
    CreditCode,
    Day,
    Declared,
    Email,
    Label,
    Line,
    Lines,
    Phone,
    References,
    SubjectText,
    Weight,
    item,
)
from generator.kinds.base import ContentKind, Entry
from generator.kinds.policy import LEGAL_ITEMS


class OrganisationClass(Label):
    """Class of an organisation, by which the directory groups them."""

    GOVERNMENT = "政府"
    OFFICE = "政府办公室"
    DEPARTMENT = "市政府部门"
    DISTRICT = "区县（市）"
    STREET = "乡镇街道"
    PARK = "开发区园区"
    ENTERPRISE = "市属国企"
    SUPERIOR = "上级机关"


class Unit(Declared):
    """An internal unit (内设机构)."""

    name: Line = item("名称", example="办公室")
    duty: Line | None = item("职责", default=None)
    phone: Phone | None = item("电话", default=None)


class AbsentItem(Declared):
    """An item of 《政府信息公开条例》 article 20 that an organisation does not have (本机关无此项)."""

    code: Line = item("事项", help="条例第二十条的项，01 至 15", example="08")
    reason: Line | None = item("说明", default=None, help="为什么没有，例如 本机关没有行政事业性收费项目")


class Organisation(Entry):
    """An organisation as 《政府信息公开条例》 article 20, item 2 wants it published."""

    short_name: Line | None = item("简称", default=None, help="例如 市民政局", search=Weight.STRONG)
    other_names: Lines = item("其他名称", default=(), help="文件里出现过的其他写法")
    organisation_class: OrganisationClass = item(
        "机构类别", help="政府、政府办公室、市政府部门、区县（市）等", example="市政府部门"
    )
    order: Count = item("顺序", default=100, help="同类机构中的次序，小的在前")
    agency_code: Lines = item("机关代字", default=(), help="发文字号里的代字，例如 越政办发")
    credit_code: CreditCode | None = item("统一社会信用代码", default=None, search=Weight.EXACT, table=True)
    head: Line | None = item("负责人", default=None, table=True)
    units: tuple[Unit, ...] = item("内设机构", default=())
    address: Line | None = item("办公地址", default=None, table=True)
    hours: Line | None = item("办公时间", default=None, table=True)
    phone: Phone | None = item("联系电话", default=None, table=True)
    fax: Phone | None = item("传真", default=None, table=True)
    postcode: Line | None = item("邮编", default=None, table=True)
    email: Email | None = item("邮箱", default=None, table=True)
    reviewed_on: Day | None = item("更新日期", default=None)
    absent_items: tuple[AbsentItem, ...] = item(
        "无此项", default=(), help="法定主动公开内容中本机关没有的项，公开专栏里写明“本机关无此项”"
    )

    def check(self) -> Iterator[Problem]:
        yield from super().check()
        for index, entry in enumerate(self.absent_items):
            if entry.code not in LEGAL_ITEMS:
                yield Problem(
                    f"absent_items.{index}.code",
                    "bad-choice",
                    f"法定公开事项没有“{entry.code}”项",
                    "写 01 至 15，见《政府信息公开条例》第二十条",
                )
        if self.organisation_class is OrganisationClass.SUPERIOR:
            return
        wanted = {
            "办公地址": self.address,
            "办公时间": self.hours,
            "联系电话": self.phone,
            "负责人": self.head,
        }
        missing = [label for label, value in wanted.items() if not value]
        if missing:
            yield Problem(
                "title",
                "organisation-elements",
                "机构信息缺少：" + "、".join(missing),
                "补齐（《政府信息公开条例》第二十条第二项）",
                Severity.WARNING,
            )


class TopicState(Label):
    """Whether a topic is still kept up (专题状态)."""

    ACTIVE = "进行中"
    ARCHIVED = "已归档"


class Topic(Entry):
    """A topic (专题): a hand-picked and filtered collection."""

    state: TopicState = item("状态", default=TopicState.ACTIVE)
    archived_on: Day | None = item("归档日期", default=None)
    order: Count = item("顺序", default=100)
    subjects: tuple[SubjectText, ...] = item("收录主题", default=(), help="自动收录这些主题分类的文件")
    featured: References = item("精选", default=(), help="放在最前面的文件、问答和办事指南")

    def check(self) -> Iterator[Problem]:
        yield from super().check()
        if self.state is TopicState.ARCHIVED and self.archived_on is None:
            yield Problem("state", "missing-key", "已归档的专题没有写“归档日期”", "补写“归档日期”")


ORGANISATION = ContentKind(
    "organisation",
    "机构职能",
    Organisation,
    url="jigou/{slug}.html",
    section="jgzn",
    purpose="机构的职责、内设机构、地址、时间、电话、负责人",
    sample_body="## 主要职责\n\n- ……\n",
)
TOPIC = ContentKind(
    "topic",
    "专题",
    Topic,
    url="zhuanti/{slug}.html",
    section="zt",
    relations={"featured": ""},
    purpose="围绕一件事汇集文件、解读、问答和办事",
    body="optional",
    sample_body="",
)
