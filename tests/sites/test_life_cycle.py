"""States by date (意见征集): the same file, another day."""

from __future__ import annotations

import pytest

from tests.sites.writing import built, consultation
from tests.support import SiteFixture

OUTCOME = (
    "{发布时间: '2026-12-20 09:00', 收到: 3, 采纳: 1, 意见清单: [{意见: 建议降低年龄。, 采纳情况: 采纳}]}"
)


@pytest.mark.parametrize(
    ("today", "state"),
    [
        ("2026-11-01", "未开始"),
        ("2026-11-02", "征集中"),
        ("2026-12-02", "征集中"),
        ("2026-12-03", "已截止"),
    ],
)
def test_the_state_follows_the_day(site: SiteFixture, today: str, state: str) -> None:
    site.write("consultation/yl.md", consultation())
    site.today = today
    output = built(site)
    for path in ("zhengji/yl.html", "yjzj/index.html", "index.html"):
        words = [
            element.text_content()
            for element in output.pages[path].tree.xpath(
                "//main//*[contains(@class, 'badge--') or contains(@class, 'deadline__state')]"
            )
        ]
        assert state in words, (path, words)


def test_an_outcome_ends_the_cycle_and_is_shown(site: SiteFixture) -> None:
    site.write("consultation/yl.md", consultation(结果反馈=OUTCOME))
    site.today = "2026-12-21"
    page = built(site).pages["zhengji/yl.html"]
    assert "已反馈" in page.text
    assert "建议降低年龄。" in page.text


def test_deadlines_are_dates_and_never_days_left(site: SiteFixture) -> None:
    site.write("consultation/yl.md", consultation())
    text = built(site).pages["zhengji/yl.html"].text.replace(" ", "")
    assert "2026年12月2日" in text
    assert "还剩" not in text and "剩余" not in text
