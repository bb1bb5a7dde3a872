"""Sheets to print and put up (海报)."""

from __future__ import annotations

from generator.plan.views.parts import Fact, Link, Related, View


class SheetView(View, frozen=True):
    """A sheet: what it leads to in large letters, facts, a QR code and the same address in words.

    ``drawing`` is the file of the mark that stands on a sign, for those who make one; empty on other sheets.
    """

    kind_label: str
    title: str
    text: str
    facts: tuple[Fact, ...]
    address: str
    sponsor: str
    hotline: str
    target: Link
    back: Link
    drawing: str = ""


class SheetsView(View, frozen=True):
    """All sheets of a site, by what they lead to."""

    title: str
    description: str
    groups: tuple[Related, ...]
