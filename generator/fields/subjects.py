"""Subjects (公文主题分类): the 22 classes of www.gov.cn."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import Annotated, Final

import msgspec
from pydantic import WithJsonSchema

from generator.fields.declaration import FormatError, validator_of

SUBJECTS: Final[dict[str, tuple[str, tuple[str, ...]]]] = {
    "国务院组织机构": ("zzjg", ("国务院", "国务院办公厅", "国务院组成部门", "国务院直属特设机构", "国务院直属机构", "国务院办事机构", "国务院直属事业单位", "国务院部委管理的国家局", "国务院议事协调机构", "其他")),
    "综合政务": ("zhzw", ("政务公开", "政务督查", "应急管理", "电子政务", "文秘工作", "保密工作", "信访", "参事、文史", "其他")),
    "国民经济管理、国有资产监管": ("gmjj", ("宏观经济", "经济体制改革", "统计", "物价", "国有资产监管", "重大建设项目", "其他")),
    "财政、金融、审计": ("czjr", ("财政", "税务", "银行", "货币（含外汇）", "证券", "保险", "社会信用体系建设", "审计", "其他")),
    "国土资源、能源": ("gtny", ("土地", "矿产", "水资源", "海洋", "煤炭", "石油与天然气", "电力", "其他")),
    "农业、林业、水利": ("nlsl", ("农业、畜牧业、渔业", "林业", "水利", "其他")),
    "工业、交通": ("gyjt", ("机械制造与重工业", "轻工纺织", "化工", "国防工业", "航天、航空", "信息产业（含电信）", "公路", "水运", "铁路", "民航", "邮政", "其他")),
    "商贸、海关、旅游": ("smhg", ("对外经贸合作", "国内贸易（含供销）", "海关", "检验、检疫", "旅游", "其他")),
    "市场监管、安全生产监管": ("scjg", ("工商", "质量监督", "标准", "食品药品监管", "安全生产监管", "其他")),
    "城乡建设、环境保护": ("cxjs", ("城市规划", "城乡建设（含住房）", "环境监测、保护与治理", "节能与资源综合利用", "气象、水文、测绘、地震", "其他")),
    "科技、教育": ("kjjy", ("科技", "教育", "知识产权", "其他")),
    "文化、广电、新闻出版": ("whgd", ("文化", "文物", "新闻出版", "广播、电影、电视", "其他")),
    "卫生、体育": ("wsty", ("卫生", "医药管理", "体育", "其他")),
    "人口与计划生育、妇女儿童工作": ("rkfe", ("人口与计划生育", "妇女儿童", "其他")),
    "劳动、人事、监察": ("ldrs", ("劳动就业", "社会保障", "人事工作", "军转安置", "监察", "纠正行业不正之风", "其他")),
    "公安、安全、司法": ("gasf", ("公安", "国家安全", "司法", "其他")),
    "民政、扶贫、救灾": ("mzfp", ("减灾救灾", "优抚安置", "社会福利", "行政区划与地名", "社团管理", "扶贫", "其他")),
    "民族、宗教": ("mzzj", ("民族事务", "宗教事务")),
    "对外事务": ("dwsw", ("外交、外事", "国际条约、国际组织", "其他")),
    "港澳台侨工作": ("gatq", ("港澳工作", "对台工作", "侨务工作")),
    "国防": ("gf", ("国防建设", "国防动员")),
    "其他": ("qt", ()),
}  # fmt: skip
"""First-level class → its slug and second-level classes (domain/03, 3.4: 22 classes of www.gov.cn)."""


class Subject(msgspec.Struct, frozen=True, order=True):
    """A subject (主题分类): first and second level; the second may be empty."""

    first: str
    second: str = ""

    def __str__(self) -> str:
        return f"{self.first}\\{self.second}" if self.second else self.first

    @property
    def slug(self) -> str:
        """The address segment of the first level."""
        return SUBJECTS[self.first][0]

    @classmethod
    def parse(cls, text: str) -> Subject:
        """Read ``综合政务\\政务公开``; ``/`` and ``＞`` are read as separators too, 、 never is.

        Raises:
            FormatError: If a level is not in the official list.
        """
        parts = [part.strip() for part in re.split(r"[\\/＼／>＞]", text) if part.strip()]
        if not parts or len(parts) > 2:
            raise FormatError(
                "bad-subject", f"主题分类“{text}”写法不对", "写成“一级\\二级”，例如 综合政务\\政务公开"
            )
        first, second = parts[0], parts[1] if len(parts) == 2 else ""
        if first not in SUBJECTS:
            owner = next(
                (name for name, (_, seconds) in SUBJECTS.items() if first in seconds and first != "其他"), ""
            )
            near = get_close_matches(first, SUBJECTS, n=1, cutoff=0.4)
            hint = (
                f"写成 {owner}\\{first}"
                if owner
                else (f"您是不是想写“{near[0]}”？" if near else "从公文主题分类 22 个一级类中选")
            )
            raise FormatError("bad-subject", f"主题分类中没有“{first}”这一类", hint)
        if second and second not in SUBJECTS[first][1]:
            near = get_close_matches(second, SUBJECTS[first][1], n=1, cutoff=0.3)
            choices = "、".join(f"“{name}”" for name in SUBJECTS[first][1])
            hint = f"您是不是想写“{near[0]}”？" if near else f"可选：{choices}"
            raise FormatError("bad-subject", f"“{first}”之下没有“{second}”这一类", hint)
        return cls(first, second)


SubjectText = Annotated[
    str,
    validator_of(lambda text: str(Subject.parse(text))),
    WithJsonSchema({"type": "string", "minLength": 1}),
]
