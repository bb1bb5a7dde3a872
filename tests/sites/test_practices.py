"""The table of practices (典型做法对照表): every page that a row names is opened, and must show what the row says."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from generator.kinds import KIND_BY_NAME, RECORD_KIND_BY_NAME
from tests.sites.output import REPOSITORY, Output

ROWS: dict[str, dict[str, Any]] = yaml.safe_load(
    (REPOSITORY / "docs/practices.yml").read_text(encoding="utf-8")
)
DEGREES = ("完全", "部分", "替代")


@pytest.mark.parametrize("number", ROWS)
def test_a_row_is_borne_out_by_the_pages_of_the_sample_city(city: Output, number: str) -> None:
    row = ROWS[number]
    assert row["程度"] in DEGREES
    assert row["程度"] == "完全" or row.get("限度"), "限度要告诉读者"
    assert set(row["类型"]) <= {*KIND_BY_NAME, *RECORD_KIND_BY_NAME}
    assert row.get("页面") or row.get("命令"), "没有可以打开的页面"
    for path, words in (row.get("页面") or {}).items():
        assert path in city.files, f"{number}：没有页面 {path}"
        text = "".join(city.pages[path].tree.text_content().split())
        missing = [word for word in words if "".join(str(word).split()) not in text]
        assert missing == [], f"{number}：{path} 上没有 {missing}"
    if row.get("手册"):
        assert (REPOSITORY / "docs/handbook" / row["手册"]).is_file()


def test_rows_stand_in_the_order_of_their_numbers() -> None:
    assert list(ROWS) == sorted(ROWS)
    assert all(number == f"S-{int(number[2:]):02d}" and 1 <= int(number[2:]) <= 94 for number in ROWS)
