"""Index numbers (索引号) and unified social credit codes (统一社会信用代码)."""

from __future__ import annotations

import re
from typing import Annotated, Any, Final

import msgspec
from pydantic import BeforeValidator, ValidationInfo, WithJsonSchema
from pydantic_core import PydanticCustomError

from generator.check_digits import CODE_ALPHABET, is_credit_code
from generator.fields.declaration import FormatError, validator_of, warn

WIDE_DIGITS: Final = str.maketrans("０１２３４５６７８９", "0123456789")

_INDEX: Final = re.compile(
    rf"(?P<agency>\d{{9}}|[{CODE_ALPHABET}]{{18}})/(?P<year>(?:19|20)\d{{2}})-(?P<serial>\d{{5,6}})",
    re.ASCII,
)


def _credit_code(text: str) -> str:
    if not is_credit_code(text):
        raise FormatError("bad-credit-code", f"统一社会信用代码“{text}”不对", "核对 18 位代码，末位是校验位")
    return text


CreditCode = Annotated[
    str, validator_of(_credit_code), WithJsonSchema({"type": "string", "minLength": 18, "maxLength": 18})
]


class IndexNumber(msgspec.Struct, frozen=True, order=True):
    """An index number (索引号): agency code, year and serial, as in 000014349/2017-00110."""

    agency: str
    year: int
    serial: str

    def __str__(self) -> str:
        return f"{self.agency}/{self.year}-{self.serial}"

    @classmethod
    def parse(cls, text: str) -> IndexNumber:
        """Read an index number of the national (9 digits) or local (18 characters) form.

        Raises:
            FormatError: If the form differs.
        """
        squeezed = re.sub(r"[\s　]+", "", text).translate(WIDE_DIGITS).replace("／", "/").replace("－", "-")
        match = _INDEX.fullmatch(squeezed)
        if not match:
            raise FormatError(
                "bad-index-number",
                f"索引号“{text}”格式不符",
                "写成“机构代码/年份-流水号”，例如 000014349/2017-00110，流水号 5 或 6 位",
            )
        return cls(match["agency"], int(match["year"]), match["serial"])


def _index_number(value: Any, info: ValidationInfo) -> str:
    if not isinstance(value, str):
        raise PydanticCustomError("wrong-type", "应当是一行文字")
    try:
        number = IndexNumber.parse(value.strip())
    except FormatError as error:
        raise PydanticCustomError(
            "bad-index-number", "{text}", {"text": error.message, "hint": error.hint}
        ) from None
    if len(number.agency) == 18 and not is_credit_code(number.agency):
        warn(
            info,
            "index-number-check",
            f"索引号“{number}”前 18 位不是有效的统一社会信用代码",
            "核对发布机构的统一社会信用代码",
        )
    return str(number)


IndexNumberText = Annotated[
    str, BeforeValidator(_index_number), WithJsonSchema({"type": "string", "minLength": 16})
]
