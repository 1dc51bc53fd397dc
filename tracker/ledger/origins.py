"""From what was said back to what stands in the ledger."""

from collections.abc import Iterable

from .models import Entry, Origin


def approved_last(figures: Iterable[int]) -> dict[int, Entry]:
    """Figure id -> what was approved of it last, whether it stands or is suspended; in one query.

    The year's count that was reported beside a figure is not it.
    """
    rows = Entry.objects.filter(
        origin=Origin.FIGURE, origin_id__in=list(figures), superseded_by__isnull=True
    )
    found: dict[int, Entry] = {}
    for entry in rows.select_related("indicator__unit").order_by("-pk"):
        found[entry.origin_id] = entry
    return found
