"""What every page of the sample city owes to people who see, hear or move differently; read from the files.

The numbers A-… are those of `generator/conformance/lines.yml`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from lxml import html

from tests.sites.output import Output, squeezed

Element = html.HtmlElement

_BARE = frozenset(
    [
        "更多",
        "更多>>",
        ">>",
        "点击这里",
        "点这里",
        "这里",
        "此处",
        "详情",
        "查看",
        "查看更多",
        "查看详情",
        "全文",
        "下载",
        "点击下载",
        "链接",
    ]
)
_URGING = re.compile("立即下载|免费领取|领取红包|马上抢|点击领取")


def _found(city: Output, find: Callable[[Element], Iterator[object]]) -> dict[str, list[str]]:
    """Return what a rule finds on each page, shortened."""
    found = {}
    for path, page in city.pages.items():
        problems = [str(item)[:120] for item in find(page.tree)]
        if problems:
            found[path] = problems[:3]
    return found


def _shown(element: Element) -> str:
    return html.tostring(element, encoding="unicode", with_tail=False)


def _words(element: Element) -> str:
    return re.sub(r"\s", "", element.text_content())


def _styles(city: Output) -> str:
    sheets = sorted(path for path in city.files if path.endswith(".css"))
    assert sheets
    text = "\n".join((city.root / path).read_text(encoding="utf-8") for path in sheets)
    return re.sub(r"/\*.*?\*/", "", text, flags=re.S)


def _scripts(city: Output) -> dict[str, str]:
    found = {
        path: (city.root / path).read_text(encoding="utf-8") for path in city.files if path.endswith(".js")
    }
    assert found
    return found


def test_texts_of_pictures_say_more_than_their_file_names(city: Output) -> None:
    """A-01."""

    def find(tree: Element) -> Iterator[str]:
        for image in tree.xpath("//img"):
            text = (image.get("alt") or "").strip()
            name = image.get("src", "").rpartition("/")[2]
            if text in ("图片", "图", "image", name, name.rpartition(".")[0]) and text:
                yield _shown(image)
        for image in tree.xpath("//main//*[contains(@class, 'text') or self::figure]//img"):
            if not (image.get("alt") or "").strip():
                yield _shown(image)

    assert _found(city, find) == {}


def test_infographics_have_all_their_words_as_text(city: Output) -> None:
    """A-02: the page of an infographic drawn as a picture has a long text that the picture points to."""
    count = 0
    for path, page in city.pages.items():
        for image in page.tree.xpath("//article//figure//img[@aria-describedby]"):
            count += 1
            text = page.tree.xpath(f"//*[@id='{image.get('aria-describedby')}']")
            assert text and len(_words(text[0])) >= 100, path
    plates = [path for path in city.pages if re.fullmatch(r"jiedu/[\w-]+-tj\.html", path)]
    assert plates
    for path in plates:
        assert len(_words(city.pages[path].tree.xpath("//article")[0])) >= 100, path


def test_drawings_are_named_or_hidden(city: Output) -> None:
    """A-03, A-04: an SVG is decoration, or has a title; a chart has its numbers in a table on the same page."""

    def find(tree: Element) -> Iterator[str]:
        for drawing in tree.xpath("//*[local-name()='svg'][not(ancestor::*[local-name()='svg'])]"):
            if drawing.get("aria-hidden") == "true" or drawing.xpath("ancestor::*[@aria-hidden='true']"):
                continue
            named = drawing.get("aria-label") or drawing.get("aria-labelledby")
            titled = drawing.xpath("./*[local-name()='title'][normalize-space()]")
            if drawing.get("role") != "img" or not (named or titled):
                yield _shown(drawing)
        for chart in tree.xpath("//figure[contains(@class, 'chart')]"):
            if not chart.xpath(".//table") and not tree.xpath("//main//table"):
                yield _shown(chart)

    assert _found(city, find) == {}


def test_films_have_captions_and_transcripts_and_never_start_alone(city: Output) -> None:
    """A-05, A-06."""

    def find(tree: Element) -> Iterator[str]:
        for media in tree.xpath("//video | //audio"):
            if media.get("autoplay") is not None or media.get("controls") is None:
                yield _shown(media)
            if media.tag == "video" and not media.xpath("./track[@kind='captions'][@src]"):
                yield _shown(media)
            if not tree.xpath("//*[@id='transcript'][string-length(normalize-space()) > 50]"):
                yield _shown(media)

    assert _found(city, find) == {}


def test_data_tables_have_headers_and_a_name(city: Output) -> None:
    """A-09."""

    def find(tree: Element) -> Iterator[str]:
        for table in tree.xpath("//table"):
            region = table.xpath("ancestor::*[@role='region'][@aria-label or @aria-labelledby]")
            if not (table.xpath("./caption[normalize-space()]") or region):
                yield _shown(table)
            if not table.xpath(".//th") or table.xpath(".//th[not(@scope)]"):
                yield _shown(table)
            if table.get("role") in ("presentation", "none"):
                yield _shown(table)

    assert _found(city, find) == {}


def test_entries_of_lists_are_list_items(city: Output) -> None:
    """A-10: several links to documents side by side stand in a list, a table or a sentence."""

    def find(tree: Element) -> Iterator[str]:
        for link in tree.xpath("//main//*[contains(@class, 'row__link')]"):
            if not link.xpath("ancestor::li"):
                yield _shown(link)
        for parent in tree.xpath("//ul | //ol"):
            for child in parent:
                if isinstance(child.tag, str) and child.tag not in ("li", "script", "template"):
                    yield _shown(child)

    assert _found(city, find) == {}


def test_nothing_changes_the_order_of_reading(city: Output) -> None:
    """A-11, A-36: no positive tabindex, no order set by style sheets."""
    assert _found(city, lambda tree: (_shown(e) for e in tree.xpath("//*[@tabindex > 0]"))) == {}
    assert not re.search(r"[;{\s]order\s*:|(?:row|column|wrap)-reverse", _styles(city))


def test_nothing_locks_the_orientation(city: Output) -> None:
    """A-13."""
    assert not re.search(r"orientation\s*:|rotate\((?:-?90|270)deg\)", _styles(city))
    for path, text in _scripts(city).items():
        assert "orientation.lock" not in text, path


def test_fields_for_personal_data_say_what_they_are_for(city: Output) -> None:
    """A-14: outside of searches, which is the form of application to print, every field says its purpose or off."""
    purposes = {
        field.get("id"): field.get("autocomplete")
        for page in city.pages.values()
        for field in page.tree.xpath("//input | //textarea | //select")
        if not field.xpath("ancestor::form[@role='search']")
        and field.get("type") not in ("radio", "checkbox")
    }
    assert None not in purposes.values()
    if purposes:
        assert {purposes[name] for name in ("xingming", "dianhua", "youxiang", "dizhi")} == {
            *("name", "tel", "email", "address-line1")
        }


def test_nobody_logs_in_or_fills_in_twice(city: Output) -> None:
    """A-55, A-56: no passwords, no form of several steps; what is sent are words to search for."""

    def find(tree: Element) -> Iterator[str]:
        for field in tree.xpath("//input[@type='password' or @type='file'] | //form[not(@role='search')]"):
            yield _shown(field)

    assert _found(city, find) == {}


def test_marks_of_state_are_words(city: Output) -> None:
    """A-15: badges and what replaces a link say in words what their colour says."""
    xpath = "//*[contains(concat(' ', @class), ' badge') and not(contains(@class, 'badge__'))]"
    assert any(page.tree.xpath(xpath) for page in city.pages.values())
    assert _found(city, lambda tree: (_shown(e) for e in tree.xpath(xpath) if not _words(e))) == {}


def test_nothing_appears_on_hovering_alone(city: Output) -> None:
    """A-23: no rule for :hover or :focus shows what was hidden; menus are disclosure elements."""
    rules = re.findall(r"([^{}]*:(?:hover|focus)[^{}]*)\{([^}]*)\}", _styles(city))
    assert rules
    showing = [
        selector.strip()
        for selector, body in rules
        if re.search(r"display\s*:\s*(?!none)|visibility\s*:\s*visible|opacity\s*:\s*1", body)
    ]
    assert showing == []


def test_pages_leave_readers_their_time(city: Output) -> None:
    """A-30, A-31, A-32: no refresh but that of moved pages at once, nothing that moves or blinks by itself."""

    def find(tree: Element) -> Iterator[str]:
        for refresh in tree.xpath("//meta[@http-equiv='refresh']"):
            if not refresh.get("content", "").startswith("0;"):
                yield _shown(refresh)
        for element in tree.xpath("//marquee | //blink | //dialog[@open]"):
            yield _shown(element)

    assert _found(city, find) == {}
    assert not re.search(r"animation[^;}]*infinite|@keyframes|text-decoration[^;}]*blink", _styles(city))


def test_movement_is_only_for_those_who_accept_it(city: Output) -> None:
    """A-33: whatever moves stands inside a rule for no preference, or is switched off for reduced motion."""
    styles = _styles(city)
    reduced = re.findall(r"@media[^{]*prefers-reduced-motion: reduce[^{]*\{(.*?\})\s*\}", styles, re.S)
    outside = re.sub(r"@media[^{]*prefers-reduced-motion[^{]*\{.*?\}\s*\}", "", styles, flags=re.S)
    moving = re.findall(r"(?:transition|animation|scroll-behavior)\s*:\s*(?!none|auto|unset)[^;}]+", outside)
    assert moving == [] or any("transition" in block or "animation" in block for block in reduced), moving


def test_links_say_where_they_lead(city: Output) -> None:
    """A-37."""

    def find(tree: Element) -> Iterator[str]:
        for link in tree.xpath("//a[@href]"):
            name = link.get("aria-label") or _words(link)
            name = name or "".join(link.xpath(".//img/@alt"))
            if not name.strip() or name in _BARE:
                yield _shown(link)

    assert _found(city, find) == {}


def test_every_page_offers_three_ways_to_find(city: Output) -> None:
    """A-38, A-53: menu, search and site map, in the same places."""
    for path, page in city.pages.items():
        targets = {use.path.rpartition("/")[2] for use in page.links()}
        assert {"search.html", "sitemap.html"} <= targets, path
        assert page.tree.xpath("//header//nav//a[@href]"), path
        assert page.tree.xpath("//footer//a[starts-with(@href, 'tel:')]"), path


def test_headings_and_labels_have_words(city: Output) -> None:
    """A-39."""
    xpath = "//h1 | //h2 | //h3 | //h4 | //h5 | //h6 | //th | //label | //summary | //caption | //legend"
    assert _found(city, lambda tree: (_shown(e) for e in tree.xpath(xpath) if not _words(e))) == {}


def test_the_place_of_a_page_is_shown(city: Output) -> None:
    """A-42: all but homes and the page for what is not there."""
    homes = re.compile(r"(?:[\w-]+/)*(?:index|404|search)\.html")
    for path, page in city.pages.items():
        trail = page.tree.xpath("//nav[@aria-label='当前位置']")
        if trail:
            assert trail[0].xpath(".//li[last()]//*[@aria-current='page']"), path
        else:
            assert (homes.fullmatch(path) and path.count("/") <= 1) or page.is_redirect or page.is_elder, path


def test_scripts_act_on_release_and_need_no_gestures(city: Output) -> None:
    """A-43, A-44, A-51: no navigation on pressing down, on focus or on choosing; no gestures of the hand."""
    for path, text in _scripts(city).items():
        assert not re.search(
            r"""["'](?:gesturestart|gesturechange|dragstart)["']|\.(?:changedTouches|touches)\b""", text
        ), path
        assert not re.search(
            r"""["'](?:mousedown|pointerdown|touchstart|focus|change)["'][^;)]{0,90}location(?:\.href)?\s*=(?!=)""",
            text,
        ), path
    selects = "//select[not(ancestor::form//button)]"
    assert _found(city, lambda tree: (_shown(e) for e in tree.xpath(selects))) == {}


