"""Workbooks of a submission as people fill them in: a template changed cell by cell, or their own."""

import io

import openpyxl
import xlwt
from openpyxl.worksheet.worksheet import Worksheet

from tests.workbooks.kit import table
from tracker.submissions.workbook import template_of
from tracker.submissions.workbook.sheets import FIGURES

HEADINGS = [column.heading for column in FIGURES.columns]


def sheet_in(data: bytes) -> Worksheet:
    return openpyxl.load_workbook(io.BytesIO(data))[FIGURES.name]


def rows_in(data: bytes) -> list[dict]:
    """The rows of the template by heading, as a spreadsheet shows them."""
    head, *rows = sheet_in(data).iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def filled(data: bytes, **by_row) -> bytes:
    """The workbook with cells typed over: filled(data, r2={"本期": 12})."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    for name, cells in by_row.items():
        for heading, value in cells.items():
            book[FIGURES.name].cell(int(name[1:]), HEADINGS.index(heading) + 1).value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def template(submission, by, **by_row) -> bytes:
    return filled(template_of(submission, by=by), **by_row)


def own(*rows) -> bytes:
    """A sheet that the office made itself."""
    return table(("指标名称", "本期"), *rows, name="六月数据")


def old(*rows) -> bytes:
    """The same as .xls, which is what an .et is inside."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("六月数据")
    for number, row in enumerate([("指标名称", "本期"), *rows]):
        for index, value in enumerate(row):
            sheet.write(number, index, value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def said(submission) -> dict[str, tuple]:
    """What the submission says: indicator -> kind, value, qualifier."""
    return {
        figure.indicator.name: (figure.kind, figure.value, figure.qualifier)
        for figure in submission.figures.select_related("indicator")
    }
