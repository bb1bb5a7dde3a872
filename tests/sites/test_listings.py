"""Numbered pages of listings: counted from the oldest, so that addresses and pages stay as they are."""

from __future__ import annotations

import re

from tests.sites.output import squeezed
from tests.sites.writing import built, rows_of
from tests.support import SITE_YML, SiteFixture, news

SIZE = 5


def _item(number: int) -> str:
    return news(标题=f"第{number:02d}条消息", 发布时间=f"2026-10-{number:02d} 09:00")


def _site(site: SiteFixture, count: int) -> None:
    site.configure(SITE_YML + f"规则数值: {{每页条数: {SIZE}}}\n")
    for number in range(1, count + 1):
        site.write(f"news/n{number:02d}.md", _item(number))


def test_newest_first_and_every_document_once(site: SiteFixture) -> None:
    _site(site, 17)
    output = built(site)
    pages = ["zwyw/index.html", "zwyw/ye-2.html", "zwyw/ye-1.html"]
    assert sorted(
        path for path in output.files if path.startswith("zwyw/") and path.endswith(".html")
    ) == sorted(pages)
    assert [title for path in pages for title in rows_of(output, path)] == [
        f"第{number:02d}条消息" for number in range(17, 0, -1)
    ]
    assert rows_of(output, "zwyw/ye-1.html") == [f"第{number:02d}条消息" for number in range(SIZE, 0, -1)]


def test_older_pages_stay_byte_for_byte_until_a_page_fills(site: SiteFixture) -> None:
    _site(site, 15)
    built(site)
    old = dict(site.outputs())
    site.write("news/n16.md", _item(16))
    built(site)
    new = dict(site.outputs())
    listing = [path for path in old if path.startswith("zwyw/ye-")]
    assert len(listing) == 2
    assert [path for path in listing if old[path] != new[path]] == []
    assert old["zwyw/index.html"] != new["zwyw/index.html"]

    for number in (17, 18, 19, 20):
        site.write(f"news/n{number}.md", _item(number))
    output = built(site)
    assert rows_of(output, "zwyw/ye-3.html") == [f"第{number:02d}条消息" for number in range(15, 10, -1)]
    assert [rows_of(output, path)[-1] for path in ("zwyw/ye-1.html", "zwyw/ye-2.html")] == [
        "第01条消息",
        "第06条消息",
    ]


def test_an_empty_section_is_nowhere_until_it_has_content(site: SiteFixture) -> None:
    """domain/01 §9, line 7: no page, and no way to it in menus, the site map or the catalogue."""
    site.write("news/a.md", news())
    before = built(site)
    assert "tzgg/index.html" not in before.files
    assert [path for path, page in before.pages.items() if "栏目tzgg" in page.text] == []

    site.write("notice/a.md", news(标题="越明市关于停水的公告", 发布机构="越明市民政局"))
    after = built(site)
    assert "tzgg/index.html" in after.files
    assert "栏目tzgg" in after.pages["sitemap.html"].text


def test_one_page_leads_to_the_next_and_back(site: SiteFixture) -> None:
    _site(site, 17)
    output = built(site)
    path, seen = "zwyw/index.html", []
    while path:
        seen.append(path)
        older = output.pages[path].tree.xpath("//link[@rel='next']/@href")
        path = output.resolve(path, older[0]).path if older else ""
    assert seen == ["zwyw/index.html", "zwyw/ye-2.html", "zwyw/ye-1.html"]
    assert (
        output.resolve(seen[-1], output.pages[seen[-1]].tree.xpath("//link[@rel='prev']/@href")[0]).path
        == seen[-2]
    )


def test_facet_pages_count_what_they_list(site: SiteFixture) -> None:
    _site(site, 6)
    site.write("news/alt.md", news(标题="旧年消息", 发布时间="2025-10-01 09:00"))
    output = built(site)
    counts = {
        output.resolve("mulu/index.html", anchor.get("href")).path: squeezed(anchor.text_content())
        for anchor in output.pages["mulu/index.html"].tree.xpath("//main//a[contains(@href, '/nian/')]")
    }
    assert {path: re.sub(r"\D", " ", text).split() for path, text in counts.items()} == {
        "yaowen/nian/2026/index.html": ["2026", "6"],
        "yaowen/nian/2025/index.html": ["2025", "1"],
    }
    assert rows_of(output, "yaowen/nian/2025/index.html") == ["旧年消息"]
    assert len(rows_of(output, "yaowen/nian/2026/index.html")) == 6
