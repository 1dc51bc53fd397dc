"""From an uploaded workbook to rows of values, with everything that is wrong said at once."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tracker.workbooks import grids
from tracker.workbooks.cells import BadCell, Cell, is_blank, read_cell
from tracker.workbooks.gates import MAX_BYTES
from tracker.workbooks.grids import Book, Grid
from tracker.workbooks.headings import Head, find_head, place
from tracker.workbooks.parsed import flat
from tracker.workbooks.sheets import Column, Kind, Sheet

# Sheets that `writing` and `marking` add; what stands in them is never data.
OWN_SHEETS = ("_选项", "错误汇总")
NEVER_SHARED = {Kind.NUMBER, Kind.QUANTITY, Kind.FIGURE, Kind.INTEGER}
MOST_MERGED = 500_000


@dataclass(frozen=True)
class Note:
    """Something to say about a cell."""

    sheet: str
    cell: str
    message: str

    def __str__(self) -> str:
        where = f"「{self.sheet}」{self.cell}" if self.sheet else "工作簿"
        return f"{where}：{self.message}"


class CellError(Note):
    """Nothing is taken from the workbook until this is put right."""


class CellWarning(Note):
    """Worth knowing; the workbook is taken all the same."""


@dataclass(frozen=True)
class Row:
    """A filled row: `values` by column key (defaults included; None for a cell that is in error),
    `cells` by column key for the columns that the sheet has."""

    sheet: str
    number: int
    values: dict[str, Any]
    cells: dict[str, str]
    bad: frozenset[str] = frozenset()

    def __getitem__(self, key: str) -> Any:
        return self.values[key]

    def error(self, key: str, message: str) -> CellError:
        return CellError(self.sheet, self.cells.get(key, f"A{self.number}"), message)

    def warning(self, key: str, message: str) -> CellWarning:
        return CellWarning(self.sheet, self.cells.get(key, f"A{self.number}"), message)


@dataclass
class Reading:
    """Rows by the name of the described sheet (an absent sheet has none), errors, warnings."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    errors: list[CellError] = field(default_factory=list)
    warnings: list[CellWarning] = field(default_factory=list)


def read(
    source: bytes | str | Path,
    sheets: Sequence[Sheet],
    *,
    filename: str = "",
    others: Iterable[str] = (),
    main: Sheet | None = None,
) -> Reading:
    """Read a file or its bytes. `others` are sheets that may be there and are left alone; `main` is
    what a workbook of a single sheet holds, whatever that is called.

    Raises NotAWorkbook when the file cannot be opened at all.
    """
    if not isinstance(source, bytes):
        filename = filename or Path(source).name
        with Path(source).open("rb") as file:
            source = file.read(MAX_BYTES + 1)
    book = grids.parse(source, filename, [sheet.name for sheet in sheets])
    return read_book(book, sheets, others=others, main=main)


def read_book(
    book: Book, sheets: Sequence[Sheet], *, others: Iterable[str] = (), main: Sheet | None = None
) -> Reading:
    """The same for cells that are already at hand."""
    reading = Reading()
    by_name = {flat(grid.name): grid for grid in book.grids}
    main = sheets[0] if len(sheets) == 1 else main
    known = {flat(sheet.name) for sheet in sheets}
    if main and len(book.names) == 1 and book.grids and flat(book.names[0]) not in known:
        by_name = {flat(main.name): book.grids[0]}
    for sheet in sheets:
        grid = by_name.pop(flat(sheet.name), None)
        reading.rows[sheet.name] = []
        if grid is not None:
            _read_sheet(reading, sheet, grid)
        elif sheet.required:
            reading.errors.append(CellError("", "", f"缺少工作表「{sheet.name}」"))
    _note_sheets(reading, book, sheets, others, main)
    return reading


def _note_sheets(
    reading: Reading, book: Book, sheets: Sequence[Sheet], others: Iterable[str], main
) -> None:
    wanted = {flat(sheet.name) for sheet in sheets}
    left_alone = {flat(name) for name in (*others, *OWN_SHEETS)}
    if not wanted & set(map(flat, book.names)) and not any(reading.rows.values()):
        names = "、".join(sheet.name for sheet in sheets)
        if not (reading.errors or (main and len(book.names) == 1)):
            reading.errors.append(
                CellError(
                    "",
                    "",
                    f"没有找到要读取的工作表，应有：{names}；这个文件里有：{'、'.join(book.names)}",
                )
            )
    elif len(book.names) > 1:
        for name in book.names:
            if flat(name) not in wanted | left_alone:
                reading.warnings.append(CellWarning(name, "A1", "不认识这个工作表，没有读取"))


