"""The search page in Chromium: results, facets, keyboard, file://, losses, and no script."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest
import yaml
from playwright.sync_api import Browser, Page, Response, Route, expect

from search import Answer, Link, Options, SearchRecord, Section, build
from tests.search.samples import RECORDS
from tests.search.support import PAGE, served

QUESTIONS = Path(__file__).parents[2] / "content/question"
SCRIPT_LIMIT = 12_288
ASKED = (
    ("老人家里装扶手能补多少钱", "wd-001"),
    ("老房子装扶手政府给钱吗", "wd-001"),
    ("老小区装电梯政府补贴多少", "wd-038"),
    ("租房怎么提取公积金", "wd-045"),
    ("多大年纪坐公交车不要钱", "wd-073"),
    ("外地户口的小孩能在这里上学吗", "wd-062"),
)
NOT_ASKED = (
    "老人家里遭小偷了怎么办",
    "电梯坏了找谁",
    "公租房漏水找谁修",
    "医保局在哪里上班",
    "小区停车费多少钱",
    "适老化改造",
)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page on which a refused resource or a script error fails the test."""
    fresh = browser.new_page()
    problems: list[str] = []
    fresh.on("pageerror", lambda error: problems.append(str(error)))
    fresh.on(
        "console",
        lambda message: problems.append(message.text) if "Content Security" in message.text else None,
    )
    yield fresh
    fresh.close()
    assert problems == []


def test_a_query_in_the_address_shows_results_with_all_they_need(page: Page, sample_address: str) -> None:
    page.goto(f"{sample_address}sousuo.html?q=适老化改造")
    expect(page.get_by_role("status")).to_contain_text("找到 4 条")
    first = page.locator(".search-result", has_text="越明市困难老年人家庭适老化改造补贴办法")
    expect(first.locator("mark").first).to_have_text("适老化改造")
    expect(first).to_contain_text("越政办发〔2026〕18号")
    expect(first).to_contain_text("现行有效")
    expect(page.locator(".search-result__validity--lapsed")).to_have_text("已废止")


def test_a_result_leads_to_its_clause(page: Page, sample_address: str) -> None:
    page.goto(f"{sample_address}sousuo.html?q=特困供养人员家庭")
    link = page.locator(".search-result__title a").first
    expect(link).to_have_attribute("href", f"{sample_address}zhengce/yzbf-2026-18.html#tiao-5")


def test_a_question_is_answered_with_its_source(page: Page, sample_address: str) -> None:
    page.goto(f"{sample_address}sousuo.html?q=老人家里装扶手能补多少钱")
    card = page.locator(".search-answer")
    expect(card).to_contain_text("每户最高6000元")
    expect(card).to_contain_text("2026-11-20 核验")
    expect(card.get_by_role("link", name="适老化改造补贴办法 第五条")).to_have_attribute(
        "href", f"{sample_address}zhengce/yzbf-2026-18.html#tiao-5"
    )
    expect(card.get_by_role("link", name="去办理")).to_have_attribute(
        "href", f"{sample_address}banshi/shilaohua.html"
    )
    expect(card.locator("blockquote")).to_have_text("对特困供养人员家庭，每户最高补贴6000元")


def test_another_question_gets_no_card(page: Page, sample_address: str) -> None:
    page.goto(f"{sample_address}sousuo.html?q=营商环境项目进展怎么样")
    expect(page.locator(".search-result").first).to_be_visible()
    expect(page.locator(".search-answer")).to_have_count(0)


def test_facets_count_exactly_and_live_in_the_address(page: Page, sample_address: str) -> None:
    page.goto(f"{sample_address}sousuo.html?q=例会")
    expect(page.get_by_role("status")).to_contain_text("找到 60 条")
    page.goto(f"{sample_address}sousuo.html?q=适老化改造")
    box = page.get_by_label(re.compile("^政策文件"))
    expect(box.locator("xpath=..")).to_contain_text("2")
    box.check()
    expect(page.get_by_role("status")).to_contain_text("找到 2 条")
    assert "kind=" in page.url
    page.go_back()
    expect(page.get_by_role("status")).to_contain_text("找到 4 条")


