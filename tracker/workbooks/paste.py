"""A block copied out of Excel or WPS: tab-separated cells, those with line breaks in quotes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from tracker.workbooks.cells import BadCell, is_blank, read_cell
from tracker.workbooks.grids import Grid
from tracker.workbooks.sheets import Column

MAX_CHARACTERS = 2_000_000
MAX_CELLS = 50_000
# A quoted cell ends where a tab, a line or the block ends; any other quote is only a quote.
FIELD = re.compile(r'(?:"((?:[^"]|"")*)"(?=[\t\n]|\Z)|([^\t\n]*))([\t\n]|\Z)')


class BadBlock(ValueError):
    """The block cannot be taken at all; the message is for the person who pasted it."""


@dataclass(frozen=True)
class Pasted:
    """One cell of the block: its place in it (from 0), what was written, what it means or why not.

    `column` is None to the right of the last known column. A blank cell has value None.
    """

    row: int
    index: int
    column: Column | None
    text: str
    value: Any = None
    problem: str = ""


def split(text: str) -> list[list[str]]:
    """Rows of cells as they were copied. Raises BadBlock above 50,000 cells."""
    if len(text) > MAX_CHARACTERS:
        raise BadBlock("粘贴的内容过多，请分几次粘贴，或改用工作簿上传")
    rows: list[list[str]] = [[]]
    for count, (cell, ended) in enumerate(_fields(text.replace("\r\n", "\n").replace("\r", "\n"))):
        if count >= MAX_CELLS:
            raise BadBlock(f"粘贴的单元格超过 {MAX_CELLS} 个，请改用工作簿上传")
        rows[-1].append(cell)
        if ended:
            rows.append([])
    return [row for row in rows[:-1] if row] + [row for row in rows[-1:] if row]


def _fields(text: str) -> Iterator[tuple[str, bool]]:
    """Each cell, and whether its row ends with it. The last line break opens no further row."""
    place = 0
    while place < len(text) and (match := FIELD.match(text, place)):
        quoted, bare, end = match.groups()
        yield (bare if quoted is None else quoted.replace('""', '"')), end == "\n"
        place = match.end()
        if end == "\t" and place == len(text):
            yield "", False


def read_block(text: str, columns: Sequence[Column]) -> list[Pasted]:
    """The block laid over `columns` from the first one on, cell by cell, with every problem."""
    return [
        _pasted(number, index, columns, cell)
        for number, row in enumerate(split(text))
        for index, cell in enumerate(row)
    ]


def _pasted(row: int, index: int, columns: Sequence[Column], text: str) -> Pasted:
    if index >= len(columns):
        problem = "" if is_blank(text) else "这一格超出了表格的最后一列"
        return Pasted(row, index, None, text, problem=problem)
    column = columns[index]
    if is_blank(text):
        return Pasted(row, index, column, text)
    try:
        return Pasted(row, index, column, text, read_cell(column, text))
    except BadCell as problem:
        return Pasted(row, index, column, text, problem=str(problem))


def as_grid(text: str, name: str = "粘贴") -> Grid:
    """The block as a sheet: `reading.read_book` takes it when its first row has the headings."""
    return Grid(name, [[cell or None for cell in row] for row in split(text)])
