"""New documents, filled in from the kinds' own declarations and from what their project has."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import msgspec

from generator.config import SiteGroup
from generator.diagnostics import EnvironmentProblem, GeneratorError, did_you_mean
from generator.export.describe import Value, choices_of, example_of, is_a
from generator.export.draft import draft
from generator.export.layout import commented, key_lines
from generator.fields import SLUG, IndexNumber, IndexNumberText, Label, day_words, item_of, model_inside
from generator.importing.slugs import Slugs
from generator.intake import IntakeCache, slug_of, take_in
from generator.kinds import KIND_BY_NAME, RECORD_KIND_BY_NAME, ContentKind, RecordKind
from generator.kinds.organisation import OrganisationClass
from generator.listing import find_files
from generator.paths import name_problem
from generator.program import CACHE_VERSION
from generator.validate import Document, RecordItem
from generator.write import Output

EXAMPLE_DAY: Final = date(2026, 11, 2)
"""The publication day in the kinds' examples; the other days there are told relative to it."""

_DAY: Final = re.compile(r"(\d{4}-\d{2}-\d{2})( \d{2}:\d{2})?")
_MONTH: Final = re.compile(r"\d{4}-\d{2}")
_CHINESE_DAY: Final = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_OPTIONAL: Final = "# 以下各项可以不写；要写的，删去行首的“# ”"


