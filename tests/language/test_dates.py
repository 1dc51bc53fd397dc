from datetime import date

import pytest

from tracker.language.dates import greeting, say_as_of, say_date, say_days, say_point, say_span


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("2020", "2020年"),
        ("2020H1", "2020年上半年"),
        ("2020H2", "2020年下半年"),
        ("2020Q1", "2020年第一季度"),
        ("2020Q4", "2020年第四季度"),
        ("2020-01", "2020年1月"),
        ("2020-12", "2020年12月"),
        ("2020-W05", "2020年第5周"),
        ("2020-W50", "2020年第50周"),
    ],
)
def test_a_span_is_said_in_words(key, words):
    assert say_span(key) == words


@pytest.mark.parametrize("key", ["", "20", "2020Q5", "2020-13", "2020-W54", "2020-1", "2020年"])
def test_what_is_no_span_is_refused(key):
    with pytest.raises(ValueError, match="期间"):
        say_span(key)


def test_a_date_has_no_leading_zeros():
    assert say_date(date(2021, 4, 9)) == "2021年4月9日"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2020, 12, 31), "2020年底"),
        (date(2020, 6, 30), "2020年6月底"),
        (date(2020, 2, 29), "2020年2月底"),
        (date(2021, 2, 27), "2021年2月27日"),
    ],
)
def test_the_last_day_of_a_month_or_year_is_its_end(day, words):
    assert say_point(day) == words


def test_a_point_in_time_is_introduced_once_by_as_of():
    assert (say_as_of(date(2020, 12, 31)), say_as_of("截至目前"), say_as_of("2020年底")) == (
        "截至2020年底",
        "截至目前",
        "截至2020年底",
    )


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2021, 9, 27), date(2021, 9, 29), "2021年9月27日至29日"),
        (date(2021, 9, 27), date(2021, 10, 2), "2021年9月27日至10月2日"),
        (date(2021, 12, 27), date(2022, 1, 2), "2021年12月27日至2022年1月2日"),
        (date(2021, 12, 27), date(2021, 12, 27), "2021年12月27日"),
    ],
)
def test_days_name_only_what_changes(first, last, words):
    assert say_days(first, last) == words


def test_the_greeting_follows_the_hour():
    assert [greeting(hour) for hour in (9, 12, 15, 19)] == ["上午好", "下午好", "下午好", "晚上好"]
