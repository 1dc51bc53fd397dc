"""Amounts that were reported with a qualifier: intervals, which make sums 余 or 超, never exact."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from tracker.language.qualifiers import (
    ABOUT,
    AT_LEAST,
    AT_MOST,
    BELOW,
    OVER,
    Interval,
    interval,
    place_of,
    single,
)

ABOVE = {*OVER, *AT_LEAST, "超"}
UNDER = {*AT_MOST, *BELOW, "近"}


@dataclass(frozen=True)
class Amount:
    """A value in base units with its qualifier, and the values that it allows (None: no bound).

    `value` None: nothing that may be written down as one number, only the bounds are known.
    """

    value: Decimal | None
    qualifier: str
    bounds: Interval

    @property
    def exact(self) -> bool:
        return self.value is not None and self.bounds.exact


def amount(value: Decimal, qualifier: str) -> Amount:
    """What was reported. A qualifier that is in no table leaves both bounds open."""
    try:
        return Amount(value, qualifier, interval(value, qualifier))
    except ValueError:
        return Amount(value, qualifier, Interval(None, None))


def exactly(value: Decimal) -> Amount:
    return Amount(value, "", Interval(value, value))


def add(amounts: Sequence[Amount]) -> Amount:
    """The sum, worded so that it holds whatever the true values are; 0 for none."""
    if len(amounts) == 1:
        return amounts[0]
    bounds = _sum_of([one.bounds for one in amounts])
    if any(one.value is None for one in amounts):
        return Amount(None, "", bounds)
    value = sum((one.value for one in amounts), Decimal(0))
    words = {_word(one.qualifier) for one in amounts if not one.exact}
    word = _word_for(value, bounds, words)
    return Amount(value, word, bounds) if word is not None else Amount(None, "", bounds)


def _sum_of(bounds: Sequence[Interval]) -> Interval:
    lows, highs = [one.low for one in bounds], [one.high for one in bounds]
    return Interval(
        None if None in lows else sum(lows, Decimal(0)),
        None if None in highs else sum(highs, Decimal(0)),
        any(one.low_open for one in bounds),
        any(one.high_open for one in bounds),
    )


def _word(qualifier: str) -> str:
    try:
        return single(qualifier)
    except ValueError:
        return qualifier


def _word_for(value: Decimal, bounds: Interval, words: set[str]) -> str | None:
    """The qualifier of a sum of such words; None when no word says what is known."""
    if not words:
        return ""
    if words <= ABOVE and bounds.low is not None:
        return _above(value, bounds)
    if words == {"近"}:
        return "近"
    if words <= UNDER and bounds.high is not None:
        return "不足" if bounds.high_open else "以内"
    if words <= {*ABOUT, *ABOVE, *UNDER} and None not in (bounds.low, bounds.high):
        slack = max(value - bounds.low, bounds.high - value)
        return "约" if slack <= min(place_of(value) / 2, abs(value) / 20) else None
    return None


def _above(value: Decimal, bounds: Interval) -> str:
    if not bounds.low_open:
        return "以上"
    residual = None if bounds.high is None else bounds.high - value
    return "余" if residual is not None and residual <= place_of(value) else "超"


def between(amounts: Sequence[Amount]) -> Amount:
    """Distinct objects counted at several places: at least the largest count, at most the sum."""
    summed = _sum_of([one.bounds for one in amounts])
    lows = [one.bounds.low for one in amounts if one.bounds.low is not None]
    return Amount(None, "", Interval(max(lows, default=None), summed.high))


def less(now: Amount, before: Amount) -> Amount | None:
    """The difference of two exact amounts; None when either is not."""
    if not (now.exact and before.exact):
        return None
    return exactly(now.value - before.value)


def shifted(amount: Amount, by: Decimal) -> Amount:
    """The amount and its bounds, all moved by an exact number."""
    bounds = amount.bounds
    low = None if bounds.low is None else bounds.low + by
    high = None if bounds.high is None else bounds.high + by
    moved = Interval(low, high, bounds.low_open, bounds.high_open)
    return Amount(None if amount.value is None else amount.value + by, amount.qualifier, moved)


def quotient(above: Amount, below: Amount, factor: Decimal) -> Amount | None:
    """`above` / `below` × factor, unrounded; bounds only when one of them is inexact."""
    if above.exact and below.exact:
        return exactly(above.value / below.value * factor) if below.value else None
    low, high = below.bounds.low, below.bounds.high
    if None in (above.bounds.low, above.bounds.high, low, high) or low <= 0:
        return None
    found = Interval(above.bounds.low / high * factor, above.bounds.high / low * factor)
    return Amount(None, "", found)
