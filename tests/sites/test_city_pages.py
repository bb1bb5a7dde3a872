"""Every page of the sample city: domain/01 §1, §2 and §9, lines 1 to 5, 7 and 11."""

from __future__ import annotations

import itertools
import json
import re
from collections import Counter

import html5lib
from lxml import etree, html

from tests.sites.conftest import CITY_TODAY
from tests.sites.output import Output, Page, squeezed

SITE_TAGS = ["SiteName", "SiteDomain", "SiteIDCode"]
COLUMN_TAGS = [*SITE_TAGS, "ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"]
ARTICLE_TAGS = [*COLUMN_TAGS, "ArticleTitle", "PubDate", "ContentSource"]
HOMES = ("index.html", "shaoxing/index.html", "elder/index.html", "shaoxing/elder/index.html")
FOLDERS = ("shaoxing/elder/", "shaoxing/", "elder/", "")


def _articles(city: Output) -> list[Page]:
    found = [page for page in city.pages.values() if page.is_article]
    assert len(found) >= 150
    return found


# --- meta tags -------------------------------------------------------------------------------------


def test_home_pages_carry_exactly_the_three_site_tags(city: Output) -> None:
    for path in HOMES:
        assert [name for name, _ in city.pages[path].official_tags] == SITE_TAGS


def test_every_other_page_carries_seven_tags_or_ten_and_more_in_the_official_order(city: Output) -> None:
    wrong = {}
    for path, page in city.pages.items():
        names = [name for name, _ in page.official_tags]
        if path not in HOMES and names != COLUMN_TAGS and names[: len(ARTICLE_TAGS)] != ARTICLE_TAGS:
            wrong[path] = names
    assert wrong == {}


def test_pages_of_documents_carry_the_tags_of_content(city: Output) -> None:
    manifest = json.loads((city.root / "manifest.json").read_text(encoding="utf-8"))
    without_date = ("jigou/", "zhuanti/", "guanyu", "shengming", "yinsi", "wuzhangai")
    missing = [
        path
        for path in manifest["pages"]
        if not path.endswith("/index.html")
        and not path.removeprefix("shaoxing/").startswith(without_date)
        and not city.pages[path].is_article
    ]
    assert missing == []


def test_no_tag_is_empty_null_or_given_twice(city: Output) -> None:
    wrong = []
    for path, page in city.pages.items():
        names = [element.get("name").lower() for element in page.tree.xpath("//head/meta[@name]")]
        wrong += [f"{path}: {name} twice" for name, count in Counter(names).items() if count > 1]
        wrong += [
            f"{path}: {name}={content!r}"
            for name, content in page.official_tags
            if not content or not content.strip() or content.strip().lower() in ("null", "none", "undefined")
        ]
    assert wrong == []


def test_site_tags_are_those_of_the_settings(city: Output) -> None:
    for path, page in city.pages.items():
        name = "绍兴月鉴" if path.startswith("shaoxing/") else "越明市政务公开"
        assert page.official_tags[:3] == [
            ("SiteName", name),
            ("SiteDomain", "yueming.example"),
            ("SiteIDCode", "0000000000"),
        ]


def test_article_title_is_the_heading_and_begins_the_title(city: Output) -> None:
    wrong = []
    for page in _articles(city):
        title = page.meta["ArticleTitle"]
        if title != page.heading or not page.title.startswith(title):
            wrong.append((page.path, title, page.heading, page.title))
    assert wrong == []


def test_publication_time_is_to_the_minute_and_not_after_the_build_date(city: Output) -> None:
    form = re.compile(r"\d{4}-\d{2}-\d{2} ([01]\d|2[0-3]):[0-5]\d")
    wrong = [
        (page.path, page.meta["PubDate"])
        for page in _articles(city)
        if not form.fullmatch(page.meta["PubDate"]) or page.meta["PubDate"][:10] > CITY_TODAY
    ]
    assert wrong == []


def test_time_and_source_are_shown_to_readers(city: Output) -> None:
    wrong = []
    for page in _articles(city):
        if page.is_elder:
            continue  # the day is enough there
        shown = page.tree.xpath("//main//time[@datetime]")
        minutes = {squeezed(element.text_content()) for element in shown}
        dated = bool(page.tree.xpath("//main//*[contains(@class, 'document__byline')]//time"))
        if dated and (page.meta["PubDate"] not in minutes or "来源" not in page.text):
            wrong.append(page.path)
    assert wrong == []


