"""Growth, year on year and period on period, on a comparable base only."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from accounts.models import Region
from tracker.catalogue.models import Definition, EntryMode, Indicator, Span
from tracker.catalogue.spans import parse_key, previous_key, year_ago_key

from .rows import Row, Rows
from .totals import (
    NOTHING,
    Total,
    Window,
    key_of,
    keys_of,
    to_date_of,
    to_date_span_keys,
    total_of,
)

Comparability = Definition.Comparability


@dataclass(frozen=True)
class Change:
    """A total beside its base. `rate` = (now - base) / base, unrounded: 0.125 is 12.5 %.

    `direction`: up, down, level, or "" when the bounds do not decide. `why`: in Chinese, why no
    rate may be said; empty when it may.
    """

    now: Total
    base: Total
    base_key: str | None
    difference: Decimal | None = None
    rate: Decimal | None = None
    direction: str = ""
    why: str = ""


def year_on_year(
    indicators: Iterable[Indicator],
    regions: Iterable[Region],
    span: Span | str,
    *,
    to_date: bool = False,
    at: datetime.datetime | None = None,
    finals: bool = False,
) -> dict[tuple[int, int], Change]:
    """(indicator id, region id) -> against the same span, or year to date, of the year before.

    `at` and `finals` as for `totals`.
    """
    key = key_of(span)
    known = {"at": at, "finals": finals}
    return _changes(indicators, regions, key, year_ago_key(key), to_date, **known)


def period_on_period(
    indicators: Iterable[Indicator],
    regions: Iterable[Region],
    span: Span | str,
    *,
    at: datetime.datetime | None = None,
    finals: bool = False,
) -> dict[tuple[int, int], Change]:
    """(indicator id, region id) -> against the span just before; `at` and `finals` as for `totals`."""
    key = key_of(span)
    known = {"at": at, "finals": finals}
    return _changes(indicators, regions, key, previous_key(key), False, **known)


def _changes(
    indicators: Iterable[Indicator],
    regions: Iterable[Region],
    key: str,
    base_key: str | None,
    to_date: bool,
    **known,
) -> dict[tuple[int, int], Change]:
    indicators, regions = list(indicators), list(regions)
    keys = _keys(key, to_date) | (_keys(base_key, to_date) if base_key else set())
    rows = Rows(indicators, regions, keys, **known)
    versions = Versions(rows.indicators)
    return {
        (indicator.pk, region.pk): _change(
            rows, versions, indicator, region, key, base_key, to_date
        )
        for indicator in indicators
        for region in regions
    }


def _keys(key: str, to_date: bool) -> set[str]:
    return to_date_span_keys(key) if to_date else keys_of([Window.of(key)])


def _total(rows: Rows, indicator: Indicator, region: Region, key: str, to_date: bool) -> Total:
    if to_date:
        return to_date_of(rows, indicator, region, key)
    return total_of(rows, indicator, region, Window.of(key))


def _change(
    rows: Rows,
    versions: "Versions",
    indicator: Indicator,
    region: Region,
    key: str,
    base_key: str | None,
    to_date: bool,
) -> Change:
    now = _total(rows, indicator, region, key, to_date)
    base = _total(rows, indicator, region, base_key, to_date) if base_key else NOTHING
    used = [[rows.by_pk[pk] for pk in one.entries] for one in (now, base)]
    comparability = versions.between(*used)
    if comparability == Comparability.RESTATED and base_key:
        base = _restated(used[0], base_key, to_date)
    why = _why_not(now, base, comparability) or ("" if to_date else _unlike(*used))
    direction = "" if why in UNCOMPARED else _direction(now, base)
    if why:
        return Change(now, base, base_key, direction=direction, why=why)
    difference = now.value - base.value
    return Change(now, base, base_key, difference, difference / base.value, direction)


NO_VALUE = "本期没有完整的数据"
NO_BASE = "没有可比的基期数据"
NOT_RESTATED = "口径已调整，上年同期可比数尚未报送"
NOT_COMPARABLE = "口径已调整，与基期不可比"
OTHER_BASE = "累计数的起算时间与基期不同或不明，不可比"
INEXACT = "数据是概数，不能计算增幅"
ZERO_BASE = "基期为零，不能计算增幅"
NEGATIVE_BASE = "基期为负，不能计算增幅"
UNCOMPARED = {NO_VALUE, NO_BASE, NOT_RESTATED, NOT_COMPARABLE, OTHER_BASE}


def _why_not(now: Total, base: Total, comparability: str) -> str:
    if comparability == Comparability.NONE:
        return NOT_COMPARABLE
    if not now.complete or now.low is None:
        return NO_VALUE
    if not base.complete or base.low is None:
        return NOT_RESTATED if comparability == Comparability.RESTATED else NO_BASE
    if not (now.exact and base.exact):
        return INEXACT
    if base.value <= 0:
        return NEGATIVE_BASE if base.value else ZERO_BASE
    return ""


def _unlike(now: Sequence[Row], base: Sequence[Row]) -> str:
    """Cumulative values compare when they start alike: on the same day, or each with its year."""
    rows = [row for row in (*now, *base) if row.accumulates == EntryMode.CUMULATIVE]
    if not rows:
        return ""
    new_year = all(row.base_date == datetime.date(row.end.year, 1, 1) for row in rows)
    bases = {row.base for row in rows}
    return "" if new_year or (len(bases) == 1 and bases != {("", None)}) else OTHER_BASE


def _direction(now: Total, base: Total) -> str:
    if now.exact and base.exact and now.value == base.value:
        return "level"
    if None not in (now.low, base.high) and now.low >= base.high:
        return "up"
    return "down" if None not in (now.high, base.low) and now.high <= base.low else ""


def _restated(now: Sequence[Row], base_key: str, to_date: bool) -> Total:
    """The base as it was reported again under the new definition, beside each figure.

    What is made good for an earlier span has no base of its own.
    """
    calendar = parse_key(base_key)
    first = calendar.start.replace(month=1, day=1) if to_date else calendar.start
    now = [row for row in now if not row.adjusts]
    inside = [
        row
        for row in now
        if row.start_value is not None
        and row.start_date is not None
        and first <= row.start_date <= calendar.end
    ]
    if not inside or len(inside) != len(now):
        return NOTHING
    value = sum((row.start_value for row in inside), Decimal(0))
    entries = tuple(row.pk for row in inside)
    return Total(value, value, value, "", len(entries), entries, True, calendar.end)


class Versions:
    """The definitions of some indicators and how each compares with the one before, in one query."""

    def __init__(self, indicators: Iterable[int]):
        rows = Definition.objects.filter(indicator__in=indicators)
        columns = list(rows.values_list("pk", "indicator", "number", "comparability"))
        self._number = {pk: (indicator, number) for pk, indicator, number, _ in columns}
        self._compares = {(indicator, number): how for _, indicator, number, how in columns}

    def between(self, now: Sequence[Row], base: Sequence[Row]) -> str:
        """The least comparable step from the base's definitions to those of now."""
        steps = {
            self._compares[indicator, number]
            for indicator, first, last in self._stretches(now, base)
            for number in range(first + 1, last + 1)
        }
        for found in (Comparability.NONE, Comparability.RESTATED):
            if found in steps:
                return found
        return Comparability.COMPARABLE

    def _stretches(self, now: Sequence[Row], base: Sequence[Row]) -> Iterable[tuple[int, int, int]]:
        """Indicator, oldest and newest version that were used."""
        numbers: dict[int, list[int]] = {}
        for row in (*now, *base):
            indicator, number = self._number[row.definition]
            numbers.setdefault(indicator, []).append(number)
        return [(indicator, min(found), max(found)) for indicator, found in numbers.items()]
