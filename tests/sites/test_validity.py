"""Texts that are no longer in force: domain/01 §9, line 9 (W-51)."""

from __future__ import annotations

from search.terminal import Terminal
from tests.sites.output import squeezed
from tests.sites.writing import built
from tests.support import SiteFixture, policy

OLD = {
    "标题": "越明市养老服务暂行办法",
    "发文字号": "越政办发〔2020〕3号",
    "索引号": "113306000000000030/2020-00003",
    "成文日期": "2020-03-01",
    "发布时间": "2020-03-02 09:00",
}


def _row(page: object) -> str:
    return squeezed(
        page.tree.xpath("//li[.//a[contains(@class, 'row__link')][contains(., '暂行办法')]]")[
            0
        ].text_content()  # type: ignore[attr-defined]
    )


def test_a_repealed_policy_keeps_its_address_and_says_so_in_words_wherever_it_stands(
    site: SiteFixture,
) -> None:
    site.write("policy/jiu.md", policy(**OLD))
    before = built(site)
    assert "已废止" not in before.pages["zhengce/jiu.html"].text
    assert "现行有效" in _row(before.pages["zcwj/index.html"])

    site.write("policy/xin.md", policy(废止="[越政办发〔2020〕3号]"))
    after = built(site)
    page = after.pages["zhengce/jiu.html"]
    assert "本文件已废止" in page.text
    assert "《越明市养老服务办法》（越政办发〔2026〕1号）" in page.text
    assert "zhengce/xin.html" in {use.path for use in page.links()}
    assert "已废止" in _row(after.pages["zcwj/index.html"])
    assert "废止了" in after.pages["zhengce/xin.html"].text
    (hit,) = Terminal(site.output / "search").query("养老服务暂行办法")["hits"]
    assert (hit["url"], hit["validity"]) == ("zhengce/jiu.html", "已废止")
    assert after.broken() == []


def test_a_typed_repeal_is_shown_with_its_date_and_basis(site: SiteFixture) -> None:
    site.write(
        "policy/jiu.md",
        policy(**OLD, 有效性="废止", 废止日期="2025-06-01", 废止依据="《越明市人民政府令第9号》"),
    )
    page = built(site).pages["zhengce/jiu.html"]
    assert "本文件已废止" in page.text
    assert "自2025年6月1日起废止" in page.text.replace(" ", "")
    assert "越明市人民政府令第9号" in page.text


def test_a_repeal_begins_on_its_day(site: SiteFixture) -> None:
    site.write("policy/jiu.md", policy(**OLD))
    site.write("policy/xin.md", policy(废止="[越政办发〔2020〕3号]", 施行日期="2027-01-01"))
    site.today = "2026-12-31"
    assert "已废止" not in built(site).pages["zhengce/jiu.html"].text
    assert "尚未施行" in built(site).pages["zhengce/xin.html"].text
    site.today = "2027-01-01"
    assert "本文件已废止" in built(site).pages["zhengce/jiu.html"].text
    assert "尚未施行" not in built(site).pages["zhengce/xin.html"].text


def test_a_policy_lapses_the_day_after_its_last(site: SiteFixture) -> None:
    site.write("policy/jiu.md", policy(**OLD, 有效期至="2026-11-20"))
    site.today = "2026-11-20"
    assert "已失效" not in built(site).pages["zhengce/jiu.html"].text
    site.today = "2026-11-21"
    assert "本文件已失效" in built(site).pages["zhengce/jiu.html"].text
    assert "已失效" in _row(built(site).pages["zcwj/index.html"])