def test_names_begin_with_what_is_seen(city: Output) -> None:
    """A-45."""

    def find(tree: Element) -> Iterator[str]:
        for element in tree.xpath("//a[@aria-label] | //button[@aria-label] | //summary[@aria-label]"):
            if not re.sub(r"\s", "", element.get("aria-label")).startswith(_words(element)):
                yield _shown(element)

    assert _found(city, find) == {}


def test_every_page_has_a_way_back_to_its_beginning_and_home(city: Output) -> None:
    """A-57: real links; going one step back is the browser's own and is not taken away."""
    for path, page in city.pages.items():
        tops = [link for link in page.tree.xpath("//footer//a[@href='#top']") if "顶部" in _words(link)]
        homes = [use for use in page.links() if use.path.rpartition("/")[2] == "index.html"]
        assert tops and homes, path
        assert page.tree.xpath("//*[@id='top']"), path
    for path, text in _scripts(city).items():
        assert "history.forward" not in text and "onbeforeunload" not in text, path


def test_nothing_urges_or_pops_up(city: Output) -> None:
    """A-64, A-65: no windows over the page, no urging buttons, nothing from others."""

    def find(tree: Element) -> Iterator[str]:
        for element in tree.xpath("//a | //button"):
            if _URGING.search(_words(element)):
                yield _shown(element)
        for element in tree.xpath("//dialog[@open] | //*[@role='alertdialog'] | //iframe"):
            yield _shown(element)

    assert _found(city, find) == {}


