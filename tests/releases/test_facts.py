"""What is computed from approved facts, what is not, and why."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.releases.kit import fact
from tracker.releases.facts import (
    Fact,
    Goal,
    Op,
    Unsaid,
    against,
    difference,
    from_to,
    growth,
    share,
    total,
)  # fmt: skip

AMOUNTS = st.decimals(min_value="0.01", max_value="1000000", places=2)


def outcomes(one, goal):
    return dict(against(one, goal))


def values(found):
    return {name: one.value for name, one in found.items() if isinstance(one, Fact)}


@pytest.mark.parametrize(
    ("start", "now", "expected"),
    [
        ("300", "676", "125.33"),
        ("643", "1179", "83.36"),
        ("100", "150", "50.00"),
        ("150", "100", "-33.33"),
        ("100", "100", "0.00"),
    ],
)
def test_growth_follows_from_the_unrounded_values(start, now, expected):
    standard = fact("农村低保标准", "元/月", now)
    grown = growth(standard, from_to(standard, Decimal(start)))
    assert (grown.value, grown.unit, grown.op) == (Decimal(expected), "%", Op.GROWTH)


def test_a_start_value_stands_in_the_same_entry():
    standard = fact("农村低保标准", "元/月", "676")
    start = from_to(standard, Decimal(300))
    assert (start.entries, start.op, start.key) == (
        standard.entries,
        Op.FROM_TO,
        f"{standard.key}_start",
    )


def test_a_computed_fact_stands_on_the_entries_of_all_its_inputs():
    new, old = fact("培训", "人次", 120), fact("培训", "人次", 100)
    assert growth(new, old).entries == (*new.entries, *old.entries)


def test_a_base_of_zero_gives_no_growth():
    new = fact("培训", "人次", 120)
    assert growth(new, fact("培训", "人次", 0)) == Unsaid(
        "培训", "的基数不大于零，未计算增幅。", new.entries
    )


def test_qualified_values_are_intervals_and_give_no_growth():
    new = fact("培训", "人次", 120, qualifier="余")
    assert growth(new, fact("培训", "人次", 100)).reason == "带有限定词“余”，未计算增幅。"
    assert growth(fact("培训", "人次", 120), new).reason == "带有限定词“余”，未计算增幅。"


@settings(deadline=None)
@given(AMOUNTS, AMOUNTS)
def test_growth_is_the_nearest_hundredth_of_a_per_cent(new, old):
    grown = growth(fact("甲", "元", new), fact("甲", "元", old)).value
    assert abs(grown - (new - old) * 100 / old) <= Decimal("0.005") or grown == Decimal("99.99")


def test_a_share_is_of_its_whole():
    whole, part = fact("示范村", "个", 512), fact("贫困村", "个", 154)
    assert share(part, whole).value == Decimal("30.08")


def test_what_is_not_whole_is_never_rounded_to_a_hundred_per_cent():
    assert share(fact("已覆盖", "个", 99996), fact("应覆盖", "个", 100000)).value == Decimal(
        "99.99"
    )


def test_a_part_above_its_whole_has_no_share():
    assert isinstance(share(fact("甲", "个", 5), fact("乙", "个", 4)), Unsaid)


def test_a_sum_stands_on_all_its_entries():
    parts = [fact("甲", "人次", 1930), fact("甲", "人次", 210)]
    added = total("i1", parts[0].topic, parts)
    assert (added.value, added.entries) == (2140, parts[0].entries + parts[1].entries)


def test_a_difference_is_exact_or_not_said():
    more, less = fact("甲", "件", 320), fact("甲", "件", 301)
    assert difference(more, less).value == 19
    assert isinstance(difference(replace(more, qualifier="约"), less), Unsaid)


def test_a_target_that_is_exceeded_gives_two_different_facts():
    found = outcomes(fact("创建", "家", 1040), Goal("at_least", Decimal(440), 2020))
    assert values(found) == {
        "goal": 440,
        "completion": Decimal("236.36"),
        "over_target": Decimal("136.36"),
    }


def test_a_target_that_is_missed_is_not_over_achieved():
    found = outcomes(fact("培训", "人次", 14154), Goal("at_least", Decimal(28000), 2026))
    assert values(found) == {"goal": 28000, "completion": Decimal("50.55")}


def test_a_limit_that_was_kept_says_by_how_much_and_never_a_completion():
    found = outcomes(fact("争议案件", "件", 301), Goal("at_most", Decimal(320), 2020))
    assert values(found) == {"limit": 320, "below_limit": 19}


def test_a_limit_that_was_broken_is_left_to_the_editor():
    found = outcomes(fact("争议案件", "件", 321), Goal("at_most", Decimal(320), 2020))
    assert values(found) == {}
    assert found["limit"].reason == "超过控制目标，请编辑斟酌表述。"


def test_a_qualified_value_has_no_completion():
    found = outcomes(fact("创建", "家", 1000, qualifier="余"), Goal("at_least", Decimal(900), 2020))
    assert values(found) == {}


@pytest.mark.parametrize("kind", ["full", "on_time", "down_to"])
def test_other_kinds_of_target_are_not_said_by_themselves(kind):
    assert outcomes(fact("覆盖村", "个", 4198), Goal(kind, Decimal(4203), 2020)) == {}


def test_why_something_is_unsaid_is_a_sentence():
    assert (
        Unsaid("培训", "的基数不大于零，未计算增幅。").say() == "“培训”的基数不大于零，未计算增幅。"
    )
