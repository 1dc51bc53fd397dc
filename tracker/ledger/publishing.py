"""Which entries went out in a document, and where: from then on they are made good for, not moved."""

from collections.abc import Iterable

from django.db import transaction

from accounts.models import User

from .models import Entry, Publication


@transaction.atomic
def publish(entries: Iterable[int], *, where: str, by: User) -> int:
    """Remember that these entries went out in a document; how many had not been known for it."""
    known = set(Publication.objects.filter(where=where).values_list("entry", flat=True))
    fresh = [Publication(entry_id=pk, where=where[:200], by=by) for pk in set(entries) - known]
    return len(Publication.objects.bulk_create(fresh))


def published(entries: Iterable[int]) -> dict[int, list[str]]:
    """Entry id -> the documents that it went out in."""
    rows = Publication.objects.filter(entry__in=list(entries)).order_by("pk")
    found: dict[int, list[str]] = {}
    for pk, where in rows.values_list("entry", "where"):
        found.setdefault(pk, []).append(where)
    return found


def published_of(origin: str, origin_ids: Iterable[int]) -> dict[int, list[str]]:
    """The same for the entries of these figures: figure id -> documents."""
    rows = Entry.objects.filter(origin=origin, origin_id__in=list(origin_ids))
    rows = rows.filter(publications__isnull=False).order_by("publications__pk")
    found: dict[int, list[str]] = {}
    for pk, where in rows.values_list("origin_id", "publications__where"):
        if where not in found.setdefault(pk, []):
            found[pk].append(where)
    return found
