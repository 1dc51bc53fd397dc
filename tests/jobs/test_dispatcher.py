"""The dispatcher finds what is due; who begins it depends on the broker alone."""

import threading
from datetime import timedelta

import pytest
from django.db import OperationalError as DatabaseAway
from django.utils import timezone
from kombu.exceptions import OperationalError as BrokerAway

from tracker import jobs
from tracker.jobs import broker, dispatcher
from tracker.jobs.models import Job

pytestmark = pytest.mark.django_db


@pytest.fixture
def calls(monkeypatch):
    """What is sent to the broker, in place of a broker."""
    sent = []
    monkeypatch.setattr(broker, "wake", sent.append)
    return sent


def test_workers_are_woken_by_id_once(calls, queued):
    workers = dispatcher.Workers()
    assert (workers.turn(), workers.turn()) == (1, 0)
    assert calls == [queued.pk]


def test_a_wake_up_that_nobody_followed_is_repeated(calls, queued):
    dispatcher.Workers().turn()
    Job.objects.update(woken_at=timezone.now() - dispatcher.REPEAT - timedelta(seconds=1))
    dispatcher.Workers().turn()
    assert calls == [queued.pk, queued.pk]


def test_the_longest_waiting_go_first(calls, now):
    late = jobs.enqueue("note", key="late", run_after=now)
    early = jobs.enqueue("note", key="early", run_after=now - timedelta(hours=1))
    jobs.enqueue("note", key="future", run_after=now + timedelta(hours=1))
    dispatcher.Workers().turn()
    assert calls == [early.pk, late.pk]


def test_a_broker_that_is_away_leaves_the_jobs_due(monkeypatch, now):
    def away(pk):
        raise BrokerAway

    monkeypatch.setattr(broker, "wake", away)
    for number in range(3):
        jobs.enqueue("note", key=number)
    with pytest.raises(BrokerAway):
        dispatcher.Workers().turn()
    assert list(Job.objects.values_list("woken_at", "state")) == [(None, "queued")] * 3


def test_one_look_takes_the_same_queries_for_one_job_and_for_three(
    calls, django_assert_num_queries
):
    jobs.enqueue("note", key="only")
    with django_assert_num_queries(5):
        dispatcher.Workers().turn()
    for number in range(3):
        jobs.enqueue("note", key=number)
    with django_assert_num_queries(5):
        assert dispatcher.Workers().turn() == 3


def test_an_idle_look_is_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert dispatcher.Workers().turn() == 0
    with django_assert_num_queries(1):
        assert dispatcher.Threads({}).turn() == 0


class Stumbling:
    """Hands that meet each fault once and stop the dispatcher afterwards."""

    def __init__(self, *faults):
        self.faults = list(faults)
        self.stop = threading.Event()

    def turn(self):
        if not self.faults:
            self.stop.set()
            return
        raise self.faults.pop(0)


@pytest.mark.django_db(transaction=True)
def test_the_dispatcher_outlives_a_lost_database_and_a_lost_broker(monkeypatch):
    hands = Stumbling(DatabaseAway(), BrokerAway(), ConnectionRefusedError())
    monkeypatch.setattr(dispatcher.connections, "close_all", lambda: None)
    monkeypatch.setattr(hands.stop, "wait", lambda seconds: None)
    dispatcher.dispatch(hands, hands.stop)
    assert hands.faults == []


def test_who_begins_the_jobs_is_decided_by_the_broker(settings):
    settings.CELERY_BROKER_URL = settings.IN_PROCESS
    assert type(dispatcher.hands({})) is dispatcher.Threads
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:6379/9"
    assert type(dispatcher.hands({})) is dispatcher.Workers
    assert dispatcher.Workers().stop(0) is True
