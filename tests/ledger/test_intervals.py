from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.language.qualifiers import interval
from tracker.ledger.intervals import add, amount, between, exactly, less, quotient

ROUND = st.builds(
    lambda digit, zeros: Decimal(digit) * 10**zeros, st.integers(1, 9), st.integers(0, 9)
)
SHARE = st.decimals("0.001", "0.999", places=3)


@st.composite
def reported(draw):
    """(what was reported, a true value that it allows)."""
    word = draw(
        st.sampled_from(["", "余", "多", "约", "近", "超", "以上", "不足", "以内", "约+余", "左右"])
    )
    value = draw(ROUND)
    bounds = interval(value, word)
    low = bounds.low if bounds.low is not None else bounds.high / 2
    high = bounds.high if bounds.high is not None else bounds.low * 2
    return amount(value, word), low + (high - low) * draw(SHARE)


@given(st.lists(reported(), min_size=1, max_size=6))
def test_a_sum_holds_whatever_the_true_values_are(pairs):
    total = add([said for said, _ in pairs])
    true = sum((value for _, value in pairs), Decimal(0))
    assert true in total.bounds
    if total.value is not None:
        assert true in interval(total.value, total.qualifier)
        assert total.value == sum(said.value for said, _ in pairs)


@given(st.lists(ROUND.map(lambda value: amount(value, "")), min_size=1, max_size=20))
def test_exact_figures_add_up_exactly(amounts):
    total = add(amounts)
    assert total.exact
    assert (total.value, total.qualifier) == (sum(one.value for one in amounts), "")


@given(st.lists(reported(), min_size=2, max_size=6))
def test_distinct_objects_are_between_the_largest_count_and_the_sum(pairs):
    found = between([said for said, _ in pairs])
    values = [value for _, value in pairs]
    assert found.value is None
    assert max(values) in found.bounds
    assert sum(values) in found.bounds


def said(*pairs):
    total = add([amount(Decimal(value), word) for value, word in pairs])
    return None if total.value is None else f"{total.value}{total.qualifier}"


@pytest.mark.parametrize(
    ("pairs", "sum_said"),
    [
        ([("100", ""), ("200", "")], "300"),
        ([("500", "余"), ("1", "")], "501超"),
        ([("500", "余"), ("1000", "")], "1500余"),
        ([("500", "多"), ("500", "余")], "1000余"),
        ([("500", "余"), ("620", "余")], "1120超"),
        ([("500", "超"), ("100", "")], "600超"),
        ([("500", "以上"), ("100", "")], "600以上"),
        ([("500", "近"), ("100", "")], "600近"),
        ([("500", "不足"), ("100", "近")], "600不足"),
        ([("500", "以内"), ("100", "")], "600以内"),
        ([("500", "约"), ("500", "")], "1000约"),
        ([("500", "约"), ("3", "")], None),
        ([("500", "余"), ("500", "不足")], None),
        ([("1000", "约+余")], "1000约+余"),
    ],
)
def test_sums_of_qualified_figures_are_worded_so_that_they_hold(pairs, sum_said):
    assert said(*pairs) == sum_said


def test_a_word_that_no_table_knows_leaves_everything_open():
    odd = amount(Decimal(5), "大概齐")
    assert not odd.exact
    assert (odd.bounds.low, odd.bounds.high) == (None, None)
    assert add([odd, exactly(Decimal(1))]).value is None


def test_nothing_adds_up_to_zero():
    assert add([]) == exactly(Decimal(0))


def test_a_difference_needs_two_exact_values():
    assert less(exactly(Decimal(5)), exactly(Decimal(7))).value == -2
    assert less(amount(Decimal(5), "余"), exactly(Decimal(7))) is None


def test_a_ratio_is_not_rounded_and_never_divides_by_zero():
    hundred = Decimal(100)
    third = quotient(exactly(Decimal(1)), exactly(Decimal(3)), hundred)
    assert third.value == Decimal(1) / Decimal(3) * 100
    assert quotient(exactly(Decimal(1)), exactly(Decimal(0)), hundred) is None


def test_a_ratio_of_inexact_values_has_bounds_only():
    found = quotient(amount(Decimal(500), "余"), exactly(Decimal(1000)), Decimal(100))
    assert found.value is None
    assert (found.bounds.low, found.bounds.high) == (50, 60)
    assert quotient(amount(Decimal(500), "超"), exactly(Decimal(1000)), Decimal(100)) is None
