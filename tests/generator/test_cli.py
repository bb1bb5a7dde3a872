"""The command from outside: exit codes, the forms of its output, and its own words in Chinese."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Callable
from typing import NamedTuple

import pytest

from generator import cli
from tests.support import SITE_YML, SiteFixture, news, section


class Answer(NamedTuple):
    code: int
    out: str
    err: str


Run = Callable[..., Answer]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run ``yangguang`` with some arguments in this process."""

    def call(*arguments: object) -> Answer:
        monkeypatch.setattr(sys, "argv", ["yangguang", *map(str, arguments)])
        try:
            cli.main()
            code = 0
        except SystemExit as stop:
            code = int(stop.code or 0)
        return Answer(code, *capsys.readouterr())

    return call


UNKNOWN_KEY = "content/news/a.md:4:1: 错误[unknown-key]: 不认识的键“来元”\n  办法：您是不是想写“来源”？\n"


def test_done_is_0(run: Run, site: SiteFixture) -> None:
    site.write("news/a.md", news())

    assert run("check", "-C", site.root, "--today", site.today) == (0, "检查通过。\n", "")
    built = run("build", "-C", site.root, "--today", site.today, "--jobs", 1)
    assert (built.code, built.err) == (0, "")
    assert built.out.startswith("生成完毕：共 ")


def test_problems_in_content_are_1_and_leave_the_old_site(run: Run, site: SiteFixture) -> None:
    site.write("news/a.md", news(来元="甲"))

    assert run("check", "-C", site.root, "--today", site.today) == (
        1,
        "",
        UNKNOWN_KEY + "共 1 个错误，0 个警告\n",
    )
    assert run("build", "-C", site.root, "--today", site.today) == (
        1,
        "",
        UNKNOWN_KEY
        + "共 1 个错误，0 个警告\n没有生成网站，原来的网站没有改动。\n先改正上面的错误；运行 yangguang check，可以一次看到全部问题。\n",
    )
    assert not site.output.exists()


def test_warnings_are_0_unless_strict(run: Run, site: SiteFixture) -> None:
    site.write("news/a.md", news(发布时间="2026-11-02"))
    arguments = ("check", "-C", site.root, "--today", site.today)

    assert run(*arguments).code == 0
    assert run(*arguments, "--strict").code == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("buid",), "没有 buid 这个命令。您是不是想写“build”？"),
        (("天",), "没有 天 这个命令。运行 yangguang --help 看全部命令。"),
        (("build", "--strikt"), "没有选项 --strikt。您是不是想写 --strict？"),
        (("check", "-x"), "没有选项 -x。加 --help 看可用的选项。"),
        (
            ("build", "--format", "txt"),
            "--format 不能写 txt。您是不是想写“text”？可选：text、json、sarif、github",
        ),
        (("build", "--format"), "--format 后面要写一个值。加 --help 看用法。"),
        (("check", "--strict=1"), "--strict 后面不写值。加 --help 看用法。"),
        (("build", "-j", "-1"), "--jobs 应是 0 以上的整数，不能写 -1。"),
        (("build", "-j", "x"), "--jobs 应是 0 以上的整数，不能写 x。"),
        (("serve", "--port", "99999"), "--port 应是 0 到 65535 之间的整数，不能写 99999。"),
        (("build", "--today", "2026-02-30"), "“2026-02-30”不是日期，按 YYYY-MM-DD 填写"),
        (("new",), "缺少 类型。加 --help 看用法。"),
        (("import",), "缺少 文件…。加 --help 看用法。"),
        (("import", "nowhere.docx"), "没有找到 nowhere.docx。核对文件名和所在的目录。"),
        (("headers", "iis"), "nginx|caddy|apache|_headers 不能写 iis。可选：nginx、caddy、apache、_headers"),
        (("build", "extra"), "多写了 extra。加 --help 看用法。"),
    ],
)
def test_wrong_usage_is_2_in_chinese(run: Run, arguments: tuple[str, ...], message: str) -> None:
    assert run(*arguments) == (2, "", f"用法错误：{message}\n")


def test_says_that_a_project_is_a_folder(run: Run, site: SiteFixture) -> None:
    file = site.root / "site.yml"

    assert run("check", "-C", file) == (2, "", f"用法错误：--project 应是目录，{file} 是文件。\n")


def test_a_manifest_that_cannot_be_read_is_wrong_usage(run: Run, site: SiteFixture) -> None:
    file = site.root / "site.yml"

    assert run("check", "-C", site.root, "--published", file) == (
        2,
        "",
        f"用法错误：{file} 不存在，或不是 manifest.json\n",
    )