class WrongArgument(GeneratorError):
    """What was typed after ``new`` cannot be used; the message says what can."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Surroundings(msgspec.Struct, frozen=True):
    """What a new document can refer to in its project; empty where there is nothing.

    Attributes:
        issuer: Name of an organisation.
        index_number: The next free one of that organisation.
        reference: A policy, as it is best referred to.
        sections: Slugs of the sections.
        section: Section where the kind's documents lie, if its own section is missing.
    """

    issuer: str = ""
    index_number: str = ""
    reference: str = ""
    sections: frozenset[str] = frozenset()
    section: str = ""


# --- a new document --------------------------------------------------------------------------------


def new_document(group: SiteGroup, kind: str, slug: str | None, title: str | None, today: str) -> Path:
    """Write a new document below the content folder and return its path.

    Args:
        kind: English or Chinese name.
        slug: File name without ending; proposed from the title, else from the day, if missing.
        today: ISO day.

    Raises:
        WrongArgument: If there is no such kind, or the slug cannot be used or is taken.
        EnvironmentProblem: If the file cannot be written.
    """
    found = find_kind(kind)
    if slug is not None and (not SLUG.fullmatch(slug) or name_problem(slug, slug)):
        raise WrongArgument(f"代号“{slug}”不能用作网址：只用小写英文字母、数字和连字符，例如 szbf-2026-1")
    folder = group.content_path / found.name
    if isinstance(found, RecordKind):
        path = folder / f"{slug or today[:4]}.csv"
        if path.exists():
            raise WrongArgument(f"{path} 已经存在：直接在表里加行，或另给一个代号")
        return create(path, heading_row(found).encode("utf-8-sig"))
    documents = _documents(group)
    taken = {document_slug for name, document_slug in documents.slugs if name == found.name}
    if slug in taken:
        raise WrongArgument(f"{found.label}里已经有代号“{slug}”：换一个代号，或修改原来的文件")
    chosen = slug or _free_slug(title, today, taken)
    text = document_text(found, title, today, _surroundings(documents.documents, found, today))
    return create(folder / f"{chosen}.md", text.encode())


def find_kind(name: str) -> ContentKind | RecordKind:
    """Return the kind of an English or Chinese name.

    Raises:
        WrongArgument: If there is none; it names the nearest.
    """
    kinds: dict[str, ContentKind | RecordKind] = {**KIND_BY_NAME, **RECORD_KIND_BY_NAME}
    labels = {found.label: found for found in kinds.values()}
    wanted = name.strip()
    found = kinds.get(wanted.lower().replace("-", "_")) or labels.get(wanted)
    if found:
        return found
    near = did_you_mean(wanted, [*kinds, *labels])
    choices = "、".join(f"{found.label}（{found.name}）" for found in kinds.values())
    raise WrongArgument(f"没有“{name}”这类内容。{near}可用的类型：{choices}")


def document_text(
    kind: ContentKind,
    title: str | None,
    today: str,
    near: Surroundings,
    fixed: Mapping[str, Value] | None = None,
    body: str | None = None,
) -> str:
    """Return a document that validates: needed keys filled in, the others as comments with their help.

    Args:
        near: What the project has to refer to.
        fixed: Values by field name that replace examples.
        body: Text below the front matter, if not the kind's own sample.
    """
    given: dict[str, Value] = {} if title is None else {"title": title}
    if near.section and kind.section not in near.sections and "sections" in kind.model.model_fields:
        given["sections"] = [near.section]
    values = draft(kind, {**given, **(fixed or {})}, lambda name: _value(kind, name, today, near))
    lines = ["---"]
    for name, value in values.items():
        lines.extend(key_lines(kind.label_of(name), value, _note(kind, name, value, near)))
    if kind.section and near.sections and kind.section not in near.sections and not near.section:
        lines.append(
            f"# 站里还没有栏目“{kind.section}”：先运行 yangguang new 栏目 {kind.section}，或在“栏目”里写别的栏目"
        )
    lines.append(_OPTIONAL)
    for name, declared, _ in kind.items:
        if name not in values:
            lines.extend(commented(declared.label, _proposal(kind, name, today), _help(kind, name)))
    text = _body(kind, today) if body is None else body
    return "\n".join(lines) + "\n---\n" + (f"\n{text}" if text else "")


def _value(kind: ContentKind, name: str, today: str, near: Surroundings) -> Value | None:
    """Return the value that a new document gets for a field."""
    info = kind.model.model_fields[name]
    example = shifted(example_of(info), today)
    if name == kind.issuer and near.issuer:
        return [near.issuer]
    if is_a(info, IndexNumberText) and near.index_number:
        return near.index_number
    if near.reference and name in kind.relations:
        return [near.reference]
    label = _required_reference(kind, name)
    if near.reference and label:
        # The clause of the example belongs to the example's document.
        return [{label: near.reference}]
    return example


def _required_reference(kind: ContentKind, name: str) -> str:
    """Return the label of the reference that each entry of a field must hold, if there is one."""
    inner = model_inside(kind.model.model_fields[name].annotation)
    for path in kind.relations:
        outer, _, field = path.partition(".")
        if inner and field and outer == name and inner.model_fields[field].is_required():
            return item_of(inner.model_fields[field]).label
    return ""


def shifted(value: Value | None, today: str) -> Value | None:
    """Move the days and months of an example so that it could have been written today."""
    if isinstance(value, str):
        distance = date.fromisoformat(today) - EXAMPLE_DAY
        day = _DAY.fullmatch(value)
        if day:
            return _moved(date.fromisoformat(day[1]), distance) + (day[2] or "")
        return _same_distance(value, today) if _MONTH.fullmatch(value) else value
    if isinstance(value, Mapping):
        return {key: shifted(inner, today) or "" for key, inner in value.items()}
    return value if value is None else [shifted(entry, today) or "" for entry in value]


def _same_distance(month: str, today: str) -> str:
    """Return the month that is as far from today as the example's month is from the example's day."""
    gone = int(today[:4]) * 12 + int(today[5:7]) - EXAMPLE_DAY.year * 12 - EXAMPLE_DAY.month
    year, number = divmod(int(month[:4]) * 12 + int(month[5:]) - 1 + gone, 12)
    return f"{year}-{number + 1:02d}"


def _body(kind: ContentKind, today: str) -> str:
    distance = date.fromisoformat(today) - EXAMPLE_DAY
    return _CHINESE_DAY.sub(
        lambda day: day_words(_moved(date(int(day[1]), int(day[2]), int(day[3])), distance)), kind.sample_body
    )


def _proposal(kind: ContentKind, name: str, today: str) -> Value:
    """Return what stands behind an optional key: an example, or what holds while the key is not written."""
    info: Any = kind.model.model_fields[name]
    if name == "sections":
        return [kind.section]
    if choices_of(info) and item_of(info).example is None:
        return str(info.default) if isinstance(info.default, Label) else ""
    example = shifted(example_of(info), today)
    return "" if example is None else example


def _moved(day: date, distance: timedelta) -> str:
    return (day + distance).isoformat()


def _help(kind: ContentKind, name: str) -> str:
    """Return the help of a field, with the choices where it does not name them."""
    info = kind.model.model_fields[name]
    help, choices = item_of(info).help, choices_of(info)
    if choices == ("是", "否") or all(choice in help for choice in choices):
        return help
    words = "、".join(choices)
    return f"{help}（{words}）" if help else words


def _note(kind: ContentKind, name: str, value: Value, near: Surroundings) -> str:
    """Return the comment behind a key that is filled in: what to write there, or what is still missing."""
    if name == kind.issuer and not near.issuer:
        return "机构名录里还没有机构，先运行 yangguang new 机构职能"
    if (name in kind.relations or _required_reference(kind, name)) and not near.reference:
        return "站里还没有这份文件，先建政策文件，再改成它的文号"
    return "" if name == "title" else _help(kind, name)


def heading_row(kind: RecordKind) -> str:
    return csv_line(declared.label for _, declared, _ in kind.items)


def csv_line(cells: Iterable[str]) -> str:
    return ",".join(f'"{cell}"' if "," in cell or '"' in cell else cell for cell in cells) + "\n"


def _free_slug(title: str | None, today: str, taken: set[str]) -> str:
    slugs = Slugs()
    while True:
        slug = slugs.claim(title=title) if title else slugs.claim(today.replace("-", ""))
        if slug not in taken:
            return slug


def create(path: Path, data: bytes) -> Path:
    """Write a file that must not be there yet.

    Raises:
        EnvironmentProblem: If it is there, or cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as stream:
            stream.write(data)
    except FileExistsError:
        raise EnvironmentProblem(f"{path} 已经存在，没有改动它", "换一个代号，或先移走原来的文件") from None
    except OSError as error:
        raise EnvironmentProblem(f"写不了 {path}：{error.strerror}", "检查目录的写权限和磁盘空间") from None
    return path


