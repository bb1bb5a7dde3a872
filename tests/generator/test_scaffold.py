"""New projects build at once; new documents know what their project has."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from generator.build import BuildOptions, build
from generator.check import check_project
from generator.config import load_config
from generator.diagnostics import EnvironmentProblem, format_text
from generator.kinds import KINDS, RECORD_KINDS
from generator.scaffold import WrongArgument, new_document
from generator.starter import init_project
from tests.support import TODAY, SiteFixture, organisation, policy, section

CODE = "11330600000000003L"
BIN = Path(sys.executable).parent


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project as ``init`` leaves it; tests that change it copy it first."""
    folder = tmp_path_factory.mktemp("started")
    init_project(folder, TODAY)
    return folder


def new(
    site: SiteFixture, kind: str, slug: str | None = None, title: str | None = None, today: str = TODAY
) -> Path:
    group, _ = load_config(site.root)
    assert group is not None
    return new_document(group, kind, slug, title, today)


def value_of(path: Path, key: str) -> str:
    """The value of a key, without its comment; of a list, its entries."""
    lines = path.read_text(encoding="utf-8").splitlines()
    index = next(number for number, line in enumerate(lines) if line.startswith(f"{key}:"))
    value = lines[index].removeprefix(f"{key}:").partition("  #")[0].strip()
    if value:
        return value
    entries = []
    for line in lines[index + 1 :]:
        if not line.startswith("  "):
            break
        entries.append(line.strip().removeprefix("- "))
    return "、".join(entries)


# --- init ------------------------------------------------------------------------------------------


def test_a_new_project_has_nothing_to_complain_about(started: Path) -> None:
    group, problems = load_config(started)
    assert group is not None and not problems
    assert format_text(check_project(group, TODAY, 1)) == ""


def test_a_new_project_shows_a_page_of_every_kind_that_it_has_a_section_for(
    started: Path, tmp_path: Path
) -> None:
    group, _ = load_config(started)
    assert group is not None
    result = build(group, BuildOptions(TODAY, workers=1, output=tmp_path / "public"))
    assert result.is_published, format_text(result.diagnostics)
    sections = {path.stem for path in (started / "content/section").glob("*.md")}
    kinds = [kind for kind in KINDS if kind.name != "section" and kind.section in {"", *sections}]
    assert {"policy", "question", "service_guide", "monthly_record"} <= {kind.name for kind in kinds}
    for kind in kinds:
        (sample,) = (started / "content" / kind.name).glob("*.md")
        page = tmp_path / "public" / kind.url.format(slug=sample.stem)
        assert page.is_file(), kind.name
    for table in (table for table in RECORD_KINDS if table.section in sections):
        listing = (tmp_path / "public" / table.section / "index.html").read_text(encoding="utf-8")
        assert "越明示例商贸有限公司" in listing
    assert "不是政府网站" in (tmp_path / "public" / "index.html").read_text(encoding="utf-8")


def test_a_new_project_is_as_good_on_any_day(tmp_path: Path) -> None:
    for day in ("2027-03-01", "2028-02-29"):
        init_project(tmp_path / day, day)
        group, _ = load_config(tmp_path / day)
        assert group is not None
        assert format_text(check_project(group, day, 1)) == ""


