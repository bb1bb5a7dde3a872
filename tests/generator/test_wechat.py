"""`yangguang wechat`: what an account's editor keeps, the pictures beside it, and what is left to a person."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from lxml import html
from PIL import Image

from generator.cli import cli
from tests.support import SiteFixture, news

KEPT = {
    "section", "p", "h2", "h3", "h4", "ul", "ol", "li", "blockquote", "table", "caption", "thead", "tbody", "tr", "th", "td",
    "strong", "em", "span", "br", "hr",
}  # fmt: skip
BODY = """\
## 一、活动

市民可以到**政务大厅**参加，见[报名须知](https://example.gov.cn/baoming)和[大厅](../page/dating.md)。

- 带身份证
- 不收费 5 < 6

表：时间

| 场次 | 人数 |
| --- | ---: |
| 上午 | 30 |

![大厅里的人在排队](paidui.png)

> 有问题打 12345。
"""


def export(site: SiteFixture, path: str = "content/news/a.md") -> Result:
    return CliRunner().invoke(cli, ["wechat", "-C", str(site.root), path])


@pytest.fixture
def article(site: SiteFixture) -> html.HtmlElement:
    picture = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(picture, "PNG")
    site.write("news/paidui.png", picture.getvalue())
    site.write("news/a.md", news(BODY, 摘要="市民可以参加。"))
    result = export(site)
    assert result.exit_code == 0, result.output
    page = (site.root / ".yangguang-wechat/news-a/index.html").read_text(encoding="utf-8")
    return html.document_fromstring(page)


def test_only_what_the_platform_keeps_is_in_the_article(article: html.HtmlElement) -> None:
    [matter] = article.xpath("//body/section")
    elements = list(matter.iter())
    assert {element.tag for element in elements} <= KEPT
    assert {name for element in elements for name in element.attrib} <= {"style", "colspan", "rowspan"}
    bare = {element.tag for element in elements if not element.get("style")}
    assert bare <= {"section", "thead", "tbody", "tr", "br", "hr"}
    assert not article.xpath("//script | //link | //style | //img | //@onclick")


def test_no_word_is_lost(article: html.HtmlElement) -> None:
    text = "".join(article.xpath("//body/section")[0].text_content().split())
    for words in (
        "一、活动",
        "政务大厅",
        "报名须知",
        "大厅",
        "带身份证",
        "不收费5<6",
        "时间",
        "上午",
        "有问题打12345。",
    ):
        assert words in text
    assert "站外" not in text
    [right] = article.xpath("//td[contains(@style, 'text-align:right')]")
    assert right.text_content() == "30"


def test_pictures_lie_beside_the_page_and_their_places_are_marked(
    article: html.HtmlElement, site: SiteFixture
) -> None:
    assert "【图 1：大厅里的人在排队】" in article.text_content()
    copied = site.root / ".yangguang-wechat/news-a/01-paidui.png"
    assert copied.read_bytes() == (site.root / "content/news/paidui.png").read_bytes()


def test_says_what_to_fill_in_and_where_links_led(article: html.HtmlElement) -> None:
    notes = [
        item.text_content() for item in article.xpath("//h2[text()='要填的']/following-sibling::ul[1]/li")
    ]
    assert "标题：越明市开展政务公开活动" in notes and "摘要：市民可以参加。" in notes
    assert "原文链接：https://yueming.example/yaowen/a.html" in notes
    assert any(note.endswith("https://example.gov.cn/baoming") for note in notes)


INFOGRAPHIC = """\
---
标题: 一图读懂：补贴
摘要: 一张图。
发布时间: 2026-11-02 09:00
解读形式: 图解
解读文件: 越政办发〔2026〕1号
解读单位: 越明市民政局
图解:
  版式: 长卷
  导语: 政府补贴改造费用。
  板块:
    - 标题: 谁能领
      要点: [{名称: 特困供养人员, 说明: 由政府供养的老人}]
    - 标题: 怎么办
      要点: [{名称: 申请, 说明: 到社区}]
---
"""


def test_an_infographic_comes_in_words_with_its_long_picture(site: SiteFixture) -> None:
    site.write("interpretation/tj.md", INFOGRAPHIC)
    before = export(site, "content/interpretation/tj.md")
    assert before.exit_code == 0 and "先运行 yangguang build" in before.output
    drawn = site.output / "jiedu/tj-changtu.png"
    drawn.parent.mkdir(parents=True)
    drawn.write_bytes(b"picture")
    export(site, "content/interpretation/tj.md")
    folder = site.root / ".yangguang-wechat/interpretation-tj"
    assert (folder / "changtu.png").read_bytes() == b"picture"
    page = (folder / "index.html").read_text(encoding="utf-8")
    assert "特困供养人员" in page and "由政府供养的老人" in page


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("content/news/no.md", "没有这个内容文件"),
        ("site.yml", "没有这个内容文件"),
        ("content/power/a.csv", "这不是一篇内容"),
        ("content/news/bad.md", "发布时间"),
    ],
)
def test_what_cannot_be_exported_is_said(site: SiteFixture, path: str, words: str) -> None:
    site.write("power/a.csv", "权力编码\nA\n")
    site.write("news/bad.md", news(发布时间="昨天"))
    result = CliRunner().invoke(cli, ["wechat", "-C", str(site.root), path])
    said = f"{result.output}{result.exception}"
    assert result.exit_code != 0 and words in said
    assert not Path(site.root / ".yangguang-wechat").exists()
