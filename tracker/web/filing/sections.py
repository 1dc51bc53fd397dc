"""What the form is made of: programmes, as a list or as a table of counties."""

from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.functional import cached_property
from django.utils.safestring import SafeString

from accounts.models import Region
from tracker.catalogue.models import Indicator, Measure, Programme
from tracker.language.writing import write_figure
from tracker.ledger.intervals import add, amount
from tracker.submissions.models import Narrative

from .lines import county_cell, list_row, options_of
from .rows import Row


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
        above, below = self.above.exact, self.below.exact
        return self.words(above / below) if above is not None and below else ""

    def words(self, share: Decimal) -> str:
        shown = (share * self.factor).quantize(Decimal(1).scaleb(-self.decimals), "ROUND_HALF_UP")
        return f"{shown}{self.indicator.unit.name}"


@dataclass(frozen=True)
class RatioSum:
    """The foot of a ratio's column: its operands' sums divided, never the ratios added."""

    indicator: Indicator
    says: str


@dataclass
class Line:
    """One region of a county table: a row for each indicator, None where it is not owed here."""

    region: Region
    rows: list[Row | None]
    ratios: list[Ratio]
    folds: bool = False

    @property
    def cells(self) -> SafeString:
        return SafeString("\n".join([county_cell(row, self.folds) for row in self.rows]))


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
    # Warnings are closed while there are errors to mend.
    folds: bool = False

    @property
    def every_row(self) -> list[Row]:
        return [*self.rows, *self.member_rows]

    @property
    def filled(self) -> int:
        return sum(1 for row in self.rows if row.figure and row.figure.kind)

    @cached_property
    def by_region(self) -> bool:
        return len({row.cell.place[1] for row in self.rows}) > 1

    @property
    def errors(self) -> int:
        return sum(len(row.errors) for row in self.rows)

    @property
    def warnings(self) -> int:
        return sum(len(row.warnings) for row in self.rows)

    @cached_property
    def is_table(self) -> bool:
        """Counties down, indicators across: where there are several regions and no members."""
        return self.by_region and not self.member_rows

    @cached_property
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
            Line(
                region,
                [at.get((pk, column.pk)) for column in columns],
                ratios.get(pk, []),
                self.folds,
            )
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
    def ratio_sums(self) -> list[RatioSum]:
        return [RatioSum(one, self._ratio_of_all(one)) for one in self.ratio_columns]

    def _ratio_of_all(self, indicator: Indicator) -> str:
        rows = [one for one in self.ratios if one.indicator.pk == indicator.pk]
        above = [one.above.exact for one in rows]
        below = [one.below.exact for one in rows]
        adds = {sum.indicator.pk for sum in self.sums if sum.adds}
        operands = {indicator.numerator_id, indicator.denominator_id}
        if None in above or None in below or not sum(below) or not operands <= adds:
            return ""
        return rows[0].words(sum(above) / sum(below))

    @property
    def in_order(self) -> list[Row]:
        """Each row with its members behind it, as the list shows them."""
        if not self.member_rows:
            return self.rows
        parts: dict[tuple, list[Row]] = {}
        for row in self.member_rows:
            parts.setdefault(row.cell.place, []).append(row)
        return [one for row in self.rows for one in (row, *parts.get(row.cell.place, ()))]

    @property
    def options(self) -> SafeString:
        """Its figures to choose from."""
        return SafeString(options_of(self.rows, self.by_region))

    @property
    def listed(self) -> SafeString:
        """The lines of the list."""
        return SafeString(
            "".join([list_row(row, self.by_region, self.folds) for row in self.in_order])
        )