def test_init_overwrites_nothing(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("原有的说明", encoding="utf-8")
    with pytest.raises(EnvironmentProblem, match=r"里已经有 README\.md，没有改动任何文件"):
        init_project(tmp_path, TODAY)
    assert [path.name for path in tmp_path.iterdir()] == ["README.md"]
    assert (tmp_path / "README.md").read_text(encoding="utf-8") == "原有的说明"


def test_git_keeps_the_content_and_checks_it_before_every_commit(tmp_path: Path) -> None:
    """The whole way of a newcomer, with real git and the installed command."""
    environment = {
        **os.environ,
        "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_AUTHOR_NAME": "编辑",
        "GIT_AUTHOR_EMAIL": "a@example.cn",
        "GIT_COMMITTER_NAME": "编辑",
        "GIT_COMMITTER_EMAIL": "a@example.cn",
    }

    def run(*command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, encoding="utf-8"
        )

    assert run("yangguang", "init", "--today", TODAY).returncode == 0
    assert run("yangguang", "build", "--today", TODAY, "--quiet").returncode == 0
    run("git", "init", "--quiet")
    run("git", "config", "core.hooksPath", ".githooks")
    run("git", "add", ".")
    listed = run("git", "ls-files").stdout.splitlines()
    assert "content/policy/yangli.md" in listed and ".githooks/pre-commit" in listed
    assert not [name for name in listed if name.startswith(("public/", ".public"))]
    first = run("git", "commit", "--quiet", "-m", "建站")
    assert first.returncode == 0, first.stderr
    (tmp_path / "content/news/yangli.md").write_text("没有文件信息\n", encoding="utf-8")
    run("git", "add", ".")
    second = run("git", "commit", "--quiet", "-m", "改坏")
    assert second.returncode != 0
    assert "content/news/yangli.md:1:1: 错误[no-front-matter]" in second.stderr


# --- which kind ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["policy", "政策文件", "Policy", " 政策文件 "])
def test_a_kind_may_be_named_in_english_or_chinese(site: SiteFixture, name: str) -> None:
    assert new(site, name, "a").parent.name == "policy"


@pytest.mark.parametrize("name", ["service_guide", "service-guide", "办事指南"])
def test_names_of_two_words_may_have_a_hyphen(site: SiteFixture, name: str) -> None:
    assert new(site, name, "a").parent.name == "service_guide"


@pytest.mark.parametrize(
    ("typed", "meant"), [("polcy", "policy"), ("政策问达", "政策问答"), ("penality", "penalty")]
)
def test_proposes_the_kind_that_was_meant(site: SiteFixture, typed: str, meant: str) -> None:
    with pytest.raises(WrongArgument) as error:
        new(site, typed)
    assert error.value.message.startswith(
        f"没有“{typed}”这类内容。您是不是想写“{meant}”？可用的类型：栏目（section）、"
    )


def test_a_wrong_kind_is_wrong_usage(site: SiteFixture) -> None:
    done = subprocess.run(
        [BIN / "yangguang", "new", "-C", str(site.root), "zhengce"],
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 2
    assert done.stderr.startswith("用法错误：没有“zhengce”这类内容。可用的类型：")


# --- slugs -----------------------------------------------------------------------------------------


def test_proposes_a_slug_in_pinyin_and_never_the_same_twice(site: SiteFixture) -> None:
    assert new(site, "news", title="越明市召开会议").name == "ymszkhy.md"
    assert new(site, "news", title="越明市召开会议").name == "ymszkhy-2.md"


def test_without_a_title_the_day_is_the_slug(site: SiteFixture) -> None:
    assert [new(site, "news").name for _ in range(2)] == ["20261120.md", "20261120-2.md"]


def test_a_proposed_slug_is_one_that_windows_can_hold(site: SiteFixture) -> None:
    assert new(site, "news", title="次哦呢").name == "wj-con.md"


@pytest.mark.parametrize("slug", ["Zcwj", "政策", "a_b", "a--b", "../a", "con", ""])
def test_refuses_a_slug_that_is_no_address(site: SiteFixture, slug: str) -> None:
    with pytest.raises(WrongArgument, match="不能用作网址：只用小写英文字母、数字和连字符"):
        new(site, "news", slug)


@pytest.mark.parametrize("taken", ["news/a.md", "news/2026/a.md", "news/a/index.md", "news/a.yml"])
def test_refuses_a_slug_that_is_taken_wherever_the_file_lies(site: SiteFixture, taken: str) -> None:
    site.write(taken, "这个文件连文件信息也没有\n")
    with pytest.raises(WrongArgument, match="要闻里已经有代号“a”"):
        new(site, "news", "a")


def test_a_table_is_never_overwritten(site: SiteFixture) -> None:
    path = new(site, "penalty", "a")
    path.write_text("表头\n", encoding="utf-8")
    with pytest.raises(WrongArgument, match="已经存在：直接在表里加行"):
        new(site, "penalty", "a")
    assert path.read_text(encoding="utf-8") == "表头\n"


# --- index numbers ---------------------------------------------------------------------------------


@pytest.fixture
def office(site: SiteFixture) -> SiteFixture:
    """A project whose only organisation has a credit code."""
    site.remove("organisation/mzj.md")
    site.write(
        "organisation/bgs.md",
        organisation("越明市人民政府办公室", 机构类别="政府办公室", 统一社会信用代码=CODE),
    )
    return site


def test_the_first_index_number_begins_with_the_code_of_the_organisation(office: SiteFixture) -> None:
    assert value_of(new(office, "policy", "a"), "索引号") == f"{CODE}/2026-00001"


def test_the_next_index_number_follows_the_largest(office: SiteFixture) -> None:
    for slug, serial in (("a", "00007"), ("b", "00012"), ("c", "00003")):
        office.write(f"policy/{slug}.md", policy(索引号=f"{CODE}/2026-{serial}", 发文字号=None))
    assert value_of(new(office, "policy", "d"), "索引号") == f"{CODE}/2026-00013"
    assert value_of(new(office, "policy", "e"), "索引号") == f"{CODE}/2026-00014"


def test_a_new_year_begins_a_new_series_of_the_same_width(office: SiteFixture) -> None:
    office.write("policy/a.md", policy(索引号=f"{CODE}/2026-227934", 发文字号=None))
    assert value_of(new(office, "policy", "b"), "索引号") == f"{CODE}/2026-227935"
    assert value_of(new(office, "policy", "c", today="2027-01-04"), "索引号") == f"{CODE}/2027-000001"


def test_the_series_of_other_organisations_do_not_count(office: SiteFixture) -> None:
    office.write("organisation/mzj.md", organisation("越明市民政局", 机构类别="市政府部门"))
    for slug in ("a", "b"):
        office.write(f"policy/{slug}.md", policy(索引号=f"{CODE}/2026-0000{ord(slug) - 96}", 发文字号=None))
    office.write("policy/c.md", policy(发文机关="越明市民政局", 索引号="000014349/2026-00900", 发文字号=None))
    assert value_of(new(office, "policy", "d"), "索引号") == f"{CODE}/2026-00003"


# --- what a document refers to ---------------------------------------------------------------------


def test_takes_the_organisation_that_issues_most_of_the_kind(office: SiteFixture) -> None:
    office.write("organisation/mzj.md", organisation("越明市民政局", 机构类别="市政府部门"))
    assert value_of(new(office, "notice", "a"), "发布机构") == "越明市人民政府办公室"
    for slug in ("b", "c"):
        new(office, "notice", slug)
        path = office.root / f"content/notice/{slug}.md"
        path.write_text(
            path.read_text(encoding="utf-8").replace("越明市人民政府办公室", "越明市民政局"), encoding="utf-8"
        )
    assert value_of(new(office, "notice", "d"), "发布机构") == "越明市民政局"


def test_a_superior_organisation_is_not_proposed(site: SiteFixture) -> None:
    site.write("organisation/zzz.md", organisation("越明市数据局", 机构类别="市政府部门"))
    assert value_of(new(site, "notice", "a"), "发布机构") == "越明市数据局"


def test_refers_to_the_newest_policy_that_is_published(site: SiteFixture) -> None:
    for slug, number, published, more in (
        ("a", "越政办发〔2026〕1号", "2026-10-01 09:00", {}),
        ("b", "越政办发〔2026〕2号", "2026-11-02 09:00", {}),
        ("c", "越政办发〔2026〕3号", "2026-11-10 09:00", {"草稿": "是"}),
        ("d", "越政办发〔2026〕4号", "2026-12-01 09:00", {"定时发布": "是"}),
    ):
        site.write(
            f"policy/{slug}.md",
            policy(
                发文字号=number,
                发布时间=published,
                成文日期="2026-09-01",
                索引号=f"{CODE}/2026-0000{number[-2]}",
                **more,
            ),
        )
    assert value_of(new(site, "interpretation", "a"), "解读文件") == "越政办发〔2026〕2号"
    assert value_of(new(site, "question", "a"), "依据") == "文件: 越政办发〔2026〕2号"


def test_uses_the_section_of_its_like_where_the_usual_one_is_missing(site: SiteFixture) -> None:
    site.remove("section/zwyw.md")
    assert "# 站里还没有栏目“zwyw”：先运行 yangguang new 栏目 zwyw" in new(site, "news", "a").read_text(
        encoding="utf-8"
    )
    site.remove("news/a.md")
    site.write("section/dongtai.md", section())
    new(site, "news", "b")
    path = site.root / "content/news/b.md"
    path.write_text(
        path.read_text(encoding="utf-8").replace("# 栏目:", "栏目:").replace("#   - zwyw", "  - dongtai"),
        encoding="utf-8",
    )
    assert value_of(new(site, "news", "c"), "栏目") == "dongtai"


def test_dates_are_told_from_today(site: SiteFixture) -> None:
    path = new(site, "consultation", "a", today="2027-02-01")
    assert value_of(path, "发布时间") == "2027-02-01 09:00"
    assert (value_of(path, "开始日期"), value_of(path, "截止日期")) == ("2027-02-01", "2027-03-03")
    record = new(site, "monthly_record", "a", today="2027-02-01")
    assert value_of(record, "月份") == "2027-01"
    assert "2027年1月29日" in new(site, "policy", "a", today="2027-02-01").read_text(encoding="utf-8")
