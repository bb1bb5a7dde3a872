"""What all content kinds share: the fields of an entry, and the declaration of a kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from pydantic.fields import FieldInfo

from generator.diagnostics import Problem, Severity
from generator.fields import (
    Codes,
    Declared,
    FileName,
    Item,
    KeyMap,
    Line,
    Lines,
    Minute,
    Prose,
    SitePaths,
    Slug,
    WebAddress,
    Weight,
    YesNo,
    day_words,
    item,
    item_of,
)


class Waiver(Declared):
    """An accepted problem (豁免): which code, and why it may stand."""

    code: Line = item("code", help="要豁免的问题代号，写在报错的方括号里", example="clause-gap")
    reason: Line = item("原因", help="为什么可以保留", example="原文如此，经核对与印发件一致")


class Attachment(Declared):
    """A file offered for download with a document (附件)."""

    title: Line = item("名称", help="附件名称，不写序号和格式", example="申请表", search=Weight.NORMAL)
    file: FileName = item(
        "文件", help="放在本文件旁边的文件名，只用英文字母、数字和连字符", example="szbf-2026-1-fj1.docx"
    )


class Entry(Declared):
    """Any content file: what the generator needs before it knows the kind."""

    title: Line = item("标题", help="完整标题，不含文号", example="标题", search=Weight.STRONG)
    summary: Prose | None = item(
        "摘要", default=None, help="一两句话，200 字以内；不写则取正文开头", search=Weight.NORMAL
    )
    keywords: Lines = item("关键词", default=(), help="便于检索的词，可写多个", search=Weight.STRONG)
    aliases: SitePaths = item("旧网址", default=(), help="本页从前的网址，会自动跳转到新网址")
    draft: YesNo = item("草稿", default=False, help="是：不发布")
    waivers: tuple[Waiver, ...] = item("豁免", default=(), help="可以保留的问题，每条写明原因")

    def check(self) -> Iterator[Problem]:
        """Yield problems between fields; kinds extend it."""
        if self.summary and len(self.summary) > 200:
            yield Problem(
                "summary",
                "long-summary",
                f"摘要有 {len(self.summary)} 字",
                "压缩到 200 字以内",
                Severity.WARNING,
            )


class Published(Entry):
    """An entry with a publication time: everything that appears in listings."""

    published_at: Minute = item("发布时间", help="到分钟，北京时间", example="2026-11-02 09:00", sort=True)
    scheduled: YesNo = item("定时发布", default=False, help="发布时间在将来时，写“是”表示有意定时")
    source: Line | None = item(
        "来源", default=None, help="信息来源；不写则用发布机构或本站名称", example="越明市人民政府办公室"
    )
    source_url: WebAddress | None = item("来源网址", default=None, help="转载时必须写原文网址")
    author: Line | None = item("作者", default=None, help="作者或责任编辑")
    image: FileName | None = item("题图", default=None, help="放在本文件旁边的图片")
    image_text: Line | None = item("题图说明", default=None, help="给看不见图片的人的文字说明")
    sections: Codes = item(
        "栏目", default=(), help="所属栏目的代号，第一个是主栏目；不写则用本类内容的默认栏目", example="zcwj"
    )
    topics: Codes = item("专题", default=(), help="所属专题的代号")
    home: Slug | None = item("主站", default=None, help="站群中本文的主站；不写则按发布机构决定")
    imported: YesNo = item("导入", default=False, help="是：历史数据导入，结构问题只计数不报错")
    excerpt: YesNo = item("节选", default=False, help="是：只收录了原文的一部分")

    def check(self) -> Iterator[Problem]:
        yield from super().check()
        if self.image and not self.image_text:
            yield Problem("image", "image-without-alt", "题图没有文字说明", "补写“题图说明”，说清图上有什么")


@dataclass(frozen=True)
class State:
    """One state of a life cycle.

    Attributes:
        slug: Address segment and CSS modifier.
        label: The word shown.
        step: What happens next, as a sentence with ``{date}``; empty if nothing does.
    """

    slug: str
    label: str
    step: str = ""


@dataclass(frozen=True)
class LifeCycle:
    """States by date (意见征集, 重大决策, 项目…): which state a document is in on a given day.

    A document moves on when a date passes or a field is filled, never by hand. ``stages`` are tried in
    order; the first whose field holds (a date not before today, or nothing filled yet) gives the state.

    Attributes:
        stages: ``(state, field, rule)``: rule ``before`` means today is before the date in the field,
            ``until`` means up to and including it, ``missing`` means that the field is empty.
        last: The state when no stage holds.
        due: ``(state slug, field, setting)``: in that state, the next step is due so many days after the field's date as the
            setting among 规则数值 says; without a setting, on that very day.
    """

    stages: tuple[tuple[State, str, str], ...]
    last: State
    due: tuple[tuple[str, str, str], ...] = ()

    @property
    def states(self) -> tuple[State, ...]:
        """All states in their order."""
        return (*(state for state, _, _ in self.stages), self.last)

    def state_on(self, today: date, data: Mapping[str, Any]) -> State:
        """Return the state on a day; dates in ``data`` are ISO texts."""
        day = today.isoformat()
        for state, name, rule in self.stages:
            value = data.get(name)
            if rule == "missing":
                holds = not value
            elif rule == "before":
                holds = bool(value) and day < str(value)
            else:
                holds = bool(value) and day <= str(value)
            if holds:
                return state
        return self.last

    def step_of(self, state: State, data: Mapping[str, Any]) -> str:
        """Return the sentence that says what happens next, with the dates of the document or row."""
        dates = {name: day_words(str(value)) for name, value in data.items() if name.endswith("_on")}
        return state.step.format(**dates) if state.step else ""


@dataclass(frozen=True)
class Deadline:
    """A time limit between two dates, which `deadlines.py` counts.

    Attributes:
        start: Field with the day from which the limit runs; ``records.formed_on`` for each of a list.
        end: Field with the day on which the step was taken; missing means that it was not.
        setting: Name of the limit among 规则数值.
        what: What must be done, to be followed by 应在…内.
        unit: ``working`` days or ``months``.
        when: Field and value without which the limit does not concern an entry.
    """

    start: str
    end: str
    setting: str
    what: str
    unit: str = "working"
    when: tuple[str, frozenset[str]] | None = None

    def concerns(self, entry: Mapping[str, Any]) -> bool:
        """Whether the limit holds for these data."""
        return self.when is None or str(entry.get(self.when[0])) in self.when[1]


@dataclass(frozen=True)
class ContentKind:
    """A kind of content, declared once; everything else is derived from it.

    Attributes:
        name: English name: folder under ``content/`` and template ``pages/<name>.html``.
        label: The official Chinese term.
        model: Schema of the front matter.
        url: Site-relative address with ``{slug}``; empty for kinds without a page of their own.
        section: Slug of the section (栏目) that documents belong to when they name none.
        purpose: One sentence for editors: what belongs here.
        issuer: Field that names the responsible bodies, or empty.
        relations: Fields that refer to other documents → what the other side calls this document; a field inside
            a list of models is written ``basis.document``. An empty text means that the other side does not show it.
        loose: Those of them that may also hold plain text: linked where it names a document.
        life_cycle: States by date, if the kind has them.
        deadlines: Time limits between its dates.
        blocks: Whether the page shows state, stages and all nested fields as blocks (``layouts/matter.html``).
        body: ``required``, ``optional``, or ``unless`` and a field that may stand for the body.
        sample_body: What `yangguang new` writes below the front matter.
    """

    name: str
    label: str
    model: type[Entry]
    url: str
    section: str = ""
    purpose: str = ""
    issuer: str = ""
    relations: Mapping[str, str] = field(default_factory=dict)
    loose: frozenset[str] = frozenset()
    life_cycle: LifeCycle | None = None
    deadlines: tuple[Deadline, ...] = ()
    blocks: bool = False
    body: str = "required"
    sample_body: str = "在这里写正文。\n"

    @cached_property
    def keys(self) -> KeyMap:
        """The front matter keys accepted."""
        return KeyMap.of(self.model)

    @cached_property
    def items(self) -> tuple[tuple[str, Item, FieldInfo], ...]:
        """Name, declaration and pydantic field of every field, in order."""
        return tuple((name, item_of(info), info) for name, info in self.model.model_fields.items())

    @property
    def template(self) -> str:
        return f"pages/{self.name}.html"

    @property
    def is_published(self) -> bool:
        """Whether documents of this kind appear in listings."""
        return issubclass(self.model, Published)

    def label_of(self, name: str) -> str:
        """Return the Chinese label of a field."""
        return self.keys.labels.get(name, name)
