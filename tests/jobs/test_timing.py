"""Times of schedules, as people say them."""

import pytest
from celery.schedules import crontab
from hypothesis import given
from hypothesis import strategies as st

from tracker.jobs.timing import Rhythm, Timing

SAID = {
    "* * * * *": "每分钟",
    "*/5 * * * *": "每5分钟",
    "0 * * * *": "每小时的第0分",
    "15 */2 * * *": "每2小时的第15分",
    "30 3 * * *": "每天 03:30",
    "0 17 * * 1-5": "周一至周五 17:00",
    "30 8 * * 1": "每周一 08:30",
    "30 8 * * 0": "每周日 08:30",
    "30 8 * * 7": "每周日 08:30",
    "0 9 25 * *": "每月25日 09:00",
}


@pytest.mark.parametrize(("fields", "words"), SAID.items())
def test_a_time_is_said_in_words(fields, words):
    assert Timing.of(fields).say() == words


@pytest.mark.parametrize(
    "fields",
    [
        "0 9 1 1 *", "0 9 1 * 1", "0,30 9 * * *", "* 9 * * *", "0 9-17 * * *", "*/5 * * * 1",
        "0 */2 * * 1", "0 9 */2 * *", "0 9 * * 1,3", "0 */2 1 * *",
    ],
)  # fmt: skip
def test_what_has_no_such_words_is_left_alone(fields):
    assert Timing.of(fields) is None


times = st.builds(
    Timing,
    st.sampled_from(list(Rhythm)),
    n=st.sampled_from([1, 2, 3, 4, 6, 8, 12]),
    weekday=st.integers(0, 6),
    day=st.integers(1, 28),
    hour=st.integers(0, 23),
    minute=st.integers(0, 59),
)


@given(times)
def test_what_was_chosen_comes_back(timing):
    again = Timing.of(timing.crontab())
    assert (again.say(), again.crontab()) == (timing.say(), timing.crontab())


@given(times)
def test_the_clock_takes_every_time_that_can_be_chosen(timing):
    minute, hour, day, month, weekday = timing.crontab().split()
    crontab(minute=minute, hour=hour, day_of_month=day, month_of_year=month, day_of_week=weekday)
