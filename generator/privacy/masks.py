"""Kinds of personal data, and the form of each that may be published."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

ID_NUMBER: Final = "personal-id-number"
MOBILE: Final = "mobile-number"
BANK_CARD: Final = "bank-card"
EMAIL: Final = "email"
HOME_ADDRESS: Final = "home-address"
PASSPORT: Final = "passport"
MILITARY_ID: Final = "military-id"
CAR_PLATE: Final = "car-plate"
SENSITIVE_TABLE: Final = "sensitive-table"
NAMES_WITH_ATTRIBUTES: Final = "names-with-attributes"

LABELS: Final = {
    ID_NUMBER: "居民身份证号",
    MOBILE: "手机号码",
    BANK_CARD: "银行卡号",
    EMAIL: "电子邮箱",
    HOME_ADDRESS: "家庭住址",
    PASSPORT: "护照或通行证号码",
    MILITARY_ID: "军人或警察证件号",
    CAR_PLATE: "车牌号",
}


def _keep_ends(value: str, head: int, tail: int) -> str:
    return value[:head] + "*" * max(len(value) - head - tail, 0) + value[len(value) - tail :]


def _mask_email(value: str) -> str:
    local, _, domain = value.partition("@")
    return f"{local[:1] if len(local) > 1 else ''}***@{domain}"


_AREA_END: Final = re.compile(r".*(?:[村乡镇]|社区|街道|[区县市])")


def _mask_address(value: str) -> str:
    """Keep what stands before the first digit, and of that no more than village or community."""
    before_digits = re.split(r"[0-9]", value, maxsplit=1)[0]
    area = _AREA_END.match(before_digits)
    return f"{area[0] if area else ''}***"


MASKS: Final[dict[str, tuple[str, Callable[[str], str]]]] = {
    ID_NUMBER: ("只留前3位和后2位", lambda value: _keep_ends(value, 3, 2)),
    MOBILE: ("只留前3位和后4位", lambda value: _keep_ends(value, 3, 4)),
    BANK_CARD: ("只留前4位和后3位", lambda value: _keep_ends(value, 4, 3)),
    EMAIL: ("只留首字符和域名", _mask_email),
    HOME_ADDRESS: ("只到村或社区", _mask_address),
    PASSPORT: ("只留前1位和后2位", lambda value: _keep_ends(value, 1, 2)),
    MILITARY_ID: ("只留后2位", lambda value: _keep_ends(value, 0, 2)),
    CAR_PLATE: ("只留前2位和后2位", lambda value: _keep_ends(value, 2, 2)),
}


def mask(kind: str, value: str) -> str:
    """Return the publishable form of a value; separators inside numbers are dropped."""
    return MASKS[kind][1](value if kind == HOME_ADDRESS else compact(value))


_SEPARATORS: Final = str.maketrans("", "", " -\u00a0·.")


def compact(value: str) -> str:
    if "@" in value:
        return value
    return value.translate(_SEPARATORS)
