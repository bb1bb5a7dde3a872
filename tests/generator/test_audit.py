"""The self-report: each rule over a whole site with a planted fault, on both sides of its boundary."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from generator.audit import INDICATORS, audit_project, load_audit_settings
from generator.audit.report import report_data
from generator.config import load_config
from generator.diagnostics import format_text
from tests.support import SITE_YML, SiteFixture, front, news, policy, question, section

ROOT = Path(__file__).parents[2]
CHANNEL = "https://12345.yueming.example/"
AUDIT_YML = f"""\
咨询渠道:
  - 名称: 12345 热线
    网址: {CHANNEL}
阈值:
  提交相差天数: 0
  合格分数: 0
"""
MESSAGE_HEADINGS = "编号,标题,留言类别,留言时间,留言内容,答复单位,答复时间,答复内容\n"


def days_ago(days: int) -> str:
    return (date(2026, 11, 20) - timedelta(days)).isoformat()


def guide(title: str, *without: str) -> str:
    """Return a service guide with all its key elements but some."""
    fields: dict[str, object] = {
        "标题": title,
        "发布时间": "2026-11-02 09:00",
        "事项类型": "公共服务",
        "实施机关": "越明市民政局",
        "服务对象": "自然人",
        "设定依据": "[{文件: 中华人民共和国老年人权益保障法}]",
        "申请条件": "[年满六十周岁]",
        "办理材料": "[{名称: 居民身份证}]",
        "办理地点": "[{名称: 民生窗口, 地址: 镜湖路 88 号}]",
        "办理时间": "工作日 9:00—17:00",
        "咨询电话": "0575-00000000",
        "办理流程": "[{名称: 申请, 说明: 到窗口提交材料}]",
        "核验日期": "2026-11-02",
    }
    return front({key: value for key, value in fields.items() if key not in without})


POOR = ("设定依据", "申请条件", "办理地点", "办理流程")


class Audited:
    """The report on the first site of a project."""

    def __init__(self, data: dict[str, Any], site: int = 0) -> None:
        self.data = data
        self.site = data["sites"][site]
        self.states = {item["id"]: item["state"] for item in self.site["indicators"]}

    def texts(self, indicator: str, level: str = "") -> list[str]:
        """Return what the report says of an indicator."""
        score = self.site["score"] or {"deducted": []}
        for entry in self.site["veto"]:
            if entry["id"] == indicator:
                return [item["text"] for item in entry["items"] if level in ("", item["level"])]
        for entry in score["deducted"]:
            if entry["id"] == indicator:
                return [item["text"] for item in entry["evidence"]]
        return []

    def points(self, indicator: str) -> float:
        found = [entry["points"] for entry in self.site["score"]["deducted"] if entry["id"] == indicator]
        return float(found[0]) if found else 0


def audited(site: SiteFixture, index: int = 0) -> Audited:
    """Audit a project as it stands."""
    group, problems = load_config(site.root)
    assert group is not None, format_text(problems)
    settings, problems = load_audit_settings(group, INDICATORS)
    assert problems == [], format_text(problems)
    return Audited(report_data(audit_project(group, settings, site.today, 1)), index)


@pytest.fixture
def town(site: SiteFixture) -> Iterator[SiteFixture]:
    """A small site of which no veto holds once it is built."""
    (site.root / "audit.yml").write_text(AUDIT_YML, encoding="utf-8")
    site.write("section/zwyw.md", section(标题="政务要闻"))
    site.write("news/a.md", news(f"有事请到[12345 热线平台]({CHANNEL})提交。\n", 发布时间="2026-11-18 09:00"))
    site.write("policy/a.md", policy())
    site.write("service_guide/a.md", guide("办理老年证"))
    yield site


def test_a_sound_site_has_no_veto_and_lists_what_nobody_checked(town: SiteFixture) -> None:
    assert town.build().is_published

    report = audited(town)

    assert report.data["sound"] is True
    assert report.site["veto"] == []
    assert {"K-02", "K-46", "K-49"} <= set(report.site["unchecked"])
    for indicator in report.site["unchecked"]:
        assert report.states[indicator] == "未检查"
    assert report.site["incomplete"] is False


def test_without_pages_what_depends_on_them_is_unchecked_and_the_report_not_sound(town: SiteFixture) -> None:
    report = audited(town)

    assert report.data["sound"] is False
    assert report.site["incomplete"] is True
    assert {"K-01", "K-03", "K-44", "K-47"} <= set(report.site["unchecked"])
    assert report.states["K-06"] == "未发现问题"


def test_pages_that_are_not_those_of_the_content_are_not_read(town: SiteFixture) -> None:
    assert town.build().is_published
    town.write("news/b.md", news(标题="后来的消息"))

    report = audited(town)

    assert report.states["K-03"] == "未检查"
    assert "不一致" in report.data["pages"]


# --- K-01 ----------------------------------------------------------------------------------------------


def test_secrecy_marks_fail_a_site_with_their_place(town: SiteFixture) -> None:
    town.write("news/b.md", news("本件机密★3年。\n"))

    report = audited(town)

    assert report.states["K-01"] == "不合格"
    [item] = report.site["veto"][0]["items"]
    assert (item["level"], item["place"][:17]) == ("ERROR", "content/news/b.md")


def test_links_to_forbidden_hosts_and_their_parts_fail_a_site(town: SiteFixture) -> None:
    (town.root / "audit.yml").write_text(f"{AUDIT_YML}禁链域名: [bad.example]\n", encoding="utf-8")
    town.write("news/b.md", news("见[甲](https://x.bad.example/a)和[乙](https://notbad.example/)。\n"))
    assert town.build().is_published

    report = audited(town)

    assert set(report.texts("K-01")) == {"链接到禁止链接的域名 x.bad.example"}
    assert report.states["K-01"] == "不合格"


def test_pages_dated_after_today_fail_a_site(town: SiteFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    assert town.build().is_published
    monkeypatch.setattr("generator.audit.run.is_current", lambda group, today: True)
    town.today = "2026-11-17"

    report = audited(town)

    [text] = set(report.texts("K-01", "ERROR"))
    assert text == "网页上的发布时间 2026-11-18 晚于今天 2026-11-17"


@pytest.mark.parametrize(("published", "found"), [("2026-11-15", []), ("2026-11-14", [4])])
def test_publication_days_are_held_against_the_first_commit(
    published: str, found: list[int], town: SiteFixture
) -> None:
    (town.root / "audit.yml").unlink()
    town.write("news/b.md", news(发布时间=f"{published} 09:00"))
    git = ("git", "-C", str(town.root), "-c", "user.name=a", "-c", "user.email=a@example.com")
    subprocess.run([*git, "init", "-q"], check=True)
    subprocess.run([*git, "add", "content/news/b.md"], check=True)
    when = {"GIT_COMMITTER_DATE": "2026-11-18T01:00:00+08:00", "GIT_AUTHOR_DATE": "2026-11-18T01:00:00+08:00"}
    subprocess.run([*git, "commit", "-qm", "a"], check=True, env={**when, "PATH": "/usr/bin:/bin"})

    texts = audited(town).texts("K-01")

    assert texts == [
        f"发布时间 {published} 比第一次提交到 git 的日期 2026-11-18 早 {days} 天" for days in found
    ]


# --- K-03, K-04 ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "state"),
    [
        ("2026-11-28", "未发现问题"),
        ("2026-11-29", "预警"),
        ("2026-12-02", "预警"),
        ("2026-12-03", "不合格"),
    ],
    ids=["10 days", "11 days", "14 days", "15 days"],
)
def test_the_home_page_may_be_a_fortnight_old(today: str, state: str, town: SiteFixture) -> None:
    town.today = today
    assert town.build().is_published

    assert audited(town).states["K-03"] == state


def _notices(site: SiteFixture, count: int, age: int) -> None:
    for number in range(count):
        fields = {"标题": f"公告栏目{number}", "栏目类型": "通知公告", "更新周期": 700}
        site.write(f"section/gg{number}.md", section(**fields))
        day = f"{days_ago(age)} 09:00"
        site.write(f"news/gg{number}.md", news(标题=f"公告之{number}", 栏目=f"gg{number}", 发布时间=day))


@pytest.mark.parametrize(
    ("count", "age", "state"), [(5, 183, "未发现问题"), (4, 184, "预警"), (5, 184, "不合格")]
)
def test_five_top_sections_of_notices_late_fail_a_site(
    count: int, age: int, state: str, town: SiteFixture
) -> None:
    _notices(town, count, age)

    report = audited(town)

    assert report.states["K-04a"] == state
    assert len(report.texts("K-04a")) == (0 if state == "未发现问题" else count)


def test_sections_of_notices_below_others_do_not_count_among_the_top_ones(town: SiteFixture) -> None:
    _notices(town, 5, 184)
    town.write("section/gg0.md", section(标题="公告栏目0", 栏目类型="通知公告", 更新周期=700, 上级="zwyw"))

    assert audited(town).states["K-04a"] == "预警"


@pytest.mark.parametrize(
    ("count", "age", "state"), [(10, 30, "未发现问题"), (9, 31, "预警"), (10, 31, "不合格")]
)
def test_ten_sections_over_their_cycle_fail_a_site(
    count: int, age: int, state: str, town: SiteFixture
) -> None:
    for number in range(count):
        fields = {"标题": f"目录栏目{number}", "栏目类型": "信息公开目录", "更新周期": 30}
        town.write(f"section/ml{number}.md", section(**fields))
        day = f"{days_ago(age)} 09:00"
        town.write(f"news/ml{number}.md", news(标题=f"目录之{number}", 栏目=f"ml{number}", 发布时间=day))

    assert audited(town).states["K-04b"] == state


@pytest.mark.parametrize(("count", "state"), [(2, "未发现问题"), (3, "预警"), (4, "预警"), (5, "不合格")])
def test_five_empty_sections_fail_a_site(count: int, state: str, town: SiteFixture) -> None:
    for number in range(count):
        town.write(f"section/kb{number}.md", section(标题=f"空白栏目{number}"))

    report = audited(town)

    assert report.states["K-04c"] == state
    assert len(report.texts("K-04c")) == count


def test_hidden_sections_are_not_empty_ones_and_have_neither_page_nor_link(town: SiteFixture) -> None:
    for number in range(5):
        town.write(f"section/kb{number}.md", section(标题=f"空白栏目{number}", 无内容时="隐藏", 主导航="是"))
    assert town.build().is_published

    assert audited(town).states["K-04c"] == "未发现问题"
    assert not [path for path, data in town.outputs() if path.startswith("kb") or "空白栏目".encode() in data]


# --- K-05, K-06 ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("age", "state"), [(90, "未检查"), (91, "不合格"), (365, "不合格"), (366, "未检查")])
def test_a_message_of_the_last_year_unanswered_for_91_days_fails_a_site(
    age: int, state: str, town: SiteFixture
) -> None:
    town.write("section/lygk.md", section(标题="留言公开", 栏目类型="互动交流"))
    town.write(
        "message/2026.csv",
        f"{MESSAGE_HEADINGS}ly1,食堂开不开,咨询,{days_ago(age)},开吗？,越明市民政局,,\n"
        f"ly2,门几点开,咨询,{days_ago(200)},几点？,越明市民政局,{days_ago(199)},九点。\n",
    )

    report = audited(town)

    assert report.states["K-05"] == state
    texts = report.texts("K-05")
    assert bool(texts) is (age > 90)
    assert all(text.startswith(f"留言“食堂开不开”（{days_ago(age)}）已有 {age} 天没有答复") for text in texts)


def test_a_site_without_a_channel_on_the_web_fails(town: SiteFixture) -> None:
    (town.root / "audit.yml").write_text("阈值: {提交相差天数: 0}\n", encoding="utf-8")

    report = audited(town)

    assert report.texts("K-05") == ["没有网上咨询建言渠道"]
    assert report.states["K-05"] == "不合格"


def test_a_channel_must_be_linked_from_a_page(town: SiteFixture) -> None:
    town.write("news/a.md", news(发布时间="2026-11-18 09:00"))
    assert town.build().is_published

    assert audited(town).texts("K-05") == ["没有一个网页链接到咨询渠道（12345 热线）"]


@pytest.mark.parametrize(
    ("poor", "whole", "state"),
    [
        (5, 1, "不合格"),
        (4, 2, "预警"),
        (3, 0, "不合格"),
        (2, 1, "预警"),
        (0, 3, "未发现问题"),
        (0, 0, "不合格"),
    ],
)
def test_service_guides_that_lack_four_elements(poor: int, whole: int, state: str, town: SiteFixture) -> None:
    town.remove("service_guide/a.md")
    for number in range(poor + whole):
        missing = POOR if number < poor else ()
        town.write(f"service_guide/g{number}.md", guide(f"事项{number}", *missing))

    report = audited(town)

    assert report.states["K-06"] == state
    if poor:
        assert "“事项0”缺 4 类要素：设定依据、申请条件、办理地点、办理流程" in report.texts("K-06")


def test_three_missing_elements_are_only_warned_of(town: SiteFixture) -> None:
    town.write("service_guide/a.md", guide("办理老年证", *POOR[:3]))

    assert audited(town).states["K-06"] == "预警"


# --- deductions ----------------------------------------------------------------------------------------


def test_wording_costs_points_and_waivers_are_listed_with_their_reason(town: SiteFixture) -> None:
    town.write("news/b.md", news("按照绍政办发[2021]3号执行。\n"))
    waiver = "[{code: document-number-brackets, 原因: 原文如此}]"
    town.write("news/c.md", news("按照绍政办发[2021]3号执行。\n", 标题="另一条消息", 豁免=waiver))

    report = audited(town)

    assert report.points("K-50") == 1
    [item] = report.site["score"]["deducted"][-1]["evidence"]
    assert item["place"].startswith("content/news/b.md:5:") and "〔" in item["remedy"]
    [waived] = report.site["waived"]
    assert (waived["code"], waived["reason"]) == ("document-number-brackets", "原文如此")
    assert waived["place"].startswith("content/news/c.md")


def test_broken_links_cost_a_tenth_each_and_no_more_than_the_total(town: SiteFixture) -> None:
    assert town.build().is_published
    page = town.output / "zwyw/index.html"
    page.write_text(page.read_text("utf-8").replace("</main>", '<a href="no.html">x</a></main>'), "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("generator.audit.run.is_current", lambda group, today: True)
        few = audited(town)
        weights = "权重:\n  - {指标: K-44, 总分: 2, 每处: 7}\n"
        (town.root / "audit.yml").write_text(AUDIT_YML + weights, encoding="utf-8")
        many = audited(town)

    assert few.texts("K-44") == ["链接 no.html 打不开"]
    assert (few.points("K-44"), many.points("K-44")) == (0.1, 2)


def test_a_title_that_the_search_does_not_find_costs_points(town: SiteFixture) -> None:
    assert town.build().is_published
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("generator.audit.run.ask", lambda terminal, query, limit: {"hits": []})
        report = audited(town)

    assert "用标题“越明市养老服务办法”搜索，前十条里没有它" in report.texts("K-45")


def test_indicators_may_not_apply_to_a_site_and_say_why(town: SiteFixture) -> None:
    exempt = "不适用:\n  - {指标: K-06, 站点: portal, 原因: 没有对外服务职能}\n"
    (town.root / "audit.yml").write_text(AUDIT_YML + exempt, encoding="utf-8")
    town.remove("service_guide/a.md")

    report = audited(town)

    found = next(item for item in report.site["indicators"] if item["id"] == "K-06")
    assert (found["state"], found["reason"]) == ("不适用", "没有对外服务职能")


def test_each_site_of_a_group_has_a_report_of_what_it_shows(town: SiteFixture) -> None:
    town.configure(
        SITE_YML
        + """\
  - 代号: minzheng
    名称: 越明市民政局
    域名: yueming.example
    根路径: /minzheng/
    标识码: "0000000000"
    收录: {机构: [越明市民政局]}
    页脚: {主办: 越明市民政局}
