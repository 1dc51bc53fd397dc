"""The clock: made once, edited by people, firing once for each time whatever the schedulers do."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from celery.schedules import schedule as every
from django.utils import timezone
from django_celery_beat.models import CrontabSchedule, PeriodicTask

from tracker import tasks
from tracker.jobs import broker, schedules, services
from tracker.jobs.models import Job, Slot

# The scheduler closes connections between ticks, which would end a transaction round the test.
pytestmark = pytest.mark.django_db(transaction=True)

# 21:00 in Jinan, on a Sunday.
EVENING = datetime(2026, 3, 1, 13, 0, 30, tzinfo=UTC)


@pytest.fixture
def clock():
    with time_machine.travel(EVENING, tick=False) as traveller:
        yield traveller


def queued():
    return list(Job.objects.order_by("pk").values_list("kind", "key"))


def scheduler():
    return schedules.JobScheduler(app=broker.sender())


def night_work(hour="2", **fields):
    return schedules.install("夜间汇编", "compile", f"0 {hour} * * *")


def test_a_schedule_that_was_edited_stays_edited(clock):
    tasks.install_schedules()
    ping = PeriodicTask.objects.get(name="系统自检")
    ping.enabled, ping.crontab = False, CrontabSchedule.objects.create(minute="5")
    ping.save()
    tasks.install_schedules()
    ping.refresh_from_db()
    assert (ping.enabled, ping.crontab.minute) == (False, "5")
    assert PeriodicTask.objects.count() == len(tasks.SCHEDULES)


def test_every_schedule_has_a_handler():
    assert [kind for _, kind, _ in tasks.SCHEDULES if kind not in tasks.HANDLERS] == []


def test_nothing_comes_from_settings(clock):
    scheduler()
    assert PeriodicTask.objects.count() == 0


def test_a_schedule_fires_in_its_minute_and_not_before(clock):
    schedules.install("每小时", "compile", "5 * * * *")
    beat = scheduler()
    beat.tick()
    assert queued() == []
    clock.move_to(EVENING + timedelta(minutes=5))
    beat.tick()
    assert queued() == [("compile", "每小时")]
    assert Slot.objects.get().slot == EVENING.replace(minute=5, second=0)


def test_the_hour_is_that_of_the_city(clock):
    night_work(hour="21")
    clock.move_to(EVENING.replace(hour=12, minute=59, second=50))
    beat = scheduler()
    PeriodicTask.objects.update(last_run_at=timezone.now() - timedelta(hours=1))
    clock.move_to(EVENING)
    beat = scheduler()
    beat.tick()
    assert timezone.localtime(Slot.objects.get().slot).hour == 21


def test_the_payload_of_a_schedule_reaches_its_job(clock):
    task = schedules.install("简报", "compile", "5 * * * *")
    task.kwargs = '{"plan": 3}'
    task.save()
    beat = scheduler()
    clock.move_to(EVENING + timedelta(minutes=6))
    beat.tick()
    assert Job.objects.get().payload == {"plan": 3}


def test_twenty_schedulers_fire_once(clock):
    schedules.install("每小时", "compile", "5 * * * *")
    beats = [scheduler() for _ in range(20)]
    for seconds, beat in enumerate(beats):
        clock.move_to(EVENING + timedelta(minutes=5, seconds=seconds))
        beat.tick()
    assert (len(queued()), Slot.objects.count()) == (1, 1)


def test_control_without_the_slot_each_scheduler_fires(clock, monkeypatch):
    """The planted bug: a scheduler that tells nobody for which time it has fired."""

    def careless(task, slot, payload=None, *, kind):
        job = services.enqueue(kind, key=f"{task} {timezone.now()}", payload=payload)
        return bool(job)

    monkeypatch.setattr(services, "fire", careless)
    schedules.install("每小时", "compile", "5 * * * *")
    beats = [scheduler() for _ in range(20)]
    for seconds, beat in enumerate(beats):
        clock.move_to(EVENING + timedelta(minutes=5, seconds=seconds))
        beat.tick()
    assert len(queued()) == 20


def test_what_was_missed_while_the_machine_was_off_is_done_once_afterwards(clock):
    night_work()
    PeriodicTask.objects.update(last_run_at=EVENING)
    clock.move_to(EVENING + timedelta(days=2, hours=12))
    beat = scheduler()
    beat.tick()
    beat.tick()
    assert queued() == [("compile", "夜间汇编")]
    # 02:00 in Jinan of the last of the nights.
    assert Slot.objects.get().slot == datetime(2026, 3, 3, 18, 0, tzinfo=UTC)


def test_a_scheduler_that_comes_back_late_agrees_on_the_time(clock):
    night_work()
    PeriodicTask.objects.update(last_run_at=EVENING)
    early, late = scheduler(), scheduler()
    clock.move_to(datetime(2026, 3, 1, 18, 0, 1, tzinfo=UTC))
    early.tick()
    Job.objects.update(state="done")
    clock.move_to(datetime(2026, 3, 1, 23, 0, 1, tzinfo=UTC))
    late.tick()
    assert (Job.objects.count(), Slot.objects.count()) == (1, 1)


def test_a_switched_off_schedule_is_silent(clock):
    schedules.install("每小时", "compile", "5 * * * *")
    PeriodicTask.objects.update(enabled=False)
    beat = scheduler()
    clock.move_to(EVENING + timedelta(minutes=6))
    beat.tick()
    assert queued() == []


def test_an_interval_fires_once_in_each_of_its_stretches():
    now = datetime(2026, 3, 1, 13, 7, 30, 5, tzinfo=UTC)
    assert schedules.slot_of(every(600), now, now) == datetime(2026, 3, 1, 13, 0, tzinfo=UTC)
