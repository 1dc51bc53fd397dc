"""The clock: schedules that people edit on a page, firing as job rows and never as messages."""

import datetime
import threading
import time

import structlog
from celery.schedules import crontab
from django.conf import settings
from django.db import Error, connections
from django.utils import timezone
from django_celery_beat.models import CrontabSchedule, PeriodicTask
from django_celery_beat.schedulers import DatabaseScheduler

from . import broker, services

log = structlog.get_logger(__name__)

PATIENCE = 60


def install(name: str, kind: str, at: str) -> PeriodicTask:
    """The schedule `name`, made on first sight and left as people have edited it ever after.

    `at` is minute, hour, day of month, month and day of week, as crontab writes them.
    """
    minute, hour, day, month, weekday = at.split()
    when, _ = CrontabSchedule.objects.get_or_create(
        minute=minute,
        hour=hour,
        day_of_month=day,
        month_of_year=month,
        day_of_week=weekday,
        timezone=settings.TIME_ZONE,
    )
    return PeriodicTask.objects.get_or_create(name=name, defaults={"task": kind, "crontab": when})[
        0
    ]


def slot_of(schedule, last: datetime.datetime, now: datetime.datetime) -> datetime.datetime:
    """The time for which the schedule fires: the same for every scheduler, however late it looks.

    A crontab's own latest time up to `now`; else `now` cut down to a multiple of the interval.
    """
    if isinstance(schedule, crontab):
        return _latest(schedule, last, now)
    seconds = int(getattr(schedule, "run_every", datetime.timedelta(minutes=1)).total_seconds())
    return now - datetime.timedelta(seconds=now.timestamp() % max(seconds, 1), microseconds=0)


def _latest(
    schedule: crontab, last: datetime.datetime, now: datetime.datetime
) -> datetime.datetime:
    slot = now.replace(second=0, microsecond=0)
    at = max(last, now - datetime.timedelta(days=1)).astimezone(now.tzinfo)
    while True:
        start, wait, _ = schedule.remaining_delta(at)
        at = start + wait
        if at > now:
            return slot
        slot = at


class JobScheduler(DatabaseScheduler):
    """django-celery-beat's scheduler that writes rows: no broker takes part, and twins do no harm."""

    producer = None

    def enabled_models_qs(self):
        # The parent leaves out schedules that lie hours away, and with them the night's work that
        # a machine which was off has to catch up.
        return self.Model.objects.enabled()

    def setup_schedule(self):
        """Nothing comes from the settings: they would overwrite what was edited on the page."""

    def apply_async(self, entry, producer=None, advance=True, **kwargs):
        """Fire the entry; a database that is away for a moment costs no tick."""
        slot = slot_of(entry.schedule, entry.last_run_at, timezone.localtime())
        for _ in range(PATIENCE):
            try:
                return services.fire(entry.name, slot, entry.kwargs, kind=entry.task)
            except Error:
                log.warning("schedule waits for the database", schedule=entry.name)
                connections.close_all()
                time.sleep(1)
        raise TimeoutError(entry.name)


def keep_time(stop: threading.Event) -> None:
    """Fire schedules as they fall due until told to stop."""
    scheduler = JobScheduler(app=broker.sender())
    while not stop.is_set():
        wait = scheduler.tick()
        if scheduler.should_sync():
            scheduler.sync()
        stop.wait(min(wait, scheduler.max_interval))
    scheduler.sync()
    connections.close_all()
