"""Lines, prose, addresses and file names."""

from __future__ import annotations

import re
from typing import Annotated, Final
from urllib.parse import urlsplit

from pydantic import WithJsonSchema

from generator.fields.declaration import FormatError, validator_of

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
