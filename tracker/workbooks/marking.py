"""The workbook that somebody sent, given back with every error marked where it stands."""

import json
from collections.abc import Iterable, Sequence
from io import BytesIO

import xlsxwriter

from tracker.workbooks import gates, grids
from tracker.workbooks.gates import ZIP, NotAWorkbook
from tracker.workbooks.grids import Grid
from tracker.workbooks.headings import place
from tracker.workbooks.parsed import EVERY
from tracker.workbooks.reading import Note
from tracker.workbooks.sandbox import MARK, child
from tracker.workbooks.writing import put, workbook_in

SUMMARY = "错误汇总"
SUMMARY_HEAD = ("工作表", "单元格", "问题")
AUTHOR = "核对"
COLOUR = "FFFFC7CE"
# A comment is a drawing: beyond this many a workbook opens slowly. The summary has all of them.
MOST_COMMENTS = 1_000


def mark(data: bytes, errors: Sequence[Note], filename: str = "") -> bytes:
    """An .xlsx: the same sheets, the cells in error coloured and commented, a first sheet 错误汇总.

    An .xls or .et, or an .xlsx too large for that, comes back as its values without their looks.
    Raises NotAWorkbook for what could not be read either.
    """
    gates.check(data, filename)
    notes = [(error.sheet, error.cell, error.message) for error in errors]
    if data.startswith(ZIP):
        try:
            with child(MARK, [json.dumps(notes).encode(), b"\n", data]) as out:
                return out.read()
        except NotAWorkbook:
            pass
    return _values_marked(grids.parse(data, wanted=EVERY).grids, notes)


def _values_marked(sheets: Iterable[Grid], notes: list[tuple[str, str, str]]) -> bytes:
    reasons: dict[tuple[str, str], list[str]] = {}
    for sheet, cell, why in notes:
        reasons.setdefault((sheet, cell), []).append(why)
    buffer = BytesIO()
    with workbook_in(buffer) as workbook:
        _summarise(workbook, notes)
        for grid in sheets:
            if grid.name != SUMMARY:
                _copy(workbook, grid, reasons)
    return buffer.getvalue()


def _summarise(workbook: xlsxwriter.Workbook, notes: list[tuple[str, str, str]]) -> None:
    worksheet = workbook.add_worksheet(SUMMARY)
    worksheet.freeze_panes(1, 0)
    worksheet.set_column(2, 2, 70)
    for number, note in enumerate([SUMMARY_HEAD, *notes]):
        for index, text in enumerate(note):
            worksheet.write_string(number, index, text)


def _copy(workbook: xlsxwriter.Workbook, grid: Grid, reasons: dict[tuple, list[str]]) -> None:
    worksheet = workbook.add_worksheet(grid.name)
    plain, wrong = workbook.add_format(), workbook.add_format({"bg_color": f"#{COLOUR[2:]}"})
    looks = {cell: wrong for sheet, cell in reasons if sheet == grid.name}
    for number, row in enumerate(grid.rows):
        for index, value in enumerate(row):
            if value is not None:
                put(worksheet, number, index, value, looks.get(place(number, index), plain))
    for count, cell in enumerate(looks):
        number, index = _numbers(cell)
        if number >= len(grid.rows) or index >= len(grid.rows[number]):
            worksheet.write_blank(number, index, None, wrong)
        if count < MOST_COMMENTS:
            text = "\n".join(reasons[grid.name, cell])
            worksheet.write_comment(cell, text, {"author": AUTHOR, "x_scale": 2})


def _numbers(cell: str) -> tuple[int, int]:
    number, index = xlsxwriter.utility.xl_cell_to_rowcol(cell)
    return number, index
