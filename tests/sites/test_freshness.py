"""Sections and a home page without news for too long: domain/01 §9, line 13 (W-57)."""

from __future__ import annotations

import pytest

from tests.sites.output import REPOSITORY, yangguang
from tests.support import SiteFixture, news, question, section


@pytest.fixture
def lively(site: SiteFixture) -> SiteFixture:
    site.write("section/zwyw.md", section(标题="政务要闻"))
    site.write("news/n.md", news(发布时间="2026-11-06 09:00"))
    return site


def test_news_of_fourteen_days_ago_are_fresh(lively: SiteFixture) -> None:
    lively.today = "2026-11-20"
    assert lively.check() == ""


def test_a_day_later_section_and_home_page_are_reported(lively: SiteFixture) -> None:
    lively.today = "2026-11-21"
    assert lively.check().splitlines() == [
        "content/section/zwyw.md:2:5: 警告[stale-section]: 栏目“政务要闻”已有 15 天没有更新（最近一条 2026-11-06），应在 14 天内更新",
        "  办法：补充内容；更新本来就慢的栏目写“更新周期”",
        "site.yml: 警告[stale-home]: “越明市政务公开”首页的动态要闻已有 15 天没有更新（最近一条 2026-11-06），超过 14 天单项否决",
        "  办法：补充动态要闻",
    ]


def test_a_section_may_state_its_own_cycle(lively: SiteFixture) -> None:
    lively.write("section/zwyw.md", section(标题="政务要闻", 更新周期=30))
    lively.today = "2026-12-06"
    assert lively.check() == ""
    lively.today = "2026-12-07"
    assert "已有 31 天没有更新" in lively.check()


def test_the_sample_city_is_fresh_on_its_day_and_stale_a_month_later() -> None:
    fresh = yangguang("check", "-C", str(REPOSITORY))
    assert "stale" not in fresh.stderr
    stale = yangguang("check", "-C", str(REPOSITORY), "--today", "2026-12-20")
    assert "警告[stale-home]: “越明市政务公开”首页" in stale.stderr


def test_an_answer_not_verified_for_a_year_is_reported(site: SiteFixture) -> None:
    site.write("question/w.md", question(核验日期="2025-11-20"))
    site.today = "2026-11-20"
    assert "stale-verification" not in site.check()
    site.today = "2026-11-21"
    assert "警告[stale-verification]: 已有 366 天没有核验，应在 365 天内核验一次" in site.check()


def test_an_outcome_that_is_late_is_reported_until_it_is_published() -> None:
    checked = yangguang("check", "-C", str(REPOSITORY), "--today", "2027-02-01")
    assert "警告[late-step]: “已截止”超期" in checked.stderr
    assert "late-step" not in yangguang("check", "-C", str(REPOSITORY)).stderr
