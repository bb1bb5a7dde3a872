"""CSS, JS and pictures of the theme, joined and named by digest, so that browsers may keep them for ever."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

from generator.config import SiteGroup, SiteSettings
from generator.diagnostics import EnvironmentProblem
from generator.yaml_nodes import Mapping, Node, Scalar, Sequence, YamlProblem, parse

BUILT_IN_THEME: Final = Path(__file__).resolve().parent.parent / "theme"


class Asset(msgspec.Struct, frozen=True):
    """A file of the theme: its site-relative address and bytes."""

    url: str
    data: bytes


class Theme(msgspec.Struct, frozen=True):
    """What ``theme.yml`` declares, with the folders searched for each file, first hit wins."""

    roots: tuple[str, ...]
    css: tuple[str, ...]
    head_script: str
    scripts: tuple[str, ...]
    static: tuple[str, ...]

    def file(self, name: str) -> Path:
        """Return the file of that name: the project's own, else the built-in one."""
        for root in self.roots:
            path = Path(root) / name
            if path.is_file():
                return path
        raise EnvironmentProblem(
            f"主题里缺少文件 {name}", "检查 theme.yml 中列出的文件，或重新安装 yangguang"
        )


class SiteAssets(msgspec.Struct, frozen=True):
    """The assets of one site."""

    css_url: str
    head_script_url: str
    script_urls: tuple[str, ...]
    icon_url: str
    assets: tuple[Asset, ...]


def theme_roots(group: SiteGroup, site: SiteSettings | None = None) -> tuple[str, ...]:
    """Return the folders that make up a site's theme, most specific first."""
    roots: list[Path] = []
    own = Path(group.root) / group.settings.theme if group.settings.theme else None
    for theme in (own, BUILT_IN_THEME):
        if theme is None:
            continue
        if site is not None and (theme / "sites" / site.id).is_dir():
            roots.append(theme / "sites" / site.id)
        roots.append(theme)
    return tuple(str(root) for root in roots)


def load_theme(group: SiteGroup, site: SiteSettings) -> Theme:
    """Read ``theme.yml``, the project's own or the built-in one."""
    roots = theme_roots(group, site)
    theme = Theme(roots, (), "", (), ())
    try:
        tree = parse(theme.file("theme.yml").read_text(encoding="utf-8"))
    except YamlProblem as error:
        raise EnvironmentProblem(f"theme.yml 第 {error.line} 行{error.message}", error.remedy) from None
    values = {key.text: value for key, value in tree.items} if isinstance(tree, Mapping) else {}
    return Theme(
        roots,
        tuple(_texts(values.get("css"))),
        next(_texts(values.get("head_script")), ""),
        tuple(_texts(values.get("scripts"))),
        tuple(_texts(values.get("static"))),
    )


def _texts(node: Node | None) -> Iterator[str]:
    if isinstance(node, Scalar) and node.text:
        yield node.text
    elif isinstance(node, Sequence):
        for entry in node.items:
            if isinstance(entry, Scalar):
                yield entry.text


def _named(name: str, data: bytes) -> Asset:
    stem, _, suffix = name.rpartition("/")[2].rpartition(".")
    return Asset(f"assets/{stem}-{hashlib.sha256(data).hexdigest()[:10]}.{suffix}", data)


def build_assets(theme: Theme, site: SiteSettings) -> SiteAssets:
    """Join the CSS in the declared order, add the site's own tokens, and name everything by its digest."""
    css = "\n".join(theme.file(name).read_text(encoding="utf-8").strip() for name in theme.css)
    if site.tokens:
        tokens = "".join(f"--{name}:{value};" for name, value in sorted(site.tokens.items()))
        css += f"\n:root{{{tokens}}}\n"
    sheet = _named("site.css", css.encode())
    scripts = tuple(_named(name, theme.file(name).read_bytes()) for name in theme.scripts)
    head = (
        _named(theme.head_script, theme.file(theme.head_script).read_bytes()) if theme.head_script else None
    )
    static = tuple(_named(name, theme.file(name).read_bytes()) for name in theme.static)
    icon = next((asset.url for asset in static if "/icon-" in asset.url or "/favicon-" in asset.url), "")
    everything = (sheet, *scripts, *((head,) if head else ()), *static)
    return SiteAssets(
        sheet.url, head.url if head else "", tuple(script.url for script in scripts), icon, everything
    )
