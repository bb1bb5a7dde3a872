"""CSS, JS and pictures of the theme, joined and named by digest, so that browsers may keep them for ever."""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Final

import msgspec

from generator.config import SiteGroup, SiteSettings
from generator.diagnostics import EnvironmentProblem
from generator.digest import digest_value
from generator.yaml_nodes import Mapping, Node, Scalar, Sequence, YamlProblem, parse

_ASSET_NAME: Final = re.compile(r"[a-z][a-z0-9-]*")
_CSS_PICTURE: Final = re.compile(r"url\(([^()\s'\"]+)\)")

EDITION_NAMES: Final = frozenset({"elder", "kiosk", "hant"})
"""Sheets and modules called like these, or “elder-…”, are published with that edition only."""
_COLOUR: Final = re.compile(r"--([\w-]+): (#[0-9a-fA-F]{6}|#[0-9a-fA-F]{3});")
TOKENS: Final = "css/tokens.css"
"""The sheet of custom properties, which a site's 外观 overrides."""

_OTHER_THEMES: Final = "@media screen and (prefers-color-scheme: dark)"

BUILT_IN_THEME: Final = Path(__file__).resolve().parent.parent / "theme"


class Asset(msgspec.Struct, frozen=True):
    """A file of the theme: its site-relative address and bytes."""

    url: str
    data: bytes


class Theme(msgspec.Struct, frozen=True):
    """What ``theme.yml`` declares, with the folders searched for each file, first hit wins.

    Attributes:
        sheets: Further style sheets for pages that ask for them: name and the files joined.
        modules: Scripts fetched where they are used: name and the files joined.
    """

    roots: tuple[str, ...]
    css: tuple[str, ...]
    head_script: str
    scripts: tuple[str, ...]
    static: tuple[str, ...]
    sheets: tuple[tuple[str, tuple[str, ...]], ...] = ()
    modules: tuple[tuple[str, tuple[str, ...]], ...] = ()

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
    """The assets of one site.

    Attributes:
        colours: Tokens of the light theme that are colours, for pictures drawn at build.
        plate: SVG of the art on covers.
    """

    css_url: str
    head_script_url: str
    script_urls: tuple[str, ...]
    icon_url: str
    sheet_urls: tuple[tuple[str, str], ...]
    module_urls: tuple[tuple[str, str], ...]
    assets: tuple[Asset, ...]
    colours: tuple[tuple[str, str], ...]
    plate: str

    def of_editions(self, editions: Collection[str]) -> Iterator[Asset]:
        """Yield what these editions need; sheets and modules named after another one stay at home."""
        others = {
            url
            for name, url in (*self.sheet_urls, *self.module_urls)
            if (owner := name.partition("-")[0]) in EDITION_NAMES and owner not in editions
        }
        yield from (asset for asset in self.assets if asset.url not in others)


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


def theme_stamp(group: SiteGroup) -> bytes:
    """Return what changes when a file of one of the group's themes does."""
    stamps = []
    for root in dict.fromkeys(root for site in group.sites for root in theme_roots(group, site)):
        for file in sorted(Path(root).rglob("*")):
            if file.is_file():
                facts = file.stat()
                stamps.append((str(file), facts.st_size, facts.st_mtime_ns))
    return digest_value(stamps)


def load_theme(group: SiteGroup, site: SiteSettings) -> Theme:
    """Read ``theme.yml``, the project's own or the built-in one.

    Named sheets and modules are added up over all of them, so that a project's ``theme.yml`` need not repeat
    what the built-in templates ask for.
    """
    roots = theme_roots(group, site)
    declared = [
        _declared(path) for root in dict.fromkeys(roots) if (path := Path(root) / "theme.yml").is_file()
    ]
    if not declared:
        raise EnvironmentProblem("主题里缺少文件 theme.yml", "重新安装 yangguang")
    values = declared[0]
    return Theme(
        roots,
        tuple(_texts(values.get("css"))),
        next(_texts(values.get("head_script")), ""),
        tuple(_texts(values.get("scripts"))),
        tuple(_texts(values.get("static"))),
        tuple((name, tuple(_texts(node))) for name, node in _named_entries(declared, "sheets")),
        tuple((name, tuple(_texts(node))) for name, node in _named_entries(declared, "modules")),
    )


def _declared(path: Path) -> dict[str, Node]:
    try:
        tree = parse(path.read_text(encoding="utf-8"))
    except YamlProblem as error:
        raise EnvironmentProblem(f"theme.yml 第 {error.line} 行{error.message}", error.remedy) from None
    return {key.text: value for key, value in tree.items} if isinstance(tree, Mapping) else {}


