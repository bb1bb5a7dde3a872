"""The editors' handbook at ``/handbook/``: made by MkDocs in a process of its own when first asked for."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Final

CONFIGS: Final = ("docs/mkdocs.yml", "mkdocs.yml")


def handbook_config(project: Path) -> Path | None:
    """Return the configuration of a project's handbook, if it has one."""
    return next((project / name for name in CONFIGS if (project / name).is_file()), None)


class Handbook:
    """Builds the handbook into a temporary folder; never more than one build at a time.

    Args:
        announce: Called, from another thread, when a build has ended.
    """

    def __init__(self, project: Path, announce: Callable[[], None]) -> None:
        self._project = project
        self._announce = announce
        self._lock = threading.Lock()
        self._folder = tempfile.TemporaryDirectory(prefix="yangguang-handbook-")
        self._is_stale = True
        self._builder: threading.Thread | None = None
        self._process: subprocess.Popen[str] | None = None
        self.problem = ""

    @property
    def path(self) -> Path:
        return Path(self._folder.name) / "site"

    def mark_stale(self) -> None:
        """Take note that the sources changed; the next request builds anew."""
        with self._lock:
            self._is_stale = True

    def prepare(self) -> bool:
        """Start a build if one is due; return whether none is running."""
        with self._lock:
            if self._builder is not None:
                return False
            if not self._is_stale:
                return True
            self.problem = self._obstacle()
            if self.problem:
                return True
            self._is_stale = False
            self._builder = threading.Thread(target=self._build, daemon=True)
            self._builder.start()
            return False

    def _obstacle(self) -> str:
        if handbook_config(self._project) is None:
            return "项目里没有编辑手册：没有找到 " + " 或 ".join(CONFIGS)
        if not importlib.util.find_spec("mkdocs") or not importlib.util.find_spec("material"):
            return "没有安装编辑手册组件。运行 pip install 'yangguang[handbook]' 后重新打开预览"
        return ""

    def _build(self) -> None:
        config = handbook_config(self._project)
        command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file", str(config)]
        self._process = subprocess.Popen(
            [*command, "--site-dir", str(self.path)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
        )
        output, _ = self._process.communicate()
        with self._lock:
            self._builder = None
            self.problem = f"编辑手册没有生成：\n{output.strip()}" if self._process.returncode else ""
        self._announce()

    def close(self) -> None:
        """End a running build and delete what was made."""
        if self._process is not None and self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        self._folder.cleanup()
