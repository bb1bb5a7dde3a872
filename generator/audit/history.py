"""When each content file was first committed to git, against which publication days are held (domain/02, K-01)."""

from __future__ import annotations

import subprocess
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

_TIME_ZONE = ZoneInfo("Asia/Shanghai")


def first_commits(root: Path, content: str) -> dict[str, str] | None:
    """Return path → ISO day of the first commit, relative to the project; None without a whole history."""
    if _git(root, "rev-parse", "--is-shallow-repository").strip() != "false":
        return None
    log = _git(
        root, "log", "-M", "--diff-filter=A", "--name-only", "--relative", "--format=%x00%ct", "--", content
    )
    days: dict[str, str] = {}
    for entry in log.split("\0")[1:]:
        moment, _, names = entry.partition("\n")
        day = datetime.fromtimestamp(int(moment), _TIME_ZONE).date().isoformat()
        for name in filter(None, names.split("\n")):
            days[name] = day  # the log begins with the newest, so the first commit is written last
    return days


def _git(root: Path, *arguments: str) -> str:
    """Return what git prints; nothing where there is no git or no repository."""
    command = ["git", "-c", "core.quotePath=false", "-C", str(root), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", errors="replace")
    except OSError:
        return ""
    return done.stdout if done.returncode == 0 else ""
