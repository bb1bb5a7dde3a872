"""Projects, decisions, livelihood projects, gazettes, reports and events: their blocks and their time limits."""

from __future__ import annotations

import pytest

from tests.sites.output import Output
from tests.sites.writing import built, guide
from tests.support import SiteFixture, front, policy

HOLIDAYS = "2026:\n  依据: 国办发明电〔2025〕7号\n  放假: [2026-10-01 至 2026-10-07]\n  上班: [2026-09-20, 2026-10-10]\n"


def project(records: str = "", **fields: object) -> str:
    return front(
        {
            "标题": "港口支线",
            "发布时间": "2026-11-10 09:00",
            "项目代码": "2026-330000-54-01-000001",
            "责任单位": "越明市民政局",
            "建设单位": "港口公司",
            "建设地点": "港区",
            "项目阶段": "建设",
            "总投资（亿元）": "12",
            "联系电话": "0575-00000000",
            "公开信息": f"[{records}]",
        }
        | fields
    )


def record(title: str, kind: str, formed: str, disclosed: str) -> str:
    return f"{{信息类别: {kind}, 标题: {title}, 发布单位: 市局, 形成日期: {formed}, 公开日期: {disclosed}}}"


def stages(output: Output, path: str) -> dict[str, list[str]]:
    """Return the stages of a page with what stands in each."""
    found = {}
    for stage in output.pages[path].tree.xpath("//ol[@class='stages']/li"):
        name = stage.xpath("string(h3/text())").strip()
        entries = [" ".join(item.text_content().split()) for item in stage.xpath("ul/li")]
        found[name] = entries or [" ".join(stage.xpath("string(p)").split())]
    return found


def test_a_project_shows_its_information_by_stage_and_says_what_is_not_there_yet(site: SiteFixture) -> None:
    site.write(
        "project/a.md",
        project(
            ", ".join(
                [
                    record("施工许可", "批准结果信息", "2026-03-02", "2026-03-04"),
                    record("中标公示", "招标投标信息", "2026-01-05", "2026-01-06"),
                    record("环评批复", "批准结果信息", "2026-01-12", "2026-01-14"),
                ]
            )
        ),
    )
    output = built(site)

    assert stages(output, "xiangmu/a.html") == {
        "前期": ["2026年1月12日环评批复批准结果信息，市局", "2026年3月2日施工许可批准结果信息，市局"],
        "招采": ["2026年1月5日中标公示招标投标信息，市局"],
        "征地": ["本阶段尚未产生"],
        "建设": ["本阶段尚未产生"],
        "竣工": ["本阶段尚未产生"],
        "运营": [""],
    }
    current = output.pages["xiangmu/a.html"].tree.xpath("//li[@aria-current='step']/h3/text()")
    assert [text.strip() for text in current] == ["建设"]


@pytest.mark.parametrize(
    ("disclosed", "late"),
    [("2026-10-13", False), ("2026-10-14", True)],
)
def test_licences_are_due_in_seven_working_days_over_a_holiday(
    site: SiteFixture, disclosed: str, late: bool
) -> None:
    """From 28 September: 29, 30, then 8, 9, the Saturday worked, 12 and 13 October."""
    site.write("holidays.yml", HOLIDAYS)
    site.write("project/a.md", project(record("施工许可", "批准结果信息", "2026-09-28", disclosed)))

    text = site.check()
    assert ("late-disclosure" in text) is late
    if late:
        assert text == (
            "content/project/a.md:11:7: 警告[late-disclosure]: 批准结果信息公开（施工许可）应在 7 个工作日内，"
            "最迟2026年10月13日，实际为2026年10月14日\n"
            "  办法：核对日期；确实逾期的，查明原因并在自评报告中说明"
        )


def test_a_year_without_its_holidays_is_said_and_not_guessed(site: SiteFixture) -> None:
    site.write("project/a.md", project(record("施工许可", "批准结果信息", "2026-01-12", "2026-03-04")))

    assert "警告[unknown-holidays]: 没有2026年的节假日安排，无法计算工作日" in site.check()


def test_a_broken_holiday_file_is_reported_at_its_line(site: SiteFixture) -> None:
    site.write("holidays.yml", "2026:\n  依据: 通知\n  放假: [2026-10-01]\n  上班: [2026-10-12]\n")

    assert site.check() == (
        "content/holidays.yml:1:1: 错误[bad-holidays]: 2026-10-12 不是周末，不能作为调休上班日\n"
        "  办法：核对国务院办公厅通知"
    )


