"""What leaves the product: notices put down for mail and chat groups, in the verb's own transaction."""

import datetime
from collections.abc import Iterable, Mapping, Sequence

from django.db import models
from django.utils import timezone

from accounts.models import User
from tracker.jobs.services import enqueue

from .models import Channel, Contact, Delivery, Manner, State, type_of

SEND = "send-notices"


def put(
    people: Sequence[User],
    kind: str,
    *,
    about: models.Model,
    link: str,
    occasion: str,
    said: tuple[str, str],
    agency: models.Model | None,
    now: datetime.datetime,
) -> None:
    """Put the notice down for every channel that carries its kind; a job sends it.

    `said`: title and text as they may be read outside. `agency`: whose group is told beside the
    city's. In a constant number of queries for any number of people.
    """
    channels = [one for one in Channel.objects.active() if kind in one.kinds]
    channels = [one for one in channels if one.agency_id in (None, getattr(agency, "pk", None))]
    if not channels:
        return
    contacts = list(Contact.objects.filter(user__in=people))
    at = next_moment(now)
    common = {
        "kind": kind,
        "target_type": type_of(about),
        "target_id": about.pk,
        "occasion": occasion,
        "title": said[0],
        "text": said[1],
        "link": link,
        "created": now,
        "not_before": at,
    }
    rows = [row for one in channels for row in _rows(one, contacts, common)]
    Delivery.objects.bulk_create(rows, ignore_conflicts=True)
    for one in {row.channel_id for row in rows}:
        enqueue(SEND, key=one, payload={"channel": one}, run_after=at)


def _rows(channel: Channel, contacts: Iterable[Contact], common: Mapping) -> list[Delivery]:
    if channel.is_mail:
        wanted = [one for one in contacts if one.by_mail]
        return [Delivery(channel=channel, person_id=one.user_id, **common) for one in wanted]
    called = sorted(one.user_id for one in contacts if one.mention)
    return [Delivery(channel=channel, people=called, **common)]


def manner() -> Manner:
    """How the city wants to be told; as the product has it until somebody says otherwise."""
    return Manner.objects.first() or Manner()


def next_moment(now: datetime.datetime) -> datetime.datetime:
    """When something said now goes out: gathered with what follows, and not in the quiet hours."""
    how = manner()
    at = timezone.localtime(now) + datetime.timedelta(minutes=how.gather_minutes)
    if not is_quiet(at.time(), how):
        return at
    end = datetime.datetime.combine(at.date(), how.quiet_until, tzinfo=at.tzinfo)
    return end if end > at else end + datetime.timedelta(days=1)


def is_quiet(clock: datetime.time, how: Manner) -> bool:
    """Between the two times, over midnight where the first is the later; never when they are one."""
    if how.quiet_from <= how.quiet_until:
        return how.quiet_from <= clock < how.quiet_until
    return clock >= how.quiet_from or clock < how.quiet_until


def drop(about: models.Model, kinds: Iterable[str], now: datetime.datetime) -> int:
    """What waits about the record is not needed any more; how much that was."""
    waiting = Delivery.objects.waiting().about(about).filter(kind__in=kinds)
    return waiting.update(state=State.DROPPED, settled_at=now)
