"""A job from claim to end: leases, tokens, attempts, and what comes of errors."""

from datetime import timedelta

import pytest

from accounts.rules import Refused
from tracker import jobs
from tracker.jobs import runner, services
from tracker.jobs.models import Job, Slot, State

pytestmark = pytest.mark.django_db


def fresh(job):
    return Job.objects.get(pk=job.pk)


def test_a_claim_takes_lease_and_token(queued, now):
    job = services.claim(queued.pk)
    assert (job.state, job.attempt, job.token) == (State.RUNNING, 1, 1)
    assert job.lease_until > now
    assert job.late < timedelta(seconds=5)


def test_a_waiting_job_is_not_late_yet(queued):
    assert queued.late is None


def test_of_two_claims_one_wins(queued):
    assert services.claim(queued.pk) is not None
    assert services.claim(queued.pk) is None


def test_a_job_is_not_begun_before_its_time(now):
    job = jobs.enqueue("note", key=1, run_after=now + timedelta(minutes=5))
    assert services.claim(job.pk) is None


def test_a_twin_waits_until_the_first_has_ended(queued):
    first = services.claim(queued.pk)
    second = jobs.enqueue("note", key="round-1")
    assert services.claim(second.pk) is None
    services.finish(first)
    assert services.claim(second.pk) is not None


def test_a_handler_that_returns_has_done_its_job(queued):
    seen = []
    runner.run(queued.pk, {"note": lambda job: seen.append(job.payload)})
    assert seen == [{"round": 1}]
    assert (fresh(queued).state, fresh(queued).progress) == (State.DONE, 100)
    assert fresh(queued).finished is not None


def test_a_second_wake_up_for_a_done_job_does_nothing(queued):
    seen = []
    for _ in range(2):
        runner.run(queued.pk, {"note": seen.append})
    assert len(seen) == 1


def test_a_handler_tells_how_far_it_is(queued):
    job = services.claim(queued.pk)
    jobs.keep(job, progress=40, note="正在生成文稿")
    assert (fresh(job).progress, fresh(job).note) == (40, "正在生成文稿")


def test_an_error_is_tried_again_later_and_its_words_are_not_kept(queued, now, caplog):
    def fail(job):
        raise ValueError("16.74亿")

    runner.run(queued.pk, {"note": fail})
    job = fresh(queued)
    assert (job.state, job.attempt) == (State.QUEUED, 1)
    assert job.run_after > now + timedelta(seconds=1)
    assert job.error == "程序出错（ValueError），细节见系统日志。"


def test_each_pause_is_twice_as_long(queued, later, now):
    pauses = []
    for attempt in range(1, services.ATTEMPTS):
        later(queued, run_after=now)
        job = services.claim(queued.pk)
        services.retry(job, "出错")
        pauses.append(round((fresh(queued).run_after - fresh(queued).started).total_seconds()))
        assert fresh(queued).attempt == attempt
    assert pauses == [2, 4, 8, 16]


def test_after_the_last_attempt_it_is_dead(queued, later, now):
    later(queued, attempt=services.ATTEMPTS - 1)

    def fail(job):
        raise ValueError

    runner.run(queued.pk, {"note": fail})
    assert fresh(queued).state == State.DEAD
    assert fresh(queued).error == "程序出错（ValueError），细节见系统日志。"


@pytest.mark.parametrize("reason", [jobs.Hopeless("本期尚无已核定的数据。"), Refused("不能汇编。")])
def test_what_cannot_succeed_is_not_tried_again(queued, reason):
    def refuse(job):
        raise reason

    runner.run(queued.pk, {"note": refuse})
    assert (fresh(queued).state, fresh(queued).error) == (State.FAILED, str(reason))


def test_a_kind_that_nobody_handles_is_tried_again_in_case_a_newer_worker_does(queued):
    runner.run(queued.pk, {})
    assert (fresh(queued).state, fresh(queued).attempt) == (State.QUEUED, 1)


def test_a_lost_worker_is_replaced(queued, later, now):
    services.claim(queued.pk)
    assert services.reap() == 0
    later(queued, lease_until=now - timedelta(seconds=1))
    assert services.reap() == 1
    assert (fresh(queued).state, fresh(queued).token) == (State.QUEUED, 1)
    later(queued, run_after=now)
    assert services.claim(queued.pk).token == 2


def test_a_worker_that_was_given_up_writes_nothing(queued, later, now):
    lost = services.claim(queued.pk)
    later(queued, lease_until=now - timedelta(seconds=1))
    services.reap()
    later(queued, run_after=now)
    current = services.claim(queued.pk)
    with pytest.raises(jobs.Lost), jobs.finishing(lost):
        Slot.objects.create(task="effect", slot=now)
    with pytest.raises(jobs.Lost):
        jobs.keep(lost)
    with pytest.raises(jobs.Lost):
        services.finish(lost)
    with jobs.finishing(current):
        Slot.objects.create(task="effect", slot=now)
    assert Slot.objects.count() == 1
    assert fresh(queued).state == State.DONE


def test_an_effect_and_the_end_of_its_job_stand_or_fall_together(queued, now):
    job = services.claim(queued.pk)

    def write_and_stumble():
        with jobs.finishing(job):
            Slot.objects.create(task="effect", slot=now)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write_and_stumble()
    assert Slot.objects.count() == 0
    assert fresh(job).state == State.RUNNING


def test_a_handler_may_end_its_job_itself(queued, now):
    def handle(job):
        with jobs.finishing(job):
            Slot.objects.create(task="effect", slot=now)

    runner.run(queued.pk, {"note": handle})
    assert (fresh(queued).state, Slot.objects.count()) == (State.DONE, 1)


def test_a_worker_that_loses_its_lease_midway_ends_quietly(queued, later):
    def handle(job):
        later(job, token=99)

    runner.run(queued.pk, {"note": handle})
    assert (fresh(queued).state, fresh(queued).error) == (State.RUNNING, "")


def test_a_lost_job_whose_twin_waits_already_is_merged_into_it(queued, later, now):
    services.claim(queued.pk)
    twin = jobs.enqueue("note", key="round-1")
    later(queued, lease_until=now - timedelta(seconds=1))
    services.reap()
    assert fresh(queued).state == State.MERGED
    assert services.claim(twin.pk) is not None


def test_a_stopping_worker_puts_its_job_down_without_counting_the_attempt(queued):
    services.release(services.claim(queued.pk))
    job = fresh(queued)
    assert (job.state, job.attempt, job.token) == (State.QUEUED, 0, 1)
    assert services.claim(queued.pk) is not None


def test_a_job_is_named_by_kind_and_key(queued):
    assert str(queued) == "note round-1"
