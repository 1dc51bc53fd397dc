"""Countersigning that nobody has answered in time is asked for again, once on every working day."""

import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from accounts import audit
from tracker.catalogue.working import city_workdays
from tracker.notices.models import Kind, Notice
from tracker.releases import telling
from tracker.releases.models import Countersign, CountersignAnswer, Status

# After a month the matter is one for people: the lead office may decide.
LONGEST = datetime.timedelta(days=30)


@transaction.atomic
def remind_countersigns(at: datetime.datetime) -> int:
    """Tell the agencies that are late; how many. A second call on a day says nothing."""
    day = timezone.localdate(at)
    if not city_workdays()(day):
        return 0
    rows = [row for row in late(at) if not _told(row, day)]
    for row in rows:
        telling.countersign_due(row, day)
        audit.record(None, "countersign.remind", row, agency=row.agency.short_name, day=day)
    return len(rows)


def late(at: datetime.datetime) -> QuerySet[Countersign]:
    """The last that an agency was asked of a draft, past its time and without a word."""
    later = Countersign.objects.filter(
        release=OuterRef("release"), agency=OuterRef("agency"), pk__gt=OuterRef("pk")
    )
    said = CountersignAnswer.objects.filter(countersign=OuterRef("pk"))
    rows = Countersign.objects.filter(
        release__status=Status.DRAFT, due_at__lt=at, due_at__gte=at - LONGEST
    )
    rows = rows.filter(~Exists(later) & ~Exists(said)).select_related("release", "agency")
    return rows.order_by("pk")


def _told(row: Countersign, day: datetime.date) -> bool:
    told = Notice.objects.about(row).filter(kind=Kind.COUNTERSIGN_DUE, occasion=str(day))
    return told.exists()
