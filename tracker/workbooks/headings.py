"""Where the headings of a sheet stand, and which column each of them names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from tracker.workbooks.cells import Cell, Fault, is_blank, squeeze
from tracker.workbooks.grids import Grid
from tracker.workbooks.sheets import Column, Sheet

# A title, a unit line and a head of two rows may stand above the data.
SEARCHED_ROWS = 10
REQUIRED_MARK = re.compile(r"^\*|\*$|\(必填\)$")


@dataclass
class Head:
    """`last` row of the head (from 0); columns by index; headings that nobody asked for, or twice."""

    last: int
    columns: dict[int, Column] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    unknown: dict[int, str] = field(default_factory=dict)
    repeated: dict[int, str] = field(default_factory=dict)

    def add(self, index: int, column: Column) -> None:
        self.columns[index] = column
        self.places[column.key] = index

    def where(self, column: Column) -> int | None:
        return self.places.get(column.key)


def place(row: int, column: int) -> str:
    """The name of a cell, counted from 0: (6, 1) is B7."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def find_head(grid: Grid, sheet: Sheet) -> Head | None:
    """The row with most of the sheet's headings, completed from a merged head's other row."""
    named = {heading_text(name): column for column in sheet.columns for name in column.names}
    found = [dict(_known(row, named)) for row in grid.rows[:SEARCHED_ROWS]]
    best = max(range(len(found)), key=lambda row: len(found[row]), default=None)
    if best is None or not found[best]:
        return None
    head = Head(best)
    _take(head, grid.rows[best], found[best])
    _complete(head, grid, found, best)
    return head


def heading_text(cell: Cell) -> str:
    if not isinstance(cell, str):
        return "" if cell is None or isinstance(cell, Fault) else str(cell)
    return REQUIRED_MARK.sub("", squeeze(cell))


def _known(row: list[Cell], named: dict[str, Column]) -> Iterator[tuple[int, Column]]:
    for index, cell in enumerate(row):
        if column := named.get(heading_text(cell)):
            yield index, column


def _take(head: Head, row: list[Cell], known: dict[int, Column]) -> None:
    for index, cell in enumerate(row):
        if is_blank(cell):
            continue
        column = known.get(index)
        if column is None:
            head.unknown[index] = heading_text(cell)
        elif head.where(column) is None:
            head.add(index, column)
        else:
            head.repeated[index] = heading_text(cell)


def _complete(head: Head, grid: Grid, found: list[dict[int, Column]], best: int) -> None:
    """Headings merged over two rows stand in the upper one; their neighbours' in the lower one."""
    above = found[best - 1] if best else {}
    _fill(head, above)
    below = found[best + 1] if best + 1 < len(found) else {}
    filled = (
        [i for i, cell in enumerate(grid.rows[best + 1]) if not is_blank(cell)] if below else []
    )
    fresh = [head.where(column) is None for column in below.values()]
    if filled and len(filled) == len(below) and all(fresh):
        _fill(head, below)
        head.last = best + 1


def _fill(head: Head, known: dict[int, Column]) -> None:
    for index, column in known.items():
        if index not in head.columns and head.where(column) is None:
            head.add(index, column)
            head.unknown.pop(index, None)
