"""What a change of an earlier period moves: later sums to date, shown before anybody confirms it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from accounts.models import Region
from tracker.catalogue.models import EntryMode, Indicator, Measure
from tracker.catalogue.spans import parse_key

from .models import Entry
from .posting import Posting, latest_entries
from .rows import COLUMNS, Row, Rows
from .totals import Total, to_date_of, to_date_span_keys


@dataclass(frozen=True)
class Changed:
    """A figure that will say something else than what was approved last (None: nothing yet)."""

    indicator: Indicator
    region: Region
    key: str
    before: Entry | None
    posting: Posting


@dataclass(frozen=True)
class Moved:
    """A sum to date, at a region and to the end of a span, before and after the change."""

    indicator: Indicator
    region: Region
    key: str
    before: Total
    after: Total


@dataclass(frozen=True)
class Moves:
    """What changes, which sums move with it, and the cumulative numbers that stay as reported."""

    changed: tuple[Changed, ...] = ()
    moved: tuple[Moved, ...] = ()
    stays: tuple[Entry, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.changed)


def moves_of(postings: Sequence[Posting]) -> Moves:
    """What posting these would move, in a constant number of queries; nothing is written.

    Only what had been approved before, or lies before a later approved period, moves anything.
    """
    before = latest_entries(postings)
    later = _later(postings)
    changed = [one for one in _changed(postings, before) if one.before or _after(one, later)]
    if not changed:
        return Moves()
    stays = [entry for entry in later if _own_cumulative(entry, changed)]
    return Moves(tuple(changed), tuple(_moved(changed, later)), tuple(stays))


def _changed(postings: Iterable[Posting], before: dict[tuple, Entry]) -> Iterable[Changed]:
    for one in postings:
        last = before.get(one.key)
        if last is None or (last.kind, last.value, last.qualifier) != (
            one.kind, one.value, one.qualifier,
        ):  # fmt: skip
            yield Changed(one.indicator, one.region, one.span.key, last, one)


def _later(postings: Sequence[Posting]) -> list[Entry]:
    """Current entries of the same indicators in later spans of the same year and length."""
    if not postings:
        return []
    span = postings[0].span
    rows = Entry.objects.current().filter(
        indicator__in={one.indicator.pk for one in postings},
        prefecture__in={one.region.prefecture for one in postings},
        span__kind=span.kind,
        span__end__gt=span.end,
        span__end__year=span.end.year,
    )
    return list(
        rows.select_related("indicator__unit", "region", "span").order_by("span__end", "pk")
    )


def _after(one: Changed, later: Iterable[Entry]) -> bool:
    return any(entry.indicator_id == one.indicator.pk for entry in later)


def _own_cumulative(entry: Entry, changed: Iterable[Changed]) -> bool:
    """Reported as a cumulative number by the same source: it is not moved by anybody else's hand."""
    place = (entry.indicator_id, entry.agency_id, entry.region_id, entry.member, entry.scope)
    return entry.accumulates == EntryMode.CUMULATIVE and any(
        place
        == (one.indicator.pk, one.posting.agency.pk, one.region.pk, one.posting.member,
            one.posting.scope)
        for one in changed
    )  # fmt: skip


def _moved(changed: Sequence[Changed], later: Sequence[Entry]) -> Iterable[Moved]:
    """Sums to date of the changed span and of every later one that is known."""
    indicators = list({one.indicator.pk: one.indicator for one in changed}.values())
    regions = _upwards(changed)
    keys = sorted({one.key for one in changed} | {one.span.key for one in later}, key=_end)
    wanted = set().union(*(to_date_span_keys(key) for key in keys))
    was, new = _rows(changed)
    old = Rows(indicators, regions, wanted, instead=was)
    now = Rows(indicators, regions, wanted, instead=new)
    for indicator in indicators:
        if indicator.measure in (Measure.STANDARD, Measure.RATIO):
            continue
        for region in regions:
            for key in keys:
                first, then = (to_date_of(rows, indicator, region, key) for rows in (old, now))
                if (first.value, first.low, first.high) != (then.value, then.low, then.high):
                    yield Moved(indicator, region, key, first, then)


def _end(key: str):
    return parse_key(key).end


def _upwards(changed: Sequence[Changed]) -> list[Region]:
    """The regions of the changes and everything above them up to the prefecture."""
    paths = set()
    for one in changed:
        steps = one.region.path.rstrip("/").split("/")
        paths |= {"/".join(steps[: size + 1]) + "/" for size in range(1, len(steps))}
    return list(Region.objects.filter(path__in=paths).order_by("path"))


def _rows(changed: Sequence[Changed]) -> tuple[list[Row], list[Row]]:
    """The changed figures as they stood, and as they are to stand."""
    known = {one.before.pk for one in changed if one.before}
    rows = Entry.objects.filter(pk__in=known).values_list(*COLUMNS)
    by_pk = {values[0]: Row(*values) for values in rows}
    was = list(by_pk.values())
    new = [
        replace(
            by_pk[one.before.pk] if one.before else _fresh(one.posting, -number),
            kind=one.posting.kind,
            value=one.posting.value,
            qualifier=one.posting.qualifier,
        )
        for number, one in enumerate(changed, start=1)
    ]
    return was, new


def _fresh(posting: Posting, pk: int) -> Row:
    row = posting.row()
    return Row(
        pk, posting.indicator.pk, posting.agency.pk, posting.region.pk, posting.region.path,
        posting.region.level, posting.member, posting.scope, posting.span.key, posting.span.end,
        posting.kind, posting.value, posting.qualifier, str(posting.nature),
        str(posting.accumulates), row["is_control"], 0, posting.base_text, posting.base_date,
        posting.start_value, posting.start_date, posting.adjusts,
    )  # fmt: skip
