"""A group of three sites (集约化站群) from one pool: 市门户, 区县, 部门."""

from __future__ import annotations

import pytest

from tests.sites.output import Output
from tests.sites.writing import built, interpretation, rows_of
from tests.support import SiteFixture, news, organisation, policy, question

GROUP = """\
演示: 是
站点:
  - 代号: portal
    名称: 越明市人民政府
    域名: www.yueming.example
    标识码: "0000000000"
    页脚: {主办: 越明市人民政府办公室, 电话: 0575-00000001}
  - 代号: yuezhou
    名称: 越州区人民政府
    域名: www.yuezhou.example
    根路径: /zwgk/
    标识码: "0000000000"
    收录: {机构: [越州区人民政府]}
    页脚: {主办: 越州区人民政府办公室, 电话: 0575-00000002}
    外观: {qing: "#1d5c3a"}
  - 代号: mzj
    名称: 越明市民政局
    域名: www.yueming.example
    根路径: /mzj/
    标识码: "0000000000"
    收录: {机构: [越明市民政局], 文档: [policy/tj]}
    页脚: {主办: 越明市民政局, 电话: 0575-00000003}
"""
HOSTS = {
    "https://www.yueming.example/": "portal/",
    "https://www.yueming.example/mzj/": "portal/mzj/",
    "https://www.yuezhou.example/zwgk/": "yuezhou/",
}
FOLDERS = {"portal": "portal/", "yuezhou": "yuezhou/", "mzj": "portal/mzj/"}


def _number(serial: int, code: str = "越政办发") -> dict[str, object]:
    return {"发文字号": f"{code}〔2026〕{serial}号", "索引号": f"113306000000000030/2026-{serial:05d}"}


@pytest.fixture(scope="module")
def group(tmp_path_factory: pytest.TempPathFactory) -> Output:
    site = SiteFixture(tmp_path_factory.mktemp("group"))
    site.configure(GROUP)
    site.write("organisation/yzq.md", organisation("越州区人民政府"))
    site.write("policy/szf.md", policy(标题="越明市甲办法", **_number(1)))
    site.write(
        "policy/yzq.md",
        policy(
            "第一条　依据[[越政办发〔2026〕1号]]制定。\n\n第二条　见[[policy/mz]]。\n",
            标题="越州区乙办法",
            发文机关="越州区人民政府",
            **_number(2, "越州政发"),
        ),
    )
    site.write(
        "policy/mz.md",
        policy(
            "第一条　依据[[越州政发〔2026〕2号]]制定。\n",
            标题="越明市民政丙办法",
            发文机关="越明市民政局",
            **_number(3, "越民发"),
        ),
    )
    site.write("policy/tj.md", policy(标题="越明市丁办法", **_number(4)))
    site.write(
        "policy/dl.md",
        policy(
            标题="越明市戊办法", 主站="mzj", 发文机关="[越明市人民政府办公室, 越明市民政局]", **_number(5)
        ),
    )
    site.write("interpretation/jd.md", interpretation("越民发〔2026〕3号", 解读单位="越明市民政局"))
    site.write("question/wd.md", question(依据="[{文件: 越州政发〔2026〕2号, 条款: 第一条}]"))
    site.write("news/n.md", news(标题="全市消息"))
    return built(site, HOSTS)


def test_each_site_shows_what_it_selects(group: Output) -> None:
    shown = {
        name: {
            title
            for path in group.pages
            if path == f"{folder}zcwj/index.html"
            for title in rows_of(group, path)
        }
        for name, folder in FOLDERS.items()
    }
    assert shown == {
        "portal": {"越明市甲办法", "越州区乙办法", "越明市民政丙办法", "越明市丁办法", "越明市戊办法"},
        "yuezhou": {"越州区乙办法"},
        "mzj": {"越明市民政丙办法", "越明市丁办法", "越明市戊办法"},
    }
    assert "yuezhou/zwyw/index.html" not in group.files
    assert "portal/zwyw/index.html" in group.files


def test_each_site_has_its_own_name_domain_and_footer(group: Output) -> None:
    for name, folder, site_name, domain, phone in (
        ("portal", "portal/", "越明市人民政府", "www.yueming.example", "0575-00000001"),
        ("yuezhou", "yuezhou/", "越州区人民政府", "www.yuezhou.example", "0575-00000002"),
        ("mzj", "portal/mzj/", "越明市民政局", "www.yueming.example", "0575-00000003"),
    ):
        home = group.pages[f"{folder}index.html"]
        assert (home.meta["SiteName"], home.meta["SiteDomain"]) == (site_name, domain), name
        assert phone in home.tree.xpath("//body/footer")[0].text_content()
        assert home.title.startswith(site_name)


def test_tokens_belong_to_one_site(group: Output) -> None:
    sheets = {
        name: "".join(
            (group.root / group.resolve(f"{folder}index.html", address).path).read_text(encoding="utf-8")
            for address in group.pages[f"{folder}index.html"].tree.xpath("//link[@rel='stylesheet']/@href")
        )
        for name, folder in FOLDERS.items()
    }
    assert ["#1d5c3a" in sheets[name] for name in FOLDERS] == [False, True, False]


