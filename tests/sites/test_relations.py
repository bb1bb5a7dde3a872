"""看、问、办: relations typed once are shown on all sides."""

from __future__ import annotations

import pytest

from tests.sites.output import Output
from tests.sites.writing import built, guide, interpretation
from tests.support import SiteFixture, policy, question

PAGES = {
    "policy": "zhengce/ylfw.html",
    "interpretation": "jiedu/jd.html",
    "question": "wenda/wd.html",
    "guide": "banshi/gljt.html",
}


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Output:
    """A policy with an interpretation, a question and a guide; each relation is written in one file only."""
    site = SiteFixture(tmp_path_factory.mktemp("relations"))
    site.write("policy/ylfw.md", policy())
    site.write("interpretation/jd.md", interpretation("越政办发〔2026〕1号"))
    site.write("question/wd.md", question())
    site.write("service_guide/gljt.md", guide(相关政策="[越政办发〔2026〕1号]"))
    return built(site)


@pytest.mark.parametrize("there", PAGES)
@pytest.mark.parametrize("here", PAGES)
def test_each_of_the_four_leads_to_the_other_three(web: Output, here: str, there: str) -> None:
    linked = {use.path for use in web.pages[PAGES[here]].links()}
    if here != there:
        assert PAGES[there] in linked


def test_the_clause_under_an_answer_is_quoted_and_linked(web: Output) -> None:
    page = web.pages[PAGES["question"]]
    assert "为了方便群众，制定本办法。" in page.text
    assert ("zhengce/ylfw.html", "tiao-1") in {(use.path, use.fragment) for use in page.links()}
    assert web.broken() == []


def test_the_listing_marks_what_belongs_to_a_policy(web: Output) -> None:
    marks = web.pages["zcwj/index.html"].tree.xpath("//ul[@class='row__marks']//a")
    leads = {
        mark.text_content().strip(): web.resolve("zcwj/index.html", mark.get("href")).path for mark in marks
    }
    assert leads == {"文字解读": PAGES["interpretation"], "问答 1": PAGES["policy"]}


def test_an_answer_on_a_repealed_basis_is_withdrawn(site: SiteFixture) -> None:
    site.write("policy/ylfw.md", policy())
    site.write("question/wd.md", question())
    site.write(
        "policy/xin.md",
        policy(
            标题="越明市养老服务新办法",
            发文字号="越政办发〔2026〕9号",
            索引号="113306000000000030/2026-00009",
            废止="[越政办发〔2026〕1号]",
        ),
    )
    page = built(site).pages[PAGES["question"]]
    assert "到社区申请。" not in page.text
    assert "依据已变化" in page.text


def test_an_internal_question_is_nowhere_in_the_output(site: SiteFixture) -> None:
    site.write("policy/ylfw.md", policy())
    site.write(
        "question/nb.md", question(标题="内部口径怎么说？", 短答="仅供内部掌握的答复口径。", 公开范围="内部")
    )
    site.write("question/wd.md", question())
    built(site)
    leaks = [
        path
        for path, data in site.outputs()
        if "内部口径".encode() in data or "仅供内部掌握".encode() in data or "nb.html" in path
    ]
    assert leaks == []


def test_drafts_and_scheduled_documents_are_nowhere_in_the_output(site: SiteFixture) -> None:
    site.write("policy/ylfw.md", policy())
    site.write(
        "policy/cg.md",
        policy(
            标题="越明市秘密草稿办法",
            发文字号="越政办发〔2026〕7号",
            索引号="113306000000000030/2026-00007",
            草稿="是",
        ),
    )
    site.write(
        "policy/ds.md",
        policy(
            标题="越明市定时发布办法",
            发文字号="越政办发〔2026〕8号",
            索引号="113306000000000030/2026-00008",
            发布时间="2026-12-01 09:00",
            定时发布="是",
            成文日期="2026-11-18",
        ),
    )
    built(site)
    hidden = [
        path
        for path, data in site.outputs()
        if "秘密草稿".encode() in data or "定时发布办法".encode() in data
    ]
    assert hidden == []
    site.today = "2026-12-01"
    assert "zhengce/ds.html" in built(site).files
