"""The values that a written figure allows, and what that says of two figures, or of a sum of them."""

from collections.abc import Sequence

from tracker.language.qualifiers import Interval, interval
from tracker.language.reading import FigureInText

_ANY = Interval(None, None)


def bounds(figure: FigureInText) -> Interval:
    try:
        return interval(figure.value, figure.qualifier, figure.place)
    except ValueError:
        return _ANY


def above(one: Interval, other: Interval) -> bool:
    """Whether every value of `one` is above every value of `other`."""
    if one.low is None or other.high is None:
        return False
    return one.low > other.high or (one.low == other.high and (one.low_open or other.high_open))


def apart(one: Interval, other: Interval) -> bool:
    """Whether no value is allowed by both."""
    return above(one, other) or above(other, one)


def added(figures: Sequence[FigureInText]) -> Interval:
    """What the figures make together."""
    parts = [bounds(one) for one in figures]
    low = None if any(one.low is None for one in parts) else sum(one.low for one in parts)
    high = None if any(one.high is None for one in parts) else sum(one.high for one in parts)
    return Interval(low, high)


def times(one: Interval, other: Interval) -> Interval:
    """The product of two amounts that are not negative."""
    low = one.low * other.low if one.low is not None and other.low is not None else None
    high = one.high * other.high if one.high is not None and other.high is not None else None
    return Interval(low, high)
