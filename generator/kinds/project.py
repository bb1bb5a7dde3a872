"""Major projects (重大建设项目) through their whole life: eight classes of information by stage (国办发〔2017〕94号)."""

from __future__ import annotations

from collections.abc import Iterator

from generator.diagnostics import Problem, Severity
from generator.fields import (
    Count,
    Day,
    Declared,
    Label,
    Line,
    Lines,
    Number,
    Phone,
    Reference,
    References,
    WebAddress,
    Weight,
    item,
)
from generator.kinds.base import Attachment, ContentKind, Deadline, Published


class Stage(Label):
    """Where a project stands (项目阶段), in order."""

    EARLY = "前期"
    BIDDING = "招采"
    LAND = "征地"
    BUILDING = "建设"
    COMPLETION = "竣工"
    OPERATION = "运营"

    @property
    def slug(self) -> str:
        return {"前期": "qq", "招采": "zc", "征地": "zd", "建设": "js", "竣工": "jg", "运营": "yy"}[
            self.value
        ]


class RecordClass(Label):
    """Class of information (信息类别), named as in 国办发〔2017〕94号."""

    SERVICE = "批准服务信息"
    APPROVAL = "批准结果信息"
    BIDDING = "招标投标信息"
    LAND = "征收土地信息"
    CHANGE = "重大设计变更信息"
    CONSTRUCTION = "施工有关信息"
    QUALITY = "质量安全监督信息"
    COMPLETION = "竣工有关信息"

    @property
    def stage(self) -> Stage:
        """The stage in which information of this class arises."""
        return _STAGES[self]


_STAGES = {
    RecordClass.SERVICE: Stage.EARLY,
    RecordClass.APPROVAL: Stage.EARLY,
    RecordClass.BIDDING: Stage.BIDDING,
    RecordClass.LAND: Stage.LAND,
    RecordClass.CHANGE: Stage.BUILDING,
    RecordClass.CONSTRUCTION: Stage.BUILDING,
    RecordClass.QUALITY: Stage.BUILDING,
    RecordClass.COMPLETION: Stage.COMPLETION,
}


class ProjectRecord(Declared):
    """One piece of information about a project."""

    record_class: RecordClass = item("信息类别", help="八类之一，见编辑手册", example="批准结果信息")
    title: Line = item("标题", example="环境影响报告书批复")
    number: Line | None = item("文号", default=None)
    body: Line = item("发布单位", example="越明市生态环境局")
    formed_on: Day = item("形成日期", help="作出、变更的日期", example="2026-01-12")
    disclosed_on: Day = item("公开日期", example="2026-01-16")
    about: Reference | None = item("相关内容", default=None, help="本站的文件或公告")
    url: WebAddress | None = item("网址", default=None, help="在别处公开的原文")


class Project(Published):
    """A major project."""

    project_code: Line = item("项目代码", example="2026-330000-54-01-000001", search=Weight.EXACT, table=True)
    issuer: Lines = item("责任单位", example="越明市民政局", facet=True, table=True, min_length=1)
    owner: Line = item("建设单位", example="越明市交通投资集团有限公司", search=Weight.NORMAL, table=True)
    place: Line = item("建设地点", example="越明市临港街道", table=True)
    stage: Stage = item(
        "项目阶段", help="前期、招采、征地、建设、竣工、运营", example="建设", facet=True, table=True
    )
    investment: Number = item("总投资（亿元）", example="12", table=True)
    invested: Number | None = item("已完成投资（亿元）", default=None)
    progress: Count | None = item("形象进度（%）", default=None, help="0 到 100")
    as_of: Day | None = item("进度截至", default=None, help="写了进度就要写")
    contact: Phone = item("联系电话", example="0575-00000000", table=True)
    goal: Line | None = item("年度目标", default=None)
    records: tuple[ProjectRecord, ...] = item("公开信息", default=(), help="八类信息，一条一项")
    policies: References = item("相关文件", default=(), help="列入计划等文件的文号或编号")
    attachments: tuple[Attachment, ...] = item("附件", default=())

    def check(self) -> Iterator[Problem]:
        yield from super().check()
        if self.progress is not None and self.progress > 100:
            yield Problem(
                "progress", "bad-percentage", f"形象进度 {self.progress} 超过 100", "写 0 到 100 之间的整数"
            )
        if (self.progress is not None or self.invested is not None) and not self.as_of:
            yield Problem("progress", "figure-without-day", "写了进度，没有写截至哪一天", "补写“进度截至”")
        if self.invested is not None and self.invested > self.investment:
            yield Problem(
                "invested", "part-exceeds-whole", "已完成投资多于总投资", "核对两个数字", Severity.WARNING
            )
        classes = {record.record_class for record in self.records}
        if RecordClass.COMPLETION in classes and RecordClass.APPROVAL not in classes:
            yield Problem(
                "records",
                "missing-approval",
                "有竣工信息，没有批准结果信息",
                "补录批准文件",
                Severity.WARNING,
            )
        for index, record in enumerate(self.records):
            if record.disclosed_on < record.formed_on:
                yield Problem(
                    f"records.{index}.disclosed_on",
                    "date-order",
                    f"“{record.title}”公开日期早于形成日期",
                    "核对两个日期",
                )


PROJECT = ContentKind(
    "project",
    "重大建设项目",
    Project,
    url="xiangmu/{slug}.html",
    section="zdxm",
    issuer="issuer",
    relations={"records.about": "项目公开信息", "policies": "列入本文件的项目"},
    blocks=True,
    deadlines=(
        Deadline(
            "records.formed_on",
            "disclosed_on",
            "licence_days",
            "批准结果信息公开",
            when=("record_class", frozenset({"批准结果信息"})),
        ),
        Deadline(
            "records.formed_on",
            "disclosed_on",
            "disclosure_days",
            "项目信息公开",
            when=("record_class", frozenset(set(map(str, RecordClass)) - {"批准结果信息"})),
        ),
    ),
    purpose="重大建设项目从前期到竣工的八类信息，按阶段排列",
    body="optional",
    sample_body="项目的建设内容和意义。\n",
)
