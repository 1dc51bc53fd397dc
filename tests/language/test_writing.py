from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.language.figures import recognise
from tracker.language.units import UnitClass, normal_unit, split_scale, unit_class
from tracker.language.writing import suggest_display, write_figure, write_range


@pytest.mark.parametrize(
    ("value", "unit", "shape", "surface"),
    [
        ("2581", "名", {}, "2581名"),
        ("18624", "人次", {}, "18624人次"),
        ("676", "元/月", {}, "676元/月"),
        ("125.33", "%", {"decimals": 2}, "125.33%"),
        ("53", "%", {}, "53%"),
        ("3", "个百分点", {}, "3个百分点"),
        ("1.2", "百分点", {}, "1.2个百分点"),
        ("1674000000", "元", {"display": "亿", "decimals": 2}, "16.74亿元"),
        ("54910000", "元", {"display": "万", "decimals": 0}, "5491万元"),
        ("54910000", "元", {"display": "万", "decimals": 1}, "5491.0万元"),
        ("43412200", "元", {"display": "万"}, "4341.22万元"),
        ("43412200", "元", {"display": "万", "decimals": 1}, "4341.2万元"),
        ("1400", "人次", {"display": "万"}, "1400人次"),
        ("127300", "人", {"display": "万"}, "12.73万人"),
        ("300", "名", {"qualifier": "余"}, "300余名"),
        ("7000", "人次", {"qualifier": "多"}, "7000多人次"),
        ("5000000", "元", {"qualifier": "余", "display": "万"}, "500余万元"),
        ("1800000", "元", {"qualifier": "余", "display": "万"}, "180余万元"),
        (
            "1800000",
            "元",
            {"qualifier": "余", "display": "万", "place": Decimal(10000)},
            "180万余元",
        ),
        ("200000", "人次", {"qualifier": "余", "display": "万"}, "20余万人次"),
        (
            "200000",
            "人次",
            {"qualifier": "余", "display": "万", "place": Decimal(10000)},
            "20万余人次",
        ),
        ("230000", "户", {"qualifier": "多", "display": "万"}, "23万多户"),
        ("30000", "人", {"qualifier": "余", "display": "万"}, "3万余人"),
        ("240000000000", "元", {"qualifier": "多", "display": "亿"}, "2400多亿元"),
        ("24000", "人次", {"qualifier": "余"}, "24000余人次"),
        ("10000000", "元", {"qualifier": "约+余", "display": "万"}, "1000余万元"),
        ("50000000", "元", {"qualifier": "超+余", "display": "万"}, "超5000万元"),
        ("1691500", "元", {"qualifier": "约", "display": "万", "decimals": 2}, "约169.15万元"),
        ("300000", "人", {"qualifier": "接近", "display": "万"}, "近30万人"),
        ("7000000", "人", {"qualifier": "超", "display": "万"}, "超700万人"),
        ("5000", "元/年", {"qualifier": "不低于"}, "不低于5000元/年"),
        ("120000", "元", {"qualifier": "最高", "display": "万"}, "最高12万元"),
        ("150", "人", {"qualifier": "左右"}, "150人左右"),
        ("90", "%", {"qualifier": "以上"}, "90%以上"),
        ("300", "元/月", {"qualifier": "左右"}, "300元/月左右"),
        ("3", "批", {"display": "汉字"}, "三批"),
        ("2", "次", {"display": "汉字"}, "两次"),
        ("100", "人", {"display": "汉字", "qualifier": "余"}, "百余人"),
        ("20", "%", {"qualifier": "余"}, "超20%"),
        ("3", "家", {"qualifier": "余"}, "超3家"),
        ("800", "平米", {}, "800平方米"),
        ("8666", "人(户)", {}, "8666人(户)"),
        ("-3.5", "%", {}, "-3.5%"),
        ("-30000", "元", {"display": "万"}, "-3万元"),
        ("0", "件", {}, "0件"),
    ],
)
def test_a_figure_is_written_as_officials_write_it(value, unit, shape, surface):
    assert write_figure(Decimal(value), unit, **shape) == surface


@pytest.mark.parametrize(
    ("low", "high", "unit", "shape", "surface"),
    [
        ("6", "16", "岁", {}, "6—16岁"),
        ("6", "16", "岁", {"mark": "-"}, "6-16岁"),
        ("15", "30", "%", {}, "15%—30%"),
        ("30000", "50000", "元", {"display": "万"}, "3万元—5万元"),
        ("30000", "50000", "人", {"display": "万"}, "3万人—5万人"),
        ("300", "500", "元/月", {}, "300元/月—500元/月"),
    ],
)
def test_a_range_repeats_what_would_change_its_value(low, high, unit, shape, surface):
    assert write_range(Decimal(low), Decimal(high), unit, **shape) == surface


