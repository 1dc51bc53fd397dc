import json
import zipfile
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.documents.trees import small
from tracker.documents.canonical import digest
from tracker.documents.characters import printable
from tracker.documents.provenance import COLUMNS, provenance_json, write_provenance

ROW = {
    "number": 1,
    "surface": "16.70亿元",
    "indicator": "发放资金",
    "value": Decimal("16.70"),
    "unit": "亿元",
    "agency": "市总工会",
    "reporter": "李一",
    "approver": "王二",
    "waiver": None,
}


def sheets(rows, document=None):
    return openpyxl.load_workbook(BytesIO(write_provenance(document or small(), rows)))


def cell(row, name, rows=(ROW,)):
    return sheets(rows).worksheets[0].cell(row, list(COLUMNS).index(name) + 1)


def test_the_sheet_leads_from_a_figure_to_its_people():
    sheet = sheets([ROW]).worksheets[0]
    assert [found.value for found in sheet[1]] == [heading for heading, _ in COLUMNS.values()]
    filled = {
        name: found.value for name, found in zip(COLUMNS, sheet[2], strict=True) if found.value
    }
    assert filled == {name: value for name, value in {**ROW, "value": 16.7}.items() if value}


def test_a_number_is_a_number_with_the_decimals_that_were_entered():
    assert (cell(2, "value").data_type, cell(2, "value").number_format) == ("n", "0.00")
    assert cell(2, "number").number_format == "0"


def test_a_number_beyond_what_a_spreadsheet_keeps_is_text():
    long = {"value": Decimal("123456789012345.67")}
    assert cell(2, "value", [long]).value == "123456789012345.67"


@pytest.mark.parametrize(
    "formula", ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "http://a.b"]
)
def test_no_cell_is_a_formula_or_a_link(formula):
    found = cell(2, "evidence", [{"evidence": formula}])
    assert (found.value, found.data_type, found.hyperlink) == (formula, "s", None)


def test_the_head_stays_in_sight_and_columns_have_their_width():
    sheet = sheets([ROW]).worksheets[0]
    assert sheet.freeze_panes == "C2"
    assert sheet.auto_filter.ref == "A1:S2"
    assert sheet.print_title_rows == "$1:$1"
    assert round(sheet.column_dimensions["C"].width) == 41


def test_a_second_sheet_names_the_document():
    document = small(notices=("演示数据",), version="3")
    about = sheets([], document).worksheets[1]
    assert [row[0].value for row in about.rows] == [
        "新闻发布会材料",
        "演示数据",
        f"文件版本：3　内容校验（SHA-256）：{digest(document)}",
    ]


def test_two_runs_give_the_same_bytes():
    assert write_provenance(small(), [ROW]) == write_provenance(small(), [ROW])


def test_a_text_too_long_for_a_cell_is_cut_where_one_can_see_it():
    found = cell(2, "sentence", [{"sentence": "字" * 40_000}]).value
    assert len(found) == 32_765
    assert found.endswith("字……")


@given(
    st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), min_size=1, max_size=50)
)
@settings(max_examples=20, deadline=None)
def test_any_value_comes_out_of_the_sheet_as_it_was_entered(values):
    sheet = sheets([{"sentence": value} for value in values]).worksheets[0]
    written = [sheet.cell(row, 3).value for row in range(2, len(values) + 2)]
    assert written == [printable(value) for value in values]


def test_the_same_rows_as_json_keep_their_digits():
    assert json.loads(provenance_json(small(), [ROW])) == {
        "title": "新闻发布会材料",
        "sha256": digest(small()),
        "figures": [{**ROW, "value": "16.70"}],
    }


def test_the_package_holds_no_macro_and_no_link():
    with zipfile.ZipFile(BytesIO(write_provenance(small(), [ROW]))) as package:
        assert [
            name for name in package.namelist() if "vba" in name or "externalLink" in name
        ] == []
