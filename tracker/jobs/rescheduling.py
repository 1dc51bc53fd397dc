"""What a person does to the clock: another time, off and on, now."""

import datetime
import json

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_celery_beat.models import CrontabSchedule, PeriodicTask

from accounts import audit
from accounts.models import User
from accounts.rules import require

from .models import Job
from .rules import may_run_system
from .services import enqueue
from .timing import Timing

FIELDS = ("minute", "hour", "day_of_month", "month_of_year", "day_of_week")


def crontab_of(task: PeriodicTask) -> str:
    """The five fields of its time; empty for one that goes by another kind of schedule."""
    return " ".join(getattr(task.crontab, name) for name in FIELDS) if task.crontab else ""


def timing_of(task: PeriodicTask) -> Timing | None:
    """Its time as a person says it; None for one that has no such words."""
    crontab = crontab_of(task)
    return Timing.of(crontab) if crontab else None


def say(task: PeriodicTask) -> str:
    """When it fires, in Chinese, and whether it is off."""
    timing = timing_of(task)
    words = timing.say() if timing else "另行设定"
    return words if task.enabled else f"{words}（停用）"


def next_run(task: PeriodicTask, now: datetime.datetime) -> datetime.datetime | None:
    """When it fires next; None while it is off."""
    if not task.enabled:
        return None
    start, wait, _ = task.schedule.remaining_delta(timezone.localtime(now))
    return start + wait


@transaction.atomic
def reschedule(
    task: PeriodicTask, timing: Timing | None, *, enabled: bool, by: User
) -> PeriodicTask:
    """Another time (None: as it is), off or on. A time of today that is over waits for its next day."""
    require(may_run_system(by))
    before = say(task)
    if timing:
        fields = dict(zip(FIELDS, timing.crontab().split(), strict=True))
        task.crontab, _ = CrontabSchedule.objects.get_or_create(
            **fields, timezone=settings.TIME_ZONE
        )
        task.interval = None
    task.enabled, task.last_run_at = enabled, timezone.now()
    task.save()
    audit.record(by, "schedule.edit", task.name, before=before, after=say(task))
    return task


@transaction.atomic
def run_now(task: PeriodicTask, *, by: User) -> Job:
    """Queue its work at once, beside its own times."""
    require(may_run_system(by))
    job = enqueue(task.task, key=task.name, payload=json.loads(task.kwargs or "{}"))
    audit.record(by, "schedule.run", task.name)
    return job
