"""Drafts an issue of the monthly record (月鉴) from what the project's own content dates in that month.

Only facts that stand in dated fields are taken over; what is not there is named, never guessed. An issue that
exists is the editor's: it is read, and what it does not mention yet is told.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import msgspec
from msgspec import Struct

from generator.config import SiteGroup
from generator.export.describe import Value
from generator.export.layout import key_lines
from generator.kinds.monthly_record import MONTHLY_RECORD, DataKind, MeetingKind
from generator.scaffold import WrongArgument, create, project_content
from generator.validate import Document, RecordItem

MEETINGS: Final = (
    (re.compile("常务会议"), MeetingKind.EXECUTIVE),
    (re.compile("全体会议"), MeetingKind.PLENARY),
    (re.compile("发布会"), MeetingKind.PRESS),
    (re.compile("调研|考察"), MeetingKind.VISIT),
    (re.compile("专题会|部署会|推进会|座谈会|现场会|工作会议|听证会"), MeetingKind.SPECIAL),
)
"""What the title of a news item says about a meeting; the first that fits."""

_MONTH: Final = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
_TITLE_MONTH: Final = re.compile(r"\d{4}\s*年\s*\d{1,2}\s*月")

Entry = Mapping[str, Value]


class Issue(Struct, frozen=True):
    """What a month's issue may hold, in the keys that editors write, and what is missing.

    Attributes:
        missing: Sentences about what the content does not say.
    """

    meetings: tuple[Entry, ...]
    projects: tuple[Entry, ...]
    figures: tuple[Entry, ...]
    missing: tuple[str, ...]

    @property
    def entries(self) -> int:
        return len(self.meetings) + len(self.projects) + len(self.figures)


class Drafted(Struct, frozen=True):
    """What came of it: the file written, or the issue that is there and what it does not mention."""

    path: Path | None
    existing: str
    unmentioned: tuple[str, ...]
    issue: Issue


def draft_month(group: SiteGroup, month: str, today: str) -> Drafted:
    """Write the draft of a month's issue, unless there is an issue of that month.

    Raises:
        WrongArgument: If the month is none, lies in the future, or the content says nothing of it.
        EnvironmentProblem: If the file cannot be written.
    """
    if not _MONTH.fullmatch(month):
        raise WrongArgument(f"“{month}”不是月份，按 YYYY-MM 填写，例如 2026-11")
    if month > today[:7]:
        raise WrongArgument(f"{month} 还没有到，今天是 {today}")
    documents, records = project_content(group)
    shown = [document for document in documents if not document.draft]
    own = [
        document
        for document in documents
        if document.kind == MONTHLY_RECORD.name and document.sections[:1] == (MONTHLY_RECORD.section,)
    ]
    earlier = max(
        (document for document in own if document.data["period"] < month),
        key=lambda document: str(document.data["period"]),
        default=None,
    )
    issue = collect(shown, records, month, earlier, today)
    path = group.content_path / MONTHLY_RECORD.name / f"{month}.md"
    existing = next((document for document in own if document.data["period"] == month), None)
    if existing or path.exists():
        name = existing.path if existing else path.relative_to(group.root).as_posix()
        if existing:
            told = str(existing.data)
            open_ends = tuple(text for text in issue.missing if not _names(text, told))
            issue = msgspec.structs.replace(issue, missing=open_ends)
        return Drafted(None, name, tuple(_unmentioned(existing, issue)) if existing else (), issue)
    if not issue.entries:
        raise WrongArgument(f"内容里没有 {month} 的会议活动、项目进展和数据，没有写草稿")
    return Drafted(create(path, issue_text(issue, month, today, earlier).encode()), "", (), issue)


def collect(
    documents: Sequence[Document],
    records: Sequence[RecordItem],
    month: str,
    earlier: Document | None,
    today: str,
) -> Issue:
    """Return what the content says of a month.

    Args:
        earlier: The issue before, whose projects and figures are expected again.
        today: Nothing later has happened.
    """
    meetings = sorted(
        (entry for entry in _meetings(documents, month) if str(entry["日期"]) <= today),
        key=lambda entry: str(entry["日期"]),
    )
    projects = list(_projects(documents, month))
    figures = list(_figures(records, month))
    return Issue(
        tuple(meetings),
        tuple(projects),
        tuple(figures),
        tuple(_missing(documents, month, earlier, meetings, projects, figures)),
    )


def _names(sentence: str, told: str) -> bool:
    """Whether what a sentence misses, quoted in it, is told after all; meetings are told by their kind."""
    name = re.search("“([^”]+)”", sentence)
    return (name[1] if name else MeetingKind.EXECUTIVE.value) in told


# --- what is found ---------------------------------------------------------------------------------


def _meetings(documents: Sequence[Document], month: str) -> Iterator[Entry]:
    for document in documents:
        if document.kind == "event" and str(document.data["opens_on"])[:7] == month:
            entry: dict[str, Value] = {"日期": document.data["opens_on"], "类别": MeetingKind.ACTIVITY.value}
            yield {
                **entry,
                "标题": document.title,
                **_summary(document),
                "地点": document.data["place"],
                "相关文件": document.id,
            }
        elif document.kind in ("news", "notice", "interpretation") and document.date[:7] == month:
            kind = next((kind for pattern, kind in MEETINGS if pattern.search(document.title)), None)
            if kind:
                yield {
                    "日期": document.date,
                    "类别": kind.value,
                    "标题": document.title,
                    **_summary(document),
                    "相关文件": document.id,
                }


def _summary(document: Document) -> dict[str, Value]:
    summary = document.data.get("summary")
    return {"内容": " ".join(str(summary).split())} if summary else {}


def _projects(documents: Sequence[Document], month: str) -> Iterator[Entry]:
    for document in documents:
        if document.kind != "project":
            continue
        data = document.data
        found = [
            record
            for record in data.get("records") or ()
            if str(record["formed_on"])[:7] == month or str(record["disclosed_on"])[:7] == month
        ]
        current = str(data.get("as_of") or "")[:7] == month
        if not found and not current:
            continue
        progress = data.get("progress") if current else None
        event = "；".join(record["title"] for record in found) or (
            f"形象进度 {progress}%" if progress is not None else "进度已更新"
        )
        entry: dict[str, Value] = {"名称": document.title, "进展": event, "阶段": data["stage"]}
        if found:
            last = max(str(record["formed_on"]) for record in found)
            entry |= {"日期": last} if last[:7] == month else {}
        if progress is not None:
            entry["完成百分比"] = str(progress)
        if current and data.get("invested") is not None:
            entry["投资"] = f"累计完成 {data['invested']:g} 亿元"
        yield {**entry, "责任单位": "、".join(document.issuer), "相关文件": document.id}


def _figures(records: Sequence[RecordItem], month: str) -> Iterator[Entry]:
    """Yield the figures of tables that are kept by day or month: windows of halls, evaluations of services."""
    words = f"{month[:4]} 年 {int(month[5:])} 月"
    days: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in records:
        if row.kind == "hall_day" and str(row.data["day"])[:7] == month:
            days[row.data["hall"]].append(row.data)
    for hall, found in days.items():
        for label, name, unit in (("接待人数", "visitors", "人次"), ("办件量", "handled", "件")):
            yield {
                "指标": f"{hall}{label}",
                "时期": words,
                "数值": str(sum(int(day[name]) for day in found)),
                "单位": unit,
                "口径": DataKind.ABSOLUTE.value,
                "出处": found[0]["body"],
                "说明": f"大厅运行日报 {len(found)} 天合计",
            }
    for row in records:
        if row.kind == "rating" and row.data["month"] == month:
            yield {
                "指标": f"{row.data['subject']}好评率",
                "时期": words,
                "数值": f"{row.data['good']:g}",
                "单位": "%",
                "口径": DataKind.ABSOLUTE.value,
                "出处": row.data["body"],
                "说明": f"评价 {row.data['count']} 条，统计日期 {row.data['counted_on']}",
            }


# --- what is not -----------------------------------------------------------------------------------


def _missing(
    documents: Sequence[Document],
    month: str,
    earlier: Document | None,
    meetings: Sequence[Entry],
    projects: Sequence[Entry],
    figures: Sequence[Entry],
) -> Iterator[str]:
    kinds = {str(entry["类别"]) for entry in meetings}
    if MeetingKind.EXECUTIVE.value not in kinds:
        yield "没有找到常务会议的消息：本月没有召开，或还没有发布"
    told = {str(entry["名称"]) for entry in projects}
    expected = {document.title for document in documents if document.kind == "project"}
    if earlier:
        expected |= {entry["name"] for entry in earlier.data.get("projects") or ()}
    for name in sorted(expected - told):
        yield f"项目“{name}”没有本月的公开信息和进度"
    known = {str(entry["指标"]) for entry in figures}
    for entry in (earlier.data.get("figures") or ()) if earlier else ():
        if entry["name"] not in known:
            yield f"指标“{entry['name']}”（上期为{entry['period']}：{entry['value']:g}{entry['unit']}）没有本月数据"
    if not figures and not (earlier and earlier.data.get("figures")):
        yield "没有重要数据"


def _unmentioned(existing: Document, issue: Issue) -> Iterator[str]:
    """Yield what was found and the issue does not hold, by title, name or the document it refers to."""
    text = str(existing.data)
    for label, name, entries in (
        ("会议活动", "标题", issue.meetings),
        ("重大项目", "名称", issue.projects),
        ("重要数据", "指标", issue.figures),
    ):
        for entry in entries:
            title = str(entry[name])
            if title not in text and str(entry.get("相关文件", title)) not in text:
                yield f"{label}：{title}"


# --- the draft -------------------------------------------------------------------------------------


def issue_text(issue: Issue, month: str, today: str, earlier: Document | None) -> str:
    """Return the draft: facts with the document they come from, and as comments what is missing."""
    words = f"{month[:4]}年{int(month[5:])}月"
    before = earlier.title if earlier else ""
    title = _TITLE_MONTH.sub(words, before) if _TITLE_MONTH.search(before) else f"月鉴（{words}）"
    lines = ["---", "# 由 yangguang yuejian 根据已有内容拟出，逐条核对；日期取自发布日的，改成会议当天。"]
    lines += key_lines("标题", title)
    lines += key_lines("月份", month)
    lines += key_lines("发布机构", list(earlier.issuer) if earlier and earlier.issuer else ["请填写发布机构"])
    lines += key_lines("发布时间", f"{today} 09:00")
    lines += key_lines("草稿", "是", "核对完改成“否”，或删去这一行")
    lines += [f"# 待补：{sentence}" for sentence in issue.missing]
    parts = (("会议活动", issue.meetings), ("重大项目", issue.projects), ("重要数据", issue.figures))
    for key, entries in parts:
        if entries:
            lines += key_lines(key, entries)
    return "\n".join(lines) + "\n---\n"
