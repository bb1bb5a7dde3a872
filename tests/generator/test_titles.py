"""Titles break where the sense does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.titles import title_parts


@pytest.mark.parametrize(
    "title",
    [
        "越明市人民政府办公室|关于印发|《越明市困难老年人家庭适老化改造补贴办法》的通知",
        "关于《越明市养老服务补贴办法|（征求意见稿）》|公开征求意见的公告",
        "越明市人民政府办公室|关于修改|《越明市既有住宅加装电梯办法》的通知",
        "一图读懂：|灵活就业人员怎样参加住房公积金",
        "越明月鉴|（2026年10月）",
        "市、县（市、区）人民政府工作报告",
        "老人家里装扶手、换防滑地面，政府有补贴吗？",
        "关于公布|《甲目录》和《乙目录》的公告",
        "关于|关于",
    ],
)
def test_breaks_by_sense(title: str) -> None:
    assert "|".join(title_parts(title.replace("|", ""))) == title.replace("关于|关于", "关于关于")


@given(st.text(alphabet="关于印发《》（）：的和甲乙丙丁", min_size=1))
def test_loses_nothing(title: str) -> None:
    assert "".join(title_parts(title)) == title
