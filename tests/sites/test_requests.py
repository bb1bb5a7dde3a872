"""Disclosure on request: a form that cannot send anything, and time limits over holidays."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.sites.output import Output
from tests.sites.writing import built
from tests.support import SiteFixture, section

HOLIDAYS = """\
2026:
  依据: 国办发明电〔2025〕7号
  放假:
    - 2026-09-25 至 2026-09-27
    - 2026-10-01 至 2026-10-07
  上班: [2026-09-20, 2026-10-10]
"""
SCRIPT = Path(__file__).parents[2] / "theme/js/requests.js"


@pytest.fixture
def output(site: SiteFixture) -> Output:
    site.today = "2026-09-18"
    site.write("holidays.yml", HOLIDAYS)
    site.write(
        "section/zfxxgk-ysq.md",
        section(标题="依申请公开", 栏目类型="依申请公开", 无内容时="说明", 空白说明="见申请表"),
    )
    return built(site)


def rows(output: Output) -> dict[str, list[str]]:
    found = output.pages["zfxxgk-ysq/qixian.html"].tree.xpath("//section[@id='qixian']//tbody/tr")
    cells = [[cell.xpath("string(span[last()])") for cell in row.xpath("td")] for row in found]
    return {row[0]: row[1:] for row in cells}


def test_time_limits_skip_holidays_and_count_weekends_worked(output: Output) -> None:
    """From 18 September: the Sunday 20 is worked, 25 and 1 to 7 October are not, the Saturday 10 is."""
    shown = rows(output)

    assert shown["2026年9月18日"] == ["2026年9月29日", "2026年10月22日", "2026年11月19日"]
    assert len(shown) == 21


def test_a_year_whose_holidays_are_not_published_is_said_and_not_guessed(site: SiteFixture) -> None:
    site.today = "2026-12-25"
    site.write("holidays.yml", HOLIDAYS)
    site.write(
        "section/zfxxgk-ysq.md",
        section(标题="依申请公开", 栏目类型="依申请公开", 无内容时="说明", 空白说明="见申请表"),
    )

    assert rows(built(site))["2026年12月25日"] == ["2027 年放假安排尚未公布"] * 3


def test_the_form_has_nothing_that_could_send_or_remember(output: Output) -> None:
    tree = output.pages["zfxxgk-ysq/biao.html"].tree
    paper = tree.xpath("//div[@data-module='request-form']")[0]

    assert not paper.xpath(
        "ancestor::form | .//form | .//button | .//input[@type='submit' or @type='hidden']"
    )
    fields = paper.xpath(".//input | .//textarea")
    assert len(fields) > 15
    written = [field for field in fields if field.get("type") not in ("checkbox", "radio")]
    purposes = {field.get("id"): field.get("autocomplete") for field in written}
    # What readers have often typed says its purpose (WCAG 1.3.5); nothing else is remembered.
    assert {name: purpose for name, purpose in purposes.items() if purpose != "off"} == {
        "xingming": "name",
        "lianxiren": "name",
        "dianhua": "tel",
        "youbian": "postal-code",
        "youxiang": "email",
        "dizhi": "address-line1",
    }
    labelled = set(paper.xpath(".//label/@for"))
    assert {field.get("id") for field in fields} == labelled
    assert not [
        field
        for field in fields
        if "证件号码" in "".join(paper.xpath(f".//label[@for='{field.get('id')}']/text()"))
    ]
    assert "不收取、不保存、不发送" in tree.xpath("string(//main)")


@pytest.mark.skipif(not shutil.which("node"), reason="node is not installed")
def test_the_script_counts_as_the_table_does() -> None:
    program = (
        "global.window = { yangguang: { modules: {} } };"
        f"require({json.dumps(str(SCRIPT))});"
        "const calendar = {years: ['2026'], holidays: ['2026-09-25','2026-09-26','2026-09-27','2026-10-01',"
        "'2026-10-02','2026-10-03','2026-10-04','2026-10-05','2026-10-06','2026-10-07'],"
        "worked: ['2026-09-20','2026-10-10']};"
        "const last = window.yangguang.lastWorkingDay;"
        "console.log(JSON.stringify([7, 20, 40].map(n => last('2026-09-18', n, calendar))"
        ".concat(last('2026-12-25', 7, calendar))));"
    )
    done = subprocess.run(["node", "-e", program], capture_output=True, text=True, check=True)

    assert json.loads(done.stdout) == [
        {"day": "2026-09-29"},
        {"day": "2026-10-22"},
        {"day": "2026-11-19"},
        {"unknown": "2027"},
    ]


def test_a_new_arrangement_reaches_the_page_of_a_build_that_knows_the_last_one(site: SiteFixture) -> None:
    site.today = "2026-12-25"
    site.write("holidays.yml", HOLIDAYS)
    site.write(
        "section/zfxxgk-ysq.md",
        section(标题="依申请公开", 栏目类型="依申请公开", 无内容时="说明", 空白说明="见申请表"),
    )
    built(site)
    # Invented, as no arrangement of 2027 had been published when this was written.
    site.write("holidays.yml", HOLIDAYS + "2027:\n  依据: 示例\n  放假: [2027-01-01]\n")

    assert rows(built(site))["2026年12月25日"][0] == "2027年1月6日"
