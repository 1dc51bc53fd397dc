"""What the ledger says about the same cells in the last period and a year ago."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Count, Max, Q, Sum

from tracker.catalogue.duties import Cell
from tracker.catalogue.models import EntryMode, Indicator, Said, Span
from tracker.catalogue.spans import previous_key, year_ago_key
from tracker.ledger.intervals import Amount, add, amount
from tracker.ledger.models import Entry, Nature

from .models import Submission


class Told(NamedTuple):
    """What the ledger says of one cell: enough to be put into words and to be compared with."""

    indicator: Indicator
    kind: str
    value: Decimal | None
    qualifier: str
    decimals: int
    entered_unit: str

    def get_kind_display(self) -> str:
        return Said(self.kind).label


TOLD = ("kind", "value", "qualifier", "decimals", "entered_unit")


class Past(NamedTuple):
    """What stands of one cell: last period's, and that of the same period last year."""

    last: Told | None = None
    year_ago: Told | None = None


NOTHING = Past()
Place = tuple[int, int, str, str]


def past_of(submission: Submission, cells: Iterable[Cell]) -> dict[Place, Past]:
    """Place (indicator, region, member, scope) -> Past, in one query for all cells."""
    indicators = {cell.indicator.pk: cell.indicator for cell in cells}
    return pasts_of([submission], indicators)[submission.pk]


def pasts_of(
    submissions: Sequence[Submission], indicators: dict[int, Indicator]
) -> dict[int, dict[Place, Past]]:
    """Submission id -> the Past of these indicators, in one query for all of them."""
    keys = {one.pk: _keys(one.round.span) for one in submissions}
    agencies = {one.agency_id for one in submissions}
    said = _told(agencies, {k for pair in keys.values() for k in pair}, indicators)
    found: dict[int, dict[Place, Past]] = {}
    for one in submissions:
        last, ago = (said.get((one.agency_id, key), {}) for key in keys[one.pk])
        found[one.pk] = {place: Past(last.get(place), ago.get(place)) for place in last | ago}
    return found


def _keys(span: Span) -> tuple[str | None, str | None]:
    return previous_key(span.key), year_ago_key(span.key)


def _told(
    agencies: set[int], keys: set, indicators: dict[int, Indicator]
) -> dict[tuple[int, str], dict[Place, Told]]:
    """(agency, span key) -> place -> what stands there."""
    rows = Entry.objects.current().filter(
        agency__in=agencies, span__key__in=keys - {None}, indicator__in=indicators, adjusts=""
    )
    columns = ("agency", "span__key", "accumulates", "indicator", "region", "member", "scope")
    said: dict[tuple, dict] = {}
    for agency, key, accumulates, *rest in rows.order_by("pk").values_list(*columns, *TOLD):
        place, indicator = tuple(rest[:4]), indicators[rest[0]]
        if accumulates != EntryMode.PERIOD and indicator.entry_mode == EntryMode.PERIOD:
            continue
        said.setdefault((agency, key), {})[place] = Told(indicator, *rest[4:])
    return said


class SoFar(NamedTuple):
    """What the ledger has of a cell for this year before the period.

    `value` in base units; None where months are missing or a number is inexact. `months` how many
    of the `of` that went before are known. `known`: where some number was said with a qualifier, what
    the rules of sums make of all of them.
    """

    value: Decimal | None
    months: int
    of: int
    known: Amount | None = None

    @property
    def opens(self) -> bool:
        """Is nothing known of what went before, so that only the agency can say it?"""
        return bool(self.of) and not self.months


CELL = ("indicator", "region", "member", "scope")
MONTHS = {"month": 1, "quarter": 3, "half": 6}


def so_far_of(submission: Submission) -> tuple[dict[Place, SoFar], SoFar]:
    """Place -> what went before in this year, and what holds where nothing is known; in one query."""
    span = submission.round.span
    step = MONTHS.get(span.kind, 0)
    before = span.start.month - 1 if step else 0
    if not before:
        return {}, SoFar(Decimal(0) if step else None, 0, 0)
    new_year = span.start.replace(month=1, day=1)
    rows = Entry.objects.current().filter(
        agency=submission.agency_id,
        span__start__gte=new_year,
        span__end__lt=span.start,
        span__kind=span.kind,
        nature=Nature.DECIDED,
    )
    said = rows.order_by().values_list(*CELL, "accumulates")
    said = said.annotate(
        # Of at most eleven months: what SQLite adds by itself cannot overflow.
        total=Sum("value"),
        spans=Count("span", distinct=True),
        inexact=Count("pk", filter=~Q(qualifier="")),
        end=Max("span__end"),
        rows=Count("pk"),
    )
    said = list(said)
    hazy = {cell[0] for *cell, _, _, _, inexact, _, _ in said if inexact}
    added = added_up(rows.filter(indicator__in=hazy)) if hazy else {}
    return _so_far(said, before, step, added), SoFar(None, 0, before)


def added_up(rows) -> dict[Place, Amount]:
    """Of each cell what its numbers make together, each with its qualifier; in one query."""
    parts: dict[Place, list[Amount]] = {}
    for *place, value, qualifier in rows.order_by("pk").values_list(*CELL, "value", "qualifier"):
        if value is not None:
            parts.setdefault(tuple(place), []).append(amount(value, qualifier))
    return {place: add(amounts) for place, amounts in parts.items()}


def _so_far(rows, before: int, step: int, added: dict[Place, Amount]) -> dict[Place, SoFar]:
    """Of each cell its sum by periods, on top of an opening balance where one was said."""
    sums: dict[Place, tuple] = {}
    opened: dict[Place, tuple] = {}
    for *place, accumulates, total, spans, inexact, end, count in rows:
        if accumulates == EntryMode.CUMULATIVE:
            if count == 1 and not inexact:
                opened[tuple(place)] = (total, end.month)
        else:
            sums[tuple(place)] = (total, spans * step, inexact)
    found = {}
    for place in sums.keys() | opened.keys():
        total, months, inexact = sums.get(place, (Decimal(0), 0, 0))
        base, known = opened.get(place, (Decimal(0), 0))
        months += known
        whole = months == before and not inexact and None not in (total, base)
        known = added.get(place) if months == before and inexact else None
        found[place] = SoFar(total + base if whole else None, months, before, known)
    return found


def label_of(span: Span) -> str:
    return {"month": "上月", "week": "上周", "quarter": "上季", "year": "上年"}.get(
        span.kind, "上期"
    )
