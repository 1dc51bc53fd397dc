import datetime
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Region, RegionOverlap
from tests import factories
from tracker.exact import CAP, ExactSum
from tracker.ledger.controls import control_differences
from tracker.ledger.models import Entry
from tracker.ledger.posting import post
from tracker.ledger.totals import NOTHING, totals, year_to_date

VALUES = st.integers(-(10**17), 10**17).map(lambda scaled: Decimal(scaled) / 10**4)
ROLLED_BACK = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def total(ground, city):
    """total(indicator, span, region code) is the Total there."""

    def at(indicator, span, code="3701"):
        region = ground.region(code)
        return totals([indicator], [region], [span])[indicator.pk, region.pk, span]

    return at


@pytest.fixture
def counted(wang):
    """counted(...) is an indicator that counties report."""
    return lambda **fields: factories.indicator(wang, **{"level": "county", **fields})


def test_a_city_s_flow_is_the_sum_of_its_counties(ground, total, counted):
    indicator = counted()
    first = ground.say_at("370102", indicator, "2020-01", "10.5")
    second = ground.say_at("370103", indicator, "2020-01", "4.25")
    found = total(indicator, "2020-01")
    assert (found.value, found.low, found.high, found.qualifier) == (
        Decimal("14.75"), Decimal("14.75"), Decimal("14.75"), "",
    )  # fmt: skip
    assert (found.count, found.entries, found.complete) == (2, (first.pk, second.pk), True)
    assert total(indicator, "2020-01", "370102").value == Decimal("10.5")


def test_what_nobody_said_is_nothing_and_not_zero(total, counted):
    assert total(counted(), "2020-01") == NOTHING


def test_zero_is_a_value_and_not_applicable_is_none(ground, total, counted):
    indicator = counted()
    ground.say_at("370102", indicator, "2020-01", 0, kind="zero")
    ground.say_at("370103", indicator, "2020-01", kind="na", na_reason="无此业务")
    found = total(indicator, "2020-01")
    assert (found.value, found.complete, found.count) == (0, True, 2)
    only = total(indicator, "2020-01", "370103")
    assert (only.value, only.complete) == (None, True)


def test_a_number_typed_for_the_city_is_never_added_to_its_counties(ground, total, counted):
    indicator = counted()
    ground.say_at("370102", indicator, "2020", 10)
    ground.say(indicator, "2020", 12)
    assert total(indicator, "2020").value == 10


def test_the_city_s_own_is_added_to_its_counties(ground, total, counted):
    indicator = counted()
    ground.say_at("370102", indicator, "2020", 10)
    ground.say(indicator, "2020", 2, scope="本级")
    assert total(indicator, "2020").value == 12
    assert total(indicator, "2020", "370102").value == 10


def test_a_township_s_number_is_not_added_to_a_county_s(ground, total, counted):
    indicator = counted()
    ground.say_at("370102", indicator, "2020", 10)
    ground.say_at("370102001", indicator, "2020", 7)
    assert total(indicator, "2020").value == 10
    assert total(indicator, "2020", "370102001").value == 7


def test_where_no_county_reported_the_control_total_stands(ground, total, counted):
    indicator = counted()
    entry = ground.say(indicator, "2020", 12)
    found = total(indicator, "2020")
    assert (found.value, found.entries) == (12, (entry.pk,))


def test_the_difference_to_a_control_total_is_shown(ground, city, counted):
    indicator, silent = counted(), counted(name="另一项")
    ground.say_at("370102", indicator, "2020", 10)
    ground.say(indicator, "2020", 12)
    ground.say_at("370102", silent, "2020", 10)
    found = control_differences([indicator, silent], [city], ["2020"])
    assert list(found) == [(indicator.pk, city.pk, "2020")]
    difference = found[indicator.pk, city.pk, "2020"]
    assert (difference.control.value, difference.summed.value, difference.difference) == (12, 10, 2)


