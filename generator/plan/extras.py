"""What the pages of particular kinds show beside what all documents show."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from generator.charts import LINE, Chart, Series
from generator.kinds import KIND_BY_NAME
from generator.kinds.calculator import Calculator
from generator.kinds.interpretation import Form
from generator.markup import clause_anchor
from generator.plan.context import Context
from generator.plan.files import attachment_of, file_url
from generator.plan.graphics import graphic_of, graphic_words
from generator.plan.matter_makers import MATTERS
from generator.plan.matters import matter_view, state_of
from generator.plan.panorama import panorama
from generator.plan.threads import whole_thread
from generator.plan.views import (
    Badge,
    BasisView,
    CalculatorRow,
    CalculatorView,
    ConsultationView,
    Fact,
    FigureView,
    InterpretationView,
    Link,
    MaterialView,
    MatterView,
    MonthEntry,
    MonthlyRecordView,
    MonthView,
    OpinionView,
    OrganisationView,
    OutcomeView,
    PlaceView,
    QuestionView,
    RowGroup,
    ServiceGuideView,
    StepView,
    ThreadView,
    TopicView,
    UnitView,
    VideoView,
)
from generator.validate import Document

Extra = (
    InterpretationView
    | QuestionView
    | ServiceGuideView
    | MonthlyRecordView
    | ConsultationView
    | OrganisationView
    | TopicView
    | MatterView
    | ThreadView
)

ORGANISATION_ROWS: Final = 10
TOPIC_ROWS: Final = 10


def extra_view(context: Context, document: Document) -> Extra | None:
    """Return what a document's kind adds to its page, if anything."""
    make = _maker(document)
    return make(context, document) if make else None


def has_extra_view(document: Document) -> bool:
    """Whether a document's kind adds anything to its page."""
    return _maker(document) is not None


def _maker(document: Document) -> Callable[[Context, Document], Extra] | None:
    make = _MAKERS.get(document.kind) or MATTERS.get(document.kind)
    if make is None and KIND_BY_NAME[document.kind].blocks:
        make = matter_view
    return make


def _paragraphs(text: str | None) -> tuple[str, ...]:
    return tuple(line.strip() for line in (text or "").split("\n") if line.strip())


def _interpretation(context: Context, document: Document) -> InterpretationView:
    data = document.data
    video = data.get("video")
    shown = None
    if video:
        own = bool(video.get("file"))
        shown = VideoView(
            url=file_url(document, video["file"]) if own else video["url"],
            captions_url=file_url(document, video["captions"]) if video.get("captions") else "",
            transcript=_paragraphs(video["transcript"]),
            external=not own,
        )
    form = Form(data["form"])
    graphic = graphic_of(context, document)
    words = (
        graphic_words(graphic, data["infographic"].get("alternative") or "")
        if graphic
        else _paragraphs(data.get("text_alternative"))
    )
    return InterpretationView(Badge(form.slug, form.value), words, shown, graphic)


def _question(context: Context, document: Document) -> QuestionView:
    data = document.data
    basis: list[BasisView] = []
    for entry in data["basis"]:
        found = context.pool.find(entry["document"], document.path.rpartition("/")[0])
        if len(found) != 1:
            continue
        clause = entry.get("clause") or ""
        standing = context.library.standing(found[0])
        over = bool(standing and standing.validity and standing.validity.is_over)
        anchor = (clause_anchor(clause) or "") if clause else ""
        basis.append(
            BasisView(
                link=context.document_link(found[0], "", anchor),
                number=found[0].document_number,
                clause=clause,
                quote=context.quote(found[0], anchor) if anchor else "",
                badge=context.badge(found[0]),
                changed=over,
            )
        )
    guides = (
        context.pool.documents[relation.target]
        for relation in context.pool.relations_from.get(document.id, ())
        if relation.relation == "service_guides"
    )
    return QuestionView(
        short_answer=data["short_answer"],
        basis=tuple(basis),
        issuer=context.organisation_links(document.issuer),
        phone=data.get("phone") or "",
        service_guides=tuple(context.document_link(guide) for guide in guides),
        alternate_phrasings=tuple(data.get("alternate_phrasings") or ()),
        verified_on=data["verified_on"],
        changed=any(entry.changed for entry in basis),
    )


