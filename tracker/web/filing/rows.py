"""One field of the form with all that a person needs beside it."""

from dataclasses import dataclass, field
from decimal import Decimal
from zlib import crc32

from django.utils.functional import cached_property

from tracker.catalogue.duties import Cell
from tracker.catalogue.models import EntryMode, Measure, Target
from tracker.ledger.intervals import Amount, add, amount, exactly
from tracker.submissions.checks import ERROR, Finding
from tracker.submissions.models import Evidence, Figure
from tracker.submissions.past import SoFar
from tracker.submissions.saying import in_entry_unit, qualified, written

from .words import amount_words, percent, target_words

# A rate or a standard has no total of the year.
LONE = (Measure.STANDARD, Measure.RATIO)
UNKNOWN = SoFar(None, 0, 0)


@dataclass
class Row:
    """One field of the form with all that a person needs beside it."""

    cell: Cell
    figure: Figure | None
    typed: dict[str, str]
    key: str = ""
    member: str = ""
    # Of the figure's own page.
    address: str = ""
    last: str = ""
    year_ago: str = ""
    goal: Target | None = None
    # Last period's number where it counts on from the same year's beginning.
    last_value: Decimal | None = None
    so_far: SoFar = UNKNOWN
    definition: str = ""
    messages: list[Finding] = field(default_factory=list)
    problem: str = ""
    theirs: str = ""
    evidence: list[Evidence] = field(default_factory=list)
    is_closed: bool = False
    # The sum of its members stands here, and is not typed.
    is_sum: bool = False

    def __getitem__(self, name):
        """As templates ask first: two hundred rows are shown without two thousand exceptions."""
        return getattr(self, name)

    @property
    def is_open(self) -> bool:
        """May something be typed here?"""
        return not (self.is_closed or self.is_sum)

    @cached_property
    def name(self) -> str:
        return self.cell.indicator.label

    @cached_property
    def unit(self) -> str:
        return self.cell.indicator.entry_unit

    @cached_property
    def speaks(self) -> str:
        """What the field is called by those who do not see the table."""
        part = f"其中{self.member}" if self.member else ""
        return f"{self.cell.region.name}{self.name}{part}"

    @cached_property
    def errors(self) -> list[Finding]:
        return [one for one in self.messages if one.severity == ERROR]

    @cached_property
    def warnings(self) -> list[Finding]:
        return [one for one in self.messages if one.severity != ERROR]

    @property
    def explainable(self) -> bool:
        return bool(self.typed["explanation"]) or any(one.explainable for one in self.messages)

    @property
    def has_words(self) -> bool:
        """Does anything stand under the field?"""
        return bool(self.messages or self.problem or self.theirs or self.typed["explanation"])

    @property
    def says(self) -> str:
        return written(self.figure) if self.figure else ""

    @property
    def exact(self) -> Decimal | None:
        """The number that was said, where it is exact."""
        return None if self.figure is None or self.figure.qualifier else self.figure.value

    @property
    def target(self) -> str:
        return target_words(self.goal) if self.goal else ""

    @cached_property
    def beside(self) -> str:
        """What is typed in the second column: the year's count of distinct objects, an opening."""
        indicator = self.cell.indicator
        if indicator.entry_mode != EntryMode.PERIOD:
            return ""
        if indicator.measure == Measure.DISTINCT:
            return "cumulative"
        opens = indicator.measure == Measure.FLOW and self.so_far.opens and not self.member
        return "opening" if opens else ""

    @property
    def wants_opening(self) -> bool:
        """Was the period's figure said, and not what came before it?"""
        said = self.figure is not None and bool(self.figure.kind)
        return said and self.beside == "opening" and self.figure.opening is None

    @cached_property
    def adds(self) -> bool:
        """Is the year's total the sum of its periods?"""
        indicator = self.cell.indicator
        return indicator.measure == Measure.FLOW and indicator.entry_mode == EntryMode.PERIOD

    @property
    def adds_up(self) -> bool:
        """Are its breakdown members summed?"""
        return self.cell.indicator.measure in (Measure.FLOW, Measure.STOCK)

    @cached_property
    def before(self) -> Decimal | None:
        """What went before in this year, by the ledger or by the opening balance."""
        if not self.adds:
            return None
        if self.so_far.value is None and self.figure and self.figure.opening is not None:
            return self.figure.opening
        return self.so_far.value

    @cached_property
    def total(self) -> Decimal | None:
        """The year to date, where the measure allows it and every number is known exactly."""
        figure = self.figure
        if figure is None or figure.value is None or figure.qualifier:
            return None
        if self.is_total:
            return figure.value
        if self.adds and self.before is not None:
            return self.before + figure.value
        return figure.cumulative

    @cached_property
    def year(self) -> Amount | None:
        """The year to date as far as it may be said: of numbers with a qualifier what the rules of sums allow."""
        if self.total is not None:
            return exactly(self.total)
        figure = self.figure
        if figure is None or figure.value is None or not (self.adds or self.is_total):
            return None
        now = amount(figure.value, figure.qualifier)
        if self.is_total or self.before == 0:
            return now
        found = self.known_before and add([self.known_before, now])
        return found if found and found.value is not None else None

    @property
    def is_total(self) -> bool:
        """Is what is typed the year's number itself?"""
        indicator = self.cell.indicator
        return indicator.entry_mode == EntryMode.CUMULATIVE or indicator.measure == Measure.STOCK

    @property
    def known_before(self) -> Amount | None:
        """What went before in this year, with its qualifier where a part had one."""
        return self.so_far.known if self.before is None else exactly(self.before)

    @cached_property
    def since(self) -> str:
        """Of a flow entered as cumulative: last period's number, in the unit of the field."""
        indicator = self.cell.indicator
        cumulative = indicator.entry_mode == EntryMode.CUMULATIVE
        if not cumulative or indicator.measure != Measure.FLOW or self.last_value is None:
            return ""
        return in_entry_unit(self.last_value, indicator)

    @property
    def period_words(self) -> str:
        """What the period itself added to a cumulative number."""
        figure = self.figure
        if self.last_value is None or figure is None or figure.value is None or figure.qualifier:
            return ""
        return f"本期{amount_words(figure.value - self.last_value, self.cell.indicator)}"

    @property
    def total_words(self) -> str:
        year = self.year
        return amount_words(year.value, self.cell.indicator, year.qualifier) if year else ""

    @property
    def before_typed(self) -> str:
        """What went before, in the unit of the field, for the sum before one's eyes."""
        known = self.known_before
        if known is None or known.value is None:
            return ""
        return qualified(in_entry_unit(known.value, self.cell.indicator), known.qualifier)

    @property
    def goal_typed(self) -> str:
        known = self.goal and self.goal.kind == Target.Kind.AT_LEAST and self.goal.value
        return in_entry_unit(self.goal.value, self.cell.indicator) if known else ""

    @property
    def completion(self) -> str:
        """How much of an at-least target is reached; no other kind is said as a rate."""
        goal = self.goal
        if not goal or goal.kind != Target.Kind.AT_LEAST or not goal.value or self.total is None:
            return ""
        return percent(self.total, goal.value)


def key_of(cell: Cell, member: str = "") -> str:
    """The name of a cell in the form; of a member by its own name, whatever its place in the list."""
    indicator, region, scope = cell.place
    key = f"f{indicator}-{region}" + ("-own" if scope else "")
    return f"{key}-m{crc32(member.encode()):08x}" if member else key
