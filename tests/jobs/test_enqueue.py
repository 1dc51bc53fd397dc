"""Putting work down: once per business key, and only if the change that asks for it stands."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tracker import jobs
from tracker.jobs import services
from tracker.jobs.models import Job, Slot, State

pytestmark = pytest.mark.django_db


def rows():
    return list(Job.objects.order_by("pk").values_list("kind", "key", "state"))


def test_asking_twice_makes_one_job():
    first = jobs.enqueue("compile", key=7, payload={"round": 7})
    assert jobs.enqueue("compile", key=7, payload={"round": 7}) == first
    assert rows() == [("compile", "7", "queued")]


def test_another_key_or_kind_is_another_job():
    jobs.enqueue("compile", key=7)
    jobs.enqueue("compile", key=8)
    jobs.enqueue("notify", key=7)
    assert rows() == [
        ("compile", "7", "queued"),
        ("compile", "8", "queued"),
        ("notify", "7", "queued"),
    ]


def test_the_earlier_time_wins(now):
    jobs.enqueue("compile", key=7, run_after=now + timedelta(hours=2))
    jobs.enqueue("compile", key=7, run_after=now + timedelta(hours=1))
    job = jobs.enqueue("compile", key=7, run_after=now + timedelta(hours=3))
    assert job.run_after == now + timedelta(hours=1)


def test_a_job_under_way_does_not_stand_for_a_new_one(queued):
    services.claim(queued.pk)
    jobs.enqueue("note", key="round-1")
    assert rows() == [("note", "round-1", "running"), ("note", "round-1", "queued")]


def test_work_vanishes_with_the_change_that_asked_for_it():
    @transaction.atomic
    def approve_and_stumble():
        jobs.enqueue("compile", key=7)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        approve_and_stumble()
    assert rows() == []


def test_the_database_itself_keeps_a_second_queued_twin_out(queued, now):
    twin = Job(kind=queued.kind, key=queued.key, run_after=now, created=now)
    with pytest.raises(IntegrityError, match="job_queued_once|tracker_job.kind"):
        twin.save()


def test_the_database_refuses_a_running_job_without_a_lease(queued):
    queued.state = State.RUNNING
    with pytest.raises(IntegrityError, match="job_running_has_lease"):
        queued.save()


def test_a_schedule_fires_once_for_its_time(now):
    assert services.fire("每月汇编", now, {"plan": 3}, kind="compile") is True
    assert services.fire("每月汇编", now, {"plan": 3}, kind="compile") is False
    assert rows() == [("compile", "每月汇编", "queued")]
    assert Job.objects.get().payload == {"plan": 3}
    assert Slot.objects.count() == 1


def test_the_next_time_waits_for_no_second_job_while_the_first_is_queued(now):
    services.fire("每月汇编", now, kind="compile")
    assert services.fire("每月汇编", now + timedelta(minutes=1), kind="compile") is True
    assert (len(rows()), Slot.objects.count()) == (1, 2)


def test_enqueueing_takes_the_same_queries_however_many_jobs_wait(django_assert_num_queries):
    def ask(key):
        jobs.enqueue("compile", key=key)

    ask("first")
    with django_assert_num_queries(6):
        ask("new")
    with django_assert_num_queries(4):
        ask("new")
