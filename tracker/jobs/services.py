"""Putting work down, taking it up, and ending it."""

import contextlib
import datetime

from django.db import IntegrityError, transaction
from django.db.models import F, Value
from django.db.models.functions import Least
from django.utils import timezone

from .models import Job, Slot, State

LEASE = datetime.timedelta(seconds=30)
ATTEMPTS = 5


class Lost(Exception):
    """The job was given to another worker meanwhile: whatever was done for it must be rolled back."""


class Hopeless(Exception):
    """Trying again cannot help; the message says why, in words for the person who waits for it."""


def enqueue(
    kind: str,
    *,
    key: object,
    payload: dict | None = None,
    run_after: datetime.datetime | None = None,
) -> Job:
    """The queued job of this kind and key, made inside the caller's transaction unless it waits already.

    `payload` holds ids only. A job that waits already starts at the earlier of the two times. A job
    under way does not count: it may have looked before the caller's change.
    """
    key, at = str(key), run_after or timezone.now()
    waiting = Job.objects.queued().filter(kind=kind, key=key)
    with transaction.atomic():
        while not _hold(waiting, at):
            # Does nothing where another transaction was quicker; the next turn then holds its row.
            Job.objects.bulk_create(
                [
                    Job(
                        kind=kind,
                        key=key,
                        payload=payload or {},
                        run_after=at,
                        created=timezone.now(),
                    )
                ],
                ignore_conflicts=True,
            )
        return waiting.get()


def _hold(waiting, at) -> int:
    """Lock the waiting row, so that nobody starts it before the caller has committed."""
    return waiting.update(run_after=Least(F("run_after"), Value(at)))


def claim(pk: int) -> Job | None:
    """Take the job up under a fresh token and lease; None when it is not due or somebody else's."""
    now = timezone.now()
    try:
        with transaction.atomic():
            taken = (
                Job.objects.due(now)
                .filter(pk=pk)
                .update(
                    state=State.RUNNING,
                    attempt=F("attempt") + 1,
                    token=F("token") + 1,
                    started=now,
                    heartbeat=now,
                    lease_until=now + LEASE,
                    progress=0,
                    note="",
                    error="",
                )
            )
            return Job.objects.get(pk=pk) if taken else None
    except IntegrityError:
        # Its twin began in the same instant; this one stays queued behind it.
        return None


def _held(job: Job):
    return Job.objects.running().filter(pk=job.pk, token=job.token)


def keep(job: Job, *, progress: int | None = None, note: str | None = None) -> None:
    """Prolong the lease and say how far the work is; Lost when it has passed to another."""
    now = timezone.now()
    said = {"progress": progress, "note": note}
    changes = {name: value for name, value in said.items() if value is not None}
    if not _held(job).update(heartbeat=now, lease_until=now + LEASE, **changes):
        raise Lost(str(job))


@contextlib.contextmanager
def finishing(job: Job):
    """A transaction that does the work's writing and ends the job, both or neither.

    The job's row is held from the start, so that a worker which was given up meanwhile writes
    nothing: this is what makes a release appear exactly once. Slow work belongs before it.
    """
    with transaction.atomic():
        if not _end(_held(job), State.DONE, progress=100):
            raise Lost(str(job))
        yield


def finish(job: Job) -> None:
    """End a job whose handler has not ended it itself."""
    if not _end(_held(job), State.DONE, progress=100) and not _ended(job):
        raise Lost(str(job))


def _ended(job: Job) -> bool:
    return Job.objects.filter(pk=job.pk, token=job.token, state=State.DONE).exists()


def _end(jobs, state, **changes) -> int:
    return jobs.update(state=state, finished=timezone.now(), lease_until=None, **changes)


def refuse(job: Job, reason: str) -> None:
    """End a job that cannot succeed, with the reason."""
    _end(_held(job), State.FAILED, error=reason)


def retry(job: Job, error: str) -> None:
    """Queue the job again after an error, later each time; after the last attempt it is dead."""
    if job.attempt >= ATTEMPTS:
        _end(_held(job), State.DEAD, error=error)
        return
    pause = datetime.timedelta(seconds=2**job.attempt)
    _requeue(job, error=error, run_after=timezone.now() + pause)


def release(job: Job) -> None:
    """Put down a job that a stopping worker cannot end in time; this attempt does not count."""
    _requeue(job, attempt=F("attempt") - 1)


def _requeue(job: Job, **changes) -> None:
    try:
        with transaction.atomic():
            _held(job).update(state=State.QUEUED, lease_until=None, woken_at=None, **changes)
    except IntegrityError:
        # The same work has been asked for since: the later job does it.
        _end(_held(job), State.MERGED)


def reap() -> int:
    """Queue again what no worker has been heard of; the number of such jobs."""
    lost = list(Job.objects.expired(timezone.now())[:100])
    for job in lost:
        retry(job, "办理过程中断，系统已重新安排。")
    return len(lost)


def fire(task: str, slot: datetime.datetime, payload: dict | None = None, *, kind: str) -> bool:
    """Enqueue what the schedule `task` asks for at `slot`; False when that was done already."""
    try:
        with transaction.atomic():
            Slot.objects.create(task=task, slot=slot)
            enqueue(kind, key=task, payload=payload)
    except IntegrityError:
        return False
    return True
