"""Double publicity (双公示): administrative licences and penalties, as tables of records.

Columns follow 发改办财金〔2018〕424号 (domain/06, 6.1); certificate numbers of natural persons are never columns here.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.diagnostics import Problem, Severity
from generator.fields import CreditCode, Day, Label, Line, Number, Weight, item
from generator.kinds.records import Record, RecordKind


class PartyClass(Label):
    """Class of the party concerned (行政相对人类别)."""

    BODY = "法人及非法人组织"
    PERSON = "自然人"
    SOLE = "个体工商户"


class Decision(Record):
    """What licences and penalties have in common."""

    party: Line = item(
        "行政相对人名称",
        help="自然人姓名只留姓，例如 张*",
        example="越明示例商贸有限公司",
        search=Weight.STRONG,
    )
    party_class: PartyClass = item("行政相对人类别", example="法人及非法人组织", facet=True)
    credit_code: CreditCode | None = item(
        "行政相对人代码_1（统一社会信用代码）", default=None, search=Weight.EXACT
    )

    def check(self) -> Iterator[Problem]:
        if self.party_class is PartyClass.PERSON:
            if "*" not in self.party and "＊" not in self.party and "某" not in self.party:
                yield Problem("party", "person-name", "自然人姓名没有去标识化", "只留姓，例如 张*")
        elif self.party_class is PartyClass.BODY and self.credit_code is None:
            yield Problem(
                "credit_code", "missing-key", "法人没有写统一社会信用代码", "补写 18 位代码", Severity.WARNING
            )


class Licence(Decision):
    """An administrative licence (行政许可)."""

    document: Line = item("行政许可决定文书名称", example="准予行政许可决定书", search=Weight.NORMAL)
    number: Line = item("行政许可决定文书号", example="越市监许〔2026〕1号", search=Weight.EXACT)
    licence_class: Line = item(
        "许可类别", help="普通、特许、认可、核准、登记、其他", example="普通", facet=True
    )
    content: Line = item("许可内容", example="食品经营许可", search=Weight.NORMAL)
    decided_on: Day = item("许可决定日期", example="2026-10-12", sort=True)
    valid_from: Day | None = item("有效期自", default=None)
    valid_until: Day | None = item("有效期至", default=None)
    authority: Line = item("许可机关", example="越明市市场监督管理局", facet=True)
    note: Line | None = item("备注", default=None)

    def check(self) -> Iterator[Problem]:
        yield from super().check()
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            yield Problem("valid_until", "date-order", "有效期至早于有效期自", "核对两个日期")


class Penalty(Decision):
    """An administrative penalty (行政处罚); a row is taken down when its publication ends."""

    number: Line = item("行政处罚决定书文号", example="越市监罚〔2026〕1号", search=Weight.EXACT)
    offence: Line = item("违法行为类型", example="未按规定公示价格", search=Weight.NORMAL)
    facts: Line = item("违法事实", example="经营场所未明码标价。", search=Weight.NORMAL)
    basis: Line = item("处罚依据", example="《中华人民共和国价格法》第四十二条")
    penalty_class: Line = item("处罚类别", example="罚款", facet=True)
    content: Line = item("处罚内容", example="罚款 500 元")
    fine: Number | None = item("罚款金额（万元）", default=None)
    decided_on: Day = item("处罚决定日期", example="2026-10-12", sort=True)
    public_until: Day | None = item("公示截止期", default=None, help="过后自动下线")
    authority: Line = item("处罚机关", example="越明市市场监督管理局", facet=True)
    note: Line | None = item("备注", default=None)


LICENCE = RecordKind(
    "licence",
    "行政许可公示",
    Licence,
    section="xzxk",
    issuer="authority",
    title="party",
    key="number",
    date="decided_on",
    columns=("party", "number", "content", "decided_on", "authority"),
    purpose="行政许可决定，7 个工作日内公示",
)
PENALTY = RecordKind(
    "penalty",
    "行政处罚公示",
    Penalty,
    section="xzcf",
    issuer="authority",
    title="party",
    key="number",
    date="decided_on",
    until="public_until",
    columns=("party", "number", "offence", "decided_on", "authority"),
    purpose="行政处罚决定，7 个工作日内公示，到期自动下线",
)
