"""Annual reports on open government information (政府信息公开工作年度报告), in the form of 国办公开办函〔2021〕30号."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from generator.diagnostics import Problem
from generator.fields import Count, Declared, Lines, Number, Prose, Weight, item
from generator.kinds.base import Attachment, ContentKind, Published

APPLICANTS: Final = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
OUTCOMES: Final = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
MADE: Final = ("本年制发件数", "本年废止件数", "现行有效件数")

Figures = tuple[Count, ...]
_NONE: Final = (0,) * len(APPLICANTS)
_HELP: Final = "依次写自然人、商业企业、科研机构、社会公益组织、法律服务机构、其他、总计；不写按 0"


class Overview(Declared):
    """Part one: five aspects of the year's work."""

    disclosure: Prose = item("主动公开", example="全年公开政府信息 100 条。")
    requests: Prose = item("依申请公开", example="全年没有收到申请。")
    management: Prose = item("政府信息管理", example="核对现行有效文件。")
    platform: Prose = item("平台建设", example="设置政府信息公开专栏。")
    supervision: Prose = item("监督保障", example="开展培训 1 次。")


class Disclosed(Declared):
    """Part two: what was made and decided (条例 article 20, items 1, 5, 6 and 8)."""

    rules: Figures = item("规章", default=(0, 0, 0), help="本年制发、本年废止、现行有效的件数")
    normative: Figures = item("行政规范性文件", default=(0, 0, 0), help="本年制发、本年废止、现行有效的件数")
    licences: Count = item("行政许可", default=0, help="本年处理决定数量")
    penalties: Count = item("行政处罚", default=0, help="本年处理决定数量")
    coercions: Count = item("行政强制", default=0, help="本年处理决定数量")
    fees: Number = item("行政事业性收费", default=0.0, help="本年收费金额，单位万元")


class Applications(Declared):
    """Part three: requests received and what became of them; 25 rows of seven columns."""

    new: Figures = item("本年新收", default=_NONE, help=_HELP)
    carried_in: Figures = item("上年结转", default=_NONE, help=_HELP)
    granted: Figures = item("予以公开", default=_NONE)
    partly: Figures = item("部分公开", default=_NONE)
    secret: Figures = item("国家秘密", default=_NONE)
    forbidden: Figures = item("法律禁止", default=_NONE)
    dangerous: Figures = item("危及三安全一稳定", default=_NONE)
    third_party: Figures = item("保护第三方", default=_NONE)
    internal: Figures = item("内部事务信息", default=_NONE)
    process: Figures = item("过程性信息", default=_NONE)
    case_file: Figures = item("行政执法案卷", default=_NONE)
    inquiry: Figures = item("行政查询事项", default=_NONE)
    not_held: Figures = item("不掌握", default=_NONE)
    to_be_made: Figures = item("需要另行制作", default=_NONE)
    unclear: Figures = item("补正后仍不明确", default=_NONE)
    complaint: Figures = item("信访举报投诉", default=_NONE)
    repeated: Figures = item("重复申请", default=_NONE)
    publication: Figures = item("公开出版物", default=_NONE)
    frequent: Figures = item("大量反复申请", default=_NONE)
    confirmation: Figures = item("确认或重新出具", default=_NONE)
    not_completed: Figures = item("逾期不补正", default=_NONE)
    not_paid: Figures = item("逾期不缴费", default=_NONE)
    other: Figures = item("其他处理", default=_NONE)
    handled: Figures = item("办理结果总计", default=_NONE)
    carried_out: Figures = item("结转下年度", default=_NONE)


class Disputes(Declared):
    """Part four: reconsideration and litigation; three times five figures."""

    reconsideration: Figures = item(
        "行政复议", default=(0,) * 5, help="结果维持、结果纠正、其他结果、尚未审结、总计"
    )
    direct: Figures = item("未经复议直接起诉", default=(0,) * 5, help="同上")
    after: Figures = item("复议后起诉", default=(0,) * 5, help="同上")


RESULTS: Final = tuple(
    name for name in Applications.model_fields if name not in ("new", "carried_in", "handled", "carried_out")
)

