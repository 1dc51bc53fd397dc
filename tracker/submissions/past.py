"""What the ledger says about the same cells in the last period and a year ago."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, F, Max, Q

from tracker.catalogue.models import EntryMode, Indicator, Span
from tracker.catalogue.spans import previous_key, year_ago_key
from tracker.exact import ExactSum
from tracker.ledger.models import Entry, Nature

from .models import Submission


@dataclass(frozen=True)
class Past:
    """The current entries of one cell: last period's and that of the same period last year."""

    last: Entry | None = None
    year_ago: Entry | None = None


NOTHING = Past()
Place = tuple[int, int, str, str]


def past_of(submission: Submission) -> dict[Place, Past]:
    """Cell (indicator, region, member, scope) -> Past, in one query for all cells."""
    return pasts_of([submission])[submission.pk]


def pasts_of(
    submissions: Sequence[Submission], indicators: dict[int, Indicator] | None = None
) -> dict[int, dict[Place, Past]]:
    """Submission id -> its cells' Past, in one query for all of them.

    `indicators` that are at hand already need not be read again.
    """
    keys = {one.pk: _keys(one.round.span) for one in submissions}
    said = _entries(
        {one.agency_id for one in submissions},
        {k for pair in keys.values() for k in pair},
        indicators or {},
    )
    found: dict[int, dict[Place, Past]] = {}
    for one in submissions:
        last, ago = (said.get((one.agency_id, key), {}) for key in keys[one.pk])
        found[one.pk] = {place: Past(last.get(place), ago.get(place)) for place in last | ago}
    return found


def _keys(span: Span) -> tuple[str | None, str | None]:
    return previous_key(span.key), year_ago_key(span.key)


def _entries(
    agencies: set[int], keys: set, indicators: dict[int, Indicator]
) -> dict[tuple[int, str], dict[Place, Entry]]:
    """(agency, span key) -> place -> the current entry."""
    rows = Entry.objects.current().filter(agency__in=agencies, span__key__in=keys - {None})
    rows = rows.filter(adjusts="").annotate(span_key=F("span__key"))
    if indicators:
        rows = rows.filter(indicator__in=indicators)
    else:
        rows = rows.select_related("indicator__unit")
    said: dict[tuple, dict] = {}
    for entry in rows.order_by("pk"):
        if entry.indicator_id in indicators:
            entry.indicator = indicators[entry.indicator_id]
        if entry.accumulates != EntryMode.PERIOD and entry.indicator.entry_mode == EntryMode.PERIOD:
            continue
        place = (entry.indicator_id, entry.region_id, entry.member, entry.scope)
        said.setdefault((entry.agency_id, entry.span_key), {})[place] = entry
    return said


@dataclass(frozen=True)
class SoFar:
    """What the ledger has of a cell for this year before the period.

    `value` in base units; None where months are missing or a number is inexact. `months` how many
    of the `of` that went before are known.
    """

    value: Decimal | None
    months: int
    of: int

    @property
    def opens(self) -> bool:
        """Is nothing known of what went before, so that only the agency can say it?"""
        return bool(self.of) and not self.months


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
    said = rows.order_by().values_list("indicator", "region", "member", "scope", "accumulates")
    said = said.annotate(
        total=ExactSum("value"),
        spans=Count("span", distinct=True),
        inexact=Count("pk", filter=~Q(qualifier="")),
        end=Max("span__end"),
        rows=Count("pk"),
    )
    return _so_far(said, before, step), SoFar(None, 0, before)


def _so_far(rows, before: int, step: int) -> dict[Place, SoFar]:
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
        found[place] = SoFar(total + base if whole else None, months, before)
    return found


def label_of(span: Span) -> str:
    return {"month": "上月", "week": "上周", "quarter": "上季", "year": "上年"}.get(
        span.kind, "上期"
    )
