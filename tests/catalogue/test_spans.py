import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.catalogue import spans
from tracker.catalogue.models import Frequency, Span

DAYS = st.dates(datetime.date(1990, 1, 1), datetime.date(2060, 12, 31))
SERIES = st.sampled_from([kind for kind in Frequency if kind != Frequency.ONCE])


@pytest.mark.parametrize(
    ("key", "kind", "start", "end"),
    [
        ("2020", "year", "2020-01-01", "2020-12-31"),
        ("2020H1", "half", "2020-01-01", "2020-06-30"),
        ("2020H2", "half", "2020-07-01", "2020-12-31"),
        ("2020Q4", "quarter", "2020-10-01", "2020-12-31"),
        ("2020-02", "month", "2020-02-01", "2020-02-29"),
        ("2020-12", "month", "2020-12-01", "2020-12-31"),
        ("2020-W50", "week", "2020-12-07", "2020-12-13"),
        ("2020-02T1", "ten", "2020-02-01", "2020-02-10"),
        ("2020-02T2", "ten", "2020-02-11", "2020-02-20"),
        ("2020-02T3", "ten", "2020-02-21", "2020-02-29"),
        ("2020-12T3", "ten", "2020-12-21", "2020-12-31"),
        ("2021-04-14", "once", "2021-04-14", "2021-04-14"),
    ],
)
def test_a_key_means_these_days(key, kind, start, end):
    calendar = spans.parse_key(key)
    assert (calendar.kind, str(calendar.start), str(calendar.end)) == (kind, start, end)


@pytest.mark.parametrize(
    "key",
    [
        "",
        "20",
        "2020Q5",
        "2020-13",
        "2020-00",
        "2021-W53",
        "2021-02-29",
        "2020年",
        "2020H3",
        "2020-12T4",
    ],
)
def test_what_is_no_span_is_refused_with_the_forms_that_are(key):
    with pytest.raises(
        ValueError, match="不是期间，请写成2020、2020H1、2020Q4、2020-12、2020-W50这样"
    ):
        spans.parse_key(key)


@given(SERIES, DAYS)
def test_the_span_of_a_day_holds_the_day_and_touches_the_one_before(kind, day):
    key = spans.key_on(kind, day)
    calendar = spans.parse_key(key)
    before = spans.parse_key(spans.previous_key(key))
    assert calendar.kind == before.kind == kind
    assert calendar.start <= day <= calendar.end
    assert before.end + datetime.timedelta(days=1) == calendar.start


@given(SERIES, DAYS)
def test_the_parts_of_a_span_follow_one_another_and_fill_it(kind, day):
    key = spans.key_on(kind, day)
    parts = [spans.parse_key(part) for part in spans.part_keys(key)]
    if kind in (Frequency.WEEK, Frequency.TEN_DAYS):
        assert parts == []
        return
    whole = spans.parse_key(key)
    assert (parts[0].start, parts[-1].end) == (whole.start, whole.end)
    for one, following in zip(parts, parts[1:], strict=False):
        assert one.end + datetime.timedelta(days=1) == following.start


@given(st.sampled_from(["ten", "month", "quarter", "half", "year"]), DAYS)
def test_the_year_to_date_runs_from_january_to_the_end_without_a_gap(kind, day):
    key = spans.key_on(kind, day)
    parts = [spans.parse_key(part) for part in spans.to_date_keys(key)]
    assert parts[0].start == datetime.date(day.year, 1, 1)
    assert parts[-1].end == spans.parse_key(key).end
    for one, following in zip(parts, parts[1:], strict=False):
        assert one.end + datetime.timedelta(days=1) == following.start


def test_august_to_date_is_the_first_half_and_two_months():
    assert spans.to_date_keys("2020-08") == ("2020H1", "2020-07", "2020-08")


def test_weeks_add_up_to_their_own_year_only():
    assert spans.to_date_keys("2026-W03") == ("2026-W01", "2026-W02", "2026-W03")
    assert spans.year_key("2020-W53") == "2020"  # it ends on 3 January 2021
    assert spans.year_key("2026-W01") == "2026"  # it begins on 29 December 2025


def test_thirds_of_a_month_add_up_to_it():
    assert spans.part_keys("2020-12") == ("2020-12T1", "2020-12T2", "2020-12T3")
    assert spans.to_date_keys("2020-08T2") == ("2020H1", "2020-07", "2020-08T1", "2020-08T2")
    assert spans.previous_key("2021-01T1") == "2020-12T3"
    assert spans.year_ago_key("2020-12T3") == "2019-12T3"


def test_days_add_up_to_nothing():
    assert spans.to_date_keys("2021-04-14") is None
    assert spans.part_keys("2020-W50") == ()


def test_a_year_is_made_of_halves_quarters_months_and_thirds():
    assert len(spans.all_part_keys("2020")) == 1 + 2 + 4 + 12 + 36


def test_a_week_that_the_year_before_did_not_have_has_no_year_ago():
    assert spans.year_ago_key("2020-W53") is None
    assert spans.year_ago_key("2020-W52") == "2019-W52"
    assert spans.year_ago_key("2020Q3") == "2019Q3"


def test_a_day_asked_for_once_has_none_before_it():
    assert spans.previous_key("2021-04-14") is None


def test_a_span_is_over_on_the_day_after_its_last():
    assert not spans.is_closed("2020-12", datetime.date(2020, 12, 31))
    assert spans.is_closed("2020-12", datetime.date(2021, 1, 1))


def test_a_span_is_made_once(db):
    first, second = spans.span_of("2020Q4"), spans.span_of(" 2020Q4 ")
    assert first == second
    assert Span.objects.count() == 1
    assert (first.kind, str(first.start), str(first.end)) == ("quarter", "2020-10-01", "2020-12-31")


def test_spans_before_are_found_only_where_something_was_said(db):
    january, december = spans.span_of("2021-01"), spans.span_of("2020-12")
    year = spans.span_of("2021")
    assert spans.previous(january) == december
    assert spans.year_ago(january) is None
    assert spans.year_of(january) == year
    assert spans.year_of(december) is None
    assert spans.parts_of(year) == ("2021H1", "2021H2")
    assert spans.contains(year, january)
    assert not spans.contains(year, december)
