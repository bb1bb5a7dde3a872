"""The preview server in a process of its own, so that no page waits for a build."""

from __future__ import annotations

import contextlib
import errno
import multiprocessing
import os
import signal
import socket
import sys
import threading
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import Any, Final

from generator.diagnostics import EnvironmentProblem
from generator.serving.board import Board, HandbookChanged, Message
from generator.serving.handbook import Handbook
from generator.serving.server import PreviewServer

PORTS_TRIED: Final = 20
LOOPBACK: Final = ("127.0.0.1", "::1", "localhost")


def open_listener(host: str, port: int) -> socket.socket:
    """Return a socket that listens on the port, or on the next free one; port 0 takes any.

    Raises:
        EnvironmentProblem: If the address cannot be used, or no port nearby is free.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for candidate in range(port, min(port + PORTS_TRIED, 65536)):
        listener = socket.socket(family, socket.SOCK_STREAM)
        if sys.platform != "win32":  # there it would let two servers share a port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, candidate))
            listener.listen(64)
        except OSError as error:
            listener.close()
            if error.errno == errno.EADDRINUSE:
                continue
            raise _explained(error, host, candidate) from error
        return listener
    raise EnvironmentProblem(f"端口 {port} 到 {candidate} 都被占用", "用 --port 换一个端口")


def _explained(error: OSError, host: str, port: int) -> EnvironmentProblem:
    if error.errno in (errno.EACCES, errno.EPERM):
        return EnvironmentProblem(f"没有权限使用端口 {port}", "用 --port 换一个 1024 以上的端口")
    return EnvironmentProblem(
        f"不能在 {host} 上监听：{error.strerror or error}", "用 --host 写本机的地址，例如 127.0.0.1"
    )


class PreviewProcess:
    """Runs the server; the builder tells it what happened.

    The builder forks workers, which a process with request threads must not do.
    """

    def __init__(self, listener: socket.socket, host: str, output: Path, project: Path) -> None:
        method = "fork" if sys.platform.startswith("linux") else "spawn"
        context: Any = multiprocessing.get_context(method)
        receiver, self._sender = context.Pipe()
        hosts = frozenset(LOOPBACK) if host in LOOPBACK else frozenset()
        self._process = context.Process(
            target=_serve,
            args=(listener, receiver, self._sender if method == "fork" else None, output, project, hosts),
            daemon=True,
        )
        self._process.start()
        receiver.close()
        listener.close()

    def __enter__(self) -> PreviewProcess:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._sender.close()
        self._process.join(3)
        if self._process.is_alive():
            self._process.terminate()
            self._process.join()

    def tell(self, message: Message) -> None:
        """Pass a message on, and wait until answers go by it: what is said after that is true.

        Raises:
            EnvironmentProblem: If the server is gone.
        """
        try:
            self._sender.send(message)
            self._sender.recv()
        except (EOFError, OSError) as error:
            raise EnvironmentProblem("预览服务意外停止", "重新运行 yangguang serve") from error


def _serve(
    listener: socket.socket,
    receiver: Connection,
    inherited: Connection | None,
    output: Path,
    project: Path,
    hosts: frozenset[str],
) -> None:
    """Answer requests until the builder closes its end of the pipe or is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if inherited is not None:
        inherited.close()
    board = Board()
    handbook = Handbook(project, board.handbook_built)
    server = PreviewServer(listener, output, board, handbook, hosts)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()
    parent = os.getppid()
    with contextlib.suppress(EOFError, OSError):
        while os.getppid() == parent:
            if receiver.poll(1.0):
                message = receiver.recv()
                if isinstance(message, HandbookChanged):
                    handbook.mark_stale()
                board.apply(message)
                receiver.send(None)
    server.shutdown()
    handbook.close()
