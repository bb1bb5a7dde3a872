"""Check digits of the numbers that people and organisations carry, by their standards."""

from __future__ import annotations

from datetime import date
from typing import Final

_ID_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS: Final = "10X98765432"
CODE_ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CODE_VALUES: Final = {character: value for value, character in enumerate(CODE_ALPHABET)}
_CODE_WEIGHTS: Final = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def is_id_number(number: str) -> bool:
    """Whether 18 characters are a citizen's number: a possible birthday and the check digit of GB 11643."""
    if len(number) != 18 or not (number.isascii() and number[:17].isdigit()) or number[0] == "0":
        return False
    if number[6:8] not in ("19", "20") or not _is_date(number[6:10], number[10:12], number[12:14]):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _ID_WEIGHTS, strict=True))
    return _ID_CHECKS[total % 11] == number[17].upper()


def is_credit_code(code: str) -> bool:
    """Whether 18 characters are a 统一社会信用代码 with the check digit of GB 32100."""
    if len(code) != 18 or any(character not in _CODE_VALUES for character in code):
        return False
    total = sum(
        _CODE_VALUES[character] * weight for character, weight in zip(code[:17], _CODE_WEIGHTS, strict=True)
    )
    return CODE_ALPHABET[-total % 31] == code[17]


def passes_luhn(digits: str) -> bool:
    """Whether the last digit is the check digit of ISO/IEC 7812-1, as on every bank card."""
    total = 0
    for position, character in enumerate(reversed(digits)):
        digit = int(character) << (position & 1)
        total += digit - 9 if digit > 9 else digit
    return total % 10 == 0


def _is_date(year: str, month: str, day: str) -> bool:
    try:
        date(int(year), int(month), int(day))
    except ValueError:
        return False
    return True