ROWS: Final[tuple[tuple[str, str, str], ...]] = (
    ("new", "", "一、本年新收政府信息公开申请数量"),
    ("carried_in", "", "二、上年结转政府信息公开申请数量"),
    ("granted", "", "（一）予以公开"),
    ("partly", "", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"),
    ("secret", "（三）不予公开", "1.属于国家秘密"),
    ("forbidden", "（三）不予公开", "2.其他法律行政法规禁止公开"),
    ("dangerous", "（三）不予公开", "3.危及“三安全一稳定”"),
    ("third_party", "（三）不予公开", "4.保护第三方合法权益"),
    ("internal", "（三）不予公开", "5.属于三类内部事务信息"),
    ("process", "（三）不予公开", "6.属于四类过程性信息"),
    ("case_file", "（三）不予公开", "7.属于行政执法案卷"),
    ("inquiry", "（三）不予公开", "8.属于行政查询事项"),
    ("not_held", "（四）无法提供", "1.本机关不掌握相关政府信息"),
    ("to_be_made", "（四）无法提供", "2.没有现成信息需要另行制作"),
    ("unclear", "（四）无法提供", "3.补正后申请内容仍不明确"),
    ("complaint", "（五）不予处理", "1.信访举报投诉类申请"),
    ("repeated", "（五）不予处理", "2.重复申请"),
    ("publication", "（五）不予处理", "3.要求提供公开出版物"),
    ("frequent", "（五）不予处理", "4.无正当理由大量反复申请"),
    ("confirmation", "（五）不予处理", "5.要求行政机关确认或重新出具已获取信息"),
    ("not_completed", "（六）其他处理", "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"),
    (
        "not_paid",
        "（六）其他处理",
        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
    ),
    ("other", "（六）其他处理", "3.其他"),
    ("handled", "", "（七）总计"),
    ("carried_out", "", "四、结转下年度继续办理"),
)
"""Field, group and official words of every row of table two."""


def figures(data: Mapping[str, Any], name: str, length: int = len(APPLICANTS)) -> Sequence[int]:
    """Return a row of a table; a row left out is all zeros."""
    return data.get(name) or (0,) * length


class AnnualReport(Published):
    """An annual report on open government information."""

    year: Count = item("年度", help="报告的年份", example="2025", table=True)
    issuer: Lines = item(
        "发布机构", example="越明市民政局", facet=True, table=True, min_length=1, search=Weight.NORMAL
    )
    bodies: Lines = item("统计机关", default=(), help="制发件数按哪些机关统计；不写则是发布机构自己")
    overview: Overview = item("总体情况")
    disclosed: Disclosed | None = item("主动公开情况", default=None, help="没有数字的不写")
    applications: Applications | None = item("申请办理情况", default=None, help="没有数字的不写")
    disputes: Disputes | None = item("复议诉讼情况", default=None, help="没有数字的不写")
    problems: Prose = item("问题和改进", example="解读形式单一，今年增加图解。")
    others: Prose = item("其他事项", help="含收取信息处理费情况；没有的写明“无”", example="无。")
    attachments: tuple[Attachment, ...] = item("附件", default=())

    def check(self) -> Iterator[Problem]:
        yield from super().check()
        wrong = [*self._lengths()]
        yield from wrong
        if not wrong:
            yield from self._balances()
            yield from self._dispute_totals()

    def _lengths(self) -> Iterator[Problem]:
        wanted = (
            ("disclosed", self.disclosed or Disclosed(), ("rules", "normative"), MADE),
            (
                "applications",
                self.applications or Applications(),
                tuple(Applications.model_fields),
                APPLICANTS,
            ),
            ("disputes", self.disputes or Disputes(), tuple(Disputes.model_fields), OUTCOMES),
        )
        for part, model, names, columns in wanted:
            for name in names:
                count = len(getattr(model, name))
                if count != len(columns):
                    label = type(model).model_fields[name].title
                    yield Problem(
                        f"{part}.{name}",
                        "report-columns",
                        f"“{label}”有 {count} 个数，应当有 {len(columns)} 个",
                        "依次写" + "、".join(columns),
                    )

    def _balances(self) -> Iterator[Problem]:
        table = self.applications or Applications()
        for index, column in enumerate(APPLICANTS):
            value = {name: getattr(table, name)[index] for name, _, _ in ROWS}
            received = value["new"] + value["carried_in"]
            done = value["handled"] + value["carried_out"]
            if received != done:
                yield _unbalanced(
                    "applications.carried_out",
                    f"“{column}”一列不平：本年新收加上年结转是 {received}，"
                    f"办理结果总计加结转下年度是 {done}，相差 {abs(received - done)}",
                )
            total = sum(value[name] for name in RESULTS)
            if total != value["handled"]:
                yield _unbalanced(
                    "applications.handled",
                    f"“{column}”一列不平：各项办理结果合计 {total}，办理结果总计是 {value['handled']}，"
                    f"相差 {abs(total - value['handled'])}",
                )
        for name, _, label in ROWS:
            row = getattr(table, name)
            if sum(row[:-1]) != row[-1]:
                yield _unbalanced(
                    f"applications.{name}",
                    f"“{label}”一行不平：自然人和五类法人合计 {sum(row[:-1])}，“总计”一列是 {row[-1]}，"
                    f"相差 {abs(sum(row[:-1]) - row[-1])}",
                )

    def _dispute_totals(self) -> Iterator[Problem]:
        for name, info in Disputes.model_fields.items():
            row = getattr(self.disputes or Disputes(), name)
            if sum(row[:-1]) != row[-1]:
                yield _unbalanced(
                    f"disputes.{name}",
                    f"“{info.title}”的“总计”不平：前四项合计 {sum(row[:-1])}，总计是 {row[-1]}，"
                    f"相差 {abs(sum(row[:-1]) - row[-1])}",
                )


def _unbalanced(name: str, message: str) -> Problem:
    return Problem(name, "report-unbalanced", message, "核对这一列（行）的数字，勾稽关系见表二左上角的说明")


ANNUAL_REPORT = ContentKind(
    "annual_report",
    "政府信息公开年报",
    AnnualReport,
    url="nianbao/{slug}.html",
    section="zfxxgk-nb",
    issuer="issuer",
    blocks=True,
    purpose="政府信息公开工作年度报告：六个部分和三张表，数字自动核对",
    body="optional",
    sample_body="",
)
