"""What people type into a field."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from tracker.catalogue.models import Indicator, Unit
from tracker.submissions.typed import BLANK, Typed, read_typed


def measured_in(unit: str, scale: str = "", decimals: int | None = None) -> Indicator:
    return Indicator(unit=Unit(name=unit), entry_scale=scale, decimals=decimals)


MONEY = measured_in("元", "万")
PEOPLE = measured_in("人次", decimals=0)


@pytest.mark.parametrize(
    ("text", "indicator", "expected"),
    [
        ("1302", MONEY, Typed("value", Decimal(13020000), "1302", "万元")),
        ("1,302", MONEY, Typed("value", Decimal(13020000), "1302", "万元")),
        ("１３０２", MONEY, Typed("value", Decimal(13020000), "1302", "万元")),
        ("13020000元", MONEY, Typed("value", Decimal(13020000), "13020000", "元")),
        ("16.74亿元", MONEY, Typed("value", Decimal(1674000000), "16.74", "亿元", 2)),
        ("500余万元", MONEY, Typed("value", Decimal(5000000), "500", "万元", 0, "余")),
        ("20万余元", MONEY, Typed("value", Decimal(200000), "20", "万元", 0, "余")),
        ("7000多", PEOPLE, Typed("value", Decimal(7000), "7000", "人次", 0, "多")),
        ("约1000余人次", PEOPLE, Typed("value", Decimal(1000), "1000", "人次", 0, "约+余")),
        ("超过300", PEOPLE, Typed("value", Decimal(300), "300", "人次", 0, "超")),
        ("300人次以上", PEOPLE, Typed("value", Decimal(300), "300", "人次", 0, "以上")),
        ("-86", PEOPLE, Typed("value", Decimal(-86), "-86", "人次")),
        ("0", PEOPLE, Typed("value", Decimal(0), "0", "人次")),
        (" 21.2 % ", measured_in("%"), Typed("value", Decimal("21.2"), "21.2", "%", 1)),
        ("676元/月", measured_in("元/月"), Typed("value", Decimal(676), "676", "元/月")),
    ],
)
def test_a_field_is_read_as_people_write_it(text, indicator, expected):
    assert read_typed(text, indicator) == expected


def test_an_empty_field_is_blank_and_not_zero():
    assert read_typed("  ", PEOPLE) == BLANK
    assert read_typed("0", PEOPLE) != BLANK


@pytest.mark.parametrize(
    ("text", "indicator", "said"),
    [
        ("很多", PEOPLE, "“很多”不是可以识别的数值。请只填数字，如 1302 或 500余。"),
        ("12.5", PEOPLE, "本指标应为整数，请核对后填写。"),
        ("1.234", measured_in("元", "万", 2), "本指标最多2位小数，请核对后填写。"),
        ("50户", PEOPLE, "单位“户”与本指标的单位“人次”不符，请核对后填写。"),
        ("1e9", PEOPLE, "“1e9”不是可以识别的数值。请只填数字，如 1302 或 500余。"),
        ("99999999999999", PEOPLE, "数值超过上限（10万亿），请检查单位是否正确。"),
        ("1,30,2", PEOPLE, "“1,30,2”不是可以识别的数值。请只填数字，如 1302 或 500余。"),
        ("1 2/3", PEOPLE, "“1 2/3”不是可以识别的数值。请只填数字，如 1302 或 500余。"),
    ],
)
def test_what_is_no_value_of_the_indicator_is_refused_in_words(text, indicator, said):
    with pytest.raises(ValidationError) as refusal:
        read_typed(text, indicator)
    assert refusal.value.messages == [said]


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=4))
def test_every_number_within_the_cap_comes_back_to_the_last_digit(value):
    assert read_typed(format(value, "f"), measured_in("元")).value == value


@given(st.text(max_size=200))
def test_no_text_breaks_the_field(text):
    try:
        typed = read_typed(text, PEOPLE)
    except ValidationError as refusal:
        assert refusal.messages[0].endswith("。")  # noqa: PT017 - either answer is right
    else:
        assert typed == BLANK or typed.value is not None
