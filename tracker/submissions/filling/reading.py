"""A report laid beside a submission: which figure fills which cell, and what is left over."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from accounts.models import Region
from tracker.catalogue.duties import Cell
from tracker.catalogue.models import EntryMode, Measure, Programme
from tracker.language.reading import FigureInText, Role
from tracker.submissions.changes import Place, place_of
from tracker.submissions.models import Figure, Submission
from tracker.submissions.owing import owed
from tracker.submissions.past import NOTHING, past_of
from tracker.submissions.texts import numbers_in, whole_names

from .doubts import Doubt, doubts_of, text_of
from .proposing import Proposal, Slot, propose
from .wording import as_of_in

MOST_FIGURES = 600
GROWING = (Measure.FLOW, Measure.DISTINCT)
# Figures of a text that nobody would enter anywhere.
BESIDE = frozenset({Role.STRUCTURAL, Role.RANK})


class TooMany(ValueError):
    """The report holds more figures than a page can show."""


@dataclass
class Option:
    """A cell that a figure may be given to, with the figure that stands there."""

    cell: Cell
    slot: Slot
    figure: Figure | None

    @property
    def place(self) -> Place:
        return (self.cell.indicator.pk, self.cell.region.pk, "", self.cell.scope)

    @property
    def key(self) -> str:
        """For a form: the place and the version of the figure that stands there."""
        indicator, region, _, scope = self.place
        version = self.figure.version if self.figure else 0
        return f"{indicator}.{region}.{scope}.{version}"

    @property
    def value(self) -> Decimal | None:
        return self.figure.value if self.figure else None


@dataclass
class Line:
    """A paragraph with the figures in it; it begins at `start` of the report."""

    number: int
    start: int
    text: str
    figures: list[FigureInText] = field(default_factory=list)
    programme: int | None = None
    unticked: set[int] = field(default_factory=set)


@dataclass
class Reading:
    """A report beside a submission."""

    proposals: list["Proposed"]
    lines: list[Line]
    options: list[Option]
    programmes: list[Programme]
    kept: set[str]

    @property
    def open(self) -> list["Proposed"]:
        return [one for one in self.proposals if one.option and not one.is_filled]

    @property
    def sure(self) -> int:
        return sum(1 for one in self.open if not one.doubts)

    @property
    def has_problem_left(self) -> bool:
        return any(one.problem for one in self.left_over)

    @property
    def filled(self) -> list["Proposed"]:
        return [one for one in self.proposals if one.is_filled]

    @property
    def left_over(self) -> list["Proposed"]:
        return [one for one in self.proposals if one.option is None]


@dataclass
class Proposed:
    """A figure of the report with the cell proposed for it."""

    proposal: Proposal
    option: Option | None
    doubts: tuple[Doubt, ...]
    text: str
    # What a person chose on the page; before that, what is proposed.
    chosen: Place | None = None
    ticked: bool | None = None
    problem: str = ""
    typed_as_of: str | None = None
    choices: list[Option] = field(default_factory=list)

    @property
    def figure(self) -> FigureInText:
        return self.proposal.figure

    @property
    def place(self) -> Place | None:
        return self.chosen or (self.option.place if self.option else None)

    @property
    def is_ticked(self) -> bool:
        """Nothing odd: ticked from the start, so that all may be confirmed at once."""
        sure = self.option is not None and not self.doubts and not self.replaces
        return sure if self.ticked is None else self.ticked

    @property
    def is_filled(self) -> bool:
        """The cell says this already."""
        return bool(
            self.option
            and self.option.value == self.figure.value
            and self.option.figure
            and self.option.figure.qualifier == self.figure.qualifier
        )

    @property
    def replaces(self) -> bool:
        return bool(self.option and self.option.figure and self.option.figure.kind)

    @property
    def as_of(self) -> str:
        """The point in time that the sentence names: 2020年底."""
        return as_of_in(self._cut[0]) if self.typed_as_of is None else self.typed_as_of

    @property
    def before(self) -> str:
        """The words of the sentence up to the figure."""
        return self._cut[0]

    @property
    def behind(self) -> str:
        return self._cut[1]

    @property
    def _cut(self) -> tuple[str, str]:
        sentence, raw = self.proposal.sentence, self.figure.raw
        before, found, behind = sentence.partition(raw)
        return (before[-60:], behind[:40]) if found else (sentence[:60], "")


def read_report(submission: Submission, text: str) -> Reading:
    """The report beside the submission, in a constant number of queries. Raises TooMany."""
    cells = owed(submission)
    programmes = {cell.indicator.programme_id: cell.indicator.programme for cell in cells}
    figures = numbers_in(text, whole_names(*programmes.values()))
    if len(figures) > MOST_FIGURES:
        raise TooMany(f"文中有{len(figures)}个数字，一次最多{MOST_FIGURES}个，请拆成几份上传。")
    options = options_of(submission, cells)
    by_place = {option.place: option for option in options}
    proposals = [
        Proposed(
            one,
            by_place[one.slot.key] if one.slot else None,
            doubts_of(one),
            text_of(one) or one.figure.raw,
        )
        for one in propose(text, figures, [option.slot for option in options])
        if one.figure.role not in BESIDE
    ]
    kept = set(submission.narratives.values_list("text", flat=True))
    return Reading(proposals, lines_of(text, figures), options, list(programmes.values()), kept)


def options_of(submission: Submission, cells: Sequence[Cell]) -> list[Option]:
    """The cells with what they said last, and what stands in them."""
    past = past_of(submission, cells)
    standing = {place_of(one): one for one in submission.figures.all()}
    home = submission.agency.region_id
    found = []
    for cell in cells:
        place = (cell.indicator.pk, cell.region.pk, "", cell.scope)
        last = past.get(place, NOTHING).last
        slot = _slot(cell, place, last.value if last else None, home)
        found.append(Option(cell, slot, standing.get(place)))
    return found


def _slot(cell: Cell, place: Place, last: Decimal | None, home: int) -> Slot:
    indicator = cell.indicator
    cumulative = indicator.entry_mode == EntryMode.CUMULATIVE
    return Slot(
        place,
        indicator.label,
        indicator.unit.name,
        indicator.programme.name,
        (indicator.name, *map(str, indicator.aliases)),
        last,
        cumulative and indicator.measure in GROWING,
        names_of(cell.region) if cell.region.pk != home else (),
    )


def names_of(region: Region) -> tuple[str, ...]:
    """历下区, 历下."""
    short = region.name[:-1]
    return (region.name, short) if len(short) > 1 else (region.name,)


def lines_of(text: str, figures: Sequence[FigureInText]) -> list[Line]:
    """The paragraphs that hold a figure."""
    lines, start = [], 0
    for number, words in enumerate(text.split("\n")):
        lines.append(Line(number, start, words))
        start += len(words) + 1
    at = 0
    for figure in figures:
        while figure.start >= lines[at].start + len(lines[at].text) + 1:
            at += 1
        lines[at].figures.append(figure)
    return [line for line in lines if line.figures]
