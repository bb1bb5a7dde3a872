"""Checklists (清单) and powers (权责清单); 雁塔 publishes 17 kinds of them (domain/05, S-78)."""

from __future__ import annotations

from generator.fields import Label, Line, Phone, Prose, References, WebAddress, Weight, item
from generator.kinds.records import Record, RecordKind
from generator.kinds.service_guide import TaskType


class Power(Record):
    """A power of an agency with its duties (权责清单)."""

    code: Line = item("权力编码", example="XK-MZ-001", search=Weight.EXACT)
    name: Line = item("事项名称", example="社会团体成立登记", search=Weight.STRONG)
    task_type: TaskType = item("权力类型", help="行政许可、行政给付等", example="行政许可", facet=True)
    body: Line = item("实施机关", example="越明市民政局", facet=True)
    basis: Line = item("实施依据", help="法律法规名称和条款", example="《社会团体登记管理条例》第六条")
    duty: Prose = item("责任事项", example="受理、审查、决定、送达、事后监管")
    liability: Line = item("追责情形", example="对符合条件的不予受理")
    phone: Phone = item("监督电话", example="12345")
    guides: References = item("办事指南", default=(), help="有办事指南的写编号或标题")


POWER = RecordKind(
    "power",
    "权责清单",
    Power,
    section="qzqd",
    issuer="body",
    title="name",
    key="code",
    group="body",
    columns=("body", "code", "name", "task_type", "basis", "phone"),
    relations={"guides": "权责清单"},
    purpose="行政机关有哪些权力、依据什么、负什么责任",
)


class ListClass(Label):
    """Which list an entry belongs to (清单类别); the classes follow what cities commonly publish."""

    SERVICES = "政务服务事项清单"
    PUBLIC_SERVICES = "公共服务事项清单"
    LICENCES = "行政许可事项清单"
    FEES = "行政事业性收费目录清单"
    FUNDS = "政府性基金目录清单"
    GUIDED_PRICES = "政府定价的经营服务性收费清单"
    PROOFS = "保留证明事项清单"
    PROMISES = "告知承诺制证明事项清单"
    INTERMEDIARIES = "行政审批中介服务清单"
    INSPECTIONS = "随机抽查事项清单"
    NO_PENALTY = "轻微违法不予处罚清单"
    ENFORCERS = "行政执法主体清单"
    ONCE = "最多跑一次事项清单"
    NEARBY = "就近办理事项清单"
    EVERYWHERE = "跨区域通办事项清单"
    DECISIONS = "重大行政决策事项目录"
    DISCLOSURE = "主动公开基本目录"

    @property
    def slug(self) -> str:
        return f"qd-{list(type(self)).index(self) + 1:02d}"


class ListEntry(Record):
    """An entry of a list: number, matter, basis, body (清单公开; S-78)."""

    list_class: ListClass = item(
        "清单类别", help="十七类之一，见编辑手册", example="公共服务事项清单", facet=True
    )
    number: Line = item("编号", example="GG-001", search=Weight.EXACT)
    matter: Line = item("事项", example="老年人乘车卡办理", search=Weight.STRONG)
    basis: Line = item("依据", example="越交〔2025〕18号", search=Weight.NORMAL)
    body: Line = item("责任主体", example="越明市交通运输局", facet=True)
    note: Line | None = item("说明", default=None, help="标准、对象、期限等")
    guides: References = item("办事指南", default=(), help="有办事指南的写编号或标题")
    url: WebAddress | None = item("网址", default=None)


LIST_ENTRY = RecordKind(
    "list_entry",
    "清单公开",
    ListEntry,
    section="qdgk",
    issuer="body",
    title="matter",
    key="number",
    group="list_class",
    columns=("list_class", "number", "matter", "basis", "body", "note"),
    relations={"guides": "列入清单"},
    purpose="政务服务、收费、证明、抽查等十七类清单，一个事项一行",
)