def _named_entries(declared: Iterable[dict[str, Node]], key: str) -> list[tuple[str, Node]]:
    """Return the entries of a mapping in several ``theme.yml``, by name; the first that has a name wins."""
    entries: dict[str, Node] = {}
    for values in declared:
        node = values.get(key)
        if node is None or (isinstance(node, Scalar) and not node.text):
            continue
        if not isinstance(node, Mapping):
            raise EnvironmentProblem(
                f"theme.yml 里的 {key} 不是“名称: 文件”的形式", f"例如 {key}: {{charts: …}}"
            )
        for name, value in node.items:
            if not _ASSET_NAME.fullmatch(name.text):
                raise EnvironmentProblem(
                    f"theme.yml 里 {key} 的名称“{name.text}”不能用",
                    "用小写字母、数字和短横线，例如 read-aloud",
                )
            if next(_texts(value), "") == "":
                raise EnvironmentProblem(
                    f"theme.yml 里 {key} 的“{name.text}”没有写文件", "写上文件名或删去这一行"
                )
            entries.setdefault(name.text, value)
    return sorted(entries.items(), key=lambda entry: entry[0])


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
    pictures: dict[str, Asset] = {}
    sheet = _named("site.css", _joined_css(theme, theme.css, site, pictures).encode())
    sheets = tuple(
        (name, _named(f"{name}.css", _joined_css(theme, files, site, pictures).encode()))
        for name, files in theme.sheets
    )
    modules = tuple(
        (name, _named(f"{name}.js", _joined(theme, files).encode())) for name, files in theme.modules
    )
    scripts = tuple(_named(name, theme.file(name).read_bytes()) for name in theme.scripts)
    head = (
        _named(theme.head_script, theme.file(theme.head_script).read_bytes()) if theme.head_script else None
    )
    static = tuple(_named(name, theme.file(name).read_bytes()) for name in theme.static)
    icon = next((asset.url for asset in static if "/icon-" in asset.url or "/favicon-" in asset.url), "")
    further = (*(asset for _, asset in (*sheets, *modules)), *pictures.values())
    everything = (sheet, *scripts, *((head,) if head else ()), *static, *further)
    return SiteAssets(
        sheet.url,
        head.url if head else "",
        tuple(script.url for script in scripts),
        icon,
        tuple((name, asset.url) for name, asset in sheets),
        tuple((name, asset.url) for name, asset in modules),
        tuple({asset.url: asset for asset in everything}.values()),
        _colours(theme, site),
        theme.file("images/art/plate.svg").read_text(encoding="utf-8"),
    )


def _colours(theme: Theme, site: SiteSettings) -> tuple[tuple[str, str], ...]:
    """Read the colours of the light theme from the first rule of the tokens; a site's own win.

    A theme's own tokens may name fewer colours, or write them otherwise: then those built in are drawn with.
    """
    found: dict[str, str] = {}
    for file in (BUILT_IN_THEME / "css/tokens.css", theme.file("css/tokens.css")):
        found |= _COLOUR.findall(file.read_text(encoding="utf-8").partition("}")[0])
    found |= {name: value for name, value in site.tokens.items() if _COLOUR.fullmatch(f"--{name}: {value};")}
    return tuple(sorted(found.items()))


def _joined(theme: Theme, names: Iterable[str]) -> str:
    return "\n".join(theme.file(name).read_text(encoding="utf-8").strip() for name in names)


def _overridden(text: str, site: SiteSettings) -> str:
    """Put a site's own tokens behind those of the plain theme; the others, which follow, keep their colours."""
    if not site.tokens:
        return text
    own = "".join(f"--{name}:{value};" for name, value in sorted(site.tokens.items()))
    before, mark, after = text.partition(_OTHER_THEMES)
    return f"{before}\n:root{{{own}}}\n{mark}{after}"


def _joined_css(theme: Theme, names: tuple[str, ...], site: SiteSettings, pictures: dict[str, Asset]) -> str:
    """Join style sheets; a picture they name, relative to themselves, gets the name it has in the site.

    Where the tokens are among them, the site's own are put in.

    Args:
        pictures: Takes up the pictures found, by their names in the theme.
    """
    texts: list[str] = []
    for name in names:
        text = theme.file(name).read_text(encoding="utf-8").strip()
        for address in dict.fromkeys(_CSS_PICTURE.findall(text)):
            picture = posixpath.normpath(posixpath.join(posixpath.dirname(name), address))
            if picture not in pictures:
                pictures[picture] = _named(picture, theme.file(picture).read_bytes())
            text = text.replace(f"url({address})", f"url({pictures[picture].url.rpartition('/')[2]})")
        texts.append(_overridden(text, site) if name == TOKENS else text)
    return "\n".join(texts)
