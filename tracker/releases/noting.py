"""What a reader of the sums has to know: what was made good for in them, and what was counted once."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from accounts.models import Line, Region
from tracker.catalogue.models import Span
from tracker.ledger.models import Entry, Overlap
from tracker.releases.material import MadeGood, Shared
from tracker.releases.reading import fact_of


def made_good(
    region: Region, span: Span, lines: Sequence[Line], at: datetime | None = None
) -> tuple[MadeGood, ...]:
    """当期调整 within the region and span, in the order of the places; `at` as the freeze holds them."""
    rows = _within(region, span, lines, at).exclude(adjusts="").exclude(value=0)
    rows = rows.order_by("adjusts", "region__path", "pk")
    return tuple(
        MadeGood(row.region.name, row.adjusts, replace(fact_of(row), qualifier="")) for row in rows
    )


def counted_once(
    region: Region, span: Span, lines: Sequence[Line], at: datetime | None = None
) -> tuple[Shared, ...]:
    """Figures of two sources that have something in common; the last word about a pair holds."""
    inside = _within(region, span, lines, at).values("pk")
    rows = Overlap.objects.filter(first__in=inside, second__in=inside).order_by("pk")
    last = {
        frozenset((row.first_id, row.second_id)): row
        for row in rows.select_related(
            "first__region", "second__region", "first__indicator__unit", "first__agency"
        ).prefetch_related("first__indicator__wholes")
    }
    return tuple(_shared(row) for row in last.values() if row.amount)


def _shared(row: Overlap) -> Shared:
    first, second = row.first, row.second
    known = {"value": row.amount, "decimals": None, "entries": (first.pk, second.pk)}
    fact = replace(fact_of(first), key=f"e{first.pk}_shared", **known)
    return Shared((first.region.name, second.region.name), first.span.key, fact)


def rows_of(notes: Iterable[MadeGood | Shared]) -> set[int]:
    """The ledger rows that the notes stand on."""
    return {pk for note in notes for pk in note.fact.entries}


def _within(region: Region, span: Span, lines: Sequence[Line], at: datetime | None):
    rows = Entry.objects.quotable(at).filter(
        region__path__startswith=region.path,
        span__start__gte=span.start,
        span__end__lte=span.end,
        value__isnull=False,
        is_control=False,
    )
    if lines:
        rows = rows.filter(indicator__line__in=lines)
    rows = rows.select_related("indicator__unit", "region", "span", "agency", "definition")
    return rows.prefetch_related("indicator__wholes")
