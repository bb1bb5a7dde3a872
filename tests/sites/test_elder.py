"""The elder edition (长者版): every page of the portal again in one column, one press away and one press back."""

from __future__ import annotations

import re

import pytest

from tests.sites.output import Output, Page, squeezed
from tests.support import SITE_YML, SiteFixture, news, policy, question, section

ALONE = re.compile(r"(?:.*/)?404\.html")
"""Pages that answer addresses without a page have no counterpart; they lead to the other home page."""


def counterpart(page: Page) -> str:
    """Return where the button with the other edition's name leads."""
    (link,) = page.tree.xpath("//header//a[contains(@class, 'masthead__edition')]")
    return page.output.resolve(page.path, link.get("href")).path


def test_every_page_of_the_portal_leads_to_its_counterpart_and_back(city: Output) -> None:
    wrong = []
    for page in city.portal.values():
        if page.is_redirect or ALONE.fullmatch(page.path):
            continue
        other = counterpart(page)
        if other not in city.pages or counterpart(city.pages[other]) != page.path:
            wrong.append(f"{page.path} → {other}")

    assert wrong == []


def test_pages_without_a_counterpart_lead_to_the_elder_home(city: Output) -> None:
    alone = [page for page in city.portal.values() if page.is_redirect or ALONE.fullmatch(page.path)]
    homes = {counterpart(page) for page in alone}

    assert alone
    assert homes <= {"elder/index.html", "shaoxing/elder/index.html"}


def test_links_stay_in_the_edition_except_for_files_and_the_way_back(city: Output) -> None:
    left = set()
    for page in city.pages.values():
        if not page.is_elder:
            continue
        back = counterpart(page)
        for use in page.links():
            if use.written.startswith("https:") or not use.path.endswith(".html") or use.path == back:
                continue
            if not city.pages[use.path].is_elder:
                left.add((page.path, use.path))

    assert left == set()


def test_elder_pages_name_the_portal_as_canonical_and_stay_out_of_the_site_map(city: Output) -> None:
    page = city.pages["elder/zhengce/szbf-2026-18.html"]

    assert page.tree.xpath("//link[@rel='canonical']/@href") == [
        "https://yueming.example/zhengce/szbf-2026-18.html"
    ]
    assert "elder/" not in (city.root / "sitemap.xml").read_text(encoding="utf-8")


def test_the_title_says_that_it_is_the_elder_edition(city: Output) -> None:
    page = city.pages["elder/zhengce/szbf-2026-18.html"]

    assert page.title.endswith("（长者版）")


def test_home_has_six_to_eight_entrances_that_lead_somewhere(city: Output) -> None:
    page = city.pages["elder/index.html"]
    links = page.tree.xpath("//main//a[contains(@class, 'entrances__link')]/@href")

    assert 6 <= len(links) <= 8
    assert [link for link in links if not link.startswith("tel:") and f"elder/{link}" not in city.pages] == []
    assert links[-1] == "tel:12345"


def test_telephones_of_answers_and_guides_are_buttons_that_dial(city: Output) -> None:
    calls = {
        path: city.pages[path].tree.xpath("//main//a[@class='call__link']/@href")
        for path in ("elder/wenda/wd-001.html", "elder/banshi/slbz.html")
    }

    assert all(calls.values())
    assert {
        href for hrefs in calls.values() for href in hrefs if not re.fullmatch(r"tel:\d{5,12}", href)
    } == set()


def test_nothing_plays_refreshes_opens_or_comes_from_elsewhere(city: Output) -> None:
    """No advertisement, window, timer or third party on an elder page (domain/04, A-06, A-30, A-64)."""
    found = []
    for page in city.pages.values():
        if page.is_elder:
            found += page.tree.xpath(
                "//@autoplay | //meta[@http-equiv='refresh'] | //dialog | //iframe"
                " | //script[starts-with(@src, 'http')] | //img[starts-with(@src, 'http')]"
            )

    assert found == []


def test_attachments_and_pictures_are_those_of_the_portal(site: SiteFixture) -> None:
    site.write("policy/a/index.md", policy(附件="[{名称: 申请表, 文件: biao.csv}]"))
    site.write("policy/a/biao.csv", "姓名,电话\n")
    site.build()

    assert (site.output / "zhengce/biao.csv").exists()
    assert not (site.output / "elder/zhengce/biao.csv").exists()
    assert 'href="../../zhengce/biao.csv"' in site.page("elder/zhengce/a.html")


