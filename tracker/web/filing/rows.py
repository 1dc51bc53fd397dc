"""What the form is made of: programmes with their rows of fields, and what stands beside them."""

from dataclasses import dataclass, field
from decimal import Decimal
from zlib import crc32

from accounts.models import Region
from tracker.catalogue.duties import Cell
from tracker.catalogue.models import EntryMode, Indicator, Measure, Programme, Target
from tracker.language.writing import write_figure
from tracker.ledger.intervals import add, amount
from tracker.submissions.checks import ERROR, Finding
from tracker.submissions.models import Evidence, Figure, Narrative
from tracker.submissions.past import SoFar

from .words import amount_words, in_entry_unit, percent, target_words, written

UNKNOWN = SoFar(None, 0, 0)


@dataclass
class Row:
    """One field of the form with all that a person needs beside it."""

    cell: Cell
    figure: Figure | None
    typed: dict[str, str]
    key: str = ""
    member: str = ""
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
    def errors(self) -> list[Finding]:
        return [one for one in self.messages if one.severity == ERROR]

    @property
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
    def target(self) -> str:
        return target_words(self.goal) if self.goal else ""

    @property
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
    def adds(self) -> bool:
        """Is the year's total the sum of its periods?"""
        indicator = self.cell.indicator
        return indicator.measure == Measure.FLOW and indicator.entry_mode == EntryMode.PERIOD

    @property
    def adds_up(self) -> bool:
        """Are its breakdown members summed?"""
        return self.cell.indicator.measure in (Measure.FLOW, Measure.STOCK)

    @property
    def before(self) -> Decimal | None:
        """What went before in this year, by the ledger or by the opening balance."""
        if not self.adds:
            return None
        if self.so_far.value is None and self.figure and self.figure.opening is not None:
            return self.figure.opening
        return self.so_far.value

    @property
    def total(self) -> Decimal | None:
        """The year to date, where the measure allows it and every number is known exactly."""
        figure = self.figure
        if figure is None or figure.value is None or figure.qualifier:
            return None
        if self.cell.indicator.entry_mode == EntryMode.CUMULATIVE:
            return figure.value
        if self.adds and self.before is not None:
            return self.before + figure.value
        return figure.cumulative

    @property
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
        return "" if self.total is None else amount_words(self.total, self.cell.indicator)

    @property
    def before_typed(self) -> str:
        """What went before, in the unit of the field, for the sum before one's eyes."""
        return "" if self.before is None else in_entry_unit(self.before, self.cell.indicator)

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


@dataclass
class Ratio:
    """A ratio that follows from two fields of the form: shown, never typed."""

    indicator: Indicator
    region: Region
    above: Row
    below: Row
    key: str

    @property
    def factor(self) -> int:
        return {"%": 100, "‰": 1000}.get(self.indicator.unit.name, 1)

    @property
    def decimals(self) -> int:
        return 2 if self.indicator.decimals is None else self.indicator.decimals

    @property
    def says(self) -> str:
        one, other = self.above.figure, self.below.figure
        if not (one and other and one.value is not None and other.value):
            return ""
        if one.qualifier or other.qualifier:
            return ""
        share = one.value / other.value * self.factor
        shown = share.quantize(Decimal(1).scaleb(-self.decimals), "ROUND_HALF_UP")
        return f"{shown}{self.indicator.unit.name}"


@dataclass
class Line:
    """One region of a county table: a row for each indicator, None where it is not owed here."""

    region: Region
    rows: list[Row | None]
    ratios: list[Ratio]


@dataclass(frozen=True)
class Sum:
    """The foot of a column: what its regions add up to, where they may be added."""

    indicator: Indicator
    adds: bool
    says: str


@dataclass
class Section:
    """One programme of the form."""

    programme: Programme
    rows: list[Row]
    texts: list[Narrative]
    ratios: list[Ratio] = field(default_factory=list)
    member_rows: list[Row] = field(default_factory=list)

    @property
    def every_row(self) -> list[Row]:
        return [*self.rows, *self.member_rows]

    @property
    def filled(self) -> int:
        return sum(1 for row in self.rows if row.figure and row.figure.kind)

    @property
    def by_region(self) -> bool:
        return len({row.cell.region.pk for row in self.rows}) > 1

    @property
    def errors(self) -> int:
        return sum(len(row.errors) for row in self.rows)

    @property
    def warnings(self) -> int:
        return sum(len(row.warnings) for row in self.rows)

    @property
    def is_table(self) -> bool:
        """Counties down, indicators across: where there are several regions and no members."""
        return self.by_region and not self.member_rows

    @property
    def columns(self) -> list[Indicator]:
        return list({row.cell.indicator.pk: row.cell.indicator for row in self.rows}.values())

    @property
    def ratio_columns(self) -> list[Indicator]:
        return list({one.indicator.pk: one.indicator for one in self.ratios}.values())

    @property
    def lines(self) -> list[Line]:
        """The same rows, turned: one line a region."""
        at = {(row.cell.region.pk, row.cell.indicator.pk): row for row in self.rows}
        regions = {row.cell.region.pk: row.cell.region for row in self.rows}
        ratios: dict[int, list[Ratio]] = {}
        for one in self.ratios:
            ratios.setdefault(one.region.pk, []).append(one)
        columns = self.columns
        return [
            Line(region, [at.get((pk, column.pk)) for column in columns], ratios.get(pk, []))
            for pk, region in regions.items()
        ]

    @property
    def sums(self) -> list[Sum]:
        return [self._sum(one) for one in self.columns]

    def _sum(self, indicator: Indicator) -> Sum:
        adds = indicator.measure in (Measure.FLOW, Measure.STOCK) or (
            indicator.measure == Measure.DISTINCT and indicator.adds_over_regions
        )
        said = [
            amount(row.figure.value, row.figure.qualifier)
            for row in self.rows
            if row.cell.indicator.pk == indicator.pk and row.figure and row.figure.value is not None
        ]
        total = add(said) if adds and said else None
        if total is None or total.value is None:
            return Sum(indicator, adds, "")
        unit, scale = indicator.unit.name, indicator.entry_scale
        words = write_figure(total.value, unit, display=scale, qualifier=total.qualifier)
        return Sum(indicator, adds, words)

    @property
    def in_order(self) -> list[Row]:
        """Each row with its members behind it, as the list shows them."""
        parts: dict[tuple, list[Row]] = {}
        for row in self.member_rows:
            parts.setdefault((row.cell.indicator.pk, row.cell.region.pk), []).append(row)
        return [
            one
            for row in self.rows
            for one in (row, *parts.get((row.cell.indicator.pk, row.cell.region.pk), ()))
        ]


def key_of(cell: Cell, member: str = "") -> str:
    """The name of a cell in the form; of a member by its own name, whatever its place in the list."""
    key = f"f{cell.indicator.pk}-{cell.region.pk}" + ("-own" if cell.scope else "")
    return f"{key}-m{crc32(member.encode()):08x}" if member else key