@pytest.mark.parametrize(
    ("slug", "home"),
    [
        ("szf", "https://www.yueming.example/"),
        ("yzq", "https://www.yuezhou.example/zwgk/"),
        ("mz", "https://www.yueming.example/mzj/"),
        ("tj", "https://www.yueming.example/"),
        ("dl", "https://www.yueming.example/mzj/"),
    ],
)
def test_a_document_shown_twice_is_canonical_on_its_home_site(group: Output, slug: str, home: str) -> None:
    pages = [page for path, page in group.pages.items() if path.endswith(f"/zhengce/{slug}.html")]
    assert pages
    for page in pages:
        assert page.tree.xpath("//link[@rel='canonical']/@href") == [f"{home}zhengce/{slug}.html"]
        assert page.meta["Url"] == f"{home}zhengce/{slug}.html"
    listed = [
        folder
        for folder in FOLDERS.values()
        if f"{home}zhengce/{slug}.html" in (group.root / folder / "sitemap.xml").read_text(encoding="utf-8")
    ]
    assert listed == [HOSTS[home]]


def test_links_between_sites_lead_to_where_the_document_is(group: Output) -> None:
    assert group.broken() == []
    own = group.pages["yuezhou/zhengce/yzq.html"]
    targets = {use.path for use in own.links()}
    assert "portal/zhengce/szf.html" in targets
    assert "portal/mzj/zhengce/mz.html" in targets
    assert "yuezhou/zhengce/yzq.html" in {
        use.path for use in group.pages["portal/mzj/zhengce/mz.html"].links()
    }
    assert "portal/zhengce/mz.html" in {use.path for use in group.pages["portal/zhengce/yzq.html"].links()}


def test_other_sites_of_the_group_are_not_elsewhere(group: Output) -> None:
    marked = [
        f"{page.path}: {anchor.get('href')}"
        for page in group.pages.values()
        for anchor in page.tree.xpath("//main//a[@href]")
        if "站外" in anchor.text_content()
    ]
    assert marked == []


def test_relations_reach_across_sites(group: Output) -> None:
    """The question is shown by the portal and, answered by 民政局, by its site; its basis by the district."""
    for folder in ("portal/", "portal/mzj/"):
        page = group.pages[f"{folder}wenda/wd.html"]
        assert "越州区乙办法" in page.text
    assert (
        group.resolve(
            "portal/mzj/wenda/wd.html",
            next(
                use.written
                for use in group.pages["portal/mzj/wenda/wd.html"].links()
                if use.path.endswith("zhengce/yzq.html")
            ),
        ).path
        == "yuezhou/zhengce/yzq.html"
    )


def test_error_pages_link_from_the_root_of_their_own_site(group: Output) -> None:
    for name, base in (("portal", "/"), ("yuezhou", "/zwgk/"), ("mzj", "/mzj/")):
        links = group.pages[f"{FOLDERS[name]}404.html"].tree.xpath("//body//a/@href")
        own = [link for link in links if not link.startswith(("#", "tel:", "mailto:", "https:"))]
        assert own and all(link.startswith(base) for link in own)
        assert f"{base}index.html" in own or base in own


def test_a_document_moves_home_when_told(site: SiteFixture) -> None:
    site.configure(GROUP)
    site.write("policy/tj.md", policy(标题="越明市丁办法", **_number(4)))
    site.write("organisation/yzq.md", organisation("越州区人民政府"))
    site.write(
        "policy/mz.md",
        policy(标题="越明市民政丙办法", 发文机关="越明市民政局", 主站="portal", **_number(3, "越民发")),
    )
    output = built(site, HOSTS)
    for folder in ("portal/", "portal/mzj/"):
        canonical = output.pages[f"{folder}zhengce/mz.html"].tree.xpath("//link[@rel='canonical']/@href")
        assert canonical == ["https://www.yueming.example/zhengce/mz.html"]


def test_selection_by_column(site: SiteFixture) -> None:
    text = GROUP.replace("收录: {机构: [越明市民政局], 文档: [policy/tj]}", "收录: {栏目: [zcjd]}")
    site.configure(text)
    site.write("organisation/yzq.md", organisation("越州区人民政府"))
    site.write("policy/szf.md", policy(标题="越明市甲办法", **_number(1)))
    site.write("interpretation/jd.md", interpretation("越政办发〔2026〕1号"))
    output = built(site, HOSTS)
    own = sorted(
        path.removeprefix("portal/mzj/")
        for path in output.files
        if path.startswith("portal/mzj/") and path.endswith(".html")
    )
    assert "jiedu/jd.html" in own
    assert not [path for path in own if path.startswith("zhengce/")]
    assert "portal/zhengce/szf.html" in {use.path for use in output.pages["portal/mzj/jiedu/jd.html"].links()}
    assert output.broken() == []
