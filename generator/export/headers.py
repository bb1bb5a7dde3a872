"""Server settings: what may be cached for how long, and what a browser may load (STYLE, section 6)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

import msgspec

from generator.config import SiteGroup, SiteSettings
from generator.security import CONTENT_SECURITY_POLICY

SECURITY: Final = (
    ("Content-Security-Policy", CONTENT_SECURITY_POLICY),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ("X-Content-Type-Options", "nosniff"),
    ("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()"),
)
HSTS: Final = ("Strict-Transport-Security", "max-age=31536000")
_HSTS_NOTE: Final = "全站已经用 HTTPS 并运行稳定后，再启用下一行："

FOR_EVER: Final = "public, max-age=31536000, immutable"
PAGES: Final = "public, max-age=300, must-revalidate"
FEEDS: Final = "public, max-age=900"
INDEX: Final = "public, no-cache"
"""The search index keeps its addresses while its files change in place: always ask, mostly 304."""

_GZIP: Final = (
    "text/css", "text/plain", "text/xml", "text/csv", "text/javascript", "application/javascript", "application/json",
    "application/atom+xml", "application/xml", "image/svg+xml",
)  # fmt: skip


class _Host(msgspec.Struct, frozen=True):
    """The sites of one domain: base path and output folder of each, the outermost first."""

    domain: str
    sites: tuple[tuple[str, str], ...]

    @property
    def is_rooted(self) -> bool:
        """Whether the first site lies at the root of the domain, so that its folder is the document root."""
        return self.sites[0][0] == "/"


def server_headers(group: SiteGroup, server: str) -> str:
    """Return the configuration of a web server for all sites of the group.

    Raises:
        KeyError: If the server is not one of `SERVERS`.
    """
    return "\n".join(_WRITERS[server](_hosts(group))) + "\n"


def _hosts(group: SiteGroup) -> tuple[_Host, ...]:
    output = group.output_path.absolute().as_posix()
    by_domain: dict[str, list[SiteSettings]] = {}
    for site in group.sites:
        by_domain.setdefault(site.domain, []).append(site)
    return tuple(
        _Host(
            domain,
            tuple(
                (site.base_path, f"{output}/{group.folder_of(site)}".rstrip("/"))
                for site in sorted(sites, key=lambda site: (len(site.base_path), site.base_path))
            ),
        )
        for domain, sites in by_domain.items()
    )


def _cached(bases: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield regular expressions of paths, the first that matches counts, with how they may be cached."""
    base = "(" + "|".join(path.replace(".", "\\.") for path in bases) + ")" if len(bases) > 1 else bases[0]
    yield f"^{base}assets/", FOR_EVER
    yield f"^{base}search/", INDEX
    yield "/(feed\\.(xml|json)|sitemap\\.xml|robots\\.txt)$", FEEDS


# --- nginx -----------------------------------------------------------------------------------------


def _nginx(hosts: Sequence[_Host]) -> Iterator[str]:
    yield "# 阳光站的 nginx 设置：存为 /etc/nginx/conf.d/yangguang.conf，检查 nginx -t，再重新加载。"
    yield "# 证书和 443 端口按单位的规定补上；网站文件放在别处的，改 root 和 alias。"
    for number, host in enumerate(hosts, 1):
        variable = f"$yangguang_cache_{number}"
        yield ""
        yield f"map $uri {variable} {{"
        yield f'    default "{PAGES}";'
        for pattern, rule in _cached([base for base, _ in host.sites]):
            yield f'    "~{pattern}" "{rule}";'
        yield "}"
        yield "server {"
        yield "    listen 80;"
        yield f"    server_name {host.domain};"
        yield from (f"    {line}" for line in _nginx_server(host, variable))
        yield "}"


