"""The pages of matters whose blocks need more than their fields: projects, decisions, livelihood, gazettes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from generator.fields import day_words
from generator.kinds import KIND_BY_NAME
from generator.kinds.decision import Step
from generator.kinds.livelihood import Status
from generator.kinds.project import RecordClass, Stage
from generator.plan.annual_reports import annual_report_view
from generator.plan.context import Context
from generator.plan.matters import field_blocks, state_of
from generator.plan.views import (
    Badge,
    Block,
    CardsBlock,
    CardView,
    Cell,
    Fact,
    FactsBlock,
    Link,
    LinksBlock,
    MatterView,
    MetersBlock,
    MeterView,
    StageEntry,
    StagesBlock,
    StageView,
    TableBlock,
)
from generator.validate import Document

NOTHING_YET: Final = "本阶段尚未产生"


def _url(context: Context, document: Document, targets: Iterable[str]) -> str:
    """Return where the first of some references leads, or an empty text."""
    for target in targets:
        found = context.pool.find(target, document.path.rpartition("/")[0])
        if len(found) == 1:
            return context.document_link(found[0]).url
    return ""


# --- major projects --------------------------------------------------------------------------------


def project_view(context: Context, document: Document) -> MatterView:
    """Return a project: progress, then its stages with the eight classes of information in them."""
    data = document.data
    kind = KIND_BY_NAME["project"]
    blocks: list[Block] = []
    if data.get("as_of"):
        blocks.append(_progress(data))
    current = list(Stage).index(Stage(data["stage"]))
    stages = [
        _project_stage(
            context, document, stage, ("past", "current", "future")[(index >= current) + (index > current)]
        )
        for index, stage in enumerate(Stage)
    ]
    blocks.append(StagesBlock("jieduan", "全生命周期", tuple(stages)))
    blocks.append(_classes(data))
    skip = frozenset({"records", "progress", "invested", "as_of"})
    blocks.extend(field_blocks(context, kind, document, skip))
    return MatterView(None, "", tuple(blocks))


def _progress(data: Mapping[str, Any]) -> MetersBlock:
    meters = []
    if "progress" in data:
        meters.append(MeterView("形象进度", data["progress"], 100, f"完成 {data['progress']}%"))
    if "invested" in data:
        share = round(data["invested"] / data["investment"] * 100)
        words = f"已完成 {data['invested']:g} 亿元，占总投资 {data['investment']:g} 亿元的 {share}%"
        meters.append(MeterView("投资完成", data["invested"], data["investment"], words))
    return MetersBlock("jindu", f"进度（截至{day_words(data['as_of'])}）", tuple(meters))


def _project_stage(context: Context, document: Document, stage: Stage, state: str) -> StageView:
    records = [
        record
        for record in document.data.get("records") or ()
        if RecordClass(record["record_class"]).stage is stage
    ]
    entries = [
        StageEntry(
            record["formed_on"],
            record["title"],
            _url(context, document, filter(None, [record.get("about")])) or record.get("url") or "",
            "，".join(filter(None, [record["record_class"], record.get("number"), record["body"]])),
        )
        for record in sorted(records, key=lambda record: record["formed_on"])
    ]
    return StageView(
        stage.value, state, "" if entries or stage is Stage.OPERATION else NOTHING_YET, tuple(entries)
    )


def _classes(data: Mapping[str, Any]) -> FactsBlock:
    records = data.get("records") or ()
    counts = {
        name: sum(record["record_class"] == name for record in records) for name in map(str, RecordClass)
    }
    return FactsBlock(
        "leibie",
        "八类信息",
        tuple(Fact(name, f"{count} 条" if count else NOTHING_YET) for name, count in counts.items()),
    )


# --- major decisions -------------------------------------------------------------------------------

_STEP_STATES: Final = {
    "lmu": (Step.CATALOGUE, Step.DRAFT),
    "zqyj": (Step.CONSULTATION, Step.EXPERTS, Step.RISK, Step.LEGALITY, Step.DELIBERATION),
    "yjd": (Step.PUBLICATION,),
    "zxz": (Step.EXECUTION,),
    "ypg": (Step.EVALUATION,),
}
_STEP_TITLES: Final = {
    "lmu": "目录和起草",
    "zqyj": "征求意见和审查讨论",
    "yjd": "决定公布",
    "zxz": "执行",
    "ypg": "后评估",
}


def decision_view(context: Context, document: Document) -> MatterView:
    """Return a decision: its steps under the states of its life cycle."""
    kind = KIND_BY_NAME["decision"]
    assert kind.life_cycle is not None
    badge, step = state_of(context, kind.life_cycle, document.data)
    slugs = [state.slug for state in kind.life_cycle.states]
    current = slugs.index(badge.slug)
    stages = []
    for index, slug in enumerate(slugs):
        entries = tuple(
            StageEntry(
                entry["on"],
                entry["step"],
                _url(context, document, entry.get("about") or ()),
                entry["text"],
            )
            for entry in sorted(document.data["steps"], key=lambda entry: entry["on"])
            if Step(entry["step"]) in _STEP_STATES[slug]
        )
        state = ("past", "current", "future")[(index >= current) + (index > current)]
        stages.append(StageView(_STEP_TITLES[slug], state, "" if entries else NOTHING_YET, entries))
    blocks: list[Block] = [StagesBlock("guocheng", "决策过程", tuple(stages))]
    skip = frozenset({"steps", "consulted_on", "decided_on", "executed_on", "evaluated_on"})
    blocks.extend(field_blocks(context, kind, document, skip))
    return MatterView(badge, step, tuple(blocks))


# --- livelihood projects ---------------------------------------------------------------------------


def livelihood_view(context: Context, document: Document) -> MatterView:
    """Return a livelihood project: four phases, meters with their standard, areas, what people said."""
    data = document.data
    blocks: list[Block] = [
        MetersBlock("jinzhan", "政府办：进展", tuple(_meter(target) for target in data["targets"])),
        FactsBlock(
            "xuanding", "大家提、人大定", (Fact("大家提", data["raised"]), Fact("人大定", data["decided"]))
        ),
    ]
    kind = KIND_BY_NAME["livelihood"]
    skip = frozenset({"targets", "raised", "decided", "feedback"})
    blocks.extend(field_blocks(context, kind, document, skip))
    blocks.append(_feedback(data.get("feedback")))
    return MatterView(None, "", tuple(blocks))


def _meter(target: Mapping[str, Any]) -> MeterView:
    share = round(target["done"] / target["target"] * 100) if target["target"] else 0
    words = (
        f"目标 {target['target']:,g} {target['unit']}，截至{day_words(target['as_of'])}完成 "
        f"{target['done']:,g} {target['unit']}，占 {share}%"
    )
    notes = [f"完成标准：{target['standard']}", f"牵头单位：{target['lead']}"]
    notes += [f"存在问题：{target['problem']}"] if target.get("problem") else []
    notes += [f"下一步：{target['next_step']}"] if target.get("next_step") else []
    badge = Badge(Status(target["status"]).slug, target["status"])
    most = max(target["target"], target["done"], 1)
    return MeterView(target["name"], target["done"], most, words, "；".join(notes), badge)


def _feedback(feedback: Mapping[str, Any] | None) -> Block:
    limit = "本站不收集评价。"
    if feedback is None:
        return FactsBlock("pingjia", "群众评", (Fact("评价", f"还没有汇总数据。{limit}可以拨打 12345"),))
    facts = [
        Fact("好评率", f"{feedback['rate']:g}%（{feedback['count']:,} 人评价）"),
        Fact("统计日期", day_words(feedback["as_of"])),
        Fact("评价渠道", feedback["channel"]),
    ]
    phone = feedback.get("phone", "12345")
    where = [Link(f"tel:{phone}", f"电话 {phone}")]
    if feedback.get("url"):
        where.insert(0, Link(feedback["url"], "外部问卷"))
    facts.append(Fact("我要评价", limit, tuple(where)))
    facts.append(Fact("说明", limit))
    return FactsBlock("pingjia", "群众评", tuple(facts))


# --- bundles ---------------------------------------------------------------------------------------


def bundle_view(context: Context, document: Document) -> MatterView:
    """Return a bundle: its items, then materials and steps merged from their guides."""
    guides = [
        context.pool.documents[relation.target]
        for relation in context.pool.relations_from.get(document.id, ())
        if relation.relation == "guides"
    ]
    cards = tuple(
        CardView(
            guide.title,
            context.document_link(guide).url,
            tuple(filter(None, [guide.data.get("common_name"), _promise(guide)])),
        )
        for guide in guides
    )
    blocks: list[Block] = [
        CardsBlock("shixiang", f"办这 {len(guides)} 个事项", cards),
        TableBlock(
            "cailiao",
            "材料合并清单（每样只交一次）",
            ("材料", "形式", "用于"),
            tuple(_materials(guides)),
        ),
        TableBlock("liucheng", "流程", ("事项", "环节", "说明", "时限"), tuple(_bundle_steps(guides))),
        FactsBlock(
            "cishu",
            "跑几次",
            (Fact("一共", "不用跑" if not document.data["visits"] else f"{document.data['visits']} 次"),),
        ),
    ]
    return MatterView(None, "", tuple(blocks))


def _promise(guide: Document) -> str:
    limit = guide.data.get("promised_limit")
    return f"承诺 {limit}办结" if limit else ""


def _materials(guides: Iterable[Document]) -> Iterator[tuple[Cell, ...]]:
    """Yield each material once, by its name, with all that it is used for."""
    merged: dict[str, tuple[list[str], list[str]]] = {}
    for guide in guides:
        for material in guide.data.get("materials") or ():
            forms, used = merged.setdefault(material["name"], ([], []))
            form = material.get("form", "原件")
            if form not in forms:
                forms.append(form)
            used.append(guide.title)
    for name, (forms, used) in merged.items():
        yield Cell("材料", name), Cell("形式", "；".join(forms)), Cell("用于", "、".join(used))


def _bundle_steps(guides: Iterable[Document]) -> Iterator[tuple[Cell, ...]]:
    for guide in guides:
        for step in guide.data.get("steps") or ():
            yield (
                Cell("事项", guide.title),
                Cell("环节", step["name"]),
                Cell("说明", step["text"]),
                Cell("时限", step.get("limit") or ""),
            )


# --- the gazette -----------------------------------------------------------------------------------


def gazette_view(context: Context, document: Document) -> MatterView:
    """Return an issue of the gazette: its contents as links in their order."""
    links = []
    for target in document.data["contents"]:
        found = context.pool.find(target, document.path.rpartition("/")[0])
        if len(found) == 1:
            links.append(context.document_link(found[0], found[0].document_number))
    return MatterView(None, "", (LinksBlock("mulu", "本期目录", tuple(links)),))


MATTERS: Final[dict[str, Callable[[Context, Document], MatterView]]] = {
    "project": project_view,
    "decision": decision_view,
    "livelihood": livelihood_view,
    "gazette": gazette_view,
    "bundle": bundle_view,
    "annual_report": annual_report_view,
}
"""Kind → what makes its blocks."""