def test_more_results_come_on_demand_and_by_date(page: Page, sample_address: str) -> None:
    page.goto(f"{sample_address}sousuo.html?q=例会召开")
    expect(page.locator(".search-result")).to_have_count(10)
    page.get_by_role("button", name="显示更多").click()
    expect(page.locator(".search-result")).to_have_count(20)
    page.get_by_role("button", name="按日期").click()
    expect(page.locator(".search-result__source").first).to_contain_text("2024-12")


def test_nothing_found_proposes_a_way_on(page: Page, sample_address: str) -> None:
    page.goto(f"{sample_address}sousuo.html?q=火星移民签证")
    expect(page.get_by_role("status")).to_contain_text("没有找到")
    empty = page.locator(".search-empty")
    expect(empty.get_by_role("link", name="12345")).to_be_visible()
    expect(empty.get_by_role("link", name="按目录浏览")).to_have_attribute(
        "href", f"{sample_address}mulu.html"
    )
    expect(empty.get_by_role("link", name="公积金提取")).to_be_visible()


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("gjj", "公积金"),
        ("shilaohua", "适老化改造"),
        ("公积", "公积金提取"),
        ("越政办发", "越政办发〔2026〕18号"),
    ],
)
def test_suggests_by_characters_and_pinyin(page: Page, sample_address: str, typed: str, offered: str) -> None:
    page.goto(f"{sample_address}sousuo.html")
    page.get_by_role("combobox").press_sequentially(typed)
    expect(page.get_by_role("option", name=offered).first).to_be_visible()


def test_a_suggestion_is_taken_by_keyboard(page: Page, sample_address: str) -> None:
    page.goto(f"{sample_address}sousuo.html")
    field = page.get_by_role("combobox")
    field.press_sequentially("gjj")
    expect(page.get_by_role("option").first).to_be_visible()
    field.press("ArrowDown")
    chosen = page.get_by_role("option").first
    expect(chosen).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", "search-suggest-0")
    field.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("找到")
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_works_from_disk(page: Page, sample_site: Path) -> None:
    page.goto(f"{(sample_site / 'sousuo.html').as_uri()}?q=特困供养人员家庭")
    expect(page.get_by_role("status")).to_contain_text("找到 1 条")
    expect(page.locator(".search-result__title a")).to_have_attribute(
        "href", re.compile(r"^file://.*#tiao-5$")
    )


def test_works_below_any_folder(page: Page, sample_site: Path, tmp_path: Path) -> None:
    copytree(sample_site, tmp_path / "a" / "深" / "b")
    with served(tmp_path) as address:
        page.goto(f"{address}a/深/b/sousuo.html?q=公积金")
        expect(page.get_by_role("status")).to_contain_text("找到 1 条")


def test_packed_alone_works_over_http(page: Page, tmp_path: Path) -> None:
    report = build(RECORDS, tmp_path / "search", Options(layout="packed"))
    (tmp_path / "sousuo.html").write_text(PAGE, encoding="utf-8")
    assert not any(path.endswith(".bin") for path in report.files)
    with served(tmp_path) as address:
        page.goto(f"{address}sousuo.html?q=公积金")
        expect(page.get_by_role("status")).to_contain_text("找到 1 条")


@pytest.mark.parametrize("damage", ["lost", "cut", "changed"])
def test_a_damaged_shard_is_said(page: Page, sample_site: Path, tmp_path: Path, damage: str) -> None:
    copytree(sample_site, tmp_path / "site")
    for shard in (tmp_path / "site/search").glob("*/g/**/*.bin"):
        data = shard.read_bytes()
        if damage == "lost":
            shard.unlink()
        else:
            shard.write_bytes(data[:-1] if damage == "cut" else data[:-1] + bytes([data[-1] ^ 1]))
    with served(tmp_path / "site") as address:
        page.goto(f"{address}sousuo.html?q=适老化改造")
        expect(page.get_by_role("status")).to_contain_text("部分索引未能载入，结果可能不全")


