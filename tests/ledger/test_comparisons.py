import datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Region
from tests import factories
from tracker.catalogue.indicators import edit_indicator
from tracker.catalogue.targets import set_target
from tracker.ledger.comparisons import period_on_period, year_on_year
from tracker.ledger.completions import against_target, completions

NEW_YEAR = datetime.date(2020, 1, 1)


@pytest.fixture
def flow(wang):
    return factories.indicator(wang)


@pytest.fixture
def grown(city):
    """grown(indicator, span) is the change against the year before."""
    return lambda indicator, span, **more: next(
        iter(year_on_year([indicator], [city], span, **more).values())
    )


@pytest.fixture
def target(city, wang):
    """target(indicator, value) is the city's target of 2020."""
    return lambda indicator, value=None, **more: set_target(
        indicator, city, 2020, value=value and Decimal(value), by=wang, **more
    )


@pytest.fixture
def completed(city):
    """completed(indicator, span) is how far its target is reached."""
    return lambda indicator, span="2020": completions([indicator], [city], span)[
        indicator.pk, city.pk
    ]


def test_growth_is_computed_from_unrounded_values(ground, grown, flow):
    ground.say(flow, "2019", 300)
    ground.say(flow, "2020", 676)
    change = grown(flow, "2020")
    assert (change.difference, change.rate) == (376, Decimal(376) / 300)
    assert (change.direction, change.base_key, change.why) == ("up", "2019", "")


def test_a_fall_is_a_fall_and_equality_is_neither(ground, grown, flow):
    ground.say(flow, "2018", 5)
    ground.say(flow, "2019", 10)
    ground.say(flow, "2020", 5)
    ground.say(flow, "2021", 5)
    assert (grown(flow, "2020").direction, grown(flow, "2020").rate) == ("down", Decimal("-0.5"))
    assert (grown(flow, "2021").direction, grown(flow, "2021").rate) == ("level", 0)


@pytest.mark.parametrize(
    ("before", "now", "why"),
    [
        (None, 5, "没有可比的基期数据"),
        (5, None, "本期没有完整的数据"),
        (0, 5, "基期为零，不能计算增幅"),
        (-5, 5, "基期为负，不能计算增幅"),
    ],
)
def test_what_cannot_be_compared_is_not_and_says_why(ground, grown, flow, before, now, why):
    for span, value in (("2019", before), ("2020", now)):
        if value is not None:
            ground.say(flow, span, value)
    change = grown(flow, "2020")
    assert (change.rate, change.difference, change.why) == (None, None, why)


def test_a_qualified_figure_gives_a_direction_where_its_bounds_decide_and_never_a_rate(
    ground, grown, flow
):
    ground.say(flow, "2018", 550)
    ground.say(flow, "2019", 500, qualifier="余")
    ground.say(flow, "2020", 800)
    decided, open_ = grown(flow, "2020"), grown(flow, "2019")
    assert (decided.direction, decided.rate, decided.why) == (
        "up",
        None,
        "数据是概数，不能计算增幅",
    )
    assert (open_.direction, open_.rate) == ("", None)


def test_a_changed_definition_that_does_not_compare_forbids_growth(ground, grown, flow, wang):
    ground.say(flow, "2019", 10)
    edit_indicator(flow, by=wang, definition="含线上", comparability="none")
    ground.say(flow, "2020", 20)
    change = grown(flow, "2020")
    assert (change.rate, change.direction, change.why) == (None, "", "口径已调整，与基期不可比")


def test_a_changed_definition_that_compares_does_not_matter(ground, grown, flow, wang):
    ground.say(flow, "2019", 10)
    edit_indicator(flow, by=wang, definition="表述调整")
    ground.say(flow, "2020", 20)
    assert grown(flow, "2020").rate == 1


def test_a_restated_base_is_the_one_that_was_reported_again(ground, grown, flow, wang):
    ground.say(flow, "2019", 10)
    edit_indicator(flow, by=wang, definition="含线上", comparability="restated")
    ground.say(flow, "2020", 20)
    assert grown(flow, "2020").why == "口径已调整，上年同期可比数尚未报送"
    ground.say(flow, "2020", 20, start_value=Decimal(16), start_date=datetime.date(2019, 12, 31))
    change = grown(flow, "2020")
    assert (change.base.value, change.rate) == (16, Decimal("0.25"))


@pytest.mark.parametrize(
    ("before", "now", "comparable"),
    [
        ({"base_date": datetime.date(2019, 1, 1)}, {"base_date": NEW_YEAR}, True),
        ({"base_text": "脱贫攻坚战以来"}, {"base_text": "脱贫攻坚战以来"}, True),
        ({"base_text": "近年来"}, {"base_text": "近五年来"}, False),
        ({}, {}, False),
    ],
)
def test_cumulative_values_compare_only_from_like_bases(
    ground, grown, wang, before, now, comparable
):
    indicator = factories.indicator(wang, entry_mode="cumulative")
    ground.say(indicator, "2019", 10, **before)
    ground.say(indicator, "2020", 20, **now)
    change = grown(indicator, "2020")
    assert (change.why == "") is comparable
    assert change.rate == (1 if comparable else None)


def test_the_year_to_date_is_compared_with_the_same_months(ground, grown, flow):
    for year, values in (("2019", (1, 2)), ("2020", (2, 4))):
        for month, value in zip(("01", "02"), values, strict=True):
            ground.say(flow, f"{year}-{month}", value)
    assert grown(flow, "2020-02", to_date=True).rate == 1


