"""domain/01 §9, line 12: who types the title of a page is led to it first."""

from __future__ import annotations

from search.terminal import Terminal
from tests.sites.output import Output


def test_the_titles_of_fifty_documents_of_the_city_are_found_first(city: Output) -> None:
    titles = {
        path: page.tree.xpath("string(//meta[@name='ArticleTitle']/@content)")
        for path, page in sorted(city.pages.items())
        if not path.startswith(("elder/", "shaoxing/"))
    }
    documents = [(path, title) for path, title in titles.items() if title]
    chosen = documents[:: len(documents) // 50][:50]
    assert len(chosen) == 50
    terminal = Terminal(city.root / "search")

    missed = [
        (path, title)
        for path, title in chosen
        if terminal.query(title, limit=1)["hits"][0]["url"].partition("#")[0] != path
    ]
    assert missed == []
