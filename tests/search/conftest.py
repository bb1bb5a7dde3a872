"""Fixtures of the search tests: one browser, and indexes that many tests ask."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from search import Options, build
from tests.search.samples import RECORDS, regulation_record, regulations
from tests.search.support import PAGE, served

OPTIONS = Options(
    layout="both",
    synonyms=(("住房公积金", "公积金"), ("社会保险", "社保"), ("适老化改造", "装扶手")),
    hot_words=("老人补贴", "公积金提取"),
    favoured_kinds=("question", "service"),
    catalogue_url="mulu.html",
)


@pytest.fixture(scope="session")
def sample_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a search page and the index of the sample records."""
    folder = tmp_path_factory.mktemp("sample")
    build(RECORDS, folder / "search", OPTIONS)
    (folder / "sousuo.html").write_text(PAGE, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def sample_address(sample_site: Path) -> Iterator[str]:
    with served(sample_site) as address:
        yield address


@pytest.fixture(scope="session")
def regulation_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index of the 1,668 real regulations; skips without the corpus."""
    records = [regulation_record(each) for each in regulations()]
    folder = tmp_path_factory.mktemp("regulations")
    build(records, folder / "search")
    (folder / "sousuo.html").write_text(PAGE, encoding="utf-8")
    return folder
