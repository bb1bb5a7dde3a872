"""The build's own check finds what is wrong, and nothing else."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from search.scripts import V8, QuickJs
from search.selftest import Miss, misses, sample, zero_results
from search.terminal import Terminal
from tests.search.samples import RECORDS


def test_a_sound_index_has_no_misses(sample_site: Path) -> None:
    assert misses(RECORDS, sample_site / "search") == []


def test_a_page_that_is_not_in_the_index_is_told(sample_site: Path) -> None:
    stranger = msgspec.structs.replace(RECORDS[0], id="x", title="渔业船舶检验收费规定", document_number="")
    found = misses([stranger], sample_site / "search")
    assert Miss("渔业船舶检验收费规定", "x", "渔业船舶检验收费规定") in found


@pytest.mark.parametrize(
    "typed", ["公积金", "总则", "越政办发〔2026〕18号", "ca", "装扶手", "火星移民", "贴"]
)
def test_both_engines_answer_alike(sample_site: Path, typed: str) -> None:
    quick, v8 = (Terminal(sample_site / "search", engine) for engine in (QuickJs, V8))
    assert quick.query(typed, limit=20) == v8.query(typed, limit=20)
    assert quick.suggest(typed[:2]) == v8.suggest(typed[:2])


def test_the_sample_depends_on_the_content_alone() -> None:
    ids = [f"policy/{number}" for number in range(50)]
    assert sample(ids, 5) == sample(reversed(ids), 5)
    assert len(set(sample(ids, 5))) == 5


def test_real_queries_without_result_are_listed(sample_site: Path) -> None:
    queries = ["# 2026年11月", "公积金", "火星移民", "火星移民", "装扶手", ""]
    assert zero_results(queries, sample_site / "search") == ["火星移民"]
