"""How documents hang together: finding them, validity by dates and relations, sections and sites."""

from __future__ import annotations

import pytest

from generator.config import load_config
from generator.intake import take_in
from generator.library import Library, near_slug
from generator.listing import find_files
from generator.stages import assemble
from tests.support import SITE_YML, SiteFixture, news, organisation, policy, question, section

OLD = {
    "标题": "越明市养老服务暂行办法",
    "发文字号": "越政办发〔2020〕7号",
    "索引号": "11330600000000003L/2020-00007",
    "成文日期": "2020-05-01",
}


def library_of(site: SiteFixture) -> Library:
    group, problems = load_config(site.root)
    assert group is not None
    assert problems == []
    found, problems = find_files(group.content_path, group.settings.content)
    library, _ = assemble(group, take_in(found, problems, "content", None, now_ns=0), site.today)
    return library


@pytest.mark.parametrize(
    "target",
    [
        "policy/a",
        "a",
        "越政办发〔2026〕1号",
        "越政办发[2026]1号",
        "越政办发〔2026〕第1号",
        "11330600000000003L/2026-00001",
        "关于印发《越明市养老服务办法》的通知",
        "《关于印发《越明市养老服务办法》的通知》",
        "《越明市养老服务办法》",
        "../policy/a.md",
    ],
)
def test_finds_a_document_by_every_name_it_has(target: str, site: SiteFixture) -> None:
    site.write("policy/a.md", policy(标题="关于印发《越明市养老服务办法》的通知"))

    assert [document.id for document in library_of(site).find(target, "content/news")] == ["policy/a"]


def test_finds_nothing_and_several(site: SiteFixture) -> None:
    site.write("policy/a.md", policy(标题="通知"))
    site.write("policy/b.md", policy(**(OLD | {"标题": "通知"})))
    library = library_of(site)

    assert library.find("无") == ()
    assert library.find("../../../etc/passwd.md", "content/news") == ()
    assert [document.id for document in library.find("通知")] == ["policy/a", "policy/b"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({}, {}, ("现行有效", "", "")),
        ({}, {"废止": "越政办发〔2020〕7号"}, ("废止", "2026-10-30", "policy/new")),
        ({}, {"替代": "越政办发〔2020〕7号", "施行日期": "2026-11-01"}, ("废止", "2026-11-01", "policy/new")),
        ({}, {"废止": "越政办发〔2020〕7号", "施行日期": "2026-12-01"}, ("现行有效", "", "")),
        ({}, {"修改": "越政办发〔2020〕7号"}, ("已修改", "2026-10-30", "policy/new")),
        ({"有效期至": "2026-11-19"}, {}, ("失效", "2026-11-19", "")),
        ({"有效期至": "2026-11-20"}, {}, ("现行有效", "", "")),
        ({"废止日期": "2026-11-20"}, {}, ("废止", "2026-11-20", "")),
        ({"施行日期": "2026-11-21"}, {}, ("尚未施行", "2026-11-21", "")),
        ({"有效性": "失效", "有效期至": "2026-11-30"}, {}, ("失效", "2026-11-30", "")),
    ],
)
def test_validity_follows_from_dates_and_relations(
    old: dict[str, object], new: dict[str, object], expected: tuple[str, str, str], site: SiteFixture
) -> None:
    site.write("policy/old.md", policy(**(OLD | old)))
    site.write("policy/new.md", policy(**new))

    standing = library_of(site).standings["policy/old"]

    assert (str(standing.validity), standing.since, standing.by) == expected


@pytest.mark.parametrize(
    ("old", "expected"),
    [
        ({"有效期至": "2026-11-19"}, "“失效”（有效期至 2026-11-19）"),
        ({"废止日期": "2026-11-01"}, "“废止”（自 2026-11-01 起）"),
        ({"施行日期": "2026-12-01"}, "“尚未施行”（自 2026-12-01 起）"),
        ({"发文机关": "越明市民政局"}, "“废止”，依据是“越明市养老服务办法”"),
    ],
)
def test_says_why_a_validity_cannot_be_as_typed(
    old: dict[str, object], expected: str, site: SiteFixture
) -> None:
    site.write("policy/old.md", policy(**(OLD | old | {"有效性": "现行有效"})))
    if "发文机关" in old:
        site.write("policy/new.md", policy(废止="越政办发〔2020〕7号"))

    message = site.check().partition("\n")[0]

    assert message.endswith(f"有效性写的是“现行有效”，按日期和修改废止关系应是{expected}")


def test_relations_typed_once_are_known_on_both_sides(site: SiteFixture) -> None:
    site.write("policy/a.md", policy())
    site.write("question/q.md", question())
    library = library_of(site)

    (given,) = library.relations_from["question/q"]
    assert (given.relation, given.target, given.clause) == ("basis.document", "policy/a", "第一条")
    assert library.relations_to["policy/a"] == [given]


def test_finds_a_circle_of_three(site: SiteFixture) -> None:
    for index, following in ((1, 2), (2, 3), (3, 1)):
        site.write(
            f"policy/p{index}.md",
            policy(
                标题=f"第{index}号办法",
                发文字号=f"越政办发〔2026〕{index}号",
                索引号=f"11330600000000003L/2026-0000{index}",
                修改=f"越政办发〔2026〕{following}号",
            ),
        )

    assert site.check() == (
        "content/policy/p3.md:9:5: 错误[repeal-cycle]: 修改废止关系成了一个圈：policy/p1 → policy/p2 → policy/p3 → policy/p1\n"
        "  办法：后印发的文件才能修改、废止先印发的文件，删去写反的一处"
    )


def test_two_organisations_must_not_share_a_name(site: SiteFixture) -> None:
    site.write("organisation/x.md", organisation("越明市卫生健康委员会", 其他名称="[越明市民政局]"))

    assert site.check() == (
        "content/organisation/x.md:2:5: 错误[duplicate-name]: 机构名称“越明市民政局”与“content/organisation/mzj.md”重复\n"
        "  办法：改用全称，或删去重复的“其他名称”"
    )


def test_a_title_leads_to_its_slug() -> None:
    titles = {"zcwj": "政策文件", "zcjd": "政策解读"}

    assert near_slug("政策文件", titles) == "写代号，不写名称：“政策文件”的代号是 zcwj"
    assert near_slug("政策文建", titles) == "写代号，不写名称：“政策文件”的代号是 zcwj"
    assert near_slug("zcwk", titles) == "您是不是想写“zcwj”？"
    assert near_slug("天气", titles) == ""


def test_each_site_shows_its_selection_and_a_document_has_one_home(site: SiteFixture) -> None:
    site.configure(
        SITE_YML
        + '  - 代号: mzj\n    名称: 越明市民政局\n    域名: mzj.yueming.example\n    标识码: "0000000000"\n'
        "    页脚: {主办: 越明市民政局}\n    收录: {机构: [越明市民政局]}\n"
    )
    site.write("section/gzdt.md", section(无内容时="隐藏"))
    site.write("news/a.md", news(标题="市政府的消息", 发布机构="越明市人民政府办公室"))
    site.write("news/b.md", news(标题="民政局的消息", 发布机构="越明市民政局"))
    library = library_of(site)
    portal, bureau = (library.for_site(found) for found in library.group.sites)

    assert [document.id for document in portal.published] == ["news/b", "news/a"]
    assert [document.id for document in bureau.published] == ["news/b"]
    assert library.homes["news/a"] == "portal"
    assert library.homes["news/b"] == "mzj"
    assert portal.canonical(library.documents["news/b"]) == "https://mzj.yueming.example/yaowen/b.html"
