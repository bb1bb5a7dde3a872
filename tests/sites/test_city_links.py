"""Links of the sample city: domain/01 §9, lines 6, 8 and 10."""

from __future__ import annotations

from collections import deque

from tests.sites.output import Output


def test_every_internal_link_anchor_picture_and_attachment_leads_somewhere(city: Output) -> None:
    assert city.broken() == []


def test_no_link_is_empty_or_a_script_or_local_to_a_machine(city: Output) -> None:
    forbidden = (
        "javascript:",
        "file:",
        "data:",
        "http://localhost",
        "http://127.",
        "http://10.",
        "http://192.168.",
    )
    found = [
        f"{page.path}: {written!r}"
        for page in city.pages.values()
        for written in page.tree.xpath("//a/@href | //@src")
        if written.strip() in ("", "#") or written.lower().startswith(forbidden)
    ]
    assert found == []


def test_every_document_is_three_clicks_from_home_not_counting_pages_of_a_listing(city: Output) -> None:
    for folder in ("", "shaoxing/"):
        own = {
            path: page
            for path, page in city.portal.items()
            if path.startswith("shaoxing/") is bool(folder) and not page.is_redirect
        }
        distance = {f"{folder}index.html": 0}
        queue = deque(distance)
        while queue:
            page = own[queue.popleft()]
            for anchor in page.tree.xpath("//a[@href]"):
                use = city.resolve(page.path, anchor.get("href"))
                free = anchor.getparent().getparent().get("class") == "pages__list"
                clicks = distance[page.path] + (0 if free else 1)
                if use.path in own and clicks < distance.get(use.path, 99):
                    distance[use.path] = clicks
                    queue.append(use.path)
        far = {
            path: distance.get(path)
            for path, page in own.items()
            if page.is_article and distance.get(path, 99) > 3
        }
        assert far == {}


def test_links_to_other_sites_say_so_in_words(city: Output) -> None:
    found = []
    for page in city.pages.values():
        for anchor in page.tree.xpath("//a[starts-with(@href, 'http://') or starts-with(@href, 'https://')]"):
            host = anchor.get("href").split("/")[2].partition(":")[0]
            if (
                host.endswith(".gov.cn")
                or host == "gov.cn"
                or city.resolve(page.path, anchor.get("href")).elsewhere is False
            ):
                continue
            if "站外" not in anchor.text_content():
                found.append(f"{page.path}: {anchor.get('href')}")
    assert found == []
