"""Totals up the regions and across spans, each number counted once.

A flow adds over time and regions; a stock is the latest over time and adds over regions; distinct
objects never add over time, and over regions only where that is declared; a standard and a rate
never add; a ratio is recomputed from its operands. All in a constant number of queries.
"""

import datetime
from collections.abc import Collection, Iterable

from accounts.models import Region
from tracker.catalogue.models import EntryMode, Indicator, Measure, Span
from tracker.catalogue.spans import to_date_keys, year_key

from .intervals import less
from .rows import Rows
from .summing import (
    NOTHING,
    Total,
    Window,
    amount_of,
    combined,
    control_of,
    key_of,
    keys_of,
    said_by_place,
    total_from,
    total_of,
)

__all__ = [
    "NOTHING",
    "Total",
    "Window",
    "amount_of",
    "combined",
    "control_of",
    "key_of",
    "keys_of",
    "last_year",
    "said_by_place",
    "to_date_of",
    "to_date_span_keys",
    "total_of",
    "totals",
    "year_to_date",
    "year_window",
]


def totals(
    indicators: Iterable[Indicator],
    regions: Iterable[Region],
    spans: Iterable[Span | str],
    *,
    on: datetime.date | None = None,
    mode: str | None = None,
    at: datetime.datetime | None = None,
    natures: Collection[str] = (),
    finals: bool = False,
) -> dict[tuple[int, int, str], Total]:
    """(indicator id, region id, span key) -> Total, for every combination.

    `on`: the day whose managed townships count (default today). `mode`: figures entered per period
    or cumulative, where an indicator has both; by default the way in which it is entered. `at`: as
    the ledger stood at that moment (a freeze). `natures`: of these only; else the most settled one.
    `finals`: the annual final instead, wherever there is one.
    """
    indicators, regions = list(indicators), list(regions)
    windows = {key: Window.of(key) for key in map(key_of, spans)}
    keys = keys_of(windows.values())
    rows = Rows(indicators, regions, keys, on=on, at=at, natures=natures, finals=finals)
    return {
        (indicator.pk, region.pk, key): total_of(rows, indicator, region, window, mode)
        for indicator in indicators
        for region in regions
        for key, window in windows.items()
    }


def year_to_date(
    indicators: Iterable[Indicator],
    regions: Iterable[Region],
    span: Span | str,
    *,
    at: datetime.datetime | None = None,
) -> dict[tuple[int, int], Total]:
    """(indicator id, region id) -> the total from 1 January to the end of the span.

    A flow entered as cumulative since an earlier base gives the difference from the last year's
    end; distinct objects count only where the cumulative number itself was reported.
    """
    indicators, regions, key = list(indicators), list(regions), key_of(span)
    rows = Rows(indicators, regions, to_date_span_keys(key), at=at)
    return {
        (indicator.pk, region.pk): to_date_of(rows, indicator, region, key)
        for indicator in indicators
        for region in regions
    }


def year_window(key: str) -> Window:
    """From the year's beginning to the span's end; a day stands for itself alone."""
    return Window.of(*(to_date_keys(key) or (key,)))


def last_year(key: str) -> Window:
    return Window.of(str(int(year_key(key)) - 1))


def to_date_span_keys(key: str) -> set[str]:
    """Every span that a year to date may be made of, those of the year before included."""
    return keys_of([Window.of(key), year_window(key), last_year(key)])


def to_date_of(rows: Rows, indicator: Indicator, region: Region, key: str) -> Total:
    """The year to date, from rows that hold `to_date_span_keys`; a rate is that of the span."""
    if indicator.measure == Measure.DISTINCT:
        return total_of(rows, indicator, region, Window.of(key), EntryMode.CUMULATIVE)
    if indicator.measure == Measure.RATIO and not indicator.numerator_id:
        return total_of(rows, indicator, region, Window.of(key))
    total = total_of(rows, indicator, region, year_window(key))
    if indicator.measure == Measure.FLOW and indicator.entry_mode == EntryMode.CUMULATIVE:
        return _since_new_year(rows, indicator, region, total, last_year(key))
    return total


def _since_new_year(
    rows: Rows, indicator: Indicator, region: Region, total: Total, before: Window
) -> Total:
    """Of a cumulative value the part of this year, where its base is this year's or the last's."""
    if total.value is None:
        return total
    used = [rows.by_pk[pk] for pk in total.entries]
    new_year = datetime.date(before.end.year + 1, 1, 1)
    if all(row.base_date == new_year for row in used):
        return total
    last = total_of(rows, indicator, region, before)
    known = [rows.by_pk[pk] for pk in last.entries]
    same_base = len({row.base for row in (*used, *known)}) == 1 and used[0].base != ("", None)
    amount = less(amount_of(total), amount_of(last)) if last.complete and same_base else None
    return total_from(amount, [*used, *known], amount is not None and total.complete)
