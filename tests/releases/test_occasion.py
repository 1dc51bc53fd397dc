"""Dates as people type them."""

from datetime import date

import pytest

from tracker.releases.occasion import Occasion, occasion, span_words

DAY = date(2021, 4, 16)


@pytest.mark.parametrize(
    ("typed", "words", "greeting"),
    [
        ("2021-04-16", "2021年4月16日", "大家好"),
        ("2021年4月16日", "2021年4月16日", "大家好"),
        ("2021/4/16 9:30", "2021年4月16日9:30", "大家上午好"),
        ("2021年4月16日15:00", "2021年4月16日15:00", "大家下午好"),
        ("2021年4月16日下午3点", "2021年4月16日15:00", "大家下午好"),
        ("2021.4.16 上午", "2021年4月16日上午", "大家上午好"),
    ],
)
def test_a_day_and_hour_are_read(typed, words, greeting):
    assert occasion(typed) == Occasion(DAY, words, greeting)


def test_nothing_typed_is_no_occasion():
    assert occasion("  ") == Occasion(None, "")


@pytest.mark.parametrize(
    "typed", ["明天", "2021年", "2021-02-30", "2021-04-16 25:00", "2021-04-16 9:99"]
)
def test_what_is_no_date_is_refused(typed):
    with pytest.raises(ValueError, match="不是"):
        occasion(typed)


def test_a_span_is_said_in_words():
    assert span_words("2020Q4") == "2020年第四季度"
    assert span_words("2021-04-14") == "2021年4月14日"
