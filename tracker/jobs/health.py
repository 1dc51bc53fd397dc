"""Whether work gets done at all, asked by sending a job through the whole queue."""

import datetime

from django.utils import timezone

from .models import Job, Slot, State
from .services import enqueue

PING = "ping"
# The clock sends one a minute; two may be missed.
STALE = datetime.timedelta(minutes=3)
KEPT = datetime.timedelta(days=30)


def ping() -> Job:
    """A job that does nothing; once done, it proves that dispatcher and worker live."""
    return enqueue(PING, key="health")


def last_answer() -> datetime.datetime | None:
    """When a ping last came through the queue."""
    answered = Job.objects.filter(kind=PING, state=State.DONE, finished__isnull=False)
    return answered.order_by("-finished").values_list("finished", flat=True).first()


def alive(now: datetime.datetime | None = None) -> bool:
    """True when a ping came through lately."""
    answer = last_answer()
    return answer is not None and answer >= (now or timezone.now()) - STALE


def tidy(now: datetime.datetime | None = None) -> int:
    """Forget what was settled long ago, but never what died; the number of jobs forgotten."""
    before = (now or timezone.now()) - KEPT
    Slot.objects.filter(slot__lt=before).delete()
    old = Job.objects.settled().exclude(state=State.DEAD).filter(finished__lt=before)
    return old.delete()[0]