def test_there_is_no_difference_to_nothing_or_to_something_inexact(ground, city, counted):
    alone, inexact = counted(), counted(name="另一项")
    ground.say(alone, "2020", 12)
    ground.say(inexact, "2020", 12)
    ground.say_at("370102", inexact, "2020", 10, qualifier="余")
    found = control_differences([alone, inexact], [city], ["2020"])
    assert [one.difference for one in found.values()] == [None, None]


def test_a_managed_township_is_counted_once_under_its_manager(ground, total, wang):
    indicator = factories.indicator(wang, level="town")
    ground.say_at("370102001", indicator, "2020", 7)
    RegionOverlap.objects.create(
        region=ground.region("370102001"), managed_by=ground.region("370103")
    )
    assert total(indicator, "2020", "370102").value is None
    assert total(indicator, "2020", "370103").value == 7
    assert total(indicator, "2020", "370102001").value == 7
    assert total(indicator, "2020").value == 7


def test_two_agencies_of_one_region_are_both_added(ground, total, wang, league):
    indicator = factories.indicator(wang)
    ground.say(indicator, "2020", 3)
    ground.say(indicator, "2020", 4, agency=league)
    assert total(indicator, "2020").value == 7


def test_a_quarter_is_the_sum_of_its_three_months_and_of_no_fewer(ground, total, counted):
    indicator = counted()
    for month, value in (("2020-01", 1), ("2020-02", 2)):
        ground.say_at("370102", indicator, month, value)
    partial = total(indicator, "2020Q1")
    assert (partial.value, partial.complete, partial.count) == (None, False, 2)
    ground.say_at("370102", indicator, "2020-03", 4)
    whole = total(indicator, "2020Q1")
    assert (whole.value, whole.complete, whole.count) == (7, True, 3)


def test_an_entry_of_the_exact_span_wins_over_its_parts(ground, total, counted):
    indicator = counted()
    for month in ("2020-01", "2020-02", "2020-03"):
        ground.say_at("370102", indicator, month, 1)
    entry = ground.say_at("370102", indicator, "2020Q1", 5)
    assert total(indicator, "2020Q1").value == 5
    assert total(indicator, "2020Q1").entries == (entry.pk,)


def test_a_year_may_be_made_of_a_half_a_quarter_and_months(ground, total, counted):
    indicator = counted()
    spans = ["2020H1", "2020Q3", "2020-10", "2020-11", "2020-12"]
    for span in spans:
        ground.say_at("370102", indicator, span, 1)
    assert total(indicator, "2020").value == 5


def test_weeks_never_add_up_to_a_month(ground, total, counted):
    indicator = counted()
    for week in ("2020-W06", "2020-W07", "2020-W08", "2020-W09"):
        ground.say_at("370102", indicator, week, 1)
    assert total(indicator, "2020-02") == NOTHING
    assert total(indicator, "2020-W06").value == 1


def test_one_county_s_gap_leaves_the_city_s_quarter_unsaid(ground, total, counted):
    indicator = counted()
    for month in ("2020-01", "2020-02", "2020-03"):
        ground.say_at("370102", indicator, month, 1)
    ground.say_at("370103", indicator, "2020-01", 1)
    assert total(indicator, "2020Q1", "370102").value == 3
    assert (total(indicator, "2020Q1").value, total(indicator, "2020Q1").complete) == (None, False)


def test_a_stock_is_the_latest_over_time_and_adds_over_regions(ground, total, counted):
    indicator = counted(measure="stock")
    for code, month, value in (("370102", "2020-05", 9), ("370102", "2020-06", 10),
                               ("370103", "2020-06", 5)):  # fmt: skip
        ground.say_at(code, indicator, month, value)
    half = total(indicator, "2020H1")
    assert (half.value, half.complete, half.end) == (15, True, datetime.date(2020, 6, 30))
    year = total(indicator, "2020")
    assert (year.value, year.complete) == (15, False)
    assert total(indicator, "2021") == NOTHING


