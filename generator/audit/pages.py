"""What the audit reads of the built pages of a site: tags, links, addresses and the footer of the home page."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator
from html import unescape
from pathlib import Path
from posixpath import normpath
from typing import Final
from urllib.parse import unquote, urlsplit

import msgspec

from generator.config import SiteGroup, SiteSettings

_LINK: Final = re.compile(r'<[a-z][^<>]*?\s(?:href|src|action|poster)="([^"]*)"')
_META: Final = re.compile(r'<meta name="([A-Za-z]+)" content="([^"]*)">')
_TAG: Final = re.compile(r"<[^>]*>")
_SCHEME: Final = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_REDIRECT: Final = 'http-equiv="refresh"'
_SITE_TAGS: Final = ("SiteName", "SiteDomain", "SiteIDCode")
_COLUMN_TAGS: Final = ("ColumnDescription", "ColumnKeywords", "ColumnType")
_ARTICLE_TAGS: Final = ("PubDate", "ContentSource")


class SitePages(msgspec.Struct, frozen=True):
    """What stands in the pages of one site; addresses are relative to the site's folder.

    Attributes:
        broken: Page and link, for every link to a file of ours that is not there.
        untagged: Page and the names of tags (网页标签) that it lacks.
        future: Page and publication day, where that lies after today.
        forbidden: Page and host, for every link to a host that must not be linked.
        home_links: Where the main part of the home page leads, relative to the site's folder.
        outside: Absolute addresses that any page leads to.
    """

    paths: frozenset[str]
    broken: tuple[tuple[str, str], ...]
    untagged: tuple[tuple[str, tuple[str, ...]], ...]
    future: tuple[tuple[str, str], ...]
    forbidden: tuple[tuple[str, str], ...]
    home_links: frozenset[str]
    home_text: str
    home_footer: str
    outside: frozenset[str]


def output_files(folder: Path) -> frozenset[str]:
    """Return all files below the output folder, as POSIX paths."""
    found: list[str] = []
    for base, _, names in os.walk(folder):
        prefix = Path(base).relative_to(folder).as_posix()
        found.extend(name if prefix == "." else f"{prefix}/{name}" for name in names)
    return frozenset(found)


def read_pages(
    group: SiteGroup,
    site: SiteSettings,
    output: Path,
    files: frozenset[str],
    today: str,
    bad_hosts: Collection[str],
) -> SitePages:
    """Read every page of a site; those of another site in a folder below it are left to that site."""
    return _Reader(group, site, output, files, today, bad_hosts).read()


class _Reader:
    def __init__(
        self,
        group: SiteGroup,
        site: SiteSettings,
        output: Path,
        files: frozenset[str],
        today: str,
        bad_hosts: Collection[str],
    ) -> None:
        self._group = group
        self._site = site
        self._folder = group.folder_of(site)
        self._output = output
        self._files = files
        self._today = today
        self._bad_hosts = tuple(host.lower().lstrip(".") for host in bad_hosts)
        self._known: dict[tuple[str, str], str] = {}
        self._roots: dict[str, list[tuple[str, str]]] = {other.domain: [] for other in group.sites}
        for other in group.sites:
            self._roots[other.domain].append((other.base_path, group.folder_of(other)))
        for places in self._roots.values():
            places.sort(key=lambda place: -len(place[0]))
        self._broken: list[tuple[str, str]] = []
        self._untagged: list[tuple[str, tuple[str, ...]]] = []
        self._future: list[tuple[str, str]] = []
        self._forbidden: list[tuple[str, str]] = []
        self._outside: set[str] = set()

    def read(self) -> SitePages:
        others = [
            folder
            for other in self._group.sites
            if (folder := self._group.folder_of(other)) != self._folder and folder.startswith(self._folder)
        ]
        paths = [
            path
            for path in sorted(self._files)
            if path.startswith(self._folder) and not any(path.startswith(other) for other in others)
        ]
        home = ""
        for path in paths:
            if path.endswith(".html"):
                text = (self._output / path).read_text(encoding="utf-8")
                self._read_page(path[len(self._folder) :], text)
                if path == f"{self._folder}index.html":
                    home = text
        main = home.partition("<main")[2].partition("</main>")[0]
        footer = home.partition("<footer")[2].partition("</footer>")[0]
        return SitePages(
            frozenset(path[len(self._folder) :] for path in paths),
            tuple(self._broken),
            tuple(self._untagged),
            tuple(self._future),
            tuple(self._forbidden),
            frozenset(
                target[len(self._folder) :]
                for link in _links(main)
                if (target := self._target("index.html", link)).startswith(self._folder)
            ),
            home,
            unescape(footer),
            frozenset(self._outside),
        )

    def _read_page(self, page: str, text: str) -> None:
        for link in dict.fromkeys(_links(text)):
            target = self._target(page, link)
            if target and target not in self._files:
                self._broken.append((page, link))
            elif link.startswith(("http:", "https:")):
                self._outside.add(link)
                host = (urlsplit(link).hostname or "").lower()
                if any(host == bad or host.endswith(f".{bad}") for bad in self._bad_hosts):
                    self._forbidden.append((page, host))
        if _REDIRECT in text:
            return
        head = text.partition("</head>")[0]
        tags = {name: unescape(value) for name, value in _META.findall(head)}
        wanted = [*_SITE_TAGS]
        if "ColumnName" in tags:
            wanted += _COLUMN_TAGS
        if "ArticleTitle" in tags:
            wanted += _ARTICLE_TAGS
        missing = tuple(name for name in wanted if not tags.get(name))
        if missing:
            self._untagged.append((page, missing))
        if tags.get("PubDate", "")[:10] > self._today:
            self._future.append((page, tags["PubDate"][:10]))

    def _target(self, page: str, link: str) -> str:
        """Return the file of the output that a link means; empty if it is none of ours."""
        key = (page.rpartition("/")[0], link)
        if key not in self._known:
            self._known[key] = self._resolve(page, link)
        return self._known[key]

    def _resolve(self, page: str, link: str) -> str:
        link = link.partition("#")[0]
        if not link or link.startswith("?"):
            return ""
        if link.startswith(("http://", "https://", "//")):
            address = urlsplit(link)
            return self._on_host(address.hostname or "", address.path or "/")
        if _SCHEME.match(link):
            return ""
        path = unquote(link.partition("?")[0])
        if path.startswith("/"):
            return self._on_host(self._site.domain, path)
        joined = normpath(f"{self._folder}{page.rpartition('/')[0]}/{path}".lstrip("/"))
        if joined.startswith(".."):
            return joined
        if path.endswith(("/", "/.", "/..")) or path in (".", ".."):
            return "index.html" if joined == "." else f"{joined}/index.html"
        return joined

    def _on_host(self, host: str, path: str) -> str:
        for base, folder in self._roots.get(host, ()):
            if path.startswith(base):
                rest = unquote(path[len(base) :])
                return f"{folder}{rest}index.html" if not rest or rest.endswith("/") else folder + rest
        return ""


def _links(text: str) -> Iterator[str]:
    for match in _LINK.finditer(text):
        link = match[1]
        yield unescape(link) if "&" in link else link


def plain_text(html: str) -> str:
    """Return the words of a piece of a page."""
    return re.sub(r"\s+", " ", unescape(_TAG.sub(" ", html))).strip()
