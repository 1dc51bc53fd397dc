"""What a cell says: from what a spreadsheet stores to a value of the column's kind."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from tracker.workbooks.sheets import Column, Kind


@dataclass(frozen=True)
class Fault:
    """A formula's error value, such as #DIV/0!."""

    text: str

    def __str__(self) -> str:
        return self.text


Cell = str | Decimal | bool | date | datetime | Fault | None


class BadCell(ValueError):
    """A cell that cannot be read; the message tells the person who filled it what to do."""


class Quantity(NamedTuple):
    """A number and the unit written behind it in the same cell ("" when there was none)."""

    number: Decimal
    unit: str


UNSEEN = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
NARROW: dict[int, int | str | None] = {
    **dict.fromkeys(map(ord, UNSEEN)),
    0x3000: " ",
    0x2212: "-",
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)},
}
NUMBER = re.compile(
    r"'?\s*(?P<sign>[+-]?)\s*(?P<whole>[0-9]{1,3}(?:[, ][0-9]{3})+|[0-9]*)(?P<part>\.[0-9]+)?"
    r"\s*(?P<unit>(?:[^\s0-9,.+\-][^0-9]{0,19}|k?m[23])?)"
)
DAY = re.compile(r"([0-9]{4})(?:[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})|年([0-9]{1,2})月([0-9]{1,2})日)")
SEPARATORS = re.compile(r"[、,，;；\n]")
YES = {"是", "√", "✓", "对", "Y", "YES", "TRUE", "1"}
NO = {"否", "×", "✗", "错", "N", "NO", "FALSE", "0"}
# As they stand in a pasted block, or where a formula was replaced by its value.
FAULTS = {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"}
# A spreadsheet keeps 15 significant digits; what it shows beyond them is made up.
EXACT = Decimal(10) ** 15
UNFILLED = re.compile(rf"[\s{UNSEEN}]*")
LONGEST_NUMBER = 30


def narrow(text: str) -> str:
    """Full-width letters, digits and signs as half-width ones, without invisible characters."""
    return (text if text.isascii() else text.translate(NARROW)).strip()


def squeeze(text: str) -> str:
    """`narrow`, and without any space: how headings, codes and choices are compared."""
    return "".join(narrow(text).split())


def plain(number: Decimal) -> str:
    """A number as a person would type it: no exponent, no zeros that a spreadsheet added."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def is_blank(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and UNFILLED.fullmatch(cell) is not None)


def read_cell(column: Column, cell: Cell) -> Any:
    """The value of a filled cell in the column's kind. Raises BadCell."""
    if isinstance(cell, Fault) or cell in FAULTS:
        raise BadCell(f"公式出错（{cell}），请改正公式，或直接填写结果")
    value = READERS[column.kind](column, cell)
    if column.max_length and isinstance(value, str) and len(value) > column.max_length:
        raise BadCell(f"共 {len(value)} 个字，超过 {column.max_length} 字的上限，请缩短")
    if column.check and (message := column.check(value)):
        raise BadCell(message)
    return value


def _shown(cell: Cell) -> str:
    if isinstance(cell, str):
        text = cell.replace("\r\n", "\n").replace("\r", "\n") if "\r" in cell else cell
        return text.strip().strip("\ufeff\u200b").strip()
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, Decimal):
        return plain(cell)
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d %H:%M")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)


def _quoted(cell: Cell) -> str:
    shown = _shown(cell)
    return f"「{shown[:20]}…」" if len(shown) > 20 else f"「{shown}」"


def _text(column: Column, cell: Cell) -> str:
    return _shown(cell)


def _code(column: Column, cell: Cell) -> str:
    if isinstance(cell, date):
        raise BadCell("编码被表格软件改成了日期，请把单元格设为文本格式后重新填写")
    if isinstance(cell, Decimal) and abs(cell) >= EXACT:
        raise BadCell("编码超过 15 位，表格软件已改动末位数字，请把单元格设为文本格式后重新填写")
    return squeeze(_shown(cell)).lstrip("'’")


def _quantity(column: Column, cell: Cell) -> Quantity:
    if isinstance(cell, date):
        raise BadCell(f"单元格是日期（{_shown(cell)}），不是数值，请设为常规格式后重新填写")
    if isinstance(cell, Decimal):
        return Quantity(_spreadsheet_number(cell), "")
    text = narrow(_shown(cell))
    match = NUMBER.fullmatch(text)
    if isinstance(cell, bool) or not match or not (match["whole"] or match["part"]):
        raise BadCell(_why_no_number(cell, text))
    if re.match(r"[eE](?![^\W\d])", match["unit"]):
        raise BadCell(_why_no_number(cell, text))
    digits = re.sub("[, ]", "", match["whole"]) + (match["part"] or "")
    if len(digits) > LONGEST_NUMBER:
        raise BadCell(f"{_quoted(cell)}位数过多，请核对")
    return Quantity(Decimal(match["sign"] + digits), match["unit"].strip())


