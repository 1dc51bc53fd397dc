"""How figures add up: per place over time, over places, and a ratio from its operands."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from accounts.models import Region
from tracker.catalogue.models import EntryMode, Indicator, Measure, Span
from tracker.catalogue.spans import all_part_keys, parse_key, part_keys
from tracker.language.qualifiers import Interval

from .intervals import Amount, add, between, quotient, shifted
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
    openings = {}
    if indicator.measure == Measure.FLOW and mode == EntryMode.PERIOD:
        openings = by_place(_opening_rows(rows, window), indicator.level) or {}
    if indicator.measure in (Measure.FLOW, Measure.DISTINCT):
        rows = [row for row in rows if row.accumulates == mode]
    places = by_place(rows, indicator.level) or {}
    found = [
        found_in(places.get(place, {}), indicator, window, mode)
        if place not in openings
        else _opened(places.get(place, {}), openings[place], indicator, window)
        for place in places | openings
    ]
    return [one for one in found if one is not None]


def _opening_rows(rows: list[Row], window: Window) -> list[Row]:
    """Opening balances (期初累计) of a window that begins with the year: cumulative since then."""
    first = parse_key(window.keys[0]).start
    if (first.month, first.day) != (1, 1):
        return []
    return [
        row
        for row in rows
        if row.accumulates == EntryMode.CUMULATIVE
        and row.base_date == first
        and row.end < window.end
    ]


def _opened(
    by_key: dict[str, list[Row]],
    opening: dict[str, list[Row]],
    indicator: Indicator,
    window: Window,
) -> Found | None:
    """The periods alone where all of them were said, else those after the last opening, on top of it."""
    periods = _summed(by_key, indicator, window)
    if periods and periods.complete:
        return periods
    base = _cell(max(opening.values(), key=lambda rows: rows[0].end), indicator)
    after = tuple(_keys_after(window.keys, base.rows[0].end))
    later = _summed(by_key, indicator, Window.of(*after)) if after else None
    if later is None:
        return Found(None, base.rows, False)
    amounts = [one.amount for one in (base, later) if one.amount is not None]
    whole = later.complete and len(amounts) == 2
    return Found(joined(amounts, indicator) if whole else None, (*base.rows, *later.rows), whole)


def _keys_after(keys: Iterable[str], end: datetime.date) -> Iterator[str]:
    """The spans of a window, or their parts, that begin after a day."""
    for key in keys:
        calendar = parse_key(key)
        if calendar.start > end:
            yield key
        elif calendar.end > end:
            yield from _keys_after(part_keys(key), end)


def control_of(
    rows: Rows, indicator: Indicator, region: Region, window: Window, mode: str
) -> Found | None:
    """The control total of the region; None when there is none, or more than one."""
    found = said_by_place(rows.controls(indicator, region), indicator, window, mode)
    return found[0] if len(found) == 1 else None


def _overlapping(indicator: Indicator) -> bool:
    return indicator.measure == Measure.DISTINCT and not indicator.adds_over_regions


def found_in(
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
    return Found(joined(amounts, indicator), tuple(rows), True)


def joined(amounts: list[Amount], indicator: Indicator) -> Amount | None:
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
    parts = [span_sum(by_key, indicator, key) for key in window.keys]
    rows = tuple(row for part in parts if part for row in part.rows)
    if not rows:
        return None
    complete = all(part and part.complete for part in parts)
    amounts = [part.amount for part in parts if part and part.amount is not None]
    return Found(joined(amounts, indicator) if complete else None, rows, complete)


def span_sum(by_key: dict[str, list[Row]], indicator: Indicator, key: str) -> Found | None:
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
    amount = None if gap else joined(amounts, indicator)
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
