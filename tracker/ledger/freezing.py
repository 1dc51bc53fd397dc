"""A declared hour at which the figures of a span are taken as they stand; what comes later waits.

Nothing is copied: the ledger only ever grows, so what stood at a moment can be read at any time.
"""

import datetime
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts import audit
from accounts.models import Region, User
from accounts.rules import require
from tracker.catalogue.models import Span

from .models import Entry, Freeze
from .rules import may_keep_ledger

SLACK = datetime.timedelta(minutes=1)


@transaction.atomic
def declare(
    region: Region, span: Span, moment: datetime.datetime, *, by: User, note: str = ""
) -> Freeze:
    """Declare the hour, now or later; an hour that is over cannot be declared afterwards."""
    require(may_keep_ledger(by, region))
    if moment < timezone.now() - SLACK:
        raise ValidationError("冻结时间不能早于现在，请改正。")
    known = {"region": region, "span": span, "moment": moment}
    if Freeze.objects.filter(**known).exists():
        raise ValidationError("这一时刻的冻结已经声明过。")
    freeze = Freeze.objects.create(**known, note=note.strip()[:200], by=by)
    said = timezone.localtime(moment).isoformat(timespec="minutes")
    audit.record(by, "freeze.declare", freeze, span=span.key, moment=said, note=note)
    return freeze


def frozen_at(region: Region, span: Span, now: datetime.datetime) -> datetime.datetime | None:
    """The last declared hour that has passed, of the region or one above it."""
    freeze = last_freeze(region, span, now)
    return freeze and freeze.moment


def last_freeze(region: Region, span: Span, now: datetime.datetime) -> Freeze | None:
    """The last declared one whose hour has passed, of the region or one above it."""
    above = Region.objects.above(region).values("pk")
    rows = Freeze.objects.filter(region__in=above, span=span, moment__lte=now)
    return rows.select_related("region", "span").order_by("-moment").first()


def frozen(freeze: Freeze) -> QuerySet[Entry]:
    """The entries of the span as they stood at the hour."""
    return _of(freeze, Entry.objects.current(freeze.moment))


@dataclass(frozen=True)
class Waiting:
    """What changed after the hour: before (None: nothing stood) and now (None: out of use)."""

    before: Entry | None
    now: Entry | None


def waiting(freeze: Freeze) -> list[Waiting]:
    """What waits for the next freeze, in the order of the catalogue."""
    then = {_place(entry): entry for entry in _told(frozen(freeze))}
    now = {_place(entry): entry for entry in _told(_of(freeze, Entry.objects.current()))}
    places = [*then, *(place for place in now if place not in then)]
    changed = [(then.get(place), now.get(place)) for place in places]
    return [Waiting(a, b) for a, b in changed if (a and a.pk) != (b and b.pk)]


def _of(freeze: Freeze, rows: QuerySet[Entry]) -> QuerySet[Entry]:
    return rows.filter(span=freeze.span, region__path__startswith=freeze.region.path)


def _told(rows: QuerySet[Entry]) -> QuerySet[Entry]:
    related = ("indicator__unit", "region", "agency", "span", "definition", "approver")
    return rows.select_related(*related).order_by(
        "indicator__programme__order", "indicator__order", "region__path", "pk"
    )


def _place(entry: Entry) -> tuple:
    return (
        entry.indicator_id, entry.agency_id, entry.region_id, entry.member, entry.scope,
        entry.nature, entry.accumulates, entry.adjusts,
    )  # fmt: skip