"""
    )
    town.write("policy/a.md", policy("按照绍政办发[2021]3号执行。\n"))
    assert town.build().is_published

    portal, bureau = audited(town), audited(town, 1)

    assert portal.points("K-50") == 1
    assert bureau.site["score"] is None
    assert {name[:3] for name in bureau.states} == {"K-0"}
    assert bureau.texts("K-05") == ["没有一个网页链接到咨询渠道（12345 热线）"]


# --- what is late soon ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "days"),
    [("2026-11-25", None), ("2026-11-26", 7), ("2026-12-02", 1), ("2026-12-03", None)],
    ids=["eight days before", "seven days before", "the last day in time", "late"],
)
def test_a_section_is_announced_a_week_before_it_is_late(
    today: str, days: int | None, town: SiteFixture
) -> None:
    town.today = today

    found = [item for item in audited(town).site["upcoming"] if "“政务要闻”" in item["text"]]

    assert [item["days"] for item in found] == ([days] if days else [])


def test_verifications_answers_and_periods_of_validity_are_announced(town: SiteFixture) -> None:
    town.write("section/zcwd.md", section(标题="政策问答", 栏目类型="政务咨询"))
    town.write("question/a.md", question(核验日期="2025-11-21"))
    town.write("section/lygk.md", section(标题="留言公开", 栏目类型="互动交流"))
    row = f"ly1,食堂开不开,咨询,{days_ago(86)},开吗？,越明市民政局,,\n"
    town.write("message/2026.csv", MESSAGE_HEADINGS + row)
    index_number = "11330600000000003L/2026-00002"
    for slug, number, until in (("b", 2, "2027-02-17"), ("c", 3, "2027-02-18")):
        fields = {"标题": f"旧办法{number}", "发文字号": f"越政办发〔2026〕{number}号", "有效期至": until}
        town.write(f"policy/{slug}.md", policy(**fields, 索引号=f"{index_number[:-1]}{number}"))

    upcoming = {item["text"].split("”")[0]: item["days"] for item in audited(town).site["upcoming"]}

    assert upcoming == {"“怎样申请养老补贴？": 2, "“食堂开不开": 5, "“旧办法2": 90}


# --- audit.yml -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"- a\n", "audit.yml:1:1: 错误[wrong-type]: audit.yml 应当是一组“键: 值”"),
        (b"a: [\n", "错误[yaml-broken]"),
        ("阈值: 甲\n".encode("gb18030"), "错误[not-utf8]"),
        ("阀值: {空白栏目个数: 3}\n".encode(), "audit.yml:1:1: 错误[unknown-key]: 不认识的键“阀值”"),
        ("阈值:\n  空白栏目个数: 多\n".encode(), "audit.yml:2:11: 错误[bad-number]"),
        ("不适用:\n  - 指标: K-06\n".encode(), "错误[missing-key]"),
        (b"", ""),
        (b"# nothing\n", ""),
    ],
)
def test_says_what_is_wrong_with_the_settings(data: bytes, expected: str, site: SiteFixture) -> None:
    (site.root / "audit.yml").write_bytes(data)
    group, _ = load_config(site.root)
    assert group is not None

    _, problems = load_audit_settings(group, INDICATORS)

    text = format_text(problems)
    assert expected in text
    assert bool(text) is bool(expected)


def test_the_sample_city_has_what_the_inspection_asks_of_its_content() -> None:
    """概况、领导信息、表格样表、在线征集: nothing is left to find without a network."""
    group, _ = load_config(ROOT)
    assert group is not None
    settings, problems = load_audit_settings(group, INDICATORS)
    assert problems == []
    report = audit_project(group, settings, "2026-11-20", 1)
    city = report.sites[0]
    found = {outcome.id: [finding.text for finding in outcome.findings] for outcome in city.outcomes}
    assert [found[name] for name in ("K-11", "K-13", "K-23", "K-34")] == [[], [], [], []]
