"""全程公开: a matter is followed through the five areas from any of its pages, and looks the same on all of them."""

from __future__ import annotations

import pytest

from tests.sites.output import Output, Page
from tests.sites.writing import built, guide, interpretation
from tests.support import SiteFixture, front, news, policy, question, section

STAGES = ["决策公开", "执行公开", "管理公开", "服务公开", "结果公开"]


def thread(*documents: str, **fields: object) -> str:
    """Return a valid thread."""
    return front(
        {
            "标题": "养老服务",
            "发布时间": "2026-11-03 09:00",
            "牵头单位": "[越明市民政局]",
            "主线": "[" + ", ".join(documents) + "]",
        }
        | fields
    )


def stages(page: Page, number: int = 0) -> list[tuple[str, list[str]]]:
    """Return the stages of a thread on a page, each with the addresses of its documents, this page as itself."""
    nav = page.tree.xpath("//nav[contains(@class, 'thread')]")[number]
    found = []
    for stage in nav.xpath(".//li[contains(@class, 'thread__stage')]"):
        items = [
            page.output.resolve(page.path, item.xpath("./a/@href")[0]).path
            if item.xpath("./a")
            else page.path
            for item in stage.xpath(".//li")
        ]
        found.append((stage.xpath("string(./h3/text())").strip(), items))
    return found


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Output:
    """A policy with what turns around it, a result named by the thread, and a news item about something else."""
    site = SiteFixture(tmp_path_factory.mktemp("threads"))
    site.write("section/zcwd.md", section(标题="政策问答", 栏目类型="政务咨询", 五公开="[服务公开]"))
    site.write("section/bszn.md", section(标题="办事指南", 栏目类型="办事服务", 五公开="[服务公开]"))
    site.write("policy/ylfw.md", policy())
    site.write("interpretation/jd.md", interpretation("越政办发〔2026〕1号"))
    site.write("question/wd.md", question())
    site.write("service_guide/gljt.md", guide(相关政策="[越政办发〔2026〕1号]"))
    site.write("news/jg.md", news(标题="养老服务评估结果"))
    site.write("news/bx.md", news(标题="别的事情", 发布时间="2026-11-05 09:00"))
    site.write("thread/yl.md", thread("{文件: 越政办发〔2026〕1号}", "{文件: news/jg, 五公开: 结果公开}"))
    return built(site)


MEMBERS = ["zhengce/ylfw.html", "jiedu/jd.html", "wenda/wd.html", "banshi/gljt.html", "yaowen/jg.html"]


@pytest.mark.parametrize("path", MEMBERS)
def test_every_page_of_a_matter_shows_the_same_five_stages(web: Output, path: str) -> None:
    assert stages(web.pages[path]) == [
        ("决策公开", ["zhengce/ylfw.html", "jiedu/jd.html"]),
        ("执行公开", []),
        ("管理公开", []),
        ("服务公开", ["wenda/wd.html", "banshi/gljt.html"]),
        ("结果公开", ["yaowen/jg.html"]),
    ]


@pytest.mark.parametrize("path", MEMBERS)
def test_a_page_says_where_in_the_matter_it_stands(web: Output, path: str) -> None:
    nav = web.pages[path].tree.xpath("//nav[contains(@class, 'thread')]")[0]
    assert len(nav.xpath(".//*[@aria-current='page']")) == 1
    current = nav.xpath(".//li[@aria-current='step']")
    assert len(current) == 1 and current[0].xpath(".//*[@aria-current='page']")
    assert nav.text_content().count("尚未产生公开内容") == 2


def test_what_does_not_belong_to_the_matter_shows_and_changes_nothing(web: Output) -> None:
    assert not web.pages["yaowen/bx.html"].tree.xpath("//nav[contains(@class, 'thread')]")
    assert "quancheng/yl.html" in web.files and web.broken() == []


def test_an_area_with_many_documents_keeps_the_main_line_and_leads_to_the_rest(site: SiteFixture) -> None:
    site.write("policy/ylfw.md", policy())
    for number in range(1, 7):
        site.write(f"question/wd-{number}.md", question(标题=f"第{number}个问题？"))
    site.write("question/main.md", question(标题="最先要问的？", 发布时间="2026-11-01 09:00"))
    site.write("thread/yl.md", thread("{文件: 越政办发〔2026〕1号}", "{文件: question/main}"))
    web = built(site)
    service = dict(stages(web.pages["zhengce/ylfw.html"]))["服务公开"]
    assert len(service) == 3 and "wenda/main.html" in service
    rest = web.pages["zhengce/ylfw.html"].tree.xpath("//a[@class='thread__more']")[0]
    assert rest.text_content().startswith("还有 4 篇")
    assert web.resolve("zhengce/ylfw.html", rest.get("href")).fragment == "fwgk"
    whole = web.pages["quancheng/yl.html"].tree.xpath("//li[@id='fwgk']//a")
    assert len(whole) == 7


def test_a_document_named_twice_or_unknown_is_reported(site: SiteFixture) -> None:
    site.write("policy/ylfw.md", policy())
    site.write("thread/yl.md", thread("{文件: policy/ylfw}", "{文件: policy/ylfw}", "{文件: policy/meiyou}"))
    text = site.check()
    assert "错误[repeated-value]" in text and "“policy/ylfw”写了 2 次" in text
    site.write("thread/yl.md", thread("{文件: policy/meiyou}"))
    assert "错误[dangling-reference]" in site.check()


@pytest.mark.parametrize("name", ["slhgz", "jzdt"])
@pytest.mark.parametrize("edition", ["", "elder/"])
def test_the_sample_city_follows_two_matters_through_all_five_areas(
    city: Output, name: str, edition: str
) -> None:
    whole = city.pages[f"{edition}quancheng/{name}.html"]
    listed = [
        city.resolve(whole.path, href).path
        for href in whole.tree.xpath("//ol[contains(@class, 'thread__stages')]//a/@href")
    ]
    assert len(listed) == len(set(listed)) >= 12
    first = stages(city.pages[listed[0]])
    assert [stage for stage, entries in first if entries] == STAGES
    for path in listed:
        assert stages(city.pages[path]) == first, path
