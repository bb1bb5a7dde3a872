"""Open data: lists of every kind, their schema, the interface of static files, addresses by 索引号."""

from __future__ import annotations

import csv
import io
import json
import shutil
from typing import Any

import pytest

from tests.sites.output import Output
from tests.sites.writing import built
from tests.support import SITE_YML, SiteFixture, news, policy, question

BASE = "https://yueming.example/"
NUMBER = "11330600000000003L/2026-00001"


@pytest.fixture
def site(site: SiteFixture) -> SiteFixture:
    site.configure("数据开放: 逐篇\n" + SITE_YML)
    site.write("policy/yl.md", policy(关键词="[养老, 助餐]"))
    site.write(
        "policy/old.md",
        policy(
            标题="越明市旧办法",
            发布时间="2024-03-02 09:00",
            成文日期="2024-03-01",
            索引号="11330600000000003L/2024-00009",
            发文字号="越政办发〔2024〕3号",
            废止日期="2025-01-01",
            废止依据="越政办发〔2026〕1号",
        ),
    )
    site.write("question/bt.md", question())
    site.write("news/hd.md", news())
    return site


def _json(output: Output, path: str) -> Any:
    return json.loads((output.root / path).read_text(encoding="utf-8"))


def _csv(output: Output, path: str) -> list[dict[str, str]]:
    text = (output.root / path).read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_lists_of_a_kind_are_cut_by_year_and_hold_the_same_in_both_forms(site: SiteFixture) -> None:
    output = built(site)
    index = _json(output, "api/v1/policy/index.json")
    assert [(year["年份"], year["条数"]) for year in index["分年"]] == [("2026", 1), ("2024", 1)]
    (row,) = _json(output, "api/v1/policy/2026.json")
    assert row["编号"] == "policy/yl" and row["网址"] == BASE + "zhengce/yl.html"
    assert row["标题"] == "越明市养老服务办法" and row["发文字号"] == "越政办发〔2026〕1号"
    assert row["关键词"] == ["养老", "助餐"] and row["有效性"] == "现行有效"
    (line,) = _csv(output, "api/v1/policy/2026.csv")
    assert (
        line["关键词"] == "养老；助餐" and line["索引号"] == NUMBER and line["发布时间"] == "2026-11-02 09:00"
    )
    assert _csv(output, "api/v1/policy/2024.csv")[0]["有效性"] == "废止"


def test_switches_of_the_generator_are_not_published(site: SiteFixture) -> None:
    output = built(site)
    (line,) = _csv(output, "api/v1/policy/2026.csv")
    assert not {"草稿", "豁免", "定时发布", "导入", "主站"} & line.keys()
    site.write("news/later.md", news(标题="还没有发布的消息", 草稿="是"))
    site.write("question/inner.md", question(标题="内部问答？", 公开范围="内部"))
    output = built(site)
    for path in output.files:
        if path.startswith("api/"):
            text = (output.root / path).read_text(encoding="utf-8")
            assert "还没有发布" not in text and "内部问答" not in text, path


def test_relations_are_told_from_both_sides(site: SiteFixture) -> None:
    output = built(site)
    (asked,) = _json(output, "api/v1/question/2026.json")
    (basis,) = asked["关系"]
    assert (basis["编号"], basis["网址"]) == ("policy/yl", BASE + "zhengce/yl.html")
    (found,) = _json(output, "api/v1/policy/2026.json")
    assert [other["编号"] for other in found["关系"]] == ["question/bt"]


def test_the_schema_describes_exactly_the_columns(site: SiteFixture) -> None:
    output = built(site)
    package = _json(output, "api/v1/datapackage.json")
    assert package["profile"] == "data-package"
    paths = {resource["path"] for resource in package["resources"]}
    assert {"policy/2026.csv", "policy/2024.csv", "question/2026.csv", "news/2026.csv"} <= paths
    for resource in package["resources"]:
        rows = _csv(output, "api/v1/" + resource["path"])
        columns = {column["name"]: column for column in resource["schema"]["fields"]}
        assert rows and list(rows[0]) == list(columns), resource["name"]
        for row in rows:
            for name, value in row.items():
                constraints = columns[name]["constraints"]
                assert value or not constraints.get("required"), (resource["name"], name)
                assert not value or value in constraints.get("enum", [value]), (name, value)


def test_every_document_has_its_json_with_its_text(site: SiteFixture) -> None:
    output = built(site)
    document = _json(output, "api/v1/policy/doc/yl.json")
    assert document["发文字号"] == "越政办发〔2026〕1号"
    text = "".join(part["文字"] for part in document["正文"])
    assert "为了方便群众" in text
    assert {part["锚点"] for part in document["正文"]} >= {"tiao-1", "tiao-2"}
    assert document["关系"][0]["编号"] == "question/bt"


def test_an_index_number_leads_to_its_document(site: SiteFixture) -> None:
    output = built(site)
    page = (output.root / "id/11330600000000003L-2026-00001.html").read_text(encoding="utf-8")
    assert 'content="0; url=../zhengce/yl.html"' in page and "越明市养老服务办法" in page
    assert "id/11330600" not in (output.root / "sitemap.xml").read_text(encoding="utf-8")


def test_a_project_may_leave_it_at_lists(site: SiteFixture) -> None:
    site.configure(SITE_YML)
    output = built(site)
    paths = list(output.files)
    assert "api/v1/policy/2026.json" in paths
    assert [path for path in paths if "/doc/" in path or path.startswith("id/")] == []
    assert "单篇" not in _json(output, "api/v1/policy/index.json")


def test_the_page_leads_to_every_list(site: SiteFixture) -> None:
    output = built(site)
    linked = {use.path for use in output.pages["sjkf/index.html"].links()}
    lists = {p for p in output.files if p.startswith("api/v1/") and p.count("/") == 3 and "index" not in p}
    assert lists and lists <= linked
    assert {"api/v1/index.json", "api/v1/datapackage.json", "sjkf/yuanshuju.html"} <= linked
    assert "发文字号" in output.pages["sjkf/yuanshuju.html"].text
    assert output.broken() == []


def test_later_builds_write_what_a_first_one_would(site: SiteFixture) -> None:
    site.build()
    site.write("policy/yl.md", policy("第一条　改过的正文。\n"))
    site.build()
    site.write("news/second.md", news(标题="越明市发布第二条消息", 发布时间="2025-11-03 09:00"))
    site.write("policy/yl.md", policy("第一条　改过的正文。\n", 关键词="[社区]"))
    assert site.build().is_published
    later = dict(site.outputs())
    for path in ("api/v1/policy/doc/yl.json", "api/v1/policy/2026.json"):
        assert "社区" in later[path].decode()
    assert "改过的正文" in later["api/v1/policy/doc/yl.json"].decode()

    shutil.rmtree(site.output)
    for state in site.root.glob(".*"):
        if state.is_dir():
            shutil.rmtree(state)
    assert site.build().is_published
    assert dict(site.outputs()) == later
