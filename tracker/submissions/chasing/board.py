"""The board of a round: lines down, regions across, one word a cell, and what is missing inside."""

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from accounts.models import Line, Region
from tracker.catalogue.duties import Cell
from tracker.catalogue.models import Programme
from tracker.submissions.models import Figure, Status, Submission
from tracker.submissions.owing import owed_by


class Word(StrEnum):
    """What a cell of the board says; `tone` is its colour."""

    BLANK = "未开始"
    FILLING = "填报中"
    SIGNING = "待审签"
    FILED = "已报送"
    RETURNED = "退回"
    APPROVED = "已核定"
    OVERDUE = "逾期"

    @property
    def tone(self) -> str:
        return _TONES.get(self, "blue")


_TONES = {
    Word.BLANK: "grey",
    Word.RETURNED: "orange",
    Word.APPROVED: "green",
    Word.OVERDUE: "red",
}
_WORDS = {
    Status.SIGNING: Word.SIGNING,
    Status.LINE_REVIEW: Word.FILED,
    Status.SUBMITTED: Word.FILED,
    Status.RETURNED: Word.RETURNED,
    Status.APPROVED: Word.APPROVED,
}


def word_of(submission: Submission, filled: int, at: datetime.datetime) -> Word:
    """One word for a submission, or for a region of it of which `filled` figures are there.

    The submission comes with `own_due`. What came back says so, however late it is.
    """
    late = at > submission.own_due
    if late and submission.status in (Status.DRAFT, Status.SIGNING):
        return Word.OVERDUE
    return _WORDS.get(submission.status) or (Word.FILLING if filled else Word.BLANK)


@dataclass(frozen=True)
class Entry:
    """A submission in one region: its word, and how many of the figures owed are there."""

    submission: Submission
    region: Region
    word: Word
    filled: int
    owed: int

    @property
    def filed(self) -> bool:
        return self.submission.status in Status.filed


@dataclass(frozen=True)
class BoardRow:
    """A line across the regions; an empty cell owes nothing."""

    line: Line
    cells: tuple[tuple[Entry, ...], ...]

    @property
    def entries(self) -> list[Entry]:
        return [entry for cell in self.cells for entry in cell]


@dataclass(frozen=True)
class Tally:
    """How many are there of how many owed."""

    filed: int
    owed: int

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> "Tally":
        entries = list(entries)
        return cls(sum(entry.filed for entry in entries), len(entries))


@dataclass(frozen=True)
class Board:
    regions: tuple[Region, ...]
    rows: tuple[BoardRow, ...]

    def totals(self) -> list[Tally]:
        """At the lower edge: one for each region."""
        columns = zip(*(row.cells for row in self.rows), strict=True)
        return [Tally.of(entry for cell in column for entry in cell) for column in columns]

    def edge(self) -> list[tuple[BoardRow, Tally]]:
        """Each row with its total at the right."""
        return [(row, Tally.of(row.entries)) for row in self.rows]

    def total(self) -> Tally:
        return Tally.of(entry for row in self.rows for entry in row.entries)


def board_of(entries: Iterable[Entry]) -> Board:
    """The board of the entries of one round; their submissions come with `agency__line`."""
    entries = list(entries)
    regions = tuple(_once((entry.region for entry in entries), key=lambda one: one.path))
    lines = _once((entry.submission.agency.line for entry in entries), key=lambda one: one.order)
    places: dict[tuple[int, int], list[Entry]] = defaultdict(list)
    for entry in entries:
        places[entry.submission.agency.line_id, entry.region.pk].append(entry)
    rows = [
        BoardRow(line, tuple(tuple(places[line.pk, region.pk]) for region in regions))
        for line in lines
    ]
    return Board(regions, tuple(rows))


def _once(rows, *, key):
    return sorted({row.pk: row for row in rows}.values(), key=lambda row: (key(row), row.pk))


def entries_of(submissions: Sequence[Submission], at: datetime.datetime) -> dict[int, list[Entry]]:
    """Submission id -> its entries: one, or one for each region that it fills in for.

    In a constant number of queries; the submissions come with `own_due`, `agency__region` and `round`.
    """
    cells, filled = owed_by(submissions), _filled(submissions)
    return {one.pk: list(_entries(one, cells[one.pk], filled[one.pk], at)) for one in submissions}


def _entries(submission: Submission, cells: Sequence[Cell], filled: Counter, at):
    regions = {cell.region.pk: cell.region for cell in cells}
    for region in regions.values() or [submission.agency.region]:
        here = [cell for cell in cells if cell.region.pk == region.pk]
        there = sum(1 for cell in here if filled[place_of(cell)])
        yield Entry(submission, region, word_of(submission, there, at), there, len(here))


def place_of(cell: Cell) -> tuple[int, int, str]:
    return (cell.indicator.pk, cell.region.pk, cell.scope)


def _filled(submissions: Sequence[Submission]) -> dict[int, Counter]:
    """Submission id -> how often something is said at each place."""
    found: dict[int, Counter] = defaultdict(Counter)
    said = Figure.objects.filter(submission__in=submissions).exclude(kind="")
    for pk, *place in said.values_list("submission", "indicator", "region", "scope"):
        found[pk][tuple(place)] += 1
    return found


@dataclass(frozen=True)
class Gap:
    """What one programme still lacks."""

    programme: Programme
    cells: tuple[Cell, ...]
    owed: int


def gaps_of(submission: Submission) -> list[Gap]:
    """What is missing inside, by programme in the order of the form; complete ones are left out."""
    filled = _filled([submission])[submission.pk]
    by_programme: dict[int, list[Cell]] = defaultdict(list)
    for cell in owed_by([submission])[submission.pk]:
        by_programme[cell.indicator.programme_id].append(cell)
    gaps = [
        Gap(
            cells[0].indicator.programme,
            tuple(cell for cell in cells if not filled[place_of(cell)]),
            len(cells),
        )
        for cells in by_programme.values()
    ]
    return [gap for gap in gaps if gap.cells]
