"""News (要闻), notices (通知公告) and static pages (固定页面)."""

from __future__ import annotations

from generator.fields import Day, DocumentNumberText, Line, Lines, Reference, References, Weight, item
from generator.kinds.base import Attachment, ContentKind, Entry, Published


class News(Published):
    """A news item."""

    issuer: Lines = item("发布机构", default=(), help="发布这条消息的单位", facet=True)
    related: References = item("相关文件", default=(), help="消息里说到的文件")


class Notice(Published):
    """A notice or announcement (通知公告)."""

    issuer: Lines = item(
        "发布机构", help="发布单位", example="越明市人民政府办公室", facet=True, table=True, min_length=1
    )
    document_number: DocumentNumberText | None = item(
        "发文字号", default=None, search=Weight.EXACT, table=True
    )
    closes_on: Day | None = item("截止日期", default=None, help="报名、公示等的最后一天", table=True)
    related: References = item("相关文件", default=())
    attachments: tuple[Attachment, ...] = item("附件", default=(), search=Weight.NORMAL)


class StaticPage(Entry):
    """A page that stands for itself, such as 关于本站; it belongs to a section only if it names one."""

    section: Line | None = item("栏目", default=None, help="所属栏目的代号")
    reviewed_on: Day | None = item("更新日期", default=None, help="最近一次核对的日期")
    related: tuple[Reference, ...] = item("相关文件", default=())


NEWS = ContentKind(
    "news",
    "要闻",
    News,
    url="yaowen/{slug}.html",
    section="zwyw",
    issuer="issuer",
    relations={"related": "相关报道"},
    purpose="政务要闻和工作动态",
)
NOTICE = ContentKind(
    "notice",
    "通知公告",
    Notice,
    url="gonggao/{slug}.html",
    section="tzgg",
    issuer="issuer",
    relations={"related": "相关公告"},
    purpose="通知、公告、公示",
)
PAGE = ContentKind(
    "page",
    "固定页面",
    StaticPage,
    url="{slug}.html",
    relations={"related": ""},
    purpose="网站声明、无障碍声明、关于本站等",
)
