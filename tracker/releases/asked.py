"""What only a city's own pattern says of a figure: its change on the span before, its share of a whole.

It is computed where a pattern asks for it, and stands apart from what every text weighs and says.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from accounts.models import Region
from tracker.catalogue.models import Frequency, Span
from tracker.ledger.comparisons import Change, period_on_period
from tracker.releases.comparing import Item
from tracker.releases.facts import Fact, Op, changed, share
from tracker.releases.patterns import Own

OPERATIONS = ("环比", "占比")
Named = tuple[str, Fact]


def asks(patterns: Iterable[Own]) -> bool:
    """Does one of these patterns say such a thing?"""
    return any(f".{name}}}" in one.source for one in patterns for name in OPERATIONS)


def with_asked(items: Sequence[Item], region: Region, span: Span, **known) -> list[Item]:
    """The items, each with what could be computed; nothing where there is no base that compares."""
    changes, wholes = _changes(items, region, span, **known), _wholes(items)
    return [
        replace(one, fact=replace(one.fact, asked=(*_change(one, changes), *_share(one, wholes))))
        for one in items
    ]


def _changes(items: Iterable[Item], region: Region, span: Span, **known) -> dict[int, Change]:
    """By indicator; a day asked for once has no span before it."""
    indicators = {item.indicator.pk: item.indicator for item in items if item.plain}
    if span.kind == Frequency.ONCE or not indicators:
        return {}
    ordered = [indicators[pk] for pk in sorted(indicators)]
    found = period_on_period(ordered, [region], span, **known)
    return {indicator: change for (indicator, _), change in found.items()}


def _change(item: Item, changes: Mapping[int, Change]) -> Iterator[Named]:
    found = changes.get(item.indicator.pk)
    if not found or not item.plain or item.fact.unit == "%" or found.why or not found.base.entries:
        return
    if found.now.value == item.fact.value:
        told = changed(item.fact, found.rate, found.base.entries, Op.PERIOD_ON_PERIOD)
        yield "period_on_period", told


def _wholes(items: Iterable[Item]) -> dict[tuple, Fact]:
    """The one figure of each indicator, by what it is and when."""
    return {_when(one.fact, one.indicator.pk): one.fact for one in items if one.plain}


def _when(fact: Fact, indicator: int) -> tuple:
    return indicator, fact.base, fact.as_of, fact.unit


def _share(item: Item, wholes: Mapping[tuple, Fact]) -> Iterator[Named]:
    """Of a member its indicator is the whole; of a figure the one indicator that contains it."""
    of = {item.indicator.pk} if item.fact.member else item.fact.topic.wholes
    known = [wholes[key] for key in (_when(item.fact, one) for one in sorted(of)) if key in wholes]
    if len(known) == 1 and not item.starts:
        told = share(item.fact, known[0])
        if isinstance(told, Fact):
            yield "share_of_whole", told
