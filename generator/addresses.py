"""Addresses of the output: each page has one of its own, and those that readers may have kept stay."""

from __future__ import annotations

from collections.abc import Sequence

from generator.diagnostics import Diagnostic, Severity
from generator.plan import SitePlan
from generator.write import Manifest


def same_addresses(plans: Sequence[SitePlan]) -> list[Diagnostic]:
    """Return addresses that two pages or files want, also where only the case differs.

    Editions repeat the addresses of their portal, where a clash within one of them is told.
    """
    seen: dict[str, str] = {}
    problems = []
    for plan in plans:
        own: set[str] = set()
        for name in (
            *(job.path for job in plan.pages),
            *(job.path for job in plan.files),
            *(job.path for job in plan.copies),
            *(job.path for job in plan.drawings),
            *(job.path for job in plan.pictures),
        ):
            path = plan.folder + name
            key = path.casefold()
            if key not in seen:
                seen[key] = path
                own.add(key)
            elif not (plan.layers and key in own):
                message = f"有两个页面的网址都是 {path}"
                problems.append(
                    Diagnostic(
                        path,
                        0,
                        0,
                        Severity.ERROR,
                        "duplicate-url",
                        message,
                        "改其中一个的文件名、栏目代号或旧网址",
                    )
                )
    return problems


def vanished(plans: Sequence[SitePlan], published: Manifest | None) -> list[Diagnostic]:
    """Return addresses that were published and now lead nowhere (W-30)."""
    if published is None:
        return []
    now = {plan.folder + job.path for plan in plans for job in plan.pages}
    return [
        Diagnostic(
            path,
            0,
            0,
            Severity.ERROR,
            "vanished-page",
            f"已经发布过的网页 {path} 不见了",
            "在改名后的文件里写“旧网址”，或恢复原文件；确需撤下的，换成说明撤下原因的页面",
        )
        for path in published.pages
        if path not in now
    ]
