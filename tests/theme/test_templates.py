"""What holds for the text of all templates and scripts."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

THEME = Path(__file__).parents[2] / "theme"
TEMPLATES = sorted(THEME.rglob("*.html"))
SCRIPTS = sorted((THEME / "js").glob("*.js"))
KINDS = (
    "annual_report",
    "site_report",
    "enforcement_report",
    "decision",
    "project",
    "livelihood",
    "thread",
    "soe_report",
    "gazette",
    "event",
    "bundle",
    "policy", "regulation", "interpretation", "question", "service_guide", "monthly_record", "consultation", "news",
    "notice", "page", "organisation", "topic",
)  # fmt: skip


def name(path: Path) -> str:
    return path.relative_to(THEME).as_posix()


@pytest.mark.parametrize("template", TEMPLATES, ids=name)
def test_no_inline_code_and_nothing_unescaped(template: Path) -> None:
    text = template.read_text(encoding="utf-8")

    assert not re.search(r"\sstyle=|\son[a-z]+=|javascript:|\|\s*safe|<style|autoescape false", text)
    assert re.findall(r"<script(?![^>]* src=)", text) == []


@pytest.mark.parametrize("template", TEMPLATES, ids=name)
def test_no_words_that_say_nothing_or_point_by_place(template: Path) -> None:
    words = re.sub(r"\{[#%{].*?[#%}]\}", "", template.read_text(encoding="utf-8"), flags=re.S)

    assert re.findall(r"点击这里|点击下载|左侧|右侧|>\s*更多\s*<|>\s*详情\s*<|敬请期待|建设中", words) == []


@pytest.mark.parametrize("template", TEMPLATES, ids=name)
def test_images_have_a_text(template: Path) -> None:
    text = template.read_text(encoding="utf-8")

    assert text.count("<img") == len(re.findall(r"<img[^>]* alt=", text))


def test_every_kind_has_a_page() -> None:
    """A kind has its own page; rows of tables share one."""
    assert {path.stem for path in (THEME / "templates/pages").glob("*.html")} == {*KINDS, "record"}


@pytest.mark.parametrize("script", SCRIPTS, ids=name)
def test_scripts_set_text_and_never_html(script: Path) -> None:
    text = script.read_text(encoding="utf-8")

    assert not re.search(
        r"innerHTML|insertAdjacentHTML|document\.write|eval\(|document\.cookie|fetch\(", text
    )


@pytest.mark.skipif(not shutil.which("node"), reason="node is not installed")
@pytest.mark.parametrize("script", SCRIPTS, ids=name)
def test_scripts_parse(script: Path) -> None:
    done = subprocess.run(["node", "--check", str(script)], capture_output=True, text=True, check=False)

    assert done.stderr == ""
