"""The search page of the edition in traditional characters: what it writes is converted as the pages are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from opencc import OpenCC  # type: ignore[import-untyped]
from playwright.sync_api import Browser, expect

from tests.search.support import served
from tests.sites.output import yangguang
from tests.support import SITE_YML, SiteFixture, policy, question

BODY = "第一条　养老机构的头发、发展、皇后、后面、公里。\n\n第二条　按越政办发〔2026〕1号和张云吉的意见，保护台门。\n"
WORDS = "头发发展皇后后面公里里程干部干净干涉面粉面积只有一只台阶折旧出租征集制度制造复制系统联系关系了解理发万里长城"


@pytest.fixture(scope="session")
def hant(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = SiteFixture(tmp_path_factory.mktemp("hant"))
    site.configure(SITE_YML + "版本: [长者版, 繁体版]\n繁体例外: [云吉, 台门=臺門]\n")
    site.write("policy/a.md", policy(BODY))
    site.write("question/q.md", question())
    done = yangguang("build", "-C", str(site.root), "-o", str(site.root / "public"))
    assert done.returncode == 0, done.stderr
    return site.root / "public"


@pytest.fixture
def address(hant: Path) -> Iterator[str]:
    with served(hant) as found:
        yield found


def test_results_are_in_traditional_characters_and_lead_to_the_edition(
    browser: Browser, address: str
) -> None:
    page = browser.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{address}hant/search.html?q=公里")
    result = page.locator(".search-result").first
    expect(result).to_contain_text("頭髮、發展、皇后、後面、公里")
    link = result.get_by_role("link").first

    assert link.inner_text().startswith("越明市養老服務辦法")
    assert link.evaluate("item => item.href").startswith(f"{address}hant/zhengce/a.html")
    assert result.locator("mark").first.inner_text() == "公里"
    expect(page.get_by_role("status").first).to_contain_text("條")
    assert page.locator("#search").inner_text().count("类") == 0
    page.locator("#q").fill("台门")
    page.locator("#q").press("Enter")
    expect(page.locator(".search-result").first).to_contain_text(
        "按越政办发〔2026〕1号和張云吉的意見，保護臺門"
    )
    assert page.locator("#q").input_value() == "台门"
    assert errors == []
    page.close()


def test_the_script_converts_as_the_pages_are_converted(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}hant/search.html")
    page.wait_for_function("Boolean(window.yangguang && yangguang.modules.hant)")
    page.evaluate(
        "text => { const item = document.createElement('p'); item.id = 'probe'; item.textContent = text;"
        " document.getElementById('search').append(item); }",
        WORDS,
    )
    expect(page.locator("#probe")).to_have_text(OpenCC("s2tw").convert(WORDS))
    page.close()


def test_only_the_edition_has_the_words(hant: Path, site: SiteFixture) -> None:
    site.write("question/q.md", question())
    site.build()

    assert not list(site.output.glob("assets/hant-*"))
    assert list(hant.glob("assets/hant-*.js"))
    assert 'data-module="hant"' not in (hant / "search.html").read_text(encoding="utf-8")
