"""Answers requests of the preview: pages of the sites, the handbook, and news for browsers."""

from __future__ import annotations

import contextlib
import ipaddress
import shutil
import socket
from email.utils import formatdate
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qs, quote, unquote, urlsplit

from generator.security import CONTENT_SECURITY_POLICY
from generator.serving import pages
from generator.serving.board import HANDBOOK_FILE, Board, Mount
from generator.serving.files import (
    content_type,
    located,
    moved,
    span_of,
    with_script,
)
from generator.serving.handbook import Handbook

RESERVED: Final = "/-/"
HANDBOOK: Final = "/handbook/"
HEARTBEAT_SECONDS: Final = 15.0
OWN_FILES: Final = ("reload.js", "preview.css")
FOR_EVER: Final = "max-age=31536000, immutable"


class PreviewServer(ThreadingHTTPServer):
    """Serves one output folder from a socket that already listens.

    Args:
        hosts: Names that requests may use for this server; empty for any.
    """

    daemon_threads = True

    def __init__(
        self, listener: socket.socket, output: Path, board: Board, handbook: Handbook, hosts: frozenset[str]
    ) -> None:
        super().__init__(listener.getsockname()[:2], PreviewHandler, bind_and_activate=False)
        self.socket.close()
        self.socket = listener
        self.output, self.board, self.handbook, self.hosts = output, board, handbook, hosts

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: browsers break connections off all the time, and the builder owns the terminal."""

    def accepts(self, host: str) -> bool:
        """Whether a ``Host`` header names this server.

        A page of the internet could otherwise read unpublished content by a domain that it points here
        (DNS rebinding).
        """
        name = urlsplit(f"//{host}").hostname or ""
        if not self.hosts or name in self.hosts or name.endswith(".localhost"):
            return True
        try:
            ipaddress.ip_address(name)
        except ValueError:
            return False
        return True


class PreviewHandler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    server_version = "yangguang"
    sys_version = ""
    disable_nagle_algorithm = True
    server: PreviewServer

    def handle(self) -> None:
        with contextlib.suppress(ConnectionError, TimeoutError):
            super().handle()

    def finish(self) -> None:
        with contextlib.suppress(ConnectionError, ValueError):
            super().finish()

    def log_message(self, format: str, *args: Any) -> None:
        """Keep the terminal for what editors need to read."""

    def do_GET(self) -> None:
        self._answer()

    def do_HEAD(self) -> None:
        self._answer()

    def _answer(self) -> None:
        if not self.server.accepts(self.headers.get("Host", "")):
            self._send(HTTPStatus.MISDIRECTED_REQUEST, pages.missing_page("/"))
            return
        address = urlsplit(self.path)
        path = unquote(address.path)
        if path.startswith(RESERVED):
            self._answer_own(path.removeprefix(RESERVED), parse_qs(address.query))
        elif path == HANDBOOK or path.startswith(HANDBOOK):
            self._answer_handbook(path)
        elif path == HANDBOOK.rstrip("/"):
            self._redirect(HANDBOOK)
        else:
            self._answer_site(path)

    # --- the sites -----------------------------------------------------------------------------

    def _answer_site(self, path: str) -> None:
        board = self.server.board
        version = board.version
        mounts = board.mounts
        if not mounts:
            page = (
                pages.problems_page(board.diagnostics, has_failed=True)
                if board.has_failed
                else pages.waiting_page(board.progress)
            )
            self._send_page(HTTPStatus.SERVICE_UNAVAILABLE, page, version, "")
            return
        mount = next((item for item in mounts if path.startswith(item.prefix)), None)
        if mount is None:
            self._answer_outside(path, mounts, version)
            return
        name = mount.folder + path[len(mount.prefix) :]
        file = located(self.server.output, name)
        if file is not None and file.is_dir():
            if not path.endswith("/"):
                self._redirect(path + "/")
                return
            name, file = f"{name}index.html", file / "index.html"
        if file is None or not file.is_file():
            self._answer_missing(mount, name, version)
        elif file.suffix == ".html":
            self._send_html(HTTPStatus.OK, mount, file, name, version)
        else:
            self._send_file(file, FOR_EVER if "/assets/" in f"/{name}" else "no-cache")

    def _answer_outside(self, path: str, mounts: tuple[Mount, ...], version: int) -> None:
        near = next((mount for mount in mounts if mount.prefix == f"{path}/"), None)
        if near is not None or (path == "/" and len(mounts) == 1):
            self._redirect((near or mounts[0]).prefix)
        elif path == "/":
            self._send_page(HTTPStatus.OK, pages.sites_page(mounts), version, "")
        else:
            self._send_page(HTTPStatus.NOT_FOUND, pages.missing_page(path), version, "")

    def _answer_missing(self, mount: Mount, name: str, version: int) -> None:
        file = self.server.output / mount.folder / "404.html"
        if file.is_file():
            self._send_html(HTTPStatus.NOT_FOUND, mount, file, name, version)
        else:
            self._send_page(HTTPStatus.NOT_FOUND, pages.missing_page(self.path), version, name)

    def _send_html(self, status: HTTPStatus, mount: Mount, file: Path, name: str, version: int) -> None:
        html = file.read_bytes()
        if mount.prefix != mount.base_path:
            html = moved(html, mount, self.server.board.mounts, is_rooted=file.name == "404.html")
        self._send_page(status, html, version, name)

    # --- the handbook and the preview's own --------------------------------------------------------

    def _answer_handbook(self, path: str) -> None:
        handbook, version = self.server.handbook, self.server.board.version
        if not handbook.prepare():
            self._send_page(HTTPStatus.OK, pages.handbook_waiting_page(), version, HANDBOOK_FILE)
            return
        if handbook.problem:
            page = pages.handbook_absent_page(handbook.problem)
            self._send_page(HTTPStatus.NOT_FOUND, page, version, HANDBOOK_FILE)
            return
        file = located(handbook.path, path.removeprefix(HANDBOOK))
        if file is not None and file.is_dir():
            if not path.endswith("/"):
                self._redirect(path + "/")
                return
            file = file / "index.html"
        if file is None or not file.is_file():
            self._send_page(HTTPStatus.NOT_FOUND, pages.missing_page(path), version, HANDBOOK_FILE)
        elif file.suffix == ".html":
            # Material's pages need inline scripts; they are never published.
            self._send_page(HTTPStatus.OK, file.read_bytes(), version, HANDBOOK_FILE, policy="")
        else:
            self._send_file(file, "no-cache")

    def _answer_own(self, name: str, query: dict[str, list[str]]) -> None:
        board = self.server.board
        if name == "events":
            self._send_events(query)
        elif name == "problems":
            page = pages.problems_page(board.diagnostics, has_failed=board.has_failed)
            self._send_page(HTTPStatus.OK, page, board.version, "")
        elif name in OWN_FILES:
            self._send_file(Path(__file__).parent / name, "no-cache")
        else:
            self._send(HTTPStatus.NOT_FOUND, pages.missing_page(self.path))

    def _send_events(self, query: dict[str, list[str]]) -> None:
        """Tell the browser of every change to its page and of all errors, until it leaves."""
        board = self.server.board
        session, _, number = query.get("version", [""])[0].partition("-")
        file = query.get("file", [""])[0]
        since = int(number) if session == board.session and number.isdigit() else -1
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        told = ""
        seen = board.version
        while True:
            if since < 0 or board.is_changed(file, since):
                self._write_event("reload", "")
                return
            problems = pages.problems_json(board.diagnostics, has_failed=board.has_failed)
            if problems != told:
                self._write_event("problems", problems)
                told = problems
            latest = board.wait(seen, HEARTBEAT_SECONDS)
            if latest == seen:
                self.wfile.write(b":\n\n")
            seen = latest

    def _write_event(self, name: str, data: str) -> None:
        self.wfile.write(f"event: {name}\ndata: {data}\n\n".encode())

    # --- sending -----------------------------------------------------------------------------------

    def _redirect(self, path: str) -> None:
        self._send(HTTPStatus.FOUND, b"", {"Location": quote(path)})

    def _send_page(
        self, status: HTTPStatus, html: bytes, version: int, file: str, policy: str = CONTENT_SECURITY_POLICY
    ) -> None:
        body = with_script(html, f"{self.server.board.session}-{version}", file)
        headers = {"Content-Security-Policy": policy} if policy else {}
        self._send(status, body, headers)

    def _send(self, status: HTTPStatus, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _send_file(self, file: Path, cache: str) -> None:
        with file.open("rb") as source:
            facts = file.stat()
            tag = f'"{facts.st_size:x}-{facts.st_mtime_ns:x}"'
            if self.headers.get("If-None-Match") == tag:
                self.send_response(HTTPStatus.NOT_MODIFIED)
                self.send_header("ETag", tag)
                self.end_headers()
                return
            span = span_of(self.headers.get("Range"), facts.st_size)
            if span is None:
                self._send(
                    HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE,
                    b"",
                    {"Content-Range": f"bytes */{facts.st_size}"},
                )
                return
            self.send_response(HTTPStatus.PARTIAL_CONTENT if span.is_part else HTTPStatus.OK)
            if span.is_part:
                end = span.start + span.length - 1
                self.send_header("Content-Range", f"bytes {span.start}-{end}/{facts.st_size}")
            self.send_header("Content-Type", content_type(file.name))
            self.send_header("Content-Length", str(span.length))
            self.send_header("Accept-Ranges", "bytes")
            self.send_header("ETag", tag)
            self.send_header("Last-Modified", formatdate(facts.st_mtime, usegmt=True))
            self.send_header("Cache-Control", cache)
            self.send_header("X-Content-Type-Options", "nosniff")
            self.end_headers()
            if self.command == "HEAD":
                return
            source.seek(span.start)
            if span.start + span.length == facts.st_size:
                shutil.copyfileobj(source, self.wfile)
            else:
                self._copy(source, span.length)

    def _copy(self, source: Any, length: int) -> None:
        while length:
            block = source.read(min(length, 1 << 16))
            if not block:
                return
            self.wfile.write(block)
            length -= len(block)
