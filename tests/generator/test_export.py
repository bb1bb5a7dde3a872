"""Editor settings, and server settings as real servers take them."""

from __future__ import annotations

import gzip
import json
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any

import pytest

from generator.config import SiteGroup, load_config
from generator.diagnostics import EnvironmentProblem
from generator.export import SERVERS, server_headers, write_schemas
from generator.kinds import KINDS, ContentKind
from generator.load import load_document
from generator.validate import validate_document
from tests.support import SITE_YML

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; media-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
)
TWO_SITES = (
    SITE_YML
    + """\
  - 代号: jhq
    名称: 镜湖区政务公开
    域名: yueming.example
    根路径: /jhq/
    标识码: "0000000000"
    页脚:
      主办: 镜湖区人民政府办公室
"""
)
BELOW_A_PATH = SITE_YML.replace("    标识码", "    根路径: /zwgk/\n    标识码")
TWO_DOMAINS = TWO_SITES.replace(
    "    域名: yueming.example\n    根路径: /jhq/", "    域名: jhq.example\n    根路径: /zwgk/"
)


def group_of(root: Path, text: str) -> SiteGroup:
    (root / "site.yml").write_text(text, encoding="utf-8")
    group, problems = load_config(root)
    assert group is not None and not problems
    return group


# --- editors ---------------------------------------------------------------------------------------


