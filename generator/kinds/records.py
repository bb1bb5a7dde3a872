"""Kinds that are tables of records: a declaration and a CSV or YAML file, no template of their own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from pydantic.fields import FieldInfo

from generator.diagnostics import Problem
from generator.fields import Declared, Item, KeyMap, WaiverText, item, item_of
from generator.kinds.base import Deadline, LifeCycle


class Record(Declared):
    """One row of a table."""

    waivers: WaiverText | None = item(
        "豁免",
        default=None,
        help="这一行可以保留的问题；不公开，也不进下载的表格",
        example="mobile-number：对外公布的公务电话",
    )

    def check(self) -> Iterator[Problem]:
        """Yield problems between the cells of the row."""
        yield from ()


@dataclass(frozen=True)
class RecordKind:
    """A table of records (名录、清单、公示…), declared once.

    Attributes:
        name: English name: folder under ``content/`` with ``*.csv`` and ``*.yml`` files of rows.
        label: The official Chinese term.
        model: Schema of one row.
        section: Slug of the section (栏目) where the table is shown.
        title: Field shown as the row's name.
        key: Field that is unique, or empty.
        date: Field by which rows are ordered, newest first; empty keeps the order of the file.
        group: Field that divides an undated table into parts with headings (街道、部门…), or empty.
        detail: Whether each row has a page of its own, named by its key, which must then be a `Slug`.
        issuer: Field that names the responsible body, or empty.
        until: Field with the last day on which the row may be shown, or empty.
        columns: Fields shown in the table; the others appear in the row's details and in the downloads.
        relations: Fields that refer to documents → what a document calls the rows that refer to it; an empty text
            means that it does not show them.
        loose: Those of them that may also hold plain text: linked where it names a document.
        position: Fields with longitude and latitude in degrees, from which maps are drawn, or empty.
        mark: Field with the class that the marks on maps show, or empty.
        address: Field with the address that map programs are told, or empty.
        life_cycle: States by date, if the rows have them; the state becomes a column.
        deadlines: Time limits between the dates of a row.
        purpose: One sentence for editors.
    """

    name: str
    label: str
    model: type[Record]
    section: str
    title: str
    key: str = ""
    date: str = ""
    issuer: str = ""
    until: str = ""
    columns: tuple[str, ...] = ()
    group: str = ""
    detail: bool = False
    relations: Mapping[str, str] = field(default_factory=dict)
    loose: frozenset[str] = frozenset()
    position: tuple[str, ...] = ()
    mark: str = ""
    address: str = ""
    life_cycle: LifeCycle | None = None
    deadlines: tuple[Deadline, ...] = ()
    purpose: str = ""

    @cached_property
    def keys(self) -> KeyMap:
        """The column headings accepted."""
        return KeyMap.of(self.model)

    @cached_property
    def items(self) -> tuple[tuple[str, Item, FieldInfo], ...]:
        """Name, declaration and pydantic field of every column that is published, in order."""
        fields = self.model.model_fields.items()
        return tuple((name, item_of(info), info) for name, info in fields if name != "waivers")