def test_a_cumulative_flow_is_the_latest_too(ground, total, counted):
    indicator = counted(entry_mode="cumulative")
    for month, value in (("2020-01", 10), ("2020-02", 30), ("2020-03", 60)):
        ground.say_at("370102", indicator, month, value)
    assert total(indicator, "2020Q1").value == 60


def test_distinct_objects_never_add_over_time(ground, total, counted):
    indicator = counted(measure="distinct")
    for month in ("2020-01", "2020-02", "2020-03"):
        ground.say_at("370102", indicator, month, 5)
    assert total(indicator, "2020-02").value == 5
    assert total(indicator, "2020Q1") == NOTHING


def test_distinct_objects_of_two_counties_are_bounded_only(ground, total, counted):
    indicator = counted(measure="distinct")
    ground.say_at("370102", indicator, "2020", 5)
    ground.say_at("370103", indicator, "2020", 8)
    found = total(indicator, "2020")
    assert (found.value, found.low, found.high) == (None, 8, 13)


def test_distinct_objects_add_over_regions_where_that_is_declared(ground, total, counted):
    indicator = counted(measure="distinct", adds_over_regions=True)
    ground.say_at("370102", indicator, "2020", 5)
    ground.say_at("370103", indicator, "2020", 8)
    assert total(indicator, "2020").value == 13


def test_the_city_s_own_count_of_distinct_objects_is_taken_where_it_exists(ground, total, counted):
    indicator = counted(measure="distinct")
    ground.say_at("370102", indicator, "2020", 5)
    ground.say_at("370103", indicator, "2020", 8)
    ground.say(indicator, "2020", 11)
    assert total(indicator, "2020").value == 11


def test_a_standard_lasts_until_it_is_changed_and_never_adds(ground, total, counted):
    indicator = counted(measure="standard", unit_name="元/月")
    ground.say_at("370102", indicator, "2019", 600)
    ground.say_at("370103", indicator, "2019", 620)
    ground.say_at("370102", indicator, "2020-07", 676)
    assert total(indicator, "2020-03", "370102").value == 600
    assert total(indicator, "2020", "370102").value == 676
    assert total(indicator, "2018", "370102") == NOTHING
    assert total(indicator, "2020") == NOTHING


def test_a_rate_without_operands_is_never_aggregated(ground, total, counted):
    indicator = counted(measure="ratio", unit_name="%")
    ground.say_at("370102", indicator, "2020", 60)
    ground.say_at("370103", indicator, "2020", 80)
    assert total(indicator, "2020", "370102").value == 60
    assert total(indicator, "2020") == NOTHING
    assert total(indicator, "2020H1", "370102") == NOTHING


def test_a_ratio_is_recomputed_from_its_operands_at_every_level(ground, total, counted):
    above, below = counted(name="分子"), counted(name="分母")
    ratio = counted(name="比例", measure="ratio", unit_name="%", numerator=above, denominator=below)
    for code, part, whole in (("370102", 1, 3), ("370103", 1, 1)):
        ground.say_at(code, above, "2020", part)
        ground.say_at(code, below, "2020", whole)
    assert total(ratio, "2020").value == 50
    assert total(ratio, "2020", "370102").value == Decimal(1) / 3 * 100
    assert total(ratio, "2020").count == 4


def test_a_ratio_without_one_of_its_operands_is_not_said(ground, total, counted):
    above, below = counted(name="分子"), counted(name="分母")
    ratio = counted(name="比例", measure="ratio", unit_name="%", numerator=above, denominator=below)
    ground.say_at("370102", above, "2020", 1)
    assert total(ratio, "2020").value is None
    ground.say_at("370102", below, "2020", 0, kind="zero")
    assert total(ratio, "2020").value is None


def test_operands_of_different_dates_make_no_ratio(ground, total, counted):
    above, below = counted(name="分子", measure="stock"), counted(name="分母", measure="stock")
    ratio = counted(name="比例", measure="ratio", unit_name="%", numerator=above, denominator=below)
    ground.say_at("370102", above, "2020-11", 1)
    ground.say_at("370102", below, "2020-12", 2)
    assert (total(ratio, "2020").value, total(ratio, "2020").complete) == (None, False)


