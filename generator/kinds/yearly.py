"""Other yearly tables: of the site itself (国办函〔2018〕12号) and of law enforcement (国办发〔2018〕118号)."""

from __future__ import annotations

from collections.abc import Iterator

from generator.diagnostics import Problem
from generator.fields import Count, Declared, Line, Lines, Number, Prose, Weight, YesNo, item
from generator.kinds.base import Attachment, ContentKind, Published


class SiteReport(Published):
    """The yearly table of a government site (政府网站工作年度报表), to be published by 31 January."""

    year: Count = item("年度", example="2025", table=True)
    issuer: Lines = item(
        "填报单位", example="越明市人民政府办公室", facet=True, table=True, min_length=1, search=Weight.NORMAL
    )
    site_class: Line = item(
        "网站类型", help="政府门户网站、部门网站、专项网站", example="政府门户网站", table=True
    )
    visitors: Count | None = item("独立用户访问总量（个）", default=None, table=True)
    visits: Count | None = item("网站总访问量（次）", default=None, table=True)
    published: Count = item("信息发布总数（条）", example="13860", table=True)
    overview: Count | None = item("概况类信息更新量（条）", default=None, table=True)
    news: Count | None = item("政务动态信息更新量（条）", default=None, table=True)
    catalogue: Count | None = item("信息公开目录信息更新量（条）", default=None, table=True)
    topics_kept: Count | None = item("专栏专题维护数量（个）", default=None, table=True)
    topics_new: Count | None = item("专栏专题新开设数量（个）", default=None, table=True)
    interpretations: Count | None = item("解读信息发布总数（条）", default=None, table=True)
    materials: Count | None = item("解读材料数量（条）", default=None, table=True)
    products: Count | None = item("解读产品数量（个）", default=None, table=True)
    comments: Count | None = item("媒体评论文章数量（篇）", default=None, table=True)
    responses: Count | None = item("回应公众关注热点或重大舆情数量（次）", default=None, table=True)
    service_items: Count | None = item("政务服务事项数量（项）", default=None, table=True)
    online_items: Count | None = item("可全程在线办理政务服务事项数量（项）", default=None, table=True)
    received: Count | None = item("收到留言数量（条）", default=None, table=True)
    answered: Count | None = item("办结留言数量（条）", default=None, table=True)
    answer_days: Number | None = item("平均办理时间（天）", default=None, table=True)
    answers_shown: Count | None = item("公开答复数量（条）", default=None, table=True)
    consultations: Count | None = item("征集调查期数（期）", default=None, table=True)
    opinions: Count | None = item("收到意见数量（条）", default=None, table=True)
    outcomes: Count | None = item("公布调查结果期数（期）", default=None, table=True)
    audits: Count | None = item("安全检测评估次数（次）", default=None, table=True)
    flaws: Count | None = item("发现问题数量（个）", default=None, table=True)
    mended: Count | None = item("问题整改数量（个）", default=None, table=True)
    watched: YesNo = item("建立安全监测预警机制", default=False, table=True)
    drilled: YesNo = item("开展应急演练", default=False, table=True)
    responsible: YesNo = item("明确网站安全责任人", default=False, table=True)
    innovations: Lines = item("创新发展", default=(), help="搜索即服务、无障碍浏览等", table=True)

    def check(self) -> Iterator[Problem]:
        yield from super().check()
        wholes = (
            (
                "interpretations",
                self.interpretations,
                (self.materials or 0) + (self.products or 0) + (self.comments or 0),
            ),
            ("service_items", self.service_items, self.online_items or 0),
            ("flaws", self.flaws, self.mended or 0),
        )
        for name, whole, parts in wholes:
            if whole is not None and parts > whole:
                label = type(self).model_fields[name].title
                yield Problem(
                    name,
                    "report-unbalanced",
                    f"“{label}”是 {whole}，其中各项合计 {parts}，多出 {parts - whole}",
                    "核对这几项数字",
                )


class EnforcementRow(Declared):
    """The figures of one agency."""

    body: Line = item("单位", example="越明市民政局")
    applied: Count = item("许可申请", default=0)
    accepted: Count = item("许可受理", default=0)
    granted: Count = item("准予许可", default=0)
    refused: Count = item("不予许可", default=0)
    revoked: Count = item("撤销许可", default=0)
    penalties: Count = item("行政处罚", default=0)
    fines: Number = item("罚没金额（万元）", default=0.0)
    coercions: Count = item("行政强制", default=0)
    inspections: Count = item("行政检查（次）", default=0)


class EnforcementReport(Published):
    """The yearly figures of administrative law enforcement (行政执法年报), to be published by 31 January."""

    year: Count = item("年度", example="2025", table=True)
    issuer: Lines = item(
        "发布机构", example="越明市民政局", facet=True, table=True, min_length=1, search=Weight.NORMAL
    )
    bodies: Count | None = item("执法主体（个）", default=None, table=True)
    officers: Count | None = item("持证执法人员（人）", default=None, table=True)
    rows: tuple[EnforcementRow, ...] = item("执法数据", help="一个单位一行", min_length=1)
    supervision: Prose | None = item("监督情况", default=None)
    problems: Prose | None = item("存在的问题", default=None)
    attachments: tuple[Attachment, ...] = item("附件", default=())

    def check(self) -> Iterator[Problem]:
        yield from super().check()
        for index, row in enumerate(self.rows):
            if row.granted + row.refused > row.accepted:
                yield Problem(
                    f"rows.{index}.granted",
                    "report-unbalanced",
                    f"“{row.body}”准予和不予许可合计 {row.granted + row.refused}，多于受理的 {row.accepted}，"
                    f"相差 {row.granted + row.refused - row.accepted}",
                    "核对许可的数字",
                )


SITE_REPORT = ContentKind(
    "site_report",
    "网站年度报表",
    SiteReport,
    url="baobiao/{slug}.html",
    section="wznb",
    issuer="issuer",
    blocks=True,
    purpose="政府网站工作年度报表，每年 1 月 31 日前公布",
    body="optional",
    sample_body="",
)
ENFORCEMENT_REPORT = ContentKind(
    "enforcement_report",
    "行政执法年报",
    EnforcementReport,
    url="zhifa/{slug}.html",
    section="xzzf",
    issuer="issuer",
    blocks=True,
    purpose="上一年度行政执法的主体、人员和数据，每年 1 月 31 日前公布",
    body="optional",
    sample_body="",
)
