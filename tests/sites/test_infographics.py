"""Infographics from data: page, words and long picture say the same."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest
from lxml import html
from PIL import Image

from generator.diagnostics import format_text
from generator.drawing import fonts as fonts_module
from tests.support import SITE_YML, SiteFixture, front, policy

DATA = """\

  版式: {design}
  导语: 装扶手、改厕所，政府补贴。
  要素: [{{名称: 谁, 说明: 困难老人}}]
  板块:
    - 标题: 先看数字
      数字:
        - {{名称: 每台补贴, 数值: 25, 单位: 万元, 前缀: 最高, 说明: 原来二十万}}
        - {{名称: 办理, 数值: 1200.5, 单位: 元}}
    - 标题: 补多少钱？
      条形: 是
      数字: [{{名称: 特困, 数值: 6000, 单位: 元}}, {{名称: 低保, 数值: 4000, 单位: 元}}, {{名称: 其他, 数值: 0, 单位: 元}}]
      注: 三年一次
    - 标题: 谁能领
      要点: [{{名称: 户籍在本市, 说明: 常住}}, {{名称: 年满60周岁}}]
    - 标题: 怎么办
      步骤: [{{名称: 申请, 说明: 到街道, 时限: 随时}}, {{名称: 审核}}]
    - 标题: 变化
      对比: {{列: [以前, 现在], 行: [{{名称: 补贴, 值: [20万元, 25万元]}}, {{名称: 迁改费, 值: [—, 不承担]}}]}}
    - 标题: 日子
      时间轴: [{{时间: 6月1日, 事项: 报名, 说明: 网上}}]
    - 标题: 原话
      引语: {{原文: 补贴按标准发放。, 出处: 第五条}}
