"""A figure may be written otherwise; it never says anything else."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.releases.drafting.papers import BOUND, MONEY
from tracker.documents.tree import Figure
from tracker.language.writing import write_figure
from tracker.releases.drafting.surfaces import forms, says


def written(surface, value, unit, qualifier=""):
    return [
        form.surface for form in forms(Figure("e1", (1,), surface, Decimal(value), unit, qualifier))
    ]


@pytest.mark.parametrize(
    ("surface", "value", "unit", "expected"),
    [
        ("1302万元", 13020000, "元", ["1302万元", "13020000元", "1300余万元", "超1300万元", "约1300万元"]),
        ("3221名", 3221, "名", ["3221名", "3200余名", "3000余名", "超3200名", "超3000名", "近3300名", "约3200名"]),
        ("21.24%", "21.24", "%", ["21.24%", "21%", "21.2%", "超21%", "超20%", "近22%", "约21%"]),
        ("3批", 3, "批", ["3批", "三批"]),
        ("676元/月", 676, "元/月", ["676元/月"]),
        ("200人", 200, "人", ["200人"]),
        ("12人", 12, "人", ["12人"]),
        ("29万人", 290000, "人", ["29万人", "290000人", "近30万人", "约30万人"]),
    ],
)  # fmt: skip
def test_the_forms_that_are_offered(surface, value, unit, expected):
    assert written(surface, value, unit) == expected


def test_yuan_and_ten_thousand_yuan_of_what_was_reported_as_about():
    assert written("约169.15万元", 1691500, "元", "约") == ["约169.15万元", "约1691500元"]


def test_what_was_reported_with_yu_stays_so():
    assert [form.surface for form in forms(BOUND)] == ["300余名"]


def test_every_form_says_how_it_differs():
    labels = {form.surface: form.label for form in forms(MONEY)}
    assert labels["13020000元"] == "以元计"
    assert labels["1300余万元"] == "约略写，用“余”"


@pytest.mark.parametrize(
    "surface", ["1303万元", "1302元", "1302万人", "1302", "", "共1302万元", "1302万元等", "0" * 99]
)
def test_what_says_something_else_is_not_the_figure(surface):
    assert says(surface, MONEY) is None


@settings(deadline=None, max_examples=60)
@given(
    st.decimals(min_value=1, max_value=10**10, places=2),
    st.sampled_from(["元", "人", "人次", "户", "%", "亩"]),
)
def test_every_form_of_every_value_reads_back_as_true(value, unit):
    value = value if unit in ("元", "%") else value.to_integral_value()
    figure = Figure("e1", (1,), write_figure(value, unit), value, unit)
    for form in forms(figure)[1:]:
        assert says(form.surface, figure)
