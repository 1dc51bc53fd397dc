"""How far the year's targets are reached, by their kind."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from accounts.models import Region
from tracker.catalogue.models import Frequency, Indicator, Span, Target
from tracker.catalogue.spans import parse_key, year_key

from .models import Entry
from .rows import Rows
from .totals import Total, key_of, last_year, to_date_of, to_date_span_keys, total_of


@dataclass(frozen=True)
class Completion:
    """How far a target is reached, by its kind; what does not apply is None.

    At least: `rate` = actual / target, `over` = rate - 1. At most: `room` = target - actual, never
    a rate. Down to: `rate` = (base - actual) / (base - target). Full: `rate`, never rounded up.
    `reached` None: the bounds do not decide. `schedule` is the part of the year that is over (序时).
    """

    target: Target
    actual: Total
    schedule: Decimal
    rate: Decimal | None = None
    over: Decimal | None = None
    room: Decimal | None = None
    reached: bool | None = None

    @property
    def ahead(self) -> Decimal | None:
        """Rate less schedule, as a fraction of the target."""
        return None if self.rate is None else self.rate - self.schedule


def completions(
    indicators: Iterable[Indicator],
    regions: Iterable[Region],
    span: Span | str,
    *,
    at: datetime.datetime | None = None,
    finals: bool = False,
) -> dict[tuple[int, int], Completion]:
    """(indicator id, region id) -> against the year's current target, to the end of the span.

    Only where there is a target; in a constant number of queries. `at` and `finals` as for `totals`.
    """
    indicators, regions = list(indicators), list(regions)
    key = key_of(span)
    rows = Rows(indicators, regions, to_date_span_keys(key), at=at, finals=finals)
    targets = Target.objects.current().filter(
        indicator__in=indicators, region__in=regions, year=int(year_key(key))
    )
    places = {region.pk: region for region in regions}
    return {
        (target.indicator_id, target.region_id): _completion(
            rows, target, places[target.region_id], key
        )
        for target in targets.select_related("indicator__unit")
    }


def _completion(rows: Rows, target: Target, region: Region, key: str) -> Completion:
    indicator = rows.indicators[target.indicator_id]
    actual = to_date_of(rows, indicator, region, key)
    schedule = schedule_of(key)
    known = Completion(target, actual, schedule)
    if actual.low is None and actual.high is None:
        return known
    if target.kind == Target.Kind.AT_MOST:
        room = target.value - actual.value if actual.exact else None
        return Completion(
            target, actual, schedule, room=room, reached=_within(actual, target.value)
        )
    if target.kind == Target.Kind.DOWN_TO:
        base = total_of(rows, indicator, region, last_year(key))
        rate = _down(base, actual, target.value)
        return Completion(
            target, actual, schedule, rate=rate, reached=_within(actual, target.value)
        )
    return _risen(known, indicator)


def schedule_of(key: str) -> Decimal:
    """The part of the year that is over at the span's end: by months, and by days within a month."""
    calendar, year = parse_key(key), int(year_key(key))
    if calendar.kind not in (Frequency.WEEK, Frequency.TEN_DAYS, Frequency.ONCE):
        return Decimal(calendar.end.month) / 12
    days = (datetime.date(year, 12, 31) - datetime.date(year, 1, 1)).days + 1
    # A year's last week may end in the next.
    over = min((calendar.end - datetime.date(year, 1, 1)).days + 1, days)
    return Decimal(over) / days


def _risen(known: Completion, indicator: Indicator) -> Completion:
    """At least so much; full coverage is 100 % of the whole, or of a percentage."""
    target, actual = known.target, known.actual
    goal = target.value
    if goal is None and target.kind == Target.Kind.FULL and indicator.unit.name == "%":
        goal = Decimal(100)
    if goal is None or goal <= 0:
        return known
    rate = actual.value / goal if actual.exact else None
    over = rate - 1 if rate is not None and target.kind == Target.Kind.AT_LEAST else None
    reached = _at_least(actual, goal)
    return Completion(target, actual, known.schedule, rate=rate, over=over, reached=reached)


def _at_least(actual: Total, goal: Decimal) -> bool | None:
    if actual.low is not None and actual.low >= goal:
        return True
    return False if actual.high is not None and actual.high < goal else None


def _within(actual: Total, limit: Decimal) -> bool | None:
    if actual.high is not None and actual.high <= limit:
        return True
    return False if actual.low is not None and actual.low > limit else None


def _down(base: Total, actual: Total, goal: Decimal) -> Decimal | None:
    if not (base.exact and actual.exact) or base.value == goal:
        return None
    return (base.value - actual.value) / (base.value - goal)


def against_target(
    indicator: Indicator, region: Region, year: int, *, span: Span | str | None = None
) -> Completion | None:
    """The completion up to the span, by default the last one of the year that anything is known of.

    None where there is no target.
    """
    key = span or _last_key(indicator, region, year) or str(year)
    return completions([indicator], [region], key).get((indicator.pk, region.pk))


def _last_key(indicator: Indicator, region: Region, year: int) -> str | None:
    """Of the spans that end last the longest: 2020Q4 before 2020-12."""
    operands = {indicator.pk, indicator.numerator_id} - {None}
    known = Entry.objects.current().filter(
        indicator__in=operands,
        region__path__startswith=region.path,
        span__end__year=year,
        span__kind__in=["month", "quarter", "half", "year"],
    )
    return known.order_by("-span__end", "span__start").values_list("span__key", flat=True).first()
