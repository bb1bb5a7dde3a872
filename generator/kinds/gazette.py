"""The government gazette (政府公报): issues with their contents, each piece leading to its own page (domain/05, S-66)."""

from __future__ import annotations

from generator.fields import Count, Lines, References, Weight, item
from generator.kinds.base import Attachment, ContentKind, Published


class Gazette(Published):
    """One issue of the gazette; its contents are documents of this site, listed once."""

    issuer: Lines = item("编辑单位", example="越明市人民政府办公室", facet=True, table=True, min_length=1)
    year: Count = item("年份", example="2026", sort=True, table=True)
    issue: Count = item("期号", example="10", sort=True, table=True)
    total: Count | None = item("总期号", default=None, table=True)
    contents: References = item(
        "目录",
        help="本期刊登的文件，写文号或编号，依次排列",
        example=["越政办发〔2026〕18号"],
        min_length=1,
        search=Weight.NORMAL,
    )
    attachments: tuple[Attachment, ...] = item("附件", default=(), help="整本 PDF")


GAZETTE = ContentKind(
    "gazette",
    "政府公报",
    Gazette,
    url="gongbao/{slug}.html",
    section="zfgb",
    issuer="issuer",
    relations={"contents": "刊登于公报"},
    blocks=True,
    purpose="政府公报各期的目录，每篇链接到文件，整本可下载",
    body="optional",
    sample_body="",
)