def test_qualified_figures_make_a_sum_above_and_never_an_exact_one(ground, total, counted):
    indicator = counted()
    ground.say_at("370102", indicator, "2020", 500, qualifier="余")
    ground.say_at("370103", indicator, "2020", 620)
    found = total(indicator, "2020")
    assert (found.value, found.qualifier, found.low, found.high) == (1120, "超", 1120, 1220)
    assert not found.exact
    alone = total(indicator, "2020", "370102")
    assert (alone.value, alone.qualifier) == (500, "余")


def test_a_breakdown_adds_up_only_where_the_whole_was_not_said(ground, total, counted):
    indicator = counted()
    ground.say_at("370102", indicator, "2020", 3, member="湘西州")
    ground.say_at("370102", indicator, "2020", 4, member="临沂市")
    assert total(indicator, "2020").value == 7
    ground.say_at("370102", indicator, "2020", 8)
    assert total(indicator, "2020").value == 8


def test_scopes_are_not_mixed(ground, total, wang):
    indicator = factories.indicator(wang)
    ground.say(indicator, "2020", 3, scope="农村")
    assert total(indicator, "2020").value == 3
    ground.say(indicator, "2020", 4, scope="城市")
    assert total(indicator, "2020") == NOTHING
    ground.say(indicator, "2020", 7)
    assert total(indicator, "2020").value == 7


def test_the_decided_number_counts_before_the_annual_final_and_the_quick_one(ground, total, wang):
    indicator = factories.indicator(wang)
    ground.say(indicator, "2020", 1, nature="quick")
    assert total(indicator, "2020").value == 1
    ground.say(indicator, "2020", 3, nature="final")
    assert total(indicator, "2020").value == 3
    ground.say(indicator, "2020", 2)
    assert total(indicator, "2020").value == 2


def test_superseded_and_suspended_figures_do_not_count(ground, total, wang):
    indicator = factories.indicator(wang)
    ground.say(indicator, "2020", 1)
    ground.say(indicator, "2020", 2)
    assert total(indicator, "2020").value == 2


def test_the_year_to_date_adds_what_there_is_up_to_the_span(ground, city, counted):
    indicator = counted()
    for span, value in (("2020H1", 10), ("2020-07", 1), ("2020-08", 2), ("2020-09", 50)):
        ground.say_at("370102", indicator, span, value)
    assert year_to_date([indicator], [city], "2020-08")[indicator.pk, city.pk].value == 13


def test_a_gap_in_the_year_leaves_its_sum_unsaid(ground, city, counted):
    indicator = counted()
    ground.say_at("370102", indicator, "2020-02", 1)
    found = year_to_date([indicator], [city], "2020-02")[indicator.pk, city.pk]
    assert (found.value, found.complete) == (None, False)


def test_a_cumulative_value_of_this_year_is_the_year_to_date(ground, city, wang):
    indicator = factories.indicator(wang, entry_mode="cumulative")
    ground.say(indicator, "2020-08", 40, base_date=datetime.date(2020, 1, 1))
    assert year_to_date([indicator], [city], "2020-08")[indicator.pk, city.pk].value == 40


def test_a_cumulative_value_since_an_earlier_day_gives_its_growth_of_this_year(ground, city, wang):
    indicator = factories.indicator(wang, entry_mode="cumulative")
    since = datetime.date(2016, 1, 1)
    ground.say(indicator, "2019-12", 100, base_date=since)
    ground.say(indicator, "2020-08", 140, base_date=since)
    found = year_to_date([indicator], [city], "2020-08")[indicator.pk, city.pk]
    assert (found.value, found.count, found.complete) == (40, 2, True)