def test_a_site_built_anew_under_an_open_page_is_noticed(page: Page, tmp_path: Path) -> None:
    build(RECORDS[:40], tmp_path / "search")
    (tmp_path / "sousuo.html").write_text(PAGE, encoding="utf-8")
    with served(tmp_path) as address:
        page.goto(f"{address}sousuo.html?q=公积金")
        expect(page.get_by_role("status")).to_contain_text("找到 1 条")
        build(RECORDS, tmp_path / "search")
        page.get_by_role("combobox").fill("第57次")
        page.get_by_role("combobox").press("Enter")
        expect(page.get_by_role("status")).to_contain_text("找到 1 条")
        expect(page.get_by_role("status")).not_to_contain_text("不全")


def test_without_scripts_the_form_leads_to_the_catalogue(browser: Browser, sample_address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{sample_address}sousuo.html")
    page.get_by_label("搜索").fill("公积金")
    page.get_by_role("button", name="搜索").click()
    assert page.url.startswith(f"{sample_address}mulu.html?q=")
    context.close()


def test_every_title_finds_its_page_first(browser: Browser, sample_address: str) -> None:
    page = browser.new_page()
    page.goto(f"{sample_address}sousuo.html")
    titles = [record.title for record in RECORDS[:50]]
    ask = """async (titles) => { const engine = window.yangguang.search.open(), out = [];
      for (const title of titles) out.push((await engine.query(title, { limit: 1 })).hits[0].id);
      return out; }"""
    assert page.evaluate(ask, titles) == [record.id for record in RECORDS[:50]]
    page.close()


def test_the_door_answers_as_documented(browser: Browser, sample_address: str) -> None:
    page = browser.new_page()
    page.goto(f"{sample_address}sousuo.html")
    ask = "(base) => window.yangguang.search.open(base).query('公积金', { limit: 3, all: true })"
    for base in (f"{sample_address}search/", f"{sample_address}search", sample_address):
        found = page.evaluate(ask, base)
        assert found["total"] == 1 and found["exact"] and not found["partial"]
        assert found["ids"] == ["policy/shilaohua"]
        assert found["bytes"] > 0 and found["requests"] > 0
        hit = found["hits"][0]
        assert {"id", "url", "anchor", "title", "kind", "score", "snippet", "exact"} <= hit.keys()
        assert json.dumps([hit["id"], hit["anchor"], hit["kind"], hit["exact"]]) == json.dumps(
            ["policy/shilaohua", "tiao-5", "policy", True]
        )
    page.close()


@pytest.fixture(scope="module")
def questions_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The sample city's 问答 by themselves, so that one of them always ranks first."""
    folder = tmp_path_factory.mktemp("questions")
    build([question_record(path) for path in sorted(QUESTIONS.glob("wd-*.md"))], folder / "search")
    (folder / "sousuo.html").write_text(PAGE, encoding="utf-8")
    with served(folder) as address:
        yield address


def question_record(path: Path) -> SearchRecord:
    _, head, body = path.read_text("utf-8").split("---\n", 2)
    data = yaml.safe_load(head)
    basis = data["依据"][0]
    return SearchRecord(
        id=path.stem,
        url=f"wenda/{path.stem}.html",
        title=data["标题"],
        kind="question",
        kind_label="政策问答",
        date=str(data["发布时间"])[:10],
        keywords=tuple(data.get("关键词") or ()),
        extra=tuple(data.get("其他问法") or ()),
        sections=(Section("", "", data["短答"]), Section("", "", body)),
        answer=Answer(
            question=data["标题"],
            answer=data["短答"],
            basis=Link(str(basis["文件"]), "zhengce/1.html"),
            clause=str(basis.get("条款", "")),
            verified_on=str(data["核验日期"]),
        ),
    )


@pytest.mark.parametrize(("typed", "answered"), ASKED)
def test_questions_as_people_type_them_are_answered(
    page: Page, questions_address: str, typed: str, answered: str
) -> None:
    page.goto(f"{questions_address}sousuo.html?q={typed}")
    expect(page.locator(".search-answer__question a")).to_have_attribute(
        "href", f"{questions_address}wenda/{answered}.html"
    )
    expect(page.locator(".search-answer").get_by_text("依据")).to_be_visible()


@pytest.mark.parametrize("typed", NOT_ASKED)
def test_what_no_question_asks_gets_no_answer(page: Page, questions_address: str, typed: str) -> None:
    page.goto(f"{questions_address}sousuo.html")
    found = page.evaluate("(typed) => window.yangguang.search.open().query(typed, { limit: 5 })", typed)
    assert found["hits"] and found["answer"] is None


def test_the_first_query_on_a_phone_loads_little_script(browser: Browser, sample_address: str) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 740})
    scripts: list[Response] = []
    page.on("response", lambda answer: scripts.append(answer) if answer.url.endswith(".js") else None)
    page.goto(f"{sample_address}sousuo.html?q=例会召开")
    expect(page.locator(".search-result")).to_have_count(10)
    page.wait_for_load_state("networkidle")
    assert sum(len(gzip.compress(each.body(), 9)) for each in scripts) <= SCRIPT_LIMIT
    page.close()


