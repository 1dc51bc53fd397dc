"""Everything that is wrong in a workbook is said at once, with sheet, cell and reason."""

import io
from datetime import date
from decimal import Decimal

import pytest
import xlwt

from tests.workbooks.kit import INDICATORS, made, part, table, with_part
from tracker.workbooks.cells import Quantity
from tracker.workbooks.reading import CellError, CellWarning, read
from tracker.workbooks.sheets import Column, Kind, Sheet

HEAD = ["编码", "指标名称", "数值"]


def reading_of(*rows, **options):
    return read(table(*rows, **options), [INDICATORS])


def said(notes):
    return [str(note) for note in notes]


def test_columns_may_stand_in_any_order_and_missing_ones_take_their_defaults():
    reading = reading_of(["数值", "指标名称", "编码"], ["1,302万元", "资助", 370100.0])
    (row,) = reading.rows["指标"]
    assert reading.errors == reading.warnings == []
    assert row.values == {
        "code": "370100",
        "name": "资助",
        "value": Quantity(Decimal(1302), "万元"),
        "decimals": 0,
        "measure": "flow",
        "required": True,
        "aliases": (),
        "span": None,
        "base": None,
    }
    assert row.cells == {"value": "A2", "name": "B2", "code": "C2"}
    assert row["code"] == "370100"


def test_all_errors_are_told_at_once_and_the_rest_is_read():
    reading = reading_of(
        [*HEAD, "类型"], ["a", "甲", "一百", "流"], ["", "乙", 2, ""], ["c", "丙", 3, "存量"]
    )
    assert said(reading.errors) == [
        "「指标」C2：「一百」不是数值，请填写阿拉伯数字，如 1302 或 16.74",
        "「指标」D2：「流」不在可选范围内，请填写：流量、存量",
        "「指标」A3：「编码」必须填写",
    ]
    assert [sorted(row.bad) for row in reading.rows["指标"]] == [["measure", "value"], ["code"], []]
    assert reading.rows["指标"][0]["measure"] is None
    assert reading.rows["指标"][2]["measure"] == "stock"


def test_a_row_names_the_cell_for_what_only_its_reader_can_know():
    (row,) = reading_of(HEAD, ["a", "甲", 1]).rows["指标"]
    assert row.error("value", "没有这个单位") == CellError("指标", "C2", "没有这个单位")
    assert row.warning("base", "没有起算时间") == CellWarning("指标", "A2", "没有起算时间")


def test_a_missing_required_column_is_one_error():
    reading = reading_of(["编码", "数值"], ["a", 1], ["b", 2])
    assert said(reading.errors) == ["「指标」A1：缺少必填的列「指标名称」"]


def test_a_heading_that_stands_twice_is_an_error():
    reading = reading_of([*HEAD, "数值"], ["a", "甲", 1, 2])
    assert said(reading.errors) == ["「指标」D1：「数值」出现了两次，请只保留一列"]


def test_what_is_not_read_is_named_in_a_warning():
    reading = reading_of([*HEAD, "责任人"], ["a", "甲", 1, "某", None, "散落的字"])
    assert reading.errors == []
    assert said(reading.warnings) == [
        "「指标」D1：不认识「责任人」这一列，没有读取",
        "「指标」F2：这一列没有标题，其中的内容没有读取",
    ]


def test_headings_are_known_with_spaces_marks_and_other_names():
    sheet = Sheet(
        "指标", (Column("编码", required=True), Column("数值", aliases=("数值（万元）",)))
    )
    reading = read(table([" 编 码*", "数值(万元)"], ["a", "1"]), [sheet])
    assert [row.values for row in reading.rows["指标"]] == [{"编码": "a", "数值": "1"}]
    assert reading.warnings == []


def test_a_title_and_blank_rows_are_passed_over():
    reading = reading_of(["2020年指标表"], [], HEAD, [], ["a", "甲", 1], ["  ", ""], ["b", "乙", 2])
    assert [(row.number, row["code"]) for row in reading.rows["指标"]] == [(5, "a"), (7, "b")]
    assert reading.errors == []


