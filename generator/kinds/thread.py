"""Threads (全程公开): one matter followed through the five areas of openness, after 绍兴 and 雁塔 (domain/05, S-82)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from generator.diagnostics import Problem
from generator.fields import Declared, Lines, OpennessArea, Reference, item
from generator.kinds.base import ContentKind, Published


class ThreadDocument(Declared):
    """A document around which a matter turns (主线文件)."""

    document: Reference = item("文件", help="文号、标题或编号", example="越政办发〔2026〕1号")
    area: OpennessArea | None = item(
        "五公开", default=None, help="归入哪一类公开；不写则按它所在栏目的“五公开”"
    )


class Thread(Published):
    """A matter, and the few documents that everything else about it refers to."""

    issuer: Lines = item(
        "牵头单位", help="负责这件事的单位", example="越明市民政局", facet=True, table=True, min_length=1
    )
    documents: tuple[ThreadDocument, ...] = item(
        "主线",
        help="决策、文件、项目、结果等主要的几份；征集、解读、问答、办事指南等由它们的关系自动列入",
        min_length=1,
    )

    def check(self) -> Iterator[Problem]:
        yield from super().check()
        counts = Counter(str(entry.document) for entry in self.documents)
        for name, count in counts.items():
            if count > 1:
                yield Problem("documents", "repeated-value", f"“{name}”写了 {count} 次", "只留一处")


THREAD = ContentKind(
    "thread",
    "全程公开",
    Thread,
    url="quancheng/{slug}.html",
    section="qcgk",
    issuer="issuer",
    relations={"documents.document": ""},
    purpose="一件事从决策、执行、管理、服务到结果的全部公开内容，在其中任何一页都能看到前后",
    body="optional",
    sample_body="这件事为什么办、办到什么程度。\n",
)
