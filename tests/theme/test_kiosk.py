"""The kiosk edition (自助终端) in Chromium from a disk: fingers, no way out, and back home when left alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from lxml import html
from playwright.sync_api import Browser, Page

from generator.build import BuildOptions, build
from generator.config import load_config
from tests.support import SITE_YML, SiteFixture, news, policy, question

OUTSIDE = "https://www.example.org/a?b=1&c=2"


def built(site: SiteFixture, name: str = "kiosk") -> Path:
    group, _ = load_config(site.root)
    assert group is not None
    output = site.root / name
    result = build(group, BuildOptions(site.today, workers=1, output=output, edition="kiosk"))
    assert result.is_published, [item.message for item in result.diagnostics]
    return output


def small(root: Path, settings: str = "") -> SiteFixture:
    site = SiteFixture(root)
    site.configure(SITE_YML + settings)
    site.write(
        "policy/a/index.md",
        policy(
            f"第一条　见[外面的网页]({OUTSIDE})，或打0575-00000007。\n\n第二条　见[问答](../../question/q.md)。\n",
            附件="[{名称: 申请表, 文件: biao.csv}]",
        ),
    )
    site.write("policy/a/biao.csv", "姓名,电话\n")
    site.write("question/q.md", question())
    site.write("news/n.md", news())
    return site


@pytest.fixture(scope="session")
def kiosk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A terminal's folder that returns home after a minute."""
    settings = "    自助终端: {空闲秒数: 60, 提醒秒数: 20}\n"
    return built(small(tmp_path_factory.mktemp("kiosk"), settings))


@contextmanager
def opened(browser: Browser, file: Path) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1080, "height": 1600})
    page = context.new_page()
    page.clock.install()
    page.goto(file.as_uri())
    try:
        yield page
    finally:
        context.close()


def documents(kiosk: Path) -> list[tuple[str, html.HtmlElement]]:
    return [
        (path.relative_to(kiosk).as_posix(), html.fromstring(path.read_bytes()))
        for path in sorted(kiosk.rglob("*.html"))
    ]


def test_no_link_leads_out_of_the_folder(kiosk: Path) -> None:
    found = []
    for path, tree in documents(kiosk):
        for link in tree.xpath("//a/@href"):
            target = (kiosk / path).parent / link.partition("#")[0].partition("?")[0]
            if not link.startswith("#") and not (
                link.split("#")[0].split("?")[0].endswith(".html") and target.is_file()
            ):
                found.append((path, link))

    assert found == []


def test_what_lies_outside_is_a_code_to_scan_with_its_address_in_words(kiosk: Path) -> None:
    tree = dict(documents(kiosk))["zhengce/a.html"]
    addresses = [squeezed(item) for item in tree.xpath("//p[@class='codes__address']")]

    assert addresses == [
        "https://yueming.example/zhengce/a.html",
        OUTSIDE,
        "https://yueming.example/zhengce/biao.csv",
    ]
    assert [code.get("aria-label") for code in tree.xpath("//svg") if code.get("role") == "img"] == [
        f"二维码：{address}" for address in addresses
    ]
    assert "外面的网页（站外）（扫码 2）" in squeezed(tree.xpath("//main")[0]).replace(" ", "").replace(
        "扫码", "扫码 "
    )
    assert not (kiosk / "zhengce/biao.csv").exists()


def test_whatever_a_page_loads_lies_in_the_folder(kiosk: Path) -> None:
    missing = [
        (path, name)
        for path, tree in documents(kiosk)
        for name in tree.xpath("//@src | //link[@rel='stylesheet' or @rel='icon']/@href | //form/@action")
        if not ((kiosk / path).parent / name.partition("?")[0]).is_file()
    ]

    assert missing == []


def test_a_page_with_many_ways_out_gives_one_code_instead_of_a_wall_of_them(tmp_path: Path) -> None:
    site = small(tmp_path)
    rows = "".join(f"- [表{number}](https://www.example.org/{number}.csv)\n" for number in range(30))
    site.write("news/n.md", news(rows))
    folder = built(site)
    tree = dict(documents(folder))["yaowen/n.html"]

    assert [squeezed(item) for item in tree.xpath("//p[@class='codes__address']")] == [
        "https://yueming.example/yaowen/n.html"
    ]
    assert "表29" in squeezed(tree.xpath("//article")[0])
    assert "扫码 " not in squeezed(tree.xpath("//article")[0])
    assert tree.xpath("//article//a[starts-with(@href, 'http')]") == []


def squeezed(element: html.HtmlElement) -> str:
    return re.sub(r"\s+", " ", element.text_content()).strip()


def test_a_code_reads_as_its_address(browser: Browser, kiosk: Path, tmp_path: Path) -> None:
    """The drawing holds the modules of the code: read back from the pixels on the screen."""
    import segno
    from PIL import Image

    with opened(browser, kiosk / "zhengce/a.html") as page:
        shot = tmp_path / "code.png"
        page.locator(".codes__code").nth(1).screenshot(path=shot)
    wanted = [list(row) for row in segno.make(OUTSIDE, error="m", micro=False, boost_error=False).matrix]
    picture = Image.open(shot).convert("L")
    step = picture.width / (len(wanted) + 8)
    seen = [
        [
            int(picture.getpixel((int((x + 4.5) * step), int((y + 4.5) * step))) < 128)
            for x in range(len(wanted))
        ]
        for y in range(len(wanted))
    ]

    assert seen == wanted


PATHS = ("index.html", "zhengce/a.html", "wenda/q.html", "zcwj/index.html", "mulu/index.html", "search.html")