def _nginx_server(host: _Host, variable: str) -> Iterator[str]:
    base, folder = host.sites[0]
    if host.is_rooted:
        yield f"root {_quoted(folder)};"
        yield "error_page 404 /404.html;"
    yield "index index.html;"
    yield "charset utf-8;"
    yield f"charset_types {' '.join(_GZIP)};"
    yield "absolute_redirect off;"
    yield "server_tokens off;"
    yield ""
    yield "gzip on;"
    yield "gzip_vary on;"
    yield "gzip_proxied any;"
    yield "gzip_min_length 1024;"
    yield f"gzip_types {' '.join(_GZIP)};"
    yield ""
    for name, value in SECURITY:
        yield f'add_header {name} "{value}" always;'
    yield f"# {_HSTS_NOTE}"
    yield f'# add_header {HSTS[0]} "{HSTS[1]}" always;'
    yield f"add_header Cache-Control {variable};"
    yield ""
    # The longest prefix wins, so the order of the blocks does not matter.
    for base, folder in host.sites[1 if host.is_rooted else 0 :]:
        yield f"location {base} {{"
        yield f"    alias {_quoted(folder + '/')};"
        yield f"    error_page 404 {base}404.html;"
        yield "}"
    if not host.is_rooted:
        yield (
            f"location = / {{ return 302 {base}; }}"
            if len(host.sites) == 1
            else "location = / { return 404; }"
        )
    yield "location ~ /\\.(?!well-known/) { return 404; }"


def _quoted(path: str) -> str:
    return '"' + path.replace("\\", "\\\\").replace('"', '\\"') + '"'


# --- Caddy -----------------------------------------------------------------------------------------


def _caddy(hosts: Sequence[_Host]) -> Iterator[str]:
    yield "# 阳光站的 Caddy 设置：并入 Caddyfile，检查 caddy validate，再重新加载。"
    yield ""
    yield "(yangguang) {"
    yield "\theader {"
    for name, value in SECURITY:
        yield f'\t\t{name} "{value}"'
    yield f"\t\t# {_HSTS_NOTE}"
    yield f'\t\t# {HSTS[0]} "{HSTS[1]}"'
    yield "\t\t-Server"
    yield "\t}"
    yield "}"
    for host in hosts:
        yield ""
        yield f"{host.domain} {{"
        yield from (f"\t{line}" for line in _caddy_host(host))
        yield "}"


def _caddy_host(host: _Host) -> Iterator[str]:
    yield "encode zstd gzip"
    yield "import yangguang"
    yield f'header ?Cache-Control "{PAGES}"'
    for number, (pattern, rule) in enumerate(_cached([base for base, _ in host.sites]), 1):
        yield f"@cache{number} path_regexp {pattern}"
        yield f'header @cache{number} Cache-Control "{rule}"'
    # RE2 has no lookahead; .well-known is what certificates need.
    yield "@hidden {"
    yield "\tpath */.*"
    yield "\tnot path /.well-known/*"
    yield "}"
    if not host.is_rooted and len(host.sites) == 1:
        yield f"redir / {host.sites[0][0]} 302"
    for base, folder in reversed(host.sites):
        if base != "/":
            yield f"redir {base.rstrip('/')} {base} 308"
        yield f"handle {base}* {{"
        yield from (f"\t{line}" for line in _caddy_files(base, folder, "error @hidden 404"))
        yield "}"
    if not host.is_rooted:
        yield "handle {"
        yield "\terror 404"
        yield "}"
    # Headers set before an error are lost, so they are set again.
    yield "handle_errors {"
    yield "\timport yangguang"
    yield "\theader Cache-Control no-store"
    yield "\t@missing expression `{err.status_code} == 404`"
    yield "\thandle @missing {"
    for base, folder in reversed(host.sites):
        yield f"\t\thandle {base}* {{"
        yield from (f"\t\t\t{line}" for line in _caddy_files(base, folder, "rewrite * /404.html"))
        yield "\t\t}"
    yield "\t}"
    yield "}"


