"""Markdown extensions and template filters of a project's own, named in ``site.yml``."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest

from tests.support import SITE_YML, SiteFixture, news

HANDBOOK = Path(__file__).parents[2] / "docs/handbook"
MARKED = '''\
from markdown.extensions import Extension
from markdown.inlinepatterns import SimpleTagInlineProcessor


class Marked(Extension):
    """``==words==`` becomes <mark>."""

    {triggers}

    def extendMarkdown(self, md):
        md.inlinePatterns.register(SimpleTagInlineProcessor(r"()==(.+?)==", "mark"), "marked", 175)
'''
FILTERS = 'def loud(text):\n    return f"{text}！"\n'
NEWS_PAGE = "<!doctype html><title>x</title><h1>{{ view.title|loud }}</h1>{{ body.html }}\n"


def _code(site: SiteFixture, name: str, text: str) -> None:
    file = site.root / "extensions" / name
    file.parent.mkdir(exist_ok=True)
    # A changed file of equal size within one tick of the clock must be seen too.
    file.write_text(text, encoding="utf-8")


@pytest.fixture
def extended(site: SiteFixture) -> SiteFixture:
    site.configure(
        SITE_YML + "主题目录: look\n扩展:\n  Markdown: [marking:Marked]\n  过滤器: {loud: words:loud}\n"
    )
    _code(site, "marking.py", MARKED.format(triggers='triggers = "=="'))
    _code(site, "words.py", FILTERS)
    page = site.root / "look/templates/pages/news.html"
    page.parent.mkdir(parents=True)
    page.write_text(NEWS_PAGE, encoding="utf-8")
    site.write("news/a.md", news("请在==十二月==前办理。\n\n第二段。\n"))
    site.write("news/b.md", news("没有记号。\n", 标题="越明市召开会议"))
    return site


def test_the_example_of_the_handbook_works(site: SiteFixture) -> None:
    page = (HANDBOOK / "extending.md").read_text(encoding="utf-8")
    blocks = dict(re.findall(r"^```\w+ title=\"([^\"]+)\"\n(.*?)^```$", page, re.M | re.S))
    for name in ("guanjianci.py", "jine.py"):
        _code(site, name, blocks[f"extensions/{name}"])
    site.configure(SITE_YML + "主题目录: look\n" + blocks["加在 site.yml 里"])
    template = site.root / "look/templates/pages/news.html"
    template.parent.mkdir(parents=True)
    template.write_text("{{ 120000|wan_yuan }} {{ body.html }}\n", encoding="utf-8")
    site.write("news/a.md", news("请在==十二月==前办理。\n"))
    site.published()

    assert site.page("yaowen/a.html") == "12 万元 <p>请在<mark>十二月</mark>前办理。</p>"


def _bytes(site: SiteFixture) -> dict[str, bytes]:
    return dict(site.outputs())


def _clean(site: SiteFixture, other: Path) -> dict[str, bytes]:
    """Return what a first build of a copy elsewhere gives."""
    shutil.copytree(site.root, other, ignore=shutil.ignore_patterns("public", ".public*"))
    copy = SiteFixture.__new__(SiteFixture)
    copy.root, copy.today = other, site.today
    copy.published()
    return _bytes(copy)


def test_an_extension_changes_bodies_and_a_filter_serves_templates(extended: SiteFixture) -> None:
    extended.published()

    assert extended.page("yaowen/a.html") == (
        "<!doctype html><title>x</title><h1>越明市开展政务公开活动！</h1>"
        "<p>请在<mark>十二月</mark>前办理。</p>\n<p>第二段。</p>\n"
    ).rstrip("\n")
    assert "<p>没有记号。</p>" in extended.page("yaowen/b.html")


def test_what_an_extension_makes_is_sanitised(extended: SiteFixture) -> None:
    _code(extended, "marking.py", MARKED.format(triggers="").replace('"mark"', '"script"'))
    extended.published()

    assert "<script" not in extended.page("yaowen/a.html")


def test_bodies_that_an_extension_does_not_concern_come_out_as_without_it(
    extended: SiteFixture, tmp_path: Path
) -> None:
    body = "第一条　甲。\n\n（一）乙；\n\n- 丙\n- 《丁》 https://www.gov.cn/，见第一条。\n"
    extended.write("news/b.md", news(body, 标题="越明市召开会议"))
    extended.published()
    with_triggers = extended.page("yaowen/b.html")
    _code(extended, "marking.py", MARKED.format(triggers=""))
    extended.published()

    assert extended.page("yaowen/b.html") == with_triggers
    assert 'id="tiao-1"' in with_triggers


@pytest.mark.parametrize(
    ("name", "text", "shown"),
    [
        ("marking.py", MARKED.format(triggers="").replace('"mark"', '"strong"'), "<strong>十二月</strong>"),
        ("words.py", FILTERS.replace("！", "？"), "越明市开展政务公开活动？"),
        ("words.py", "from helper import END\n\ndef loud(text):\n    return text + END\n", "活动。。"),
    ],
)
def test_changed_source_makes_pages_anew_as_a_clean_build_would(
    extended: SiteFixture, tmp_path_factory: pytest.TempPathFactory, name: str, text: str, shown: str
) -> None:
    _code(extended, "helper.py", 'END = "。。"\n')
    extended.published()
    _code(extended, name, text)
    extended.published()

    assert shown in extended.page("yaowen/a.html")
    assert _bytes(extended) == _clean(extended, tmp_path_factory.mktemp("clean") / "copy")


def test_nothing_is_built_again_while_the_source_stays(extended: SiteFixture) -> None:
    extended.published()
    os.utime(extended.root / "extensions/words.py", (1, 1))
    result = extended.build()

    assert (result.written, result.removed) == ([], [])
    assert not list((extended.root / "extensions").rglob("*.pyc"))


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        (
            "Markdown: [meiyou:Marked]",
            "site.yml:10:14: 错误[bad-extension]: 扩展“meiyou:Marked”不能使用：没有找到模块 meiyou\n"
            "  办法：把 .py 文件放进 extensions 文件夹，或安装所需的包；写成“模块:对象”",
        ),
        (
            "Markdown: [marking:Meiyou]",
            "site.yml:10:14: 错误[bad-extension]: 扩展“marking:Meiyou”不能使用：模块里没有 Meiyou\n"
            "  办法：把 .py 文件放进 extensions 文件夹，或安装所需的包；写成“模块:对象”",
        ),
        (
            "Markdown: [broken:Marked]",
            "site.yml:10:14: 错误[bad-extension]: 扩展“broken:Marked”不能使用：ZeroDivisionError: division by zero（broken.py 第 2 行）\n"
            "  办法：把 .py 文件放进 extensions 文件夹，或安装所需的包；写成“模块:对象”",
        ),
        (
            "Markdown: [words:loud]",
            "site.yml:10:14: 错误[bad-extension]: 扩展“words:loud”不能使用：TypeError: loud() missing 1 required positional argument: 'text'\n"
            "  办法：把 .py 文件放进 extensions 文件夹，或安装所需的包；写成“模块:对象”",
        ),
        (
            "Markdown: [yaml:Mark]",
            "site.yml:10:14: 错误[bad-extension]: 扩展“yaml:Mark”不能使用：“yaml”与已安装的模块重名，给自己的文件换一个名字\n"
            "  办法：把 .py 文件放进 extensions 文件夹，或安装所需的包；写成“模块:对象”",
        ),
        (
            "过滤器: {大声: words}",
            "site.yml:10:8: 错误[bad-extension]: 过滤器的名称“大声”不能用在模板里\n"
            "  办法：只用小写英文字母、数字和下划线，例如 wan_yuan\n"
            "site.yml:10:8: 错误[bad-extension]: 扩展“words”不能使用：写法不对，应当是“模块:对象”，例如 biaoji:Biaoji\n"
            "  办法：把 .py 文件放进 extensions 文件夹，或安装所需的包；写成“模块:对象”",
        ),
    ],
)
def test_what_cannot_be_imported_is_named_with_its_place(
    extended: SiteFixture, setting: str, expected: str
) -> None:
    _code(extended, "broken.py", "A = 1\nB = A / 0\n")
    _code(extended, "yaml.py", "class Mark:\n    pass\n")
    extended.configure(SITE_YML + f"扩展:\n  {setting}\n")

    assert extended.check() == expected


def test_an_installed_package_may_be_named(extended: SiteFixture) -> None:
    extended.configure(SITE_YML + "扩展:\n  Markdown: [markdown.extensions.abbr:AbbrExtension]\n")
    extended.write("news/a.md", news("请带 IDC 来。\n\n*[IDC]: 身份证\n"))
    extended.published()

    assert '<abbr title="身份证">IDC</abbr>' in extended.page("yaowen/a.html")


def test_an_extension_that_fails_on_a_body_names_the_file(extended: SiteFixture) -> None:
    code = MARKED.format(triggers="").replace(
        "md.inlinePatterns", "raise ValueError('坏了')\n        md.inlinePatterns"
    )
    _code(extended, "marking.py", code)

    assert [item for item in extended.check().split("\n") if "a.md" in item] == [
        "content/news/a.md:5:1: 错误[extension-failed]: 正文的写法扩展出错：ValueError: 坏了"
    ]


def test_a_filter_that_fails_names_the_template_and_the_page(extended: SiteFixture) -> None:
    _code(extended, "words.py", "def loud(text):\n    raise RuntimeError('坏了')\n")
    result = extended.build()

    assert not result.is_published
    assert {(item.path, item.line, item.code) for item in result.diagnostics} == {
        ("theme/templates/pages/news.html", 1, "template-error")
    }
    assert "过滤器 loud 出错：RuntimeError: 坏了" in result.diagnostics[0].message
    assert "content/news/" in result.diagnostics[0].message
