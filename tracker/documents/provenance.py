"""The provenance sheet: what every figure of a document stands on, for people (xlsx) and programs (JSON)."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from io import BytesIO

import xlsxwriter

from tracker.documents.canonical import digest
from tracker.documents.characters import printable
from tracker.documents.flow import stamp
from tracker.documents.tree import Document, plain

#: name in a row -> heading, width in characters
COLUMNS = {
    "number": ("序号", 6),
    "surface": ("文中数字", 18),
    "sentence": ("所在句子", 40),
    "indicator": ("指标", 28),
    "value": ("数值", 14),
    "unit": ("计量单位", 10),
    "derivation": ("推算方法", 18),
    "agency": ("提供单位", 22),
    "region": ("地区", 12),
    "span": ("期间", 12),
    "scope": ("统计范围", 14),
    "definition": ("口径", 36),
    "reporter": ("填报人", 10),
    "signer": ("签批人", 10),
    "approver": ("审核人", 10),
    "approved_at": ("审核时间", 18),
    "evidence": ("佐证材料", 28),
    "entry": ("台账编号", 12),
    "waiver": ("例外说明", 28),
}
EXACT = 15  # digits that a spreadsheet keeps
CELL = 32_767  # characters that a cell holds
Row = Mapping[str, str | int | Decimal | None]


def write_provenance(document: Document, rows: Iterable[Row]) -> bytes:
    """An xlsx with one row a figure (keys of COLUMNS) and a second sheet that names the document.

    Numbers are numbers as far as a spreadsheet is exact, beyond that text; nothing is a formula.
    """
    buffer = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"created": datetime(2000, 1, 1)})  # noqa: DTZ001 - a constant, not a clock
        _figures(book, rows)
        _about(book, document)
    return buffer.getvalue()


def provenance_json(document: Document, rows: Iterable[Row]) -> str:
    """The same rows as JSON, values as strings."""
    sheet = {
        "title": plain(document.title),
        "sha256": digest(document),
        "figures": list(map(dict, rows)),
    }
    return json.dumps(sheet, ensure_ascii=False, sort_keys=True, default=_exact)


def _exact(value: object) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _figures(book: xlsxwriter.Workbook, rows: Iterable[Row]) -> None:
    sheet = book.add_worksheet("数据来源")
    bold = book.add_format({"bold": True, "bg_color": "#F2F2F2", "border": 1, "text_wrap": True})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    for column, (heading, width) in enumerate(COLUMNS.values()):
        sheet.set_column(column, column, width, wrap)
        sheet.write_string(0, column, heading, bold)
    last = 0
    for last, row in enumerate(rows, 1):
        for column, name in enumerate(COLUMNS):
            _write(book, sheet, (last, column), row.get(name), wrap)
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, last, len(COLUMNS) - 1)
    sheet.set_landscape()
    sheet.repeat_rows(0)
    sheet.fit_to_pages(1, 0)


def _write(book, sheet, cell: tuple[int, int], value: object, wrap) -> None:
    if value is None or value == "":
        return
    if isinstance(value, int | Decimal) and len(Decimal(value).as_tuple().digits) <= EXACT:
        sheet.write_number(*cell, value, _format(book, value))
    else:
        sheet.write_string(*cell, _cell(_exact(value)), wrap)


def _format(book, value: int | Decimal):
    """As many decimals as were entered."""
    places = max(0, -Decimal(value).as_tuple().exponent)
    return book.add_format({"num_format": "0." + "0" * places if places else "0", "valign": "top"})


def _cell(text: str) -> str:
    text = printable(text)
    return text if len(text) <= CELL else text[: CELL - 4] + "……"


def _about(book: xlsxwriter.Workbook, document: Document) -> None:
    sheet = book.add_worksheet("文件说明")
    sheet.set_column(0, 0, 100)
    lines = (plain(document.title), *document.lines("notices"), stamp(document))
    for row, line in enumerate(lines):
        sheet.write_string(row, 0, _cell(line))
