"""A project's theme adds style sheets that only some pages link, and scripts fetched where they are used."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from generator.diagnostics import EnvironmentProblem, format_text
from tests.support import SITE_YML, SiteFixture, news, policy

BASE_YML = (Path(__file__).parents[2] / "theme/theme.yml").read_text(encoding="utf-8")
NEWS = """\
{% extends "layouts/document.html" %}
{% block sheets %}{{ sheet('mood') }}{% endblock %}
{% block after %}
<p id="greeter" data-module="greeter" data-src="{{ module('greeter') }}"></p>
{% endblock %}
"""
GREETER = """\
(function (yangguang) {
  yangguang.modules.greeter = class { constructor(root) { root.textContent = "已启动"; } };
})(window.yangguang);
"""


def themed(site: SiteFixture, declared: str, news_template: str = NEWS) -> None:
    site.configure("主题目录: theme\n" + SITE_YML)
    without = re.sub(r"^(?:sheets|modules):.*\n(?:[ ]+.*\n)*", "", BASE_YML, flags=re.M)
    files = {
        "theme.yml": without + declared,
        "css/a.css": ".mood { color: green; }",
        "css/b.css": ".mood__part { color: teal; }",
        "js/greeter.js": GREETER,
        "templates/pages/news.html": news_template,
    }
    for name, text in files.items():
        path = site.root / "theme" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    site.write("news/a.md", news())
    site.write("policy/b.md", policy())


DECLARED = "sheets: {mood: [css/a.css, css/b.css]}\nmodules: {greeter: js/greeter.js}\n"


def linked(html: str) -> list[str]:
    return [name.rpartition("/")[2] for name in re.findall(r'<link rel="stylesheet" href="([^"]+)"', html)]


def test_only_pages_that_ask_for_a_sheet_link_it(site: SiteFixture) -> None:
    themed(site, DECLARED)

    assert site.build().is_published

    sheets = linked(site.page("yaowen/a.html"))
    assert [name.partition("-")[0] for name in sheets] == ["site", "mood"]
    assert [name.partition("-")[0] for name in linked(site.page("zhengce/b.html"))] == ["site"]
    text = (site.output / "assets" / sheets[1]).read_text(encoding="utf-8")
    assert text == ".mood { color: green; }\n.mood__part { color: teal; }"


def test_a_changed_sheet_gets_a_new_name_on_the_pages_that_link_it(site: SiteFixture) -> None:
    themed(site, DECLARED)
    site.build()
    before = linked(site.page("yaowen/a.html"))

    (site.root / "theme/css/b.css").write_text(".mood__part { color: navy; }", encoding="utf-8")
    site.build()

    after = linked(site.page("yaowen/a.html"))
    assert after[0] == before[0] and after[1] != before[1]
    assert "navy" in (site.output / "assets" / after[1]).read_text(encoding="utf-8")
    assert not (site.output / "assets" / before[1]).exists()


@pytest.mark.parametrize(
    ("template", "message"),
    [
        (NEWS.replace("'mood'", "'moood'"), "theme.yml 的 sheets 里没有“moood”（现有：areas、"),
        (
            NEWS.replace("module('greeter')", "module('greet')"),
            "theme.yml 的 modules 里没有“greet”（现有：",
        ),
    ],
)
def test_an_unknown_name_is_an_error_of_the_template(site: SiteFixture, template: str, message: str) -> None:
    themed(site, DECLARED, template)

    result = site.build()

    assert not result.is_published
    problems = format_text(result.diagnostics)
    assert "theme/templates/pages/news.html:" in problems
    assert "错误[template-error]" in problems
    assert message in problems


@pytest.mark.parametrize(
    ("declared", "message"),
    [
        ("sheets: [css/a.css]\n", "theme.yml 里的 sheets 不是“名称: 文件”的形式"),
        ("sheets: {Mood: css/a.css}\n", "名称“Mood”不能用"),
        ("modules: {greeter: ''}\n", "“greeter”没有写文件"),
        ("sheets: {mood: css/missing.css}\n", "主题里缺少文件 css/missing.css"),
    ],
)
def test_a_wrong_declaration_says_what_is_wrong(site: SiteFixture, declared: str, message: str) -> None:
    themed(site, declared)

    with pytest.raises(EnvironmentProblem, match=re.escape(message)):
        site.build()


def test_a_script_is_fetched_only_by_the_page_that_uses_it(site: SiteFixture, browser: Browser) -> None:
    themed(site, DECLARED)
    site.build()
    context = browser.new_context()
    page = context.new_page()
    requested: list[str] = []
    page.on("request", lambda request: requested.append(request.url.rpartition("/")[2]))

    page.goto((site.output / "zhengce/b.html").as_uri())
    assert not [name for name in requested if name.startswith(("greeter", "mood"))]

    page.goto((site.output / "yaowen/a.html").as_uri())
    expect(page.locator("#greeter")).to_have_text("已启动")
    assert len([name for name in requested if name.startswith("greeter-")]) == 1
    context.close()
