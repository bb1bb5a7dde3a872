"""试算: rules in a guide become a table of all results; scripts only point at its row. Wrong rules are reported."""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest
from playwright.sync_api import Browser

from tests.sites.output import REPOSITORY, Output
from tests.sites.writing import built, guide
from tests.support import SiteFixture, policy

SCRIPT = REPOSITORY / "theme/js/calculator.js"
CHOICES = "[{名称: 家庭, 选项: [低保, 其他]}, {名称: 领过, 选项: [没有, 领过]}]"
RULES = (
    "[{条件: [领过=领过], 结果: 不能再领}, {条件: [家庭＝低保], 比例（%）: 10, 最高: 1200}, {结果: 500 元}]"
)


def calculator(rules: str = RULES, choices: str = CHOICES, figure: str = ", 数字: {名称: 费用}") -> str:
    return guide(
        相关政策="[越政办发〔2026〕1号]", 试算=f"{{依据: 第五条, 问题: {choices}, 规则: {rules}{figure}}}"
    )


def problems(site: SiteFixture, **parts: str) -> str:
    site.write("policy/ylfw.md", policy())
    site.write("service_guide/gljt.md", calculator(**parts))
    return site.check()


def test_all_results_stand_in_a_table_without_scripts(site: SiteFixture) -> None:
    assert problems(site) == ""
    page = built(site).pages["banshi/gljt.html"]
    rows = page.tree.xpath("//section[@id='shisuan']//tbody/tr")
    assert [[" ".join(cell.text_content().split()) for cell in row.xpath("td")] for row in rows] == [
        ["低保", "没有", "费用的 10%，最高 1,200 元"],
        ["低保", "领过", "不能再领"],
        ["其他", "没有", "500 元"],
        ["其他", "领过", "不能再领"],
    ]


@pytest.mark.parametrize(
    ("parts", "code", "words"),
    [
        ({"rules": "[{条件: [家庭=低保], 结果: 有}]"}, "calculator-gap", "其他、没有"),
        ({"rules": "[{结果: 有}, {条件: [家庭=低保], 结果: 无}]"}, "calculator-unreached", "第 2 条"),
        ({"rules": "[{条件: [家庭=特困], 结果: 有}, {结果: 无}]"}, "calculator-condition", "家庭=特困"),
        ({"rules": "[{结果: 有, 比例（%）: 5}]"}, "calculator-result", "第 1 条"),
        ({"rules": "[{比例（%）: 5}]", "figure": ""}, "calculator-result", "没有“数字”"),
    ],
)
def test_wrong_rules_are_reported(site: SiteFixture, parts: dict[str, str], code: str, words: str) -> None:
    text = problems(site, **parts)
    assert f"错误[{code}]" in text and words in text


def test_too_many_answers_are_reported(site: SiteFixture) -> None:
    choices = ", ".join(f"{{名称: 问{number}, 选项: [甲, 乙, 丙, 丁]}}" for number in range(3))
    text = problems(site, choices=f"[{choices}]", rules="[{结果: 有}]")
    assert "错误[calculator-size]" in text


def test_a_share_is_counted_to_the_cent_and_not_above_its_limit() -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("没有 node")
    calls = [[2748, 10, 1200], [30000, 10, 1200], [33.33, 10, None], [0, 10, None]]
    program = (
        f"global.window = {{yangguang: {{modules: {{}}}}}};\n{SCRIPT.read_text(encoding='utf-8')}\n"
        f"console.log(JSON.stringify({json.dumps(calls)}.map(([a, b, c]) =>"
        " window.yangguang.shareOf(a, b, c === null ? undefined : c))));"
    )
    done = subprocess.run([node, "-e", program], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == [274.8, 1200, 3.33, 0]


def test_choosing_points_at_the_row_and_counts_the_share(browser: Browser, city: Output) -> None:
    page = browser.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto((city.root / "banshi/gjjlh.html").as_uri())
    page.get_by_label("上一年度实际缴存额（元）").fill("8,400")
    result = page.locator("#shisuan [role=status]")
    first = result.inner_text()
    page.get_by_label("上一年度实际缴存额（元）").fill("48000")
    limited = result.inner_text()
    page.get_by_label("连续缴存多久").select_option("不满 12 个月")
    none = result.inner_text()
    chosen = page.locator("#shisuan .calculator__row--chosen").inner_text()
    page.close()

    assert first.startswith("840 元") and limited.startswith("1,200 元")
    assert none.startswith("还不能领") and "不满 12 个月" in chosen
    assert errors == []
