"""Working days, against the announcements that everybody in an office remembers."""

from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.workdays import Workdays, knows

NATIONAL = Workdays()
DAY = timedelta(days=1)
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
    assert NATIONAL(day) is works


def test_a_year_that_was_not_announced_is_said_and_computed_with_weekends():
    later = max(chinese_calendar.holidays).year + 1
    assert (knows(2024), knows(later)) == (True, False)
    week = [date(later, 10, 1) + DAY * number for number in range(7)]
    assert [NATIONAL(day) for day in week] == [day.weekday() < 5 for day in week]


def test_a_year_is_known_only_when_its_national_day_is():
    """A holiday that reaches over New Year must not make the next year known."""
    years = range(2004, max(chinese_calendar.holidays).year + 3)
    announced = [year for year in years if date(year, 10, 1) in chinese_calendar.holidays]
    assert [year for year in years if knows(year)] == announced


def test_a_city_may_declare_days_of_its_own():
    festival = Workdays({date(2024, 6, 14): False, date(2024, 6, 15): True})
    assert festival(date(2024, 6, 14)) is False
    assert festival.nth_after(date(2024, 6, 13), 1) == date(2024, 6, 15)
    assert festival.between(date(2024, 6, 13), date(2024, 6, 16)) == 1


def test_the_third_working_day_of_may_2024():
    # 1 to 5 May were free.
    assert NATIONAL.nth_after(date(2024, 4, 30), 3) == date(2024, 5, 8)


def test_a_deadline_on_a_holiday_moves_later_or_earlier():
    assert NATIONAL.following(date(2024, 5, 1)) == date(2024, 5, 6)
    assert NATIONAL.preceding(date(2024, 5, 1)) == date(2024, 4, 30)
    assert NATIONAL.following(date(2024, 5, 6)) == date(2024, 5, 6)
    assert NATIONAL.preceding(date(2024, 5, 6)) == date(2024, 5, 6)


@given(day=DAYS, count=COUNTS)
def test_as_many_days_are_counted_as_were_added(day, count):
    assert NATIONAL.between(day, NATIONAL.nth_after(day, count)) == count


@given(day=DAYS, count=COUNTS)
def test_what_was_counted_to_is_a_working_day(day, count):
    assert NATIONAL(NATIONAL.nth_after(day, count))


@given(first=DAYS, length=st.integers(0, 200), cut=st.integers(0, 200))
def test_a_stretch_counts_as_much_as_its_parts(first, length, cut):
    middle = first + DAY * min(length, cut)
    last = first + DAY * length
    parts = NATIONAL.between(first, middle) + NATIONAL.between(middle, last)
    assert NATIONAL.between(first, last) == parts
