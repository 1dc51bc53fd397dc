"""Working days, against the announcements that everybody in an office remembers."""

from datetime import date, timedelta

import pytest
from chinese_calendar import constants, is_workday
from hypothesis import given
from hypothesis import strategies as st

from tracker import workdays

DAYS = st.dates(date(2019, 1, 1), date(2026, 12, 1))
COUNTS = st.integers(1, 60)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2024, 2, 10), False),  # Spring Festival, a Saturday
        (date(2024, 2, 12), False),  # its Monday
        (date(2024, 2, 18), True),  # the Sunday worked in its place
        (date(2024, 2, 19), True),
        (date(2023, 9, 29), False),  # Mid-Autumn, a Friday
        (date(2023, 10, 7), True),  # a Saturday worked
        (date(2023, 10, 9), True),
        (date(2024, 6, 15), False),  # an ordinary Saturday
    ],
)
def test_shifted_weekends_are_followed(day, works):
    assert workdays.is_workday(day) is works


def test_every_known_day_agrees_with_the_library():
    day, wrong = date(2020, 1, 1), []
    while day < date(2026, 1, 1):
        if workdays.is_workday(day) is not is_workday(day):
            wrong.append(day)
        day += timedelta(days=1)
    assert wrong == []


def test_a_year_that_was_not_announced_is_said_and_computed_with_weekends():
    later = max(constants.holidays).year + 1
    assert workdays.known(later) is False
    assert workdays.known(2024) is True
    assert workdays.unknown_years(date(later - 1, 12, 1), date(later, 1, 9)) == [later]
    assert workdays.is_workday(date(later, 10, 1)) is (date(later, 10, 1).weekday() < 5)


def test_a_city_may_declare_days_of_its_own():
    festival = {date(2024, 6, 14): False, date(2024, 6, 15): True}
    assert workdays.is_workday(date(2024, 6, 14), festival) is False
    assert workdays.add(date(2024, 6, 13), 1, festival) == date(2024, 6, 15)
    assert workdays.between(date(2024, 6, 13), date(2024, 6, 16), festival) == 1


def test_five_working_days_before_national_day_2023():
    # 29 September was a holiday, and 23 and 24 a plain weekend.
    assert workdays.add(date(2023, 10, 1), -5) == date(2023, 9, 22)


def test_the_third_working_day_of_may_2024():
    # 1 to 5 May were free.
    assert workdays.nth(date(2024, 5, 1), 3) == date(2024, 5, 8)


def test_counting_from_the_zeroth_working_day_is_refused():
    with pytest.raises(ValueError, match="counted from 1"):
        workdays.nth(date(2024, 5, 1), 0)


def test_a_deadline_on_a_holiday_moves_later_or_earlier():
    assert workdays.postponed(date(2024, 5, 1)) == date(2024, 5, 6)
    assert workdays.advanced(date(2024, 5, 1)) == date(2024, 4, 30)
    assert workdays.postponed(date(2024, 5, 6)) == date(2024, 5, 6)
    assert workdays.advanced(date(2024, 5, 6)) == date(2024, 5, 6)


@given(day=DAYS, count=COUNTS)
def test_as_many_days_are_counted_as_were_added(day, count):
    before = timedelta(days=1)
    assert workdays.between(day, workdays.add(day, count)) == count
    assert workdays.between(workdays.add(day, -count) - before, day - before) == count


@given(day=DAYS, count=COUNTS)
def test_what_was_added_lies_on_a_working_day(day, count):
    assert workdays.is_workday(workdays.add(day, count))
    assert workdays.is_workday(workdays.add(day, -count))


@given(a=DAYS, b=DAYS)
def test_the_way_back_counts_the_same_with_the_other_sign(a, b):
    assert workdays.between(a, b) == -workdays.between(b, a)