def test_moments_are_marked_and_numbers_to_call_can_be_called(city: Output) -> None:
    """A-76: <time> has a machine's form; telephone numbers are links, but in summaries of lists."""
    number = re.compile(r"(?<![\d-])0\d{2,3}-\d{7,8}(?![\d-])")

    def find(tree: Element) -> Iterator[str]:
        for moment in tree.xpath("//time"):
            if not re.match(r"\d{4}(-\d{2}){0,2}", moment.get("datetime") or ""):
                yield _shown(moment)
        for text in tree.xpath(
            "//body//text()[not(ancestor::a | ancestor::h1 | ancestor::h2 | ancestor::h3)]"
        ):
            if "-" in text and number.search(text) and text.getparent().get("class") != "row__summary":
                yield text

    assert _found(city, find) == {}


def test_bars_say_their_value_in_words(city: Output) -> None:
    """A-77."""
    xpath = "//progress | //meter | //*[@role='progressbar']"
    assert any(page.tree.xpath(xpath) for page in city.pages.values())

    def find(tree: Element) -> Iterator[str]:
        for bar in tree.xpath(xpath):
            if bar.get("aria-hidden") != "true" and not bar.get("aria-valuetext"):
                yield _shown(bar)

    assert _found(city, find) == {}


def test_words_can_be_selected_and_copied(city: Output) -> None:
    """A-78."""
    assert "user-select" not in _styles(city)
    for path, text in _scripts(city).items():
        assert not re.search(r"""addEventListener\(["'](?:contextmenu|selectstart|copy)["']""", text), path


def test_foreign_words_are_few_or_marked(city: Output) -> None:
    """A-48: text of four and more words in Latin letters without Chinese is marked with its language."""

    def find(tree: Element) -> Iterator[str]:
        for text in tree.xpath("//main//text()"):
            words = squeezed(str(text))
            if re.fullmatch(r"(?:[A-Za-z',]{2,}[ ]){3,}[A-Za-z'.]+", words):
                holders = text.getparent().xpath("ancestor-or-self::*[@lang]/@lang")
                if holders[-1:] == ["zh-CN"]:
                    yield words

    assert _found(city, find) == {}


@pytest.mark.parametrize("pattern", [r"(?:上|下|左|右)(?:方|侧|边)(?:的)?(?:红|绿|蓝|黄)?色?(?:按钮|链接)"])
def test_no_words_point_by_place_or_colour(city: Output, pattern: str) -> None:
    """A-12."""
    assert [path for path, page in city.pages.items() if re.search(pattern, page.text)] == []
