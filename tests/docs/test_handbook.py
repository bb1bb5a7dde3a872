"""The handbook builds without a warning and holds what the program declares."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest
import yaml

from generator.config import FooterSettings, SiteSettings
from generator.fields import item_of
from generator.kinds import KINDS, RECORD_KINDS

DOCS: Final = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="module")
def handbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("handbook")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "-f", str(DOCS / "mkdocs.yml")]
    done = subprocess.run([*command, "--site-dir", str(folder)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return folder


def test_every_kind_has_a_page_in_the_navigation(handbook: Path) -> None:
    start = (handbook / "index.html").read_text(encoding="utf-8")
    for kind in (*KINDS, *RECORD_KINDS):
        assert (handbook / f"kinds/{kind.name}.html").is_file()
        assert f'href="kinds/{kind.name}.html"' in start


def test_every_setting_of_a_site_is_explained(handbook: Path) -> None:
    page = (handbook / "site.html").read_text(encoding="utf-8")
    for model in (SiteSettings, FooterSettings):
        for info in model.model_fields.values():
            assert f"<code>{item_of(info).label}</code>" in page
    assert "设置：" not in page


def test_editors_see_the_ci_examples(handbook: Path) -> None:
    page = (handbook / "publishing.html").read_text(encoding="utf-8")
    for name in (".github/workflows/site.yml", ".gitlab-ci.yml", ".workflow/site.yml"):
        assert name in page


@pytest.mark.parametrize("file", sorted((DOCS / "ci").iterdir()), ids=lambda file: file.name)
def test_ci_examples_check_build_keep_the_cache_and_run_every_night(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert isinstance(yaml.safe_load(text), dict)
    assert "yangguang check" in text
    assert "yangguang build" in text
    assert ".public.yangguang" in text
    assert "cron:" in text or "流水线计划" in text
