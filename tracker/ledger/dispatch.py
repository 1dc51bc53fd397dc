"""The table of a dispatch (调度): each county's progress on one indicator, from approved figures only."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from accounts.models import Region
from tracker.catalogue.models import Indicator, Span

from .comparisons import Change, period_on_period, year_on_year
from .completions import Completion, completions, schedule_of
from .totals import Total, key_of, totals, year_to_date


@dataclass(frozen=True)
class Place:
    """One region: this period, its change against the one before, the year so far, and the target.

    `rank` among the regions of the table by completion, equals sharing one; None without a ranking.
    """

    region: Region
    now: Total
    change: Change
    to_date: Total
    growth: Change
    completion: Completion | None
    rank: int | None = None

    @property
    def said(self) -> bool:
        """Is anything known of this region?"""
        return bool(self.now.entries or self.to_date.entries or self.completion)

    @property
    def difference(self) -> Decimal | None:
        """Against the period before, where both are exact and whole: a base of zero has one too."""
        now, base = self.change.now, self.change.base
        whole = now.exact and base.exact and now.complete and base.complete
        return now.value - base.value if whole else None


@dataclass(frozen=True)
class Table:
    """One indicator: the whole city, then its counties. `schedule` is the part of the year gone."""

    indicator: Indicator
    whole: Place
    places: tuple[Place, ...]
    schedule: Decimal


def dispatch_tables(
    indicators: Iterable[Indicator],
    whole: Region,
    parts: Sequence[Region],
    span: Span | str,
    *,
    ranked: bool = False,
    at: datetime.datetime | None = None,
) -> list[Table]:
    """One table for each indicator, in a constant number of queries; `at` as for `totals`."""
    indicators, regions, key = list(indicators), [whole, *parts], key_of(span)
    now = totals(indicators, regions, [key], at=at)
    to_date = year_to_date(indicators, regions, key, at=at)
    change = period_on_period(indicators, regions, key, at=at)
    growth = year_on_year(indicators, regions, key, to_date=True, at=at)
    reached = completions(indicators, regions, key, at=at)

    def place(one: Indicator, region: Region) -> Place:
        at = (one.pk, region.pk)
        return Place(region, now[(*at, key)], change[at], to_date[at], growth[at], reached.get(at))

    tables = []
    for one in indicators:
        places = [place(one, region) for region in parts]
        places = ranked_by_completion(places) if ranked else places
        tables.append(Table(one, place(one, whole), tuple(places), schedule_of(key)))
    return tables


def ranked_by_completion(places: Sequence[Place]) -> list[Place]:
    """The same places in their order, each with its rank; one without a rate has none."""
    rates = sorted((rate for one in places if (rate := _rate(one)) is not None), reverse=True)
    return [
        one if (rate := _rate(one)) is None else replace(one, rank=rates.index(rate) + 1)
        for one in places
    ]


def _rate(place: Place) -> Decimal | None:
    return place.completion.rate if place.completion else None