def _service_guide(context: Context, document: Document) -> ServiceGuideView:
    data = document.data
    materials = tuple(_material(context, document, entry) for entry in data.get("materials") or ())
    places = tuple(
        PlaceView(entry["name"], entry["address"], entry.get("hours") or "", entry.get("phone") or "")
        for entry in data.get("places") or ()
    )
    return ServiceGuideView(
        common_name=data.get("common_name") or "",
        conditions=tuple(data.get("conditions") or ()),
        materials=materials,
        places=places,
        hours=data.get("hours") or "",
        phone=data.get("phone") or "",
        complaint_phone=data.get("complaint_phone") or "",
        steps=tuple(
            StepView(step["name"], step["text"], step.get("limit") or "") for step in data.get("steps") or ()
        ),
        legal_basis=tuple(_legal_basis(context, document, entry) for entry in data.get("legal_basis") or ()),
        online_url=data.get("online") or "",
        verified_on=data["verified_on"],
        calculator=_calculator(data["calculator"]) if data.get("calculator") else None,
    )


def _calculator(data: Mapping[str, Any]) -> CalculatorView:
    """Return a trial calculation with the results of all answers."""
    calculator = Calculator.of(data)
    figure = calculator.figure
    rows = []
    for answers, rule in calculator.table():
        if rule is None:
            continue
        result = rule.result or ""
        if rule.share is not None and figure:
            most = f"，最高 {rule.most:,g} {figure.unit}" if rule.most is not None else ""
            result = f"{figure.name}的 {rule.share:g}%{most}"
        share = -1 if rule.share is None else rule.share
        rows.append(
            CalculatorRow(answers, result, rule.note or "", share, -1 if rule.most is None else rule.most)
        )
    return CalculatorView(
        calculator.title,
        calculator.basis,
        tuple((choice.name, tuple(choice.options)) for choice in calculator.choices),
        figure.name if figure else "",
        figure.unit if figure else "",
        tuple(rows),
    )


def _material(context: Context, document: Document, entry: Mapping[str, Any]) -> MaterialView:
    files = []
    for name, label in (("blank_form", "空白表"), ("sample_form", "填写样表")):
        attachment = attachment_of(context, document, 0, label, entry[name]) if entry.get(name) else None
        if attachment:
            files.append(Link(attachment.url, f"{label}（{attachment.format}，{attachment.size}）"))
    return MaterialView(
        name=entry["name"],
        form=entry.get("form") or "原件",
        source=entry.get("source") or "申请人自备",
        required=entry.get("required", True),
        note=entry.get("note") or "",
        files=tuple(files),
    )


def _legal_basis(context: Context, document: Document, entry: Mapping[str, Any]) -> Link:
    clause = entry.get("clause") or ""
    found = context.pool.find(entry["document"], document.path.rpartition("/")[0])
    if len(found) != 1:
        return Link("", entry["document"], clause)
    anchor = (clause_anchor(clause) or "") if clause else ""
    return context.document_link(found[0], clause or found[0].document_number, anchor)


_MONTHS: Final = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_DIGITS: Final = "〇一二三四五六七八九"


def monthly_record_view(context: Context, document: Document) -> MonthlyRecordView:
    """Return an issue of the monthly record, for its own page and for the home page."""
    data = document.data
    year, month = int(data["period"][:4]), int(data["period"][5:])
    year_words = "".join(_DIGITS[int(digit)] for digit in str(year))
    return MonthlyRecordView(
        period=data["period"],
        year=year,
        month_label=f"{_MONTHS[month - 1]}月",
        issue_label=f"{year_words}年第{_MONTHS[month - 1]}期",
        meetings=tuple(_entry(context, document, "meeting", entry) for entry in data.get("meetings") or ()),
        projects=tuple(_entry(context, document, "project", entry) for entry in data.get("projects") or ()),
        figures=tuple(
            FigureView(
                entry["name"],
                entry["period"],
                _number(entry["value"]),
                entry["unit"],
                entry["kind"],
                entry["source"],
                entry.get("note") or "",
            )
            for entry in data.get("figures") or ()
        ),
        strip=month_strip(context, document, year),
        charts=tuple(_figure_charts(context, document)),
    )


