"""Pictures drawn at build: long pictures of infographics, and the cards shown where a page is shared.

A card costs some tens of milliseconds and kilobytes. So pages share one by kind, and only the few kinds named
in ``site.yml`` (infographics and topics, unless it says otherwise) have one for each document.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.digest import encode
from generator.kinds import KIND_BY_NAME
from generator.library import Library
from generator.plan.context import GRAPHIC_LABEL, Context, card_label
from generator.plan.graphics import graphic_of, poster_url
from generator.plan.jobs import DrawJob
from generator.plan.views import GraphicView, PosterView, ShareCard
from generator.validate import Document


def wants_pictures(library: Library) -> bool:
    """Whether anything is to be drawn, so that fonts are missed."""
    return library.group.settings.cards.drawn or any(
        document.data.get("infographic") for document in library.documents.values()
    )


def plan_drawings(context: Context) -> Iterator[DrawJob]:
    """Yield all pictures of the site; other editions show those of the first."""
    if not context.draws:
        return
    for document in context.library.documents.values():
        path = poster_url(context, document)
        graphic = graphic_of(context, document) if path else None
        if graphic:
            yield DrawJob(path, "poster", encode(_poster(context, document, graphic)))
    if context.settings.cards.drawn:
        yield from _cards(context)


def _poster(context: Context, document: Document, graphic: GraphicView) -> PosterView:
    address = (context.base_url + document.url).removeprefix("https://")
    return PosterView(
        graphic,
        GRAPHIC_LABEL,
        context.site.name,
        address,
        context.frame.demonstration,
        context.assets.plate,
        context.assets.colours,
    )


def _cards(context: Context) -> Iterator[DrawJob]:
    yield _card(context, context.card_url(), context.site.name, context.site.subtitle or "")
    for name, documents in context.library.by_kind.items():
        kind = KIND_BY_NAME[name]
        if documents and kind.url:
            yield _card(context, context.card_url(name), kind.label, kind.purpose)
    for document in context.library.documents.values():
        label = card_label(document)
        if document.kind != "section" and label in context.settings.cards.each:
            graphic = graphic_of(context, document)
            number = document.document_number or (graphic.document if graphic else "")
            parts = (label, "、".join(document.issuer), number)
            path = context.card_url(document.kind, document)
            yield _card(context, path, document.title, "　".join(part for part in parts if part))


def _card(context: Context, path: str, title: str, detail: str) -> DrawJob:
    settings, assets = context.settings, context.assets
    view = ShareCard(title, detail, context.site.name, settings.demonstration, assets.plate, assets.colours)
    return DrawJob(path, "card", encode(view))
