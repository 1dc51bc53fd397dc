"""Totals up the regions and across spans, each number counted once.

A flow adds over time and regions; a stock is the latest over time and adds over regions; distinct
objects never add over time, and over regions only where that is declared; a standard and a rate
never add; a ratio is recomputed from its operands. All in a constant number of queries.
"""

import datetime
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from accounts.models import Region
from tracker.catalogue.models import EntryMode, Indicator, Measure, Span
from tracker.catalogue.spans import all_part_keys, parse_key, part_keys, to_date_keys, year_key
from tracker.language.qualifiers import Interval

from .intervals import Amount, add, between, less, quotient, shifted
from .overlaps import Overlaps, among
from .rows import Row, Rows, by_place

PERCENT = {"%": Decimal(100), "‰": Decimal(1000)}


@dataclass(frozen=True)
class Total:
    """A total in base units, with the bounds that its qualifier leaves (None: no bound).

    `value` None: nothing may be said as one number. `count` is how many figures it is made of,
    `entries` their ids. Not `complete`: a part of the span is missing somewhere, or, of what is
    latest, it is older than the span's end.
    """

    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    qualifier: str
    count: int
    entries: tuple[int, ...]
    complete: bool
    end: datetime.date | None = None

    @property
    def exact(self) -> bool:
        return self.value is not None and self.low == self.high == self.value


NOTHING = Total(None, None, None, "", 0, (), False)


@dataclass(frozen=True)
class Window:
    """A stretch of time as consecutive spans; one span is the window of itself."""

    keys: tuple[str, ...]
    end: datetime.date

    @classmethod
    def of(cls, *keys: str) -> "Window":
        return cls(keys, parse_key(keys[-1]).end)

    @property
    def all_keys(self) -> list[str]:
        return [part for key in self.keys for part in all_part_keys(key)]


@dataclass(frozen=True)
class Found:
    """What one place says for a window."""

    amount: Amount | None
    rows: tuple[Row, ...]
    complete: bool


def totals(
    indicators: Iterable[Indicator],
    regions: Iterable[Region],
    spans: Iterable[Span | str],
    *,
    on: datetime.date | None = None,
    mode: str | None = None,
    at: datetime.datetime | None = None,
    natures: Collection[str] = (),
) -> dict[tuple[int, int, str], Total]:
    """(indicator id, region id, span key) -> Total, for every combination.

    `on`: the day whose managed townships count (default today). `mode`: figures entered per period
    or cumulative, where an indicator has both; by default the way in which it is entered. `at`: as
    the ledger stood at that moment (a freeze). `natures`: of these only; else the most settled one.
    """
    indicators, regions = list(indicators), list(regions)
    windows = {key: Window.of(key) for key in map(key_of, spans)}
    keys = keys_of(windows.values())
    rows = Rows(indicators, regions, keys, on=on, at=at, natures=natures)
    return {
        (indicator.pk, region.pk, key): total_of(rows, indicator, region, window, mode)
        for indicator in indicators
        for region in regions
        for key, window in windows.items()
    }


def key_of(span: Span | str) -> str:
    return span if isinstance(span, str) else span.key


def keys_of(windows: Iterable[Window]) -> set[str]:
    return {key for window in windows for key in window.all_keys}


def total_of(
    rows: Rows, indicator: Indicator, region: Region, window: Window, mode: str | None = None
) -> Total:
    """The total of one indicator at one region, from rows that hold all of the window's keys."""
    if indicator.numerator_id:
        return _ratio(rows, indicator, region, window)
    mode = mode or indicator.entry_mode
    found = said_by_place(rows.counted(indicator, region), indicator, window, mode)
    control = control_of(rows, indicator, region, window, mode)
    if control and (not found or (len(found) > 1 and _overlapping(indicator))):
        found = [control]
    return combined(indicator, found, rows.overlaps)


def said_by_place(rows: list[Row], indicator: Indicator, window: Window, mode: str) -> list[Found]:
    """What each place says for the window."""
    if indicator.measure in (Measure.FLOW, Measure.DISTINCT):
        rows = [row for row in rows if row.accumulates == mode]
    places = by_place(rows, indicator.level) or {}
    found = [_found(by_key, indicator, window, mode) for by_key in places.values()]
    return [one for one in found if one is not None]


def control_of(
    rows: Rows, indicator: Indicator, region: Region, window: Window, mode: str
) -> Found | None:
    """The control total of the region; None when there is none, or more than one."""
    found = said_by_place(rows.controls(indicator, region), indicator, window, mode)
    return found[0] if len(found) == 1 else None


def _overlapping(indicator: Indicator) -> bool:
    return indicator.measure == Measure.DISTINCT and not indicator.adds_over_regions


