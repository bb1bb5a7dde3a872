"""What the builder is given: one frozen value per page that can be found.

All text is plain text as a reader sees it on the page, without markup. ``\\n`` ends a paragraph, a table
cell or a list item: a query never spans it. White space between Chinese characters is ignored, so a line
break inside a paragraph may stay a space.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b
from typing import Final

import msgspec

_encoder: Final = msgspec.msgpack.Encoder(order="deterministic")


class Section(msgspec.Struct, frozen=True, array_like=True):
    """A stretch of the page that a link can point at.

    Attributes:
        anchor: Fragment without ``#``; empty for text before the first anchor.
        heading: Shown above the passage, e.g. ``第二章　补贴标准``; searched too. May be empty.
        text: The words, including the 条 number if the page shows one.
    """

    anchor: str
    heading: str
    text: str


class Link(msgspec.Struct, frozen=True, array_like=True):
    """A named address relative to the site's root."""

    title: str
    url: str


class Answer(msgspec.Struct, frozen=True):
    """The answer card of a 政策问答; without ``basis`` there is no card.

    Attributes:
        question: As a citizen asks it.
        answer: Short answer, at most about 100 characters.
        basis: Title and address (with anchor) of the document the answer rests on.
        clause: Place in it, e.g. ``第五条``.
        quote: The quoted words of the clause.
        verified_on: ISO date of the last check, the 核验日期.
        agency: Who is responsible; ``phone`` its telephone number.
        guides: 办事指南 to go on to; ``pictures`` 图解; ``related`` further questions.
        stale: Whether the basis changed after ``verified_on``: the card then hides the answer.
    """

    question: str
    answer: str
    basis: Link
    clause: str = ""
    quote: str = ""
    verified_on: str = ""
    agency: str = ""
    phone: str = ""
    guides: tuple[Link, ...] = ()
    pictures: tuple[Link, ...] = ()
    related: tuple[Link, ...] = ()
    stale: bool = False


class SearchRecord(msgspec.Struct, frozen=True):
    """One page for the search index.

    Attributes:
        id: The document's id in content; what a hit reports.
        url: Address relative to the site's root, e.g. ``zhengce/szbf-2021-3.html``.
        title: As shown; weighs most.
        kind: Stable key such as ``policy``; the keys in `builder.Options` steer ranking.
        kind_label: Shown, e.g. 政策文件; also the value of the facet 类型.
        date: ``YYYY-MM-DD`` or empty; documents are numbered by it, newest last.
        document_number: 发文字号 as shown, or empty.
        issuers: 发文机关, each a facet value.
        subject: 主题分类, a facet value, or empty.
        validity: Shown badge such as 现行有效, or empty.
        lapsed: Whether the document no longer applies (废止, 失效): it ranks below.
        keywords: Searched with weight; also what suggestions may offer.
        extra: Other words of the page that must find it: attachments' titles, agency, 索引号, captions.
        sections: The body in page order.
        answer: Set for a 政策问答.
    """

    id: str
    url: str
    title: str
    kind: str
    kind_label: str
    date: str = ""
    document_number: str = ""
    issuers: tuple[str, ...] = ()
    subject: str = ""
    validity: str = ""
    lapsed: bool = False
    keywords: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    answer: Answer | None = None

    @property
    def year(self) -> str:
        return self.date[:4]


class RecordSource(msgspec.Struct, frozen=True):
    """A record that is loaded only if the index does not have it yet.

    Attributes:
        id: Same as the record's.
        date: Same as the record's.
        digest: Changes whenever any field of the record changes; any stable bytes will do.
        load: Returns the record; called at most once per build, in any order.
    """

    id: str
    date: str
    digest: bytes
    load: Callable[[], SearchRecord]


def record_digest(record: SearchRecord) -> bytes:
    """Return the digest of a record's whole content."""
    return blake2b(_encoder.encode(record), digest_size=16).digest()


def source_of(record: SearchRecord) -> RecordSource:
    """Wrap a record that is already in memory."""
    return RecordSource(record.id, record.date, record_digest(record), lambda: record)
