"""Workbooks from the same description that reads them. Never a cell that is a formula (S8)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter

from tracker.workbooks.cells import EXACT, Quantity, plain
from tracker.workbooks.sheets import Column, Kind, Sheet

# A fixed moment, so that the same rows give the same bytes.
MADE = datetime(2020, 1, 1)  # noqa: DTZ001 - the writer takes naive times only
LONGEST_TEXT = 32_767
LONGEST_INLINE_LIST = 255
FIRST_SAFE_YEAR = 1901
SPARE_ROWS = 5_000
AS_TEXT = {Kind.CODE, Kind.PERIOD, Kind.LIST}
DAYS = {Kind.DATE, Kind.DATE_OR_TEXT}
DAY_FORMAT = "yyyy-mm-dd"
CHOICES_SHEET = "_选项"


def write(pages: Iterable[tuple[Sheet, Iterable[Mapping[str, Any]]]]) -> bytes:
    """An .xlsx of sheets with their rows (column key -> value; a missing key is an empty cell).

    Raises ValueError for a text that no cell can hold (over 32,767 characters).
    """
    buffer = BytesIO()
    with workbook_in(buffer) as workbook:
        styles = Styles(workbook)
        for sheet, rows in pages:
            _write_sheet(workbook, styles, sheet, rows)
        styles.hide_choices()
    return buffer.getvalue()


def workbook_in(buffer: BytesIO) -> xlsxwriter.Workbook:
    """A workbook that turns no text into a formula or a link."""
    workbook = xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    workbook.set_properties({"created": MADE})
    return workbook


def template(sheets: Sequence[Sheet]) -> bytes:
    """The same workbook with headings only."""
    return write((sheet, ()) for sheet in sheets)


class Styles:
    """Formats, and the hidden sheet that holds lists too long to stand in a drop-down."""

    def __init__(self, workbook: xlsxwriter.Workbook) -> None:
        self.workbook = workbook
        self.lists: list[list[str]] = []
        head = {"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1}
        self.heading = workbook.add_format({**head, "bg_color": "#E7EDF4"})
        self.required = workbook.add_format({**head, "bg_color": "#F8E3D0"})
        self._cells: dict[tuple, Any] = {}

    def cell(self, number_format: str, locked: bool, wrapped: bool = False) -> Any:
        key = (number_format, locked, wrapped)
        if key not in self._cells:
            look = {"num_format": number_format, "locked": locked, "text_wrap": wrapped}
            look |= {"valign": "top"} | ({"font_color": "#666666"} if locked else {})
            self._cells[key] = self.workbook.add_format(look)
        return self._cells[key]

    def list_source(self, labels: list[str]) -> list[str] | str:
        if len(",".join(labels)) <= LONGEST_INLINE_LIST and not any("," in x for x in labels):
            return labels
        if labels not in self.lists:
            self.lists.append(labels)
        column = xlsxwriter.utility.xl_col_to_name(self.lists.index(labels), True)
        return f"='{CHOICES_SHEET}'!{column}$1:{column}${len(labels)}"

    def hide_choices(self) -> None:
        if not self.lists:
            return
        worksheet = self.workbook.add_worksheet(CHOICES_SHEET)
        worksheet.hide()
        for index, labels in enumerate(self.lists):
            for number, label in enumerate(labels):
                worksheet.write_string(number, index, label)


def _write_sheet(
    workbook: xlsxwriter.Workbook, styles: Styles, sheet: Sheet, rows: Iterable[Mapping[str, Any]]
) -> None:
    worksheet = workbook.add_worksheet(sheet.name)
    worksheet.freeze_panes(1, 0)
    protected = any(column.locked for column in sheet.columns)
    for index, column in enumerate(sheet.columns):
        _write_head(worksheet, styles, index, column, protected)
    if protected:
        worksheet.protect("", {"format_columns": True, "format_rows": True, "insert_rows": True})
    last = 0
    for last, row in enumerate(rows, start=1):
        for index, column in enumerate(sheet.columns):
            _write_cell(worksheet, styles, last, index, column, row.get(column.key))
    _add_choices(worksheet, styles, sheet, last + SPARE_ROWS)


def _write_head(
    worksheet: Any, styles: Styles, index: int, column: Column, protected: bool
) -> None:
    width = column.width or max(10, min(40, 2 * len(column.heading) + 4))
    style = styles.cell(_format_of(column), column.locked if protected else True)
    worksheet.set_column(
        index, index, width, style if protected or column.kind in AS_TEXT else None
    )
    look = styles.required if column.required else styles.heading
    worksheet.write_string(0, index, column.heading, look)
    if column.help:
        worksheet.write_comment(0, index, column.help, {"author": "", "x_scale": 2})


def _format_of(column: Column) -> str:
    if column.kind in AS_TEXT:
        return "@"
    return DAY_FORMAT if column.kind is Kind.DATE else "General"


def _add_choices(worksheet: Any, styles: Styles, sheet: Sheet, last: int) -> None:
    for index, column in enumerate(sheet.columns):
        labels = ["是", "否"] if column.kind is Kind.BOOLEAN else list(column.labels)
        if not labels or column.kind is Kind.LIST:
            continue
        options = {
            "validate": "list",
            "source": styles.list_source(labels),
            "error_title": "不在可选范围内",
            "error_message": "请从下拉列表中选择。",
        }
        worksheet.data_validation(1, index, last, index, options)


def _write_cell(
    worksheet: Any, styles: Styles, row: int, index: int, column: Column, value: Any
) -> None:
    shown = as_cell(column, value)
    wrapped = isinstance(shown, str) and "\n" in shown
    form = DAY_FORMAT if isinstance(shown, date) else _format_of(column)
    put(worksheet, row, index, shown, styles.cell(form, column.locked, wrapped))


def put(worksheet: Any, row: int, index: int, value: Any, style: Any) -> None:
    """Write one value in a cell of its own type: text stays text whatever it begins with."""
    if value is None:
        worksheet.write_blank(row, index, None, style)
    elif isinstance(value, bool):
        worksheet.write_boolean(row, index, value, style)
    elif isinstance(value, date):
        worksheet.write_datetime(row, index, value, style)
    elif isinstance(value, Decimal):
        worksheet.write_number(row, index, float(value), style)
    else:
        worksheet.write_string(row, index, str(value), style)


def as_cell(column: Column, value: Any) -> str | Decimal | date | None:
    """What stands in the cell: text, a number that a spreadsheet keeps exactly, or a day."""
    if value is None or value == "" or value == ():
        return None
    if column.kind is Kind.BOOLEAN:
        return "是" if value else "否"
    if column.kind is Kind.CHOICE:
        return _label(column, value)
    if column.kind is Kind.LIST:
        return "、".join(_label(column, item) if column.labels else str(item) for item in value)
    if column.kind is Kind.QUANTITY and isinstance(value, Quantity):
        return f"{plain(value.number)}{value.unit}" if value.unit else _number(value.number)
    if column.kind in DAYS and isinstance(value, date):
        day = value.date() if isinstance(value, datetime) else value
        return day if day.year >= FIRST_SAFE_YEAR else day.isoformat()
    if isinstance(value, int | Decimal) and column.kind not in AS_TEXT:
        return _number(Decimal(value))
    return _fitting(column, str(value))


def _label(column: Column, value: Any) -> str:
    return next(label for label, known in column.labels.items() if known == value)


def _number(number: Decimal) -> str | Decimal:
    """A number of more than 15 digits goes out as text, because a spreadsheet would change it."""
    text = plain(number)
    digits = text.strip("-").replace(".", "").strip("0")
    return Decimal(text) if len(digits) <= 15 and abs(number) < EXACT else text


def _fitting(column: Column, text: str) -> str:
    if len(text.encode("utf-16-le")) // 2 > LONGEST_TEXT:
        raise ValueError(f"「{column.heading}」的文字超过 {LONGEST_TEXT} 字，单元格放不下")
    return text
