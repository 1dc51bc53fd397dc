"""A block copied from Excel or WPS becomes cells, each with its value or its reason."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workbooks.kit import INDICATORS
from tracker.workbooks.grids import Book
from tracker.workbooks.paste import MAX_CELLS, MAX_CHARACTERS, BadBlock, as_grid, read_block, split
from tracker.workbooks.reading import read_book
from tracker.workbooks.sheets import Column, Kind

MONTH = Column("本月", Kind.NUMBER)
YEAR = Column("本年累计", Kind.NUMBER)


def copied(rows):
    """As Excel copies: quotes around cells with a break, a tab or a leading quote."""

    def cell(text):
        risky = set("\t\n") & set(text) or text.startswith('"')
        return '"' + text.replace('"', '""') + '"' if risky else text

    return "".join("\t".join(map(cell, row)) + "\r\n" for row in rows)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("1\t2\r\n3\t4\r\n", [["1", "2"], ["3", "4"]]),
        ("1\t2\n3\t4", [["1", "2"], ["3", "4"]]),
        ("1\t\t3\n", [["1", "", "3"]]),
        ("1\t", [["1", ""]]),
        ("1\n\n2\n", [["1"], [""], ["2"]]),
        ('"两\n行"\t5\n', [["两\n行", "5"]]),
        ('"他说""好"""\t5\n', [['他说"好"', "5"]]),
        ('5"管\t6\n', [['5"管', "6"]]),
        ('"没有合上\t6\n', [['"没有合上', "6"]]),
        ("", []),
    ],
)
def test_a_block_is_split_as_it_was_copied(text, rows):
    assert split(text) == rows


cells = st.text(st.sampled_from('ab1,，"\t\n '), max_size=6)


@given(st.integers(1, 4).flatmap(lambda w: st.lists(st.lists(cells, min_size=w, max_size=w), min_size=1, max_size=4)))  # fmt: skip
def test_every_block_comes_out_as_it_went_in(rows):
    assert split(copied(rows)) == rows


def test_each_cell_has_its_value_or_its_reason():
    found = read_block("１，３０２\t一百\t9\n\t5人\t\n", [MONTH, YEAR])
    assert [(cell.row, cell.index, cell.column, cell.value, cell.problem) for cell in found] == [
        (0, 0, MONTH, Decimal(1302), ""),
        (0, 1, YEAR, None, "「一百」不是数值，请填写阿拉伯数字，如 1302 或 16.74"),
        (0, 2, None, None, "这一格超出了表格的最后一列"),
        (1, 0, MONTH, None, ""),
        (1, 1, YEAR, None, "「5人」带有「人」，本列只填数字，请去掉单位"),
        (1, 2, None, None, ""),
    ]


def test_a_block_with_headings_reads_like_a_sheet():
    grid = as_grid("编码\t指标名称\t数值\na\t甲\t1,302万元\n", "指标")
    reading = read_book(Book(["指标"], [grid]), [INDICATORS])
    (row,) = reading.rows["指标"]
    assert (row["code"], row["value"].number, row["value"].unit) == ("a", 1302, "万元")
    assert reading.errors == []


def test_a_block_that_is_too_large_is_refused():
    with pytest.raises(BadBlock, match="请分几次粘贴"):
        split("x" * (MAX_CHARACTERS + 1))
    with pytest.raises(BadBlock, match="请改用工作簿上传"):
        split("\t" * MAX_CELLS)
