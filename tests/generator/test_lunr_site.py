"""A small site with ``引擎: lunr``, from its settings to the reader's browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

import search.lunr_engine
from tests.search.support import served
from tests.support import SITE_YML, SiteFixture, news, policy

LUNR = SITE_YML + "    搜索: {引擎: lunr}\n"


def write(site: SiteFixture) -> None:
    site.write(
        "policy/a.md",
        policy("第一条　八十周岁以上老人每月领取高龄津贴。\n\n第二条　本办法自公布之日起施行。\n"),
    )
    site.write("news/b.md", news("镜湖大桥今天通车。\n", 标题="镜湖大桥通车"))


def test_readers_find_clauses_with_lunr(site: SiteFixture, browser: Browser) -> None:
    site.configure(LUNR)
    write(site)
    site.published()
    assert (site.output / "search/lunr.LICENSE.txt").is_file()

    with served(site.output) as address, browser.new_context() as context:
        tab = context.new_page()
        complaints: list[str] = []
        tab.on("pageerror", lambda error: complaints.append(str(error)))
        tab.goto(f"{address}search.html?q=每月领取高龄津贴")
        expect(tab.locator(".search-status")).to_contain_text("找到 1 条")
        expect(tab.locator(".search-result__title")).to_have_text("越明市养老服务办法")
        [hit] = tab.evaluate(
            "yangguang.search.open('search').query('每月领取高龄津贴').then(found => found.hits)"
        )
        assert f'id="{hit["anchor"]}"' in site.page(hit["url"])
        tab.locator(".search-result__title a").click()
        expect(tab.locator("h1")).to_have_text("越明市养老服务办法")
    assert complaints == []


def test_an_unchanged_site_keeps_its_index_and_engines_replace_each_other(site: SiteFixture) -> None:
    site.configure(LUNR)
    write(site)
    site.published()
    lunr = dict(site.outputs())
    site.write("news/b.md", news("镜湖大桥今天通车。\n", 标题="镜湖大桥通车了"))
    changed = {path for path in site.build().written if path.startswith("search/")}
    assert changed == {"search/m.bin"}

    site.configure(SITE_YML)
    site.published()
    assert not (site.output / "search/lunr.LICENSE.txt").exists()
    site.configure(LUNR)
    write(site)
    site.published()
    again = dict(site.outputs())
    assert {path: data for path, data in again.items() if path.startswith("search/")} == {
        path: data for path, data in lunr.items() if path.startswith("search/")
    }


def test_a_large_site_is_advised_against_lunr(site: SiteFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search.lunr_engine, "MOST", 1)
    site.configure(LUNR)
    write(site)
    result = site.build()
    assert result.is_published
    [warning] = [item for item in result.diagnostics if item.code == "lunr-too-large"]
    assert warning.text().startswith("site.yml: 警告[lunr-too-large]: “越明市政务公开”有 ")
