"""Leaders (领导信息): who is responsible for what, as the inspection wants it published (domain/02, K-13)."""

from __future__ import annotations

from generator.fields import Day, Line, Prose, Slug, Weight, item
from generator.kinds.records import Record, RecordKind


class Leader(Record):
    """A leader of an organisation; the order of the file is the order shown."""

    code: Slug = item("编号", help="网址中的一段，定了就不改", example="szf01")
    name: Line = item("姓名", example="张示例", search=Weight.STRONG)
    organisation: Line = item(
        "机构", help="机构名录里的名称", example="越明市人民政府", facet=True, search=Weight.NORMAL
    )
    post: Line = item("职务", example="市长", search=Weight.NORMAL)
    duties: Prose = item("分管工作", example="领导市政府全面工作，负责审计方面工作。", search=Weight.NORMAL)
    contact: Line | None = item("联系单位", default=None, help="分管联系的部门，多个用“、”隔开")
    resume: Prose | None = item("工作简历", default=None, help="性别、民族、出生年月、学历、任职经历")
    reviewed_on: Day = item("更新日期", help="最近一次核对的日期", example="2026-11-02", sort=True)


LEADER = RecordKind(
    "leader",
    "领导信息",
    Leader,
    section="ldxx",
    issuer="organisation",
    title="name",
    key="code",
    group="organisation",
    detail=True,
    columns=("name", "organisation", "post", "duties"),
    purpose="领导姓名、职务、分管工作和简历，按文件里的顺序排列",
)
