import datetime

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tracker.catalogue.deadlines import Deadline, Form, Shift
from tracker.workdays import Workdays, knows

CALENDAR = Workdays()
CLOCKS = st.none() | st.times().map(lambda clock: clock.replace(second=0, microsecond=0))
DAY_FORMS = st.sampled_from([Form.EVERY_MONTH, Form.THIS_MONTH, Form.NEXT_MONTH])
SHIFTS = st.sampled_from(Shift)
DEADLINES = st.one_of(
    st.builds(Deadline, st.just(Form.WORKDAY), st.integers(1, 99), shift=SHIFTS, clock=CLOCKS),
    st.builds(Deadline, st.just(Form.AFTER), st.integers(1, 999), shift=SHIFTS, clock=CLOCKS),
    st.builds(Deadline, DAY_FORMS, st.integers(1, 31), shift=SHIFTS, clock=CLOCKS),
    st.builds(Deadline, st.just(Form.WEEKDAY), st.integers(1, 7), shift=SHIFTS, clock=CLOCKS),
    st.builds(
        Deadline,
        st.just(Form.DATE),
        st.integers(1, 28),
        st.integers(1, 12),
        shift=SHIFTS,
        clock=CLOCKS,
    ),
    st.builds(
        Deadline,
        st.just(Form.FULL_DATE),
        st.integers(1, 28),
        st.integers(1, 12),
        st.integers(2000, 2099),
        shift=SHIFTS,
        clock=CLOCKS,
    ),
    st.builds(Deadline, st.sampled_from([Form.TODAY, Form.TOMORROW]), shift=SHIFTS, clock=CLOCKS),
)
ENDS = st.dates(datetime.date(2018, 1, 1), datetime.date(2040, 12, 31))


def said(text: str, end: str, workdays: Workdays = CALENDAR, **more) -> str:
    """The moment of a deadline for a span that ends on that day, in Shanghai."""
    moment = Deadline.parse(text).moment(datetime.date.fromisoformat(end), workdays, **more)
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"


@given(DEADLINES)
def test_what_is_said_is_read_back_as_it_was(deadline):
    assert Deadline.parse(deadline.say()) == deadline


@given(DEADLINES, ENDS)
def test_a_day_moved_to_a_working_day_is_one(deadline, end):
    day = deadline.day(end, CALENDAR)
    if deadline.shift is not Shift.NONE:
        assert CALENDAR(day)


@given(st.integers(1, 20), ENDS)
def test_the_fifth_working_day_has_five_working_days_up_to_it(count, end):
    day = Deadline(Form.WORKDAY, count).day(end, CALENDAR)
    assert CALENDAR(day)
    assert CALENDAR.between(end, day) == count


@pytest.mark.parametrize(
    ("text", "end", "moment"),
    [
        # 1 to 3 January 2021 were free: the first working day was Monday the 4th.
        ("期后第5个工作日", "2020-12-31", "2021-01-08 23:59"),
        # The Spring Festival of 2021: 11 to 17 February, worked on Sunday the 7th.
        ("期后第6个工作日17:00", "2021-01-31", "2021-02-07 17:00"),
        ("期后10日", "2020-12-31", "2021-01-10 23:59"),
        ("期后10日顺延", "2020-12-31", "2021-01-11 23:59"),
        ("期后10日提前", "2020-12-31", "2021-01-08 23:59"),
        ("当月25日", "2021-01-31", "2021-01-25 23:59"),
        ("次月31日", "2021-01-31", "2021-02-28 23:59"),
        ("每月25日", "2021-01-31", "2021-02-25 23:59"),
        ("每月25日", "2021-01-10", "2021-01-25 23:59"),
        ("每周五", "2021-04-11", "2021-04-16 23:59"),
        ("每周日12:00", "2021-04-11", "2021-04-18 12:00"),
        ("4月14日17:00", "2021-03-31", "2021-04-14 17:00"),
        ("1月15日", "2020-12-31", "2021-01-15 23:59"),
        ("2月29日", "2021-03-31", "2024-02-29 23:59"),
        ("2021年4月14日17时", "2019-12-31", "2021-04-14 17:00"),
        ("今天17:00前", "2021-04-14", "2021-04-14 17:00"),
        ("明天9点30分", "2021-04-14", "2021-04-15 09:30"),
        ("今天24:00", "2021-04-14", "2021-04-15 00:00"),
        ("期后第5个工作日17:00", "2020-12-31", "2021-01-08 17:00"),
    ],
)  # fmt: skip
def test_deadlines_mean_these_moments(text, end, moment):
    assert said(text, end) == moment


def test_an_opening_without_a_clock_time_is_at_midnight():
    assert said("期后1日", "2020-12-31", opening=True) == "2021-01-01 00:00"


def test_full_width_digits_and_spaces_are_read():
    assert Deadline.parse(" 期后第 ５ 个工作日 １７：００ ").say() == "期后第5个工作日17:00"


@pytest.mark.parametrize("text", ["", "尽快", "期后工作日", "13月", "每月", "17:00", "期后-1日"])
def test_what_cannot_be_read_is_refused_with_forms_that_can(text):
    with pytest.raises(ValueError, match="看不懂，请写成期后第5个工作日"):
        Deadline.parse(text)


@pytest.mark.parametrize("text", ["每月32日", "2月30日", "2021年2月29日", "13月1日", "当月0日"])
def test_a_day_that_does_not_exist_is_refused(text):
    with pytest.raises(ValueError, match="不是存在的日期"):
        Deadline.parse(text)


@pytest.mark.parametrize("text", ["期后0日", "期后第0个工作日"])
def test_counting_starts_at_one(text):
    with pytest.raises(ValueError, match="应从第1日起"):
        Deadline.parse(text)


def test_there_is_no_minute_after_midnight():
    with pytest.raises(ValueError, match="时刻不存在"):
        Deadline.parse("今天24:30")


def test_a_day_that_the_city_declares_free_is_no_working_day():
    closed = Workdays({datetime.date(2021, 1, 8): False, datetime.date(2021, 1, 9): True})
    assert said("期后第5个工作日", "2020-12-31", closed) == "2021-01-09 23:59"


def test_a_year_without_a_published_calendar_has_plain_weekends_and_says_so():
    assert knows(2021)
    assert not knows(2090)
    week = [datetime.date(2090, 1, day) for day in range(2, 9)]
    assert [CALENDAR(day) for day in week] == [True] * 5 + [False, False]