def test_a_period_is_compared_with_the_one_before(ground, city, flow):
    ground.say(flow, "2019-12", 10)
    ground.say(flow, "2020-01", 15)
    change = period_on_period([flow], [city], "2020-01")[flow.pk, city.pk]
    assert (change.base_key, change.rate) == ("2019-12", Decimal("0.5"))


def test_a_day_has_no_period_before_it(ground, city, flow):
    ground.say(flow, "2021-04-14", 10)
    change = period_on_period([flow], [city], "2021-04-14")[flow.pk, city.pk]
    assert (change.base_key, change.why) == (None, "没有可比的基期数据")


def test_at_least_knows_completion_and_over_achievement_as_two_facts(
    ground, target, completed, flow
):
    target(flow, 200)
    ground.say(flow, "2020", 250)
    found = completed(flow)
    assert (found.rate, found.over, found.reached) == (Decimal("1.25"), Decimal("0.25"), True)


def test_at_least_is_measured_on_the_year_to_date_beside_the_schedule(
    ground, target, completed, flow
):
    target(flow, 200)
    ground.say(flow, "2020Q1", 60)
    found = completed(flow, "2020-03")
    assert (found.rate, found.reached, found.schedule) == (Decimal("0.3"), False, Decimal("0.25"))
    assert found.ahead == Decimal("0.05")


def test_at_most_has_room_and_never_a_rate(ground, target, completed, wang):
    stock = factories.indicator(wang, measure="stock")
    target(stock, 100, kind="at_most")
    ground.say(stock, "2020", 94)
    found = completed(stock)
    assert (found.rate, found.over, found.room, found.reached) == (None, None, 6, True)
    ground.say(stock, "2020", 101)
    assert (completed(stock).room, completed(stock).reached) == (-1, False)


def test_down_to_is_measured_from_last_year_s_end(ground, target, completed, wang):
    stock = factories.indicator(wang, measure="stock")
    target(stock, 20, kind="down_to")
    ground.say(stock, "2019-12", 60)
    ground.say(stock, "2020-06", 30)
    found = completed(stock, "2020-06")
    assert (found.rate, found.reached) == (Decimal("0.75"), False)
    ground.say(stock, "2020-12", 20)
    assert (completed(stock).rate, completed(stock).reached) == (1, True)


def test_down_to_without_a_base_has_no_rate(ground, target, completed, wang):
    stock = factories.indicator(wang, measure="stock")
    target(stock, 20, kind="down_to")
    ground.say(stock, "2020-12", 20)
    assert (completed(stock).rate, completed(stock).reached) == (None, True)


def test_full_coverage_is_never_rounded_up(ground, target, completed, wang):
    rate = factories.indicator(wang, measure="ratio", unit_name="%")
    target(rate, kind="full")
    ground.say(rate, "2020", "99.96")
    found = completed(rate)
    assert (found.rate, found.over, found.reached) == (Decimal("0.9996"), None, False)
    ground.say(rate, "2020", 100)
    assert (completed(rate).rate, completed(rate).reached) == (1, True)


def test_on_time_has_no_number_to_compare(ground, target, completed, flow):
    target(flow, kind="on_time")
    ground.say(flow, "2020", 1)
    assert (completed(flow).rate, completed(flow).reached) == (None, None)


def test_a_qualified_figure_reaches_a_target_only_where_its_bounds_do(
    ground, target, completed, flow
):
    target(flow, 550)
    ground.say(flow, "2020", 500, qualifier="余")
    assert (completed(flow).rate, completed(flow).reached) == (None, None)
    ground.say(flow, "2020", 600, qualifier="余")
    assert (completed(flow).rate, completed(flow).reached) == (None, True)


def test_a_limit_is_kept_or_broken_only_where_the_bounds_say_so(ground, target, completed, flow):
    target(flow, 550, kind="at_most")
    ground.say(flow, "2020", 500, qualifier="余")
    assert (completed(flow).room, completed(flow).reached) == (None, None)


def test_nothing_reported_is_no_completion_of_nought(target, completed, flow):
    target(flow, 550)
    assert (completed(flow).rate, completed(flow).reached) == (None, None)


def test_a_target_changed_in_mid_year_counts_as_it_is_now(ground, target, completed, flow):
    target(flow, 100)
    target(flow, 200)
    ground.say(flow, "2020", 100)
    assert completed(flow).rate == Decimal("0.5")


def test_one_target_is_measured_to_the_last_thing_known(ground, city, target, flow):
    target(flow, 100)
    for span, value in (("2020-01", 10), ("2020-02", 20)):
        ground.say(flow, span, value)
    found = against_target(flow, city, 2020)
    assert (found.rate, found.schedule) == (Decimal("0.3"), Decimal(2) / 12)
    assert against_target(flow, city, 2021) is None


def test_a_target_nobody_reported_on_is_there_without_a_rate(city, target, flow):
    target(flow, 100)
    assert against_target(flow, city, 2020).rate is None


def test_as_many_queries_for_three_indicators_as_for_one(ground, target, wang):
    def queries(count):
        indicators = [factories.indicator(wang, f"指标{count}-{i}") for i in range(count)]
        for indicator in indicators:
            target(indicator, 10)
            ground.say(indicator, "2019", 1)
            ground.say(indicator, "2020", 2)
        regions = list(Region.objects.order_by("path")[:count])
        with CaptureQueriesContext(connection) as seen:
            year_on_year(indicators, regions, "2020")
            completions(indicators, regions, "2020")
        return len(seen)

    assert queries(1) == queries(3) == 8