def _spreadsheet_number(cell: Decimal) -> Decimal:
    if abs(cell) >= EXACT:
        raise BadCell("数值超过 15 位，表格软件已改动末位数字，请核对单位和位数")
    return Decimal(plain(cell))


def _why_no_number(cell: Cell, text: str) -> str:
    if re.fullmatch(r"[+-]?[0-9.]+[eE][+-]?[0-9]+", text):
        return f"{_quoted(cell)}是科学计数法，请写出全部数字"
    if re.fullmatch(r"[+-]?[0-9,]+(\.[0-9]+)?\D*", text):
        return f"{_quoted(cell)}的千位逗号位置不对，请核对"
    if text and not text.strip("-—–/…."):
        return f"{_quoted(cell)}不是数值，没有数据请留空"
    return f"{_quoted(cell)}不是数值，请填写阿拉伯数字，如 1302 或 16.74"


def _figure(column: Column, cell: Cell) -> str:
    """Left to be read by whoever knows the indicator: 7000多, 1302万元, 零报告."""
    if isinstance(cell, date | bool):
        raise BadCell(f"单元格是{_quoted(cell)}，不是数值，请设为常规格式后重新填写")
    return plain(_spreadsheet_number(cell)) if isinstance(cell, Decimal) else _shown(cell)


def _number(column: Column, cell: Cell) -> Decimal:
    number, unit = _quantity(column, cell)
    if unit:
        raise BadCell(f"{_quoted(cell)}带有「{unit}」，本列只填数字，请去掉单位")
    return number


def _integer(column: Column, cell: Cell) -> int:
    # What is no number at all gets the example of a whole one.
    if not re.search(r"\d", narrow(_shown(cell))):
        raise BadCell(f"{_quoted(cell)}不是整数，请填写整数，如 0、1、2")
    number = _number(column, cell)
    if number != number.to_integral_value():
        raise BadCell(f"{_quoted(cell)}不是整数，请填写整数")
    return int(number)


def _boolean(column: Column, cell: Cell) -> bool:
    shown = squeeze(_shown(cell)).upper()
    if shown not in YES | NO:
        raise BadCell(f"{_quoted(cell)}无法识别，请填写「是」或「否」")
    return shown in YES


def _chosen(column: Column, text: str) -> Any:
    labels = {squeeze(label): value for label, value in column.labels.items()}
    if squeeze(text) not in labels:
        raise BadCell(f"{_quoted(text)}不在可选范围内，请填写：{'、'.join(column.labels)}")
    return labels[squeeze(text)]


def _choice(column: Column, cell: Cell) -> Any:
    return _chosen(column, _shown(cell))


def _list(column: Column, cell: Cell) -> tuple[Any, ...]:
    items = [item.strip() for item in SEPARATORS.split(_shown(cell)) if item.strip()]
    return tuple(_chosen(column, item) for item in items) if column.labels else tuple(items)


def _period(column: Column, cell: Cell) -> str:
    # Typed as 2020-12, a spreadsheet stores the first day of that month.
    if isinstance(cell, date):
        if cell.day != 1:
            raise BadCell(
                f"单元格是日期（{_shown(cell)}），不是期间，请设为文本格式后写成 2020-12 这样"
            )
        return f"{cell:%Y-%m}"
    return squeeze(_shown(cell)).lstrip("'’").upper()


def _day_in(text: str) -> date | None:
    match = DAY.fullmatch(squeeze(text))
    if not match:
        return None
    year, *rest = (int(group) for group in match.groups() if group)
    try:
        return date(year, *rest)
    except ValueError:
        raise BadCell(f"{_quoted(text)}不是存在的日期，请核对") from None


def _date(column: Column, cell: Cell) -> date:
    if isinstance(cell, date):
        return cell.date() if isinstance(cell, datetime) else cell
    text = squeeze(_shown(cell))
    if re.fullmatch("[0-9]{8}", text):
        text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
    if day := _day_in(text):
        return day
    raise BadCell(f"{_quoted(cell)}不是日期，请写成 2020-12-31 这样")


def _date_or_text(column: Column, cell: Cell) -> date | str:
    if isinstance(cell, date):
        return cell.date() if isinstance(cell, datetime) else cell
    return _day_in(_shown(cell)) or _shown(cell)


READERS: dict[Kind, Callable[[Column, Cell], Any]] = {
    Kind.TEXT: _text,
    Kind.CODE: _code,
    Kind.NUMBER: _number,
    Kind.QUANTITY: _quantity,
    Kind.FIGURE: _figure,
    Kind.INTEGER: _integer,
    Kind.BOOLEAN: _boolean,
    Kind.CHOICE: _choice,
    Kind.LIST: _list,
    Kind.PERIOD: _period,
    Kind.DATE: _date,
    Kind.DATE_OR_TEXT: _date_or_text,
}
