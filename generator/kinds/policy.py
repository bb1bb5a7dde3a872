"""Policy documents (政策文件) and regulations (法规规章)."""

from __future__ import annotations

from collections.abc import Iterator

from generator.diagnostics import Problem, Severity
from generator.fields import (
    GENRES,
    Day,
    Declared,
    Disclosure,
    DocumentNumberText,
    IndexNumberText,
    Label,
    Line,
    Lines,
    Phone,
    References,
    SubjectText,
    ValidityText,
    Weight,
    item,
)
from generator.kinds.base import Attachment, ContentKind, Published


class Level(Label):
    """What a document is in law (文件性质), as the annual report counts them."""

    NORMATIVE = "行政规范性文件"
    OTHER = "其他政策文件"


class RegulationClass(Label):
    """Rank of a regulation."""

    LAW = "法律"
    ADMINISTRATIVE = "行政法规"
    LOCAL = "地方性法规"
    DEPARTMENT_RULE = "部门规章"
    LOCAL_RULE = "政府规章"


class Act(Declared):
    """One act in a regulation's history, from which its caption (题注) is made."""

    on: Day = item("日期", help="公布或修改的日期", example="2026-01-05")
    act: Line = item("事项", help="公布、修正、修订或废止", example="公布")
    by: Line | None = item("文号", default=None, help="令或公告的全称，例如 越明市人民政府令第3号")


class NormativeDocument(Published):
    """What policies and regulations share: issuer, dates, validity and relations."""

    issuer: Lines = item(
        "发文机关",
        help="联合发文时主办机关在前",
        example="越明市人民政府办公室",
        search=Weight.STRONG,
        facet=True,
        table=True,
        min_length=1,
    )
    subject: SubjectText | None = item(
        "主题分类",
        default=None,
        help="公文主题分类，一级\\二级",
        example="综合政务\\政务公开",
        facet=True,
        table=True,
    )
    effective_on: Day | None = item("施行日期", default=None, help="不写则自成文或公布之日起", table=True)
    expires_on: Day | None = item("有效期至", default=None, help="有效期的最后一天", table=True)
    validity: ValidityText | None = item(
        "有效性", default=None, help="一般不用写：由施行、有效期和修改废止关系算出", facet=True, table=True
    )
    repealed_on: Day | None = item("废止日期", default=None, help="废止依据不在库中时填写")
    repeal_basis: Line | None = item("废止依据", default=None, help="废止依据不在库中时，写明文件名称和文号")
    amends: References = item("修改", default=(), help="本文件修改了哪些文件：文号、索引号或标题")
    repeals: References = item("废止", default=(), help="本文件废止了哪些文件")
    replaces: References = item(
        "替代", default=(), help="本文件替代了哪些文件（旧文件自本文件施行之日起废止）"
    )
    attachments: tuple[Attachment, ...] = item("附件", default=(), help="供下载的文件", search=Weight.NORMAL)
    interpretation_waived: Line | None = item("无需解读", default=None, help="不需要解读的理由")

    def check(self) -> Iterator[Problem]:
        yield from super().check()
        if self.expires_on and self.effective_on and self.expires_on < self.effective_on:
            yield Problem("expires_on", "date-order", "有效期至早于施行日期", "核对两个日期")


