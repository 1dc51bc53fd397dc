"""A city prints one mark of ranges: the others are found, read alike and put right."""

from decimal import Decimal

import pytest

from tracker.language.figures import recognise
from tracker.language.range_marks import MARKS, other_marks
from tracker.language.writing import write_range


def suggested(text, mark):
    found = other_marks(text, recognise(text).figures, mark)
    return [(text[one.start : one.end], one.suggestion) for one in found]


@pytest.mark.parametrize(
    ("mark", "expected"),
    [
        ("", []),
        ("—", [("6～16岁", "6—16岁"), ("3-5万元", "3—5万元")]),
        ("～", [("3000元—5000元", "3000元～5000元"), ("3-5万元", "3～5万元")]),
        (
            "至",
            [("3000元—5000元", "3000元至5000元"), ("6～16岁", "6至16岁"), ("3-5万元", "3至5万元")],
        ),
    ],
)
def test_every_other_sign_is_put_right_and_words_are_let_be(mark, expected):
    text = "每月3000元—5000元，另有6～16岁儿童，奖励3-5万元，提前5至10天。"
    assert suggested(text, mark) == expected


@pytest.mark.parametrize(
    "text", ["电话0531-86011234。", "2021—2025年", "增长-3.2%。", "国发〔2021〕5号"]
)
def test_what_is_no_range_of_figures_is_let_be(text):
    assert suggested(text, "～") == []


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize(
    ("unit", "low", "high"), [("岁", 6, 16), ("元", 30000, 50000), ("%", 15, 30)]
)
def test_what_is_written_with_a_mark_is_read_back_and_needs_no_other(mark, unit, low, high):
    text = f"标准为{write_range(Decimal(low), Decimal(high), unit, mark=mark)}。"
    figures = recognise(text).figures
    read = [(one.value, one.unit, one.qualifier) for one in figures]
    assert read == [(low, unit, "区间下限"), (high, unit, "区间上限")]
    assert suggested(text, mark) == []