@pytest.mark.parametrize(
    "shape", [{"display": "千"}, {"qualifier": "区间下限"}, {"qualifier": "差不多"}]
)
def test_a_shape_that_does_not_exist_is_refused(shape):
    with pytest.raises(ValueError, match="不认识|区间"):
        write_figure(Decimal(3), "家", **shape)


@pytest.mark.parametrize(
    ("value", "unit", "display"),
    [
        ("18624", "人次", ""),
        ("290000", "人", "万"),
        ("84200", "人", "万"),
        ("13020000", "元", "万"),
        ("43412200", "元", "万"),
        ("1674000000", "元", "亿"),
        ("676", "元/月", ""),
        ("25700", "元/年", ""),
        ("9999", "元", ""),
        ("51000000", "人", "万"),
    ],
)
def test_money_converts_and_a_count_only_when_it_is_round(value, unit, display):
    assert suggest_display(Decimal(value), unit) == display


@given(st.integers(1, 10**13), st.sampled_from(["", "万", "亿"]))
def test_without_decimals_no_digit_is_lost_or_added(number, display):
    surface = write_figure(Decimal(number), "元", display=display).removesuffix("元")
    scale = {"万": 10**4, "亿": 10**8}.get(surface[-1], 1)
    digits = surface.rstrip("万亿")
    assert Decimal(digits) * scale == number
    assert not ("." in digits and digits.endswith("0"))


@pytest.mark.parametrize(
    ("unit", "kind"),
    [
        ("名", "person"),
        ("人次/日", "attendance"),
        ("户", "household"),
        ("家", "organisation"),
        ("元/月", "money"),
        ("个百分点", "percent"),
        ("人(户)", "person"),
        ("公里", "other"),
    ],
)
def test_units_fall_into_classes_whatever_they_are_per(unit, kind):
    assert unit_class(unit) == UnitClass(kind)


def test_units_have_one_spelling_and_a_scale():
    assert [normal_unit(unit) for unit in ("平米", "㎡", "块钱/月", "人", "人（户）")] == [
        "平方米",
        "平方米",
        "元/月",
        "人",
        "人(户)",
    ]
    assert [split_scale(unit) for unit in ("万元", "亿元", "千元", "人", "万", "百万元")] == [
        (10000, "元"), (10**8, "元"), (1000, "元"), (1, "人"), (1, "万"), (10**6, "元"),
    ]  # fmt: skip


UNITS = [
    "人",
    "名",
    "人次",
    "户",
    "家",
    "个",
    "项",
    "件",
    "场次",
    "元",
    "元/月",
    "平方米",
    "公里",
    "小时",
    "%",
    "百分点",
    "岁",
    "台",
]


@given(
    st.integers(1, 10**12),
    st.integers(0, 2),
    st.sampled_from(UNITS),
    st.sampled_from(["", "万", "亿"]),
    st.sampled_from(
        [
            "",
            "余",
            "多",
            "约",
            "近",
            "超",
            "左右",
            "以上",
            "以下",
            "以内",
            "不少于",
            "不低于",
            "至少",
            "不超过",
            "最高",
            "低于",
            "不足",
        ]
    ),
)
def test_what_is_written_is_read_back_with_value_unit_and_qualifier(
    number, decimals, unit, display, qualifier
):
    value = Decimal(number).scaleb(-decimals)
    surface = write_figure(value, unit, display=display, qualifier=qualifier)
    figures = recognise(f"全市{surface}。").figures
    read = [(figure.value, figure.unit, figure.raw) for figure in figures]
    assert read == [(value, unit, surface)]
    assert (figures[0].qualifier == qualifier) or (
        qualifier in ("余", "多") and figures[0].qualifier == "超"
    )


@given(st.integers(1, 9999), st.sampled_from(["次", "年", "个", "项", "万元", "倍"]))
def test_chinese_numerals_are_read_back_as_counts(number, unit):
    surface = write_figure(Decimal(number), unit, display="汉字")
    scale, base = split_scale(unit)
    read = [(figure.value, figure.unit) for figure in recognise(f"先后选派{surface}。").figures]
    assert read == ([] if number == 1 and unit not in ("倍", "万元") else [(number * scale, base)])


@given(
    st.integers(0, 10**6),
    st.integers(1, 10**6),
    st.sampled_from(["元", "%", "岁", "人"]),
    st.sampled_from(["", "万"]),
    st.sampled_from("—～-"),
)
def test_a_range_is_read_back_as_its_two_bounds(low, more, unit, display, mark):
    surface = write_range(Decimal(low), Decimal(low + more), unit, display=display, mark=mark)
    read = [
        (figure.value, figure.unit, figure.qualifier)
        for figure in recognise(f"共{surface}。").figures
    ]
    assert read == [(low, unit, "区间下限"), (low + more, unit, "区间上限")]