def soe(kind: str, start: str, published: str) -> str:
    return front(
        {
            "标题": "报告",
            "发布时间": f"{published} 09:00",
            "企业": "越明市民政局",
            "出资人": "市政府",
            "报告类型": kind,
            "报告期间": "2025 年度",
            "起算日期": start,
        },
        "报告内容。\n",
    )


@pytest.mark.parametrize(
    ("kind", "start", "last", "day_after"),
    [
        ("年度报告", "2025-12-31", "2026-06-30", "2026-07-01"),
        ("中期报告", "2026-06-30", "2026-08-31", "2026-09-01"),
        ("临时报告", "2026-09-28", "2026-10-30", "2026-10-31"),
    ],
)
def test_enterprises_report_in_time(
    site: SiteFixture, kind: str, start: str, last: str, day_after: str
) -> None:
    """绍兴's interim measures: 20 working days, two months, six months (domain/06, 8)."""
    site.write("holidays.yml", HOLIDAYS)
    site.write("soe_report/a.md", soe(kind, start, last))
    assert site.check() == ""
    site.write("soe_report/a.md", soe(kind, start, day_after))
    assert "警告[late-disclosure]" in site.check()


def test_a_decision_can_be_followed_to_what_came_of_it(site: SiteFixture) -> None:
    site.write("policy/a.md", policy())
    site.write(
        "decision/a.md",
        front(
            {
                "标题": "养老服务办法",
                "发布时间": "2026-11-10 09:00",
                "承办单位": "越明市民政局",
                "目录年度": "2026",
                "决策依据": "年度目录",
                "列入目录日期": "2026-01-15",
                "征求意见日期": "2026-08-03",
                "决定日期": "2026-10-30",
                "决策过程": "[{环节: 列入目录, 日期: 2026-01-15, 做了什么: 列入}, {环节: 合法性审查, 日期: 2026-09-01, 做了什么: 通过},"
                " {环节: 集体讨论, 日期: 2026-10-20, 做了什么: 通过},"
                " {环节: 决定公布, 日期: 2026-10-30, 做了什么: 印发, 相关内容: [越政办发〔2026〕1号]}]",
            }
        ),
    )
    output = built(site)

    assert stages(output, "juece/a.html")["决定公布"] == ["2026年10月30日决定公布印发"]
    assert "zhengce/a.html" in {use.path for use in output.pages["juece/a.html"].links()}
    assert "juece/a.html" in {use.path for use in output.pages["zhengce/a.html"].links()}
    assert "已作决定" in output.pages["juece/a.html"].tree.xpath("string(//p[@class='callout'])")


def livelihood(**fields: object) -> str:
    return front(
        {
            "标题": "适老化改造",
            "发布时间": "2026-11-10 09:00",
            "年度": "2026",
            "序号": "1",
            "责任单位": "越明市民政局",
            "大家提": "公开征集",
            "人大定": "票决",
            "事项": "[{名称: 改造, 目标: 1000, 单位: 户, 完成: 420, 截至: 2026-10-31, 进展状态: 顺利推进, 完成标准: 验收, 牵头单位: 民政局}]",
        }
        | fields
    )


def test_progress_is_said_in_words_and_evaluations_carry_their_day(site: SiteFixture) -> None:
    site.write(
        "livelihood/a.md",
        livelihood(群众评="{好评率（%）: 98.7, 评价人数: 1147, 统计日期: 2026-11-05, 评价渠道: 问卷}"),
    )
    page = built(site).pages["mssi/a.html"].tree

    bar = page.xpath("//progress")[0]
    assert (bar.get("value"), bar.get("max")) == ("420", "1000")
    assert bar.get("aria-valuetext") == "目标 1,000 户，截至2026年10月31日完成 420 户，占 42%"
    text = page.xpath("string(//section[@id='pingjia'])")
    assert "98.7%（1,147 人评价）" in text and "2026年11月5日" in text and "本站不收集评价" in text
    assert not page.xpath("//main//form")


