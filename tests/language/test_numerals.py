from contextlib import suppress
from decimal import Decimal

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.language.numerals import (
    Unreadable,
    narrow,
    ordinal,
    read_numeral,
    round_half_up,
    write_arabic,
    write_chinese,
    write_year,
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("18624", "18624"),
        ("18,624", "18624"),
        ("１８６２４", "18624"),
        ("1,234,567.89", "1234567.89"),
        ("2.369亿", "236900000"),
        ("0.5万", "5000"),
        ("5千", "5000"),
        ("5亿3千万", "530000000"),
        ("1.2万亿", "1200000000000"),
        ("12万3456", "123456"),
        ("三", "3"),
        ("两", "2"),
        ("十", "10"),
        ("十二", "12"),
        ("二十", "20"),
        ("百", "100"),
        ("一百零五", "105"),
        ("两千三百", "2300"),
        ("两万三千", "23000"),
        ("一万零五百", "10500"),
        ("二〇二一", "2021"),
        ("三点五", "3.5"),
        ("叁拾万", "300000"),
        ("零", "0"),
    ],
)
def test_a_numeral_is_read_exactly(text, value):
    assert read_numeral(text) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "、",
        "元",
        "一百五",
        "两万五",
        "三千二",
        "1万2",
        "十十",
        "五三万",
        "三、四",
        "1,2",
        "1.2.3",
        "万亿亿",
        "三点",
    ],
)
def test_what_is_no_numeral_or_ambiguous_is_refused_and_not_guessed(text):
    with pytest.raises(Unreadable):
        read_numeral(text)


@given(st.integers(0, 10**16 - 1))
def test_every_whole_number_survives_writing_and_reading(number):
    assert read_numeral(write_chinese(number)) == number


@given(st.integers(0, 10**15))
def test_writing_agrees_with_an_independent_library(number):
    assert int(cn2an.cn2an(write_chinese(number), "normal")) == number


@given(st.integers(0, 10**15))
def test_reading_agrees_with_an_independent_library(number):
    assert read_numeral(cn2an.an2cn(str(number))) == number


@given(st.text(alphabet="零一二十百千万亿点12.,两 x", max_size=30))
def test_any_text_is_read_or_refused(text):
    with suppress(Unreadable):
        assert read_numeral(text) >= 0


def test_numbers_of_sixteen_digits_and_negative_ones_have_no_chinese_form():
    for value in (10**16, -1):
        with pytest.raises(Unreadable):
            write_chinese(value)


def test_years_and_ordinals_are_written_by_the_standard():
    assert (write_year(2021), ordinal(3), ordinal(12)) == ("二〇二一年", "第三", "第十二")


def test_the_decimals_that_were_entered_are_padded_or_rounded_half_up():
    assert write_arabic(Decimal("16.7"), 2) == "16.70"
    assert write_arabic(Decimal("0.125"), 2) == "0.13"
    assert write_arabic(Decimal("-0.125"), 2) == "-0.13"
    assert write_arabic(Decimal("12"), 0) == "12"
    assert write_arabic(Decimal("1E+6")) == "1000000"
    assert write_arabic(Decimal("2.500")) == "2.5"
    assert write_arabic(Decimal("-0")) == "0"


@given(st.decimals(-(10**13), 10**13, places=4), st.integers(0, 4))
def test_rounding_moves_a_value_by_half_a_place_at_most(value, decimals):
    assert abs(round_half_up(value, decimals) - value) * 2 <= Decimal(1).scaleb(-decimals)


@given(st.text(max_size=40))
def test_narrowing_keeps_every_character_in_its_place(text):
    assert len(narrow(text)) == len(text)
