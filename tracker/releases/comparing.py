"""What follows from approved entries: from-to, growth, target, year on year; or why it does not."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from accounts.models import Region
from tracker.catalogue.models import Definition, Frequency, Span, Target
from tracker.catalogue.spans import year_ago_key
from tracker.ledger.models import Entry
from tracker.releases.facts import Fact, Goal, Op, Outcome, Unsaid, against, from_to, growth
from tracker.releases.reading import WANTED, fact_of, most_final, place_of

PARALLEL = 3  # so many standards in one programme are a list without growth rates
Named = tuple[str, Outcome]


def compared(
    entries: Sequence[Entry], facts: Mapping[int, Fact], region: Region, span: Span
) -> tuple[dict[int, Fact], list[Unsaid]]:
    """Entry id -> its fact with everything related to it, and what could not be computed."""
    said = [entry for entry in entries if entry.pk in facts]
    goals, before = _goals(said, region, span), _year_ago(said, region, span)
    crowded = _crowded(said)
    done, unsaid = {}, []
    for entry in said:
        fact = facts[entry.pk]
        outcomes = [
            *_start(entry, fact, entry.indicator.programme_id in crowded),
            *_against(fact, goals.get(entry.indicator_id)),
            *_year_on_year(entry, fact, before.get(place_of(entry))),
        ]
        unsaid += [outcome for _, outcome in outcomes if isinstance(outcome, Unsaid)]
        related = tuple((name, one) for name, one in outcomes if isinstance(one, Fact))
        done[entry.pk] = replace(fact, related=related)
    return done, unsaid


def _start(entry: Entry, fact: Fact, crowded: bool) -> Iterable[Named]:
    if entry.start_value is None:
        return
    start = from_to(fact, entry.start_value)
    yield "start", start
    if not crowded and fact.value != start.value:
        yield "growth", growth(fact, start)


def _crowded(entries: Iterable[Entry]) -> set[int]:
    started = [e.indicator.programme_id for e in entries if e.start_value is not None]
    return {programme for programme in started if started.count(programme) >= PARALLEL}


def _goals(entries: Sequence[Entry], region: Region, span: Span) -> dict[int, Goal]:
    """Targets of the year for entries that cover the year so far."""
    covering = [e.indicator_id for e in entries if _covers_year(e, span)]
    rows = Target.objects.filter(
        indicator__in=covering, region=region, year=span.start.year, until__isnull=True
    )
    return {row.indicator_id: Goal(row.kind, row.value, row.year) for row in rows}


def _covers_year(entry: Entry, span: Span) -> bool:
    if span.kind == Frequency.YEAR:
        return True
    began = entry.base_date
    return began is not None and (began.year, began.month, began.day) == (span.start.year, 1, 1)


def _against(fact: Fact, goal: Goal | None) -> Iterable[Named]:
    return against(fact, goal) if goal and not fact.member and not fact.scope else ()


def _year_ago(entries: Sequence[Entry], region: Region, span: Span) -> dict[tuple, Entry]:
    key = year_ago_key(span.key) if span.kind != Frequency.ONCE else None
    if key is None:
        return {}
    indicators = {entry.indicator_id for entry in entries}
    rows = Entry.objects.current().filter(
        region=region,
        span__key=key,
        indicator__in=indicators,
        is_control=False,
        value__isnull=False,
    )
    rows = rows.select_related(*WANTED).prefetch_related("indicator__wholes").order_by("pk")
    return {place_of(entry): entry for entry in most_final(rows)}


def _year_on_year(entry: Entry, fact: Fact, before: Entry | None) -> Iterable[Named]:
    if before is None or entry.start_value is not None or fact.unit == "%":
        return
    version = entry.definition
    changed = entry.definition_id != before.definition_id
    if changed and version.comparability != Definition.Comparability.COMPARABLE:
        yield (
            "year_on_year",
            Unsaid(fact.topic.name, "的口径已变，与上年不可比，未写同比。", fact.entries),
        )
        return
    yield "year_on_year", growth(fact, fact_of(before), Op.YEAR_ON_YEAR)
