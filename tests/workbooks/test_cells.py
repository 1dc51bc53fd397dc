"""What offices type into cells, and what it means."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.workbooks.cells import BadCell, Fault, Quantity, plain, read_cell
from tracker.workbooks.sheets import Column, Kind, Sheet


def value_of(kind, cell, **options):
    return read_cell(Column("列", kind, **options), cell)


def refusal_of(kind, cell, **options):
    with pytest.raises(BadCell) as refusal:
        value_of(kind, cell, **options)
    return str(refusal.value)


@pytest.mark.parametrize(
    ("typed", "number", "unit"),
    [
        ("1302", "1302", ""),
        ("１３０２", "1302", ""),
        ("1,302", "1302", ""),
        ("１，３０２．５", "1302.5", ""),
        ("12 345 678", "12345678", ""),
        (" 1302 万元 ", "1302", "万元"),
        ("16.740亿", "16.740", "亿"),
        ("98.5％", "98.5", "%"),
        ("3.2 m2", "3.2", "m2"),
        ("120元/月", "120", "元/月"),
        ("-5", "-5", ""),
        ("−5", "-5", ""),
        ("+5", "5", ""),
        (".5", "0.5", ""),
        ("'42", "42", ""),
        ("\u200b42\xa0", "42", ""),
        (Decimal("1302.0"), "1302", ""),
        (Decimal("1E+3"), "1000", ""),
    ],
)
def test_a_quantity_is_its_number_and_the_unit_behind_it(typed, number, unit):
    quantity = value_of(Kind.QUANTITY, typed)
    assert (str(quantity.number), quantity.unit) == (number, unit)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("一百二十", "「一百二十」不是数值，请填写阿拉伯数字，如 1302 或 16.74"),
        ("1,23", "「1,23」的千位逗号位置不对，请核对"),
        ("1.23E+05", "「1.23E+05」是科学计数法，请写出全部数字"),
        ("—", "「—」不是数值，没有数据请留空"),
        ("/", "「/」不是数值，没有数据请留空"),
        ("12-15", "「12-15」不是数值，请填写阿拉伯数字，如 1302 或 16.74"),
        ("12人3户", "「12人3户」不是数值，请填写阿拉伯数字，如 1302 或 16.74"),
        ("٣", "「٣」不是数值，请填写阿拉伯数字，如 1302 或 16.74"),
        ("9" * 31, "「99999999999999999999…」位数过多，请核对"),
        (True, "「是」不是数值，请填写阿拉伯数字，如 1302 或 16.74"),
        (Decimal("1E+15"), "数值超过 15 位，表格软件已改动末位数字，请核对单位和位数"),
        (
            date(2020, 12, 1),
            "单元格是日期（2020-12-01），不是数值，请设为常规格式后重新填写",
        ),
        ("#N/A", "公式出错（#N/A），请改正公式，或直接填写结果"),
        (Fault("#DIV/0!"), "公式出错（#DIV/0!），请改正公式，或直接填写结果"),
    ],
)
def test_what_is_no_number_is_refused_in_words(typed, reason):
    assert refusal_of(Kind.QUANTITY, typed) == reason


def test_a_number_column_wants_no_unit():
    assert value_of(Kind.NUMBER, "1,302.50") == Decimal("1302.50")
    assert (
        refusal_of(Kind.NUMBER, "1302万元") == "「1302万元」带有「万元」，本列只填数字，请去掉单位"
    )
    assert refusal_of(Kind.NUMBER, "98.5%") == "「98.5%」带有「%」，本列只填数字，请去掉单位"


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=4))
def test_a_number_written_as_text_keeps_every_digit(number):
    assert value_of(Kind.NUMBER, format(number, ",f")) == number
    assert Decimal(plain(number)) == number


def test_an_integer_is_whole():
    assert value_of(Kind.INTEGER, Decimal("3.0")) == 3
    assert refusal_of(Kind.INTEGER, "3.5") == "「3.5」不是整数，请填写整数"
    assert refusal_of(Kind.INTEGER, "两位") == "「两位」不是整数，请填写整数，如 0、1、2"


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (Decimal("370100.0"), "370100"),
        ("３７０ 100", "370100"),
        ("'0012", "0012"),
        ("GH-01", "GH-01"),
        (Decimal("1.1"), "1.1"),
    ],
)
def test_a_code_is_text_however_the_spreadsheet_keeps_it(cell, code):
    assert value_of(Kind.CODE, cell) == code


def test_a_code_that_the_spreadsheet_spoilt_is_refused():
    assert refusal_of(Kind.CODE, Decimal("3.70102E+17")) == (
        "编码超过 15 位，表格软件已改动末位数字，请把单元格设为文本格式后重新填写"
    )
    assert refusal_of(Kind.CODE, date(2020, 1, 2)) == (
        "编码被表格软件改成了日期，请把单元格设为文本格式后重新填写"
    )


@pytest.mark.parametrize("cell", ["是", "√", "ｙ", "TRUE", True, Decimal(1)])
def test_yes_in_many_ways(cell):
    assert value_of(Kind.BOOLEAN, cell) is True


@pytest.mark.parametrize("cell", ["否", "×", "N", False, Decimal(0)])
def test_no_in_many_ways(cell):
    assert value_of(Kind.BOOLEAN, cell) is False


def test_neither_yes_nor_no_is_refused():
    assert refusal_of(Kind.BOOLEAN, "也许") == "「也许」无法识别，请填写「是」或「否」"


def test_a_choice_gives_the_value_of_its_label():
    choices = {"流量": "flow", "存量": "stock", "本期(月)": "month"}
    assert value_of(Kind.CHOICE, " 流 量 ", choices=choices) == "flow"
    assert value_of(Kind.CHOICE, "本期（月）", choices=choices) == "month"
    assert refusal_of(Kind.CHOICE, "流", choices=choices) == (
        "「流」不在可选范围内，请填写：流量、存量、本期(月)"
    )
    assert value_of(Kind.CHOICE, "精确", choices=["精确", "概数"]) == "精确"


def test_a_list_is_split_at_every_separator():
    assert value_of(Kind.LIST, "a、b,c，d;e；f\ng、、") == tuple("abcdefg")
    assert value_of(Kind.LIST, Decimal("101.0")) == ("101",)
    assert value_of(Kind.LIST, "是、否", choices={"是": 1, "否": 0}) == (1, 0)
    assert refusal_of(Kind.LIST, "是、嗯", choices={"是": 1}) == "「嗯」不在可选范围内，请填写：是"


@pytest.mark.parametrize(
    ("cell", "span"),
    [
        (Decimal("2020.0"), "2020"),
        ("2020h1", "2020H1"),
        ("２０２０－１２", "2020-12"),
        (date(2020, 12, 1), "2020-12"),
        ("2020-W50", "2020-W50"),
    ],
)
def test_a_period_survives_the_spreadsheet(cell, span):
    assert value_of(Kind.PERIOD, cell) == span


def test_a_day_is_no_period():
    assert refusal_of(Kind.PERIOD, date(2020, 12, 15)) == (
        "单元格是日期（2020-12-15），不是期间，请设为文本格式后写成 2020-12 这样"
    )


@pytest.mark.parametrize(
    "cell",
    [
        date(2020, 3, 1),
        datetime(2020, 3, 1, 8, 30),  # noqa: DTZ001 - a spreadsheet knows no time zone
        "2020-3-1",
        "2020/03/01",
        "2020.3.1",
        "2020年3月1日",
        "20200301",
        Decimal("20200301.0"),
    ],
)
def test_a_day_in_every_spelling(cell):
    assert value_of(Kind.DATE, cell) == date(2020, 3, 1)


def test_a_day_that_does_not_exist_is_refused_even_where_text_is_allowed():
    reason = "「2020-02-30」不是存在的日期，请核对"
    assert refusal_of(Kind.DATE, "2020-02-30") == reason
    assert refusal_of(Kind.DATE_OR_TEXT, "2020-02-30") == reason
    assert refusal_of(Kind.DATE, "去年") == "「去年」不是日期，请写成 2020-12-31 这样"


def test_a_base_is_a_day_or_words():
    assert value_of(Kind.DATE_OR_TEXT, "2016年1月1日") == date(2016, 1, 1)
    assert value_of(Kind.DATE_OR_TEXT, date(2016, 1, 1)) == date(2016, 1, 1)
    assert value_of(Kind.DATE_OR_TEXT, "脱贫攻坚战以来") == "脱贫攻坚战以来"
    assert value_of(Kind.DATE_OR_TEXT, Decimal("2016.0")) == "2016"


def test_text_keeps_its_full_width_signs_and_loses_only_the_space_around_it():
    assert value_of(Kind.TEXT, " 资助（１）\r\n二 ") == "资助（１）\n二"
    assert value_of(Kind.TEXT, Decimal("100")) == "100"
    assert value_of(Kind.TEXT, datetime(2020, 1, 2, 17, 0)) == "2020-01-02 17:00"  # noqa: DTZ001


def test_a_column_limits_length_and_checks_its_value():
    assert refusal_of(Kind.TEXT, "四个字了", max_length=3) == "共 4 个字，超过 3 字的上限，请缩短"
    positive = {"check": lambda quantity: "不能是负数" if quantity.number < 0 else None}
    assert refusal_of(Kind.QUANTITY, "-1", **positive) == "不能是负数"
    assert value_of(Kind.QUANTITY, "1", **positive) == Quantity(Decimal(1), "")


def test_a_sheet_with_two_columns_of_one_name_is_a_mistake_of_ours():
    with pytest.raises(ValueError, match="two columns share a key"):
        Sheet("指标", (Column("编码", key="a"), Column("名称", key="a")))
