"""Disclosure on request (依申请公开): flow, channels, the printable form, and when an answer is due.

Nothing is sent or stored: the form is filled in on paper or in the browser, and printed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from generator.fields import day_words
from generator.holidays import Unpublished
from generator.plan.context import Context
from generator.plan.jobs import PageJob
from generator.plan.views import (
    Block,
    Cell,
    ColumnView,
    DueCalendar,
    Link,
    StagesBlock,
    StageView,
    TableBlock,
)

REQUESTS: Final = "zfxxgk-ysq"
FORM: Final = f"{REQUESTS}/biao.html"
DUE: Final = f"{REQUESTS}/qixian.html"
FORM_TITLE: Final = "政府信息公开申请表"
DUE_TITLE: Final = "答复期限计算"

ANSWER_DAYS: Final = 20
EXTENSION_DAYS: Final = 20
COMPLETION_DAYS: Final = 7
"""Working days of 《政府信息公开条例》 articles 33 and 30."""

_TABLE_DAYS: Final = 21


def request_links(current: str = "") -> tuple[Link, ...]:
    """Return the ways to the form and to the time limits."""
    return tuple(
        Link(url, title, "", -1, url == current) for url, title in ((FORM, FORM_TITLE), (DUE, DUE_TITLE))
    )


def plan_requests(context: Context, nav: tuple[Link, ...]) -> Iterator[PageJob]:
    """Yield the form and the page of time limits."""
    yield _page(
        context,
        nav,
        FORM,
        FORM_TITLE,
        "listings/request_form.html",
        (),
        "在网页上填写后打印，或者打印后用笔填写；本网站不保存、不发送填写的内容",
    )
    yield _page(
        context,
        nav,
        DUE,
        DUE_TITLE,
        "listings/request_due.html",
        (_due_table(context), _flow()),
        "按国务院办公厅公布的放假和调休安排计算工作日，收到申请的当天不计算",
    )


def _page(
    context: Context,
    nav: tuple[Link, ...],
    path: str,
    title: str,
    template: str,
    blocks: tuple[Block, ...],
    description: str,
) -> PageJob:
    page = context.page(
        path,
        title,
        title,
        meta=context.section_meta(REQUESTS),
        breadcrumbs=(*context.crumbs(REQUESTS), Link(path, title, "", -1, True)),
        description=description,
        section=REQUESTS,
    )
    view = ColumnView(title, "", description, nav, request_links(path), blocks, calendar=_calendar(context))
    return PageJob.of(page, template, view)


def _calendar(context: Context) -> DueCalendar:
    calendar = context.pool.calendar
    return DueCalendar(
        today=context.today,
        years=" ".join(str(year) for year in sorted(calendar.sources)),
        holidays=" ".join(day.isoformat() for day in sorted(calendar.holidays)),
        worked=" ".join(day.isoformat() for day in sorted(calendar.extra_working_days)),
        sources=tuple(f"{year} 年：{source}" for year, source in sorted(calendar.sources.items())),
    )


def _due_table(context: Context) -> TableBlock:
    first = date.fromisoformat(context.today)
    limits = (COMPLETION_DAYS, ANSWER_DAYS, ANSWER_DAYS + EXTENSION_DAYS)
    columns = ("收到申请", "告知补正最迟", "答复最迟", "延长以后最迟")
    rows = []
    for offset in range(_TABLE_DAYS):
        day = first + timedelta(days=offset)
        words = [day_words(day.isoformat())]
        for limit in limits:
            last = context.pool.calendar.add_working_days(day, limit)
            words.append(
                f"{last.year} 年放假安排尚未公布"
                if isinstance(last, Unpublished)
                else day_words(last.isoformat())
            )
        rows.append(tuple(Cell(label, word) for label, word in zip(columns, words, strict=True)))
    return TableBlock(
        "qixian",
        f"{day_words(context.today)}起三周内收到申请的期限",
        columns,
        tuple(rows),
        "延长答复期限须经政府信息公开工作机构负责人同意并告知申请人。补正的，答复期限自收到补正的申请之日起计算；"
        "征求第三方和其他机关意见所需时间不计算在内。",
    )


def _flow() -> StagesBlock:
    steps = (
        (
            "提出申请",
            "当面、邮寄、传真或者电子邮件提交，写明姓名或者名称、身份证明、联系方式，所需信息的名称、文号或者特征，获取方式",
        ),
        ("登记", "当面提交的以提交之日，邮寄的以签收之日，传真、电子邮件的以双方确认之日为收到申请之日"),
        (
            "补正",
            f"内容不明确的，自收到申请之日起 {COMPLETION_DAYS} 个工作日内一次性告知补正；无正当理由逾期不补正的，视为放弃申请",
        ),
        ("征求意见", "涉及第三方合法权益的，第三方自收到征求意见书之日起 15 个工作日内提出意见"),
        (
            "答复",
            f"能当场答复的当场答复；不能的，自收到申请之日起 {ANSWER_DAYS} 个工作日内答复，"
            f"需要延长的，最长不超过 {EXTENSION_DAYS} 个工作日",
        ),
        ("救济", "不服答复的，可以依法申请行政复议或者提起行政诉讼"),
    )
    return StagesBlock("liucheng", "办理流程", tuple(StageView(name, "past", text) for name, text in steps))