def _caddy_files(base: str, folder: str, before: str) -> Iterator[str]:
    if base != "/":
        yield f"uri strip_prefix {base.rstrip('/')}"
    yield f"root * {_quoted(folder)}"
    yield before
    yield "file_server"


# --- Apache ----------------------------------------------------------------------------------------


def _apache(hosts: Sequence[_Host]) -> Iterator[str]:
    yield "# 阳光站的 Apache 2.4 设置：存为 conf.d/yangguang.conf，检查 apachectl configtest，再重新加载。"
    yield "# 需要模块：headers、deflate、dir、alias、setenvif。证书和 443 端口按单位的规定补上。"
    for host in hosts:
        yield ""
        yield "<VirtualHost *:80>"
        yield f"    ServerName {host.domain}"
        yield from (f"    {line}" for line in _apache_host(host))
        yield "</VirtualHost>"


def _apache_host(host: _Host) -> Iterator[str]:
    if host.is_rooted:
        yield f"DocumentRoot {_quoted(host.sites[0][1])}"
        yield "ErrorDocument 404 /404.html"
    for base, folder in reversed(host.sites[1 if host.is_rooted else 0 :]):
        yield f"Alias {base} {_quoted(folder + '/')}"
        yield f'<Location "{base}">'
        yield f"    ErrorDocument 404 {base}404.html"
        yield "</Location>"
    for _, folder in host.sites:
        yield f"<Directory {_quoted(folder)}>"
        yield "    Require all granted"
        yield "    AllowOverride None"
        yield "    Options -Indexes"
        yield "    DirectoryIndex index.html"
        yield "</Directory>"
    yield 'RedirectMatch 404 "/\\.(?!well-known/)"'
    if not host.is_rooted and len(host.sites) == 1:
        yield f'RedirectMatch 302 "^/$" {host.sites[0][0]}'
    yield "AddDefaultCharset utf-8"
    yield "AddCharset utf-8 .css .js .json .xml .svg .csv .txt"
    yield f"AddOutputFilterByType DEFLATE text/html {' '.join(_GZIP)}"
    for name, value in SECURITY:
        yield f'Header always set {name} "{value}"'
    yield f"# {_HSTS_NOTE}"
    yield f'# Header always set {HSTS[0]} "{HSTS[1]}"'
    yield f'Header set Cache-Control "{PAGES}"'
    for pattern, rule in _cached([base for base, _ in host.sites]):
        yield f'<LocationMatch "{pattern}">'
        yield f'    Header set Cache-Control "{rule}"'
        yield "</LocationMatch>"


# --- _headers (static hosts) -----------------------------------------------------------------------


def _headers_file(hosts: Sequence[_Host]) -> Iterator[str]:
    yield "# 阳光站的响应头：存为网站根目录下的 _headers（Cloudflare Pages、Netlify 等静态托管读取这个文件）。"
    yield "# 这些平台自己压缩文件，也自己把根目录的 404.html 用作找不到网页时的页面。"
    for host in hosts:
        yield ""
        if len(hosts) > 1:
            yield f"# {host.domain}：以下部分单独存为 {host.sites[0][1]}/_headers"
        yield "/*"
        for name, value in SECURITY:
            yield f"  {name}: {value}"
        yield f"  # {_HSTS_NOTE}"
        yield f"  # {HSTS[0]}: {HSTS[1]}"
        # A path that two rules match gets both values, so pages keep the platform's own "revalidate".
        for base, _ in host.sites:
            for place, rule in (
                ("assets/*", FOR_EVER),
                ("search/*", INDEX),
                ("feed.xml", FEEDS),
                ("feed.json", FEEDS),
            ):
                yield f"{base}{place}"
                yield f"  Cache-Control: {rule}"


_WRITERS: Final[dict[str, Callable[[Sequence[_Host]], Iterator[str]]]] = {
    "nginx": _nginx,
    "caddy": _caddy,
    "apache": _apache,
    "_headers": _headers_file,
}
SERVERS: Final = tuple(_WRITERS)