def test_address_tag_is_the_canonical_link(city: Output) -> None:
    for page in _articles(city):
        canonical = page.tree.xpath("//link[@rel='canonical']/@href")
        assert [page.meta["Url"]] == canonical


# --- structure -------------------------------------------------------------------------------------


def test_every_page_has_one_main_one_heading_and_a_language(city: Output) -> None:
    wrong = []
    for path, page in city.pages.items():
        counts = [len(page.tree.xpath(f"//{name}")) for name in ("main", "h1", "head/title")]
        if counts != [1, 1, 1] or page.tree.get("lang") != "zh-CN":
            wrong.append((path, counts))
    assert wrong == []


def _shape(element: html.HtmlElement) -> str:
    """Return what is left of an element without addresses and the mark of the current menu entry."""
    copy = html.fromstring(html.tostring(element, encoding="unicode"))
    for node in copy.iter():
        for name in ("href", "aria-current"):
            node.attrib.pop(name, None)
    return html.tostring(copy, encoding="unicode")


def test_header_and_footer_are_those_of_the_home_page(city: Output) -> None:
    wrong = []
    for folder in FOLDERS:
        home = city.pages[f"{folder}index.html"]
        wanted = [_shape(part) for part in home.tree.xpath("//body/header | //body/footer")]
        assert len(wanted) == 2
        for path, page in city.pages.items():
            if next(found for found in FOLDERS if path.startswith(found)) == folder:
                parts = [_shape(part) for part in page.tree.xpath("//body/header | //body/footer")]
                if parts != wanted:
                    wrong.append(path)
    assert wrong == []


def test_footer_has_the_eight_official_items(city: Output) -> None:
    footer = squeezed(city.pages["index.html"].tree.xpath("//body/footer")[0].text_content())
    for words in (
        "党政机关网站标识（演示",
        "我为政府网站找错（演示",
        "政府网站标识码 0000000000（演示）",
        "主办：越明市人民政府办公室",
        "电话：0575-00000000",
        "ICP备案号（演示",
        "公安机关备案号（演示",
        "站点地图",
    ):
        assert words in footer


def test_every_page_says_that_this_is_a_demonstration(city: Output) -> None:
    missing = [
        path
        for path, page in city.pages.items()
        if "不是政府网站" not in page.tree.xpath("//body/header")[0].text_content()
    ]
    assert missing == []


def test_first_link_skips_to_the_main_part(city: Output) -> None:
    for path, page in city.pages.items():
        first = page.tree.xpath("//body//a[@href]")[0]
        assert (first.get("href"), page.tree.xpath("//main/@id")) == ("#main", ["main"]), path


def test_ids_are_unique_on_each_page(city: Output) -> None:
    twice = {
        path: [name for name, count in Counter(page.ids).items() if count > 1]
        for path, page in city.pages.items()
    }
    assert {path: names for path, names in twice.items() if names} == {}


def test_ids_have_no_spaces_and_labels_point_at_them(city: Output) -> None:
    wrong = []
    for path, page in city.pages.items():
        ids = set(page.ids)
        wrong += [f"{path}: id {name!r}" for name in ids if not name or re.search(r"\s", name)]
        for attribute in ("for", "aria-labelledby", "aria-describedby", "aria-controls"):
            for value in page.tree.xpath(f"//@{attribute}"):
                wrong += [f"{path}: {attribute}={name}" for name in value.split() if name not in ids]
    assert wrong == []


def test_html_parses_without_errors(city: Output) -> None:
    wrong = {}
    for path, page in city.pages.items():
        parser = html5lib.HTMLParser()
        parser.parse(page.source)
        if parser.errors:
            wrong[path] = parser.errors[:3]
    assert wrong == {}


def test_pictures_have_a_text_and_a_size(city: Output) -> None:
    wrong = [
        f"{path}: {image.get('src')}"
        for path, page in city.pages.items()
        for image in page.tree.xpath("//img")
        if image.get("alt") is None or not image.get("width") or not image.get("height")
    ]
    assert wrong == []


def test_titles_are_unique(city: Output) -> None:
    counts = Counter(page.title for page in city.pages.values())
    assert [title for title, count in counts.items() if count > 1] == []


