"""Service guides (办事指南) with the official elements of domain/06, 7."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.diagnostics import Problem, Severity
from generator.fields import (
    Count,
    Day,
    Declared,
    FileName,
    Label,
    Line,
    Lines,
    Phone,
    References,
    WebAddress,
    Weight,
    YesNo,
    item,
)
from generator.kinds.base import ContentKind, Published
from generator.kinds.calculator import Calculator


class TaskType(Label):
    """Type of a service item (事项类型)."""

    LICENCE = "行政许可"
    PENALTY = "行政处罚"
    COERCION = "行政强制"
    LEVY = "行政征收"
    PAYMENT = "行政给付"
    INSPECTION = "行政检查"
    CONFIRMATION = "行政确认"
    REWARD = "行政奖励"
    ADJUDICATION = "行政裁决"
    OTHER = "其他行政权力"
    PUBLIC = "公共服务"


class LifeEvent(Label):
    """Life events (人生大事) by which citizens find services."""

    BIRTH = "出生"
    SCHOOL = "上学"
    WORK = "就业"
    HOME = "安家"
    MARRIAGE = "婚育"
    HEALTH = "就医"
    AGE = "养老"
    DEATH = "身后"

    @property
    def slug(self) -> str:
        names = {
            "出生": "cs",
            "上学": "sx",
            "就业": "jy",
            "安家": "aj",
            "婚育": "hy",
            "就医": "jyi",
            "养老": "yl",
            "身后": "sh",
        }
        return names[self.value]


class Material(Declared):
    """A paper that the applicant brings (申请材料)."""

    name: Line = item("名称", example="居民身份证", search=Weight.NORMAL)
    form: Line = item("形式", default="原件", help="原件、复印件、电子件及份数")
    source: Line = item("来源", default="申请人自备", help="申请人自备、政府部门核发或其他")
    required: YesNo = item("必要", default=True, help="否：容缺或按情形提供")
    note: Line | None = item("说明", default=None)
    blank_form: FileName | None = item("空白表", default=None, help="空白表格文件")
    sample_form: FileName | None = item("样表", default=None, help="填写样表文件")


class Place(Declared):
    """Where it is done (办理地点)."""

    name: Line = item("名称", example="越明市政务服务中心 2 楼民生综合窗口", search=Weight.NORMAL)
    address: Line = item("地址", example="越明市越州街道镜湖路 88 号")
    hours: Line | None = item("时间", default=None, help="与总的办理时间不同时填写")
    phone: Phone | None = item("电话", default=None)


class Step(Declared):
    """One step of the procedure (办理流程)."""

    name: Line = item("名称", example="申请")
    text: Line = item("说明", example="本人或委托家属到窗口提交材料。")
    limit: Line | None = item("时限", default=None, help="例如 当场、5 个工作日")


class LegalBasis(Declared):
    """A provision on which the service rests (设定依据)."""

    document: Line = item(
        "文件", help="文件名称或文号；本站有的文件会自动加链接", example="越政办发〔2026〕1号"
    )
    clause: Line | None = item("条款", default=None, example="第一条")


class ServiceGuide(Published):
    """How to get one thing done: basis, conditions, papers, place, time, telephone, steps."""

    common_name: Line | None = item("日常用语", default=None, help="群众怎么叫这件事", search=Weight.STRONG)
    task_type: TaskType = item(
        "事项类型", help="行政许可、行政给付、公共服务等", example="公共服务", facet=True, table=True
    )
    task_code: Line | None = item("实施编码", default=None, search=Weight.EXACT, table=True)
    issuer: Lines = item(
        "实施机关", help="负责办理的单位", example="越明市民政局", facet=True, table=True, min_length=1
    )
    audience: Lines = item(
        "服务对象", help="自然人、企业等", example="自然人", facet=True, table=True, min_length=1
    )
    life_events: tuple[LifeEvent, ...] = item(
        "人生大事", default=(), help="出生、上学、就业、安家、婚育、就医、养老、身后", facet=True
    )
    legal_basis: tuple[LegalBasis, ...] = item("设定依据", default=(), help="文件和条款")
    conditions: Lines = item("申请条件", default=(), help="一条一行")
    materials: tuple[Material, ...] = item("办理材料", default=(), help="需要带什么")
    places: tuple[Place, ...] = item("办理地点", default=(), help="到哪里办")
    hours: Line | None = item("办理时间", default=None, help="例如 工作日 9:00—12:00，13:30—17:00")
    phone: Phone | None = item("咨询电话", default=None)
    complaint_phone: Phone | None = item("监督电话", default=None)
    steps: tuple[Step, ...] = item("办理流程", default=(), help="按先后顺序")
    statutory_limit: Line | None = item("法定办结时限", default=None, help="例如 20 个工作日", table=True)
    promised_limit: Line | None = item("承诺办结时限", default=None, help="例如 5 个工作日", table=True)
    visits: Count | None = item("到现场次数", default=None, help="0 表示不用跑", table=True)
    visit_reason: Line | None = item("到现场原因", default=None)
    fee: Line = item("收费", default="不收费", help="收费的写明标准", table=True)
    fee_basis: Line | None = item("收费依据", default=None)
    result: Line | None = item("办理结果", default=None, help="拿到什么", table=True)
    online: WebAddress | None = item("在线办理", default=None, help="政务服务网的办理网址")
    policies: References = item("相关政策", default=(), help="依据和相关的政策文件")
    calculator: Calculator | None = item(
        "试算", default=None, help="按条件算能拿多少：问题、选项和规则，网页上选一选就有结果"
    )
    verified_on: Day = item("核验日期", help="最近一次核对的日期", example="2026-11-02", table=True)

    def check(self) -> Iterator[Problem]:
        yield from super().check()
        missing = [label for label, value in self._key_elements().items() if not value]
        if missing:
            yield Problem(
                "title",
                "guide-elements",
                "办事指南缺少重点要素：" + "、".join(missing),
                "补齐这些要素（国办秘函〔2019〕19号）",
                Severity.WARNING,
            )
        statutory, promised = _working_days(self.statutory_limit), _working_days(self.promised_limit)
        if statutory is not None and promised is not None and promised > statutory:
            yield Problem("promised_limit", "limit-order", "承诺办结时限长于法定办结时限", "核对两个时限")
        if self.visits and not self.visit_reason:
            yield Problem(
                "visits", "visit-reason", "要到现场却没有写原因", "补写“到现场原因”", Severity.WARNING
            )
        if self.calculator:
            yield from self.calculator.problems("calculator")
        if self.fee != "不收费" and not self.fee_basis:
            yield Problem("fee", "fee-basis", "收费事项没有写收费依据", "补写“收费依据”")

    def _key_elements(self) -> dict[str, object]:
        return {
            "设定依据": self.legal_basis,
            "申请条件": self.conditions,
            "办理材料": self.materials,
            "办理地点": self.places,
            "办理时间": self.hours,
            "咨询电话": self.phone,
            "办理流程": self.steps,
        }


def _working_days(text: str | None) -> int | None:
    if text is None:
        return None
    if any(word in text for word in ("即办", "当场", "即时")):
        return 0
    match = re.search(r"(\d+)\s*个?工作日", text)
    return int(match[1]) if match else None


SERVICE_GUIDE = ContentKind(
    "service_guide",
    "办事指南",
    ServiceGuide,
    url="banshi/{slug}.html",
    section="bszn",
    issuer="issuer",
    relations={"policies": "去办理", "legal_basis.document": "去办理"},
    loose=frozenset({"legal_basis.document"}),
    purpose="一件事怎么办：条件、材料、地点、时间、电话、流程",
    body="optional",
    sample_body="需要时在这里写注意事项。\n",
)