def settings_of(project: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((project / ".vscode/settings.json").read_text(encoding="utf-8"))
    return loaded


def test_every_schema_is_bound_to_its_folder(tmp_path: Path) -> None:
    (tmp_path / "site.yml").write_text(SITE_YML + "内容目录: neirong\n", encoding="utf-8")
    write_schemas(tmp_path)
    bound = settings_of(tmp_path)["yaml.schemas"]
    assert bound["./.vscode/schemas/site.json"] == ["site.yml"]
    assert bound["./.vscode/schemas/policy.json"] == ["neirong/policy/**/*.yml", "neirong/policy/**/*.yaml"]
    for path in bound:
        schema = json.loads((tmp_path / path).read_text(encoding="utf-8"))
        assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
    extensions = json.loads((tmp_path / ".vscode/extensions.json").read_text(encoding="utf-8"))
    assert "redhat.vscode-yaml" in extensions["recommendations"]


def test_works_where_site_yml_is_missing_or_broken(tmp_path: Path) -> None:
    (tmp_path / "site.yml").write_text("站点: [", encoding="utf-8")
    write_schemas(tmp_path)
    assert settings_of(tmp_path)["yaml.schemas"]["./.vscode/schemas/news.json"][0] == "content/news/**/*.yml"


def test_what_the_editor_has_set_stays(tmp_path: Path) -> None:
    folder = tmp_path / ".vscode"
    folder.mkdir()
    (folder / "settings.json").write_text(
        json.dumps(
            {
                "editor.fontSize": 18,
                "files.eol": "\r\n",
                "yaml.schemas": {"./own.json": ["a.yml"], "./.vscode/schemas/site.json": ["old.yml"]},
                "[markdown]": {"editor.quickSuggestions": False, "editor.wordWrap": "on"},
            }
        ),
        encoding="utf-8",
    )
    (folder / "extensions.json").write_text('{"recommendations": ["me.mine"]}', encoding="utf-8")
    write_schemas(tmp_path)
    settings = settings_of(tmp_path)
    assert (settings["editor.fontSize"], settings["files.eol"]) == (18, "\r\n")
    assert settings["[markdown]"] == {"editor.quickSuggestions": False, "editor.wordWrap": "on"}
    assert settings["yaml.schemas"]["./own.json"] == ["a.yml"]
    assert settings["yaml.schemas"]["./.vscode/schemas/site.json"] == ["site.yml"]
    extensions = json.loads((folder / "extensions.json").read_text(encoding="utf-8"))["recommendations"]
    assert extensions[0] == "me.mine" and "redhat.vscode-yaml" in extensions


@pytest.mark.parametrize("text", ["{ // 我的设置\n}", "[]", "{"])
def test_settings_that_cannot_be_read_are_left_alone(tmp_path: Path, text: str) -> None:
    folder = tmp_path / ".vscode"
    folder.mkdir()
    (folder / "settings.json").write_text(text, encoding="utf-8")
    with pytest.raises(EnvironmentProblem, match="没有改动它"):
        write_schemas(tmp_path)
    assert [path.name for path in folder.iterdir()] == ["settings.json"]
    assert (folder / "settings.json").read_text(encoding="utf-8") == text


def test_a_second_run_changes_nothing(tmp_path: Path) -> None:
    first = {path: path.read_bytes() for path in write_schemas(tmp_path)}
    assert {path: path.read_bytes() for path in write_schemas(tmp_path)} == first


VARIABLES = {"YEAR": "2026", "MONTH": "11", "DATE": "20", "HOUR": "09", "MINUTE": "15"}


def inserted(body: list[str]) -> str:
    """What VS Code writes for a snippet if the editor accepts everything: first choices, defaults."""
    text = "\n".join(body)
    text = re.sub(r"\$CURRENT_([A-Z]+)", lambda match: VARIABLES[match[1]], text)
    text = re.sub(r"\$\{\d+\|((?:\\.|[^|,\\])*)(?:,(?:\\.|[^|\\])*)?\|\}", lambda match: match[1], text)
    text = re.sub(r"\$\{\d+:((?:\\.|[^}\\])*)\}", lambda match: match[1], text)
    text = re.sub(r"(?<!\\)\$0$", "", text)
    return re.sub(r"\\([\\$}|,])", r"\1", text)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_what_a_snippet_inserts_is_sound(tmp_path: Path, kind: ContentKind) -> None:
    write_schemas(tmp_path)
    snippets = json.loads((tmp_path / ".vscode/yangguang.code-snippets").read_text(encoding="utf-8"))
    snippet = snippets[f"新建{kind.label}"]
    assert snippet["scope"] == "markdown" and kind.label in snippet["prefix"]
    text = inserted(snippet["body"])
    assert "${" not in text
    source, problems = load_document("content/a.md", kind.name, "a", text.encode())
    assert source and not problems
    document, problems = validate_document(source, kind, text.encode())
    # Keys that only some documents need are not in the snippet (关键词 of a section has no example).
    assert document, [problem.text() for problem in problems]


def test_a_snippet_offers_the_choices_of_a_closed_set(tmp_path: Path) -> None:
    write_schemas(tmp_path)
    snippets = json.loads((tmp_path / ".vscode/yangguang.code-snippets").read_text(encoding="utf-8"))
    body = "\n".join(snippets["新建政策解读"]["body"])
    assert "|文字,图解,视频,问答,专家,媒体,发布会|}" in body
    assert snippets["政策问答：公开范围"]["body"] == ["公开范围: ${1|公开,内部|}"]
    assert snippets["政策问答：公开范围"]["description"] == "写“内部”则不发布"


# --- servers ---------------------------------------------------------------------------------------


def outputs(group: SiteGroup) -> None:
    """Write what a site consists of, once per site of the group."""
    for site in group.sites:
        folder = group.output_path / group.folder_of(site)
        for name, text in (
            ("index.html", f"<title>{site.id}</title>" + "政务公开" * 600),
            ("404.html", f"<title>{site.id} 404</title>"),
            ("zcwj/index.html", "列表"),
            ("zcwj/feed.xml", "<feed/>"),
            ("feed.json", "{}"),
            ("assets/site-0123456789.css", "body{}" * 500),
            ("search/ab12/g/1.bin", "x"),
            (".git/config", "秘密"),
        ):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")


class Nginx:
    """A real nginx with the printed configuration, on a free port."""

    def __init__(self, folder: Path, printed: str) -> None:
        program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
        assert program, "没有 nginx：make test 会安装它"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        assert "listen 80;" in printed
        site = printed.replace("listen 80;", f"listen 127.0.0.1:{self.port};")
        (folder / "yangguang.conf").write_text(site, encoding="utf-8")
        temporary = "".join(
            f"{name}_temp_path {folder}/{name};"
            for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        (folder / "nginx.conf").write_text(
            f"pid {folder}/pid; daemon off; worker_processes 1; error_log {folder}/error.log;\n"
            f"user root;\nevents {{ worker_connections 64; }}\n"
            f"http {{ {temporary} access_log off;\n"
            "types { text/html html; text/css css; application/atom+xml atom; text/xml xml; application/json json; }\n"
            f"include {folder}/yangguang.conf; }}\n",
            encoding="utf-8",
        )
        self.process = subprocess.Popen(
            [program, "-p", str(folder), "-e", str(folder / "error.log"), "-c", str(folder / "nginx.conf")],
            stderr=subprocess.PIPE,
        )
        deadline = time.monotonic() + 20
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                if self.process.poll() is not None or time.monotonic() > deadline:
                    self.stop()
                    raise AssertionError((folder / "error.log").read_text(encoding="utf-8")) from None
                time.sleep(0.05)

    def get(self, path: str, host: str = "yueming.example", **headers: str) -> tuple[HTTPResponse, bytes]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request("GET", path, headers={"Host": host, **headers})
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer, body

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(10)
        if self.process.stderr:
            self.process.stderr.close()


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Any]:
    running: list[Nginx] = []

    def start(text: str) -> Nginx:
        group = group_of(tmp_path, text)
        outputs(group)
        running.append(Nginx(tmp_path, server_headers(group, "nginx")))
        return running[0]

    yield start
    for server in running:
        server.stop()


def test_nginx_sends_the_security_headers_with_every_answer(serve: Any) -> None:
    server = serve(SITE_YML)
    for path, status in (("/", 200), ("/assets/site-0123456789.css", 200), ("/nichts.html", 404)):
        answer, _ = server.get(path)
        assert answer.status == status
        assert answer.getheader("Content-Security-Policy") == CSP
        assert answer.getheader("X-Content-Type-Options") == "nosniff"
        assert answer.getheader("Referrer-Policy") == "strict-origin-when-cross-origin"
        assert "camera=()" in answer.getheader("Permissions-Policy")
        assert answer.getheader("Strict-Transport-Security") is None
        assert answer.getheader("Server") == "nginx"


def test_nginx_says_how_long_each_file_may_be_kept(serve: Any) -> None:
    server = serve(TWO_SITES)
    kept = {
        "/": "public, max-age=300, must-revalidate",
        "/index.html": "public, max-age=300, must-revalidate",
        "/zcwj/index.html": "public, max-age=300, must-revalidate",
        "/zcwj/feed.xml": "public, max-age=900",
        "/feed.json": "public, max-age=900",
        "/assets/site-0123456789.css": "public, max-age=31536000, immutable",
        "/jhq/assets/site-0123456789.css": "public, max-age=31536000, immutable",
        "/search/ab12/g/1.bin": "public, no-cache",
        "/jhq/search/ab12/g/1.bin": "public, no-cache",
    }
    assert {path: server.get(path)[0].getheader("Cache-Control") for path in kept} == kept
    for missing in ("/assets/site-0000000000.css", "/jhq/assets/site-0000000000.css"):
        answer, _ = server.get(missing)
        assert (answer.status, answer.getheader("Cache-Control")) == (404, None)


def test_nginx_shows_each_site_its_own_error_page(serve: Any) -> None:
    server = serve(TWO_SITES)
    for path, title in (("/a/b.html", "portal 404"), ("/jhq/a/b.html", "jhq 404")):
        answer, body = server.get(path)
        assert answer.status == 404
        assert f"<title>{title}</title>" in body.decode()
    assert "<title>jhq</title>" in server.get("/jhq/")[1].decode()
    answer, _ = server.get("/jhq")
    assert (answer.status, answer.getheader("Location")) == (301, "/jhq/")


def test_nginx_sends_utf8_and_packs_what_is_text(serve: Any) -> None:
    server = serve(SITE_YML)
    answer, body = server.get("/", **{"Accept-Encoding": "gzip"})
    assert answer.getheader("Content-Type") == "text/html; charset=utf-8"
    assert answer.getheader("Content-Encoding") == "gzip"
    assert "政务公开" in gzip.decompress(body).decode()
    answer, _ = server.get("/assets/site-0123456789.css", **{"Accept-Encoding": "gzip"})
    assert answer.getheader("Content-Encoding") == "gzip"
    assert server.get("/zcwj/feed.xml")[0].getheader("Content-Type") == "text/xml; charset=utf-8"


def test_nginx_keeps_hidden_files_to_itself(serve: Any) -> None:
    server = serve(TWO_SITES)
    assert server.get("/.git/config")[0].status == 404
    assert server.get("/jhq/.git/config")[0].status == 404


def test_nginx_serves_a_lone_site_below_a_path(serve: Any) -> None:
    server = serve(BELOW_A_PATH)
    assert "<title>portal</title>" in server.get("/zwgk/")[1].decode()
    assert server.get("/zwgk/assets/site-0123456789.css")[0].getheader("Cache-Control").endswith("immutable")
    answer, body = server.get("/zwgk/nichts.html")
    assert answer.status == 404 and "portal 404" in body.decode()
    answer, _ = server.get("/")
    assert (answer.status, answer.getheader("Location")) == (302, "/zwgk/")


def test_nginx_keeps_the_sites_of_two_domains_apart(serve: Any) -> None:
    server = serve(TWO_DOMAINS)
    assert "<title>portal</title>" in server.get("/")[1].decode()
    assert "<title>jhq</title>" in server.get("/zwgk/", "jhq.example")[1].decode()
    assert server.get("/zwgk/")[0].status == 404
    assert "jhq 404" in server.get("/zwgk/a.html", "jhq.example")[1].decode()


@pytest.mark.parametrize("server", SERVERS)
@pytest.mark.parametrize("text", [SITE_YML, TWO_SITES, BELOW_A_PATH, TWO_DOMAINS])
def test_every_server_gets_the_same_rules(tmp_path: Path, server: str, text: str) -> None:
    group = group_of(tmp_path, text)
    printed = server_headers(group, server)
    assert printed.endswith("\n") and "\r" not in printed
    assert printed.count(CSP) == (1 if server == "caddy" else len({site.domain for site in group.sites}))
    for site in group.sites:
        assert server == "_headers" or site.domain in printed
    for value in ("nosniff", "strict-origin-when-cross-origin", "max-age=31536000, immutable", "max-age=900"):
        assert value in printed
    (hsts, *_) = [line for line in printed.splitlines() if "Strict-Transport-Security" in line]
    assert hsts.strip().startswith("#")


@pytest.mark.parametrize("text", [SITE_YML, TWO_SITES, BELOW_A_PATH, TWO_DOMAINS])
def test_caddy_and_apache_settings_are_well_formed(tmp_path: Path, text: str) -> None:
    """With the programs themselves where they are installed, else by their brackets."""
    group = group_of(tmp_path, text)
    caddy = server_headers(group, "caddy")
    assert brackets(caddy) == 0
    apache = server_headers(group, "apache")
    opened = re.findall(r"^\s*<(\w+)", apache, re.MULTILINE)
    assert sorted(opened) == sorted(re.findall(r"^\s*</(\w+)>", apache, re.MULTILINE))
    assert opened.count("VirtualHost") == len({site.domain for site in group.sites})
    for site in group.sites:
        assert f"ErrorDocument 404 {site.base_path}404.html" in apache
        assert caddy.count(f"handle {site.base_path}* {{") >= 2
    if program := shutil.which("caddy"):
        (tmp_path / "Caddyfile").write_text(caddy, encoding="utf-8")
        subprocess.run(
            [program, "adapt", "--config", str(tmp_path / "Caddyfile")], check=True, capture_output=True
        )
    if program := shutil.which("apachectl"):
        (tmp_path / "apache.conf").write_text(apache, encoding="utf-8")
        subprocess.run(
            [program, "-t", "-c", f"Include {tmp_path / 'apache.conf'}"], check=True, capture_output=True
        )


def brackets(text: str) -> int:
    """Blocks of a Caddyfile left open at the end; closing one too many is an error at once."""
    depth = 0
    for line in text.splitlines():
        code = line.partition("#")[0].strip()
        depth += code.endswith("{")
        depth -= code == "}"
        assert depth >= 0, line
    return depth


def test_static_hosts_get_one_file_for_each_domain(tmp_path: Path) -> None:
    printed = server_headers(group_of(tmp_path, TWO_DOMAINS), "_headers")
    first, second = printed.split("# jhq.example：")
    assert f"{tmp_path}/public/portal/_headers" in first
    assert second.startswith(f"以下部分单独存为 {tmp_path}/public/jhq/_headers")
    assert "\n/zwgk/assets/*\n  Cache-Control: public, max-age=31536000, immutable\n" in second
    # No path is matched by two rules with the same header: some hosts would send both values.
    patterns = [line for line in second.splitlines() if line.startswith("/")]
    assert patterns[0] == "/*" and len(set(patterns)) == len(patterns)
