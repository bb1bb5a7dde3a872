"""Colours of a site that cannot be read stop the build, at the place where they are written."""

from __future__ import annotations

import pytest
import yaml

from generator.assets import BUILT_IN_THEME
from generator.contrast import LEAST, contrast, tokens_by_theme
from tests.support import SITE_YML, SiteFixture


def coloured(site: SiteFixture, text: str) -> str:
    site.configure(SITE_YML.replace("    页脚:", f"    外观: {text}\n    页脚:"))
    return site.check()


def test_a_readable_colour_is_taken_into_the_plain_theme_only(site: SiteFixture) -> None:
    assert coloured(site, '{qing: "#1d5c3a"}') == ""
    site.published()
    [sheet] = site.output.glob("assets/site-*.css")
    css = sheet.read_text(encoding="utf-8")
    assert ":root{--qing:#1d5c3a;}" in css
    assert css.index(":root{--qing:#1d5c3a;}") < css.index('[data-theme="dark"]')


def test_points_at_the_colour_that_is_too_faint(site: SiteFixture) -> None:
    found = coloured(site, '{ink2: "#6a737b"}')
    assert found.startswith(
        "site.yml:7:16: 错误[low-contrast]: 平常配色里正文看不清：ink2（#6a737b）在 paper（#fcfbf9）上，"
        "对比度 4.6:1，应不低于 7:1\n  办法：把 ink2 改深一些，或改底色 paper\n"
    )
    assert not site.build().is_published


def test_points_at_a_ground_that_hides_the_letters(site: SiteFixture) -> None:
    found = coloured(site, '{wash: "#5a646c"}')
    assert (
        "site.yml:7:16: 错误[low-contrast]: 平常配色里正文看不清：ink（#181d22）在 wash（#5a646c）上" in found
    )


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('{qing: "蓝色"}', "site.yml:7:16: 错误[bad-colour]: 外观“qing”的值“蓝色”不是颜色"),
        ('{qign: "#154d7a"}', "site.yml:7:16: 错误[unknown-token]: 主题里没有名叫“qign”的设计变量"),
    ],
)
def test_says_what_is_no_colour_or_no_token(site: SiteFixture, written: str, said: str) -> None:
    assert coloured(site, written).startswith(said)


def test_points_into_a_sheet_of_the_own_theme(site: SiteFixture) -> None:
    folder = site.root / "theme/css"
    folder.mkdir(parents=True)
    tokens = (BUILT_IN_THEME / "css/tokens.css").read_text(encoding="utf-8")
    before, dark, after = tokens.partition('[data-theme="dark"] {')
    changed = before + dark + after.replace("--ink: #ebe9e4;", "--ink: #6b7075;", 1)
    (folder / "tokens.css").write_text(changed, encoding="utf-8")
    site.configure("主题目录: theme\n" + SITE_YML)
    line = changed[: changed.index("#6b7075")].count("\n") + 1
    assert (
        f"theme/css/tokens.css:{line}:1: 错误[low-contrast]: 深色配色里正文看不清：ink（#6b7075）"
        in site.check()
    )


def test_every_scheme_of_the_built_in_theme_can_be_read() -> None:
    """A-16 to A-18, for all themes that the reading tools offer."""
    declared = yaml.safe_load((BUILT_IN_THEME / "theme.yml").read_text(encoding="utf-8"))
    names = [*declared["css"], *(name for files in declared["sheets"].values() for name in [files])]
    flat = [name for entry in names for name in (entry if isinstance(entry, list) else [entry])]
    themes = tokens_by_theme({name: (BUILT_IN_THEME / name).read_text(encoding="utf-8") for name in flat})
    assert {"", "dark", "contrast", "ink", "yellow", "blue"} <= themes.keys()
    low = {}
    for theme, own in themes.items():
        tokens = {**themes[""], **own}
        assert set(own) >= {name for _, pairs, _ in LEAST for pair in pairs for name in pair}, theme
        for _, pairs, least in LEAST:
            for front, back in pairs:
                value = contrast(tokens[front][0], tokens[back][0])
                if value < least:
                    low[theme, front, back] = round(value, 2)
    assert low == {}