def test_cells_are_named_rightly_when_the_table_starts_in_the_middle_of_the_sheet():
    reading = reading_of([], [None, None, *HEAD], [None, None, "a", "", 1])
    assert said(reading.errors) == ["「指标」D3：「指标名称」必须填写"]


def merged_head(workbook):
    sheet = workbook.add_worksheet("指标")
    sheet.merge_range("A1:A2", "编码")
    sheet.merge_range("B1:B2", "指标名称")
    sheet.merge_range("C1:D1", "完成情况")
    sheet.write_row("C2", ["数值", "期间"])
    sheet.write_row("A3", ["a", "甲", 1, "2020-12"])


def test_a_head_merged_over_two_rows_is_understood():
    reading = read(made(merged_head), [INDICATORS])
    (row,) = reading.rows["指标"]
    assert (row["code"], row["value"].number, row["span"]) == ("a", 1, "2020-12")
    assert reading.errors == []


def merged_below(workbook):
    sheet = workbook.add_worksheet("指标")
    sheet.write_row("A1", ["指标名称", "编码", "数值"])
    sheet.merge_range("A2:A3", "共用的名称")
    sheet.write_column("B2", ["a", "b"])
    sheet.merge_range("C2:C3", 5)


def test_a_merged_name_holds_for_all_its_rows_and_a_merged_number_for_none():
    reading = read(made(merged_below), [INDICATORS])
    assert [row["name"] for row in reading.rows["指标"]] == ["共用的名称", "共用的名称"]
    assert said(reading.errors) == [
        "「指标」C3：数值在合并的单元格里，分不清属于哪一行，请取消合并后分行填写"
    ]


def typed_cells(workbook):
    sheet = workbook.add_worksheet("指标")
    sheet.write_row("A1", [*HEAD, "期间", "起始时间"])
    percent = workbook.add_format({"num_format": "0.0%"})
    quoted = workbook.add_format({"num_format": '0"%"'})
    month = workbook.add_format({"num_format": "mmm-yy"})
    sheet.write_row("A2", [370100, "率"])
    sheet.write_number("C2", 0.985, percent)
    sheet.write_datetime("D2", date(2020, 12, 1), month)
    sheet.write_datetime("E2", date(2016, 1, 1), month)
    sheet.write_row("A3", ["b", "公式"])
    sheet.write_formula("C3", "=1/0", None, "#DIV/0!")
    sheet.write_row("A4", ["c", "公式"])
    sheet.write_formula("C4", "=0.1+0.2", None, 0.30000000000000004)
    sheet.write_row("A5", ["d", "字面百分号"])
    sheet.write_number("C5", 98, quoted)


def test_percent_cells_error_cells_days_and_binary_noise():
    reading = read(made(typed_cells), [INDICATORS])
    rows = reading.rows["指标"]
    assert [row["value"] for row in rows] == [
        Quantity(Decimal("98.5"), "%"),
        None,
        Quantity(Decimal("0.3"), ""),
        Quantity(Decimal(98), ""),
    ]
    assert (rows[0]["span"], rows[0]["base"]) == ("2020-12", date(2016, 1, 1))
    assert said(reading.errors) == ["「指标」C3：公式出错（#DIV/0!），请改正公式，或直接填写结果"]


def test_cells_are_found_when_a_writer_prefixes_its_elements():
    data = made(typed_cells)
    name = "xl/worksheets/sheet1.xml"
    xml = part(data, name).decode().replace("<c ", "<x:c ").replace("</c>", "</x:c>")
    xml = xml.replace(
        "<worksheet ",
        '<worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" ',
    )
    reading = read(with_part(data, name, xml.encode()), [INDICATORS])
    assert reading.rows["指标"][0]["value"] == Quantity(Decimal("98.5"), "%")
    assert [error.cell for error in reading.errors] == ["C3"]