class Policy(NormativeDocument):
    """A policy document (政策文件) as issued, with its catalogue data."""

    index_number: IndexNumberText | None = item(
        "索引号",
        default=None,
        help="机构代码/年份-流水号；非导入文件必填",
        example="11330000000000000X/2026-00001",
        search=Weight.EXACT,
        table=True,
    )
    document_number: DocumentNumberText | None = item(
        "发文字号",
        default=None,
        help="例如 越政办发〔2026〕3号；令和公告写全称",
        example="越政办发〔2026〕1号",
        search=Weight.EXACT,
        table=True,
    )
    issued_on: Day | None = item(
        "成文日期", default=None, help="以落款为准", example="2026-10-30", sort=True, table=True
    )
    genre: Line | None = item(
        "文种", default=None, help="通知、意见、决定等；不写则从标题末尾识别", facet=True
    )
    level: Level = item(
        "文件性质", default=Level.OTHER, help="行政规范性文件或其他政策文件", facet=True, table=True
    )
    disclosure: Disclosure = item(
        "公开方式", default=Disclosure.PROACTIVE, help="只有主动公开的文件才能发布", table=True
    )
    legal_items: Lines = item("法定公开事项", default=(), help="条例第二十条的项，01 至 15")
    drafter: Line | None = item("起草单位", default=None, help="负责起草和解释的单位")
    phone: Phone | None = item("咨询电话", default=None, help="解释单位的公务电话")

    def check(self) -> Iterator[Problem]:
        yield from super().check()
        if self.issued_on is None:
            yield Problem(
                "issued_on",
                "missing-key" if not self.imported else "imported-gap",
                "没有写“成文日期”",
                "以落款日期为准，按 YYYY-MM-DD 填写",
                Severity.WARNING if self.imported else Severity.ERROR,
            )
        elif self.issued_on > self.published_at.date():
            yield Problem(
                "issued_on",
                "date-order",
                f"成文日期 {self.issued_on} 晚于发布日期 {self.published_at.date()}",
                "成文日期以落款为准，核对两个日期",
            )
        if self.subject is None:
            yield Problem(
                "subject",
                "missing-key" if not self.imported else "imported-gap",
                "没有写“主题分类”",
                "从公文主题分类中选，例如 综合政务\\政务公开",
                Severity.WARNING if self.imported else Severity.ERROR,
            )
        if self.index_number is None and not self.imported:
            yield Problem("index_number", "missing-key", "没有写“索引号”", "写成“机构代码/年份-流水号”")
        if self.disclosure is not Disclosure.PROACTIVE:
            yield Problem(
                "disclosure",
                "not-disclosable",
                f"公开方式是“{self.disclosure}”，不能发布",
                "移出 content 目录，或核对公开方式",
            )
        if self.genre and self.genre not in GENRES:
            yield Problem("genre", "bad-choice", f"没有“{self.genre}”这一文种", "可选：" + "、".join(GENRES))
        for code in self.legal_items:
            if code not in LEGAL_ITEMS:
                yield Problem(
                    "legal_items",
                    "bad-choice",
                    f"法定公开事项没有“{code}”项",
                    "写 01 至 15，见《政府信息公开条例》第二十条",
                )
        if self.level is Level.NORMATIVE and self.expires_on is None and not self.imported:
            yield Problem(
                "level",
                "no-expiry",
                "行政规范性文件没有写“有效期至”",
                "写上有效期的最后一天，长期有效的写明豁免原因",
                Severity.WARNING,
            )


class Regulation(NormativeDocument):
    """A law, regulation or rule (法律、法规、规章); index number and document number are optional."""

    rank: RegulationClass = item(
        "效力级别",
        help="法律、行政法规、地方性法规、部门规章或政府规章",
        example="政府规章",
        facet=True,
        table=True,
    )
    index_number: IndexNumberText | None = item("索引号", default=None, search=Weight.EXACT, table=True)
    document_number: DocumentNumberText | None = item(
        "发文字号", default=None, help="公布令的文号", search=Weight.EXACT, table=True
    )
    issued_on: Day | None = item("公布日期", default=None, sort=True, table=True)
    history: tuple[Act, ...] = item("沿革", default=(), help="公布和历次修改，用来生成题注")


LEGAL_ITEMS: dict[str, str] = {
    "01": "行政法规、规章和规范性文件",
    "02": "机关职能、机构设置、办公地址、办公时间、联系方式、负责人姓名",
    "03": "国民经济和社会发展规划、专项规划、区域规划及相关政策",
    "04": "国民经济和社会发展统计信息",
    "05": "办理行政许可和其他对外管理服务事项的依据、条件、程序以及办理结果",
    "06": "实施行政处罚、行政强制的依据、条件、程序以及有一定社会影响的行政处罚决定",
    "07": "财政预算、决算信息",
    "08": "行政事业性收费项目及其依据、标准",
    "09": "政府集中采购项目的目录、标准及实施情况",
    "10": "重大建设项目的批准和实施情况",
    "11": "扶贫、教育、医疗、社会保障、促进就业等方面的政策、措施及其实施情况",
    "12": "突发公共事件的应急预案、预警信息及应对情况",
    "13": "环境保护、公共卫生、安全生产、食品药品、产品质量的监督检查情况",
    "14": "公务员招考的职位、名额、报考条件等事项以及录用结果",
    "15": "法律、法规、规章和国家有关规定规定应当主动公开的其他政府信息",
}
"""Matters that must be disclosed (法定主动公开内容): 《政府信息公开条例》第二十条."""

RELATIONS = {"amends": "修改本文件", "repeals": "废止本文件", "replaces": "替代本文件"}

POLICY = ContentKind(
    "policy",
    "政策文件",
    Policy,
    url="zhengce/{slug}.html",
    section="zcwj",
    issuer="issuer",
    relations=RELATIONS,
    purpose="通知、意见、办法等政策文件，按印发的原文收录",
    sample_body="各区、县（市）人民政府，市政府各部门、各单位：\n\n正文。\n\n越明市人民政府办公室\n\n2026年10月30日\n\n（此件公开发布）\n",
)
REGULATION = ContentKind(
    "regulation",
    "法规规章",
    Regulation,
    url="fagui/{slug}.html",
    section="fggz",
    issuer="issuer",
    relations=RELATIONS,
    purpose="法律、法规和规章的标题、题注和正文",
    sample_body="## 第一章　总　则\n\n第一条　为了规范……，制定本办法。\n\n第二条　本办法自2026年1月1日起施行。\n",
)
