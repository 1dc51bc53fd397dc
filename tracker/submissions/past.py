"""What the ledger says about the same cells in the last period and a year ago."""

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.catalogue.models import Span
from tracker.catalogue.spans import previous_key, year_ago_key
from tracker.ledger.models import Entry

from .models import Submission


@dataclass(frozen=True)
class Past:
    """The current entries of one cell: last period's and that of the same period last year."""

    last: Entry | None = None
    year_ago: Entry | None = None


NOTHING = Past()
Place = tuple[int, int, str, str]


def past_of(submission: Submission) -> dict[Place, Past]:
    """Cell (indicator, region, member, scope) -> Past, in one query for all cells."""
    return pasts_of([submission])[submission.pk]


def pasts_of(submissions: Sequence[Submission]) -> dict[int, dict[Place, Past]]:
    """Submission id -> its cells' Past, in one query for all of them."""
    keys = {one.pk: _keys(one.round.span) for one in submissions}
    said = _entries(
        {one.agency_id for one in submissions}, {k for pair in keys.values() for k in pair}
    )
    found: dict[int, dict[Place, Past]] = {}
    for one in submissions:
        last, ago = (said.get((one.agency_id, key), {}) for key in keys[one.pk])
        found[one.pk] = {place: Past(last.get(place), ago.get(place)) for place in last | ago}
    return found


def _keys(span: Span) -> tuple[str | None, str | None]:
    return previous_key(span.key), year_ago_key(span.key)


def _entries(agencies: set[int], keys: set) -> dict[tuple[int, str], dict[Place, Entry]]:
    """(agency, span key) -> place -> the current entry."""
    rows = Entry.objects.current().filter(agency__in=agencies, span__key__in=keys - {None})
    rows = rows.filter(adjusts="")
    said: dict[tuple, dict] = {}
    for entry in rows.select_related("indicator__unit", "span").order_by("pk"):
        place = (entry.indicator_id, entry.region_id, entry.member, entry.scope)
        said.setdefault((entry.agency_id, entry.span.key), {})[place] = entry
    return said


def label_of(span: Span) -> str:
    return {"month": "上月", "week": "上周", "quarter": "上季", "year": "上年"}.get(
        span.kind, "上期"
    )
