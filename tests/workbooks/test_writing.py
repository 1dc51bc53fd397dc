"""What is written reads back as it was, and no cell is ever a formula."""

import io
import string
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workbooks.kit import INDICATORS
from tracker.workbooks.cells import Quantity
from tracker.workbooks.reading import read
from tracker.workbooks.sheets import Column, Kind, Sheet
from tracker.workbooks.writing import template, write

EVERYTHING = Sheet(
    "全部",
    (
        Column("文字", Kind.TEXT, key="text"),
        Column("编码", Kind.CODE, key="code"),
        Column("数", Kind.NUMBER, key="number"),
        Column("量", Kind.QUANTITY, key="quantity"),
        Column("整数", Kind.INTEGER, key="integer"),
        Column("是否", Kind.BOOLEAN, key="boolean"),
        Column("选择", Kind.CHOICE, choices={"流量": "flow", "存量": "stock"}, key="choice"),
        Column("列表", Kind.LIST, key="list", default=()),
        Column("期间", Kind.PERIOD, key="period"),
        Column("日期", Kind.DATE, key="date"),
        Column("起算", Kind.DATE_OR_TEXT, key="base"),
    ),
)
# What XML 1.0 can hold: surrogates and U+FFFE, U+FFFF are no characters.
written = st.characters(exclude_categories=["Cs"], exclude_characters="\r\ufffe\uffff")
texts = st.text(written, max_size=40).map(lambda t: t.strip().strip("\ufeff\u200b").strip())
texts = texts.filter(lambda t: t == t.strip().strip("\ufeff\u200b").strip())
filled = texts.filter(
    lambda t: any(c not in "\u200b\u200c\u200d\u2060\ufeff\u00ad \u3000" for c in t)
)
codes = st.text(string.ascii_letters + string.digits + "-_=.", min_size=1, max_size=12)
numbers = st.decimals(min_value=-(10**14), max_value=10**14, places=4).map(lambda n: n + 0)
items = st.lists(st.sampled_from(["甲", "乙2", "=丙", "01"]), max_size=3).map(tuple)
days = st.dates(date(1850, 1, 1), date(2100, 1, 1))
words = st.sampled_from(["近年来", "脱贫攻坚战以来", "=1+1"])
rows_of_everything = st.fixed_dictionaries(
    {
        "text": st.none() | filled,
        "code": codes,
        "number": st.none() | numbers,
        "quantity": st.none() | st.builds(Quantity, numbers, st.sampled_from(["", "万元", "%"])),
        "integer": st.none() | st.integers(-(10**14), 10**14),
        "boolean": st.none() | st.booleans(),
        "choice": st.none() | st.sampled_from(["flow", "stock"]),
        "list": items,
        "period": st.none() | st.sampled_from(["2020", "2020H1", "2020Q4", "2020-12", "2020-W50"]),
        "date": st.none() | days,
        "base": st.none() | days | words,
    }
)


def cells_of(data, name):
    sheet = openpyxl.load_workbook(io.BytesIO(data))[name]
    return [[(cell.value, cell.data_type) for cell in row] for row in sheet.iter_rows()]


@settings(max_examples=15, deadline=None)
@given(st.lists(rows_of_everything, max_size=40))
def test_what_is_written_reads_back_as_it_was(rows):
    reading = read(write([(EVERYTHING, rows)]), [EVERYTHING])
    assert [row.values for row in reading.rows["全部"]] == rows
    assert reading.errors == reading.warnings == []


@settings(max_examples=5, deadline=None)
@given(st.lists(rows_of_everything, max_size=5))
def test_the_same_rows_give_the_same_bytes(rows):
    assert write([(EVERYTHING, rows)]) == write([(EVERYTHING, rows)])


@pytest.mark.parametrize("payload", ["=1+1", "=cmd|'/c calc'!A1", "+1", "-1", "@SUM(A1)", "\t=1", "{=1}", "http://a"])  # fmt: skip
def test_no_text_becomes_a_formula_or_a_link(payload):
    sheet = Sheet("表", (Column(payload), Column("乙")))
    data = write([(sheet, [{payload: payload, "乙": payload}])])
    workbook = openpyxl.load_workbook(io.BytesIO(data))
    kinds = {cell.data_type for row in workbook.worksheets[0].iter_rows() for cell in row}
    assert kinds == {"s"}
    assert [c.hyperlink for row in workbook.worksheets[0].iter_rows() for c in row] == [None] * 4


def test_numbers_are_numbers_until_a_spreadsheet_would_change_them():
    sheet = Sheet("数", (Column("数", Kind.NUMBER),))
    rows = [{"数": Decimal("1302.50")}, {"数": Decimal("1234567890123.4567")}]
    assert cells_of(write([(sheet, rows)]), "数")[1:] == [
        [(1302.5, "n")],
        [("1234567890123.4567", "s")],
    ]


def test_a_template_has_headings_notes_a_frozen_head_and_drop_downs():
    long_list = [f"很长的选项名称第{number}项" for number in range(40)]
    sheet = Sheet(
        "人员",
        (
            Column("姓名", required=True, help="身份证上的姓名"),
            Column("牵头", Kind.BOOLEAN),
            Column("角色", Kind.CHOICE, choices=long_list),
        ),
    )
    workbook = openpyxl.load_workbook(io.BytesIO(template([sheet])))
    worksheet = workbook["人员"]
    assert [cell.value for cell in worksheet[1]] == ["姓名", "牵头", "角色"]
    assert worksheet["A1"].comment.text == "身份证上的姓名"
    assert worksheet.freeze_panes == "A2"
    sources = {str(v.sqref): v.formula1 for v in worksheet.data_validations.dataValidation}
    assert sources == {"B2:B5001": '"是,否"', "C2:C5001": "'_选项'!$A$1:$A$40"}
    assert [cell.value for (cell,) in workbook["_选项"].iter_rows()] == long_list
    assert workbook["_选项"].sheet_state == "hidden"
    assert read(template([sheet]), [sheet]).warnings == []


def test_locked_columns_are_protected_and_the_others_are_open():
    sheet = Sheet("填报", (Column("上期", Kind.NUMBER, locked=True), Column("本期", Kind.NUMBER)))
    data = write([(sheet, [{"上期": Decimal(1)}])])
    worksheet = openpyxl.load_workbook(io.BytesIO(data))["填报"]
    assert worksheet.protection.sheet is True
    assert (worksheet["A2"].protection.locked, worksheet["B2"].protection.locked) == (True, False)


def test_a_text_that_no_cell_can_hold_is_refused_not_cut():
    sheet = Sheet("文字材料", (Column("文字"),))
    with pytest.raises(ValueError, match="「文字」的文字超过 32767 字，单元格放不下"):
        write([(sheet, [{"文字": "字" * 32_768}])])


def test_a_missing_value_is_an_empty_cell():
    data = write([(INDICATORS, [{"code": "a", "name": "甲"}])])
    (row,) = read(data, [INDICATORS]).rows["指标"]
    assert (row["code"], row["value"], row["measure"]) == ("a", None, "flow")
