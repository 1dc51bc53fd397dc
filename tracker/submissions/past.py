"""What the ledger says about the same cells in the last period and a year ago."""

from dataclasses import dataclass

from tracker.catalogue.models import Span
from tracker.catalogue.spans import previous, year_ago
from tracker.ledger.models import Entry

from .models import Submission


@dataclass(frozen=True)
class Past:
    """The current entries of one cell: last period's and that of the same period last year."""

    last: Entry | None = None
    year_ago: Entry | None = None


NOTHING = Past()


def past_of(submission: Submission) -> dict[tuple[int, int, str, str], Past]:
    """Cell (indicator, region, member, scope) -> Past, in one query for all cells."""
    span = submission.round.span
    last, before = previous(span), year_ago(span)
    wanted = [found for found in (last, before) if found]
    rows = Entry.objects.current().filter(agency=submission.agency_id, span__in=wanted)
    found: dict[tuple, dict[str, Entry]] = {}
    for entry in rows.select_related("indicator__unit").order_by("pk"):
        place = (entry.indicator_id, entry.region_id, entry.member, entry.scope)
        for name, when in (("last", last), ("year_ago", before)):
            if when and entry.span_id == when.pk:
                found.setdefault(place, {})[name] = entry
    return {place: Past(**entries) for place, entries in found.items()}


def label_of(span: Span) -> str:
    return {"month": "上月", "week": "上周", "quarter": "上季", "year": "上年"}.get(
        span.kind, "上期"
    )
