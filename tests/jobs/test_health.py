"""Health is asked through the queue, and told to anybody without detail."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from tracker import jobs, tasks
from tracker.jobs import health, runner, services
from tracker.jobs.models import Job, Slot, State

pytestmark = pytest.mark.django_db


def test_health_is_bad_until_a_ping_came_through(client):
    ping = health.ping()
    assert client.get("/health/").status_code == 503
    runner.run(ping.pk, tasks.HANDLERS)
    answer = client.get("/health/")
    assert (answer.status_code, answer.json()) == (200, {"works": True})


def test_a_stopped_worker_is_noticed_after_three_minutes():
    runner.run(health.ping().pk, tasks.HANDLERS)
    assert health.alive() is True
    assert health.alive(timezone.now() + timedelta(minutes=4)) is False


def test_a_queued_ping_is_no_answer():
    health.ping()
    assert health.alive() is False


def test_a_lost_database_is_bad_health_and_no_error(client, monkeypatch):
    def gone():
        raise OperationalError

    monkeypatch.setattr(health, "last_answer", gone)
    answer = client.get("/health/")
    assert (answer.status_code, answer.json()) == (503, {"works": False})


def test_health_takes_no_orders(client):
    assert client.post("/health/").status_code == 405


def test_settled_jobs_are_forgotten_after_a_month_but_not_the_dead():
    for number, state in enumerate(State.values):
        job = jobs.enqueue("note", key=number)
        claimed = services.claim(job.pk)
        if state == State.QUEUED:
            services.release(claimed)
        elif state != State.RUNNING:
            Job.objects.filter(pk=job.pk).update(
                state=state, lease_until=None, finished=timezone.now() - timedelta(days=31)
            )
    Slot.objects.create(task="old", slot=timezone.now() - timedelta(days=31))
    Slot.objects.create(task="new", slot=timezone.now())
    runner.run(jobs.enqueue("tidy-jobs", key="x").pk, tasks.HANDLERS)
    left = Job.objects.filter(kind="note").values_list("state", flat=True)
    assert sorted(left) == ["dead", "queued", "running"]
    assert [slot.task for slot in Slot.objects.all()] == ["new"]


def test_what_ended_lately_is_kept():
    runner.run(health.ping().pk, tasks.HANDLERS)
    assert health.tidy() == 0