def _found(
    by_key: dict[str, list[Row]], indicator: Indicator, window: Window, mode: str
) -> Found | None:
    """What one place says for the window; None when it says nothing about any of it."""
    measure = indicator.measure
    if measure == Measure.STANDARD:
        return _latest(by_key, indicator, list(by_key), window, lasting=True)
    if measure == Measure.STOCK or (
        mode == EntryMode.CUMULATIVE and measure in (Measure.FLOW, Measure.DISTINCT)
    ):
        return _latest(by_key, indicator, window.all_keys, window)
    if measure == Measure.FLOW:
        return _summed(by_key, indicator, window)
    if len(window.keys) == 1 and window.keys[0] in by_key:
        return _cell(by_key[window.keys[0]], indicator)
    return None


def _cell(rows: list[Row], indicator: Indicator) -> Found:
    """One row, or the breakdown rows that stand for a whole that nobody said."""
    amounts = [row.amount for row in rows if row.amount is not None]
    return Found(_joined(amounts, indicator), tuple(rows), True)


def _joined(amounts: list[Amount], indicator: Indicator) -> Amount | None:
    """Of several places or members one amount, as far as the measure lets them add."""
    if len(amounts) < 2:
        return amounts[0] if amounts else None
    if indicator.measure in (Measure.FLOW, Measure.STOCK):
        return add(amounts)
    if indicator.measure == Measure.DISTINCT:
        return add(amounts) if indicator.adds_over_regions else between(amounts)
    return amounts[0] if len(set(amounts)) == 1 else None


def _latest(
    by_key: dict[str, list[Row]],
    indicator: Indicator,
    keys: Sequence[str],
    window: Window,
    *,
    lasting: bool = False,
) -> Found | None:
    """The last one up to the window's end; of two that end together the longer span's."""
    known = [key for key in keys if key in by_key and by_key[key][0].end <= window.end]
    if not known:
        return None
    # Keys come longest first, and max keeps the first of equals.
    last = max(known, key=lambda key: by_key[key][0].end)
    cell = _cell(by_key[last], indicator)
    current = lasting or cell.rows[0].end == window.end
    return Found(cell.amount, cell.rows, current)


def _summed(by_key: dict[str, list[Row]], indicator: Indicator, window: Window) -> Found | None:
    """Each span of the window as it was said, or as the sum of its complete parts."""
    parts = [_span_sum(by_key, indicator, key) for key in window.keys]
    rows = tuple(row for part in parts if part for row in part.rows)
    if not rows:
        return None
    complete = all(part and part.complete for part in parts)
    amounts = [part.amount for part in parts if part and part.amount is not None]
    return Found(_joined(amounts, indicator) if complete else None, rows, complete)


def _span_sum(by_key: dict[str, list[Row]], indicator: Indicator, key: str) -> Found | None:
    if key in by_key:
        return _cell(by_key[key], indicator)
    keys = part_keys(key)
    return _summed(by_key, indicator, Window.of(*keys)) if keys else None


def combined(
    indicator: Indicator, found: Sequence[Found], overlaps: Overlaps | None = None
) -> Total:
    """Of what the places say one total; what they have in common is counted once."""
    if not found:
        return NOTHING
    rows = [row for one in found for row in one.rows]
    complete = all(one.complete for one in found)
    amounts = [one.amount for one in found if one.amount is not None]
    # A sum with a gap in it is no sum; what is latest is still a fact of its own date.
    gap = any(one.amount is None and not one.complete for one in found)
    amount = None if gap else _joined(amounts, indicator)
    return total_from(_once(amount, rows, overlaps or {}), rows, complete)


def _once(amount: Amount | None, rows: Sequence[Row], overlaps: Overlaps) -> Amount | None:
    """Less what two of the rows both count; nothing where two of them may not be added."""
    common = among(overlaps, (row.place for row in rows)) if overlaps else []
    if amount is None or None in common:
        return None
    return shifted(amount, -sum(common)) if common else amount


def total_from(amount: Amount | None, rows: Sequence[Row], complete: bool) -> Total:
    entries = tuple(sorted({row.pk for row in rows}))
    end = max((row.end for row in rows), default=None)
    if amount is None:
        return Total(None, None, None, "", len(entries), entries, complete, end)
    bounds = amount.bounds
    return Total(
        amount.value,
        bounds.low,
        bounds.high,
        amount.qualifier,
        len(entries),
        entries,
        complete,
        end,
    )


def _ratio(rows: Rows, indicator: Indicator, region: Region, window: Window) -> Total:
    """Recomputed from both operands of the same window, unrounded."""
    operands = [rows.indicators[pk] for pk in (indicator.numerator_id, indicator.denominator_id)]
    above, below = (total_of(rows, one, region, window) for one in operands)
    parts = [rows.by_pk[pk] for pk in sorted({*above.entries, *below.entries})]
    if not (above.entries and below.entries) or above.end != below.end:
        return total_from(None, parts, False)
    factor = PERCENT.get(indicator.unit.name, Decimal(1))
    amount = quotient(amount_of(above), amount_of(below), factor)
    return total_from(amount, parts, above.complete and below.complete)


def amount_of(total: Total) -> Amount:
    bounds = Interval(total.low, total.high)
    return Amount(total.value, total.qualifier, bounds)


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
