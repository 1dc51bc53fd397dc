from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.language.qualifiers import (
    CLOSED,
    SYNONYMS,
    Agreement,
    Interval,
    agrees,
    fold,
    interval,
    place_of,
    single,
)

VALUES = st.integers(1, 10**9).map(Decimal)


@pytest.mark.parametrize(
    ("value", "qualifier", "true", "place", "verdict"),
    [
        ("2581", "", "2581", None, "written"),
        ("2581", "", "2580", None, "wrong"),
        ("123000", "", "123456", "1000", "written"),
        ("123000", "", "123500", "1000", "wrong"),
        ("123000", "", "122500", "1000", "written"),
        ("2000", "余", "2000", None, "wrong"),
        ("2000", "余", "2001", None, "written"),
        ("2000", "余", "2200", None, "written"),
        ("2000", "余", "2300", None, "holds"),
        ("2000", "余", "2700", None, "loose"),
        ("2000", "余", "3000", None, "wrong"),
        ("200000", "余", "209999", "10000", "written"),
        ("200000", "余", "210000", "10000", "wrong"),
        ("120", "多", "129", None, "written"),
        ("120", "多", "130", None, "wrong"),
        ("300", "超", "300", None, "wrong"),
        ("300", "逾", "330", None, "written"),
        ("300", "突破", "345", None, "holds"),
        ("300", "超过", "900", None, "loose"),
        ("3000", "近", "3000", None, "wrong"),
        ("3000", "接近", "2850", None, "written"),
        ("3000", "近", "2700", None, "holds"),
        ("3000", "近", "2699", None, "wrong"),
        ("150", "左右", "155", None, "written"),
        ("150", "左右", "156", None, "wrong"),
        ("1000", "约", "1050", None, "written"),
        ("1000", "约", "1051", None, "wrong"),
        ("65", "以上", "65", None, "written"),
        ("65", "以上", "64", None, "wrong"),
        ("5000", "不少于", "5000", None, "written"),
        ("10", "以内", "10", None, "written"),
        ("10", "不超过", "11", None, "wrong"),
        ("10", "低于", "10", None, "wrong"),
        ("10", "不到", "9", None, "written"),
        ("1000", "约+余", "1100", None, "written"),
        ("1000", "约+余", "1000", None, "wrong"),
        ("5000", "超+余", "5200", None, "written"),
        ("6", "区间下限", "6", None, "written"),
        ("16", "区间上限", "17", None, "wrong"),
    ],
)
def test_a_qualifier_holds_exactly_by_the_table(value, qualifier, true, place, verdict):
    place = place and Decimal(place)
    assert agrees(Decimal(value), qualifier, Decimal(true), place) == verdict


def test_every_synonym_folds_into_the_closed_vocabulary():
    assert {fold(word) in CLOSED for word in SYNONYMS} == {True}
    assert (fold(""), fold("逾"), fold("超过+余"), single("超+余"), single("大约+左右")) == (
        "",
        "超",
        "超+余",
        "超",
        "约",
    )


def test_an_unknown_qualifier_is_refused_by_name():
    with pytest.raises(ValueError, match="差不多"):
        fold("差不多")


@pytest.mark.parametrize(
    ("value", "place"),
    [("5000000", "1000000"), ("120", "10"), ("16.70", "0.1"), ("0", "1"), ("7", "1")],
)
def test_the_place_is_that_of_the_last_digit_that_is_not_zero(value, place):
    assert place_of(Decimal(value)) == Decimal(place)


@given(VALUES, st.sampled_from(CLOSED), VALUES)
def test_a_statement_is_wrong_exactly_outside_its_interval(value, qualifier, true):
    assert (agrees(value, qualifier, true) == Agreement.WRONG) == (
        true not in interval(value, qualifier)
    )


@given(VALUES, VALUES)
def test_no_value_is_both_over_and_below_a_figure(value, true):
    assert not (true in interval(value, "余") and true in interval(value, "近"))


def test_an_interval_knows_whether_it_is_one_value():
    assert (interval(Decimal(3), "").exact, interval(Decimal(3), "余").exact) == (True, False)
    assert interval(Decimal(3), "以上") == Interval(Decimal(3), None)


def test_rounding_to_a_place_is_half_up_on_both_sides_of_zero():
    assert (
        Decimal("-1.5") in interval(Decimal(-2), "", Decimal(1)),
        Decimal("-2.5") in interval(Decimal(-2), "", Decimal(1)),
    ) == (True, False)