MONTHS_WORTH_A_CHART: Final = 3

_YEAR: Final = re.compile(r"^\d{4}\s*年\s*")
_TO_MONTH: Final = re.compile(r"1\s*[—–-]\s*(\d{1,2})\s*月")
_ONE_MONTH: Final = re.compile(r"(\d{1,2})\s*月")


def _figure_charts(context: Context, document: Document) -> Iterator[Chart]:
    """Yield what this issue's figures have been since January, where three issues or more give them.

    Later issues are left out, so that a page stays as it is when the next month comes; earlier years too,
    because cumulated figures begin anew.
    """
    year = document.data["period"][:4]
    series: dict[tuple[str, str, str], list[Mapping[str, Any]]] = {}
    for issue in _issues(context, document):
        if issue.data["period"][:4] == year and issue.data["period"] <= document.data["period"]:
            for entry in issue.data.get("figures") or ():
                series.setdefault((entry["name"], entry["unit"], entry["kind"]), []).append(entry)
    for entry in document.data.get("figures") or ():
        known = series.pop((entry["name"], entry["unit"], entry["kind"]), [])
        # A quarter's figure is repeated until the next one is known.
        points = list({point["period"]: point for point in known}.values())
        if len(points) >= MONTHS_WORTH_A_CHART:
            yield _figure_chart(year, entry, points)


def _figure_chart(year: str, entry: Mapping[str, Any], points: Sequence[Mapping[str, Any]]) -> Chart:
    periods = [_YEAR.sub("", point["period"]) for point in points]
    months = [_TO_MONTH.fullmatch(period) or _ONE_MONTH.fullmatch(period) for period in periods]
    cumulated = any(_TO_MONTH.fullmatch(period) for period in periods)
    kind = "" if entry["kind"] == "绝对值" else f"{entry['kind']}"
    labels = tuple(f"{match[1]}月" for match in months if match)
    if len(labels) < len(periods):
        labels = tuple(period.replace(" ", "") for period in periods)
    return Chart(
        title=f"{entry['name']}，{year}年{'各月' if all(months) else ''}{kind}"
        + ("（年初累计）" if cumulated and not kind else ""),
        form=LINE,
        unit=entry["unit"],
        labels=labels,
        series=(Series(kind or "数值", tuple(float(point["value"]) for point in points)),),
        source=entry["source"],
        label_name="截至" if cumulated else "时期",
    )


def _issues(context: Context, current: Document) -> list[Document]:
    """Return the issues of the same record, oldest first; two records of one pool stay apart by their section."""
    section = context.primary_section(current)
    return sorted(
        (
            document
            for document in context.library.by_kind.get("monthly_record", ())
            if context.primary_section(document) == section
        ),
        key=lambda document: str(document.data["period"]),
    )


def _entry(context: Context, document: Document, form: str, entry: Mapping[str, Any]) -> MonthEntry:
    url = ""
    if entry.get("related"):
        found = context.pool.find(entry["related"], document.path.rpartition("/")[0])
        url = context.library.address(found[0]) if len(found) == 1 else ""
    project = form == "project"
    progress = entry.get("progress")
    details = (
        [entry.get("place"), entry.get("text")]
        if not project
        else [entry["event"], entry.get("invested"), entry.get("owner")]
    )
    return MonthEntry(
        form=form,
        date=entry.get("on") or "",
        kind=entry.get("stage") or "" if project else entry["kind"],
        title=entry["name"] if project else entry["title"],
        text="，".join(str(part) for part in details if part),
        url=url,
        progress=progress if progress is not None else -1,
        source=entry.get("source") or "",
        source_url=entry.get("source_url") or "",
    )


def _number(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:,}"