@pytest.mark.parametrize("base", [{}, {"base_text": "近年来"}])
def test_without_last_year_s_end_or_a_known_base_the_year_to_date_is_unknown(
    ground, city, wang, base
):
    indicator = factories.indicator(wang, entry_mode="cumulative")
    if not base:
        ground.say(indicator, "2019-12", 100, **base)
    ground.say(indicator, "2020-08", 140, **base)
    assert year_to_date([indicator], [city], "2020-08")[indicator.pk, city.pk].value is None


def test_distinct_objects_to_date_are_those_reported_as_cumulative(ground, city, wang):
    indicator = factories.indicator(wang, measure="distinct")
    ground.say(indicator, "2020-02", 5)
    assert year_to_date([indicator], [city], "2020-02")[indicator.pk, city.pk].value is None
    ground.say(indicator, "2020-02", 9, accumulates="cumulative")
    assert year_to_date([indicator], [city], "2020-02")[indicator.pk, city.pk].value == 9


def test_a_stock_or_rate_to_date_is_that_of_the_span(ground, city, wang):
    stock = factories.indicator(wang, "存量", measure="stock")
    rate = factories.indicator(wang, "比率", measure="ratio", unit_name="%")
    ground.say(stock, "2020-02", 5)
    ground.say(rate, "2020-02", 60)
    found = year_to_date([stock, rate], [city], "2020-02")
    assert [total.value for total in found.values()] == [5, 60]


def test_as_many_queries_for_three_of_everything_as_for_one(ground, counted):
    def queries(count):
        indicators = [counted(name=f"指标{count}-{i}") for i in range(count)]
        ratio = counted(
            name=f"比例{count}",
            measure="ratio",
            numerator=indicators[0],
            denominator=indicators[-1],
        )
        for code in ("370102", "370103", "370124")[:count]:
            for indicator in indicators:
                ground.say_at(code, indicator, "2020-01", 1)
        regions = list(Region.objects.order_by("path")[:count])
        with CaptureQueriesContext(connection) as seen:
            totals([ratio], regions, ["2020-01", "2020Q1", "2020"][:count])
        return len(seen)

    assert queries(1) == queries(3) == 4


@given(st.data())
@ROLLED_BACK
def test_every_level_holds_the_same_sum_to_the_last_digit_at_the_cap(ground, counted, data):
    with transaction.atomic():
        indicator = counted()
        codes, months = ("370102", "370103", "370124"), ("2020-01", "2020-02", "2020-03")
        values = {(code, month): data.draw(VALUES) for code in codes for month in months}
        own = {month: data.draw(VALUES) for month in months}
        postings = [
            ground.posting(indicator, month, value, agency=ground.county_union(code),
                           region=ground.region(code))
            for (code, month), value in values.items()
        ]  # fmt: skip
        postings += [ground.posting(indicator, month, own[month], scope="本级") for month in months]
        postings += [ground.posting(indicator, month, data.draw(VALUES)) for month in months]
        post(postings, approved_by=ground.people["wang"])
        regions = [ground.region(code) for code in (*codes, "3701")]
        found = totals([indicator], regions, [*months, "2020Q1"])
        by_code = {
            (region.code, span): found[indicator.pk, region.pk, span].value
            for region in regions
            for span in (*months, "2020Q1")
        }
        for month in months:
            counties = [values[code, month] for code in codes]
            assert [by_code[code, month] for code in codes] == counties
            assert by_code["3701", month] == sum(counties) + own[month]
        for code in (*codes, "3701"):
            assert by_code[code, "2020Q1"] == sum(by_code[code, month] for month in months)
        counting = Entry.objects.filter(is_control=False, indicator=indicator)
        assert counting.aggregate(total=ExactSum("value"))["total"] == by_code["3701", "2020Q1"]
        transaction.set_rollback(True)


def test_the_cap_itself_adds_up(ground, city, counted):
    indicator = counted()
    most = CAP - Decimal("0.0001")
    for code in ("370102", "370103", "370124"):
        ground.say_at(code, indicator, "2020", most)
    found = totals([indicator], [city], ["2020"])[indicator.pk, city.pk, "2020"]
    assert found.value == Decimal("29999999999999.9997")
