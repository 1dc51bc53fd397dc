"""What follows from approved figures: from-to, growth, target, year on year; or why it does not."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from accounts.models import Region
from tracker.catalogue.models import Frequency, Indicator, Span, Target
from tracker.ledger.comparisons import Change, year_on_year
from tracker.ledger.completions import Completion, completions
from tracker.ledger.models import Entry
from tracker.releases.facts import (
    Fact,
    Goal,
    Outcome,
    Unsaid,
    against,
    changed,
    from_to,
    growth,
    pace,
)

PARALLEL = 3  # so many standards in one programme are a list without growth rates
Named = tuple[str, Outcome]


@dataclass(frozen=True)
class Item:
    """A fact with its indicator, and the entry that it is; none for a sum."""

    indicator: Indicator
    fact: Fact
    entry: Entry | None = None

    @property
    def starts(self) -> bool:
        return self.entry is not None and self.entry.start_value is not None

    @property
    def plain(self) -> bool:
        """It is the region's one figure of this indicator: not a part, not told by its start."""
        return not (self.fact.member or self.fact.scope or self.starts)


def compared(
    items: Sequence[Item],
    region: Region,
    span: Span,
    *,
    at: datetime | None = None,
    finals: bool = False,
) -> tuple[list[Item], list[Unsaid]]:
    """The items with everything related to their facts, and what could not be computed."""
    changes, targets = _in_the_ledger(items, region, span, at=at, finals=finals)
    crowded = _crowded(items)
    done, unsaid = [], []
    for item in items:
        key = item.indicator.pk, region.pk
        outcomes = [
            *_start(item, item.indicator.programme_id in crowded),
            *_against(item, targets.get(key)),
            *_year_on_year(item, changes.get(key)),
        ]
        unsaid += [outcome for _, outcome in outcomes if isinstance(outcome, Unsaid)]
        related = tuple((name, one) for name, one in outcomes if isinstance(one, Fact))
        done.append(replace(item, fact=replace(item.fact, related=related)))
    return done, unsaid


def _in_the_ledger(
    items: Sequence[Item], region: Region, span: Span, **known
) -> tuple[Mapping[tuple, Change], Mapping[tuple, Completion]]:
    """Changes and completions by indicator and region; a day asked for once has neither."""
    indicators = {item.indicator for item in items if item.plain}
    if span.kind == Frequency.ONCE or not indicators:
        return {}, {}
    ordered = sorted(indicators, key=lambda indicator: indicator.pk)
    return (
        year_on_year(ordered, [region], span, **known),
        completions(ordered, [region], span, **known),
    )


def _start(item: Item, crowded: bool) -> Iterable[Named]:
    if not item.starts:
        return
    start = from_to(item.fact, item.entry.start_value)
    yield "start", start
    if not crowded and item.fact.value != start.value:
        yield "growth", growth(item.fact, start)


def _crowded(items: Iterable[Item]) -> set[int]:
    started = Counter(item.indicator.programme_id for item in items if item.starts)
    return {programme for programme, count in started.items() if count >= PARALLEL}


def _against(item: Item, found: Completion | None) -> Iterable[Named]:
    """Only where the figure said is the one that counts against the target."""
    if found and item.plain and found.actual.value == item.fact.value:
        target = found.target
        yield from against(item.fact, Goal(target.kind, target.value, target.year))
        if found.ahead and found.schedule < 1 and target.kind == Target.Kind.AT_LEAST:
            yield "pace", pace(item.fact, found.ahead)


def _year_on_year(item: Item, found: Change | None) -> Iterable[Named]:
    """A rate where there is a base that compares; why not, where there is one that does not."""
    if not found or not item.plain or item.fact.unit == "%" or not found.base.entries:
        return
    if found.why:
        yield (
            "year_on_year",
            Unsaid(item.fact.topic.name, f"{found.why}，未写同比。", item.fact.entries),
        )
    elif found.now.value == item.fact.value:
        yield "year_on_year", changed(item.fact, found.rate, found.base.entries)
