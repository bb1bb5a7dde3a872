"""Records for tests: invented documents, and real regulations where the corpus is at hand."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from typing import Any

import pytest

from search import Answer, Link, SearchRecord, Section
from tests.search.support import CORPUS

POLICY = SearchRecord(
    id="policy/shilaohua",
    url="zhengce/yzbf-2026-18.html",
    title="越明市困难老年人家庭适老化改造补贴办法",
    kind="policy",
    kind_label="政策文件",
    date="2026-11-20",
    document_number="越政办发〔2026〕18号",
    issuers=("越明市人民政府办公室",),
    subject="民政、扶贫、救灾",
    validity="现行有效",
    keywords=("适老化改造", "养老"),
    extra=("附件1：改造项目清单.xlsx",),
    sections=(
        Section("tiao-1", "第一章　总　则", "第一条　为了改善困难老年人居住条件，制定本办法。"),
        Section(
            "tiao-5",
            "第二章　补贴标准",
            "第五条　对特困供养人员家庭，每户最高补贴6000元；低保家庭补贴4000元。\n住房公积金可以按规定提取。",
        ),
    ),
)

REPEALED = SearchRecord(
    id="policy/shidian",
    url="zhengce/yzbf-2023-9.html",
    title="关于开展老年人家庭适老化改造试点工作的通知",
    kind="policy",
    kind_label="政策文件",
    date="2023-03-11",
    document_number="越政办发〔2023〕9号",
    issuers=("越明市民政局",),
    subject="民政、扶贫、救灾",
    validity="已废止",
    lapsed=True,
    sections=(Section("", "", "在部分街道开展老年人家庭适老化改造试点，补贴标准另行制定。"),),
)

QUESTION = SearchRecord(
    id="question/fushou",
    url="wenda/fushou.html",
    title="给老人家里装扶手、改浴室，能补多少钱？",
    kind="question",
    kind_label="政策问答",
    date="2026-11-20",
    issuers=("越明市民政局",),
    sections=(Section("", "", "按实际花费补，每户最高6000元。"),),
    answer=Answer(
        question="给老人家里装扶手、改浴室，能补多少钱？",
        answer="按实际花费补，每户最高6000元。",
        basis=Link("适老化改造补贴办法", "zhengce/yzbf-2026-18.html#tiao-5"),
        clause="第五条",
        quote="对特困供养人员家庭，每户最高补贴6000元",
        verified_on="2026-11-20",
        agency="越明市民政局",
        phone="0575-00000000",
        guides=(Link("适老化改造补贴申请", "banshi/shilaohua.html"),),
    ),
)

GUIDE = SearchRecord(
    id="service/shilaohua",
    url="banshi/shilaohua.html",
    title="困难老年人家庭适老化改造补贴申请",
    kind="service",
    kind_label="办事指南",
    date="2026-11-20",
    issuers=("越明市民政局",),
    sections=(Section("cailiao", "申请材料", "身份证、户口簿。承诺10个工作日办结。"),),
)

NEWS = tuple(
    SearchRecord(
        id=f"news/{number}",
        url=f"xinwen/{number}.html",
        title=f"越明市第{number}次政务公开工作例会召开",
        kind="news",
        kind_label="动态",
        date=f"2024-{1 + number % 12:02}-{1 + number % 28:02}",
        issuers=("越明市人民政府办公室",),
        sections=(
            Section("", "", f"会议通报了第{number}期月鉴，听取营商环境与ETC项目进展，参会{number * 7}人。"),
        ),
    )
    for number in range(1, 61)
)

RECORDS = (POLICY, REPEALED, QUESTION, GUIDE, *NEWS)


def regulations() -> Iterator[dict[str, Any]]:
    """Yield the real regulations of the corpus; skips the test where the corpus is absent."""
    path = CORPUS / "regulations.jsonl.gz"
    if not path.exists():
        pytest.skip("the shared corpus is not here")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def regulation_record(document: dict[str, Any]) -> SearchRecord:
    body = document["body_markdown"].replace("\n\n", "\n")
    return SearchRecord(
        id=document["id"],
        url=f"{document['id']}.html",
        title=document["title"],
        kind="policy",
        kind_label="政策文件",
        date=document["date"] or "",
        document_number=document["doc_number"] or "",
        issuers=(document["issuer"],) if document["issuer"] else (),
        sections=(Section("", "", body),),
    )
