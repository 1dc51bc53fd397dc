"""What a person does about work that did not succeed, and about the clock."""

import datetime

import pytest
import time_machine
from django.utils import timezone
from django_celery_beat.models import PeriodicTask

from accounts.models import AuditEntry
from accounts.rules import Refused
from tracker import tasks
from tracker.jobs import broker, rescheduling, schedules, services
from tracker.jobs.care import dismiss, revive
from tracker.jobs.models import Job, State
from tracker.jobs.timing import Rhythm, Timing
from tracker.receipts.models import Receipt
from tracker.workbooks.models import Upload

pytestmark = pytest.mark.django_db


def job(state, key="1", **fields):
    now = timezone.now()
    return Job.objects.create(
        kind="compile-plan", key=key, state=state, run_after=now, created=now, **fields
    )


@pytest.mark.parametrize("state", [State.DEAD, State.FAILED])
def test_what_did_not_succeed_is_queued_again_with_all_its_attempts(state, qian):
    revived = revive(job(state, attempt=5, error="程序出错"), by=qian)
    assert (revived.state, revived.attempt, revived.error) == ("queued", 0, "")
    assert services.claim(revived.pk).attempt == 1
    entry = AuditEntry.objects.latest("seq")
    assert (entry.act, entry.actor) == ("job.revive", qian)


def test_it_is_not_queued_beside_its_twin(qian):
    dead = job(State.DEAD)
    job(State.QUEUED)
    with pytest.raises(Refused, match="已经在排队"):
        revive(dead, by=qian)
    dead.refresh_from_db()
    assert dead.state == "dead"


@pytest.mark.parametrize("state", [State.QUEUED, State.DONE, State.MERGED, State.DISMISSED])
def test_only_what_did_not_succeed_is_settled(state, qian):
    for act in (revive, dismiss):
        with pytest.raises(Refused, match="不需要处理"):
            act(job(state, key=f"{act.__name__}"), by=qian)


def test_what_was_dismissed_is_forgotten_with_the_others(qian):
    dismissed = dismiss(job(State.DEAD, finished=timezone.now()), by=qian)
    assert dismissed.state == "dismissed"
    job(State.DEAD, key="2", finished=timezone.now())
    with time_machine.travel(timezone.now() + datetime.timedelta(days=31)):
        tasks.tidy_jobs(dismissed)
    assert list(Job.objects.values_list("key", flat=True)) == ["2"]


@pytest.mark.parametrize("who", ["li", "wang", "zhou", "zhao"])
def test_nobody_else_looks_after_the_machine(who, request):
    person, dead = request.getfixturevalue(who), job(State.DEAD)
    task = schedules.install("夜间", "ping", "0 2 * * *")
    for act in (
        lambda: revive(dead, by=person),
        lambda: dismiss(dead, by=person),
        lambda: rescheduling.run_now(task, by=person),
        lambda: rescheduling.reschedule(task, None, enabled=False, by=person),
    ):
        with pytest.raises(Refused, match="只有系统管理员"):
            act()


def test_receipts_and_uploads_are_forgotten_at_night(li):
    old, new = (Receipt.objects.create(user=li, key=key) for key in ("old", "new"))
    week = timezone.now() - datetime.timedelta(days=8)
    Receipt.objects.filter(pk=old.pk).update(at=week)
    sent = Upload.objects.create(purpose="catalogue", name="目录.xlsx", content=b"x", by=li)
    Upload.objects.filter(pk=sent.pk).update(at=timezone.now() - datetime.timedelta(days=31))
    kept = Upload.objects.create(purpose="catalogue", name="目录.xlsx", content=b"x", by=li)
    tasks.tidy_jobs(job(State.RUNNING, lease_until=timezone.now()))
    assert (list(Receipt.objects.all()), list(Upload.objects.all())) == ([new], [kept])


# 21:00 in Jinan.
EVENING = datetime.datetime(2026, 3, 1, 13, 0, 30, tzinfo=datetime.UTC)


@pytest.fixture
def clock():
    with time_machine.travel(EVENING, tick=False) as traveller:
        yield traveller


def tick():
    beat = schedules.JobScheduler(app=broker.sender())
    beat.tick()
    beat.sync()


@pytest.mark.django_db(transaction=True)
def test_a_time_that_is_over_today_waits_for_tomorrow(clock, qian):
    task = schedules.install("夜间", "ping", "0 22 * * *")
    PeriodicTask.objects.update(last_run_at=EVENING - datetime.timedelta(days=1))
    task.refresh_from_db()
    rescheduling.reschedule(task, Timing(Rhythm.DAY, hour=20), enabled=True, by=qian)
    tick()
    assert Job.objects.count() == 0
    clock.move_to(EVENING + datetime.timedelta(hours=23, minutes=5))
    tick()
    assert Job.objects.get().key == "夜间"


def test_the_next_run_is_said_ahead(clock, qian):
    task = schedules.install("夜间", "ping", "30 3 * * *")
    due = timezone.localtime(rescheduling.next_run(task, timezone.now()))
    assert f"{due:%m-%d %H:%M}" == "03-02 03:30"
    task = rescheduling.reschedule(task, Timing(Rhythm.MINUTES, n=5), enabled=False, by=qian)
    assert (rescheduling.next_run(task, timezone.now()), rescheduling.say(task)) == (
        None, "每5分钟（停用）",
    )  # fmt: skip


def test_a_change_of_the_clock_is_recorded_in_words(qian):
    task = schedules.install("夜间", "ping", "30 3 * * *")
    rescheduling.reschedule(task, Timing(Rhythm.WEEK, weekday=5, hour=8), enabled=True, by=qian)
    entry = AuditEntry.objects.latest("seq")
    assert (entry.act, entry.data) == (
        "schedule.edit", {"before": "每天 03:30", "after": "每周五 08:00"},
    )  # fmt: skip


def test_other_schedules_keep_their_time(qian):
    one, two = (schedules.install(name, "ping", "30 3 * * *") for name in "甲乙")
    rescheduling.reschedule(one, Timing(Rhythm.DAY, hour=1), enabled=True, by=qian)
    two.refresh_from_db()
    assert rescheduling.say(two) == "每天 03:30"


def test_work_is_queued_now_as_its_schedule_would(qian):
    task = schedules.install("夜间", "ping", "30 3 * * *")
    made = rescheduling.run_now(task, by=qian)
    assert (made.kind, made.key, made.state) == ("ping", "夜间", "queued")
    assert rescheduling.run_now(task, by=qian) == made


def test_every_kind_of_work_has_its_words():
    assert set(tasks.NAMES) == set(tasks.PURPOSES) == set(tasks.HANDLERS)
