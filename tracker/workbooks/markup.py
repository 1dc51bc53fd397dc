"""Colours and comments for the cells of an .xlsx that are in error, in a child process.

`python -m tracker.workbooks.markup`: a line of JSON notes (sheet, cell, message) and the workbook on
standard input, the marked workbook on standard output.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Iterable
from io import BytesIO
from typing import Any

import openpyxl
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill

from tracker.workbooks.limits import limit
from tracker.workbooks.marking import AUTHOR, COLOUR, MOST_COMMENTS, SUMMARY, SUMMARY_HEAD

Notes = Iterable[tuple[str, str, str]]


def marked(data: bytes, notes: Notes) -> bytes:
    """The workbook with each cell of `notes` (sheet, cell, message) coloured and explained, and a
    first sheet that lists them. Marks of an earlier round are taken away."""
    notes = [(sheet, cell, ILLEGAL_CHARACTERS_RE.sub("", why)) for sheet, cell, why in notes]
    workbook = openpyxl.load_workbook(BytesIO(data))
    _clear(workbook)
    sheets = {sheet.title: sheet for sheet in workbook.worksheets}
    for count, ((sheet, cell), reasons) in enumerate(_by_cell(notes).items()):
        if sheet in sheets:
            _mark(_shown(sheets[sheet], cell), reasons if count < MOST_COMMENTS else [])
    _summarise(workbook, notes)
    buffer = BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def _by_cell(notes: Notes) -> dict[tuple[str, str], list[str]]:
    reasons: dict[tuple[str, str], list[str]] = defaultdict(list)
    for sheet, cell, why in notes:
        reasons[sheet, cell].append(why)
    return reasons


def _clear(workbook: Any) -> None:
    if SUMMARY not in workbook.sheetnames:
        return
    del workbook[SUMMARY]
    for cell in (cell for sheet in workbook.worksheets for row in sheet.rows for cell in row):
        if cell.has_style and cell.fill.fgColor.rgb == COLOUR:
            cell.fill = PatternFill()
        if cell.comment and cell.comment.author == AUTHOR:
            cell.comment = None


def _shown(sheet: Any, place: str) -> Any:
    """The cell at a place, or the one that covers it when cells are merged."""
    cell = sheet[place]
    if not isinstance(cell, MergedCell):
        return cell
    covering = next(area for area in sheet.merged_cells.ranges if place in area)
    return sheet.cell(covering.min_row, covering.min_col)


def _mark(cell: Any, reasons: list[str]) -> None:
    cell.fill = PatternFill("solid", fgColor=COLOUR)
    # A comment that was there before is somebody's own, or the heading's help: it stays.
    if reasons and cell.comment is None:
        cell.comment = Comment("\n".join(reasons), AUTHOR, width=280, height=100)


def _summarise(workbook: Any, notes: Notes) -> None:
    sheet = workbook.create_sheet(SUMMARY, 0)
    sheet.append(SUMMARY_HEAD)
    for number, note in enumerate(notes, start=2):
        for index, text in enumerate(note, start=1):
            cell = sheet.cell(number, index, text)
            # A sheet may be called "=1+1": what people wrote is never a formula here.
            cell.data_type = "s"
            cell.alignment = Alignment(wrap_text=index == len(note), vertical="top")
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for letter, width in zip("ABC", (18, 10, 70), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"
    workbook.active = 0


if __name__ == "__main__":
    limit()
    line = sys.stdin.buffer.readline()
    sys.stdout.buffer.write(marked(sys.stdin.buffer.read(), json.loads(line)))
