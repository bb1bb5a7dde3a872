"""``yangguang search``: the published search, asked from a terminal."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import NamedTuple

import pytest

from generator import cli
from tests.support import SITE_YML, SiteFixture, news, policy


class Answer(NamedTuple):
    code: int
    out: str
    err: str


Search = Callable[..., Answer]


@pytest.fixture
def search(site: SiteFixture, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Search:
    """Run ``yangguang search`` in the project."""

    def call(*arguments: object) -> Answer:
        monkeypatch.setattr(sys, "argv", ["yangguang", "search", "-C", *map(str, (site.root, *arguments))])
        try:
            cli.main()
            code = 0
        except SystemExit as stop:
            code = int(stop.code or 0)
        return Answer(code, *capsys.readouterr())

    return call


def write(site: SiteFixture) -> None:
    site.write(
        "policy/a.md",
        policy("第一条　八十周岁以上老人每月领取高龄津贴。\n\n第二条　本办法自公布之日起施行。\n"),
    )
    site.write("news/b.md", news("镜湖大桥今天通车。\n", 标题="镜湖大桥通车"))


LAYOUTS = {"分片": SITE_YML, "打包": SITE_YML + "    搜索: {布局: 打包}\n"}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_shows_rank_title_place_kind_date_and_snippet(site: SiteFixture, search: Search, layout: str) -> None:
    site.configure(LAYOUTS[layout])
    write(site)
    site.published()

    answer = search("领取高龄津贴")

    assert (answer.code, answer.err) == (0, "")
    head, _, title, place, facts, snippet = answer.out.splitlines()
    assert head == "“领取高龄津贴”：找到 1 条"
    assert title == "  1. 越明市养老服务办法"
    path, _, anchor = place.strip().partition("#")
    assert f'id="{anchor}"' in site.page(path)
    assert [*facts.strip().split(" · ")[1:4]] == ["2026-11-02", "越政办发〔2026〕1号", "现行有效"]
    assert "每月领取高龄津贴" in snippet


def test_json_is_what_the_browser_is_told(site: SiteFixture, search: Search) -> None:
    write(site)
    site.published()

    answer = json.loads(search("--json", "--limit", 1, "越明市").out)

    assert answer["total"] >= 1
    assert [sorted(hit.keys() & {"id", "url", "title"}) for hit in answer["hits"]] == [["id", "title", "url"]]


def test_lists_real_queries_that_find_nothing(site: SiteFixture, search: Search) -> None:
    write(site)
    site.published()
    queries = site.root / "热词.txt"
    queries.write_bytes("\ufeff# 十一月\n高龄津贴\n火星移民\n\n火星移民\n".encode())

    assert search("--queries", queries) == (0, "火星移民\n共 1 个查询没有结果。\n", "")


def test_nothing_found_is_said(site: SiteFixture, search: Search) -> None:
    write(site)
    site.published()

    assert search("鲲鹏") == (0, "“鲲鹏”：没有逐字相符的内容\n换个说法再查\n", "")


def test_an_unbuilt_site_is_told_from_an_empty_answer(site: SiteFixture, search: Search) -> None:
    answer = search("高龄津贴")

    assert (answer.code, answer.out) == (1, "")
    assert answer.err.startswith("错误：还没有生成“越明市政务公开”的搜索索引")
    assert answer.err.endswith("办法：先运行 yangguang build，再查\n")


def test_a_damaged_index_is_told(site: SiteFixture, search: Search) -> None:
    write(site)
    site.published()
    index = site.output / "search/m.bin"
    data = index.read_bytes()
    index.unlink()  # the file may be a hard link
    index.write_bytes(data[:-9])

    answer = search("高龄津贴")

    assert answer.code == 1
    assert answer.err.startswith("错误：搜索索引读不出来")


def test_wrong_usage_is_2(site: SiteFixture, search: Search) -> None:
    assert search().code == 2
    site.write("news/b.md", news())
    wrong = search("--site", "portl", "通车")
    assert (wrong.code, wrong.err) == (1, "错误：没有代号为“portl”的站点\n  办法：您是不是想写“portal”？\n")