# --- what the project has --------------------------------------------------------------------------


def project_content(group: SiteGroup) -> tuple[tuple[Document, ...], tuple[RecordItem, ...]]:
    """Return the valid documents and rows of a project."""
    present = _documents(group)
    return present.documents, present.records


class _Present(msgspec.Struct, frozen=True):
    """The documents and rows of a project, and kind and slug of every file, also of those that do not validate."""

    documents: tuple[Document, ...]
    records: tuple[RecordItem, ...]
    slugs: frozenset[tuple[str, str]]


def _documents(group: SiteGroup) -> _Present:
    listed_ns = time.time_ns()
    found, problems = find_files(group.content_path, group.settings.content)
    cache = IntakeCache.load(Output(group.output_path.absolute()).state_path.parent / "intake", CACHE_VERSION)
    intake = take_in(found, problems, group.settings.content, cache, now_ns=listed_ns)
    depth = len(Path(group.settings.content).parts)
    files = (file.path for file in found if file.path.endswith((".md", ".yml", ".yaml")))
    slugs = frozenset(
        (parts[depth], slug_of(path)) for path in files if len(parts := path.split("/")) > depth + 1
    )
    return _Present(tuple(intake.documents), tuple(intake.records), slugs)


def _surroundings(documents: Iterable[Document], kind: ContentKind, today: str) -> Surroundings:
    pool = [document for document in documents if not document.draft]
    issuer = _issuer(pool, kind)
    sections = frozenset(document.slug for document in pool if document.kind == "section")
    used = Counter(slug for document in pool if document.kind == kind.name for slug in document.sections[:1])
    section = next((slug for slug, _ in used.most_common() if slug in sections), "")
    return Surroundings(
        issuer, _index_number(pool, issuer, today), _reference(pool, today), sections, section
    )


def _issuer(documents: Iterable[Document], kind: ContentKind) -> str:
    """Return the organisation that issues most documents of a kind, else the first of the project's own."""
    names = [
        document.title
        for document in documents
        if document.kind == "organisation"
        and document.data["organisation_class"] != OrganisationClass.SUPERIOR.value
    ]
    known = frozenset(names)
    used = Counter(
        document.issuer[0]
        for document in documents
        if document.kind == kind.name and document.issuer and document.issuer[0] in known
    )
    return used.most_common(1)[0][0] if used else next(iter(names), "")


def _index_number(documents: Iterable[Document], issuer: str, today: str) -> str:
    """Return the next index number of an organisation: its largest serial of the year plus one (domain/03, 3.2)."""
    numbered = [
        (document.issuer[:1] == (issuer,), document.published_at, IndexNumber.parse(document.index_number))
        for document in documents
        if document.index_number
    ]
    own = [number for is_own, _, number in sorted(numbered) if is_own]
    code = next(
        (
            str(document.data["credit_code"])
            for document in documents
            if document.kind == "organisation"
            and document.title == issuer
            and document.data.get("credit_code")
        ),
        "",
    )
    agency = own[-1].agency if own else code
    if not agency:
        return ""
    year = int(today[:4])
    series = [number for _, _, number in numbered if number.agency == agency]
    serials = [int(number.serial) for number in series if number.year == year]
    width = max((len(number.serial) for number in series), default=5)
    return str(IndexNumber(agency, year, f"{max(serials, default=0) + 1:0{width}d}"))


def _reference(documents: Iterable[Document], today: str) -> str:
    """Return the newest policy that is published."""
    policies = [
        document
        for document in documents
        if document.kind == "policy" and document.published_at[:10] <= today
    ]
    newest = max(policies, key=lambda document: (document.published_at, document.id), default=None)
    return (newest.document_number or newest.id) if newest else ""