def test_headings_begin_at_one_and_skip_no_level(city: Output) -> None:
    wrong = {}
    for path, page in city.pages.items():
        levels = [
            int(element.tag[1])
            for element in page.tree.xpath(
                "//main//*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5 or self::h6]"
            )
        ]
        skips = [pair for pair in itertools.pairwise(levels) if pair[1] > pair[0] + 1]
        if levels[:1] != [1] or skips:
            wrong[path] = skips
    assert wrong == {}


# --- content security ------------------------------------------------------------------------------


def test_nothing_in_the_pages_needs_more_than_the_strict_policy(city: Output) -> None:
    """STYLE §6: no inline script or style, no event attributes, no data: addresses, nothing from elsewhere."""
    wrong = []
    for path, page in city.pages.items():
        tree = page.tree
        wrong += [
            f"{path}: inline script"
            for script in tree.xpath("//script[not(@src)]")
            if script.get("type") not in ("application/ld+json",)
        ]
        wrong += [f"{path}: <style>" for _ in tree.xpath("//style")]
        wrong += [f"{path}: style={value}" for value in tree.xpath("//@style")]
        wrong += [
            f"{path}: {name}"
            for element in tree.iter(etree.Element)
            for name in element.attrib
            if str(name).startswith("on")
        ]
        wrong += [
            f"{path}: {value[:40]}"
            for value in tree.xpath("//@src | //@href | //@poster | //@srcset")
            if value.startswith("data:")
        ]
        wrong += [
            f"{path}: {value}"
            for value in tree.xpath(
                "//script/@src | //img/@src | //video/@src | //source/@src | //iframe/@src | //link[@rel='stylesheet']/@href"
            )
            if city.resolve(path, value).elsewhere
        ]
        wrong += [
            f"{path}: <{element.tag}>"
            for element in tree.xpath("//marquee | //blink | //iframe | //object | //embed | //base")
        ]
    assert wrong == []


def test_style_sheets_and_scripts_load_nothing_from_elsewhere(city: Output) -> None:
    for path in city.files:
        if path.endswith((".css", ".js")) and "assets/" in path:
            text = (city.root / path).read_text(encoding="utf-8")
            assert "@import" not in text and not re.search(r"url\(\s*['\"]?(?:https?:|//|data:)", text), path


# --- sections and ways to find ---------------------------------------------------------------------


def test_no_section_page_is_blank(city: Output) -> None:
    blank = [
        path
        for path, page in city.pages.items()
        if path.endswith("/index.html")
        and path not in HOMES
        and not page.is_redirect
        and not page.tree.xpath(
            "//main//li//a[@href][not(ancestor::nav)] | //main//tbody/tr | //main//dd//a[@href]"
        )
        and "本机关无此项" not in page.text
    ]
    assert blank == []


def test_sitemap_xml_lists_exactly_the_pages_that_may_be_indexed(city: Output) -> None:
    for base, folder in (
        ("https://yueming.example/", ""),
        ("https://yueming.example/shaoxing/", "shaoxing/"),
    ):
        tree = etree.parse(city.root / folder / "sitemap.xml")
        listed = tree.xpath("//*[local-name()='loc']/text()")
        assert len(listed) == len(set(listed))
        own = {
            path
            for path, page in city.portal.items()
            if path.startswith("shaoxing/") is bool(folder)
            and page.is_indexed
            and page.tree.xpath("//link[@rel='canonical']/@href")[0].startswith(base)
        }
        assert {city.resolve("index.html", address).path for address in listed} == own


def test_site_map_for_people_covers_every_section_page(city: Output) -> None:
    sections = {
        use.path
        for page in city.portal.values()
        if not page.path.startswith("shaoxing/")
        for use in page.links()
        if use.path.endswith("/index.html") and use.path.count("/") == 1
    } - {"shaoxing/index.html", "elder/index.html"}
    linked = {use.path for use in city.pages["sitemap.html"].links()}
    names = {
        page.meta["ColumnName"]
        for page in city.portal.values()
        if page.is_article and not page.path.startswith("shaoxing/")
    }
    text = city.pages["sitemap.html"].text
    assert sections - linked == set()
    assert [name for name in names if name not in text] == []


