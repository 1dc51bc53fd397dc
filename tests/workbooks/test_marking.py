"""What was wrong comes back in the same workbook, where it stands."""

import io

import openpyxl
import pytest

from tests.workbooks.kit import INDICATORS, made, table, with_part
from tests.workbooks.test_reading import old_workbook
from tracker.workbooks import marking, sandbox
from tracker.workbooks.gates import NotAWorkbook
from tracker.workbooks.marking import mark
from tracker.workbooks.markup import marked
from tracker.workbooks.reading import CellError, read

RED = "FFFFC7CE"


def report(workbook):
    sheet = workbook.add_worksheet("指标")
    bold = workbook.add_format({"bold": True})
    sheet.write_row("A1", ["编码", "指标名称", "数值", "合计"], bold)
    sheet.write_comment("B1", "填全称")
    sheet.write_row("A2", ["a", "", "一百"])
    sheet.write_formula("D2", "=SUM(C2:C9)", None, 0)
    sheet.write_string("A3", "=1+1")
    sheet.set_column("A:A", 33)


def opened(data):
    return openpyxl.load_workbook(io.BytesIO(data))


def looks(sheet):
    """Cell -> reason, of the cells that are coloured."""
    return {
        cell.coordinate: cell.comment.text if cell.comment else None
        for row in sheet.iter_rows()
        for cell in row
        if cell.fill.fgColor.rgb == RED
    }


def summary(workbook):
    return [tuple(cell.value for cell in row) for row in workbook["错误汇总"].iter_rows()]


WRONG = {
    "B2": "「指标名称」必须填写",
    "C2": "「一百」不是数值，请填写阿拉伯数字，如 1302 或 16.74",
    "B3": "「指标名称」必须填写",
}


def test_the_same_workbook_comes_back_with_every_error_marked():
    data = made(report)
    errors = read(data, [INDICATORS]).errors
    workbook = opened(mark(data, errors, "指标.xlsx"))
    sheet = workbook["指标"]
    assert workbook.sheetnames == ["错误汇总", "指标"]
    assert looks(sheet) == WRONG
    assert summary(workbook) == [
        ("工作表", "单元格", "问题"),
        *(("指标", error.cell, error.message) for error in errors),
    ]
    assert (sheet["A1"].font.bold, sheet.column_dimensions["A"].width > 30) == (True, True)
    assert (sheet["D2"].value, sheet["A3"].data_type) == ("=SUM(C2:C9)", "s")


def test_a_second_round_starts_clean():
    data = made(report)
    first = mark(data, read(data, [INDICATORS]).errors)
    again = read(first, [INDICATORS])
    assert [error.cell for error in again.errors] == list(WRONG)
    assert "错误汇总" not in {note.sheet for note in again.warnings}
    workbook = opened(mark(first, [CellError("指标", "A2", "编码重复")]))
    assert looks(workbook["指标"]) == {"A2": "编码重复"}
    assert summary(workbook)[1:] == [("指标", "A2", "编码重复")]


def test_somebody_elses_comment_stays():
    workbook = opened(mark(made(report), [CellError("指标", "B1", "标题有误")]))
    assert looks(workbook["指标"]) == {"B1": "填全称"}


def test_two_reasons_for_one_cell_stand_in_one_comment():
    errors = [CellError("指标", "A2", "甲"), CellError("指标", "A2", "乙")]
    assert looks(opened(mark(made(report), errors))["指标"]) == {"A2": "甲\n乙"}


def test_an_error_of_the_whole_workbook_stands_in_the_summary_only():
    workbook = opened(mark(made(report), [CellError("", "", "缺少工作表「人员」")]))
    assert looks(workbook["指标"]) == {}
    assert summary(workbook)[1:] == [(None, None, "缺少工作表「人员」")]


def test_no_note_becomes_a_formula_or_breaks_the_file():
    data = table(["编码"], ["a"], name="=1+1")
    notes = [CellError("=1+1", "A2", "=cmd|'/c calc'!A1"), CellError("=1+1", "A1", "坏\x01字")]
    sheet = opened(mark(data, notes))["错误汇总"]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} == {"s"}
    assert sheet["C3"].value == "坏字"


def test_the_marks_are_the_same_when_made_without_a_child():
    notes = [["指标", "B2", "「指标名称」必须填写"]]
    first = marked(made(report), notes)
    assert looks(opened(first)["指标"]) == {"B2": "「指标名称」必须填写"}
    assert looks(opened(marked(first, [["指标", "A2", "x"]]))["指标"]) == {"A2": "x"}


def test_an_error_under_a_merged_cell_is_marked_where_it_can_be_seen():
    def build(workbook):
        workbook.add_worksheet("指标").merge_range("A2:A4", "x")

    assert looks(opened(mark(made(build), [CellError("指标", "A3", "x")]))["指标"]) == {"A2": "x"}
    assert looks(opened(marked(made(build), [["指标", "A3", "x"]]))["指标"]) == {"A2": "x"}


def test_an_old_workbook_comes_back_as_its_values_with_the_same_marks():
    data = old_workbook()
    errors = [*read(data, [INDICATORS]).errors, CellError("指标", "H9", "少了一行")]
    workbook = opened(mark(data, errors, "指标.et"))
    sheet = workbook["指标"]
    assert workbook.sheetnames == ["错误汇总", "指标"]
    assert looks(sheet) == {
        "C3": "公式出错（#DIV/0!），请改正公式，或直接填写结果",
        "H9": "少了一行",
    }
    assert [sheet[cell].value for cell in ("A2", "B2", "C2", "C3", "E2")] == [
        370100, "共用的名称", "98.5%", "#DIV/0!", True,
    ]  # fmt: skip
    again = mark(mark(data, errors, "指标.et"), [])
    assert looks(opened(again)["指标"]) == {}


def test_a_workbook_that_openpyxl_cannot_open_comes_back_as_its_values():
    data = with_part(made(report), "xl/comments1.xml", b"<no comments")
    sheet = opened(mark(data, [CellError("指标", "A2", "编码重复")]))["指标"]
    assert looks(sheet) == {"A2": "编码重复"}
    assert sheet["D2"].value == 0


def test_many_errors_are_all_coloured_and_the_first_thousand_explained():
    data = table(["编码"], *([str(number)] for number in range(1_200)))
    errors = [CellError("指标", f"A{number}", "x") for number in range(2, 1_202)]
    found = looks(opened(mark(data, errors))["指标"])
    assert len(found) == 1_200
    assert sum(reason is not None for reason in found.values()) == marking.MOST_COMMENTS


def test_what_is_no_workbook_is_not_marked():
    with pytest.raises(NotAWorkbook):
        mark(b"text", [])


def test_a_workbook_of_values_has_no_more_comments_either(monkeypatch):
    monkeypatch.setattr(marking, "MOST_COMMENTS", 1)
    errors = [CellError("指标", "A2", "甲"), CellError("指标", "A3", "乙")]
    found = looks(opened(mark(old_workbook(), errors, "表.xls"))["指标"])
    assert found == {"A2": "甲", "A3": None}


def test_the_child_that_marks_is_limited_too():
    with pytest.raises(NotAWorkbook), sandbox.child(sandbox.MARK, [b"[]\n", b"no workbook"]):
        pass
