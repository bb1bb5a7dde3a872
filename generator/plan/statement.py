"""The accessibility statement (无障碍声明) that every site publishes, from what the tests of this version found."""

from __future__ import annotations

from typing import Final

from generator.conformance import HOW_WORDS, RESULT_WORDS, Line, conformance
from generator.plan.context import Context
from generator.plan.jobs import PageJob
from generator.plan.views import Link, StatementLine, StatementView

STATEMENT_SLUG: Final = "wuzhangai-shengming"
STATEMENT_URL: Final = f"{STATEMENT_SLUG}.html"


def has_own_statement(context: Context) -> bool:
    """Whether editors wrote a statement themselves, as a page of that slug."""
    return f"page/{STATEMENT_SLUG}" in context.library.documents


def plan_statement(context: Context) -> PageJob:
    """Return the page: standard, results with their date, known limits, whom to tell."""
    title = "无障碍声明"
    found = conformance()
    lines = tuple(map(_view, found.lines))
    by_result = {line.number: item.result for line, item in zip(lines, found.lines, strict=True)}
    view = StatementView(
        title=title,
        date=found.date,
        version=found.version,
        passed=found.count("passed"),
        lines=lines,
        failed=tuple(line for line in lines if by_result[line.number] == "failed"),
        by_hand=tuple(line for line in lines if by_result[line.number] == "open"),
        limits=context.site.access_limits,
    )
    description = "本站按什么标准做到无障碍、怎样检查、有哪些不足、怎样反馈"
    page = context.page(
        STATEMENT_URL,
        title,
        title,
        meta=context.column_meta(title, description, "概况信息"),
        breadcrumbs=(Link("index.html", "首页"), Link(STATEMENT_URL, title, "", -1, True)),
        description=description,
    )
    return PageJob.of(page, "statement.html", view)


def _view(line: Line) -> StatementLine:
    return StatementLine(
        line.line, line.text, line.wcag, HOW_WORDS[line.how], RESULT_WORDS[line.result], line.note
    )
