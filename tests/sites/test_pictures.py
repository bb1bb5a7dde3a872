"""Pictures given as files: published small, without notes, and only when they changed."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from lxml import html
from PIL import Image
from playwright.sync_api import Browser

from generator.build import BuildOptions, build
from generator.config import load_config
from generator.diagnostics import format_text
from tests.generator.test_images import photograph
from tests.sites.test_infographics import graphic
from tests.support import SiteFixture, news, policy

BODY = "今天开工。\n\n![桥面已经合龙](qiao.jpg)\n"


def built(site: SiteFixture) -> list[str]:
    result = site.build()
    assert result.is_published, format_text(result.diagnostics)
    return [
        path
        for path in result.written
        if path.startswith("yaowen/") and not path.endswith((".html", ".xml", ".json"))
    ]


def test_a_picture_in_a_body_comes_in_sizes_that_exist(site: SiteFixture) -> None:
    site.write("news/a.md", news(BODY, 题图="qiao.jpg", 题图说明="桥"))
    site.write("news/qiao.jpg", photograph())
    built(site)

    page = html.fromstring(site.page("yaowen/a.html"))

    assert [image.get("alt") for image in page.xpath("//picture//img")] == ["桥", "桥面已经合龙"]
    for shown in page.xpath("//picture"):
        (image,) = shown.xpath(".//img")
        assert (image.get("width"), image.get("height")) == ("1200", "900")
        assert [source.get("type") for source in shown.xpath(".//source")] == ["image/avif", "image/webp"]
        for candidate in ", ".join(shown.xpath(".//source/@srcset")).split(", "):
            url, width = candidate.split()
            with Image.open(site.output / "yaowen" / url.removeprefix("../yaowen/")) as smaller:
                assert f"{smaller.width}w" == width


def test_no_published_file_carries_what_the_camera_noted(site: SiteFixture) -> None:
    site.write("news/a.md", news(BODY + "\n[原图](yuan.png)\n", 题图="qiao.jpg", 题图说明="桥"))
    site.write("news/qiao.jpg", photograph())
    site.write("news/yuan.png", photograph("PNG"))
    built(site)

    assert [path for path, data in site.outputs() if b"MakerOfTelephone" in data] == []
    assert (site.output / "yaowen/yuan.png").is_file()
    assert not (site.output / "yaowen/yuan-480.webp").exists()  # linked, not shown


def test_pictures_are_made_again_only_when_they_changed(site: SiteFixture) -> None:
    site.write("news/a.md", news(BODY))
    file = site.write("news/qiao.jpg", photograph())
    assert len(built(site)) == 7

    site.write("news/a.md", news(BODY + "\n又一段。\n"))
    assert built(site) == []

    file.write_bytes(photograph())  # touched, as by a fresh checkout
    assert built(site) == []

    file.write_bytes(photograph(size=(1200, 800)))
    assert len(built(site)) == 7

    site.write("news/a.md", news())
    built(site)
    assert not list((site.output / "yaowen").glob("qiao*"))


def test_a_damaged_picture_is_named(site: SiteFixture) -> None:
    site.write("news/a.md", news(BODY))
    site.write("news/qiao.jpg", photograph(size=(3000, 2000))[:9000])

    result = site.build()

    assert not result.is_published
    assert "content/news/qiao.jpg: 错误[bad-image]: 图片打不开" in format_text(result.diagnostics)


def test_a_bomb_is_refused_before_it_is_unpacked(site: SiteFixture) -> None:
    stream = BytesIO()
    Image.new("1", (20000, 20000)).save(stream, "PNG")
    assert len(stream.getvalue()) < 100_000
    site.write("news/a.md", news("![大图](da.png)\n"))
    site.write("news/da.png", stream.getvalue())

    assert "content/news/da.png: 错误[image-too-large]: 图片展开以后像素太多" in site.check()


@pytest.mark.parametrize(("width", "best"), [(360, "qiao-480.avif"), (1280, "qiao-960.avif")])
def test_a_browser_fetches_the_size_that_it_shows(
    site: SiteFixture, browser: Browser, width: int, best: str
) -> None:
    site.write("news/a.md", news(BODY))
    site.write("news/qiao.jpg", photograph())
    built(site)
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()

    page.goto((site.output / "yaowen/a.html").as_uri())
    shown = page.locator("picture img")
    shown.scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('picture img').complete")

    assert shown.evaluate("image => image.currentSrc").endswith(best)
    assert shown.evaluate("image => image.naturalWidth") > 0
    context.close()


CHART = "折线图：办件（件）\n\n| 月 | 数 |\n| --- | --- |\n| 1月 | 2 |\n| 2月 | {last} |\n"
EDITS: tuple[dict[str, str | bytes], ...] = (
    {
        "policy/a.md": policy(),
        "interpretation/tj.md": graphic(),
        "news/qiao.jpg": photograph(),
        "news/a.md": news(BODY + "\n" + CHART.format(last=3)),
    },
    {"interpretation/tj.md": graphic("路线").replace("6000", "7000")},
    {"news/a.md": news(BODY + "\n" + CHART.format(last=9))},
    {"news/qiao.jpg": photograph(size=(700, 500))},
    {"news/b.md": news(BODY, 标题="又一条消息")},
)


def test_a_site_edited_step_by_step_equals_one_built_at_once_by_two_processes(tmp_path: Path) -> None:
    def started(name: str) -> SiteFixture:
        (tmp_path / name).mkdir()
        return SiteFixture(tmp_path / name)

    edited = started("edited")
    for number, edit in enumerate(EDITS):
        for path, data in edit.items():
            edited.write(path, data)
        built(edited)
        fresh = started(f"fresh-{number}")
        for path, data in {path: data for step in EDITS[: number + 1] for path, data in step.items()}.items():
            fresh.write(path, data)
        group, _ = load_config(fresh.root)
        assert group is not None
        assert build(group, BuildOptions(fresh.today, workers=2)).is_published
        assert dict(edited.outputs()) == dict(fresh.outputs()), number
