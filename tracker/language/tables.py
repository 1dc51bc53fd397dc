"""Tables in plain text: which words of its row, column and title say what a number is.

A row is a line with its cells between tabs or between |. Where a table came as one cell a line, a line
that holds nothing but a number is named by the short lines before it.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from .measures import UNIT
from .units import split_scale

_NUMBER = re.compile(
    r"(?:约|近|超过?|逾|不足|不[少低]于|不超过|最高|增加|减少|增长|下降|上升|[≥≤+\-−])?\s?"
    r"(?:\d[\d,，.]{0,24}|[〇零一二两三四五六七八九十百千]{1,8})\s?[余多]?[百千]?[万亿]{0,2}[余多]?\s?"
)
_BEHIND = re.compile(r"(?:左右|以[上下内])?\s?(?:[（(][^（）()\n]{0,30}[)）])?\s?")
_DATED = re.compile(r"(?:19|20)\d\d(?:年|[-./—]|$)|\d{1,2}月|第")
_RULED = re.compile(r"[|:\-\s]+")
_BRACKETS = re.compile(r"[（(](?:单位[:：])?(?P<unit>[^（）()\n]{1,8})[)）]\s*$")
_TITLED = re.compile(r"单位[:：]\s?(?P<unit>[^\s，,。；;）)\n]{1,6})")
_COUNTED = re.compile(r"(?P<unit>人次|场次|户次|人|户|场|件|个|家|亩|篇)数?$")
_PER_CENT = re.compile(r"(?:率|比重|占比|比例|增幅|增速|百分比)$")
_SHORT, _FEWEST_ROWS, _MOST_HEADS, _MOST_NAMES, _WIDEST = 40, 2, 3, 4, 60
_ENDS = "。！？；：!?;:，,"
UNIT_HEADS = ("单位", "计量单位")
# Heads of columns whose numbers count nothing.
_ORDER = re.compile(r"序号|编号|代码|[位名]次|排[名序]|期[号数]|年[份度]|电话|No\.?")


@dataclass(frozen=True)
class Cell:
    """A cell with a number: text[start:end]. `names` lead to it in its row, `others` stand elsewhere there.

    `row` is where the row begins and ends, `head` the head of the column, `title` the line above the
    table, `unit` what head, row or title say that a bare number counts (万元), empty where none does.
    """

    start: int
    end: int
    row: tuple[int, int]
    names: str
    others: str = ""
    head: str = ""
    title: str = ""
    unit: str = ""


@dataclass(frozen=True)
class _Piece:
    """A line or a cell without the blanks around it."""

    start: int
    end: int
    text: str


def numbers_rows(cell: Cell) -> bool:
    """The column numbers or ranks the rows."""
    return _ORDER.fullmatch(cell.head) is not None


class Tables:
    """The cells with numbers of one text."""

    def __init__(self, text: str):
        self._cells = sorted(_cells(text), key=lambda cell: cell.start)
        self._starts = [cell.start for cell in self._cells]

    def at(self, offset: int) -> Cell | None:
        """The cell in which an offset lies."""
        index = bisect_right(self._starts, offset) - 1
        cell = self._cells[index] if index >= 0 else None
        return cell if cell and offset < cell.end else None


def _cells(text: str) -> Iterator[Cell]:
    title = ""
    for mark, group in groupby(_lines(text), key=_mark_of):
        lines = list(group)
        if mark and len(lines) >= _FEWEST_ROWS:
            yield from _Grid(lines, mark, title).cells()
        elif not mark:
            yield from _stacked(lines)
        title = lines[-1].text if len(lines[-1].text) <= _SHORT and not mark else ""


def _lines(text: str) -> Iterator[_Piece]:
    """Lines that are not blank: a Markdown table stands apart from its title."""
    at = 0
    for line in text.split("\n"):
        if line.strip():
            yield _piece(line, at, " \r\u3000")
        at += len(line) + 1


def _piece(words: str, at: int, blanks: str | None = None) -> _Piece:
    bare = words.strip(blanks)
    start = at + len(words) - len(words.lstrip(blanks))
    return _Piece(start, start + len(bare), bare)


def _mark_of(line: _Piece) -> str:
    """What parts the cells of a line; nothing where it is no row."""
    if line.text.count("|") > 1:
        return "|"
    return "\t" if "\t" in line.text.strip() else ""


class _Grid:
    """Rows of cells between marks."""

    def __init__(self, lines: Sequence[_Piece], mark: str, title: str):
        rows = ((line, _row(line, mark)) for line in lines if not _RULED.fullmatch(line.text))
        self.rows = [(line, row) for line, row in rows if len(row) <= _WIDEST]
        self.title = title
        self.heads = self._head_rows()

    def _head_rows(self) -> list[list[_Piece]]:
        """The rows at the top without a number; none where no row below has one."""
        found: list[list[_Piece]] = []
        for _, row in self.rows[: _MOST_HEADS + 1]:
            if any(is_value(cell.text) for cell in row):
                return found
            found.append(row)
        return found[:1]

    def cells(self) -> Iterator[Cell]:
        first = ""
        for line, row in self.rows[len(self.heads) :]:
            # A cell that spans rows says its words in the first of them.
            first = row[0].text if row and row[0].text else first
            yield from self._of_row(line, row, first)

    def _of_row(self, line: _Piece, row: Sequence[_Piece], first: str) -> Iterator[Cell]:
        every = [first, *(cell.text for cell in row if cell.text and not is_value(cell.text))]
        others, place = "\n".join(dict.fromkeys(every)), (line.start, line.end)
        names, fresh = [first], True
        for column, cell in enumerate(row):
            if is_value(cell.text):
                head, near = self.head(column), "\n".join(names)
                unit = self.unit(head, row, names)
                yield Cell(cell.start, cell.end, place, near, others, head, self.title, unit)
                fresh = True
            elif cell.text:
                names, fresh = [cell.text] if fresh else [*names, cell.text], False

    def head(self, column: int) -> str:
        """Of the column, from the rows above; one that spans columns stands over the first of them."""
        found = []
        for row in self.heads:
            above = [cell.text for cell in row[: column + 1]]
            spans = row is not self.heads[-1] and len(self.heads) > 1
            found.append(next(filter(None, above[::-1]), "") if spans else "".join(above[column:]))
        return "\n".join(filter(None, found))

    def unit(self, head: str, row: Sequence[_Piece], names: Sequence[str]) -> str:
        """What a bare number of the row and column counts."""
        own = [cell.text for column, cell in enumerate(row) if self.head(column) in UNIT_HEADS]
        return next(
            filter(
                None,
                (
                    _bracketed(head),
                    *(_bracketed(name) for name in names[::-1]),
                    *map(_unit, own),
                    *map(_counted, (head, *names[::-1])),
                    _said(_TITLED.search(self.title)),
                ),
            ),
            "",
        )


def _row(line: _Piece, mark: str) -> list[_Piece]:
    found, at = [], line.start
    for words in line.text.split(mark):
        found.append(_piece(words, at))
        at += len(words) + 1
    # | a | b |: nothing stands before the first mark and behind the last.
    if mark == "|":
        found = found[not found[0].text :]
        found = found[: len(found) - (bool(found) and not found[-1].text)]
    return found


def is_value(words: str) -> bool:
    """Whether a cell holds a number and nothing that would name it."""
    if len(words) > _SHORT or _DATED.match(words) or not (number := _NUMBER.match(words)):
        return False
    end = number.end()
    unit = UNIT.match(words, end)
    if not unit and not words[:end].strip()[-1:].isdigit() and words[end - 1 : end] not in "万亿":
        return False
    end = unit.end() if unit else end
    return _BEHIND.fullmatch(words, end) is not None


def _unit(word: str) -> str:
    """The word where it is a unit (万元, 人次), else nothing."""
    size, base = split_scale(word.strip())
    return word.strip() if base in ("%", "％") or UNIT.fullmatch(base) else ""


def _said(match: re.Match[str] | None) -> str:
    return _unit(match["unit"]) if match else ""


def _bracketed(words: str) -> str:
    """投入资金（万元）."""
    return _said(_BRACKETS.search(words))


def _counted(words: str) -> str:
    """培训人次, 参加户数, 完成率."""
    if match := _COUNTED.search(words):
        return match["unit"]
    return "%" if _PER_CENT.search(words) else ""


def _stacked(lines: Sequence[_Piece]) -> Iterator[Cell]:
    """Cells one below the other: the names are the short lines before a number."""
    names: list[_Piece] = []
    fresh = True
    for line in lines:
        if is_value(line.text):
            if names:
                words = "\n".join(name.text for name in names)
                unit = next(filter(None, (_bracketed(n.text) for n in names[::-1])), "")
                yield Cell(line.start, line.end, (names[0].start, line.end), words, unit=unit)
            fresh = True
        elif len(line.text) > _SHORT or line.text[-1] in _ENDS:
            names, fresh = [], True
        else:
            names, fresh = [line] if fresh else [*names[1 - _MOST_NAMES :], line], False
