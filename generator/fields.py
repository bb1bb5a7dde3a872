"""Domain types of front matter, and `item()`, which declares a field once.

A field's type brings its behaviour: how text is read, which Chinese sentence explains a mistake, and how a
JSON Schema for editors describes it. Front matter reaches these types as text, because YAML decides nothing.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from enum import Enum, StrEnum
from typing import Annotated, Any, Final, get_args, get_origin
from urllib.parse import urlsplit

import msgspec
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    WithJsonSchema,
)
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError

from generator.diagnostics import did_you_mean

# --- declaration -----------------------------------------------------------------------------------


class Weight(Enum):
    """How much a match in a field tells about a document; the search package turns it into numbers."""

    EXACT = "exact"
    STRONG = "strong"
    NORMAL = "normal"


@dataclass(frozen=True)
class Item:
    """What is declared about a field beside its type.

    Attributes:
        label: The official Chinese term: the front matter key, the label in tables, the schema's title.
        help: One sentence for editors.
        example: A value that validates; `yangguang new` writes it for required fields.
        search: Weight in the search records, if the field is searched.
        facet: Whether listings can be narrowed by it.
        sort: Whether listings can be ordered by it.
        table: Whether the metadata table of the page shows it.
    """

    label: str
    help: str = ""
    example: Any = None
    search: Weight | None = None
    facet: bool = False
    sort: bool = False
    table: bool = False


def item(
    label: str,
    *,
    default: Any = ...,
    help: str = "",
    example: Any = None,
    search: Weight | None = None,
    facet: bool = False,
    sort: bool = False,
    table: bool = False,
    **constraints: Any,
) -> Any:
    """Declare a field of a content kind: its Chinese label and all that is derived from it.

    The result is a pydantic `Field`; ``constraints`` (``min_length`` and the like) go to it unchanged.
    """
    declared = Item(label, help, example, search, facet, sort, table)
    return Field(
        default,
        title=label,
        description=help or None,
        json_schema_extra={"x-item": declared.__dict__ | {}},
        **constraints,
    )


def item_of(field: FieldInfo) -> Item:
    """Return what `item` declared for a model field."""
    extra = field.json_schema_extra
    assert isinstance(extra, dict), "declare fields of content kinds with item()"
    return Item(**extra["x-item"])  # type: ignore[arg-type]


class Declared(BaseModel):
    """Base of all models whose fields are declared with `item`: frozen, and closed to unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class FormatError(ValueError):
    """A text does not have the form its type asks for."""

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(code, message, hint)
        self.code = code
        self.message = message
        self.hint = hint


def validator_of(parse: Callable[[str], Any]) -> BeforeValidator:
    """Wrap a parser of text, so that its `FormatError` reaches `messages.py` with code and hint."""

    def validate(value: Any) -> Any:
        if not isinstance(value, str):
            raise PydanticCustomError("wrong-type", "应当是一行文字")
        try:
            return parse(value.strip())
        except FormatError as error:
            # Braces would be read as placeholders of pydantic's message templates.
            raise PydanticCustomError(
                error.code,
                "{text}",
                {"text": error.message, "hint": error.hint},
            ) from None

    return BeforeValidator(validate)


def warn(info: ValidationInfo, code: str, message: str, hint: str) -> None:
    """Report a problem that does not stop validation; `validate.py` provides the list."""
    if info.context is not None:
        info.context["warnings"].append((info.field_name or "", code, message, hint))


# --- plain text ------------------------------------------------------------------------------------

CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff]")


def _line(text: str) -> str:
    if not text:
        raise FormatError("empty-value", "不能为空", "写上内容，或删去这一项")
    if "\n" in text:
        text = " ".join(text.split("\n"))
    if CONTROL.search(text):
        raise FormatError("control-character", "含有看不见的控制字符", "删去后重新输入这一行文字")
    return text


def _prose(text: str) -> str:
    if not text:
        raise FormatError("empty-value", "不能为空", "写上内容，或删去这一项")
    if CONTROL.search(text):
        raise FormatError("control-character", "含有看不见的控制字符", "删去后重新输入")
    return text


