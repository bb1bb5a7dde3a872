"""A Chromium of 2019 through its own protocol: drivers of today know it no longer."""

from __future__ import annotations

import json
import re
import subprocess
import time
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from websockets.sync.client import connect

_LISTENING = re.compile(r"DevTools listening on ws://([\d.:]+)/")


class OldChromium:
    """One window.

    Attributes:
        version: As the browser gives it, such as HeadlessChrome/79.0.3945.0.
    """

    def __init__(self, program: str, folder: Path) -> None:
        command = [program, "--headless", "--no-sandbox", "--single-process", "--no-zygote", "--disable-gpu"]
        command += [f"--user-data-dir={folder}", "--remote-debugging-port=0", "about:blank"]
        self._process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, encoding="utf-8")
        host = self._host()
        with urlopen(f"http://{host}/json/version", timeout=30) as answer:
            self.version = str(json.load(answer)["Browser"])
        with urlopen(f"http://{host}/json", timeout=30) as answer:
            target = next(entry for entry in json.load(answer) if entry["type"] == "page")
        self._numbers = count(1)
        self._stack = ExitStack()
        socket = connect(target["webSocketDebuggerUrl"], max_size=None, proxy=None, compression=None)
        self._socket = self._stack.enter_context(socket)

    def _host(self) -> str:
        assert self._process.stderr is not None
        for line in self._process.stderr:
            found = _LISTENING.search(line)
            if found:
                return found[1]
        pytest.fail("Chromium 79 does not listen")

    def call(self, method: str, **parameters: Any) -> Any:
        """Send a command and return its result; events in between are passed over."""
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            answer = json.loads(self._socket.recv(timeout=60))
            if answer.get("id") == number:
                assert "error" not in answer, answer
                return answer["result"]

    def open(self, url: str, width: int) -> None:
        """Show a page at a width in CSS pixels, and wait until it is loaded."""
        self.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False
        )
        self.call("Page.navigate", url=url)
        ready = f"location.href === {json.dumps(url)} && document.readyState === 'complete'"
        for _ in range(600):
            if self.evaluate(ready):
                return
            time.sleep(0.05)
        pytest.fail(f"Chromium 79 does not load {url}")

    def evaluate(self, expression: str) -> Any:
        """Return the value of an expression."""
        done = self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        assert "exceptionDetails" not in done, done
        return done["result"].get("value")

    def close(self) -> None:
        self._stack.close()
        self._process.terminate()
        self._process.wait(20)
        assert self._process.stderr is not None
        self._process.stderr.close()