"""
FIGURES = ["25", "1,200.5", "6,000", "4,000", "0"]
WORDS = [
    "困难老人", "每台补贴", "原来二十万", "特困", "三年一次", "户籍在本市", "常住", "年满60周岁", "到街道", "随时", "审核",
    "20万元", "25万元", "不承担", "6月1日", "报名", "网上", "补贴按标准发放。", "第五条",
]  # fmt: skip


def graphic(design: str = "长卷", body: str = "", /, **more: object) -> str:
    fields: dict[str, object] = {
        "标题": "一图读懂：适老化改造",
        "发布时间": "2026-11-03 09:00",
        "解读形式": "图解",
        "解读文件": "越政办发〔2026〕1号",
        "解读单位": "越明市民政局",
        "咨询电话": "0575-00000007",
        "图解": DATA.format(design=design).rstrip(),
    }
    return front(fields | more, body)


@pytest.fixture
def shown(site: SiteFixture) -> SiteFixture:
    site.write("policy/a.md", policy())
    return site


def built(site: SiteFixture) -> html.HtmlElement:
    result = site.build()
    assert result.is_published, format_text(result.diagnostics)
    return html.fromstring(site.page("jiedu/tj.html"))


def text(node: html.HtmlElement) -> str:
    return re.sub(r"\s+", "", node.text_content())


@pytest.mark.parametrize("design", ["长卷", "问答", "数字", "路线"])
def test_the_page_and_its_words_say_all_of_the_data_in_every_design(shown: SiteFixture, design: str) -> None:
    shown.write("interpretation/tj.md", graphic(design))

    page = built(shown)

    (words,) = page.xpath("//*[@id='text-alt']")
    drawn = "".join(
        text(node)
        for node in page.xpath("//header[contains(@class,'plate')]|//div[contains(@class,'graphic ')]")
    )
    for word in [*WORDS, *FIGURES]:
        assert word in drawn, word
        assert word in text(words), word
    assert [node.text for node in page.xpath("//div[contains(@class,'graphic ')]//h2")][-1] == "原话"
    assert page.xpath("//ol//span[@aria-hidden='true']/text()") == ["一", "二"]
    assert len(page.xpath("//h1")) == 1


def test_bars_are_as_long_as_their_numbers(shown: SiteFixture) -> None:
    shown.write("interpretation/tj.md", graphic())

    widths = built(shown).xpath("//*[contains(@class,'graphic__length')]/@width")

    assert widths == ["100%", "67%", "0%"]


def test_the_words_read_as_sentences(shown: SiteFixture) -> None:
    shown.write("interpretation/tj.md", graphic())

    paragraphs = [text(node) for node in built(shown).xpath("//*[@id='text-alt']//p")]

    assert paragraphs == [
        "装扶手、改厕所，政府补贴。",
        "谁：困难老人。",
        "先看数字：每台补贴：最高25万元，原来二十万；办理：1,200.5元。",
        "补多少钱？特困：6,000元；低保：4,000元；其他：0元。三年一次。",
        "谁能领：户籍在本市：常住；年满60周岁。",
        "怎么办：第一步，申请：到街道（随时）；第二步，审核。",
        "变化：补贴：以前20万元，现在25万元；迁改费：以前无，现在不承担。",
        "日子：6月1日，报名：网上。",
        "原话：“补贴按标准发放。”（第五条）。",
        "咨询电话：越明市民政局0575-00000007。",
    ]


def test_needs_no_body_and_is_found_by_its_words(shown: SiteFixture) -> None:
    shown.write("interpretation/tj.md", graphic())

    built(shown)

    assert shown.check() == ""
    index = b"".join(data for path, data in shown.outputs() if path.startswith("search/"))
    assert "长卷".encode() not in index


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (
            ("步骤: [{名称: 申请, 说明: 到街道, 时限: 随时}, {名称: 审核}]", "导语: 只有导语"),
            "infographic-block",
        ),
        (("注: 三年一次", "要点: [{名称: 又一样}]"), "infographic-block"),
        (("数值: 4000, 单位: 元", "数值: 4000, 单位: 万元"), "infographic-bars"),
        (("值: [20万元, 25万元]", "值: [20万元]"), "infographic-columns"),
        (("解读形式: 图解", "解读形式: 文字"), "infographic-form"),
        (("版式: 长卷", "版式: 海报"), "bad-choice"),
        (("数值: 6000", "数值: 六千"), "bad-number"),
    ],
)
def test_says_where_the_data_are_wrong(shown: SiteFixture, change: tuple[str, str], code: str) -> None:
    whole = graphic()
    assert change[0] in whole
    shown.write("interpretation/tj.md", whole.replace(*change))

    problems = shown.check()

    assert f"错误[{code}]" in problems
    assert re.match(r"content/interpretation/tj\.md:\d+:\d+: ", problems)
    assert problems.count("错误[") == 1


def test_a_graphic_without_data_needs_words(shown: SiteFixture) -> None:
    shown.write("interpretation/tj.md", graphic("长卷", "正文。\n", 图解=None))
    assert "错误[missing-text-alternative]" in shown.check()

    shown.write("interpretation/tj.md", graphic("长卷", "正文。\n", 图解=None, 文字版="图上说的话。"))
    assert shown.check() == ""


def test_words_written_twice_are_a_warning(shown: SiteFixture) -> None:
    shown.write("interpretation/tj.md", graphic(文字版="另写的话"))

    assert "警告[double-text-alternative]" in shown.check()
    assert "另写的话" not in text(built(shown))


# --- the long picture ------------------------------------------------------------------------------


def picture(site: SiteFixture, name: str = "jiedu/tj-changtu.png") -> Image.Image:
    return Image.open(BytesIO((site.output / name).read_bytes()))


@pytest.mark.parametrize("design", ["长卷", "问答", "数字", "路线"])
def test_the_long_picture_is_as_wide_as_telephones_and_full_of_ink(shown: SiteFixture, design: str) -> None:
    shown.write("interpretation/tj.md", graphic(design))

    page = built(shown)

    drawn = picture(shown).convert("RGB")
    assert drawn.width == 1080 and 3000 < drawn.height < 6000
    assert page.xpath("//a[@download]/@href") == ["../jiedu/tj-changtu.png"]
    # Every stretch of the picture carries something: no block was left out.
    for top in range(0, drawn.height - 400, 400):
        colours = drawn.crop((84, top, 996, top + 400)).getcolors(400 * 912)
        assert colours is not None and len(colours) > 5, top


def test_equal_data_give_equal_bytes_and_changed_data_other_ones(shown: SiteFixture) -> None:
    shown.write("interpretation/tj.md", graphic())
    built(shown)
    path = shown.output / "jiedu/tj-changtu.png"
    before, written = path.read_bytes(), path.stat().st_mtime_ns

    shown.write("interpretation/tj.md", graphic(作者="王示例"))
    result = shown.build()
    assert "jiedu/tj.html" in result.written and "jiedu/tj-changtu.png" not in result.written
    assert path.stat().st_mtime_ns == written

    shown.write("interpretation/tj.md", graphic().replace("数值: 6000", "数值: 7000"))
    built(shown)
    assert path.read_bytes() != before

    shown.write("interpretation/tj.md", graphic())
    built(shown)
    assert path.read_bytes() == before


def test_the_picture_goes_with_its_data(shown: SiteFixture) -> None:
    shown.write("interpretation/tj.md", graphic())
    built(shown)

    shown.write("interpretation/tj.md", graphic("长卷", "正文。\n", 图解=None, 文字版="图上说的话。"))
    built(shown)

    assert not (shown.output / "jiedu/tj-changtu.png").exists()


def test_without_a_font_all_else_is_built_and_the_font_is_used_once_it_is_there(
    shown: SiteFixture, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shown.write("interpretation/tj.md", graphic())
    fonts_module._matched.cache_clear()
    with monkeypatch.context() as without:
        without.setenv("PATH", str(tmp_path))
        result = shown.build()
        assert result.is_published
        assert [item.code for item in result.diagnostics] == ["no-font"]
        assert "apt-get install fonts-noto-cjk" in result.diagnostics[0].remedy
        assert not (shown.output / "jiedu/tj-changtu.png").exists()
        assert "changtu" not in shown.page("jiedu/tj.html") and "og:image" not in shown.page("jiedu/tj.html")
        assert "困难老人" in shown.page("jiedu/tj.html")
    fonts_module._matched.cache_clear()

    result = shown.build()

    assert result.diagnostics == []
    assert (shown.output / "jiedu/tj-changtu.png").exists()
    assert "tj-changtu.png" in shown.page("jiedu/tj.html")


def test_a_font_of_the_project_is_used_and_a_bad_one_is_named(shown: SiteFixture) -> None:
    shown.write("interpretation/tj.md", graphic())
    built(shown)
    usual = (shown.output / "jiedu/tj-changtu.png").read_bytes()
    found = fonts_module.find_fonts(str(shown.root)).found
    assert found is not None
    (shown.root / "own.ttc").write_bytes(Path(found.song.path).read_bytes())

    shown.configure("字体: {黑体: own.ttc}\n" + SITE_YML)
    built(shown)
    assert (shown.output / "jiedu/tj-changtu.png").read_bytes() != usual

    (shown.root / "own.ttc").write_bytes(b"no font")
    result = shown.build()
    assert [item.code for item in result.diagnostics] == ["bad-font"]
    assert "own.ttc" in result.diagnostics[0].message
    assert (shown.output / "jiedu/tj-changtu.png").read_bytes() == usual


# --- share cards -----------------------------------------------------------------------------------


def shared(site: SiteFixture, path: str) -> dict[str, str]:
    page = html.fromstring(site.page(path))
    pairs = [
        (node.get("property") or node.get("name"), node.get("content")) for node in page.xpath("//head/meta")
    ]
    return {name: content for name, content in pairs if name and name.startswith(("og:", "twitter:"))}


def test_a_page_names_the_card_of_its_kind(shown: SiteFixture) -> None:
    shown.write("interpretation/tj.md", graphic())
    built(shown)

    tags = shared(shown, "zhengce/a.html")

    assert tags["og:title"] == "越明市养老服务办法"
    assert tags["og:url"] == "https://yueming.example/zhengce/a.html"
    assert tags["og:image"] == "https://yueming.example/share/policy.png"
    assert tags["twitter:card"] == "summary_large_image"
    size = (int(tags["og:image:width"]), int(tags["og:image:height"]))
    assert picture(shown, "share/policy.png").size == size == (1200, 630)
    assert shared(shown, "index.html")["og:image"].endswith("/share/site.png")
    assert shared(shown, "index.html")["og:type"] == "website"
    assert shared(shown, "jiedu/tj.html")["og:image"].endswith("/jiedu/tj-fenxiang.png")
    assert picture(shown, "jiedu/tj-fenxiang.png").size == (1200, 630)
    assert "og:title" not in shown.page("404.html")


def test_every_named_card_exists(shown: SiteFixture) -> None:
    shown.write("interpretation/tj.md", graphic())
    built(shown)

    for path, _ in shown.outputs():
        if path.endswith(".html") and (image := shared(shown, path).get("og:image")):
            assert (shown.output / image.removeprefix("https://yueming.example/")).is_file(), (path, image)


def test_the_settings_say_which_kinds_have_a_card_each(shown: SiteFixture) -> None:
    shown.configure("分享图: {逐篇: [政策文件]}\n" + SITE_YML)
    shown.write("interpretation/tj.md", graphic())
    built(shown)
    assert shared(shown, "zhengce/a.html")["og:image"].endswith("/zhengce/a-fenxiang.png")
    assert shared(shown, "jiedu/tj.html")["og:image"].endswith("/share/interpretation.png")

    shown.configure("分享图: {生成: 否}\n" + SITE_YML)
    built(shown)
    assert "og:image" not in shared(shown, "zhengce/a.html")
    assert not (shown.output / "share").exists()

    shown.configure("分享图: {逐篇: [政策]}\n" + SITE_YML)
    assert "错误[unknown-card-kind]: 没有“政策”这类内容" in shown.check()


def test_the_colours_of_the_site_colour_its_pictures(shown: SiteFixture) -> None:
    shown.configure(SITE_YML + '    外观: {qing-deep: "#123456"}\n')

    shown.build()

    assert picture(shown, "share/policy.png").convert("RGB").getpixel((5, 300)) == (0x12, 0x34, 0x56)