def test_facets_come_when_a_phone_opens_them(browser: Browser, sample_address: str) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.goto(f"{sample_address}sousuo.html?q=适老化改造")
    expect(page.get_by_role("status")).to_contain_text("找到 4 条")
    expect(page.get_by_label(re.compile("^政策文件"))).to_have_count(0)
    page.get_by_text("筛选").click()
    expect(page.get_by_label(re.compile("^政策文件"))).to_be_visible()
    page.close()


def test_count_and_first_texts_do_not_wait_for_slow_ones(page: Page, sample_address: str) -> None:
    held: list[Route] = []
    page.route(re.compile(r"/t/.*\.z$"), lambda route: held.append(route))
    page.goto(f"{sample_address}sousuo.html?q=例会召开")
    expect(page.get_by_role("status")).to_contain_text("找到")
    expect(page.locator(".search-waiting")).to_have_count(5)
    for route in held[:5]:
        route.continue_()
    expect(page.locator(".search-result")).to_have_count(5)
    before = page.locator(".search-result__title").all_inner_texts()
    for route in held[5:]:
        route.continue_()
    expect(page.locator(".search-result")).to_have_count(10)
    assert page.locator(".search-result__title").all_inner_texts()[:5] == before


def test_a_browser_that_cannot_inflate_is_helped(page: Page, sample_address: str) -> None:
    page.add_init_script("delete window.DecompressionStream; delete window.TextDecoder")
    page.goto(f"{sample_address}sousuo.html?q=公积金")
    expect(page.get_by_role("status")).to_contain_text("找到 1 条")


def test_the_start_page_gives_way_to_results(page: Page, tmp_path: Path) -> None:
    build(RECORDS, tmp_path / "search")
    body = PAGE.replace("</main>", "<section data-search-fallback>分类</section></main>")
    (tmp_path / "sousuo.html").write_text(body, encoding="utf-8")
    with served(tmp_path) as address:
        page.goto(f"{address}sousuo.html")
        start = page.locator("[data-search-fallback]")
        expect(page.get_by_role("status")).to_contain_text("请输入")
        expect(start).to_be_visible()
        for typed, visible in (("公积金", False), ("火星移民签证", True)):
            page.get_by_role("combobox").fill(typed)
            page.get_by_role("combobox").press("Enter")
            expect(page.get_by_role("status")).to_contain_text("没有找到" if visible else "找到 1 条")
            expect(start).to_be_visible(visible=visible)
        page.go_back()
        expect(start).to_be_hidden()
