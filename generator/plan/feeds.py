"""Atom and JSON feeds, for the site and for each section."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import Final

import msgspec

from generator.plan.context import Context
from generator.plan.jobs import BytesJob
from generator.validate import Document

ENTRIES: Final = 30


def feed_files(context: Context, slug: str, documents: Sequence[Document]) -> Iterator[BytesJob]:
    """Yield both feeds of a section, or of the whole site where ``slug`` is empty."""
    folder = f"{slug}/" if slug else ""
    title = f"{context.pool.sections[slug].document.title}-{context.site.name}" if slug else context.site.name
    home = context.base_url + (f"{slug}/index.html" if slug else "")
    newest = documents[:ENTRIES]
    yield BytesJob(
        f"{folder}feed.xml", _atom(context, title, home, context.base_url + f"{folder}feed.xml", newest)
    )
    yield BytesJob(
        f"{folder}feed.json", _json(context, title, home, context.base_url + f"{folder}feed.json", newest)
    )


def _text(words: str) -> str:
    return escape(words, quote=False)


def _quoted(words: str) -> str:
    return f'"{escape(words)}"'


def _moment(document: Document) -> str:
    return f"{document.published_at[:10]}T{document.published_at[11:16]}:00+08:00"


def _atom(context: Context, title: str, home: str, address: str, documents: Sequence[Document]) -> bytes:
    updated = _moment(documents[0]) if documents else f"{context.today}T00:00:00+08:00"
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">',
        f"<title>{_text(title)}</title>",
        f"<id>{_text(address)}</id>",
        f'<link rel="self" href={_quoted(address)}/>',
        f"<link href={_quoted(home)}/>",
        f"<updated>{updated}</updated>",
        f"<author><name>{_text(context.site.footer.sponsor)}</name></author>",
    ]
    for document in documents:
        url = context.library.canonical(document)
        lines += [
            "<entry>",
            f"<title>{_text(document.title)}</title>",
            f"<id>{_text(url)}</id>",
            f"<link href={_quoted(url)}/>",
            f"<updated>{_moment(document)}</updated>",
            f"<published>{_moment(document)}</published>",
            f"<summary>{_text(context.summary(document))}</summary>",
            "</entry>",
        ]
    lines.append("</feed>\n")
    return "\n".join(lines).encode()


def _json(context: Context, title: str, home: str, address: str, documents: Sequence[Document]) -> bytes:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        "language": "zh-CN",
        "home_page_url": home,
        "feed_url": address,
        "items": [
            {
                "id": context.library.canonical(document),
                "url": context.library.canonical(document),
                "title": document.title,
                "summary": context.summary(document),
                "content_text": context.summary(document) or document.title,
                "date_published": _moment(document),
            }
            for document in documents
        ],
    }
    return msgspec.json.format(msgspec.json.encode(feed), indent=1) + b"\n"