def test_a_defect_of_ours_is_3_without_a_traceback(
    run: Run,
    site: SiteFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def defect(*_: object) -> None:
        raise RuntimeError("坏了")

    monkeypatch.setattr("generator.check.check_project", defect)
    answer = run("check", "-C", site.root)

    assert (answer.code, answer.out) == (3, "")
    assert answer.err.startswith("程序出错（RuntimeError: 坏了）。这是阳光站的缺陷")
    assert "Traceback" not in answer.err


@pytest.mark.parametrize("command", [(), *((name,) for name in cli.cli.commands)])
def test_help_has_no_english_sentence(run: Run, command: tuple[str, ...]) -> None:
    answer = run(*command, "--help")

    assert answer.code == 0
    assert not re.search(r"Show|DIRECTORY|FILE|INTEGER|TEXT|PATH|OPTIONS|\[default|\[required", answer.out)


def test_build_names_the_slowest_files_if_asked(run: Run, site: SiteFixture) -> None:
    site.write("news/a.md", news())
    arguments = ("build", "-C", site.root, "--today", site.today, "--jobs", 1)

    told = run(*arguments, "-v").err
    assert "最慢的文件：" in told
    assert re.search(r"^ +\d\.\d{3} 秒  (读取|转换|生成)  \S+\.(md|html)$", told, re.M)
    site.write("news/a.md", news("改了。\n"))
    assert "最慢" not in run(*arguments).err


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("yangguang bu", "plain,build"),
        ("yangguang new inter", "plain,interpretation"),
        ("yangguang new 政策问", "plain,政策问答"),
        ("yangguang build --st", "plain,--strict"),
        ("yangguang headers ca", "plain,caddy"),
    ],
)
def test_a_shell_completes_commands_options_and_kinds(words: str, expected: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from generator.cli import main; main()"],
        env=os.environ
        | {
            "_YANGGUANG_COMPLETE": "bash_complete",
            "COMP_WORDS": words,
            "COMP_CWORD": str(len(words.split()) - 1),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout.split(), done.stderr) == ([expected], "")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_the_script_of_a_shell(run: Run, shell: str) -> None:
    answer = run("completion", shell)

    assert answer.code == 0
    assert f"_YANGGUANG_COMPLETE={shell}_complete" in answer.out


def test_progress_on_a_terminal_shows_rate_and_remaining_time() -> None:
    program = (
        "import time\nfrom generator.terminal import Meter\n"
        "with Meter(quiet=False) as meter:\n"
        "    for done in range(0, 900, 150):\n"
        "        meter.update('转换', done, 1000)\n"
        "        time.sleep(0.25)\n"
    )
    controller, terminal = pty.openpty()
    env = os.environ | {"TERM": "xterm", "COLUMNS": "100"}
    done = subprocess.run([sys.executable, "-c", program], stderr=terminal, env=env, check=False)
    os.close(terminal)
    shown = b""
    with contextlib.suppress(OSError):  # the other end is closed
        while piece := os.read(controller, 65536):
            shown += piece
    os.close(controller)

    assert done.returncode == 0
    plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown.decode())
    assert re.search(r"750/1000 [0-9,]+ 个/秒 0:00:0[0-9]", plain)


def test_without_a_command_the_help_is_shown(run: Run) -> None:
    answer = run()

    assert answer.code == 2
    assert answer.err.startswith("用法：yangguang 命令 [选项]…")


def test_every_format_is_one_whole_answer(run: Run, site: SiteFixture) -> None:
    # A warning about site.yml and an error in content, which come from different steps.
    real = "".join(
        (
            SITE_YML.replace("演示: 是\n", "").replace('"0000000000"', '"3306000001"'),
            "      电话: 0575-12345678\n      ICP备案号: 浙ICP备00000000号-1\n",
            "      公安备案号: 浙公网安备 33060002000000号\n",
            "      党政机关标识: 0123456789ABCDEF0123456789ABCDEF\n",
        )
    )
    site.configure(real)
    site.write("news/a.md", news(来元="甲"))
    arguments = ("check", "-C", site.root, "--today", site.today, "--format")
    codes = ["domain-suffix", "unknown-key"]

    sarif = run(*arguments, "sarif")
    assert (sarif.code, sarif.err) == (1, "")
    assert [result["ruleId"] for result in json.loads(sarif.out)["runs"][0]["results"]] == codes
    lines = run(*arguments, "json").out.splitlines()
    assert [json.loads(line)["code"] for line in lines] == codes
    github = run(*arguments, "github").out.splitlines()
    assert [line.partition(" ")[0] for line in github] == ["::warning", "::error"]


def test_checks_all_but_shows_only_what_concerns_the_files_named(run: Run, site: SiteFixture) -> None:
    site.write("news/a.md", news(来元="甲"))
    sound = site.write("news/b.md", news())
    arguments = ("check", "-C", site.root, "--today", site.today)

    assert run(*arguments, sound).code == 0
    assert run(*arguments, site.root / "content/news/a.md").err.startswith(UNKNOWN_KEY)


def test_counts_what_is_said_too_often(run: Run, site: SiteFixture) -> None:
    for index in range(9):
        site.write(f"news/a{index}.md", news(发布时间="2026-11-02"))
    arguments = ("check", "-C", site.root, "--today", site.today)

    shown = run(*arguments).err
    assert shown.count("警告[missing-time]: 发布时间") == 3
    assert "另有 6 条同类警告[missing-time]，加 -v 全部显示\n共 0 个错误，9 个警告\n" in shown
    assert run(*arguments, "-v").err.count("警告[missing-time]: 发布时间") == 9


