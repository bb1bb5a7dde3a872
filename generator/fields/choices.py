"""Closed sets whose values are the official words."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Final

from pydantic import WithJsonSchema

from generator.diagnostics import did_you_mean
from generator.fields.declaration import FormatError, validator_of


class Label(StrEnum):
    """Base of closed sets whose values are the official Chinese words."""


class Validity(Label):
    """Validity (有效性) of a document."""

    NOT_YET_IN_FORCE = "尚未施行"
    IN_FORCE = "现行有效"
    AMENDED = "已修改"
    REPEALED = "废止"
    LAPSED = "失效"

    @property
    def slug(self) -> str:
        return {"尚未施行": "swsx", "现行有效": "xxyx", "已修改": "yxg", "废止": "fz", "失效": "sx"}[
            self.value
        ]

    @property
    def is_over(self) -> bool:
        """Whether the text no longer has force."""
        return self in (Validity.REPEALED, Validity.LAPSED)


def _validity(text: str) -> Validity:
    aliases = {
        "有效": Validity.IN_FORCE,
        "已废止": Validity.REPEALED,
        "已失效": Validity.LAPSED,
        "部分失效": Validity.AMENDED,
    }
    if text in aliases:
        return aliases[text]
    try:
        return Validity(text)
    except ValueError:
        words = [member.value for member in Validity]
        near = did_you_mean(text, words)
        raise FormatError("bad-choice", f"有效性中没有“{text}”", f"{near}可选：{'、'.join(words)}") from None


ValidityText = Annotated[
    Validity,
    validator_of(_validity),
    WithJsonSchema(
        {"enum": [*(member.value for member in Validity), "有效", "已废止", "已失效", "部分失效"]}
    ),
]


class OpennessArea(Label):
    """The five areas of openness (五公开), in their official order."""

    DECISION = "决策公开"
    IMPLEMENTATION = "执行公开"
    ADMINISTRATION = "管理公开"
    SERVICE = "服务公开"
    RESULT = "结果公开"

    @property
    def slug(self) -> str:
        return {
            "决策公开": "jcgk",
            "执行公开": "zxgk",
            "管理公开": "glgk",
            "服务公开": "fwgk",
            "结果公开": "jggk",
        }[self.value]

    @property
    def mark(self) -> str:
        """The character that stands for the area beside its name."""
        return self.value[0]


class Disclosure(Label):
    """How a document may be disclosed (公开方式)."""

    PROACTIVE = "主动公开"
    ON_REQUEST = "依申请公开"
    WITHHELD = "不予公开"


GENRES: Final = (
    "决议",
    "决定",
    "命令",
    "令",
    "公报",
    "公告",
    "通告",
    "意见",
    "通知",
    "通报",
    "报告",
    "请示",
    "批复",
    "议案",
    "函",
    "纪要",
)
"""The genres (文种) of official documents, 《党政机关公文处理工作条例》 2012; 命令（令） in both spellings."""