def test_configured_entrances_replace_the_built_in_ones(site: SiteFixture) -> None:
    site.configure(
        SITE_YML
        + "    长者版:\n      入口:\n        - {名称: 老年食堂, 说明: 一日三餐, 字: 食, 链接: zwyw/index.html}\n"
        + "        - {名称: 打社区电话, 链接: 'tel:0575-00000001'}\n"
    )
    site.write("news/a.md", news())
    site.build()
    text = site.page("elder/index.html")

    assert re.findall(r'entrances__mark" aria-hidden="true">([^<]*)<.*?entrances__name">([^<]*)<', text) == [
        ("食", "老年食堂"),
        ("打", "打社区电话"),
    ]
    assert 'href="zwyw/index.html"' in text and 'href="tel:0575-00000001"' in text


def test_an_entrance_without_a_page_is_an_error(site: SiteFixture) -> None:
    site.configure(
        SITE_YML + "    长者版:\n      入口:\n        - {名称: 老年食堂, 链接: shitang/index.html}\n"
    )

    assert site.check() == (
        "site.yml: 错误[no-entrance]: 长者版入口“老年食堂”的链接 shitang/index.html 没有这个网页\n"
        "  办法：写本站网页的地址，例如 zcwj/index.html；站外网址以 https:// 开头，电话以 tel: 开头"
    )


def test_without_the_edition_there_is_no_folder_and_no_link(site: SiteFixture) -> None:
    site.configure(SITE_YML + "版本: []\n")
    site.write("news/a.md", news())
    site.build()

    assert not (site.output / "elder").exists()
    assert "长者版" not in site.page("yaowen/a.html")


def test_switching_the_edition_off_removes_what_was_built(site: SiteFixture) -> None:
    site.write("news/a.md", news())
    site.build()
    assert (site.output / "elder/yaowen/a.html").exists()

    site.configure(SITE_YML + "版本: []\n")
    site.build()

    assert not (site.output / "elder").exists()


def test_a_section_may_not_take_the_folder_of_the_edition(site: SiteFixture) -> None:
    site.write("section/elder.md", section(标题="老年人"))
    site.write("news/a.md", news(栏目="[elder]"))

    assert "错误[duplicate-url]: 有两个页面的网址都是 elder/index.html" in site.check()


def test_an_edit_changes_both_editions_of_the_page_and_nothing_else_of_its_kind(site: SiteFixture) -> None:
    site.write("policy/a.md", policy())
    site.write("question/q.md", question())
    site.build()

    site.write(
        "policy/a.md", policy("第一条　为了方便群众，制定本办法。\n\n第二条　自2027年1月1日起施行。\n")
    )
    written = {path for path in site.build().written if path.endswith(".html")}

    assert written == {"zhengce/a.html", "elder/zhengce/a.html"}


@pytest.mark.parametrize("kind", ["zhengce/a.html", "wenda/q.html"])
def test_a_theme_of_the_project_may_lay_out_the_edition_anew(site: SiteFixture, kind: str) -> None:
    site.configure(SITE_YML + "主题目录: theme\n")
    layout = site.root / "theme/templates/elder/layouts/document.html"
    layout.parent.mkdir(parents=True)
    layout.write_text(
        '{% extends "base.html" %}\n{% block main %}<h1>自己的版式：{{ view.title }}</h1>{% endblock %}\n',
        encoding="utf-8",
    )
    for own in ("policy", "question"):
        page = site.root / f"theme/templates/elder/pages/{own}.html"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text('{% extends "layouts/document.html" %}\n', encoding="utf-8")
    site.write("policy/a.md", policy())
    site.write("question/q.md", question())
    site.build()

    assert "自己的版式：" in site.page(f"elder/{kind}")
    assert "自己的版式：" not in site.page(kind)


def test_the_first_lines_of_every_page_lead_to_the_edition(city: Output) -> None:
    """A-62: in the header, by a usual name; what a phone shows first is the header."""
    for path, page in city.pages.items():
        if page.tree.get("data-edition") == "portal":
            names = [squeezed(link.text_content()) for link in page.tree.xpath("//body/header//a[@href]")]
            assert set(names) & {"长者版", "长辈版", "关怀版"}, path