def test_areas_that_do_not_add_up_are_reported(site: SiteFixture) -> None:
    site.write(
        "livelihood/a.md",
        livelihood(
            分区进展="[{项目: 改造, 区域: 东, 目标: 600, 完成: 200}, {项目: 改造, 区域: 西, 目标: 400, 完成: 210}]"
        ),
    )
    assert "警告[sum-differs]: “改造”各区域完成合计 410，总数是 420" in site.check()


def test_a_gazette_lists_its_documents_and_they_say_where_they_appeared(site: SiteFixture) -> None:
    site.write("policy/a.md", policy())
    site.write(
        "gazette/g.md",
        front(
            {
                "标题": "公报第 1 期",
                "发布时间": "2026-11-10 09:00",
                "编辑单位": "越明市人民政府办公室",
                "年份": "2026",
                "期号": "1",
                "目录": "[越政办发〔2026〕1号]",
            }
        ),
    )
    output = built(site)

    assert [
        link.text_content() for link in output.pages["gongbao/g.html"].tree.xpath("//section[@id='mulu']//a")
    ] == ["越明市养老服务办法"]
    assert "gongbao/g.html" in {use.path for use in output.pages["zhengce/a.html"].links()}


def test_a_bundle_lists_each_material_once_and_the_steps_of_all_its_guides(site: SiteFixture) -> None:
    materials = "[{名称: 居民身份证}, {名称: %s}]"
    steps = "[{名称: %s, 说明: 到窗口, 时限: 当场}]"
    site.write(
        "service_guide/a.md", guide(标题="领失业金", 办理材料=materials % "离职证明", 办理流程=steps % "申请")
    )
    site.write(
        "service_guide/b.md", guide(标题="学技能", 办理材料=materials % "结业证书", 办理流程=steps % "报名")
    )
    site.write(
        "bundle/x.md",
        front(
            {
                "标题": "失业一件事",
                "发布时间": "2026-11-10 09:00",
                "牵头单位": "越明市民政局",
                "人生大事": "[就业]",
                "办理事项": "[service_guide/a, service_guide/b]",
                "一共跑几次": "1",
                "在哪里办": "一楼",
                "咨询电话": "0575-00000000",
            }
        ),
    )
    output = built(site)
    page = output.pages["yijianshi/x.html"].tree

    def table(name: str) -> list[list[str]]:
        rows = page.xpath(f"//section[@id='{name}']//tbody/tr")
        return [[cell.xpath("string(span[2])") for cell in row.xpath("td")] for row in rows]

    assert table("cailiao") == [
        ["居民身份证", "原件", "领失业金、学技能"],
        ["离职证明", "原件", "领失业金"],
        ["结业证书", "原件", "学技能"],
    ]
    assert [row[:2] for row in table("liucheng")] == [["领失业金", "申请"], ["学技能", "报名"]]
    assert "yijianshi/x.html" in {use.path for use in output.pages["banshi/a.html"].links()}


def test_a_topic_draws_how_its_documents_replace_each_other_and_says_the_same_in_a_list(
    site: SiteFixture,
) -> None:
    site.write(
        "policy/a.md",
        policy(标题="越明市关于旧办法的通知", 成文日期="2021-01-04", 发文字号="越政办发〔2021〕9号"),
    )
    site.write(
        "policy/b.md",
        policy(
            标题="越明市关于新办法的通知",
            索引号="11330600000000003L/2026-00002",
            替代="[越政办发〔2021〕9号]",
        ),
    )
    site.write(
        "topic/t.md",
        front({"标题": "养老", "精选": "[越政办发〔2021〕9号, 越政办发〔2026〕1号]"}, "说明。\n"),
    )
    page = built(site).pages["zhuanti/t.html"].tree

    picture = page.xpath("//section[@id='quanjing']//*[local-name()='svg']")[0]
    assert picture.get("role") == "img"
    assert "2 份文件按成文先后排列，其间有 1 处修改、废止或替代关系" in picture.xpath(
        "string(*[local-name()='desc'])"
    )
    assert [node.text for node in picture.xpath("*[@class='panorama__word']")] == ["替代"]
    rows = [" ".join(row.text_content().split()) for row in page.xpath("//ol[@class='panorama__list']/li")]
    assert rows[0].startswith("越明市关于旧办法的通知 已废止") and "越明市关于新办法的通知" in rows[0]
    assert "替代了：越明市关于旧办法的通知" in rows[1]
