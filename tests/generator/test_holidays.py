"""Working days are counted by the published arrangement of each year, and never guessed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.diagnostics import Problem, Severity
from generator.holidays import Unpublished, WorkCalendar, work_calendar

# 国办发明电〔2024〕12号: 28 days off and five weekend days worked in 2025.
YEAR_2025: dict[str, object] = {
    "依据": "国办发明电〔2024〕12号",
    "放假": [
        "2025-01-01",
        "2025-01-28 至 2025-02-04",
        "2025-04-04 至 2025-04-06",
        "2025-05-01 至 2025-05-05",
        "2025-05-31至2025-06-02",
        "2025-10-01 至 2025-10-08",
    ],
    "上班": [date(2025, 1, 26), "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11"],
}


@pytest.fixture(scope="module")
def calendar() -> WorkCalendar:
    made, problems = work_calendar({2025: YEAR_2025})
    assert problems == ()
    return made


def test_2025_has_248_working_days(calendar: WorkCalendar) -> None:
    days = [date(2025, 1, 1) + timedelta(days=offset) for offset in range(365)]

    assert sum(calendar.is_working_day(day) is True for day in days) == 248


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2025, 1, 26), True),
        (date(2025, 1, 28), False),
        (date(2025, 1, 25), False),
        (date(2025, 2, 5), True),
        (date(2025, 10, 8), False),
        (date(2025, 10, 11), True),
    ],
)
def test_knows_days_off_and_weekend_days_worked(calendar: WorkCalendar, day: date, worked: bool) -> None:
    assert calendar.is_working_day(day) is worked


@pytest.mark.parametrize(
    ("start", "count", "expected"),
    [
        (date(2025, 3, 3), 0, date(2025, 3, 3)),
        (date(2025, 3, 3), 1, date(2025, 3, 4)),
        (date(2025, 3, 7), 1, date(2025, 3, 10)),
        (date(2025, 1, 24), 2, date(2025, 1, 27)),
        (date(2025, 1, 27), 1, date(2025, 2, 5)),
        (date(2025, 9, 30), 3, date(2025, 10, 11)),
        (date(2025, 3, 3), 20, date(2025, 3, 31)),
    ],
)
def test_a_period_begins_on_the_next_day(
    calendar: WorkCalendar, start: date, count: int, expected: date
) -> None:
    assert calendar.add_working_days(start, count) == expected


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (date(2025, 3, 3), date(2025, 3, 3), 0),
        (date(2025, 3, 7), date(2025, 3, 9), 0),
        (date(2025, 3, 7), date(2025, 3, 10), 1),
        (date(2025, 1, 24), date(2025, 2, 10), 7),
        (date(2025, 2, 10), date(2025, 1, 24), -7),
        (date(2024, 12, 31), date(2025, 12, 31), 248),
    ],
)
def test_counts_the_end_but_not_the_start(
    calendar: WorkCalendar, start: date, end: date, expected: int
) -> None:
    assert calendar.working_days_between(start, end) == expected


def test_says_which_year_is_not_published(calendar: WorkCalendar) -> None:
    assert calendar.add_working_days(date(2025, 12, 29), 2) == date(2025, 12, 31)
    assert calendar.add_working_days(date(2025, 12, 29), 3) == Unpublished(2026)
    assert calendar.working_days_between(date(2025, 12, 29), date(2026, 1, 5)) == Unpublished(2026)
    assert calendar.working_days_between(date(2026, 1, 5), date(2025, 12, 29)) == Unpublished(2026)
    assert calendar.is_working_day(date(2026, 1, 5)) == Unpublished(2026)
    assert Unpublished(2026).message == "没有2026年的节假日安排，无法计算工作日"
    assert Unpublished(2026).remedy == "国务院办公厅公布2026年放假安排后，补入节假日数据"


def test_a_holiday_may_begin_in_the_year_before() -> None:
    calendar, problems = work_calendar(
        {
            "2018": {"依据": "国办发明电〔2017〕12号", "放假": ["2018-01-01"]},
            "2019": {
                "依据": "国办发明电〔2018〕15号",
                "放假": ["2018-12-30 至 2019-01-01"],
                "上班": ["2018-12-29"],
            },
        }
    )

    assert problems == ()
    assert calendar.is_working_day(date(2018, 12, 29)) is True
    assert calendar.is_working_day(date(2018, 12, 31)) is False
    assert calendar.sources == {2018: "国办发明电〔2017〕12号", 2019: "国办发明电〔2018〕15号"}


def test_a_negative_period_is_a_defect_of_the_caller(calendar: WorkCalendar) -> None:
    with pytest.raises(ValueError, match="-1 working days"):
        calendar.add_working_days(date(2025, 3, 3), -1)


DAYS_OF_2025 = st.dates(date(2025, 1, 1), date(2025, 10, 31))


@given(start=DAYS_OF_2025, count=st.integers(0, 30))
def test_counting_a_period_gives_its_length(calendar: WorkCalendar, start: date, count: int) -> None:
    end = calendar.add_working_days(start, count)

    assert isinstance(end, date)
    assert calendar.working_days_between(start, end) == count
    assert count == 0 or calendar.is_working_day(end) is True


@given(first=DAYS_OF_2025, second=DAYS_OF_2025, third=DAYS_OF_2025)
def test_counts_add_up(calendar: WorkCalendar, first: date, second: date, third: date) -> None:
    def between(start: date, end: date) -> int:
        count = calendar.working_days_between(start, end)
        assert isinstance(count, int)
        return count

    assert between(first, second) + between(second, third) == between(first, third)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"放假": ["2025-02-30"]}, ("bad-date", "2025年“放假”中的“2025-02-30”不是有效日期")),
        ({"放假": ["春节七天"]}, ("bad-date", "2025年“放假”中的“春节七天”不是有效日期")),
        (
            {"放假": ["2025-02-04 至 2025-01-28"]},
            ("bad-date", "2025年“放假”中的“2025-02-04 至 2025-01-28”不是有效日期"),
        ),
        ({"放假": ["2024-05-01"]}, ("bad-holidays", "2024-05-01 不属于2025年的安排")),
        ({"放假": ["2025-01-01", "2025-01-01"]}, ("bad-holidays", "2025-01-01 在2025年的安排中写了两次")),
        ({"上班": ["2025-01-27"]}, ("bad-holidays", "2025-01-27 不是周末，不能作为调休上班日")),
        ({"上班": ["2025-01-26", "2025-02-01"]}, ("bad-holidays", "2025-02-01 在2025年的安排中写了两次")),
        ({"上班": "2025-01-26"}, ("bad-holidays", "2025年的“上班”应当是日期清单")),
        ({"放假": []}, ("bad-holidays", "2025年没有放假日期")),
        ({"补班": []}, ("unknown-key", "2025年的节假日安排中有未知的“补班”")),
    ],
)
def test_a_wrong_arrangement_is_reported_and_not_used(
    change: dict[str, object], expected: tuple[str, str]
) -> None:
    calendar, problems = work_calendar({2025: YEAR_2025 | change})

    assert [(problem.code, problem.message) for problem in problems] == [expected]
    assert calendar.is_working_day(date(2025, 3, 3)) == Unpublished(2025)


def test_a_missing_source_is_a_warning_and_the_year_counts() -> None:
    calendar, problems = work_calendar({2025: YEAR_2025 | {"依据": ""}})

    assert problems == (
        Problem(
            "2025",
            "holidays-without-source",
            "2025年的节假日安排没有写明依据",
            "补上国务院办公厅通知的发文字号",
            Severity.WARNING,
        ),
    )
    assert calendar.is_working_day(date(2025, 3, 3)) is True


@pytest.mark.parametrize(("key", "value"), [("去年", YEAR_2025), (2025, None), (2025, ["2025-01-01"])])
def test_what_is_no_arrangement_at_all_is_reported(key: object, value: object) -> None:
    calendar, problems = work_calendar({key: value})

    assert len(problems) == 1
    assert calendar.sources == {}
