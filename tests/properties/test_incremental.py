"""After any series of edits, an incremental build equals a clean one, byte for byte (STYLE §5)."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.build import BuildOptions, BuildResult, BuildState, build
from generator.config import load_config
from tests.sites.writing import consultation, guide, interpretation
from tests.support import SITE_YML, SiteFixture, news, policy, question

SLUGS = ("a", "b", "c")
PNG = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\0\0\0\0:~\x9bU\0\0\0\nIDATx\x9cc`\0\0\0\2\0\1H\xaf\xa4q"
    b"\0\0\0\0IEND\xaeB`\x82"
)
BODIES = (
    "第一条　为了方便群众，制定本办法。\n\n第二条　本办法自公布之日起施行。\n",
    "第一条　依据[[越政办发〔2026〕1号]]制定。\n\n第二条　见[说明](https://fuwu.example.com/x)。\n",
    "第一条　依据[[越政办发〔2026〕2号#第一条]]制定。\n\n第二条　按《越明市甲办法》执行。\n",
    "第一条　见图。\n\n![流程](tu.png)\n\n第二条　见[表](b.csv)。\n",
)
TITLES = ("越明市甲办法", "越明市乙办法", "越明市丙办法")
TODAYS = ("2026-11-20", "2026-11-21", "2026-12-31", "2027-01-01")


class Project:
    """A small site and the moves that an editor may make; some leave it invalid for a while."""

    def __init__(self, root: Path) -> None:
        self.site = SiteFixture(root)
        self.page_size = 5
        self.options = ""
        self.configure()
        for index, slug in enumerate(SLUGS):
            self.policy(slug, index, (0, 1, 3)[index], "")
            self.site.write(f"policy/{slug}.csv", f"序号,名称\n1,{slug}\n")
        for index in range(11):
            self.site.write(f"news/n{index}.md", self._news(index))
        self.site.write("policy/tu.png", PNG)
        self.site.write("interpretation/jd.md", interpretation("越政办发〔2026〕1号"))
        self.site.write("question/wd.md", question())
        self.site.write("service_guide/gljt.md", guide(相关政策="[越政办发〔2026〕1号]"))
        self.site.write("consultation/yl.md", consultation())

    def configure(self) -> None:
        self.site.configure(
            f"{SITE_YML}主题目录: zhuti\n规则数值: {{每页条数: {self.page_size}}}\n{self.options}"
        )

    @staticmethod
    def _news(index: int) -> str:
        return news(标题=f"第{index}条消息", 发布时间=f"2026-11-{index + 1:02d} 09:00")

    def policy(self, slug: str, title: int, body: int, more: str) -> None:
        number = SLUGS.index(slug) + 1
        extra: dict[str, object] = {"附件": f"[{{名称: 表格, 文件: {slug}.csv}}]"}
        if more:
            key, _, value = more.partition("=")
            extra[key] = value
        self.site.write(
            f"policy/{slug}.md",
            policy(
                BODIES[body],
                标题=TITLES[title],
                发文字号=f"越政办发〔2026〕{number}号",
                索引号=f"113306000000000030/2026-0000{number}",
                **extra,
            ),
        )

    def rename(self, old: str, new: str) -> None:
        folder = self.site.root / "content/policy"
        if (folder / f"{old}.md").is_file():
            (folder / f"{old}.md").replace(folder / f"{new}.md")

    def delete(self, path: str) -> None:
        (self.site.root / "content" / path).unlink(missing_ok=True)

    def touch(self, path: str) -> None:
        file = self.site.root / "content" / path
        if file.is_file():
            facts = file.stat()
            os.utime(file, ns=(facts.st_atime_ns, facts.st_mtime_ns + 1_000_000_000))

    def theme(self, path: str, text: str | None) -> None:
        file = self.site.root / "zhuti" / path
        if text is None:
            file.unlink(missing_ok=True)
        else:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")

    def configured(self, options: str, page_size: int) -> None:
        self.options, self.page_size = options, page_size
        self.configure()

    def lose_output(self, share: int) -> None:
        """Delete every ``share``-th file of the output, as a careless hand might."""
        files = sorted(path for path in self.site.output.rglob("*") if path.is_file())
        for file in files[::share]:
            file.unlink()

    def at(self, today: str) -> None:
        self.site.today = today

    def build(self, output: Path, state: BuildState | None) -> BuildResult | list[str]:
        group, problems = load_config(self.site.root)
        if group is None:
            return [item.text() for item in problems]
        return build(group, BuildOptions(self.site.today, workers=1, output=output), state)


Move = Callable[[Project], None]
slugs = st.sampled_from(SLUGS)


def _move(
    name: str, *arguments: st.SearchStrategy[object]
) -> st.SearchStrategy[tuple[str, tuple[object, ...]]]:
    return st.tuples(st.just(name), st.tuples(*arguments))


MOVES = st.one_of(
    _move(
        "policy",
        slugs,
        st.integers(0, len(TITLES) - 1),
        st.integers(0, len(BODIES) - 1),
        st.sampled_from(
            ["", "废止=[越政办发〔2026〕2号]", "修改=[越政办发〔2026〕1号]", "有效期至=2026-11-20", "施行日期=2027-01-01", "草稿=是", "旧网址=[lao/x.html]"]
        ),
    ),
    _move("rename", slugs, st.sampled_from((*SLUGS, "d"))),
    _move("delete", st.sampled_from(["policy/a.md", "policy/c.md", "policy/a.csv", "policy/tu.png", "interpretation/jd.md", "question/wd.md", "news/n1.md"])),
    _move("touch", st.sampled_from(["policy/a.md", "policy/b.csv", "news/n0.md"])),
    _move("at", st.sampled_from(TODAYS)),
    _move("configured", st.sampled_from(["", "本集约平台域名: [fuwu.example.com]\n", "演示说明: 另一句说明，不是政府网站\n"]), st.integers(5, 7)),
    _move("lose_output", st.integers(2, 9)),
    _move(
        "theme",
        st.sampled_from(["components/banner/banner.html", "components/badge/badge.html"]),
        st.sampled_from([None, "{% macro banner(banner) %}<p>{{ banner.statement }}</p>{% endmacro %}{% macro badge(badge) %}<b>{{ badge.label }}</b>{% endmacro %}", "{% macro banner(banner) %}<div></div>{% endmacro %}{% macro badge(badge) %}<i>{{ badge.label }}</i>{% endmacro %}"]),
    ),
    _move("theme", st.sampled_from(["css/tokens.css", "sites/portal/css/base.css", "images/icons/mark.svg"]), st.sampled_from([None, "/* eins */", "/* zwei */"])),
)  # fmt: skip
WRITES = st.one_of(
    st.tuples(st.just("policy/b.csv"), st.sampled_from(["序号,名称\n1,乙\n", "序号,名称\n2,丙\n", "序号,名称\n2,丙\n3,丁\n"])),
    st.tuples(st.just("news/n4.md"), st.sampled_from([Project._news(4), Project._news(12)])),
    st.tuples(st.just("interpretation/jd.md"), st.sampled_from(["越政办发〔2026〕1号", "越政办发〔2026〕2号"]).map(interpretation)),
    st.tuples(
        st.just("penalty/2026.csv"),
        st.sampled_from(["2026-11-20", "2027-06-01"]).map(
            lambda until: "行政相对人名称,行政相对人类别,行政处罚决定书文号,违法行为类型,违法事实,处罚依据,处罚类别,处罚内容,处罚决定日期,公示截止期,处罚机关\n"
            f"张*,自然人,越市监罚〔2026〕1号,未明码标价,未明码标价。,《价格法》第四十二条,罚款,罚款 500 元,2026-01-02,{until},越明市民政局\n"
        ),
    ),
)  # fmt: skip


def _outputs(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def _told(result: BuildResult | list[str]) -> tuple[bool, list[str]]:
    if isinstance(result, list):
        return False, result
    return result.is_published, [item.text() for item in result.diagnostics]


def _compare(moves: list[tuple[str, object]], is_one_process: bool) -> None:
    """Build after every move, from what the last build left and from nothing; ``serve`` is the one process."""
    with tempfile.TemporaryDirectory() as folder:
        project = Project(Path(folder))
        kept = BuildState() if is_one_process else None
        output = project.site.output
        assert _told(project.build(output, kept))[0]
        for name, arguments in moves:
            if isinstance(arguments, tuple):
                getattr(project, name)(*arguments)
            else:
                project.site.write(name, str(arguments))
            before = _outputs(output)
            told = _told(project.build(output, kept))
            clean = Path(folder) / "clean"
            assert _told(project.build(clean, None)) == told
            if told[0]:
                assert _outputs(output) == _outputs(clean)
            else:
                assert _outputs(output) == before
            shutil.rmtree(clean, ignore_errors=True)
            shutil.rmtree(Path(folder) / ".clean.yangguang")


HISTORIES = st.lists(st.one_of(MOVES, WRITES), min_size=1, max_size=6)
SLOW = [HealthCheck.too_slow]


@settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=SLOW)
@given(moves=HISTORIES, is_one_process=st.booleans())
def test_incremental_equals_clean_after_any_edits(
    moves: list[tuple[str, object]], is_one_process: bool
) -> None:
    _compare(moves, is_one_process)


#: Where the last composition is taken over whole, in part, and not at all, one after the other.
CHOSEN: list[list[tuple[str, object]]] = [
    [
        ("policy", ("a", 0, 1, "")),
        ("policy", ("a", 0, 0, "")),
        ("policy", ("a", 0, 3, "")),
        ("policy", ("b", 1, 0, "")),
        ("lose_output", (3,)),
        ("policy", ("a", 0, 0, "")),
    ],
    [
        ("news/n12.md", Project._news(11)),
        ("policy", ("a", 0, 2, "")),
        ("news/n12.md", Project._news(3)),
        ("touch", ("policy/a.md",)),
        ("delete", ("news/n1.md",)),
    ],
    [
        ("policy", ("b", 1, 1, "废止=[越政办发〔2026〕1号]")),
        ("policy", ("b", 1, 0, "废止=[越政办发〔2026〕1号]")),
        ("policy", ("b", 1, 0, "")),
        ("at", ("2027-01-01",)),
    ],
]


@pytest.mark.parametrize("moves", CHOSEN)
def test_incremental_equals_clean_after_chosen_edits(moves: list[tuple[str, object]]) -> None:
    _compare(moves, is_one_process=False)


def test_a_build_killed_before_it_kept_its_plans_leaves_nothing_wrong(tmp_path: Path) -> None:
    project = Project(tmp_path)
    side = tmp_path / f".{project.site.output.name}.yangguang"
    project.build(project.site.output, None)
    for kept in ("plans", "intake"):
        before = (side / kept).read_bytes()
        project.policy("a", 0, 2, "")
        project.build(project.site.output, None)
        (side / kept).write_bytes(before)
        project.policy("b", 1, 0, "")
        assert _told(project.build(project.site.output, None)) == _told(
            project.build(tmp_path / "clean", None)
        )
        assert _outputs(project.site.output) == _outputs(tmp_path / "clean")
        project.policy("a", 0, 0, "")
        project.policy("b", 1, 1, "")
        project.build(project.site.output, None)
        shutil.rmtree(tmp_path / "clean")
        shutil.rmtree(tmp_path / ".clean.yangguang")


@pytest.mark.full
@settings(max_examples=200, deadline=None, suppress_health_check=SLOW)
@given(moves=HISTORIES, is_one_process=st.booleans())
def test_incremental_equals_clean_after_many_more_edits(
    moves: list[tuple[str, object]], is_one_process: bool
) -> None:
    _compare(moves, is_one_process)