@pytest.mark.parametrize("path", PATHS)
def test_targets_suit_fingers_and_letters_old_eyes(browser: Browser, kiosk: Path, path: str) -> None:
    with opened(browser, kiosk / path) as page:
        low = page.evaluate(
            """() => [...document.querySelectorAll('a, button, summary, input')]
                .filter(item => !item.closest('.skip') && item.getBoundingClientRect().width > 1)
                .filter(item => getComputedStyle(item).display !== 'inline')
                .map(item => [item.textContent.trim() || item.className, item.getBoundingClientRect()])
                .filter(([, box]) => box.height < 59.5 || box.width < 59.5)
                .map(([name, box]) => `${name} ${Math.round(box.width)}×${Math.round(box.height)}`)"""
        )
        small_print = page.evaluate(
            """() => [...document.querySelectorAll('body *')]
                .filter(item => [...item.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
                .filter(item => item.tagName !== 'NOSCRIPT' && item.getBoundingClientRect().width > 1)
                .filter(item => parseFloat(getComputedStyle(item).fontSize) < 23.9).map(item => item.className)"""
        )
        overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")

    assert (low, small_print, overflow) == ([], [], 0)


def test_left_alone_it_warns_and_returns_home(browser: Browser, kiosk: Path) -> None:
    with opened(browser, kiosk / "zhengce/a.html") as page:
        page.clock.run_for(50_000)
        assert page.locator("[role=alertdialog]").count() == 0
        page.clock.run_for(10_500)
        assert page.locator("[role=alertdialog]").count() == 1
        assert page.evaluate("document.activeElement.textContent") == "继续看"
        page.clock.run_for(12_000)
        assert page.url.endswith("zhengce/a.html")
        page.clock.run_for(9_000)
        page.wait_for_url("**/index.html")


@pytest.mark.parametrize("key", ["Enter", "Escape"])
def test_who_is_still_reading_stops_the_return(browser: Browser, kiosk: Path, key: str) -> None:
    with opened(browser, kiosk / "zhengce/a.html") as page:
        page.clock.run_for(60_500)
        page.keyboard.press(key)
        page.clock.run_for(40_000)

        assert page.locator("[role=alertdialog]").count() == 0
        assert page.url.endswith("zhengce/a.html")


def test_reading_on_puts_the_return_off(browser: Browser, kiosk: Path) -> None:
    with opened(browser, kiosk / "zhengce/a.html") as page:
        for _ in range(3):
            page.clock.run_for(40_000)
            page.mouse.wheel(0, 200)
            page.wait_for_timeout(50)

        assert page.locator("[role=alertdialog]").count() == 0


def test_large_letters_end_with_the_visit(browser: Browser, kiosk: Path) -> None:
    with opened(browser, kiosk / "zhengce/a.html") as page:
        page.get_by_role("button", name="大字").click()
        assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "30px"
        page.clock.run_for(60_500)
        page.get_by_role("button", name="回首页").click()
        page.wait_for_url("**/index.html")

        assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "24px"


def test_who_cannot_type_chinese_finds_by_initials(browser: Browser, kiosk: Path) -> None:
    with opened(browser, kiosk / "search.html") as page:
        for letter in "zyshq":  # 怎样申请
            page.locator(".board__key", has_text=re.compile(f"^{letter.upper()}$")).click()
        page.locator(".search-suggest__item", has_text="怎样申请养老补贴？").first.dispatch_event("mousedown")
        page.locator(".search-result, .search-answer").first.wait_for()

        assert "怎样申请养老补贴？" in page.locator("#search").inner_text()


def test_the_index_by_initials_leads_to_documents(kiosk: Path) -> None:
    pages = dict(documents(kiosk))

    assert "suoyin/z/index.html" in pages
    assert pages["suoyin/z/index.html"].xpath("//main//a[@class='row__link']/@href") == ["../../wenda/q.html"]
    assert "../../suoyin/z/index.html" in pages["suoyin/y/index.html"].xpath("//nav//a/@href")


def test_it_needs_no_server_and_makes_no_error(browser: Browser, kiosk: Path) -> None:
    for path in PATHS:
        errors: list[str] = []
        with opened(browser, kiosk / path) as page:
            page.on("pageerror", lambda error, errors=errors: errors.append(str(error)))
            page.on("requestfailed", lambda request, errors=errors: errors.append(request.url))
            page.on(
                "request",
                lambda r, errors=errors: errors.append(r.url) if not r.url.startswith("file:") else None,
            )
            page.reload(wait_until="networkidle")
        # Chromium gives up its request for the icon where the page closes first.
        assert [url for url in errors if "/icon-" not in url] == [], path


def test_too_short_a_warning_is_an_error(site: SiteFixture) -> None:
    site.configure(SITE_YML + "    自助终端: {提醒秒数: 5}\n")

    assert "错误[short-warning]: “提醒秒数”是 5 秒，老人来不及按" in site.check()


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    site = small(tmp_path)
    first, second = built(site, "one"), built(site, "two")
    files = {path.relative_to(first): path.read_bytes() for path in first.rglob("*") if path.is_file()}

    assert files == {
        path.relative_to(second): path.read_bytes() for path in second.rglob("*") if path.is_file()
    }


def test_an_edit_changes_what_a_clean_build_would(tmp_path: Path) -> None:
    site = small(tmp_path)
    built(site)
    site.write("question/q.md", question(短答="到街道申请。", 标题="在哪里申请养老补贴？"))
    again, clean = built(site), built(site, "clean")
    files = {path.relative_to(again): path.read_bytes() for path in again.rglob("*") if path.is_file()}

    assert files == {
        path.relative_to(clean): path.read_bytes() for path in clean.rglob("*") if path.is_file()
    }
