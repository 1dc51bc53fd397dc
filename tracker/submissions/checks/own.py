"""The city's own rules, made on a page: evaluated like the built-in ones, and tried on the past."""

import operator
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tracker.catalogue.duties import Cell
from tracker.catalogue.models import CityRule, Said

from ..models import Figure, Status, Submission
from ..past import NOTHING, Past
from .finding import ERROR, Finding, at, says
from .sheet import Sheet, sheets_of

Against = CityRule.Against
HOLDS = {
    "<=": operator.le,
    ">=": operator.ge,
    "<": operator.lt,
    ">": operator.gt,
    "==": operator.eq,
    "!=": operator.ne,
}
MOST_PAST = 200


def check_own(sheet: Sheet, cell: Cell, figure: Figure, past: Past) -> Iterator[Finding]:
    """What the city's own rules find at the cell; an error of theirs may always be explained."""
    for rule in sheet.own_rules.get(cell.place[0], ()):
        if cell.region.path.startswith(rule.path):
            yield from broken(rule, sheet, cell, figure, past)


def broken(rule: CityRule, sheet: Sheet, cell: Cell, figure: Figure, past: Past):
    limit = limit_of(rule, sheet, cell, past)
    if limit is None or HOLDS[rule.comparison](figure.value, limit):
        return
    told = f"{rule.message}（应{rule.get_comparison_display()}{says(limit, cell.indicator)}）"
    error = rule.severity == CityRule.Severity.ERROR
    yield at(
        cell, rule.severity, f"own-{rule.pk}", told, figure=figure if error else None,
        explainable=error,
    )  # fmt: skip


def limit_of(rule: CityRule, sheet: Sheet, cell: Cell, past: Past) -> Decimal | None:
    """What the figure is compared with; None where that is not known."""
    known = {
        Against.NUMBER: rule.number,
        Against.INDICATOR: sheet.value(rule.other_id, cell) if rule.other_id else None,
        Against.LAST: past.last.value if past.last else None,
        Against.YEAR_AGO: past.year_ago.value if past.year_ago else None,
    }[rule.against]
    return None if known is None else known * rule.times


@dataclass(frozen=True)
class Hit:
    """A past figure that the rule would have stopped or remarked on."""

    submission: Submission
    figure: Figure
    finding: Finding

    @property
    def is_error(self) -> bool:
        return self.finding.severity == ERROR


@dataclass(frozen=True)
class Trial:
    """A rule tried on what was filed before: how many it looked at, and those it would have hit."""

    tried: int
    hits: tuple[Hit, ...]


def try_on_past(rule: CityRule, submissions: Sequence[Submission]) -> Trial:
    """The rule, switched on or not, on these submissions; in a constant number of queries."""
    hits: list[Hit] = []
    tried = 0
    for one, sheet in zip(submissions, _sheets(submissions), strict=True):
        for cell in sheet.cells:
            figure = sheet.figures.get((rule.indicator_id, cell.region.pk, cell.scope))
            if cell.indicator.pk != rule.indicator_id or not figure or figure.value is None:
                continue
            tried += 1
            place = (figure.indicator_id, figure.region_id, figure.member, figure.scope)
            past = sheet.past.get(place, NOTHING)
            hits += [Hit(one, figure, said) for said in broken(rule, sheet, cell, figure, past)]
    return Trial(tried, tuple(hits))


def _sheets(submissions: Sequence[Submission]) -> list[Sheet]:
    found = sheets_of(submissions, bare=True) if submissions else {}
    return [found[one.pk] for one in submissions]


def past_filings(rule: CityRule) -> list[Submission]:
    """The newest submissions of the rule's region that say something about its indicator."""
    told = Figure.objects.filter(indicator=rule.indicator_id).exclude(
        kind__in=["", Said.NOT_APPLICABLE]
    )
    rows = Submission.objects.filter(
        status__in=Status.filed,
        agency__region__path__startswith=rule.region.path,
        pk__in=told.values("submission"),
    )
    rows = rows.select_related("agency__region", "round__cycle", "round__span")
    return list(rows.order_by("-round__span__end", "agency__region__path", "pk")[:MOST_PAST])
