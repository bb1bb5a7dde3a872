"""The sample city as hosts serve it: nginx with the published headers, and the files themselves."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.sites.output import REPOSITORY, yangguang

APT = "sudo apt install chromium nginx-light fonts-noto-cjk"

CONFIG = """\
{user}daemon off;
worker_processes 1;
pid {folder}/pid;
error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{
    include {types};
    access_log off;
    client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;
    uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
    charset utf-8;
    absolute_redirect off;
    server {{
        listen 127.0.0.1:{port};
        add_header Content-Security-Policy "{policy}" always;
        add_header X-Content-Type-Options nosniff always;
        root {site};
        error_page 404 /404.html;
        location /shaoxing/ {{ error_page 404 /shaoxing/404.html; }}
        location {prefix} {{ alias {site}/; }}
    }}
}}
"""
PREFIX = "/some/where/"
TYPES = "types { text/html html; text/css css; text/javascript js; image/svg+xml svg; image/png png; application/json json; text/xml xml; }"


def published_policy() -> str:
    """Return the Content-Security-Policy that ``yangguang headers`` tells hosts to send."""
    text = yangguang("headers", "nginx", "-C", str(REPOSITORY)).stdout
    found = re.search(r'Content-Security-Policy "([^"]+)"', text)
    assert found, text
    return found[1]


@dataclass(frozen=True)
class Place:
    """Where a browser finds the root of the site."""

    name: str
    base: str

    @property
    def is_served(self) -> bool:
        return self.base.startswith("http")


def nginx_program() -> str:
    """Return the path of nginx; a machine without one fails the tests and says what to install."""
    found = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/opt/homebrew/bin")
    if found is None:
        pytest.fail(f"这些测试要用 nginx：{APT}", pytrace=False)
    return found


class Nginx:
    """A real nginx on a port of its own, serving a folder at the root and below a path."""

    def __init__(self, site: Path, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        types = Path("/etc/nginx/mime.types")
        if not types.is_file():
            types = folder / "types"
            types.write_text(TYPES, encoding="utf-8")
        config = folder / "nginx.conf"
        config.write_text(
            CONFIG.format(
                # Workers of root must read what belongs to root alone.
                user="user root;\n" if os.geteuid() == 0 else "",
                folder=folder,
                types=types,
                port=self.port,
                policy=published_policy(),
                site=site,
                prefix=PREFIX,
            ),
            encoding="utf-8",
        )
        self._process = subprocess.Popen(
            [nginx_program(), "-c", str(config), "-p", str(folder)], stderr=subprocess.PIPE
        )
        self._wait()

    def _wait(self) -> None:
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            if self._process.poll() is not None:
                assert self._process.stderr is not None
                pytest.fail(f"nginx ended: {self._process.stderr.read().decode()}")
            time.sleep(0.05)
        pytest.fail("nginx does not answer")

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(10)
        assert self._process.stderr is not None
        self._process.stderr.close()
