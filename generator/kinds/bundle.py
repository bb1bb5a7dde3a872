"""Bundles (一件事): several service guides as one matter; materials and steps are merged at build, never typed twice.

After 绍兴's 一件事, 雁塔's 创业MALL and its chain from entry to exit of enterprises (domain/05, S-37, S-83, S-84, S-94).
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.diagnostics import Problem, Severity
from generator.fields import Count, Label, Line, Lines, Phone, References, Weight, item
from generator.kinds.base import ContentKind, Published
from generator.kinds.service_guide import LifeEvent


class LifeStage(Label):
    """Stage in the life of an enterprise (企业阶段)."""

    ENTRY = "准入"
    LICENSING = "准营"
    GROWTH = "发展"
    EXIT = "退出"

    @property
    def slug(self) -> str:
        return {"准入": "zr", "准营": "zy", "发展": "fz", "退出": "tc"}[self.value]


class Bundle(Published):
    """One matter that takes several services."""

    issuer: Lines = item("牵头单位", example="越明市民政局", facet=True, table=True, min_length=1)
    life_events: tuple[LifeEvent, ...] = item(
        "人生大事", default=(), help="个人的事写出生、上学、就业、安家、婚育、就医、养老、身后", facet=True
    )
    life_stage: LifeStage | None = item(
        "企业阶段", default=None, help="企业的事写准入、准营、发展或退出", facet=True, table=True
    )
    guides: References = item(
        "办理事项",
        help="办事指南的编号或标题，按办理的先后排列，至少两个",
        example=["service_guide/db", "service_guide/slbz"],
        search=Weight.NORMAL,
    )
    visits: Count = item("一共跑几次", example="1", sort=True)
    where: Line = item("在哪里办", example="市政务服务中心 1 楼综合窗口", table=True)
    phone: Phone = item("咨询电话", example="0575-00000000", table=True)
    policies: References = item("相关文件", default=(), help="文号或编号")

    def check(self) -> Iterator[Problem]:
        yield from super().check()
        if len(self.guides) < 2:
            yield Problem(
                "guides",
                "single-guide",
                "一件事只有一个办理事项",
                "写两个以上；只有一个的不用做成一件事",
                Severity.WARNING,
            )
        if bool(self.life_events) is bool(self.life_stage):
            yield Problem(
                "life_stage",
                "one-audience",
                "“人生大事”和“企业阶段”应当写一个",
                "个人的事写人生大事，企业的事写企业阶段",
                Severity.WARNING,
            )


BUNDLE = ContentKind(
    "bundle",
    "一件事",
    Bundle,
    url="yijianshi/{slug}.html",
    section="yjs",
    issuer="issuer",
    relations={"guides": "一件事套餐", "policies": "一件事套餐"},
    blocks=True,
    purpose="几个事项合成一件事：材料只交一次，流程连在一起",
    body="optional",
    sample_body="什么情形适用、先办什么后办什么。\n",
)