def test_a_template_error_names_template_line_and_content(run: Run, site: SiteFixture) -> None:
    site.configure(SITE_YML + "主题目录: zhuti\n")
    template = site.root / "zhuti/templates/pages/news.html"
    template.parent.mkdir(parents=True)
    site.write("news/a.md", news())
    for text, reason in (
        ("\n{{ nix.da }}", "'nix' is undefined"),
        ("\n{{ 1 + '甲' }}", "unsupported operand type(s) for +: 'int' and 'str'"),
        ("\n{% if %}", "Expected an expression, got 'end of statement block'"),
    ):
        template.write_text(text, encoding="utf-8")
        answer = run("build", "-C", site.root, "--today", site.today, "--jobs", 1)
        assert answer.code == 1
        assert answer.err.startswith(
            "theme/templates/pages/news.html:2: 错误[template-error]: "
            f"模板出错（页面 yaowen/a.html，内容 content/news/a.md）：{reason}\n  办法：改正模板后重新构建\n"
        )


def test_a_broken_theme_file_is_explained(run: Run, site: SiteFixture) -> None:
    site.configure(SITE_YML + "主题目录: zhuti\n")
    (site.root / "zhuti").mkdir()
    (site.root / "zhuti/theme.yml").write_text("css: [", encoding="utf-8")

    assert run("build", "-C", site.root, "--today", site.today) == (
        1,
        "",
        "错误：theme.yml 第 2 行写法有误\n  办法：方括号或花括号没有成对，或少了、多了英文逗号\n",
    )


# --- audit --------------------------------------------------------------------------------------------


def test_an_audit_writes_its_report_beside_the_site_and_says_1_where_a_veto_holds(
    run: Run, site: SiteFixture
) -> None:
    site.write("news/a.md", news())
    assert run("build", "-C", site.root, "--today", site.today, "--jobs", 1, "-q").code == 0
    published = {path for path, _ in site.outputs()}

    answer = run("audit", "-C", site.root, "--today", site.today)

    assert answer.code == 1
    assert "越明市政务公开：触发单项否决 3 项：首页不更新、互动回应差、服务不实用\n" in answer.out
    assert "未检查（不等于合格）：K-02、K-46、K-48、K-49\n" in answer.out
    folder = site.root / ".yangguang-audit"
    assert {path.name for path in folder.iterdir()} == {
        "audit.css",
        "audit.json",
        "index.html",
        "site-portal.html",
    }
    page = (folder / "site-portal.html").read_text(encoding="utf-8")
    assert "没有网上咨询建言渠道" in page and "不得当作合格" in page
    assert not re.search(r"<script|<style|\son\w+=|\sstyle=|https?:", page)
    data = json.loads((folder / "audit.json").read_text(encoding="utf-8"))
    assert {"K-02", "K-46", "K-49"} <= set(data["sites"][0]["unchecked"])
    assert {path for path, _ in site.outputs()} == published


def test_an_audit_says_0_where_no_veto_holds(run: Run, site: SiteFixture) -> None:
    site.write("news/a.md", news("见[热线](https://12345.yueming.example/)。\n"))
    text = "咨询渠道: [{名称: 热线, 网址: https://12345.yueming.example/}]\n"
    text += "不适用: [{指标: K-06, 原因: 没有对外服务职能}]\n阈值: {合格分数: 0, 提交相差天数: 0}\n"
    (site.root / "audit.yml").write_text(text, encoding="utf-8")
    site.write("section/zwyw.md", section(标题="政务要闻", 更新周期="30"))
    site.today = "2026-11-10"
    assert run("build", "-C", site.root, "--today", site.today, "--jobs", 1, "-q").code == 0

    answer = run("audit", "-C", site.root, "--today", site.today, "-o", site.root / "zp", "-q")

    assert (answer.code, answer.out) == (0, "")
    assert (site.root / "zp/index.html").is_file()


def test_an_audit_is_never_written_where_it_would_be_published(run: Run, site: SiteFixture) -> None:
    answer = run("audit", "-C", site.root, "-o", site.output / "zp")

    assert answer.code == 2
    assert answer.err == (
        f"用法错误：自评报告不公开，不能写在网站的输出目录 {site.output} 里；另写一个目录\n"
    )


def test_settings_of_an_audit_that_name_nothing_are_errors_with_their_place(
    run: Run, site: SiteFixture
) -> None:
    text = "门户: [nowhere]\n权重: [{指标: K-99, 总分: 3}]\n阈值: {空白栏目个数: 0}\n"
    (site.root / "audit.yml").write_text(text, encoding="utf-8")

    answer = run("audit", "-C", site.root, "--today", site.today)

    assert answer.code == 1
    assert "audit.yml:1:6: 错误[bad-choice]: 没有“nowhere”这个站点\n  办法：可选：portal\n" in answer.err
    assert "audit.yml:2:11: 错误[bad-choice]: 没有“K-99”这个指标\n" in answer.err
    assert "错误[bad-number]: “空白栏目个数”不能是 0\n" in answer.err
