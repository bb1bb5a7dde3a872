"""Subscriptions, the search box for other sites, the icon on home screens, advanced search."""

from __future__ import annotations

import json
from html import unescape
from urllib.parse import urljoin

import pytest
from lxml import html
from PIL import Image

from tests.sites.output import Output
from tests.sites.writing import built
from tests.support import SiteFixture, news, policy


@pytest.fixture
def output(site: SiteFixture) -> Output:
    site.write("policy/yl.md", policy())
    site.write("policy/old.md", policy(发布时间="2024-03-02 09:00", 成文日期="2024-03-01", 索引号="11330600000000003L/2024-00009", 发文字号="越政办发〔2024〕3号", 标题="越明市旧办法", 有效期至="2025-01-01"))  # fmt: skip
    site.write("news/hd.md", news())
    return built(site)


def test_every_feed_is_offered_on_one_page(output: Output) -> None:
    linked = {use.path for use in output.pages["dingyue.html"].links()}
    feeds = {path for path in output.files if path.endswith(("feed.xml", "feed.json"))}
    assert len(feeds) >= 6 and feeds <= linked
    assert output.broken() == []


def test_the_box_to_embed_is_a_form_that_reaches_the_search_page(output: Output) -> None:
    code = output.pages["qianru.html"].tree.xpath("string(//main//pre)")
    form = html.fragment_fromstring(unescape(code))
    assert form.get("action") == "https://yueming.example/search.html" and form.get("method") == "get"
    assert form.xpath(".//input/@name") == ["q"] and form.xpath(".//label//input")
    assert "<script" not in code and "style" not in code


def test_a_home_screen_can_open_the_site(output: Output) -> None:
    home = output.pages["index.html"].tree
    (link,) = home.xpath("//link[@rel='manifest']/@href")
    manifest = json.loads((output.root / link).read_text(encoding="utf-8"))
    assert manifest["name"] == "越明市政务公开" and manifest["lang"] == "zh-CN"
    for address in (manifest["start_url"], *(icon["src"] for icon in manifest["icons"])):
        assert (output.root / urljoin(link, address)).is_file()
    drawn = {icon["sizes"]: output.root / urljoin(link, icon["src"]) for icon in manifest["icons"]}
    for size in (192, 512):
        with Image.open(drawn[f"{size}x{size}"]) as picture:
            assert picture.size == (size, size)
    assert "any" in drawn


def test_advanced_search_asks_the_search_page_in_its_own_words(output: Output) -> None:
    (form,) = output.pages["gaoji.html"].tree.xpath("//main//form")
    assert form.get("action") == "search.html" and form.get("method") == "get"
    options = {select.get("name"): select.xpath("./option/@value") for select in form.xpath(".//select")}
    assert set(options["kind"]) == {"", "政策文件", "要闻"}
    assert options["issuer"] == ["", "越明市人民政府办公室"]
    assert options["year"] == ["", "2026", "2024"]
    assert options["validity"] == ["", "现行有效", "已失效"]
    for field in form.xpath(".//select | .//input"):
        assert form.xpath(f".//label[@for='{field.get('id')}']"), field.get("name")
    assert "gaoji.html" in {use.path for use in output.pages["search.html"].links()}
