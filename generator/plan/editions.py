"""Editions: the same pages in other layouts, an axis of planning.

An edition is made from the plan of the portal: the same jobs with the same views, in a folder of its own,
rendered by the templates of its layer. So there is no second path from content to page, every page of the
portal has its counterpart at the same address below the edition's folder, and planning costs nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

import msgspec
from msgspec import Struct

from generator.config import CONFIG_NAME, EditionName, SiteGroup, SiteSettings
from generator.diagnostics import Diagnostic, Severity
from generator.digest import encode
from generator.kinds import KIND_BY_NAME
from generator.kinds.service_guide import LifeEvent
from generator.markup.references import is_url
from generator.paths import relative_root
from generator.plan.jobs import DOCUMENT_JSON, SitePlan
from generator.plan.views import EntranceView, Frame, Link


class Edition(Struct, frozen=True):
    """One layout of a site beside the portal.

    Attributes:
        name: Told to templates and style sheets; also the folder of its templates.
        label: Shown where readers can change to it.
        folder: Below the site's folder, with a trailing slash.
        setting: Its name in ``site.yml``.
    """

    name: str
    label: str
    folder: str
    setting: EditionName


ELDER: Final = Edition("elder", "长者版", "elder/", EditionName.ELDER)

TRADITIONAL: Final = Edition("hant", "繁體", "hant/", EditionName.TRADITIONAL)

EDITIONS: Final[tuple[Edition, ...]] = (ELDER, TRADITIONAL)
"""In the order in which the header offers them."""

PORTAL_ONLY: Final = ("404.html", "redirect.html", DOCUMENT_JSON)
"""Templates of pages that no other edition repeats: they answer addresses outside of it."""


def editions_of(group: SiteGroup) -> tuple[Edition, ...]:
    """Return the editions that a project builds beside the portal."""
    return tuple(edition for edition in EDITIONS if edition.setting in group.settings.editions)


def edition_links(group: SiteGroup) -> tuple[Link, ...]:
    """Return for each edition the way from the portal's root to its own, its label, and its name."""
    return tuple(Link(edition.folder, edition.label, edition.name) for edition in editions_of(group))


def edition_plan(plan: SitePlan, group: SiteGroup, edition: Edition) -> SitePlan:
    """Return the plan of a site's edition, made from the plan of its portal."""
    site = group.sites[plan.site]
    frame = msgspec.msgpack.decode(plan.frame, type=Frame)
    pages = [job for job in plan.pages if job.template not in PORTAL_ONLY]
    paths = {job.path for job in pages}
    frame = msgspec.structs.replace(
        frame,
        edition=edition.name,
        folder=edition.folder,
        editions=tuple(_others(group, edition)),
        neighbours=tuple(_neighbours(group, site, edition)),
        entrances=tuple(_entrances(site, paths)),
        feeds=(),
        **_characters(group, edition),
    )
    return SitePlan(
        site=plan.site,
        folder=plan.folder + edition.folder,
        frame=encode(frame),
        pages=pages,
        files=[],
        copies=[],
        kept=[],
        notes=[],
        layers=(edition.name,),
    )


def _others(group: SiteGroup, edition: Edition) -> Iterable[Link]:
    """Yield the way back to the portal; in traditional characters, also that to the other editions."""
    up = relative_root(edition.folder)
    if edition != TRADITIONAL:
        yield Link(up, "普通版", "portal")
        return
    yield Link(up, "简体", "simplified")
    for other in editions_of(group):
        if other != edition:
            yield Link(f"{up}{other.folder}", other.label, other.name)


def _characters(group: SiteGroup, edition: Edition) -> dict[str, Any]:
    if edition != TRADITIONAL:
        return {}
    return {"language": "zh-Hant", "exceptions": group.settings.traditional_exceptions}


def _neighbours(group: SiteGroup, site: SiteSettings, edition: Edition) -> Iterable[tuple[str, str]]:
    """Yield for each other site on the domain the way to it from the portal, and from the edition to its edition.

    Longest first, because a site at the domain's root is a beginning of all others.
    """
    up = relative_root(edition.folder)
    ways = []
    for other in group.sites:
        if other.domain != site.domain or other is site:
            continue
        here, there = site.base_path.strip("/"), other.base_path.strip("/")
        way = "../" * (here.count("/") + 1 if here else 0) + (f"{there}/" if there else "")
        ways.append((way, f"{up}{way}{edition.folder}"))
    return sorted(ways, key=lambda pair: -len(pair[0]))


def _entrances(site: SiteSettings, paths: set[str]) -> Iterable[EntranceView]:
    """Yield the large entrances of the edition's home: as configured, else those of `DEFAULTS` that exist."""
    if site.elder.entrances:
        for entrance in site.elder.entrances:
            yield EntranceView(
                entrance.link, entrance.name, entrance.note or "", entrance.mark or entrance.name[0]
            )
        return
    for mark, name, note, url in DEFAULTS:
        if url in paths:
            yield EntranceView(url, name, note, mark)
    yield EntranceView(f"tel:{site.hotline}", f"打 {site.hotline}", "有人接听，什么都可以问", "问")


def missing_entrances(plans: Iterable[SitePlan], group: SiteGroup) -> Iterator[Diagnostic]:
    """Yield the configured entrances that lead to no page of their site."""
    for plan in plans:
        site = group.sites[plan.site]
        if plan.layers != (ELDER.name,) or not site.elder.entrances:
            continue
        paths = {job.path for job in plan.pages}
        for entrance in site.elder.entrances:
            if is_url(entrance.link) or entrance.link.partition("#")[0] in paths:
                continue
            yield Diagnostic(
                CONFIG_NAME,
                0,
                0,
                Severity.ERROR,
                "no-entrance",
                f"长者版入口“{entrance.name}”的链接 {entrance.link} 没有这个网页",
                "写本站网页的地址，例如 zcwj/index.html；站外网址以 https:// 开头，电话以 tel: 开头",
            )


def _life(event: LifeEvent) -> str:
    return f"{KIND_BY_NAME['service_guide'].url.partition('/')[0]}/rensheng/{event.slug}/index.html"


def _section(kind_name: str) -> str:
    return f"{KIND_BY_NAME[kind_name].section}/index.html"


DEFAULTS: Final[Sequence[tuple[str, str, str, str]]] = (
    ("策", "查政策", "养老、医保、补贴的文件", _section("policy")),
    ("事", "办事情", "带什么、去哪里、怎么办", _section("service_guide")),
    ("答", "问一问", "大家常问的，都有回答", _section("question")),
    ("老", "养老服务", "补贴、助餐、乘车、住养", _life(LifeEvent.AGE)),
    ("医", "看病医保", "报销、备案、缴费", _life(LifeEvent.HEALTH)),
    ("解", "看解读", "用大白话和图讲政策", _section("interpretation")),
    ("告", "新通知", "最近发布的通知公告", _section("notice")),
)
"""Mark, name, note and address of the entrances of a site that configures none."""
