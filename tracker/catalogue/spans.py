"""Spans of the calendar by their keys: 2020, 2020H1, 2020Q4, 2020-12, 2020-12T3, 2020-W50, 2021-04-14.

2020-12T3 is the last third of a month (下旬). A day is the span of something asked for once. A longer
span is the sum of complete shorter ones; weeks never add up to months, only to their own year.
"""

import datetime
import re
from dataclasses import dataclass

from .models import Frequency, Span

_KEY = re.compile(
    r"(?P<year>(?:19|20)\d{2})(?:H(?P<half>[12])|Q(?P<quarter>[1-4])"
    r"|-W(?P<week>\d{2})|-(?P<month>\d{2})(?:T(?P<ten>[123])|-(?P<day>\d{2}))?)?"
)
FORMS = "2020、2020H1、2020Q4、2020-12、2020-W50"
MONTHS = {Frequency.MONTH: 1, Frequency.QUARTER: 3, Frequency.HALF: 6, Frequency.YEAR: 12}


@dataclass(frozen=True)
class Calendar:
    """What a key means: its kind and its first and last day."""

    kind: str
    start: datetime.date
    end: datetime.date


def parse_key(key: str) -> Calendar:
    """The calendar of a key; ValueError, in Chinese, when it names no span."""
    match = _KEY.fullmatch(key.strip())
    try:
        if match is None:
            raise ValueError
        return _calendar(match)
    except ValueError:
        raise ValueError(f"“{key}”不是期间，请写成{FORMS}这样") from None


def _calendar(match: re.Match[str]) -> Calendar:
    year = int(match["year"])
    if match["week"]:
        start = datetime.date.fromisocalendar(year, int(match["week"]), 1)
        return Calendar(Frequency.WEEK, start, start + datetime.timedelta(days=6))
    if match["day"]:
        day = datetime.date(year, int(match["month"]), int(match["day"]))
        return Calendar(Frequency.ONCE, day, day)
    if match["ten"]:
        return _ten_days(year, int(match["month"]), int(match["ten"]))
    if match["month"]:
        return _months(Frequency.MONTH, year, int(match["month"]))
    if match["quarter"]:
        return _months(Frequency.QUARTER, year, 3 * int(match["quarter"]) - 2)
    if match["half"]:
        return _months(Frequency.HALF, year, 6 * int(match["half"]) - 5)
    return _months(Frequency.YEAR, year, 1)


def _ten_days(year: int, month: int, number: int) -> Calendar:
    """上旬 and 中旬 have ten days, 下旬 the rest of the month."""
    whole = _months(Frequency.MONTH, year, month)
    start = whole.start + datetime.timedelta(days=10 * (number - 1))
    end = whole.end if number == 3 else start + datetime.timedelta(days=9)
    return Calendar(Frequency.TEN_DAYS, start, end)


def _months(kind: str, year: int, first: int) -> Calendar:
    beyond = year * 12 + first - 1 + MONTHS[kind]
    end = datetime.date(beyond // 12, beyond % 12 + 1, 1) - datetime.timedelta(days=1)
    return Calendar(kind, datetime.date(year, first, 1), end)


def key_on(kind: str, day: datetime.date) -> str:
    """The key of the span of that kind in which a day lies."""
    if kind == Frequency.WEEK:
        year, week, _ = day.isocalendar()
        return f"{year}-W{week:02d}"
    return {
        Frequency.ONCE: f"{day:%Y-%m-%d}",
        Frequency.TEN_DAYS: f"{day:%Y-%m}T{min((day.day + 9) // 10, 3)}",
        Frequency.MONTH: f"{day:%Y-%m}",
        Frequency.QUARTER: f"{day.year}Q{(day.month + 2) // 3}",
        Frequency.HALF: f"{day.year}H{(day.month + 5) // 6}",
        Frequency.YEAR: f"{day.year}",
    }[Frequency(kind)]


def previous_key(key: str) -> str | None:
    """The span just before; None for a day, which has no series."""
    calendar = parse_key(key)
    if calendar.kind == Frequency.ONCE:
        return None
    return key_on(calendar.kind, calendar.start - datetime.timedelta(days=1))


def year_ago_key(key: str) -> str | None:
    """The same span of the year before; None where that year has none (2020-W53)."""
    earlier = f"{int(key[:4]) - 1}{key[4:]}"
    try:
        parse_key(earlier)
    except ValueError:
        return None
    return earlier


def year_key(key: str) -> str:
    """The year in which the span ends; a week's is the one that counts it."""
    calendar = parse_key(key)
    return key.strip()[:4] if calendar.kind == Frequency.WEEK else str(calendar.end.year)


def part_keys(key: str) -> tuple[str, ...]:
    """The next shorter spans that sum to it: halves, quarters, months, thirds of a month."""
    calendar = parse_key(key)
    year, first = calendar.start.year, calendar.start.month
    if calendar.kind == Frequency.YEAR:
        return (f"{year}H1", f"{year}H2")
    if calendar.kind == Frequency.HALF:
        return (f"{year}Q{(first + 2) // 3}", f"{year}Q{(first + 2) // 3 + 1}")
    if calendar.kind == Frequency.QUARTER:
        return tuple(f"{year}-{month:02d}" for month in range(first, first + 3))
    if calendar.kind == Frequency.MONTH:
        return tuple(f"{key.strip()}T{third}" for third in (1, 2, 3))
    return ()


def all_part_keys(key: str) -> list[str]:
    """The key and every shorter one that it is made of."""
    found = [key]
    for part in part_keys(key):
        found += all_part_keys(part)
    return found


def to_date_keys(key: str) -> tuple[str, ...] | None:
    """The fewest spans from the year's beginning to the end of this one; None for a day.

    A week's are the weeks of its year, for it shares no border with any month.
    """
    calendar = parse_key(key)
    if calendar.kind == Frequency.ONCE:
        return None
    if calendar.kind == Frequency.WEEK:
        year, last = key.strip().split("-W")
        return tuple(f"{year}-W{week:02d}" for week in range(1, int(last) + 1))
    return tuple(_up_to(year_key(key), calendar.end))


def _up_to(key: str, end: datetime.date) -> list[str]:
    calendar = parse_key(key)
    if calendar.end <= end:
        return [key]
    if calendar.start > end:
        return []
    return [found for part in part_keys(key) for found in _up_to(part, end)]


def span_of(key: str) -> Span:
    """The span of a key, made when it is new; ValueError, in Chinese, when it names none."""
    calendar = parse_key(key)
    known = {"kind": calendar.kind, "start": calendar.start, "end": calendar.end}
    return Span.objects.get_or_create(key=key.strip(), defaults=known)[0]


def previous(span: Span) -> Span | None:
    """The span just before, when anything was ever said about it."""
    return _known(previous_key(span.key))


def year_ago(span: Span) -> Span | None:
    """The same span of the year before, when anything was ever said about it."""
    return _known(year_ago_key(span.key))


def year_of(span: Span) -> Span | None:
    """The year in which it ends, when anything was ever said about it."""
    return _known(year_key(span.key))


def _known(key: str | None) -> Span | None:
    return Span.objects.filter(key=key).first() if key else None


def parts_of(span: Span) -> tuple[str, ...]:
    """Keys of the next shorter spans that sum to it."""
    return part_keys(span.key)


def contains(outer: Span, inner: Span) -> bool:
    """Does the whole of `inner` lie within `outer`?"""
    return outer.start <= inner.start and inner.end <= outer.end


def is_closed(key: str, today: datetime.date) -> bool:
    """Is the span over?"""
    return parse_key(key).end < today
