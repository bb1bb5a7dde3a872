"""A build whose search does not find its own pages is not published."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import search
from generator.diagnostics import format_text
from tests.support import SiteFixture, news

BRIDGE = "镜湖大桥今天通车，行人和非机动车可以从两侧通行，夜间有照明。\n"


def spoiling(build: Callable[..., Any]) -> Callable[..., Any]:
    """Return a builder that gives every record another title than its page has."""

    def spoilt(records: Any, out_dir: Path, options: Any = None, cache_dir: Path | None = None) -> Any:
        import msgspec

        wrong = [
            msgspec.structs.replace(
                each, load=lambda load=each.load: msgspec.structs.replace(load(), title="别的")
            )
            for each in records
        ]
        return build(wrong, out_dir, options, cache_dir)

    return spoilt


def test_pages_not_found_by_their_title_stop_the_build_until_they_are(
    site: SiteFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.write("news/b.md", news(BRIDGE, 标题="镜湖大桥通车"))
    with monkeypatch.context() as patch:
        patch.setattr(search, "build", spoiling(search.build), raising=False)
        for _ in range(2):
            result = site.build()
            assert not result.is_published
            assert "search-miss" in {item.code for item in result.diagnostics}
            assert "content/news/b.md: 错误[search-miss]: 按“镜湖大桥通车”搜索，找不到这一页" in format_text(
                result.diagnostics
            )
    site.published()


def test_punctuation_and_short_pages_are_no_misses(site: SiteFixture) -> None:
    site.write("news/b.md", news(BRIDGE, 标题="“一件事”改革：【问】答 & 2026 年（第 3 期）"))
    site.write("news/c.md", news("见附件。\n", 标题="关于印发《越明市“一老一小”服务办法（试行）》的通知"))
    site.published()
