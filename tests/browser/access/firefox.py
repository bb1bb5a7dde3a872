"""Firefox ESR through WebDriver BiDi, which it speaks itself: no driver program between."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from websockets.sync.client import connect

_LISTENING = re.compile(r"WebDriver BiDi listening on (ws://\S+)")


class Firefox:
    """One window of a Firefox with an empty profile."""

    def __init__(self, folder: Path) -> None:
        program = shutil.which("firefox-esr") or shutil.which("firefox")
        if program is None:
            pytest.fail("这些测试要用 Firefox：apt-get install firefox-esr", pytrace=False)
        command = [
            program,
            "--headless",
            "--no-remote",
            "--profile",
            str(folder),
            "--remote-debugging-port",
            "0",
        ]
        self._process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, encoding="utf-8")
        self._numbers = count(1)
        self._stack = ExitStack()
        socket = connect(f"{self._address()}/session", max_size=None, open_timeout=60, proxy=None)
        self._socket = self._stack.enter_context(socket)
        self.call("session.new", capabilities={})
        self._context = self.call("browsingContext.getTree")["contexts"][0]["context"]

    def _address(self) -> str:
        assert self._process.stderr is not None
        for line in self._process.stderr:
            found = _LISTENING.search(line)
            if found:
                return found[1]
        pytest.fail("Firefox does not listen")

    def call(self, method: str, **parameters: Any) -> Any:
        """Send a command and return its result; events in between are passed over."""
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            answer = json.loads(self._socket.recv(timeout=120))
            if answer.get("id") == number:
                assert answer["type"] == "success", answer
                return answer["result"]

    def open(self, url: str, width: int) -> None:
        """Show a page at a width in CSS pixels."""
        size = {"width": width, "height": 900}
        self.call("browsingContext.setViewport", context=self._context, viewport=size)
        self.call("browsingContext.navigate", context=self._context, url=url, wait="complete")

    def evaluate(self, expression: str) -> Any:
        """Return the value of a script, passed as JSON."""
        done = self.call(
            "script.evaluate",
            expression=f"Promise.resolve({expression}).then(value => JSON.stringify(value === undefined ? null : value))",
            target={"context": self._context},
            awaitPromise=True,
        )
        assert done["type"] == "success", done
        return json.loads(done["result"]["value"])

    def run(self, script: str) -> None:
        """Run a script that is no expression."""
        done = self.call(
            "script.evaluate", expression=script, target={"context": self._context}, awaitPromise=False
        )
        assert done["type"] == "success", done

    def close(self) -> None:
        self._stack.close()
        self._process.terminate()
        self._process.wait(20)
        assert self._process.stderr is not None
        self._process.stderr.close()
