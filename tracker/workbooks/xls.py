"""Cells of an .xls or .et, inside the child process.

xlrd, because calamine tells an error value as a blank cell and a percentage as a bare fraction.
"""

import sys
from collections.abc import Iterator
from typing import Any

import xlrd

from tracker.workbooks.parsed import Told, as_json, chosen, is_percent_format, refuse_excess


def open_xls(data: bytes, wanted: set[str]) -> tuple[list[str], Iterator[Told]]:
    """All names of sheets; and of those to be read name, merges (first and last cell), rows."""
    book = xlrd.open_workbook(
        file_contents=data, formatting_info=True, on_demand=True, logfile=sys.stderr
    )
    return book.sheet_names(), _sheets(book, wanted)


def _sheets(book: Any, wanted: set[str]) -> Iterator[Told]:
    for name in chosen(book.sheet_names(), wanted):
        sheet = book.sheet_by_name(name)
        refuse_excess(name, sheet.nrows, sheet.ncols)
        merges = [
            ((top, left), (end - 1, right - 1)) for top, end, left, right in sheet.merged_cells
        ]
        yield name, merges, ([_cell(book, c) for c in sheet.row(r)] for r in range(sheet.nrows))


def _cell(book: Any, cell: Any) -> Any:
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return {"e": xlrd.error_text_from_code.get(cell.value, "#VALUE!")}
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == xlrd.XL_CELL_DATE:
        return _date(book, cell.value)
    if cell.ctype == xlrd.XL_CELL_NUMBER:
        form = book.format_map[book.xf_list[cell.xf_index].format_key]
        number = as_json(cell.value)
        return {"p": number} if is_percent_format(form.format_str) else number
    return as_json(cell.value)


def _date(book: Any, value: float) -> Any:
    try:
        moment = xlrd.xldate.xldate_as_datetime(value, book.datemode)
    except (ValueError, OverflowError):
        return as_json(value)
    return as_json(moment.time() if 0 <= value < 1 else moment)
