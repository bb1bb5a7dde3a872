"""Domain types keep what they read: parse(format(value)) == value, and one spelling is final."""

from __future__ import annotations

from datetime import date, datetime

from hypothesis import given
from hypothesis import strategies as st

from generator.fields import (
    SUBJECTS,
    DocumentNumber,
    FormatError,
    IndexNumber,
    Subject,
    parse_date,
    parse_minute,
)

AGENCIES = st.text("越明政办发民财教市县区府函规字", min_size=1, max_size=12)
YEARS = st.integers(1900, 2099)
SERIALS = st.integers(1, 99_999)
NUMBERS = st.builds(DocumentNumber, AGENCIES, YEARS, SERIALS)
ORDERS = st.builds(
    DocumentNumber,
    st.text("越明民财教市县区府", max_size=12),
    st.just(0) | YEARS,
    SERIALS,
    st.sampled_from(["令", "公告", "通告", "决定", "公报", "布告"]),
)
SUBJECT_VALUES = st.sampled_from(
    [Subject(first, second) for first, (_, seconds) in SUBJECTS.items() for second in ("", *seconds)]
)


@given(NUMBERS | ORDERS)
def test_document_numbers_survive_their_spelling(number: DocumentNumber) -> None:
    assert DocumentNumber.parse(str(number)) == number


@given(NUMBERS, st.sampled_from(["[]", "（）", "()", "【】", "［］"]), st.sampled_from(["", " ", "　"]))
def test_a_number_in_other_brackets_is_repaired_to_itself(
    number: DocumentNumber, brackets: str, space: str
) -> None:
    written = str(number).replace("〔", f"{space}{brackets[0]}").replace("〕", f"{brackets[1]}{space}")

    assert DocumentNumber.repair(written) == number


@given(st.text(max_size=40))
def test_what_is_read_is_read_the_same_again(text: str) -> None:
    try:
        number = DocumentNumber.parse(text)
    except FormatError as error:
        assert error.code == "bad-document-number"
        assert error.hint
    else:
        assert DocumentNumber.parse(str(number)) == number


@given(
    st.from_regex(r"[0-9]{9}", fullmatch=True) | st.from_regex(r"[0-9A-HJ-NPQRTUWXY]{18}", fullmatch=True),
    YEARS,
    st.from_regex(r"[0-9]{5,6}", fullmatch=True),
)
def test_index_numbers_survive_their_spelling(agency: str, year: int, serial: str) -> None:
    number = IndexNumber(agency, year, serial)

    assert IndexNumber.parse(str(number)) == number


@given(SUBJECT_VALUES)
def test_subjects_survive_their_spelling(subject: Subject) -> None:
    assert Subject.parse(str(subject)) == subject


@given(
    st.dates(date(1000, 1, 1)),
    st.sampled_from(["{0.year}-{0.month}-{0.day}", "{0.year}年{0.month}月{0.day}日"]),
)
def test_dates_survive_without_leading_zeros(day: date, form: str) -> None:
    assert parse_date(form.format(day)) == day


@given(st.datetimes())
def test_times_survive_to_the_minute(moment: datetime) -> None:
    minute = moment.replace(second=0, microsecond=0)

    assert parse_minute(minute.isoformat(sep=" ", timespec="minutes")) == (minute, True)


@given(st.text(max_size=30) | st.from_regex(r"\d{1,5}[-/.年]\d{1,3}[-/.月]\d{1,3}日?", fullmatch=True))
def test_any_text_is_a_date_or_is_explained(text: str) -> None:
    try:
        day = parse_date(text)
    except FormatError as error:
        assert error.code == "bad-date"
        assert error.hint
    else:
        assert parse_date(day.isoformat()) == day
