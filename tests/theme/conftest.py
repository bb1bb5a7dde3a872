"""A small site with every trait that the theme's scripts and widths act on, and a browser to read it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import SiteFixture, front, news, policy, question

CLAUSES = """\
各区、县（市）人民政府，市政府各部门、各单位：

现将《越明市困难老年人家庭适老化改造补贴办法》印发给你们。

越明市人民政府办公室

2026年10月30日

## 第一章　总则

第一条　为改善困难老年人居家生活条件，制定本办法。

第二条　本市行政区域内的申请、评估、施工、验收，适用本办法。

## 第二章　对象和标准

第三条　符合下列条件之一的老年人，可以申请补贴：

（一）特困供养人员；

（二）最低生活保障家庭成员。

第四条　补贴标准见下表。

| 对象 | 每户最高（元） | 说明 |
| --- | ---: | --- |
| 特困供养人员 | 6000 | 由政府供养的老人 |
| 低保家庭 | 4000 | 家里有人在领低保 |
"""


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of the small site."""
    site = SiteFixture(tmp_path_factory.mktemp("theme"))
    title = "越明市人民政府办公室关于印发《越明市困难老年人家庭适老化改造补贴办法》的通知"
    site.write("policy/bf.md", policy(CLAUSES, 标题=title))
    site.write("question/wt.md", question(短答="特困供养人员每户最高6000元，低保家庭4000元。"))
    site.write("news/xw.md", news())
    site.write("consultation/zj.md", front(CONSULTATION, "现公开征求意见。\n"))
    result = site.build()
    assert result.is_published, [item.message for item in result.diagnostics]
    return site.output


CONSULTATION = {
    "标题": "关于《越明市养老服务补贴办法（征求意见稿）》公开征求意见的公告",
    "征集类别": "行政规范性文件",
    "起草单位": "越明市民政局",
    "开始日期": "2026-11-02",
    "截止日期": "2026-11-27",
    "发布时间": "2026-11-02 09:00",
    "起草说明": "为衔接适老化改造补贴，起草本办法。",
    "征集渠道": "{电话: 0575-00000007}",
}
