"""Sections (栏目): the tree of columns, with update cycle and area of openness."""

from __future__ import annotations

from collections.abc import Iterator

from generator.diagnostics import Problem, Severity
from generator.fields import Count, Label, Line, Lines, OpennessArea, WebAddress, YesNo, item
from generator.kinds.base import ContentKind, Entry

COLUMN_TYPES = (
    "概况信息", "机构职能", "领导信息", "人事信息", "政务动态", "通知公告", "政策文件", "政策解读", "信息公开指南", "信息公开制度",
    "信息公开目录", "信息公开年报", "依申请公开", "规划计划", "统计数据", "财政信息", "重大项目", "应急管理", "办事服务", "互动交流",
    "政务咨询", "调查征集", "在线访谈", "回应关切", "专题专栏", "政府公报", "数据开放", "网站年度报表",
)  # fmt: skip
"""Values of the ColumnType meta tag (domain/01, 1.4)."""

DEFAULT_UPDATE_DAYS = {
    "政务动态": 14,
    "通知公告": 183,
    "政策文件": 183,
    "政策解读": 183,
    "人事信息": 365,
    "规划计划": 365,
}
"""Longest time without news, by ColumnType, in days (domain/01, 1.4)."""


class OnEmpty(Label):
    """What happens to a section without content."""

    HIDE = "隐藏"
    EXPLAIN = "说明"


class Section(Entry):
    """A section (栏目): its place in the tree and what it is for."""

    parent: Line | None = item("上级", default=None, help="上级栏目的代号")
    order: Count = item("顺序", default=100, help="同级栏目中的次序，小的在前")
    column_type: Lines = item("栏目类型", help="ColumnType，例如 政策文件", example="政策文件", min_length=1)
    description: Line = item(
        "栏目说明", help="一句话说明栏目收什么，10 字以上", example="市政府和市政府办公室印发的政策文件"
    )
    update_days: Count | None = item("更新周期", default=None, help="最长多少天应有更新；不写则按栏目类型")
    areas: tuple[OpennessArea, ...] = item(
        "五公开", default=(), help="决策公开、执行公开、管理公开、服务公开、结果公开"
    )
    legal_items: Lines = item("法定公开事项", default=(), help="条例第二十条的项，01 至 15")
    in_menu: YesNo = item("主导航", default=False, help="是：出现在每页上方的导航")
    on_empty: OnEmpty | None = item(
        "无内容时", default=None, help="隐藏：不出页面和导航；说明：显示“空白说明”"
    )
    empty_text: Line | None = item("空白说明", default=None, help="例如 本机关无此项信息")
    link: WebAddress | None = item("外部链接", default=None, help="栏目内容在别的网站时填写")

    def check(self) -> Iterator[Problem]:
        yield from super().check()
        if not self.keywords:
            yield Problem(
                "keywords",
                "missing-key",
                "栏目没有写“关键词”",
                "写反映栏目内容的词，用于 ColumnKeywords 标签",
            )
        if len(self.description) < 10 or self.description == self.title:
            yield Problem(
                "description",
                "short-description",
                "栏目说明太短",
                "用一句话说清栏目收什么，10 字以上",
                Severity.WARNING,
            )
        if len(self.title) > 12:
            yield Problem(
                "title",
                "long-section-title",
                f"栏目名称有 {len(self.title)} 字",
                "压缩到 12 字以内",
                Severity.WARNING,
            )
        for name in self.column_type:
            if name not in COLUMN_TYPES:
                yield Problem(
                    "column_type",
                    "column-type",
                    f"“{name}”不在栏目类型参考表中",
                    "可选：" + "、".join(COLUMN_TYPES),
                    Severity.WARNING,
                )
        if self.on_empty is OnEmpty.EXPLAIN and not self.empty_text:
            yield Problem(
                "on_empty",
                "missing-key",
                "“无内容时”写了说明，却没有写“空白说明”",
                "补写“空白说明”，例如 本机关无此项信息",
            )


SECTION = ContentKind(
    "section",
    "栏目",
    Section,
    url="{slug}/index.html",
    purpose="栏目树：名称、上级、类型、更新周期、五公开归类",
    body="optional",
    sample_body="",
)
