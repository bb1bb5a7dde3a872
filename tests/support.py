"""Whole sites built from literals.

A test writes the files that its rule is about and reads all that an editor would be told::

    def test_points_at_the_number(site: SiteFixture) -> None:
        site.write("policy/a.md", policy(发文字号="越政办发[2026]5号"))
        assert site.check() == "content/policy/a.md:9:7: 错误[bad-document-number]: …"

`SiteFixture` starts with a ``site.yml``, the sections that kinds belong to (hidden while empty) and two
organisations, so that one valid document gives no diagnostics at all. `policy`, `question`, `news` and
`section` return the text of a valid file; keyword arguments replace a value in its line, add a key at the
end, or remove one that is ``None``.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from generator.build import BuildOptions, BuildResult, build
from generator.check import check_project
from generator.config import load_config
from generator.diagnostics import Diagnostic, Severity, format_text, has_errors
from generator.write import Manifest, read_manifest

TODAY = "2026-11-20"

SITE_YML = """\
演示: 是
站点:
  - 代号: portal
    名称: 越明市政务公开
    域名: yueming.example
    标识码: "0000000000"
    页脚:
      主办: 越明市人民政府办公室
"""

SECTIONS = {
    "zcwj": "政策文件",
    "fggz": "政策文件",
    "zcjd": "政策解读",
    "zcwd": "政务咨询",
    "bszn": "办事服务",
    "yuejian": "政务动态",
    "yjzj": "调查征集",
    "zwyw": "政务动态",
    "tzgg": "通知公告",
    "jgzn": "机构职能",
    "zt": "专题专栏",
    "xzxk": "办事服务",
    "xzcf": "办事服务",
    "zdjc": "信息公开目录",
    "zdxm": "重大项目",
    "mssi": "信息公开目录",
    "gqxx": "信息公开目录",
    "qcgk": "信息公开目录",
    "zfgb": "政府公报",
    "huodong": "互动交流",
    "yjs": "办事服务",
    "zfxxgk-nb": "信息公开年报",
    "wznb": "网站年度报表",
    "xzzf": "信息公开目录",
}

ORGANISATIONS = {"bgs": "越明市人民政府办公室", "mzj": "越明市民政局"}

POLICY_BODY = "第一条　为了方便群众，制定本办法。\n\n第二条　本办法自公布之日起施行。\n"


def front(fields: Mapping[str, object], body: str = "") -> str:
    """Return a content file; values are written as they are, so that a test controls the YAML."""
    lines = [f"{key}: {value}" for key, value in fields.items() if value is not None]
    return "\n".join(["---", *lines, "---", body])


def policy(body: str = POLICY_BODY, /, **fields: object) -> str:
    """Return a valid policy; 标题 stands in line 2, 发布时间 3, 发文机关 4, 成文日期 5, 索引号 6, 主题分类 7, 发文字号 8."""
    return front(
        {
            "标题": "越明市养老服务办法",
            "发布时间": "2026-11-02 09:00",
            "发文机关": "越明市人民政府办公室",
            "成文日期": "2026-10-30",
            "索引号": "11330600000000003L/2026-00001",
            "主题分类": "综合政务\\政务公开",
            "发文字号": "越政办发〔2026〕1号",
        }
        | fields,
        body,
    )


def question(body: str = "", /, **fields: object) -> str:
    """Return a valid question that rests on 第一条 of the policy with 越政办发〔2026〕1号."""
    return front(
        {
            "标题": "怎样申请养老补贴？",
            "发布时间": "2026-11-02 09:00",
            "短答": "到社区申请。",
            "依据": "[{文件: 越政办发〔2026〕1号, 条款: 第一条}]",
            "责任单位": "越明市民政局",
            "核验日期": "2026-11-02",
        }
        | fields,
        body,
    )


def news(body: str = "越明市今天开展政务公开活动。\n", /, **fields: object) -> str:
    """Return a valid news item; 标题 stands in line 2, 发布时间 in line 3, the body begins in line 5."""
    return front({"标题": "越明市开展政务公开活动", "发布时间": "2026-11-02 09:00"} | fields, body)


def section(**fields: object) -> str:
    """Return a valid section, shown even if it is empty."""
    return front(
        {
            "标题": "工作动态",
            "栏目类型": "政务动态",
            "栏目说明": "政府工作中值得群众知道的消息",
            "关键词": "工作动态",
        }
        | fields
    )


def organisation(title: str, **fields: object) -> str:
    """Return a valid organisation."""
    return front({"标题": title, "机构类别": "上级机关"} | fields, "负责有关工作。\n")


class SiteFixture:
    """A project folder with the least that is valid; see the module's text.

    Attributes:
        root: The project folder.
        today: ISO day on which the site is built; a test may set it.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.today = TODAY
        self.configure(SITE_YML)
        for slug, column_type in SECTIONS.items():
            self.write(
                f"section/{slug}.md",
                section(标题=f"栏目{slug}", 栏目类型=column_type, 无内容时="隐藏", 更新周期=365),
            )
        for slug, title in ORGANISATIONS.items():
            self.write(f"organisation/{slug}.md", organisation(title))

    @property
    def output(self) -> Path:
        return self.root / "public"

    def configure(self, text: str | bytes) -> None:
        """Replace ``site.yml``."""
        (self.root / "site.yml").write_bytes(text.encode() if isinstance(text, str) else text)

    def write(self, path: str, text: str | bytes) -> Path:
        """Write a file below ``content/``."""
        file = self.root / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        return file

    def remove(self, path: str) -> None:
        """Delete a file below ``content/``."""
        (self.root / "content" / path).unlink()

    def diagnostics(self, published: Manifest | None = None) -> list[Diagnostic]:
        """Return all problems of the project, as ``yangguang check`` finds them."""
        group, problems = load_config(self.root)
        if group is None or has_errors(problems):
            return problems
        return [*problems, *check_project(group, self.today, 1, published)]

    def check(self, published: Manifest | None = None) -> str:
        """Return the text of all errors and warnings of the project; empty if it is sound."""
        return format_text(
            [item for item in self.diagnostics(published) if item.severity is not Severity.NOTE]
        )

    def build(self, *, published: Manifest | None = None, strict: bool = False) -> BuildResult:
        """Build into ``public/``; the configuration must be sound."""
        group, problems = load_config(self.root)
        assert group is not None and not has_errors(problems), format_text(problems)
        options = BuildOptions(self.today, workers=1, strict=strict, published=published)
        return build(group, options)

    def published(self) -> Manifest:
        """Build and return the manifest of what is published now."""
        result = self.build()
        assert result.is_published, format_text(result.diagnostics)
        manifest = read_manifest(self.output / "manifest.json")
        assert manifest is not None
        return manifest

    def page(self, path: str) -> str:
        """Return an output file as text."""
        return (self.output / path).read_text(encoding="utf-8")

    def outputs(self) -> Iterator[tuple[str, bytes]]:
        """Yield path and bytes of every file of the output."""
        for folder, _, names in os.walk(self.output):
            for name in names:
                file = Path(folder) / name
                yield file.relative_to(self.output).as_posix(), file.read_bytes()
