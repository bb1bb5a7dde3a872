"""The edition in traditional characters (繁体版): shown words converted, names and addresses left alone."""

from __future__ import annotations

import re

import pytest
from lxml import html

from generator.traditional_words import TARGET, script
from tests.support import SITE_YML, SiteFixture, news, policy, question

ON = SITE_YML + "版本: [长者版, 繁体版]\n繁体例外: [云吉, 台门=臺門]\n"
BODY = "第一条　头发、发展、皇后、后面、公里。\n\n第二条　按越政办发〔2026〕1号和张云吉的意见，保护台门，见[问答](../question/q.md)。\n"


@pytest.fixture
def hant(site: SiteFixture) -> SiteFixture:
    site.configure(ON)
    site.write("policy/a.md", policy(BODY))
    site.write("question/q.md", question())
    site.build()
    return site


def words(site: SiteFixture, path: str) -> str:
    return str(html.fromstring(site.page(path).encode()).xpath("string(//main)"))


def test_words_are_converted_by_their_meaning(hant: SiteFixture) -> None:
    assert "頭髮、發展、皇后、後面、公里" in words(hant, "hant/zhengce/a.html")
    assert "头发、发展、皇后、后面、公里" in words(hant, "zhengce/a.html")


def test_names_exceptions_and_document_numbers_stay(hant: SiteFixture) -> None:
    text = words(hant, "hant/zhengce/a.html")

    assert "按越政办发〔2026〕1号和張云吉的意見，保護臺門" in text


def test_addresses_ids_and_classes_are_those_of_the_portal(hant: SiteFixture) -> None:
    def marks(path: str) -> list[str]:
        tree = html.fromstring(hant.page(path).encode())
        return [str(value) for value in tree.xpath("//main//@id | //main//@class | //main//a/@href")]

    assert marks("hant/zhengce/a.html") == marks("zhengce/a.html")


def test_the_page_says_its_language_and_its_original(hant: SiteFixture) -> None:
    tree = html.fromstring(hant.page("hant/zhengce/a.html").encode())

    assert tree.get("lang") == "zh-Hant"
    assert tree.xpath("//link[@rel='canonical']/@href") == ["https://yueming.example/zhengce/a.html"]
    assert tree.xpath("string(//title)").startswith("越明市養老服務辦法")
    assert html.fromstring(hant.page("zhengce/a.html").encode()).get("lang") == "zh-CN"


def test_names_for_screen_readers_are_converted_too(hant: SiteFixture) -> None:
    labels = html.fromstring(hant.page("hant/index.html").encode()).xpath("//@aria-label | //@placeholder")

    assert "主導航" in labels and not [label for label in labels if re.search("[们导页关题]", label)]


def test_the_editions_lead_to_one_another(hant: SiteFixture) -> None:
    def leads(path: str) -> list[tuple[str, str]]:
        links = html.fromstring(hant.page(path).encode()).xpath("//div[@class='masthead__tools']/a[@href]")
        return [
            (link.text, link.get("href"))
            for link in links
            if link.text in ("繁體", "簡體", "长者版", "長者版")
        ]

    assert leads("zhengce/a.html") == [
        ("繁體", "../hant/zhengce/a.html"),
        ("长者版", "../elder/zhengce/a.html"),
    ]
    assert leads("hant/zhengce/a.html") == [
        ("簡體", "../../zhengce/a.html"),
        ("長者版", "../../elder/zhengce/a.html"),
    ]


def test_it_is_off_unless_asked_for(site: SiteFixture) -> None:
    site.write("news/a.md", news())
    site.build()

    assert not (site.output / "hant").exists()
    assert "繁體" not in site.page("yaowen/a.html")


def test_an_edit_changes_what_a_clean_build_would(
    hant: SiteFixture, tmp_path_factory: pytest.TempPathFactory
) -> None:
    hant.write("policy/a.md", policy(BODY.replace("公里", "里程")))
    hant.configure(ON.replace("云吉", "云吉, 皇后=皇太后"))
    hant.build()
    again = dict(hant.outputs())
    clean = SiteFixture(tmp_path_factory.mktemp("clean"))
    clean.configure(ON.replace("云吉", "云吉, 皇后=皇太后"))
    clean.write("policy/a.md", policy(BODY.replace("公里", "里程")))
    clean.write("question/q.md", question())
    clean.build()

    assert "皇太后" in words(hant, "hant/zhengce/a.html")
    assert again == dict(clean.outputs())


def test_the_words_of_the_search_page_are_those_of_the_converter() -> None:
    """The script is made from OpenCC's tables; run ``python -m generator.traditional_words`` when they change."""
    assert TARGET.read_text(encoding="utf-8") == script()
