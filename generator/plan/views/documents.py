"""Documents of every kind."""

from __future__ import annotations

from generator.charts import Chart
from generator.plan.views.blocks import MatterView
from generator.plan.views.graphics import GraphicView
from generator.plan.views.parts import (
    Attachment,
    Badge,
    Banner,
    Fact,
    Link,
    Related,
    Row,
    RowGroup,
    TaggedView,
    View,
)
from generator.plan.views.threads import ThreadView


class DocumentView(View, frozen=True):
    """A document page of any kind.

    ``title_parts`` are the phrases of the title, to be broken by sense; ``facts`` the metadata table;
    ``extra`` one of the views below, by kind, or None; ``threads`` the matters to which it belongs.
    """

    kind: str
    kind_label: str
    title: str
    title_parts: tuple[str, ...]
    number: str
    source: str
    source_url: str
    published_at: str
    author: str
    summary: str
    caption: str
    badge: Badge | None
    banners: tuple[Banner, ...]
    facts: tuple[Fact, ...]
    attachments: tuple[Attachment, ...]
    related: tuple[Related, ...]
    newer: Link | None
    older: Link | None
    excerpt: bool
    image_url: str
    image_text: str
    image_size: tuple[int, int]
    keywords: tuple[str, ...]
    image_sources: tuple[tuple[str, tuple[tuple[str, int], ...]], ...]
    extra: (
        InterpretationView
        | QuestionView
        | ServiceGuideView
        | MonthlyRecordView
        | ConsultationView
        | OrganisationView
        | TopicView
        | MatterView
        | ThreadView
        | None
    ) = None
    threads: tuple[ThreadView, ...] = ()


class VideoView(View, frozen=True):
    """A video: a file of this site or an address elsewhere."""

    url: str
    captions_url: str
    transcript: tuple[str, ...]
    external: bool


class InterpretationView(TaggedView, frozen=True):
    """What interpretations (政策解读) add."""

    form: Badge
    text_alternative: tuple[str, ...]
    video: VideoView | None
    graphic: GraphicView | None = None


class BasisView(View, frozen=True):
    """The clause under an answer; ``quote`` is the clause's text, ``changed`` says that it is no longer in force."""

    link: Link
    number: str
    clause: str
    quote: str
    badge: Badge | None
    changed: bool


class QuestionView(TaggedView, frozen=True):
    """What questions (政策问答) add; ``changed`` means that a basis is no longer in force."""

    short_answer: str
    basis: tuple[BasisView, ...]
    issuer: tuple[Link, ...]
    phone: str
    service_guides: tuple[Link, ...]
    alternate_phrasings: tuple[str, ...]
    verified_on: str
    changed: bool


class MaterialView(View, frozen=True):
    """A paper to bring."""

    name: str
    form: str
    source: str
    required: bool
    note: str
    files: tuple[Link, ...]


class PlaceView(View, frozen=True):
    """Where to go."""

    name: str
    address: str
    hours: str
    phone: str


class StepView(View, frozen=True):
    """One step of the procedure."""

    name: str
    text: str
    limit: str


class CalculatorRow(View, frozen=True):
    """Answers and what follows from them; a ``share`` in per cent of the figure, up to ``most``, or -1."""

    answers: tuple[str, ...]
    result: str
    note: str
    share: float
    most: float


class CalculatorView(View, frozen=True):
    """A trial calculation: questions with their options, and the results of all answers."""

    title: str
    basis: str
    choices: tuple[tuple[str, tuple[str, ...]], ...]
    figure: str
    unit: str
    rows: tuple[CalculatorRow, ...]


class ServiceGuideView(TaggedView, frozen=True):
    """What service guides (办事指南) add."""

    common_name: str
    conditions: tuple[str, ...]
    materials: tuple[MaterialView, ...]
    places: tuple[PlaceView, ...]
    hours: str
    phone: str
    complaint_phone: str
    steps: tuple[StepView, ...]
    legal_basis: tuple[Link, ...]
    online_url: str
    verified_on: str
    calculator: CalculatorView | None = None


class MonthView(View, frozen=True):
    """A month in the strip of twelve: ``state`` is past, current, none or future."""

    number: int
    label: str
    url: str
    state: str


class MonthEntry(View, frozen=True):
    """An entry of a month: ``form`` is meeting, project or figure; ``progress`` is -1 where unknown."""

    form: str
    date: str
    kind: str
    title: str
    text: str
    url: str
    progress: int
    source: str
    source_url: str


class FigureView(View, frozen=True):
    """A key figure; ``value`` is ready to show."""

    name: str
    period: str
    value: str
    unit: str
    kind: str
    source: str
    note: str


class MonthlyRecordView(TaggedView, frozen=True):
    """What monthly records (月鉴) add; ``month_label`` is 十月, ``issue_label`` 二〇二六年第十期."""

    period: str
    year: int
    month_label: str
    issue_label: str
    meetings: tuple[MonthEntry, ...]
    projects: tuple[MonthEntry, ...]
    figures: tuple[FigureView, ...]
    strip: tuple[MonthView, ...]
    charts: tuple[Chart, ...] = ()


class OpinionView(View, frozen=True):
    """An opinion and what became of it."""

    text: str
    handling: str
    reason: str


class OutcomeView(View, frozen=True):
    """What came of a consultation."""

    published_at: str
    received: int
    adopted: int
    partly: int
    opinions: tuple[OpinionView, ...]
    note: tuple[str, ...]


class ConsultationView(TaggedView, frozen=True):
    """What consultations (意见征集) add; ``step`` says what happens next, with a date."""

    state: Badge
    step: str
    opens_on: str
    closes_on: str
    explanation: tuple[str, ...]
    channels: tuple[Fact, ...]
    draft: Attachment | None
    outcome: OutcomeView | None
    final: Link | None


class UnitView(View, frozen=True):
    """An internal unit of an organisation."""

    name: str
    duty: str
    phone: str


class OrganisationView(TaggedView, frozen=True):
    """What organisations (机构职能) add: units, the newest documents issued, and where all of them are."""

    units: tuple[UnitView, ...]
    rows: tuple[Row, ...]
    all_documents: Link | None
    groups: tuple[Link, ...]


class PanoramaRow(View, frozen=True):
    """A document in a panorama: what turns around it by kind, and what it did to others or others to it."""

    link: Link
    short: str
    badge: Badge | None
    around: tuple[tuple[str, tuple[Link, ...]], ...]
    relations: tuple[Link, ...]


class PanoramaArc(View, frozen=True):
    """A curve between two rows: SVG path data, the word on it, its middle and its end."""

    path: str
    word: str
    middle: int
    end: int


class PanoramaView(View, frozen=True):
    """The panorama (政策全景) of a topic; ``height`` is that of the picture in its own units."""

    rows: tuple[PanoramaRow, ...]
    arcs: tuple[PanoramaArc, ...]
    height: int
    words: str


class TopicView(TaggedView, frozen=True):
    """What topics (专题) add: hand-picked rows, then all by kind, and the panorama of the documents."""

    featured: tuple[Row, ...]
    groups: tuple[RowGroup, ...]
    panorama: PanoramaView | None = None
