"""School meals (学校食品安全公开), after 嵊州 (domain/05, S-48): no cameras, no faces of children, no names of pupils."""

from __future__ import annotations

from generator.fields import Day, Label, Line, Lines, Phone, Slug, Weight, item
from generator.kinds.records import Record, RecordKind


class SchoolClass(Label):
    """Class of a school (学段)."""

    KINDERGARTEN = "幼儿园"
    PRIMARY = "小学"
    MIDDLE = "初中"
    HIGH = "高中"


class School(Record):
    """A school with a canteen (学校目录)."""

    code: Slug = item("编号", example="shiqiaoxx")
    name: Line = item("学校", example="越明市石桥小学", search=Weight.STRONG)
    school_class: SchoolClass = item("学段", help="幼儿园、小学、初中、高中", example="小学", facet=True)
    district: Line = item("所在街道", example="越州街道办事处", facet=True)
    grade: Line = item("量化等级", help="食品安全量化分级，A、B 或 C", example="A")
    licence: Line = item("食品经营许可证编号", example="JY33306000000000", search=Weight.EXACT)
    suppliers: Lines = item(
        "主要供应商", help="多项用“；”隔开", example="越明示例粮油有限公司；越明示例肉类有限公司"
    )
    inspected_on: Day = item("最近检查", example="2026-10-12")
    result: Line = item("检查结果", example="合格")
    phone: Phone = item("监督电话", example="0575-00000000")


SCHOOL = RecordKind(
    "school",
    "学校食品安全",
    School,
    section="xxsp",
    title="name",
    key="code",
    group="district",
    detail=True,
    columns=("district", "name", "school_class", "grade", "inspected_on", "result"),
    purpose="学校食堂的许可、等级、供应商和检查结果",
)


class Meal(Record):
    """A day's menu of a school canteen (每周食谱)."""

    day: Day = item("日期", example="2026-11-16", sort=True)
    school: Line = item("学校", example="越明市石桥小学", search=Weight.NORMAL)
    body: Line = item("主管部门", example="越明市教育局", facet=True)
    dishes: Line = item("午餐", example="米饭、红烧鸡块、清炒青菜、番茄蛋汤", search=Weight.NORMAL)
    energy: Line = item("营养说明", example="能量约 700 千卡，蛋白质约 28 克")
    allergens: Line = item("致敏食物", help="没有的写“无”", example="鸡蛋、大豆")


MEAL = RecordKind(
    "meal",
    "每周食谱",
    Meal,
    section="mzsp",
    issuer="body",
    title="school",
    date="day",
    columns=("day", "school", "dishes", "energy", "allergens"),
    purpose="学校食堂每天吃什么、有什么营养、含什么致敏食物",
)


class SharedMeal(Record):
    """A principal or parent ate with the pupils (陪餐记录)."""

    day: Day = item("日期", example="2026-11-16", sort=True)
    school: Line = item("学校", example="越明市石桥小学", search=Weight.NORMAL)
    body: Line = item("主管部门", example="越明市教育局", facet=True)
    by: Line = item("陪餐人", help="写职务，不写学生和家长姓名", example="校长")
    finding: Line = item("发现问题", help="没有的写“无”", example="汤偏咸")
    mending: Line = item("整改情况", example="当日告知食堂减盐")


SHARED_MEAL = RecordKind(
    "shared_meal",
    "陪餐记录",
    SharedMeal,
    section="pcjl",
    issuer="body",
    title="school",
    date="day",
    columns=("day", "school", "by", "finding", "mending"),
    purpose="校长、家长代表陪餐时发现的问题和整改",
)
