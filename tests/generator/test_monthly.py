"""`yangguang yuejian`: a month's issue drafted from the project's own content."""

from __future__ import annotations

import pytest
from click.testing import CliRunner, Result

from generator.cli import cli
from tests.support import SiteFixture, front, news

HEAD = "日期,大厅,填报单位,接待人数,办件量,其中网上办理,平均等候（分钟）\n"


def yuejian(site: SiteFixture, month: str) -> Result:
    return CliRunner().invoke(cli, ["yuejian", "-C", str(site.root), "--today", site.today, month])


@pytest.fixture
def month(site: SiteFixture) -> SiteFixture:
    """Two days of a hall, a meeting in the month and one outside, news that is no meeting, an issue before."""
    site.write(
        "section/dtrb.md",
        front(
            {"标题": "大厅日报", "栏目类型": "办事服务", "栏目说明": "每天接待人数和办件量", "关键词": "大厅"}
        ),
    )
    site.write(
        "hall_day/2026.csv",
        HEAD
        + "2026-11-09,政务服务中心,越明市民政局,905,742,351,7.2\n2026-11-10,政务服务中心,越明市民政局,95,8,3,6\n"
        + "2026-10-30,政务服务中心,越明市民政局,5000,4000,351,7.2\n",
    )
    site.write(
        "news/hy.md",
        news(标题="市政府召开第39次常务会议", 发布时间="2026-11-18 18:20", 摘要="研究五个议题。"),
    )
    site.write("news/old.md", news(标题="市政府召开第38次常务会议", 发布时间="2026-10-14 18:20"))
    site.write("news/other.md", news(标题="社区食堂开张", 发布时间="2026-11-10 09:00"))
    site.write(
        "monthly_record/2026-10.md",
        front(
            {
                "标题": "越明月鉴（2026年10月）",
                "月份": "2026-10",
                "发布机构": "越明市人民政府办公室",
                "发布时间": "2026-11-06 10:00",
                "重要数据": "[{指标: 优良天数比例, 时期: 2026 年 10 月, 数值: 96.4, 单位: '%', 口径: 绝对值, 出处: 市生态环境局}]",
            }
        ),
    )
    return site


def test_a_draft_holds_the_facts_of_the_month_and_validates(month: SiteFixture) -> None:
    done = yuejian(month, "2026-11")
    assert done.exit_code == 0, done.output
    text = (month.root / "content/monthly_record/2026-11.md").read_text(encoding="utf-8")
    assert "标题: 越明月鉴（2026年11月）" in text and "草稿: 是" in text
    assert "标题: 市政府召开第39次常务会议" in text and "类别: 常务会议" in text
    assert "第38次" not in text and "社区食堂" not in text
    assert "数值: 1000\n" in text and "数值: 750\n" in text
    assert month.check() == ""
    (month.root / "content/monthly_record/2026-11.md").write_text(text.replace("草稿: 是", "草稿: 否"))
    month.build()
    page = month.page("yuejian/2026-11.html")
    assert "第39次常务会议" in page and "hy.html" in page


def test_what_the_last_issue_had_and_this_one_lacks_is_named(month: SiteFixture) -> None:
    done = yuejian(month, "2026-11")
    assert "待补：指标“优良天数比例”（上期为2026 年 10 月：96.4%）没有本月数据" in done.output
    text = (month.root / "content/monthly_record/2026-11.md").read_text(encoding="utf-8")
    assert "# 待补：指标“优良天数比例”" in text
    assert "没有找到常务会议" not in done.output


def test_an_issue_that_is_there_stays_as_the_editor_left_it(month: SiteFixture) -> None:
    before = (month.root / "content/monthly_record/2026-10.md").read_bytes()
    done = yuejian(month, "2026-10")
    assert done.exit_code == 0 and "已经有了，没有改动它" in done.output
    assert "本期没有写到：会议活动：市政府召开第38次常务会议" in done.output
    assert (month.root / "content/monthly_record/2026-10.md").read_bytes() == before


def test_a_file_that_does_not_validate_is_not_overwritten_either(month: SiteFixture) -> None:
    broken = month.write("monthly_record/2026-11.md", "---\n标题: 写了一半\n")
    assert "没有改动它" in yuejian(month, "2026-11").output
    assert broken.read_text(encoding="utf-8") == "---\n标题: 写了一半\n"


def test_what_has_not_happened_yet_is_left_out(month: SiteFixture) -> None:
    month.today = "2026-11-17"
    assert yuejian(month, "2026-11").exit_code == 0
    text = (month.root / "content/monthly_record/2026-11.md").read_text(encoding="utf-8")
    assert "第39次" not in text


@pytest.mark.parametrize(
    ("given", "words"),
    [("2026-13", "不是月份"), ("十一月", "不是月份"), ("2026-12", "还没有到"), ("2025-01", "没有写草稿")],
)
def test_a_month_without_anything_to_tell_is_refused(month: SiteFixture, given: str, words: str) -> None:
    done = yuejian(month, given)
    assert done.exit_code == 2 and words in done.output
    assert not list((month.root / "content/monthly_record").glob(f"{given}*"))
