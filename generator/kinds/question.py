"""Policy questions (政策问答): one question, one short answer, its basis in a clause."""

from __future__ import annotations

from collections.abc import Iterator

from generator.diagnostics import Problem, Severity
from generator.fields import (
    Day,
    Declared,
    Label,
    Line,
    Lines,
    Phone,
    Prose,
    Reference,
    References,
    Weight,
    item,
)
from generator.kinds.base import ContentKind, Published


class Basis(Declared):
    """The clause on which an answer rests."""

    document: Reference = item("文件", help="依据的文件：文号、索引号或标题", example="越政办发〔2026〕1号")
    clause: Line | None = item("条款", default=None, help="例如 第五条 或 第三条第（二）项", example="第一条")


class Visibility(Label):
    """Who may read an answer (公开范围); internal ones are never written to any output."""

    PUBLIC = "公开"
    INTERNAL = "内部"


class Question(Published):
    """A question as people ask it, its answer and basis."""

    short_answer: Prose = item("短答", help="100 字以内直接说结论", example="可以。", search=Weight.STRONG)
    basis: tuple[Basis, ...] = item(
        "依据",
        help="依据的文件和条款，至少一条",
        example=[{"文件": "越政办发〔2026〕1号", "条款": "第一条"}],
        min_length=1,
    )
    alternate_phrasings: Lines = item("其他问法", default=(), help="群众常用的其他说法", search=Weight.STRONG)
    issuer: Lines = item(
        "责任单位", help="负责解释的单位", example="越明市民政局", facet=True, table=True, min_length=1
    )
    phone: Phone | None = item("咨询电话", default=None, help="责任单位的公务电话", table=True)
    audience: Lines = item(
        "适用对象", default=(), help="例如 老年人、灵活就业人员、小微企业", facet=True, table=True
    )
    service_guides: References = item("办事指南", default=(), help="去哪里办：相关办事指南")
    verified_on: Day = item("核验日期", help="最近一次核对答案的日期", example="2026-11-02", table=True)
    expires_on: Day | None = item("有效期至", default=None, help="答案的有效期", table=True)
    visibility: Visibility = item("公开范围", default=Visibility.PUBLIC, help="写“内部”则不发布")

    def check(self) -> Iterator[Problem]:
        yield from super().check()
        if not self.title.endswith(("？", "?")):
            yield Problem(
                "title", "question-mark", "问题没有以问号结尾", "把标题写成一个问句", Severity.WARNING
            )
        if len(self.title) > 40:
            yield Problem(
                "title",
                "long-question",
                f"问题有 {len(self.title)} 字",
                "压缩到 40 字以内，一问一事",
                Severity.WARNING,
            )
        if len(self.short_answer) > 100:
            yield Problem(
                "short_answer",
                "long-answer",
                f"短答有 {len(self.short_answer)} 字",
                "压缩到 100 字以内，细节写进正文",
                Severity.WARNING,
            )
        if self.short_answer.startswith(("详见", "请见", "见")) and len(self.short_answer) < 30:
            yield Problem("short_answer", "empty-answer", "短答只让人去看文件", "直接写出结论")


QUESTION = ContentKind(
    "question",
    "政策问答",
    Question,
    url="wenda/{slug}.html",
    section="zcwd",
    issuer="issuer",
    relations={"basis.document": "大家常问", "service_guides": "大家常问"},
    purpose="群众常问的问题，一问一答，有依据到条款",
    body="optional",
    sample_body="需要时在这里补充说明。\n",
)