def old_workbook():
    """An .xls as offices have it: numbers, a percentage, a day, an error value, merged cells."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("指标")
    for index, heading in enumerate([*HEAD, "期间", "必填"]):
        sheet.write(0, index, heading)
    sheet.write(1, 0, 370100)
    sheet.write(1, 2, 0.985, xlwt.easyxf(num_format_str="0.0%"))
    sheet.write(1, 3, date(2020, 12, 1), xlwt.easyxf(num_format_str="mmm-yy"))
    sheet.write(1, 4, True)
    sheet.write_merge(1, 2, 1, 1, "共用的名称")
    sheet.write(2, 0, "b")
    sheet.row(2).set_cell_error(2, "#DIV/0!")
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("filename", ["指标.xls", "指标.et"])
def test_an_old_workbook_reads_like_a_new_one(filename):
    reading = read(old_workbook(), [INDICATORS], filename=filename)
    first, second = reading.rows["指标"]
    assert first["value"] == Quantity(Decimal("98.5"), "%")
    assert (first["code"], first["span"], first["required"]) == ("370100", "2020-12", True)
    assert (first["name"], second["name"]) == ("共用的名称", "共用的名称")
    assert said(reading.errors) == ["「指标」C3：公式出错（#DIV/0!），请改正公式，或直接填写结果"]


def several(*names):
    def build(workbook):
        for name in names:
            sheet = workbook.add_worksheet(name)
            sheet.write_row("A1", HEAD)
            sheet.write_row("A2", [name, "甲", 1])

    return made(build)


def test_sheets_that_nobody_described_are_named_unless_expected():
    data = several("指标", "历史数据", "草稿", "错误汇总")
    reading = read(data, [INDICATORS], others=["历史数据"])
    assert [row["code"] for row in reading.rows["指标"]] == ["指标"]
    assert said(reading.warnings) == ["「草稿」A1：不认识这个工作表，没有读取"]


def test_the_only_sheet_may_have_any_name_when_one_is_wanted():
    reading = read(several("Sheet1"), [INDICATORS])
    (row,) = reading.rows["指标"]
    assert row.error("code", "x") == CellError("Sheet1", "A2", "x")
    assert reading.errors == reading.warnings == []


def test_an_absent_sheet_has_no_rows_and_is_an_error_only_when_required():
    people = Sheet("人员", (Column("姓名"),))
    reading = read(several("指标", "目标"), [INDICATORS, people], others=["目标"])
    assert (reading.rows["人员"], reading.errors) == ([], [])
    people = Sheet("人员", (Column("姓名"),), required=True)
    reading = read(several("指标", "目标"), [INDICATORS, people], others=["目标"])
    assert said(reading.errors) == ["工作簿：缺少工作表「人员」"]


def test_a_workbook_without_any_wanted_sheet_is_an_error():
    other = Sheet("人员", (Column("姓名"),))
    reading = read(several("甲", "乙"), [INDICATORS, other])
    assert said(reading.errors) == [
        "工作簿：没有找到要读取的工作表，应有：指标、人员；这个文件里有：甲、乙"
    ]


def test_a_sheet_without_headings_is_an_error_and_an_empty_one_is_not():
    reading = reading_of(["随便", "写的"])
    assert [error.cell for error in reading.errors] == ["A1"]
    assert reading.errors[0].message.startswith("没有找到标题行，应有：编码、指标名称、数值")
    assert reading_of().errors == []


def test_a_file_is_read_from_its_path(tmp_path):
    path = tmp_path / "指标.xlsx"
    path.write_bytes(table(HEAD, ["a", "甲", 1]))
    assert len(read(path, [INDICATORS]).rows["指标"]) == 1


def test_a_column_of_numbers_of_any_kind_is_decimal_never_float():
    sheet = Sheet("指标", (Column("数值", Kind.NUMBER),))
    cells = [0.1, 1302, 12345678.9012, 99999999999999.9, -0.0001]
    reading = read(table(["数值"], *([cell] for cell in cells)), [sheet])
    assert [str(row["数值"]) for row in reading.rows["指标"]] == [
        "0.1", "1302", "12345678.9012", "99999999999999.9", "-0.0001",
    ]  # fmt: skip
