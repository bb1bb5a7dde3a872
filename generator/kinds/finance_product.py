"""Loans and guarantees for enterprises (金融产品目录), after 雁塔's credit platform (domain/05, S-93)."""

from __future__ import annotations

from collections.abc import Iterator

from generator.diagnostics import Problem
from generator.fields import Count, Day, Label, Line, Number, Phone, Slug, WebAddress, Weight, item
from generator.kinds.records import Record, RecordKind


class Security(Label):
    """What secures a loan (担保方式)."""

    CREDIT = "信用"
    GUARANTEE = "保证"
    MORTGAGE = "抵押"
    PLEDGE = "质押"


class FinanceProduct(Record):
    """A financial product that enterprises may apply for at a bank; nothing can be applied for here."""

    code: Slug = item("编号", example="ymkd")
    name: Line = item("产品名称", example="越明快贷", search=Weight.STRONG)
    institution: Line = item("金融机构", example="越明示例银行", search=Weight.NORMAL)
    security: Security = item("担保方式", help="信用、保证、抵押、质押", example="信用", facet=True)
    limit: Number = item("最高额度（万元）", example="300")
    rate: Number = item("年利率起（%）", example="3.45")
    term: Count = item("最长期限（月）", example="36")
    condition: Line = item("申请条件", example="经营满 2 年、纳税信用 B 级以上", search=Weight.NORMAL)
    valid_on: Day = item("核验日期", help="额度、利率以金融机构当日公布为准", example="2026-11-01")
    phone: Phone = item("咨询电话", example="0575-00000000")
    url: WebAddress | None = item("申请网址", default=None)

    def check(self) -> Iterator[Problem]:
        if not 0 < self.rate < 36:
            yield Problem(
                "rate", "bad-percentage", f"年利率 {self.rate:g}% 不合常理", "写成百分数，例如 3.45"
            )


FINANCE_PRODUCT = RecordKind(
    "finance_product",
    "金融产品目录",
    FinanceProduct,
    section="jrcp",
    title="name",
    key="code",
    detail=True,
    columns=("name", "institution", "security", "limit", "rate", "term"),
    purpose="企业贷款、担保产品的额度、利率和条件；申请到金融机构",
)
