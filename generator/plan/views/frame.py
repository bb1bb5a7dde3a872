"""What surrounds the matter of a page."""

from __future__ import annotations

from generator.plan.views.parts import Link, View


class Menu(View, frozen=True):
    """A titled list of links in the footer."""

    title: str
    links: tuple[Link, ...]


class EntranceView(View, frozen=True):
    """A large entrance on the home page of the elder edition; ``mark`` is its one-character sign."""

    url: str
    text: str
    note: str
    mark: str


class Footer(View, frozen=True):
    """The official items of the footer (domain/01, 2.1); empty text where a demonstration shows a stand-in."""

    sponsor: str
    undertaker: str
    address: str
    phone: str
    email: str
    icp: str
    police: str
    police_url: str
    badge_url: str
    mistake_url: str
    menus: tuple[Menu, ...]


class Frame(View, frozen=True):
    """What all pages of a site in one edition share.

    ``editions`` are the other editions: the way from this one's root to theirs, label, name. ``folder`` is the
    edition's own folder, empty for the portal; ``neighbours`` are the ways to the other sites on the domain,
    seen from the portal, with those that pages of this edition use instead. Where it ``is_closed`` no link leads
    out, ``index_url`` is the index by initials, and after so many idle seconds, and so many more of warning, the
    page returns home. ``exceptions`` are words that a ``language`` of other characters leaves as they are.
    """

    edition: str
    site_id: str
    site_name: str
    site_subtitle: str
    site_domain: str
    id_code: str
    base_url: str
    demonstration: str
    menu: tuple[Link, ...]
    footer: Footer
    css_url: str
    head_script_url: str
    script_urls: tuple[str, ...]
    search_url: str
    search_index_url: str
    catalogue_url: str
    sitemap_url: str
    accessibility_url: str
    editions: tuple[Link, ...]
    hotline: str
    search_hint: str
    hot_words: tuple[Link, ...]
    feeds: tuple[Link, ...]
    build_date: str
    icon_url: str = ""
    own_domains: tuple[str, ...] = ()
    sheet_urls: tuple[tuple[str, str], ...] = ()
    module_urls: tuple[tuple[str, str], ...] = ()
    folder: str = ""
    neighbours: tuple[tuple[str, str], ...] = ()
    entrances: tuple[EntranceView, ...] = ()
    is_closed: bool = False
    idle_seconds: int = 0
    warning_seconds: int = 0
    index_url: str = ""
    language: str = "zh-CN"
    exceptions: tuple[str, ...] = ()


class Page(View, frozen=True):
    """Head and breadcrumbs of one page. ``title`` is the whole text of <title>; ``root`` leads to the site's root."""

    path: str
    root: str
    title: str
    heading: str
    description: str
    canonical: str
    meta: tuple[tuple[str, str], ...]
    breadcrumbs: tuple[Link, ...]
    menu_current: str
    feeds: tuple[Link, ...] = ()
    indexed: bool = True
    previous_url: str = ""
    next_url: str = ""
    sharing: tuple[tuple[str, str], ...] = ()