Line = Annotated[str, validator_of(_line), WithJsonSchema({"type": ["string", "number"], "minLength": 1})]
"""One line of text, not empty."""

Prose = Annotated[str, validator_of(_prose), WithJsonSchema({"type": ["string", "number"], "minLength": 1})]
"""Text that may have several lines; paragraphs are separated by line breaks."""

SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def _slug(text: str) -> str:
    if not SLUG.fullmatch(text):
        raise FormatError(
            "bad-slug",
            f"“{text}”不能用作网址的一段",
            "只用小写英文字母、数字和连字符，例如 zcwj 或 szbf-2021-3",
        )
    return text


Slug = Annotated[str, validator_of(_slug), WithJsonSchema({"type": "string", "pattern": f"^{SLUG.pattern}$"})]


def _reference(text: str) -> str:
    return _line(text)


Reference = Annotated[str, validator_of(_reference), WithJsonSchema({"type": "string", "minLength": 1})]
"""Names another document: its id (``policy/szbf-2021-3``), 文号, 索引号, title or slug."""


def _web_address(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https", "tel", "mailto") or not (parts.netloc or parts.path):
        raise FormatError("bad-address", f"“{text}”不是完整的网址", "写全网址，例如 https://www.gov.cn/")
    return text


WebAddress = Annotated[
    str, validator_of(_web_address), WithJsonSchema({"type": "string", "pattern": "^(https?|tel|mailto):"})
]


def _site_path(text: str) -> str:
    cleaned = text.lstrip("/")
    if (
        not cleaned
        or "\\" in cleaned
        or ".." in cleaned.split("/")
        or not re.fullmatch(r"[\w./~%-]+", cleaned, re.ASCII)
    ):
        raise FormatError(
            "bad-alias", f"旧网址“{text}”不能使用", "写网址中域名之后的部分，例如 /art/2021/3/1/art_1.html"
        )
    return cleaned


SitePath = Annotated[str, validator_of(_site_path), WithJsonSchema({"type": "string", "minLength": 1})]
"""An address inside the site, without the leading slash."""


def _file_name(text: str) -> str:
    if text.startswith(("/", "\\")) or ":" in text:
        raise FormatError("bad-path", f"“{text}”不是相对路径", "把文件放在本文件旁边，只写文件名")
    return text


FileName = Annotated[str, validator_of(_file_name), WithJsonSchema({"type": "string", "minLength": 1})]
"""A file beside the document, as a relative path."""

# --- yes and no, numbers ---------------------------------------------------------------------------

YES: Final = frozenset({"是", "true", "True", "yes", "Yes"})
_NO: Final = frozenset({"否", "false", "False", "no", "No"})


def _yes_no(text: str) -> bool:
    if text in YES:
        return True
    if text in _NO:
        return False
    raise FormatError("bad-yes-no", f"“{text}”应当是“是”或“否”", "改为 是 或 否")


YesNo = Annotated[
    bool,
    validator_of(_yes_no),
    WithJsonSchema({"enum": ["是", "否", True, False, "yes", "no", "Yes", "No", "True", "False"]}),
]


def _number(text: str) -> float:
    try:
        value = float(text.replace(",", "").replace("，", ""))
    except ValueError:
        raise FormatError(
            "bad-number", f"“{text}”不是数字", "只写数字，单位写到“单位”一项，例如 6.2"
        ) from None
    if value != value or value in (float("inf"), float("-inf")):
        raise FormatError("bad-number", f"“{text}”不是数字", "只写数字")
    return value


Number = Annotated[float, validator_of(_number), WithJsonSchema({"type": ["number", "string"]})]


def _count(text: str) -> int:
    if not re.fullmatch(r"\d{1,9}", text):
        raise FormatError("bad-number", f"“{text}”不是整数", "只写阿拉伯数字，例如 12")
    return int(text)


Count = Annotated[int, validator_of(_count), WithJsonSchema({"type": ["integer", "string"]})]
"""A number of things: zero or more."""

# --- dates -----------------------------------------------------------------------------------------

_DATE: Final = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_TIME: Final = re.compile(r"(\d{1,2})\s*[:：时]\s*(\d{2})(?:\s*[:：分]\s*\d{2}\s*秒?|分)?")


def parse_date(text: str) -> date:
    """Read a date such as 2026-03-08; 2026/3/8 and 2026年3月8日 are read as well.

    Raises:
        FormatError: If the text is no date or the day does not exist.
    """
    match = _DATE.fullmatch(text)
    if not match:
        raise FormatError("bad-date", f"“{text}”不是日期", "按 YYYY-MM-DD 填写，例如 2026-03-08")
    year, month, day = (int(part) for part in match.groups())
    try:
        return date(year, month, day)
    except ValueError:
        raise FormatError("bad-date", f"“{text}”不是有效日期", _why_no_such_day(year, month)) from None


def day_words(day: str) -> str:
    """Return an ISO day as it is written in Chinese: 2026年3月8日, without leading zeros (GB/T 9704)."""
    return f"{int(day[:4])}年{int(day[5:7])}月{int(day[8:10])}日"


def _why_no_such_day(year: int, month: int) -> str:
    if not 1 <= month <= 12:
        return "月份应在 1 到 12 之间，按 YYYY-MM-DD 填写"
    if not 1 <= year <= 9999:
        return "年份应为四位数字，按 YYYY-MM-DD 填写"
    return f"{year} 年 {month} 月只有 {monthrange(year, month)[1]} 天，按 YYYY-MM-DD 填写"


DATE_SCHEMA: Final = {"type": "string", "pattern": r"^\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?$"}
Day = Annotated[date, validator_of(parse_date), WithJsonSchema(DATE_SCHEMA)]


def parse_minute(text: str) -> tuple[datetime, bool]:
    """Read a time to the minute, Asia/Shanghai, and say whether the text had a time of day at all.

    W-05 asks for ``YYYY-MM-DD HH:MM``; seconds and slashes occur in real exports and are read too.
    """
    match = _DATE.match(text)
    if not match:
        raise FormatError(
            "bad-time", f"“{text}”不是发布时间", "按 YYYY-MM-DD HH:MM 填写，例如 2026-03-08 09:15"
        )
    day = parse_date(match.group().strip())
    rest = text[match.end() :].strip(" T　")
    if not rest:
        return datetime(day.year, day.month, day.day), False
    clock = _TIME.fullmatch(rest)
    if not clock or int(clock[1]) > 23 or int(clock[2]) > 59:
        raise FormatError(
            "bad-time", f"“{text}”的时刻不对", "按 YYYY-MM-DD HH:MM 填写，例如 2026-03-08 09:15"
        )
    return datetime(day.year, day.month, day.day, int(clock[1]), int(clock[2])), True


def _minute(value: Any, info: ValidationInfo) -> datetime:
    if not isinstance(value, str):
        raise PydanticCustomError("wrong-type", "应当是一行文字")
    try:
        moment, has_time = parse_minute(value.strip())
    except FormatError as error:
        raise PydanticCustomError(
            error.code,
            "{text}",
            {"text": error.message, "hint": error.hint},
        ) from None
    if not has_time:
        warn(
            info,
            "missing-time",
            f"发布时间“{value.strip()}”没有写到分钟，暂按 00:00 处理",
            "补上时刻，例如 2026-03-08 09:15",
        )
    return moment


Minute = Annotated[
    datetime,
    BeforeValidator(_minute),
    WithJsonSchema({"type": "string", "pattern": DATE_SCHEMA["pattern"].rstrip("$") + r"([ T　].*)?$"}),
]
"""A time to the minute in Asia/Shanghai, kept without a zone."""


def _month(text: str) -> str:
    match = re.fullmatch(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?", text)
    if not match or not 1 <= int(match[2]) <= 12:
        raise FormatError("bad-month", f"“{text}”不是月份", "按 YYYY-MM 填写，例如 2026-03")
    return f"{match[1]}-{int(match[2]):02d}"


Month = Annotated[
    str,
    validator_of(_month),
    WithJsonSchema({"type": "string", "pattern": r"^\d{4}\s*[-/.年]\s*\d{1,2}\s*月?$"}),
]

# --- document numbers ------------------------------------------------------------------------------

_WIDE_DIGITS: Final = str.maketrans("０１２３４５６７８９", "0123456789")
_BRACKETS: Final = str.maketrans({"［": "〔", "[": "〔", "【": "〔", "(": "〔", "（": "〔", "｛": "〔", "{": "〔", "〈": "〔",
                                  "］": "〕", "]": "〕", "】": "〕", ")": "〕", "）": "〕", "｝": "〕", "}": "〕", "〉": "〕"})  # fmt: skip
_NUMBER: Final = re.compile(
    r"(?P<agency>[^\d〔〕\s《》“”，。；、]{1,24}?)〔(?P<year>(?:19|20)\d{2})〕(?P<serial>[1-9]\d{0,4})号"
)
_LENIENT: Final = re.compile(
    r"(?P<agency>[^\d〔〕《》“”，。；]{1,24}?)[〔]*(?P<year>(?:19|20)\d{2}|\d{2})年?[〕]*第?(?P<serial>\d{1,5})号?"
)
_ORDER: Final = re.compile(
    r"(?P<agency>[^\d〔〕\s《》“”，。；]{0,40}?)(?P<form>令|公告|通告|决定|公报|布告)"
    r"(?:〔(?P<bracketed>(?:19|20)\d{2})〕)?(?:(?P<year>(?:19|20)\d{2})年)?第?(?P<serial>[1-9]\d{0,4})号"
)
_YEAR_FIRST: Final = re.compile(
    r"(?P<agency>[^\d〔〕\s《》“”，。；]{0,40}?)(?P<year>(?:19|20)\d{2})年(?P<ordinal>第?)(?P<serial>[1-9]\d{0,4})号(?P<form>令|公告|通告|决定)?"
)
_CODE_ENDS: Final = ("发", "函", "办", "字", "规", "通")
"""How codes of agencies (机关代字) end; 国办发2019年第5号 is a misspelt number, not an announcement."""
_CHINESE_DIGITS: Final = {char: value for value, char in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "○": 0,
    "两": 2,
}
_CHINESE_SERIAL: Final = re.compile(r"第([〇○零一二三四五六七八九十百千]{1,9})号")


def _chinese_number(text: str) -> int:
    if not any(unit in text for unit in "十百千"):
        return int("".join(str(_CHINESE_DIGITS[char]) for char in text))
    total = current = 0
    for char in text:
        if char in "十百千":
            total += (current or 1) * {"十": 10, "百": 100, "千": 1000}[char]
            current = 0
        else:
            current = _CHINESE_DIGITS[char]
    return total + current


class DocumentNumber(msgspec.Struct, frozen=True, order=True):
    """A document number (发文字号), or the number of an order (令) or announcement (公告).

    Attributes:
        agency: 机关代字 such as 国办发, or the agency's name before 令; may be empty for 公告.
        year: Four digits; 0 where an order carries none.
        serial: Without leading zeros.
        form: Empty for 发文字号, else 令, 公告, 通告 …
    """

    agency: str
    year: int
    serial: int
    form: str = ""

    def __str__(self) -> str:
        if not self.form:
            return f"{self.agency}〔{self.year}〕{self.serial}号"
        year = f"{self.year}年" if self.year else ""
        return f"{self.agency}{self.form}{year}第{self.serial}号"

    @classmethod
    def parse(cls, text: str) -> DocumentNumber:
        """Read a document number such as 国办发〔2019〕5号, 越明市人民政府令第12号 or 公告2026年第3号.

        The form is that of GB/T 9704-2012, 7.2.5: agency code, four-digit year in 〔〕, serial without
        leading zeros and without 第. Spaces, full-width digits are forgiven; brackets of another kind are not.

        Raises:
            FormatError: If a part is missing or wrong; ``hint`` proposes the repair.
        """
        squeezed = re.sub(r"[\s　\u200b\ufeff]+", "", text).translate(_WIDE_DIGITS)
        match = _NUMBER.fullmatch(squeezed)
        if match:
            return cls(match["agency"], int(match["year"]), int(match["serial"]))
        order = cls._parse_order(squeezed)
        if order:
            return order
        repaired = cls.repair(text)
        hint = (
            f"改为：{repaired}"
            if repaired
            else "写成“机关代字〔年份〕序号号”，例如 越政办发〔2026〕3号；令写成“越明市人民政府令第3号”"
        )
        if repaired and not repaired.form and squeezed.translate(_BRACKETS) == str(repaired):
            hint = f"改用六角括号：{repaired}"
        raise FormatError("bad-document-number", f"发文字号“{text}”格式不符", hint)

    @classmethod
    def _parse_order(cls, squeezed: str) -> DocumentNumber | None:
        plain = _CHINESE_SERIAL.sub(lambda m: f"第{_chinese_number(m[1])}号", squeezed)
        order = _ORDER.fullmatch(plain)
        if order:
            return cls(
                order["agency"],
                int(order["year"] or order["bracketed"] or 0),
                int(order["serial"]),
                order["form"],
            )
        order = _YEAR_FIRST.fullmatch(plain)
        if order and (order["form"] or (order["ordinal"] and not order["agency"].endswith(_CODE_ENDS))):
            return cls(order["agency"], int(order["year"]), int(order["serial"]), order["form"] or "公告")
        return None

    @classmethod
    def repair(cls, text: str) -> DocumentNumber | None:
        """Return the number that a messy spelling most likely means, or None.

        Used by the importer on old documents: other brackets, a missing 号, 第 before the serial, leading zeros.
        """
        squeezed = re.sub(r"[\s　\u200b\ufeff]+", "", text).translate(_WIDE_DIGITS).translate(_BRACKETS)
        order = cls._parse_order(squeezed)
        if order:
            return order
        match = _LENIENT.fullmatch(squeezed)
        if not match or not int(match["serial"]):
            return None
        year = int(match["year"])
        if year < 100:
            year += 1900 if year > 49 else 2000
        agency = match["agency"].strip("〔〕")
        return cls(agency, year, int(match["serial"])) if agency else None


DocumentNumberText = Annotated[
    str,
    validator_of(lambda text: str(DocumentNumber.parse(text))),
    WithJsonSchema({"type": "string", "minLength": 3}),
]
"""A document number, in its one canonical spelling."""

USCC_ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_WEIGHTS: Final = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_INDEX: Final = re.compile(
    rf"(?P<agency>\d{{9}}|[{USCC_ALPHABET}]{{18}})/(?P<year>(?:19|20)\d{{2}})-(?P<serial>\d{{5,6}})",
    re.ASCII,
)


def is_credit_code(text: str) -> bool:
    """Whether the text is a unified social credit code (统一社会信用代码) with a right check character (GB 32100)."""
    if len(text) != 18 or any(char not in USCC_ALPHABET for char in text):
        return False
    total = sum(
        USCC_ALPHABET.index(char) * weight for char, weight in zip(text[:17], _USCC_WEIGHTS, strict=True)
    )
    return USCC_ALPHABET[(31 - total % 31) % 31] == text[17]


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
        squeezed = re.sub(r"[\s　]+", "", text).translate(_WIDE_DIGITS).replace("／", "/").replace("－", "-")
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

# --- subjects (公文主题分类) -----------------------------------------------------------------------

SUBJECTS: Final[dict[str, tuple[str, tuple[str, ...]]]] = {
    "国务院组织机构": ("zzjg", ("国务院", "国务院办公厅", "国务院组成部门", "国务院直属特设机构", "国务院直属机构", "国务院办事机构", "国务院直属事业单位", "国务院部委管理的国家局", "国务院议事协调机构", "其他")),
    "综合政务": ("zhzw", ("政务公开", "政务督查", "应急管理", "电子政务", "文秘工作", "保密工作", "信访", "参事、文史", "其他")),
    "国民经济管理、国有资产监管": ("gmjj", ("宏观经济", "经济体制改革", "统计", "物价", "国有资产监管", "重大建设项目", "其他")),
    "财政、金融、审计": ("czjr", ("财政", "税务", "银行", "货币（含外汇）", "证券", "保险", "社会信用体系建设", "审计", "其他")),
    "国土资源、能源": ("gtny", ("土地", "矿产", "水资源", "海洋", "煤炭", "石油与天然气", "电力", "其他")),
    "农业、林业、水利": ("nlsl", ("农业、畜牧业、渔业", "林业", "水利", "其他")),
    "工业、交通": ("gyjt", ("机械制造与重工业", "轻工纺织", "化工", "国防工业", "航天、航空", "信息产业（含电信）", "公路", "水运", "铁路", "民航", "邮政", "其他")),
    "商贸、海关、旅游": ("smhg", ("对外经贸合作", "国内贸易（含供销）", "海关", "检验、检疫", "旅游", "其他")),
    "市场监管、安全生产监管": ("scjg", ("工商", "质量监督", "标准", "食品药品监管", "安全生产监管", "其他")),
    "城乡建设、环境保护": ("cxjs", ("城市规划", "城乡建设（含住房）", "环境监测、保护与治理", "节能与资源综合利用", "气象、水文、测绘、地震", "其他")),
    "科技、教育": ("kjjy", ("科技", "教育", "知识产权", "其他")),
    "文化、广电、新闻出版": ("whgd", ("文化", "文物", "新闻出版", "广播、电影、电视", "其他")),
    "卫生、体育": ("wsty", ("卫生", "医药管理", "体育", "其他")),
    "人口与计划生育、妇女儿童工作": ("rkfe", ("人口与计划生育", "妇女儿童", "其他")),
    "劳动、人事、监察": ("ldrs", ("劳动就业", "社会保障", "人事工作", "军转安置", "监察", "纠正行业不正之风", "其他")),
    "公安、安全、司法": ("gasf", ("公安", "国家安全", "司法", "其他")),
    "民政、扶贫、救灾": ("mzfp", ("减灾救灾", "优抚安置", "社会福利", "行政区划与地名", "社团管理", "扶贫", "其他")),
    "民族、宗教": ("mzzj", ("民族事务", "宗教事务")),
    "对外事务": ("dwsw", ("外交、外事", "国际条约、国际组织", "其他")),
    "港澳台侨工作": ("gatq", ("港澳工作", "对台工作", "侨务工作")),
    "国防": ("gf", ("国防建设", "国防动员")),
    "其他": ("qt", ()),
}  # fmt: skip
"""First-level class → its slug and second-level classes (domain/03, 3.4: 22 classes of www.gov.cn)."""


class Subject(msgspec.Struct, frozen=True, order=True):
    """A subject (主题分类): first and second level; the second may be empty."""

    first: str
    second: str = ""

    def __str__(self) -> str:
        return f"{self.first}\\{self.second}" if self.second else self.first

    @property
    def slug(self) -> str:
        """The address segment of the first level."""
        return SUBJECTS[self.first][0]

    @classmethod
    def parse(cls, text: str) -> Subject:
        """Read ``综合政务\\政务公开``; ``/`` and ``＞`` are read as separators too, 、 never is.

        Raises:
            FormatError: If a level is not in the official list.
        """
        parts = [part.strip() for part in re.split(r"[\\/＼／>＞]", text) if part.strip()]
        if not parts or len(parts) > 2:
            raise FormatError(
                "bad-subject", f"主题分类“{text}”写法不对", "写成“一级\\二级”，例如 综合政务\\政务公开"
            )
        first, second = parts[0], parts[1] if len(parts) == 2 else ""
        if first not in SUBJECTS:
            owner = next(
                (name for name, (_, seconds) in SUBJECTS.items() if first in seconds and first != "其他"), ""
            )
            near = get_close_matches(first, SUBJECTS, n=1, cutoff=0.4)
            hint = (
                f"写成 {owner}\\{first}"
                if owner
                else (f"您是不是想写“{near[0]}”？" if near else "从公文主题分类 22 个一级类中选")
            )
            raise FormatError("bad-subject", f"主题分类中没有“{first}”这一类", hint)
        if second and second not in SUBJECTS[first][1]:
            near = get_close_matches(second, SUBJECTS[first][1], n=1, cutoff=0.3)
            choices = "、".join(f"“{name}”" for name in SUBJECTS[first][1])
            hint = f"您是不是想写“{near[0]}”？" if near else f"可选：{choices}"
            raise FormatError("bad-subject", f"“{first}”之下没有“{second}”这一类", hint)
        return cls(first, second)


SubjectText = Annotated[
    str,
    validator_of(lambda text: str(Subject.parse(text))),
    WithJsonSchema({"type": "string", "minLength": 1}),
]

# --- closed sets -----------------------------------------------------------------------------------


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

_PHONE: Final = re.compile(
    r"(?:\+?86[- ]?)?(?:0\d{2,3}[- ]?\d{7,8}(?:[-转]\d{1,6})?|1\d{10}|400[- ]?\d{3}[- ]?\d{4}|\d{5}(?:-\d)?|\d{3})"
)


def _phone(text: str) -> str:
    if not _PHONE.fullmatch(text):
        raise FormatError(
            "bad-phone", f"“{text}”不是电话号码", "写成 区号-号码，例如 0575-12345678，或 12345"
        )
    return text


Phone = Annotated[str, validator_of(_phone), WithJsonSchema({"type": ["string", "integer"]})]


def _email(text: str) -> str:
    if not re.fullmatch(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", text, re.ASCII):
        raise FormatError("bad-email", f"“{text}”不是电子邮箱", "例如 zwgk@example.gov.cn")
    return text


Email = Annotated[str, validator_of(_email), WithJsonSchema({"type": "string"})]


def _unique(values: tuple[Any, ...]) -> tuple[Any, ...]:
    seen: list[Any] = []
    for value in values:
        if value in seen:
            raise PydanticCustomError(
                "repeated-value", "{text}", {"text": f"“{value}”写了两次", "hint": "删去多余的一项"}
            )
        seen.append(value)
    return values


def _one_or_many(value: Any) -> Any:
    return [value] if isinstance(value, str | dict) else value


Lines = Annotated[tuple[Line, ...], BeforeValidator(_one_or_many), AfterValidator(_unique)]
References = Annotated[tuple[Reference, ...], BeforeValidator(_one_or_many), AfterValidator(_unique)]
Codes = Annotated[tuple[Line, ...], BeforeValidator(_one_or_many), AfterValidator(_unique)]
"""Slugs of sections or topics; `library.py` checks that they exist, and knows whose title was written instead."""
Slugs = Annotated[tuple[Slug, ...], BeforeValidator(_one_or_many), AfterValidator(_unique)]
SitePaths = Annotated[tuple[SitePath, ...], BeforeValidator(_one_or_many), AfterValidator(_unique)]

# --- keys ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class KeyMap:
    """Front matter keys of a model: label or English name → field name, and the models inside.

    A model whose keys are not fixed (a mapping of free keys) does not occur: kinds are closed. ``examples``
    maps labels to values that fit on the line of their key.
    """

    names: Mapping[str, str]
    nested: Mapping[str, KeyMap]
    labels: Mapping[str, str]
    examples: Mapping[str, str]

    @classmethod
    def of(cls, model: type[Declared]) -> KeyMap:
        """Read the map from a model's declaration."""
        names: dict[str, str] = {}
        nested: dict[str, KeyMap] = {}
        labels: dict[str, str] = {}
        examples: dict[str, str] = {}
        for name, info in model.model_fields.items():
            declared = item_of(info)
            label = declared.label
            names[name] = names[label] = name
            labels[name] = label
            if isinstance(declared.example, str) and declared.example != label:
                examples[label] = declared.example
            inner = model_inside(info.annotation)
            if inner:
                nested[name] = cls.of(inner)
        return cls(names, nested, labels, examples)


def model_inside(annotation: Any) -> type[Declared] | None:
    """Return the model that a field holds, alone or in a tuple, if any."""
    if isinstance(annotation, type) and issubclass(annotation, Declared):
        return annotation
    if get_origin(annotation) is not None or get_args(annotation):
        for argument in get_args(annotation):
            found = model_inside(argument)
            if found:
                return found
    return None