def _read_sheet(reading: Reading, sheet: Sheet, grid: Grid) -> None:
    head = find_head(grid, sheet)
    if head is None:
        if any(not is_blank(cell) for row in grid.rows for cell in row):
            names = "、".join(column.heading for column in sheet.columns)
            reading.errors.append(CellError(grid.name, "A1", f"没有找到标题行，应有：{names}"))
        return
    _note_head(reading, sheet, grid, head)
    merged = _merged_below(grid, head)
    layout = Layout(sheet, head)
    for number in range(head.last + 1, len(grid.rows)):
        row = grid.rows[number]
        if any(not is_blank(cell) for i, cell in enumerate(row) if i in head.columns):
            reading.rows[sheet.name].append(_read_row(reading, layout, grid, merged, number))


def _note_head(reading: Reading, sheet: Sheet, grid: Grid, head: Head) -> None:
    for index, heading in head.repeated.items():
        message = f"「{heading}」出现了两次，请只保留一列"
        reading.errors.append(CellError(grid.name, place(head.last, index), message))
    for column in sheet.columns:
        if column.required and head.where(column) is None:
            message = f"缺少必填的列「{column.heading}」"
            reading.errors.append(CellError(grid.name, place(head.last, 0), message))
    for index, heading in head.unknown.items():
        message = f"不认识「{heading}」这一列，没有读取"
        reading.warnings.append(CellWarning(grid.name, place(head.last, index), message))
    for number, index in _untitled(grid, head):
        message = "这一列没有标题，其中的内容没有读取"
        reading.warnings.append(CellWarning(grid.name, place(number, index), message))


def _untitled(grid: Grid, head: Head) -> Iterator[tuple[int, int]]:
    """The first filled cell of each column that has no heading."""
    seen = {*head.columns, *head.unknown, *head.repeated}
    for number in range(head.last + 1, len(grid.rows)):
        for index, cell in enumerate(grid.rows[number]):
            if index not in seen and not is_blank(cell):
                seen.add(index)
                yield number, index


def _merged_below(grid: Grid, head: Head) -> dict[tuple[int, int], tuple[int, int]]:
    """Cells of the data that are covered by a cell further up in the same column."""
    covered: dict[tuple[int, int], tuple[int, int]] = {}
    for top, left, bottom, _right in grid.merges:
        if top <= head.last or left not in head.columns:
            continue
        for row in range(top + 1, min(bottom + 1, len(grid.rows))):
            covered[row, left] = (top, left)
        if len(covered) > MOST_MERGED:
            break
    return covered


class Layout:
    """Where the columns of a sheet stand; the same for each of its rows."""

    def __init__(self, sheet: Sheet, head: Head):
        self.defaults = {column.key: column.default for column in sheet.columns}
        there = [(column, head.where(column)) for column in sheet.columns]
        self.columns = [(column, at) for column, at in there if at is not None]
        self.letters = [(one.key, place(0, at).rstrip("1")) for one, at in self.columns]


def _read_row(reading: Reading, layout: Layout, grid: Grid, merged: dict, number: int) -> Row:
    values: dict[str, Any] = layout.defaults.copy()
    cells = {key: f"{letters}{number + 1}" for key, letters in layout.letters}
    bad, plain = set(), not merged
    for column, index in layout.columns:
        key = column.key
        if plain and not column.required and _cell(grid, number, index) is None:
            continue
        try:
            values[key] = _value(column, grid, merged, number, index)
        except BadCell as problem:
            values[key] = None
            bad.add(key)
            reading.errors.append(CellError(grid.name, cells[key], str(problem)))
    return Row(grid.name, number + 1, values, cells, frozenset(bad))


def _value(column: Column, grid: Grid, merged: dict, number: int, index: int) -> Any:
    cell = _cell(grid, number, index)
    if is_blank(cell) and (number, index) in merged:
        cell = _cell(grid, *merged[number, index])
        if not is_blank(cell) and column.kind in NEVER_SHARED:
            raise BadCell("数值在合并的单元格里，分不清属于哪一行，请取消合并后分行填写")
    if not is_blank(cell):
        return read_cell(column, cell)
    if column.required:
        raise BadCell(f"「{column.heading}」必须填写")
    return column.default


def _cell(grid: Grid, number: int, index: int) -> Cell:
    row = grid.rows[number]
    return row[index] if index < len(row) else None
