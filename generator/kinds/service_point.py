"""Service points (点位): halls, openness zones, windows, self-service areas, as a table of records.

From the practices of 绍兴 (专区), 龙华 (1+6+n) and 雁塔 (1+8+150+N): by street and community, with opening hours,
what can be done there, and what is there for people who move or see badly (domain/05, S-16, S-60, S-77, S-90, S-91).
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.diagnostics import Problem, Severity
from generator.fields import Label, Line, Lines, Number, Phone, References, Slug, Weight, YesNo, item
from generator.kinds.records import Record, RecordKind


class PointClass(Label):
    """Class of a service point (点位类别)."""

    HALL = "政务服务大厅"
    CENTRE = "便民服务中心"
    ZONE = "政务公开专区"
    WINDOW = "政务公开窗口"
    READING = "政府信息查阅点"
    SELF_SERVICE = "自助服务区"
    STATION = "社区驿站"

    @property
    def slug(self) -> str:
        return {
            "政务服务大厅": "dating",
            "便民服务中心": "zhongxin",
            "政务公开专区": "zhuanqu",
            "政务公开窗口": "chuangkou",
            "政府信息查阅点": "chayue",
            "自助服务区": "zizhu",
            "社区驿站": "yizhan",
        }[self.value]


class ServicePoint(Record):
    """A place where citizens are served."""

    code: Slug = item("编号", help="网址中的一段，定了就不改", example="zwzx")
    name: Line = item("名称", example="越明市政务服务中心", search=Weight.STRONG)
    point_class: PointClass = item(
        "点位类别", help="七类之一，见编辑手册", example="政务服务大厅", facet=True
    )
    district: Line = item("所在街道", help="街道、乡镇或区县机构的名称", example="临港街道办事处", facet=True)
    community: Line | None = item("所在社区", default=None, search=Weight.NORMAL)
    address: Line = item("地址", example="越州街道镜湖路 88 号", search=Weight.NORMAL)
    hours: Line = item("开放时间", example="工作日 9:00—12:00，13:30—17:00")
    all_day: YesNo = item("24小时开放", default=False)
    phone: Phone = item("电话", example="0575-00000000")
    functions: Lines = item("功能", default=(), help="在这里能做什么；多项用“；”隔开", search=Weight.NORMAL)
    guides: References = item(
        "可办事项", default=(), help="办事指南的编号或标题；多项用“；”隔开", example="service_guide/gzf"
    )
    access: Lines = item("无障碍设施", default=(), help="坡道、低位柜台、轮椅、助听设备等；多项用“；”隔开")
    route: Line | None = item("怎么去", default=None, help="公交、停车")
    longitude: Number | None = item("经度", default=None, help="小数，画地图和导航用")
    latitude: Number | None = item("纬度", default=None, help="小数，画地图和导航用")

    def check(self) -> Iterator[Problem]:
        if (self.longitude is None) is not (self.latitude is None):
            yield Problem("latitude", "half-position", "经度、纬度只写了一个", "两个都写，或都不写")
        if self.longitude is not None and not 73 <= self.longitude <= 136:
            yield Problem(
                "longitude", "bad-position", f"经度 {self.longitude:g} 不在国内", "核对经度，写成小数"
            )
        if self.latitude is not None and not 3 <= self.latitude <= 54:
            yield Problem(
                "latitude", "bad-position", f"纬度 {self.latitude:g} 不在国内", "核对纬度，写成小数"
            )
        if not self.access:
            yield Problem(
                "access",
                "missing-access",
                "没有写无障碍设施",
                "写明坡道、低位柜台等；确实没有的写“无”",
                Severity.WARNING,
            )


SERVICE_POINT = RecordKind(
    "service_point",
    "办事和查阅点",
    ServicePoint,
    section="dianwei",
    title="name",
    key="code",
    group="district",
    detail=True,
    columns=("name", "point_class", "address", "hours", "phone"),
    position=("longitude", "latitude"),
    mark="point_class",
    address="address",
    relations={"guides": "在哪里办"},
    purpose="大厅、专区、窗口、自助区：在哪里、几点开、能办什么、有什么无障碍设施",
)
