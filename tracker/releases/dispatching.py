"""Each county's progress as plain lines, from the dispatch table of the ledger; for internal papers only."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from django.db.models import Count, Q

from accounts.models import Line, Region
from tracker.catalogue.city import ranks_counties
from tracker.catalogue.models import Frequency, Indicator, Span, Target
from tracker.catalogue.spans import year_key
from tracker.ledger.dispatch import Place, Table, dispatch_tables
from tracker.ledger.models import Entry
from tracker.ledger.totals import Total
from tracker.releases.facts import HUNDRED, Fact, Op, percent
from tracker.releases.house.style import PLAIN, Style
from tracker.releases.material import County, Dispatch
from tracker.releases.reading import topic_of


def dispatches(
    region: Region,
    span: Span,
    lines: Sequence[Line],
    at: datetime | None = None,
    style: Style = PLAIN,
) -> tuple[Dispatch, ...]:
    """The indicators that the counties report for the span, in the catalogue's order.

    `at`: as the freeze of that hour holds them. `style` puts the counties in the city's order.
    """
    if span.kind == Frequency.ONCE:
        return ()
    below = Region.objects.filter(path__startswith=region.path).exclude(pk=region.pk)
    said = Entry.objects.quotable(at).filter(region__in=below, span=span)
    indicators = Indicator.objects.filter(pk__in=said.values("indicator"), active=True)
    if lines:
        indicators = indicators.filter(line__in=lines)
    related = ("unit", "programme__line", "line", "numerator", "denominator")
    chosen = list(indicators.select_related(*related).prefetch_related("wholes"))
    owing = Target.objects.current().filter(indicator__in=chosen, year=int(year_key(span.key)))
    known = Q(pk__in=said.values("region")) | Q(pk__in=owing.values("region"))
    rows = below.filter(known).order_by("path")
    places = sorted(rows, key=lambda one: style.place_of_county(one.pk))
    tables = dispatch_tables(chosen, region, places, span, ranked=ranks_counties(), at=at)
    return tuple(map(_dispatch, tables))


def span_of_counties(region: Region) -> Span | None:
    """The latest of the spans for which most counties have figures."""
    below = Entry.objects.current().filter(region__path__startswith=region.path)
    rows = below.exclude(region=region).values("span").annotate(many=Count("pk"))
    best = rows.order_by("-many", "-span__start").first()
    return Span.objects.get(pk=best["span"]) if best else None


def counted_in(tables: Iterable[Dispatch]) -> set[int]:
    """The ledger rows that the tables stand on."""
    return {entry for table in tables for fact in facts_of(table) for entry in fact.entries}


def facts_of(table: Dispatch) -> list[Fact]:
    """Every figure of a table, county by county."""
    lines = [*table.counties, *filter(None, [table.whole])]
    cells = [(one.now, one.change, one.to_date, one.rate) for one in lines]
    return [*(fact for row in cells for fact in row if fact), *filter(None, [table.schedule])]


def _dispatch(table: Table) -> Dispatch:
    topic = topic_of(table.indicator)
    counties = tuple(_county(place, table.indicator, topic) for place in table.places)
    whole = _county(table.whole, table.indicator, topic)
    return Dispatch(topic, counties, whole, _schedule(table, (whole, *counties)))


def _schedule(table: Table, lines: Iterable[County]) -> Fact | None:
    """The part of the year that is over; it is told of the figures that it is held against."""
    held = next((line.to_date for line in lines if line.to_date), None)
    return _rate(f"d{table.indicator.pk}s", table.schedule, held) if held else None


def _county(place: Place, indicator: Indicator, topic) -> County:
    key = f"d{indicator.pk}r{place.region.pk}"
    topic = replace(topic, display=topic.display or indicator.entry_scale)
    now, to_date = _amount(f"{key}n", place.now, topic), _amount(f"{key}y", place.to_date, topic)
    done = place.completion
    return County(
        place.region.name,
        now=now,
        change=_change(f"{key}c", place, now),
        to_date=to_date,
        rate=_rate(f"{key}p", done.rate, to_date) if done and to_date else None,
        ahead=done.ahead if done else None,
        rank=place.rank,
    )


def _amount(key: str, total: Total, topic) -> Fact | None:
    """None where something is missing: a gap is said as such, never as a number."""
    if not total.entries or total.value is None or not total.complete:
        return None
    return Fact(
        key, topic, total.value, total.entries, topic.unit, qualifier=total.qualifier, op=Op.SUM
    )


def _change(key: str, place: Place, now: Fact | None) -> Fact | None:
    if now is None or place.difference is None:
        return None
    entries = tuple(dict.fromkeys((*now.entries, *place.change.base.entries)))
    return replace(now, key=key, value=place.difference, entries=entries, op=Op.DIFFERENCE)


def _rate(key: str, rate: Decimal | None, to_date: Fact) -> Fact | None:
    if rate is None:
        return None
    return replace(
        to_date,
        key=key,
        value=percent(rate * HUNDRED),
        unit="%",
        qualifier="",
        role="share",
        op=Op.COMPLETION,
    )