def test_redirects_lead_to_the_new_address_and_stay_out_of_indexes(city: Output) -> None:
    redirects = [page for page in city.pages.values() if page.is_redirect]
    assert redirects
    for page in redirects:
        target = next(
            page.output.resolve(page.path, value.partition("url=")[2])
            for value in page.tree.xpath("//meta[@http-equiv='refresh']/@content")
        )
        assert city.pages[target.path].is_article
        assert target.path in {
            use.path for use in page.links() if use.written in page.tree.xpath("//main//a/@href")
        }
        assert page.tree.xpath("//link[@rel='canonical']/@href") == city.pages[target.path].tree.xpath(
            "//link[@rel='canonical']/@href"
        )
        assert not page.is_indexed
        assert page.path in json.loads((city.root / "manifest.json").read_text(encoding="utf-8"))["files"]


# --- feeds -----------------------------------------------------------------------------------------

ATOM = "{http://www.w3.org/2005/Atom}"
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\+08:00")


def test_atom_feeds_have_what_rfc_4287_requires(city: Output) -> None:
    feeds = [path for path in city.files if path.endswith("feed.xml")]
    assert len(feeds) > 10
    for path in feeds:
        feed = etree.parse(city.root / path).getroot()
        assert feed.tag == f"{ATOM}feed"
        assert [len(feed.findall(f"{ATOM}{name}")) for name in ("title", "id", "updated")] == [1, 1, 1], path
        assert feed.find(f"{ATOM}author/{ATOM}name").text
        own = feed.xpath("a:link[@rel='self']/@href", namespaces={"a": ATOM[1:-1]})
        assert [city.resolve("index.html", address).path for address in own] == [path]
        entries = feed.findall(f"{ATOM}entry")
        assert entries, path
        for entry in entries:
            for name in ("title", "id", "updated", "summary"):
                assert len(entry.findall(f"{ATOM}{name}")) == 1
            assert entry.findtext(f"{ATOM}title").strip()
            assert MOMENT.fullmatch(entry.findtext(f"{ATOM}updated"))
            assert city.resolve("index.html", entry.find(f"{ATOM}link").get("href")).path in city.pages
        moments = [entry.findtext(f"{ATOM}updated") for entry in entries]
        assert moments == sorted(moments, reverse=True)
        assert feed.findtext(f"{ATOM}updated") == moments[0]
        ids = [entry.findtext(f"{ATOM}id") for entry in entries]
        assert len(ids) == len(set(ids))


def test_json_feeds_say_the_same_as_atom(city: Output) -> None:
    for path in sorted(found for found in city.files if found.endswith("feed.json")):
        feed = json.loads((city.root / path).read_text(encoding="utf-8"))
        atom = etree.parse(city.root / path.replace(".json", ".xml")).getroot()
        assert feed["version"] == "https://jsonfeed.org/version/1.1"
        assert feed["title"] == atom.findtext(f"{ATOM}title")
        assert city.resolve("index.html", feed["feed_url"]).path == path
        assert [(item["id"], item["title"], item["date_published"]) for item in feed["items"]] == [
            (entry.findtext(f"{ATOM}id"), entry.findtext(f"{ATOM}title"), entry.findtext(f"{ATOM}updated"))
            for entry in atom.findall(f"{ATOM}entry")
        ]
        assert all(item["content_text"].strip() for item in feed["items"])


def test_every_section_with_dated_documents_offers_its_feed(city: Output) -> None:
    for page in city.pages.values():
        for address in page.tree.xpath("//link[@rel='alternate']/@href"):
            assert city.resolve(page.path, address).path in city.files
    listing = city.pages["zcwj/index.html"]
    offered = [
        city.resolve(listing.path, address).path
        for address in listing.tree.xpath("//link[@rel='alternate']/@href")
    ]
    assert offered == ["zcwj/feed.xml", "zcwj/feed.json"]


# --- weight ----------------------------------------------------------------------------------------


def test_what_a_page_carries_beside_its_matter_stays_small(city: Output) -> None:
    """Head, header and footer of an article: at most 4 kB gzip (issue: no full navigation tree in pages)."""
    import gzip

    for page in _articles(city)[::20]:
        before, _, rest = page.source.partition('<main class="main"')
        after = rest.partition("</main>")[2]
        assert len(gzip.compress((before + after).encode(), 9)) <= 4096, page.path


def test_every_page_describes_itself_once(city: Output) -> None:
    """Articles by the official tag, all others by that which search engines read."""
    wrong = []
    for path, page in city.pages.items():
        found = [name for name in page.tree.xpath("//head/meta/@name") if name.lower() == "description"]
        texts = page.tree.xpath("//head/meta[@name='description' or @name='Description']/@content")
        if len(found) != 1 or not texts[0].strip():
            wrong.append(path)
    assert wrong == []
