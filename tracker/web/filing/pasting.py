"""A block from a spreadsheet: shown where each cell goes before anything is taken."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from accounts.rules import require
from tracker.submissions.changes import Change, typed_as
from tracker.submissions.rules import may_edit
from tracker.submissions.saying import in_entry_unit
from tracker.workbooks.cells import squeeze
from tracker.workbooks.paste import BadBlock, split

from .page import found
from .rows import Row
from .sections import Section
from .sheet import sections_of
from .words import amount_words

EMPTY = "没有可以识别的内容，请先从表格中复制。"
NOWHERE = "超出了表格，不填入"
TOTALS = {"合计", "总计", "小计", "全市", "全市合计"}


@dataclass(frozen=True)
class Field:
    """One field of the form: its name as it is posted, the row that it belongs to."""

    name: str
    row: Row

    @property
    def part(self) -> str:
        return self.name.rpartition("-")[2]

    @property
    def label(self) -> str:
        cell = self.row.cell
        beside = {"cumulative": "本年累计", "opening": "期初累计"}.get(self.part, "")
        return f"{cell.indicator.label}{self.row.member}{beside}"


@dataclass(frozen=True)
class Placed:
    """One cell of the block: where it goes, what it says there, or why it goes nowhere."""

    text: str
    field: Field | None
    says: str = ""
    problem: str = ""

    @property
    def taken(self) -> bool:
        return self.field is not None and not self.problem


Grid = list[list[Field | None]]


def grid_of(sections: Iterable[Section]) -> tuple[Grid, list[str], list[list[str]]]:
    """The fields as they stand on the page, the name of each line, and those of its columns."""
    grid: Grid = []
    names: list[str] = []
    heads: list[list[str]] = []
    for section in sections:
        if section.is_table:
            columns = [one.label for one in section.columns]
            for line in section.lines:
                grid.append([field_of(row) if row else None for row in line.rows])
                names.append(line.region.name)
                heads.append(columns)
            continue
        for row in section.in_order:
            beside = Field(f"{row.key}-{row.beside}", row) if row.beside else None
            grid.append([field_of(row), beside])
            region = row.cell.region.name if section.by_region else ""
            names.append(region + (row.member or row.cell.indicator.label))
            heads.append(["本期", "本年累计"])
    return grid, names, heads


def field_of(row: Row) -> Field | None:
    return None if row.is_closed or row.is_sum else Field(f"{row.key}-text", row)


def placed_in(block: Sequence[Sequence[str]], sections, start: str) -> list[list[Placed]]:
    """Each cell of the block at its place: by the names that stand in it, else from `start` on."""
    grid, names, heads = grid_of(sections)
    place = place_of(grid, start)
    named = {squeeze(name): number for number, name in enumerate(names)}
    known = [one for one in block if one and squeeze(one[0]) in named]
    if known and len(known) * 2 >= len([one for one in block if any(one)]):
        return by_names(block, grid, named, heads)
    top, left = place
    return [
        [lay(text, at(grid, top + down, left + right)) for right, text in enumerate(line)]
        for down, line in enumerate(block)
    ]


def place_of(grid: Grid, start: str) -> tuple[int, int]:
    for down, line in enumerate(grid):
        for right, one in enumerate(line):
            if one and one.name == start:
                return down, right
    return 0, 0


def at(grid: Grid, down: int, right: int) -> Field | None:
    return grid[down][right] if down < len(grid) and right < len(grid[down]) else None


def by_names(block, grid: Grid, named: dict[str, int], heads) -> list[list[Placed]]:
    """Lines by their first cell, columns by the head of the block, where it has one."""
    found, columns = [], None
    for line in block:
        number = named.get(squeeze(line[0])) if line else None
        if number is None:
            head = {squeeze(text): index for index, text in enumerate(line) if text.strip()}
            columns = columns or head or None
            words = (
                "" if squeeze(line[0] if line else "") not in TOTALS else "合计由系统计算，不填入"
            )
            found.append([Placed(text, None, problem=words or "表头，不填入") for text in line])
            continue
        found.append(named_line(line, grid[number], heads[number], columns))
    return found


def named_line(line, fields: list[Field | None], head: list[str], columns) -> list[Placed]:
    placed = [Placed(line[0], None, problem="名称，用来对应")]
    by_head = {columns[squeeze(name)]: place for place, name in enumerate(head)
               if columns and squeeze(name) in columns}  # fmt: skip
    free = iter(fields)
    for index, text in enumerate(line[1:], start=1):
        if by_head:
            place = by_head.get(index)
            placed.append(lay(text, None if place is None else fields[place]))
        else:
            # A unit between the name and its number is no number.
            placed.append(lay(text, next(free, None) if is_amount(text) else None))
    return placed


def is_amount(text: str) -> bool:
    plain = squeeze(text)
    return not plain or any(char.isdigit() for char in plain) or plain[:1] in "零无不"


def lay(text: str, field: Field | None) -> Placed:
    """What the text says in the field, as the system reads it."""
    if field is None:
        return Placed(text, None, problem=NOWHERE if text.strip() else "")
    indicator = field.row.cell.indicator
    try:
        typed = typed_as(Change(indicator.pk, field.row.cell.region.pk, text), indicator)
    except ValidationError as problem:
        return Placed(text, field, problem=problem.messages[0])
    if typed.value is None:
        return Placed(text, field, says="留空" if not typed.kind else "不适用")
    words = amount_words(typed.value, indicator, typed.qualifier)
    if indicator.entry_scale and typed.value and not typed.qualifier:
        exact = f"{typed.value:,f}"
        words = f"{in_entry_unit(typed.value, indicator)}{indicator.entry_unit} = {exact}{indicator.unit.name}"
    return Placed(text, field, says="零报告" if typed.kind == "zero" else words)


@require_http_methods(["GET", "HEAD", "POST"])
def submission_paste(request, pk):
    """The box to paste into, and what will become of what was pasted. Nothing is saved here."""
    record = found(request.user, pk)
    require(may_edit(request.user, record))
    sections = sections_of(record, texts=(), evidence=(), with_definitions=False)
    grid, names, _ = grid_of(sections)
    start = request.POST.get("at", "")
    if start and not any(one and one.name == start for line in grid for one in line):
        raise Http404
    shown = {
        "submission": record,
        "starts": [
            (one.name, f"{names[down]}　{one.label}")
            for down, line in enumerate(grid) for one in line if one
        ],
        "start": start,
        "block": request.POST.get("block", ""),
    }  # fmt: skip
    if request.method == "POST":
        shown |= preview(shown["block"], sections, start)
    page = "submissions/_paste.html" if request.htmx else "submissions/paste.html"
    return render(request, page, shown, status=422 if shown.get("refused") else 200)


def preview(text: str, sections: list[Section], start: str) -> dict:
    try:
        lines = placed_in(split(text), sections, start)
    except BadBlock as problem:
        return {"refused": f"{problem}。"}
    cells = [one for line in lines for one in line]
    return {
        "lines": lines,
        "taken": [one for one in cells if one.taken and one.text.strip()],
        "refused": "" if any(one.text.strip() for one in cells) else EMPTY,
    }


__all__ = ["submission_paste"]