def month_strip(context: Context, current: Document | None, year: int) -> tuple[MonthView, ...]:
    """Return the twelve months of a year: those with an issue are links.

    Issues are those of the same primary section, so that two records of one pool stay apart.
    """
    section = context.primary_section(current) if current else None
    issues = {
        document.data["period"]: document
        for document in context.library.by_kind.get("monthly_record", ())
        if section is None or context.primary_section(document) == section
    }
    months = []
    for number in range(1, 13):
        period = f"{year}-{number:02d}"
        issue = issues.get(period)
        if current and period == current.data["period"]:
            state = "current"
        elif issue:
            state = "past"
        else:
            state = "future" if period >= context.today[:7] else "none"
        months.append(MonthView(number, f"{number}月", issue.url if issue else "", state))
    return tuple(months)


def _consultation(context: Context, document: Document) -> ConsultationView:
    data = document.data
    channel = data["channel"]
    labels = (("mail", "邮寄"), ("email", "邮箱"), ("phone", "电话"), ("fax", "传真"), ("online", "在线"))
    channels = tuple(Fact(label, channel[name], (), name) for name, label in labels if channel.get(name))
    outcome = data.get("outcome")
    final = context.pool.find(data["final_document"]) if data.get("final_document") else ()
    life_cycle = KIND_BY_NAME[document.kind].life_cycle
    assert life_cycle is not None
    state, step = state_of(context, life_cycle, data)
    return ConsultationView(
        state=state,
        step=step,
        opens_on=data["opens_on"],
        closes_on=data["closes_on"],
        explanation=_paragraphs(data["explanation"]),
        channels=channels,
        draft=attachment_of(context, document, 0, "征求意见稿", data["draft_file"])
        if data.get("draft_file")
        else None,
        outcome=OutcomeView(
            published_at=outcome["published_at"].replace("T", " ")[:16],
            received=outcome["received"],
            adopted=outcome["adopted"],
            partly=outcome.get("partly", 0),
            opinions=tuple(
                OpinionView(entry["text"], entry["handling"], entry.get("reason") or "")
                for entry in outcome.get("opinions") or ()
            ),
            note=_paragraphs(outcome.get("note")),
        )
        if outcome
        else None,
        final=context.document_link(final[0], final[0].document_number) if len(final) == 1 else None,
    )


def _organisation(context: Context, document: Document) -> OrganisationView:
    issued = context.issued_by(document)
    groups = []
    for kind_name, facets in context.facets.items():
        kind = KIND_BY_NAME[kind_name]
        for facet in facets:
            value = facet.values.get(document.slug) if facet.slug == "jiguan" else None
            if value:
                groups.append(
                    Link(context.facet_url(kind, facet, value), kind.label, "", len(value.documents))
                )
    return OrganisationView(
        units=tuple(
            UnitView(unit["name"], unit.get("duty") or "", unit.get("phone") or "")
            for unit in document.data.get("units") or ()
        ),
        rows=tuple(context.row(item) for item in issued[:ORGANISATION_ROWS]),
        all_documents=None,
        groups=tuple(groups),
    )


def _topic(context: Context, document: Document) -> TopicView:
    featured = [
        context.pool.documents[relation.target]
        for relation in context.pool.relations_from.get(document.id, ())
        if relation.relation == "featured"
    ]
    subjects = set(document.data.get("subjects") or ())
    members = [
        item
        for item in context.library.published
        if document.slug in item.topics
        or item.subject in subjects
        or item.subject.partition("\\")[0] in subjects
    ]
    around = context.around(members)
    groups = []
    for name in ("policy", "interpretation", "question", "service_guide", "consultation", "news", "notice"):
        rows = [context.row(item) for item in around if item.kind == name]
        if rows:
            groups.append(RowGroup(name, KIND_BY_NAME[name].label, tuple(rows[:TOPIC_ROWS])))
    shown = [item for item in featured if item.id in context.library.documents]
    related = {item.id: item for item in (*members, *featured)}.values()
    return TopicView(tuple(context.row(item) for item in shown), tuple(groups), panorama(context, related))


_MAKERS: Final[dict[str, Callable[[Context, Document], Extra]]] = {
    "interpretation": _interpretation,
    "question": _question,
    "service_guide": _service_guide,
    "monthly_record": monthly_record_view,
    "consultation": _consultation,
    "organisation": _organisation,
    "topic": _topic,
    "thread": whole_thread,
}
