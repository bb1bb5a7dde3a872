"""A built site seen from outside: pages as a browser would read them, and where their links lead."""

from __future__ import annotations

import os
import posixpath
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import html

REPOSITORY = Path(__file__).resolve().parents[2]

_SPACE = re.compile(r"\s+")
_CSS_URL = re.compile(r"""url\(\s*["']?([^"')]+)""")


def yangguang(*arguments: str, environment: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command as an editor does."""
    return subprocess.run(
        [sys.executable, "-c", "from generator.cli import run; run()", *arguments],
        cwd=REPOSITORY,
        env={**os.environ, **(environment or {})},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
    )


@dataclass(frozen=True)
class LinkUse:
    """A link as written, with where it leads: a path below the output and a fragment, or an address elsewhere."""

    page: str
    written: str
    path: str
    fragment: str
    elsewhere: bool = False


class Page:
    """One HTML page of the output."""

    def __init__(self, output: Output, path: str) -> None:
        self.output = output
        self.path = path

    @cached_property
    def source(self) -> str:
        return (self.output.root / self.path).read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> html.HtmlElement:
        return html.document_fromstring(self.source.encode(), parser=html.HTMLParser(encoding="utf-8"))

    @cached_property
    def meta(self) -> dict[str, str]:
        """The meta tags that have a name; a name that stands twice keeps its first value."""
        found: dict[str, str] = {}
        for element in self.tree.xpath("//head/meta[@name]"):
            found.setdefault(element.get("name"), element.get("content"))
        return found

    @cached_property
    def official_tags(self) -> list[tuple[str, str]]:
        """The meta tags of 《政府网站发展指引》: those whose names begin with a capital letter, in order."""
        return [
            (element.get("name"), element.get("content"))
            for element in self.tree.xpath("//head/meta[@name]")
            if element.get("name")[0].isupper()
        ]

    @property
    def title(self) -> str:
        return squeezed(self.tree.findtext(".//title") or "")

    @property
    def heading(self) -> str:
        return squeezed(self.tree.xpath("//h1")[0].text_content())

    @property
    def text(self) -> str:
        """What a reader sees of the main part."""
        return squeezed(self.tree.xpath("//main")[0].text_content())

    @property
    def is_elder(self) -> bool:
        return self.path.startswith(("elder/", "shaoxing/elder/"))

    @property
    def is_article(self) -> bool:
        return "ArticleTitle" in self.meta

    @property
    def is_redirect(self) -> bool:
        return bool(self.tree.xpath("//meta[@http-equiv='refresh']"))

    @property
    def is_indexed(self) -> bool:
        return "noindex" not in self.meta.get("robots", "")

    @cached_property
    def ids(self) -> list[str]:
        return [str(found) for found in self.tree.xpath("//@id")]

    def links(self) -> Iterator[LinkUse]:
        """Yield every address in the page: links, pictures, scripts, style sheets, forms, redirects."""
        written: list[str] = [
            *self.tree.xpath("//@href | //@src | //@poster | //@action | //@data"),
            *(entry.split()[0] for value in self.tree.xpath("//@srcset") for entry in value.split(",")),
            *(
                value.partition("url=")[2]
                for value in self.tree.xpath("//meta[@http-equiv='refresh']/@content")
            ),
        ]
        for address in written:
            yield self.output.resolve(self.path, str(address))


class Output:
    """The output folder of a build.

    Args:
        hosts: Absolute addresses of site roots → folders below the output.
    """

    def __init__(self, root: Path, hosts: dict[str, str]) -> None:
        self.root = root
        self.hosts = hosts

    @cached_property
    def files(self) -> frozenset[str]:
        return frozenset(
            (Path(folder) / name).relative_to(self.root).as_posix()
            for folder, _, names in os.walk(self.root)
            for name in names
        )

    @cached_property
    def pages(self) -> dict[str, Page]:
        return {path: Page(self, path) for path in sorted(self.files) if path.endswith(".html")}

    @cached_property
    def portal(self) -> dict[str, Page]:
        """The pages without those of the elder edition, which repeat them."""
        return {path: page for path, page in self.pages.items() if not page.is_elder}

    def resolve(self, page: str, written: str) -> LinkUse:
        """Return where an address written on a page leads."""
        for base, folder in sorted(self.hosts.items(), key=lambda host: -len(host[0])):
            if written.startswith(base):
                path, _, fragment = written.removeprefix(base).partition("#")
                return LinkUse(page, written, self._file(folder + unquote(path.partition("?")[0])), fragment)
        parts = urlsplit(written)
        if written.startswith("/") and not parts.netloc:
            return self.resolve(page, self._origin(page) + written)
        if parts.scheme or parts.netloc:
            return LinkUse(page, written, "", "", True)
        fragment = unquote(parts.fragment)
        if not parts.path:
            return LinkUse(page, written, page, fragment)
        path = unquote(parts.path)
        joined = posixpath.join(posixpath.dirname(page), path)
        tail = "/" if path.endswith("/") else ""
        return LinkUse(page, written, self._file(posixpath.normpath(joined or ".") + tail), fragment)

    def _origin(self, page: str) -> str:
        """Return scheme and host of the site to which a page belongs."""
        base = max(
            (host for host in self.hosts.items() if page.startswith(host[1])), key=lambda host: len(host[1])
        )[0]
        return "/".join(base.split("/")[:3])

    def _file(self, path: str) -> str:
        if path in ("", ".", "./"):
            return "index.html"
        return f"{path}index.html" if path.endswith("/") else path

    def broken(self) -> list[str]:
        """Return the links of all pages and style sheets that lead nowhere, as ``page: address``."""
        return [
            f"{use.page}: {use.written}"
            for page in self.pages.values()
            for use in page.links()
            if not use.elsewhere and not self._leads_somewhere(use)
        ] + [
            f"{path}: {written}"
            for path in sorted(self.files)
            if path.endswith(".css")
            for written in _CSS_URL.findall((self.root / path).read_text(encoding="utf-8"))
            if self.resolve(path, written).path not in self.files
        ]

    def _leads_somewhere(self, use: LinkUse) -> bool:
        if use.path not in self.files:
            return False
        if not use.fragment or not use.path.endswith(".html"):
            return True
        return use.fragment in self.pages[use.path].ids


def squeezed(text: str) -> str:
    """Return text with runs of white space made one space."""
    return _SPACE.sub(" ", text).strip()
